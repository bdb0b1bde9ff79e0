-- Work orders: who goes to a family, how often and until when, what was done each time, and how one knows. And what the kinds of help keep
-- besides: classes, jobs, devices lent, how somebody gets on, and who may be with a child.

create schema if not exists projects;

grant usage on schema projects to zhulian_app;

create table projects.work_order (
  district text not null,
  id uuid not null,
  number text not null,
  division text not null,
  need_id uuid not null,
  household_id uuid not null,
  person_id uuid,
  elsewhere boolean not null default false,
  project_id uuid,
  provider_id uuid not null,
  provider_name text not null,
  service text not null,
  guarded boolean not null,
  planned_units integer not null,
  unit_price bigint not null,
  start_by date not null,
  due_by date not null,
  state text not null,
  version integer not null default 1,
  masked_name text not null,
  sealed_whom bytea not null,
  sealed_what bytea not null,
  sealed_code bytea not null,
  code_misses integer not null default 0,
  due_on date,
  since_on date not null,
  created_on date not null,
  created_by uuid not null,
  created_name text not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  done_by uuid,
  checked_by uuid,
  primary key (district, id),
  check (state in ('created', 'accepted', 'inProgress', 'done', 'checked', 'declined', 'cancelled')),
  check ((state in ('checked', 'declined', 'cancelled')) = (ended_at is not null)),
  check ((state = 'checked') = (checked_by is not null)),
  check (state not in ('done', 'checked') or done_by is not null),
  check (checked_by <> done_by),
  check (planned_units between 1 and 1000),
  check (unit_price between 0 and 10000000),
  check (due_by >= start_by),
  check (length(division) = 12)
);

comment on table projects.work_order is '@distributed what a provider is asked to do for one family: service, units, days; and where it stands';

comment on column projects.work_order.sealed_whom is 'what to call them, how to reach them and where: all a provider reads of a family';

comment on column projects.work_order.sealed_code is 'six digits for the next time, which the family or its guide reads out';

comment on column projects.work_order.guarded is 'a child is there: two adults who were vetted';

comment on column projects.work_order.unit_price is 'fen';

create unique index work_order_number on projects.work_order (district, number);

-- Of however many send the same need out at once, one does.
create unique index work_order_need on projects.work_order (district, need_id) where ended_at is null;

create index work_order_due on projects.work_order (district, due_on, id) where ended_at is null;

create index work_order_provider on projects.work_order (district, provider_id, due_on, id);

create index work_order_household on projects.work_order (district, household_id, id desc);

create index work_order_project on projects.work_order (district, project_id) where project_id is not null;

alter table projects.work_order enable row level security;

alter table projects.work_order force row level security;

create policy reach on projects.work_order
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))
      or (current_setting('app.role', true) = 'resident' and not elsewhere
        and household_id::text = current_setting('app.household', true))));

create policy offices_send on projects.work_order as restrictive for insert
  with check (district = current_setting('app.district', true) and state = 'created'
    and current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator')
    and created_by::text = current_setting('app.actor', true));

-- Who delivers does not check, and a family changes nothing of it.
create policy others_check on projects.work_order as restrictive for update
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) <> 'resident'
    and (state <> 'checked' or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine'))
    and (state <> 'cancelled' or current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')));

grant select, insert, update on projects.work_order to zhulian_app;

create table projects.order_count (
  district text not null,
  township text not null,
  on_day date not null,
  n integer not null,
  primary key (district, township, on_day)
);

comment on table projects.order_count is '@distributed how many orders went out in a township on a day: numbers count on from it';

alter table projects.order_count enable row level security;

alter table projects.order_count force row level security;

create policy reach on projects.order_count
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine'));

grant select, insert, update on projects.order_count to zhulian_app;

create table projects.order_step (
  district text not null,
  id uuid not null,
  order_id uuid not null,
  turn integer not null,
  division text not null,
  provider_id uuid not null,
  step text not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  on_day date not null,
  by_id uuid not null,
  by_name text not null,
  by_role text not null,
  sealed_note bytea,
  primary key (district, id)
);

comment on table projects.order_step is '@distributed each step of a work order, only ever added to';

create unique index order_step_turn on projects.order_step (district, order_id, turn);

alter table projects.order_step enable row level security;

alter table projects.order_step force row level security;

create policy reach on projects.order_step
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy own_name on projects.order_step as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

grant select, insert on projects.order_step to zhulian_app;

create table projects.order_visit (
  district text not null,
  id uuid not null,
  order_id uuid not null,
  division text not null,
  provider_id uuid not null,
  on_day date not null,
  units integer not null,
  proved text,
  adults uuid[] not null default '{}',
  score integer,
  sealed_words bytea not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  flagged boolean not null default false,
  seen_by uuid,
  seen_name text,
  seen_at timestamptz,
  sealed_seen bytea,
  primary key (district, id),
  check (units between 0 and 100),
  check (score between 0 and 100),
  check (proved in ('code', 'signature')),
  check (not flagged or units = 0),
  check (seen_by is null or (flagged and seen_by <> by_id and seen_name is not null and seen_at is not null and sealed_seen is not null))
);

comment on table projects.order_visit is '@distributed one time somebody was there: units, words, how it is known, who was with a child';

comment on column projects.order_visit.proved is 'by the code the family read out, or by a signature';

comment on column projects.order_visit.score is 'what somebody can do by themselves, 0 to 100 (Barthel)';

comment on column projects.order_visit.flagged is 'with a child and without two vetted adults: counts for nothing until the end, and a person looks at it';

create index order_visit_order on projects.order_visit (district, order_id, on_day, id);

create index order_visit_flagged on projects.order_visit (district, id) where flagged and seen_by is null;

alter table projects.order_visit enable row level security;

alter table projects.order_visit force row level security;

create policy reach on projects.order_visit
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy own_name on projects.order_visit as restrictive for insert
  with check (district = current_setting('app.district', true) and seen_by is null and by_id::text = current_setting('app.actor', true));

create policy others_look on projects.order_visit as restrictive for update
  with check (district = current_setting('app.district', true)
    and (seen_by is null or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer')));

grant select, insert, update on projects.order_visit to zhulian_app;

create table projects.order_evidence (
  district text not null,
  id uuid not null,
  order_id uuid not null,
  visit_id uuid not null,
  division text not null,
  provider_id uuid not null,
  kind text not null,
  agreed boolean not null,
  type text not null,
  bytes integer not null,
  digest text not null,
  sealed_content bytea not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  primary key (district, id),
  check (kind in ('photo', 'signature')),
  check (agreed)
);

comment on table projects.order_evidence is '@distributed photographs and signatures of a visit, sealed; none without the family having agreed';

create index order_evidence_visit on projects.order_evidence (district, order_id, id);

alter table projects.order_evidence enable row level security;

alter table projects.order_evidence force row level security;

create policy reach on projects.order_evidence
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy own_name on projects.order_evidence as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

grant select, insert on projects.order_evidence to zhulian_app;

-- Who of an organisation may be with children: looked up by somebody of the district, until a day.

create table projects.adult (
  district text not null,
  id uuid not null,
  provider_id uuid not null,
  name text not null,
  vetted_on date not null,
  valid_until date not null,
  vetted_by uuid not null,
  vetted_name text not null,
  ended_on date,
  ended_why text,
  primary key (district, id),
  check (valid_until >= vetted_on),
  check ((ended_on is null) = (ended_why is null))
);

comment on table projects.adult is '@distributed adults of an organisation who were vetted and may be with a child, until when';

create index adult_provider on projects.adult (district, provider_id, id);

alter table projects.adult enable row level security;

alter table projects.adult force row level security;

create policy reach on projects.adult
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

-- An organisation does not vet its own.
create policy offices_vet on projects.adult as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator') and vetted_by::text = current_setting('app.actor', true));

create policy offices_end on projects.adult as restrictive for update
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) in ('districtOfficer', 'operator'));

grant select, insert, update on projects.adult to zhulian_app;

-- Classes: who came on which day, and who has a certificate.

create table projects.training_class (
  district text not null,
  id uuid not null,
  provider_id uuid not null,
  project_id uuid,
  name text not null,
  from_on date not null,
  until_on date not null,
  days integer not null,
  places integer not null,
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (district, id),
  check (until_on >= from_on),
  check (days between 1 and 200),
  check (places between 1 and 500)
);

comment on table projects.training_class is '@distributed a class of an organisation: how many days, how many places';

create index training_class_provider on projects.training_class (district, provider_id, id);

alter table projects.training_class enable row level security;

alter table projects.training_class force row level security;

create policy reach on projects.training_class
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

grant select, insert, update on projects.training_class to zhulian_app;

create table projects.class_seat (
  district text not null,
  class_id uuid not null,
  order_id uuid not null,
  provider_id uuid not null,
  certificate text,
  certified_on date,
  primary key (district, class_id, order_id),
  check ((certificate is null) = (certified_on is null))
);

comment on table projects.class_seat is '@distributed who sits in a class, by their order; and the certificate';

create unique index class_seat_order on projects.class_seat (district, order_id);

alter table projects.class_seat enable row level security;

alter table projects.class_seat force row level security;

create policy reach on projects.class_seat
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

grant select, insert, update on projects.class_seat to zhulian_app;

create table projects.attendance (
  district text not null,
  class_id uuid not null,
  on_day date not null,
  order_id uuid not null,
  provider_id uuid not null,
  came boolean not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (district, class_id, on_day, order_id)
);

comment on table projects.attendance is '@distributed who of a class came on a day, and who did not';

create index attendance_order on projects.attendance (district, order_id);

alter table projects.attendance enable row level security;

alter table projects.attendance force row level security;

create policy reach on projects.attendance
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

grant select, insert, update on projects.attendance to zhulian_app;

-- A job found counts once it was kept for three months.

create table projects.placement (
  district text not null,
  order_id uuid not null,
  division text not null,
  provider_id uuid not null,
  employer text not null,
  job text not null,
  began_on date not null,
  noted_by uuid not null,
  noted_at timestamptz not null,
  primary key (district, order_id)
);

comment on table projects.placement is '@distributed the job somebody was found by an order';

alter table projects.placement enable row level security;

alter table projects.placement force row level security;

create policy reach on projects.placement
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

grant select, insert, update on projects.placement to zhulian_app;

create table projects.placement_check (
  district text not null,
  order_id uuid not null,
  month integer not null,
  division text not null,
  provider_id uuid not null,
  kept boolean not null,
  on_day date not null,
  by_id uuid not null,
  by_name text not null,
  primary key (district, order_id, month),
  check (month between 1 and 3)
);

comment on table projects.placement_check is '@distributed whether somebody still had the job after one, two and three months, as asked by who did not find it';

alter table projects.placement_check enable row level security;

alter table projects.placement_check force row level security;

create policy reach on projects.placement_check
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy others_ask on projects.placement_check as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator')
    and by_id::text = current_setting('app.actor', true));

grant select, insert on projects.placement_check to zhulian_app;

-- Devices: each lent to one at a time.

create table projects.device (
  district text not null,
  id uuid not null,
  provider_id uuid not null,
  name text not null,
  mark text not null,
  gone_on date,
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (district, id)
);

comment on table projects.device is '@distributed a device that is lent: a wheelchair, a bed';

create unique index device_mark on projects.device (district, provider_id, mark);

alter table projects.device enable row level security;

alter table projects.device force row level security;

create policy reach on projects.device
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

grant select, insert, update on projects.device to zhulian_app;

create table projects.loan (
  district text not null,
  id uuid not null,
  device_id uuid not null,
  order_id uuid not null,
  provider_id uuid not null,
  lent_on date not null,
  due_on date not null,
  returned_on date,
  returned_state text,
  lent_by uuid not null,
  lent_at timestamptz not null,
  primary key (district, id),
  check (due_on > lent_on),
  check (returned_on >= lent_on),
  check ((returned_on is null) = (returned_state is null)),
  check (returned_state in ('good', 'worn', 'broken', 'lost'))
);

comment on table projects.loan is '@distributed a device with somebody, by their order; until when, and how it came back';

create unique index loan_device on projects.loan (district, device_id) where returned_on is null;

create index loan_order on projects.loan (district, order_id, id);

alter table projects.loan enable row level security;

alter table projects.loan force row level security;

create policy reach on projects.loan
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

grant select, insert, update on projects.loan to zhulian_app;

create view projects.v_order with (security_invoker = true) as
  select district, id, division, project_id, provider_id, service, state, planned_units, unit_price, start_by, due_by, due_on, created_on, ended_at
    from projects.work_order;

comment on view projects.v_order is '@published work orders without whom they are for, for counting';

grant select on projects.v_order to zhulian_app;
