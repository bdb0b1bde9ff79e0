-- Tasks at people's homes, what was written down there by several telephones at once, what was found, and the telephones themselves.
-- What is careful belongs to the township: a guide neither reads nor counts it, wherever the guide works.

create table outreach.task (
  district text not null,
  id uuid not null,
  division text not null,
  village text not null,
  careful boolean not null default false,
  household_id uuid not null,
  person_id uuid,
  kind text not null,
  origin_kind text not null,
  origin_id uuid not null,
  level text,
  state text not null,
  version integer not null default 1,
  sealed_why bytea,
  holder_id uuid,
  holder_name text,
  held_by text not null,
  due_on date not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  sealed_reason bytea,
  late_told_on date,
  primary key (district, id),
  check (kind in ('verification', 'routine', 'key', 'followUp')),
  check (origin_kind in ('alert', 'slip', 'lead', 'rhythm')),
  check (level in ('red', 'orange', 'yellow', 'blue')),
  check (state in ('given', 'taken', 'handedOver', 'done', 'cancelled')),
  check (held_by in ('village', 'township')),
  check ((state in ('done', 'cancelled')) = (closed_at is not null))
);

comment on table outreach.task is '@distributed a knock on a door that somebody has to make, and by when; why is sealed';

create unique index task_origin on outreach.task (district, origin_kind, origin_id, kind) where closed_at is null;

create index task_due on outreach.task (district, division, due_on, id) where closed_at is null;

create index task_holder on outreach.task (district, holder_id) where closed_at is null;

create index task_household on outreach.task (district, household_id, id desc);

alter table outreach.task enable row level security;

alter table outreach.task force row level security;

create policy reach on outreach.task
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on outreach.task to zhulian_app;

create table outreach.visit (
  district text not null,
  id uuid not null,
  task_id uuid not null,
  household_id uuid not null,
  division text not null,
  careful boolean not null default false,
  form text not null,
  edits integer not null default 0,
  opened_at timestamptz not null,
  visited_on date,
  submitted_at timestamptz,
  submitted_by uuid,
  submitted_name text,
  primary key (district, id),
  check (form in ('verification', 'routine', 'key', 'followUp')),
  check ((submitted_at is null) = (submitted_by is null))
);

comment on table outreach.visit is '@distributed what is written down at a door; its fields lie in visit_edit';

create unique index visit_task on outreach.visit (district, task_id) where submitted_at is null;

create index visit_household on outreach.visit (district, household_id, id desc);

alter table outreach.visit enable row level security;

alter table outreach.visit force row level security;

create policy reach on outreach.visit
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on outreach.visit to zhulian_app;

create table outreach.visit_edit (
  district text not null,
  id uuid not null,
  visit_id uuid not null,
  division text not null,
  careful boolean not null default false,
  field text not null,
  device_id uuid not null,
  counter integer not null,
  base text[] not null default '{}',
  sealed_value bytea not null,
  by_id uuid not null,
  by_name text not null,
  made_at timestamptz not null,
  received_at timestamptz not null,
  primary key (district, id),
  check (counter > 0)
);

comment on table outreach.visit_edit is '@distributed one field written by one telephone over what it had seen of it; only ever added to, so two who write at once both stay';

create unique index visit_edit_once on outreach.visit_edit (district, device_id, counter);

create index visit_edit_visit on outreach.visit_edit (district, visit_id);

alter table outreach.visit_edit enable row level security;

alter table outreach.visit_edit force row level security;

create policy reach on outreach.visit_edit
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on outreach.visit_edit to zhulian_app;

create table outreach.finding (
  district text not null,
  id uuid not null,
  visit_id uuid not null,
  task_id uuid not null,
  household_id uuid not null,
  person_id uuid,
  division text not null,
  careful boolean not null default false,
  result text not null,
  risk text not null,
  needs text[] not null default '{}',
  next_on date,
  sealed_note bytea,
  found_on date not null,
  found_at timestamptz not null,
  found_by uuid not null,
  found_name text not null,
  primary key (district, id),
  check (result in ('confirmed', 'falseAlarm', 'duplicate', 'handled', 'nobodyHome', 'stable', 'changed')),
  check (risk in ('none', 'some', 'urgent'))
);

comment on table outreach.finding is '@distributed what a visit found, in words of its form; a person decides what follows';

create unique index finding_visit on outreach.finding (district, visit_id);

create index finding_household on outreach.finding (district, household_id, id desc);

alter table outreach.finding enable row level security;

alter table outreach.finding force row level security;

create policy reach on outreach.finding
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on outreach.finding to zhulian_app;

create table outreach.attachment (
  district text not null,
  id uuid not null,
  visit_id uuid not null,
  division text not null,
  careful boolean not null default false,
  kind text not null,
  type text not null,
  bytes integer not null,
  digest text not null,
  sealed_content bytea not null,
  taken_at timestamptz not null,
  received_at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  primary key (district, id),
  check (kind in ('photo', 'signature', 'voice')),
  check (bytes between 1 and 2000000)
);

comment on table outreach.attachment is '@distributed a photo, a signature or a spoken note of a visit, sealed';

create index attachment_visit on outreach.attachment (district, visit_id, id);

alter table outreach.attachment enable row level security;

alter table outreach.attachment force row level security;

create policy reach on outreach.attachment
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on outreach.attachment to zhulian_app;

create table outreach.device (
  district text not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  secret_hash bytea not null,
  registered_at timestamptz not null,
  seen_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (district, id)
);

comment on table outreach.device is '@distributed a telephone that keeps the tasks of a day; once revoked it is told so and empties itself';

create index device_account on outreach.device (district, account_id, id desc);

alter table outreach.device enable row level security;

alter table outreach.device force row level security;

create policy reach on outreach.device
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine')));

grant select, insert, update on outreach.device to zhulian_app;

create table outreach.protected_note (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  readers text[] not null,
  sealed_text bytea not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  primary key (district, id),
  check (cardinality(readers) between 1 and 10)
);

comment on table outreach.protected_note is '@distributed what only the workers named in it may read; for everybody else there is no such row';

create index protected_note_household on outreach.protected_note (district, household_id, id desc);

alter table outreach.protected_note enable row level security;

alter table outreach.protected_note force row level security;

create policy reach on outreach.protected_note
  using (district = current_setting('app.district', true)
    and current_setting('app.actor', true) = any (readers));

grant select, insert on outreach.protected_note to zhulian_app;

create view outreach.v_task with (security_invoker = true) as
  select district, id, division, village, household_id, person_id, kind, origin_kind, origin_id, level, state, held_by, holder_id,
    due_on, opened_at, closed_at
  from outreach.task;

comment on view outreach.v_task is '@published tasks without words about anybody, for counting and for overdue visits';

grant select on outreach.v_task to zhulian_app;

create view outreach.v_visit with (security_invoker = true) as
  select district, id, task_id, household_id, division, form, visited_on, submitted_at, submitted_by
  from outreach.visit where submitted_at is not null;

comment on view outreach.v_visit is '@published visits that were made, without what was written down';

grant select on outreach.v_visit to zhulian_app;

-- A guide who meets violence at a door hands it on at once and does not see it again.
create policy alarm on outreach.task for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'guide' and careful and held_by = 'township'
    and village >= current_setting('app.lo', true) and village < current_setting('app.hi', true));
