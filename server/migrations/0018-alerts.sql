-- Signals that somebody has to look at: which rule, of whom, on what facts, whose turn it is, by when, and what came of it. And who
-- decided that somebody enters the base or leaves it: two people, whose names the database itself compares.

alter table identity.role_grant drop constraint role_grant_role_check;

alter table identity.role_grant add constraint role_grant_role_check check (role in
  ('resident', 'guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'provider', 'auditor', 'admin', 'healthWorker'));

alter policy see_account on identity.account
  using (district = current_setting('app.district', true)
    and (id::text = current_setting('app.actor', true)
      or current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine')
      or (kind = 'staff' and current_setting('app.role', true) in
        ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'auditor', 'healthWorker'))));

create table registry.circle_decision (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  division text not null,
  kind text not null,
  moves jsonb not null,
  state text not null,
  alert_id uuid,
  cliff_amount integer,
  sealed_reason bytea not null,
  sealed_bridge bytea,
  proposed_by uuid not null,
  proposed_name text not null,
  proposed_role text not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_name text,
  decided_role text,
  decided_at timestamptz,
  sealed_note bytea,
  primary key (district, id),
  check (kind in ('entry', 'outward')),
  check (state in ('proposed', 'confirmed', 'refused', 'withdrawn')),
  check (proposed_role in ('townshipClerk', 'districtOfficer')),
  check (decided_role in ('townshipClerk', 'districtOfficer')),
  check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null) and (decided_by is null) = (decided_role is null)),
  check (state not in ('confirmed', 'refused') or decided_by <> proposed_by),
  check (state <> 'withdrawn' or decided_by = proposed_by)
);

comment on table registry.circle_decision is '@distributed a household''s entry into the base or a move outward: one person proposes, another confirms';

create unique index circle_decision_people on registry.circle_decision
  (district, id, household_id, proposed_by, decided_by, state);

create unique index circle_decision_open on registry.circle_decision (district, household_id) where state = 'proposed';

create index circle_decision_place on registry.circle_decision (district, division, id desc);

alter table registry.circle_decision enable row level security;

alter table registry.circle_decision force row level security;

create policy reach on registry.circle_decision for select
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

-- In one's own name only: neither can one person write the other's, nor the machine any.

create policy propose on registry.circle_decision for insert
  with check (district = current_setting('app.district', true)
    and state = 'proposed' and proposed_by::text = current_setting('app.actor', true)
    and proposed_role = current_setting('app.role', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy decide on registry.circle_decision for update
  using (district = current_setting('app.district', true)
    and state = 'proposed' and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
  with check (decided_by::text = current_setting('app.actor', true) and decided_role = current_setting('app.role', true));

grant select, insert on registry.circle_decision to zhulian_app;

grant update (state, decided_by, decided_name, decided_role, decided_at, sealed_note) on registry.circle_decision to zhulian_app;

alter table registry.circle_change
  add column basis text,
  add column decision_id uuid,
  add column proposed_by uuid,
  add column confirmed_by uuid,
  add column decision_state text generated always as (case when decision_id is not null then 'confirmed' end) stored;

-- The owner of the table is behind its walls too, and would find no row to say it of.

alter table registry.circle_change no force row level security;

update registry.circle_change set basis = 'before';

alter table registry.circle_change force row level security;

alter table registry.circle_change
  alter column basis set not null,
  -- A move names the confirmed decision about its own household, and the two who made it.
  add foreign key (district, decision_id, household_id, proposed_by, confirmed_by, decision_state)
    references registry.circle_decision (district, id, household_id, proposed_by, decided_by, state),
  add check (basis in ('before', 'file', 'certified', 'inward', 'twoPeople')),
  add check ((basis = 'twoPeople') = (decision_id is not null and proposed_by is not null and confirmed_by is not null and proposed_by <> confirmed_by)),
  -- Who stands in no circle enters with a file, a certificate or by two people; outward nobody goes but by two people.
  add check (basis in ('before', 'twoPeople') or (from_circle is null and basis in ('file', 'certified'))
    or (basis = 'inward' and from_circle is not null and to_circle is not null and to_circle < from_circle));

comment on column registry.circle_change.basis is 'file: brought with a list of the base; certified: a bureau''s certificate; inward: by the rules, of who is in it already; twoPeople: decided';

create policy add on registry.circle_change as restrictive for insert
  with check (district = current_setting('app.district', true) and basis <> 'before');

create schema alerts;

grant usage on schema alerts to zhulian_app;

create table alerts.alert (
  district text not null,
  id uuid not null,
  rule text not null,
  household_id uuid not null,
  person_id uuid,
  division text not null,
  village text not null,
  careful boolean not null default false,
  audience text not null,
  level text not null,
  state text not null,
  version integer not null default 1,
  occurred_on date not null,
  dated boolean not null,
  open_question boolean not null default false,
  raised_at timestamptz not null,
  judged_on date not null,
  judged_at timestamptz not null,
  pool_version text not null,
  given jsonb not null,
  said_hash text not null,
  points integer,
  points_parts jsonb,
  holder_id uuid,
  holder_name text,
  sealed_who bytea,
  due_at timestamptz,
  due_on date,
  near_told_at timestamptz,
  late_told_at timestamptz,
  task_id uuid,
  verdict text,
  verified_on date,
  found_kind text,
  opinion text,
  cause text,
  closed_at timestamptz,
  changed_at timestamptz not null,
  primary key (district, id),
  check (audience in ('village', 'township', 'health')),
  check (level in ('red', 'orange', 'yellow', 'blue')),
  check (state in ('raised', 'triaged', 'assigned', 'verified', 'handled', 'closed')),
  check (verdict in ('confirmed', 'false', 'duplicate', 'alreadyHandled')),
  check ((state = 'closed') = (closed_at is not null) and (state = 'closed') = (cause is not null)),
  check (not careful or length(division) = 9),
  check (audience <> 'township' or length(division) = 9)
);

comment on table alerts.alert is '@distributed a signal about a household that a person has to look at';

comment on column alerts.alert.sealed_who is 'of a health matter the name of whom it is about, for health workers, who open no register';

comment on column alerts.alert.given is 'what the platform itself gave the judgement beside the registry''s facts, so that it can be judged again';

create index alert_open on alerts.alert (district, division, level, id) where state <> 'closed';

create index alert_household on alerts.alert (district, household_id, rule, id desc);

create index alert_rule on alerts.alert (district, rule, raised_at);

create index alert_clock on alerts.alert (district, due_at) where due_at is not null;

-- Two that judge at once raise one.

create unique index alert_once on alerts.alert (district, household_id, rule, (coalesce(person_id, household_id)), occurred_on);

alter table alerts.alert enable row level security;

alter table alerts.alert force row level security;

create policy reach on alerts.alert
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer'))
      or (current_setting('app.role', true) = 'guide' and not careful and audience <> 'township')
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

-- The machine raises and raises again, the village says what it found; closed is an alert by the office it is for.

create policy office_closes on alerts.alert as restrictive for update
  with check (district = current_setting('app.district', true)
    and (state <> 'closed'
      or (audience <> 'health' and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer'))
      or (audience = 'health' and current_setting('app.role', true) = 'healthWorker')));

grant select, insert, update on alerts.alert to zhulian_app;

create table alerts.seen (
  district text not null,
  alert_id uuid not null,
  household_id uuid not null,
  division text not null,
  audience text not null,
  careful boolean not null default false,
  times integer not null default 1,
  last_on date not null,
  ceased_on date,
  primary key (district, alert_id)
);

comment on table alerts.seen is '@distributed how often the rules said so, when last, and since when they no longer do';

alter table alerts.seen enable row level security;

alter table alerts.seen force row level security;

create policy reach on alerts.seen
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('machine', 'townshipClerk', 'districtOfficer')
      or (current_setting('app.role', true) = 'guide' and not careful and audience = 'village')
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on alerts.seen to zhulian_app;

create table alerts.ground (
  district text not null,
  alert_id uuid not null,
  turn integer not null,
  household_id uuid not null,
  division text not null,
  audience text not null,
  careful boolean not null default false,
  facts jsonb not null,
  reasons jsonb not null,
  missing jsonb not null,
  judged_on date not null,
  at timestamptz not null,
  primary key (district, alert_id, turn),
  check (audience in ('village', 'township', 'health'))
);

comment on table alerts.ground is '@distributed the facts an alert was raised on, with source and day; only ever added to. Of health matters for health workers alone';

alter table alerts.ground enable row level security;

alter table alerts.ground force row level security;

create policy reach on alerts.ground
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer') and audience <> 'health')
      or (current_setting('app.role', true) = 'guide' and not careful and audience = 'village')
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on alerts.ground to zhulian_app;

create table alerts.step (
  district text not null,
  id uuid not null,
  alert_id uuid not null,
  turn integer not null,
  household_id uuid not null,
  division text not null,
  audience text not null,
  careful boolean not null default false,
  step text not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  on_day date not null,
  by_id uuid not null,
  by_name text not null,
  by_role text not null,
  facts jsonb not null default '{}',
  sealed_note bytea,
  primary key (district, id)
);

comment on table alerts.step is '@distributed each step of an alert, only ever added to';

create unique index step_turn on alerts.step (district, alert_id, turn);

create index step_household on alerts.step (district, household_id, at desc);

alter table alerts.step enable row level security;

alter table alerts.step force row level security;

create policy reach on alerts.step
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer') and audience <> 'health')
      or (current_setting('app.role', true) = 'guide' and not careful and audience = 'village')
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy own_name on alerts.step as restrictive for insert
  with check (district = current_setting('app.district', true)
    and by_id::text = current_setting('app.actor', true) and by_role = current_setting('app.role', true));

grant select, insert on alerts.step to zhulian_app;

create table alerts.turning (
  district text not null,
  household_id uuid not null,
  turns_on date not null,
  pool_version text not null,
  primary key (district, household_id)
);

comment on table alerts.turning is '@distributed by which rules a household was looked at last, and the next day on which one can come out otherwise by the calendar alone';

create index turning_on on alerts.turning (district, turns_on);

alter table alerts.turning enable row level security;

alter table alerts.turning force row level security;

create policy reach on alerts.turning
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, update, delete on alerts.turning to zhulian_app;

create table alerts.outcome (
  district text not null,
  id uuid not null,
  alert_id uuid not null,
  rule text not null,
  household_id uuid not null,
  division text not null,
  kind text not null,
  on_day date not null,
  points integer,
  points_parts jsonb,
  at timestamptz not null,
  primary key (district, id)
);

comment on table alerts.outcome is '@distributed what came of an alert: verdicts, entries into the base, help; from the first day, so that the card of points can be fitted anew';

create index outcome_rule on alerts.outcome (district, rule, on_day);

alter table alerts.outcome enable row level security;

alter table alerts.outcome force row level security;

create policy reach on alerts.outcome
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'townshipClerk', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy add on alerts.outcome for insert
  with check (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on alerts.outcome to zhulian_app;

create view alerts.v_alert with (security_invoker = true) as
  select district, id, rule, division, audience, level, state, raised_at, due_on, verdict, cause, closed_at from alerts.alert
  where audience <> 'health' and not careful;

comment on view alerts.v_alert is '@published alerts without whom they are about, for counting';

grant select on alerts.v_alert to zhulian_app;
