-- The track of a family 轨迹: what was assessed, linked, visited and done, each written once and sealed to what was written before it.

create schema track;

grant usage on schema track to zhulian_app;

create table track.record (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  turn integer not null,
  home_id uuid not null,
  division text not null,
  elsewhere boolean not null default false,
  careful boolean not null default false,
  for_handlers boolean not null default false,
  minor_until date,
  kind text not null,
  need_id uuid,
  project_id uuid,
  person_id uuid,
  source_kind text not null,
  source_id uuid not null,
  item text,
  on_day date not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  by_role text not null,
  sealed_fields bytea not null,
  before bytea not null,
  seal bytea not null,
  primary key (district, id),
  check (kind in ('assessment', 'link', 'visit', 'service')),
  check (turn >= 1)
);

comment on table track.record is '@distributed one thing that was assessed, linked, visited or done, only ever added to; each is sealed over the one before it';

comment on column track.record.household_id is 'the household it was written of, whose chain it stands in; under the seal';

comment on column track.record.home_id is 'where the family lives now; outside the seal, like the two after it, for it follows a merge';

comment on column track.record.elsewhere is 'it was written in another home, before two records became one person: not for the telephone of this one';

comment on column track.record.for_handlers is 'for who handles the family, not for the whole village group';

comment on column track.record.minor_until is 'it tells of a child, who comes of age on this day';

comment on column track.record.before is 'the seal of the record before it; empty with the first';

create unique index record_turn on track.record (district, household_id, turn);

create index record_home on track.record (district, home_id, on_day desc, turn desc, id desc);

create index record_need on track.record (district, need_id) where need_id is not null;

alter table track.record enable row level security;

alter table track.record force row level security;

create policy reach on track.record for select
  using (district = current_setting('app.district', true)
    and (((current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
          or (not careful and (current_setting('app.role', true) = 'guide'
              or (current_setting('app.role', true) = 'villageGroup' and not for_handlers))
            and (minor_until is null or minor_until <= current_date
              or home_id::text = any (string_to_array(current_setting('app.minors', true), ',')))))
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'resident' and not careful and not elsewhere
        and home_id::text = current_setting('app.household', true))));

-- The house writes, in the name of whoever did it, and carries it to where the family lives. Nobody changes or removes what was written.

create policy write on track.record for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

create policy follow on track.record for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on track.record to zhulian_app;

grant update (home_id, division, elsewhere) on track.record to zhulian_app;

create table track.chain (
  district text not null,
  household_id uuid not null,
  turn integer not null,
  seal bytea not null,
  primary key (district, household_id)
);

comment on table track.chain is '@distributed how many records were written of a household, and the seal of the last: one that is gone from the end is missed';

alter table track.chain enable row level security;

alter table track.chain force row level security;

create policy reach on track.chain
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, update on track.chain to zhulian_app;

create table track.anchor (
  district text not null,
  night integer not null,
  on_day date not null,
  at timestamptz not null,
  chains integer not null,
  before bytea not null,
  mark bytea not null,
  primary key (district, night)
);

comment on table track.anchor is '@distributed one mark a night over the ends of the chains that grew, sealed over the mark before it';

alter table track.anchor enable row level security;

alter table track.anchor force row level security;

create policy reach on track.anchor
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on track.anchor to zhulian_app;

create table track.anchored (
  district text not null,
  on_day date not null,
  household_id uuid not null,
  turn integer not null,
  seal bytea not null,
  primary key (district, on_day, household_id)
);

comment on table track.anchored is '@distributed where a chain ended on a night: who cuts a chain and its end together is found by it';

create index anchored_household on track.anchored (district, household_id, turn desc);

alter table track.anchored enable row level security;

alter table track.anchored force row level security;

create policy reach on track.anchored
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on track.anchored to zhulian_app;

create table track.merged_track (
  district text not null,
  merge_id uuid not null,
  household_id uuid not null,
  home_id uuid not null,
  village text not null,
  elsewhere boolean not null,
  moved_at timestamptz not null,
  put_back_at timestamptz,
  primary key (district, merge_id, household_id)
);

comment on table track.merged_track is '@distributed tracks that followed a merge, and where they were before it';

alter table track.merged_track enable row level security;

alter table track.merged_track force row level security;

create policy reach on track.merged_track
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, update on track.merged_track to zhulian_app;

-- What the page of one family reads of other rooms. Each view has the walls of its table.

create view registry.v_family with (security_invoker = true) as
  select district, id, division, tier, tier_since, tier_until, circle, judged_circle, judged_since, traits, judged_on from registry.household
  where withdrawn_at is null;

comment on view registry.v_family is '@published where one family stands, without names';

grant select on registry.v_family to zhulian_app;

create view entitlements.v_receipt with (security_invoker = true) as
  select district, id, household_id, person_id, division, policy, from_on, until_on, amount, period, source, as_of, made_up
  from entitlements.receipt;

comment on view entitlements.v_receipt is '@published benefits of one family';

grant select on entitlements.v_receipt to zhulian_app;

create view alerts.v_family_alert with (security_invoker = true) as
  select district, id, rule, household_id, division, level, state, occurred_on, due_on, verdict, closed_at from alerts.alert
  where audience <> 'health';

comment on view alerts.v_family_alert is '@published alerts of one family';

grant select on alerts.v_family_alert to zhulian_app;

create view outreach.v_finding with (security_invoker = true) as
  select district, id, task_id, visit_id, household_id, division, result, risk, next_on, found_on, found_name from outreach.finding;

comment on view outreach.v_finding is '@published what visits to one family came to, without their notes';

grant select on outreach.v_finding to zhulian_app;

create view outreach.v_helper_visit with (security_invoker = true) as
  select district, id, pairing_id, household_id, division, how, on_day, met, helper_name from outreach.helper_visit;

comment on view outreach.v_helper_visit is '@published when a helper was with one family, without what was said';

grant select on outreach.v_helper_visit to zhulian_app;

create view outreach.v_pairing with (security_invoker = true) as
  select district, id, household_id, division, helper_name, kind, from_on, until_on, next_on, last_on, ended_at from outreach.pairing;

comment on view outreach.v_pairing is '@published who stands by one family';

grant select on outreach.v_pairing to zhulian_app;

create view outreach.v_family_slip with (security_invoker = true) as
  select district, id, number, household_id, division, unit, subject, state, due_on, sent_on, closed_at from outreach.slip;

comment on view outreach.v_family_slip is '@published what bureaus were asked for one family';

grant select on outreach.v_family_slip to zhulian_app;

create view wishes.v_family_need with (security_invoker = true) as
  select district, id, number, household_id, division, level, state, kind, item, origin, urgent, careful, elsewhere, told_on, due_on, since_on, closed_at
  from wishes.need;

comment on view wishes.v_family_need is '@published what one family needs, without its words';

grant select on wishes.v_family_need to zhulian_app;

create view wishes.v_need_wish with (security_invoker = true) as
  select district, id, need_id, state, published_on, until_on, taken_on, taken_name, ended_at from wishes.wish;

comment on view wishes.v_need_wish is '@published what became of a wish, by its need';

grant select on wishes.v_need_wish to zhulian_app;
