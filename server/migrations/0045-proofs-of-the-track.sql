-- The track is proved each night and when somebody asks, and what was found is kept. A chain knows where it is read since a merge, so that
-- whoever writes one more record meanwhile waits for it. When a family was last met has one home for all who ask.

alter table track.chain
  add column home_id uuid,
  add column village text,
  add column elsewhere boolean;

comment on column track.chain.home_id is 'the household in which it is read since a merge, and in which what is written of it stands; null at home';

create index chain_home on track.chain (district, home_id) where home_id is not null;

alter table track.chain no force row level security;

alter table track.record no force row level security;

update track.chain c set home_id = r.home_id, village = r.division, elsewhere = r.elsewhere
  from (select distinct on (district, household_id) district, household_id, home_id, division, elsewhere from track.record
    where home_id <> household_id order by district, household_id, turn desc) r
  where r.district = c.district and r.household_id = c.household_id;

alter table track.record force row level security;

alter table track.chain force row level security;

alter table track.merged_track alter column village drop not null;

comment on column track.merged_track.village is 'null of a household that had no record yet';

create table track.proof (
  district text not null,
  id uuid not null,
  state text not null,
  begun_at timestamptz not null,
  begun_by uuid not null,
  begun_name text not null,
  begun_role text not null,
  households integer not null,
  chains integer not null default 0,
  records integer not null default 0,
  next_after uuid,
  faults integer not null default 0,
  broken jsonb not null default '[]',
  nights integer not null default 0,
  first_wrong date,
  newest_on date,
  newest_mark bytea,
  ended_at timestamptz,
  primary key (district, id),
  check (state in ('running', 'done', 'failed')),
  check ((state = 'running') = (ended_at is null))
);

comment on table track.proof is '@distributed one time the whole track was proved: how far it is, and which chains are not as they were written, by ids and places alone';

comment on column track.proof.households is 'how many there were to go through when it began';

comment on column track.proof.broken is 'the first of them; how many there are stands in faults';

create unique index proof_running on track.proof (district) where state = 'running';

alter table track.proof enable row level security;

alter table track.proof force row level security;

create policy reach on track.proof for select
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'auditor', 'admin', 'machine'));

create policy write on track.proof for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine' and state = 'running');

-- What was found of a proof that ended is changed by nobody.

create policy go_on on track.proof for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine' and state = 'running')
  with check (district = current_setting('app.district', true));

grant select, insert, update on track.proof to zhulian_app;

create view outreach.v_last_met with (security_invoker = true) as
  select distinct on (district, household_id) district, household_id, division, found_on as last_on, risk = 'urgent' as urgent
  from outreach.finding where result <> 'nobodyHome'
  order by district, household_id, found_on desc, id desc;

comment on view outreach.v_last_met is '@published when somebody of a household was last met at a visit, and whether something urgent was found; the rhythm of visits goes by it';

grant select on outreach.v_last_met to zhulian_app;
