-- Where two records are found to be one person, open work about the one that is gone follows to where the person lives. How it stood
-- is kept, so that it goes back when the merge is undone.

create table outreach.merged_work (
  district text not null,
  merge_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  before jsonb not null,
  version_after integer not null,
  moved_at timestamptz not null,
  put_back_at timestamptz,
  primary key (district, merge_id, kind, subject_id),
  check (kind in ('task', 'case'))
);

comment on table outreach.merged_work is '@distributed tasks and cases that followed a merge, and how they stood before it';

alter table outreach.merged_work enable row level security;

alter table outreach.merged_work force row level security;

create policy reach on outreach.merged_work
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, update on outreach.merged_work to zhulian_app;

create table alerts.merged_work (
  district text not null,
  merge_id uuid not null,
  alert_id uuid not null,
  before jsonb not null,
  moved_at timestamptz not null,
  put_back_at timestamptz,
  primary key (district, merge_id, alert_id)
);

comment on table alerts.merged_work is '@distributed alerts that followed a merge, and how they stood before it';

alter table alerts.merged_work enable row level security;

alter table alerts.merged_work force row level security;

create policy reach on alerts.merged_work
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, update on alerts.merged_work to zhulian_app;

-- Both records had been told the same happening: two alerts stay, for a person to close the one that repeats the other.

alter table alerts.alert add column twin_of uuid;

comment on column alerts.alert.twin_of is 'the alert about the same happening that was there when this one followed a merge';

drop index alerts.alert_once;

create unique index alert_once on alerts.alert (district, household_id, rule, (coalesce(person_id, household_id)), occurred_on)
  where twin_of is null;

create table entitlements.merged_work (
  district text not null,
  merge_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  before jsonb not null,
  moved_at timestamptz not null,
  put_back_at timestamptz,
  primary key (district, merge_id, kind, subject_id),
  check (kind in ('receipt', 'finding'))
);

comment on table entitlements.merged_work is '@distributed receipts and open findings that followed a merge, and how they stood before it';

alter table entitlements.merged_work enable row level security;

alter table entitlements.merged_work force row level security;

create policy reach on entitlements.merged_work
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, update on entitlements.merged_work to zhulian_app;

-- The machine says whose a benefit is when two records are one. Of one without an end it can write nothing else: it has none afterwards
-- either, so none is ended by it.

create policy follow on entitlements.receipt for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine'
    and until_on is null and ended_at is null)
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine'
    and until_on is null and ended_at is null and ended_reason is null
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant update (household_id, person_id, division) on entitlements.receipt to zhulian_app;

grant update (household_id, person_id) on entitlements.finding to zhulian_app;
