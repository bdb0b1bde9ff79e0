-- Of a health matter nobody but health workers reads the alert: which rule, of whom, how many points, what came of it. That there
-- is one stands in a row of its own, without any of it.

create table alerts.notice (
  district text not null,
  alert_id uuid not null,
  household_id uuid not null,
  division text not null,
  level text not null,
  state text not null,
  version integer not null,
  raised_at timestamptz not null,
  raised_on date not null,
  due_at timestamptz,
  due_on date,
  holder_id uuid,
  holder_name text,
  pool_version text not null,
  changed_at timestamptz not null,
  primary key (district, alert_id)
);

comment on table alerts.notice is '@distributed that there is an alert for health workers about somebody of a household: how urgent, and with whom';

create index notice_open on alerts.notice (district, division, level) where state <> 'closed';

create index notice_household on alerts.notice (district, household_id);

alter table alerts.notice enable row level security;

alter table alerts.notice force row level security;

create policy reach on alerts.notice
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'healthWorker', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

-- It is written where the alert is.

create policy written_by on alerts.notice as restrictive for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) in ('healthWorker', 'machine'));

create policy changed_by on alerts.notice as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) in ('healthWorker', 'machine'));

grant select, insert, update on alerts.notice to zhulian_app;

-- The owner of the tables is behind their walls too.

alter table alerts.alert no force row level security;

alter table alerts.notice no force row level security;

alter table alerts.outcome no force row level security;

insert into alerts.notice
  select district, id, household_id, division, level, state, version, raised_at, judged_on, due_at, due_on, holder_id, holder_name, pool_version, changed_at
  from alerts.alert where audience = 'health';

alter table alerts.outcome add column audience text not null default 'village';

update alerts.outcome o set audience = a.audience from alerts.alert a where a.district = o.district and a.id = o.alert_id;

alter table alerts.outcome alter column audience drop default;

alter table alerts.alert force row level security;

alter table alerts.notice force row level security;

alter table alerts.outcome force row level security;

alter policy reach on alerts.alert
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer') and audience <> 'health')
      or (current_setting('app.role', true) = 'guide' and not careful and audience = 'village')
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

alter policy reach on alerts.seen
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer') and audience <> 'health')
      or (current_setting('app.role', true) = 'guide' and not careful and audience = 'village')
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

alter policy reach on alerts.outcome
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer') and audience <> 'health')
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

-- Which alerts were counted by a rule that looks at several together.

alter table alerts.ground add column counted jsonb not null default '[]';

-- When somebody will have taken the next step, as fast as it usually goes: told where that is too late.

alter table alerts.alert add column expected_at timestamptz;

-- What somebody's list shows: the alerts that are for them, and of health matters that there are some.

create view alerts.listed with (security_invoker = true) as
  select district, id, rule, household_id, person_id, division, village, careful, audience, level, state, version, occurred_on, dated, open_question,
    raised_at, judged_on, judged_at, pool_version, given, said_hash, points, points_parts, holder_id, holder_name, sealed_who, due_at, due_on,
    near_told_at, late_told_at, task_id, verdict, verified_on, found_kind, opinion, cause, closed_at, changed_at, expected_at
  from alerts.alert
  union all
  select district, alert_id, '', household_id, null, division, division, false, 'health', level, state, version, raised_on, false, false,
    raised_at, raised_on, raised_at, pool_version, '{}', '', null, null, holder_id, holder_name, null, due_at, due_on,
    null, null, null, null, null, null, null, null, null, changed_at, null
  from alerts.notice where current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer');

comment on view alerts.listed is 'alerts as somebody''s list shows them';

grant select on alerts.listed to zhulian_app;
