-- What only some may read of a family is found by where the family lives since a merge, and so is whatever else stays with the record
-- it was written for.

create index person_merge_home on registry.person_merge (district, household_id) where undone_at is null;

create index person_merge_left on registry.person_merge (district, left_household_id) where undone_at is null;

-- A benefit with an end follows as one without: the day it was written down with is kept beside, so that the machine, which may say
-- whose it is, still cannot end it or end it on another day.

alter table entitlements.receipt add column term_on date;

comment on column entitlements.receipt.term_on is 'the end it was written down with; another end needs a person of the office';

alter table entitlements.receipt no force row level security;

update entitlements.receipt set term_on = until_on where ended_at is null and until_on is not null;

alter table entitlements.receipt force row level security;

alter table entitlements.receipt add check (ended_at is not null or until_on is not distinct from term_on);

alter policy follow on entitlements.receipt
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine' and ended_at is null)
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine'
    and ended_at is null and ended_reason is null
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

-- Residents read their own household where they live now.

create table identity.moved_resident (
  district text not null,
  merge_id uuid not null,
  account_id uuid not null,
  before_id uuid not null,
  after_id uuid,
  moved_at timestamptz not null,
  moved_back_at timestamptz,
  primary key (district, merge_id, account_id)
);

comment on table identity.moved_resident is '@distributed accounts of residents whose household became one with another, and which was theirs before';

alter table identity.moved_resident enable row level security;

alter table identity.moved_resident force row level security;

create policy reach on identity.moved_resident
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on identity.moved_resident to zhulian_app;

grant update (moved_back_at) on identity.moved_resident to zhulian_app;

-- What an alert was raised on that tells of a child lies apart, behind the wall of the children's records: closed to the field unless the
-- household stands among those the transaction has read from the grants. What was raised before is read as it was.

alter table alerts.ground add column tells_of_child boolean not null default false;

comment on column alerts.ground.tells_of_child is 'there is more of it in minor_ground';

create table alerts.minor_ground (
  district text not null,
  alert_id uuid not null,
  turn integer not null,
  household_id uuid not null,
  division text not null,
  audience text not null,
  careful boolean not null,
  minor_until date not null,
  facts jsonb not null,
  reasons jsonb not null,
  missing jsonb not null,
  primary key (district, alert_id, turn),
  check (audience in ('village', 'township', 'health'))
);

comment on table alerts.minor_ground is '@distributed what of the ground of an alert tells of a child; only ever added to';

comment on column alerts.minor_ground.minor_until is 'the day the last of the children it tells of comes of age';

alter table alerts.minor_ground enable row level security;

alter table alerts.minor_ground force row level security;

create policy reach on alerts.minor_ground
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer') and audience <> 'health')
      or (current_setting('app.role', true) = 'guide' and not careful and audience = 'village'
        and (minor_until <= current_date
          or household_id::text = any (string_to_array(current_setting('app.minors', true), ','))))
      or (current_setting('app.role', true) = 'healthWorker' and audience = 'health'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine'
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on alerts.minor_ground to zhulian_app;
