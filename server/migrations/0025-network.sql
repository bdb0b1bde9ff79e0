-- The guides' network: the four duties of a guide as they are done and counted, villages handed over for good, suggestions that
-- somebody declined, and where villages lie.

create table outreach.duty (
  district text not null,
  id uuid not null,
  division text not null,
  careful boolean not null default false,
  household_id uuid,
  kind text not null,
  origin_kind text not null,
  origin_id uuid,
  sealed_note bytea,
  begun_on date not null,
  done_on date,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  noted_on date not null,
  taken_back_at timestamptz,
  primary key (district, id),
  check (kind in ('filing', 'advice', 'linking', 'plan')),
  check (origin_kind in ('hand', 'case', 'visit')),
  check ((origin_kind = 'hand') = (origin_id is null)),
  check (done_on >= begun_on)
);

comment on table outreach.duty is '@distributed one piece of one of the four duties of a guide, begun by hand or done with a case or a visit';

create index duty_done on outreach.duty (district, done_on, by_id) where taken_back_at is null;

create index duty_household on outreach.duty (district, household_id, id desc);

create index duty_worker on outreach.duty (district, by_id, id desc);

alter table outreach.duty enable row level security;

alter table outreach.duty force row level security;

create policy reach on outreach.duty
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on outreach.duty to zhulian_app;

alter table outreach.task add column duty text check (duty in ('filing', 'advice', 'linking', 'plan'));

create table outreach.handing (
  district text not null,
  id uuid not null,
  division text not null,
  village text not null,
  turn integer not null,
  from_id uuid,
  from_name text,
  to_id uuid not null,
  to_name text not null,
  sealed_reason bytea not null,
  from_grant uuid,
  to_grant uuid,
  handed_on date not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (district, id),
  check (from_id <> to_id),
  check ((from_id is null) = (from_name is null)),
  check ((undone_at is null) = (undone_by is null))
);

comment on table outreach.handing is '@distributed a village handed to a guide for good; without one it is taken from, the guide serves it beside those who do';

comment on column outreach.handing.to_grant is 'the right made by it; none where the guide had one already';

create unique index handing_village on outreach.handing (district, village, turn);

alter table outreach.handing enable row level security;

alter table outreach.handing force row level security;

-- A guide is told of villages that came or went: the doorkeeper looks that up, as with absences.
create policy reach on outreach.handing
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'doorkeeper'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

grant select, insert, update on outreach.handing to zhulian_app;

create table outreach.declined_move (
  district text not null,
  id uuid not null,
  division text not null,
  village text not null,
  from_id uuid,
  to_id uuid not null,
  sealed_reason bytea not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  until_on date not null,
  taken_back_at timestamptz,
  primary key (district, id)
);

comment on table outreach.declined_move is '@distributed a suggested move of a village that somebody declined, not suggested again until a day';

create index declined_move_village on outreach.declined_move (district, village) where taken_back_at is null;

alter table outreach.declined_move enable row level security;

alter table outreach.declined_move force row level security;

create policy reach on outreach.declined_move
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on outreach.declined_move to zhulian_app;

-- Where a village lies, and how the ground is between villages, where the district says so.
alter table registry.division add column lon double precision, add column lat double precision, add column ground text
  check (ground in ('plain', 'hills')), add column position_provenance text;
