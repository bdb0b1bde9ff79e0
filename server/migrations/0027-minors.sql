-- Who in the field may open what is known of a family's children, given by an office for a time. What is said of somebody carries until
-- when they are under age, so that the wall needs the row alone: it is closed to the field unless the household stands among those the
-- transaction has read from the grants.

create table registry.minor_grant (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  division text not null,
  reader_id uuid not null,
  reader_name text not null,
  until_on date not null,
  sealed_reason bytea not null,
  granted_at timestamptz not null,
  granted_by uuid not null,
  granted_name text not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (district, id),
  check (reader_id <> granted_by),
  check ((ended_at is null) = (ended_by is null))
);

comment on table registry.minor_grant is '@distributed a worker of the field may open the records of a household''s children until a day';

comment on column registry.minor_grant.until_on is 'the first day on which it no longer holds';

create index minor_grant_reader on registry.minor_grant (district, reader_id) where ended_at is null;

create index minor_grant_household on registry.minor_grant (district, household_id, id desc);

alter table registry.minor_grant enable row level security;

alter table registry.minor_grant force row level security;

create policy reach on registry.minor_grant
  using (district = current_setting('app.district', true)
    and (reader_id::text = current_setting('app.actor', true)
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))))
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on registry.minor_grant to zhulian_app;

grant update (ended_at, ended_by) on registry.minor_grant to zhulian_app;

alter table registry.statement add column minor_until date;

comment on column registry.statement.minor_until is 'the day the person it is about comes of age; null for adults, households and those of unknown age';

-- Their owner is behind the walls too, and would find no row to say it of. Who was born on 29 February comes of age on 1 March.

alter table registry.person no force row level security;

alter table registry.statement no force row level security;

update registry.statement s set minor_until = (p.birth_date + interval '18 years')::date + (to_char(p.birth_date, 'MMDD') = '0229')::int
  from registry.person p
  where p.district = s.district and p.id = s.person_id and p.birth_date > current_date - interval '18 years';

alter table registry.statement force row level security;

-- Writing stays open: what a family declares of its child, and what was seen at a door, must never be lost.
alter policy reach on registry.statement
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true)
        and (minor_until is null or minor_until <= current_date
          or current_setting('app.role', true) not in ('guide', 'villageGroup')
          or household_id::text = any (string_to_array(current_setting('app.minors', true), ','))))
      or household_id::text = current_setting('app.household', true)))
  with check (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

alter table outreach.visit_edit
  add column minor_until date,
  add column minor_household uuid,
  add check ((minor_until is null) = (minor_household is null));

comment on column outreach.visit_edit.minor_until is 'as of a statement: the day the person whose field it is comes of age';

alter table outreach.visit no force row level security;

alter table outreach.visit_edit no force row level security;

update outreach.visit_edit e set minor_until = (p.birth_date + interval '18 years')::date + (to_char(p.birth_date, 'MMDD') = '0229')::int, minor_household = v.household_id
  from registry.person p, outreach.visit v
  where p.district = e.district and p.id = case when e.field ~ '^person[.][0-9a-f-]{36}[.]' then substr(e.field, 8, 36)::uuid end
    and p.birth_date > current_date - interval '18 years'
    and v.district = e.district and v.id = e.visit_id;

alter table outreach.visit_edit force row level security;

alter table outreach.visit force row level security;

alter table registry.person force row level security;

alter policy reach on outreach.visit_edit
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful
        and (minor_until is null or minor_until <= current_date
          or minor_household::text = any (string_to_array(current_setting('app.minors', true), ',')))))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

-- Who wrote a protected note may name its readers anew.
grant update (readers) on outreach.protected_note to zhulian_app;
