-- Who of the guides is away from when until when, and who stands in, so that no household is ever without one.

create table outreach.absence (
  district text not null,
  id uuid not null,
  division text not null,
  guide_id uuid not null,
  guide_name text not null,
  from_on date not null,
  back_on date not null,
  stand_in_id uuid,
  stand_in_name text,
  set_by uuid not null,
  set_by_name text not null,
  set_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (district, id),
  check (back_on > from_on),
  check (stand_in_id <> guide_id),
  check ((stand_in_id is null) = (stand_in_name is null)),
  check ((ended_at is null) = (ended_by is null))
);

comment on table outreach.absence is '@distributed a guide is away; without a stand-in it is the township that stands in';

comment on column outreach.absence.back_on is 'the first day at work again';

create index absence_guide on outreach.absence (district, guide_id, back_on) where ended_at is null;

alter table outreach.absence enable row level security;

alter table outreach.absence force row level security;

-- Who hands something in learns who will come, whoever it is: the doorkeeper looks that up, as with guides.
create policy reach on outreach.absence
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'doorkeeper'
      or (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

grant select, insert, update on outreach.absence to zhulian_app;

create table outreach.held_move (
  district text not null,
  id uuid not null,
  handing_id uuid not null,
  division text not null,
  kind text not null,
  subject_id uuid not null,
  before_state text not null,
  before_due_on date,
  version_after integer not null,
  moved_by uuid not null,
  moved_at timestamptz not null,
  put_back_at timestamptz,
  primary key (district, id),
  check (kind in ('task', 'case'))
);

comment on table outreach.held_move is '@distributed what was handed over, in an absence or with a village for good, and how it stood, so that it can be put back';

create index held_move_handing on outreach.held_move (district, handing_id) where put_back_at is null;

alter table outreach.held_move enable row level security;

alter table outreach.held_move force row level security;

create policy reach on outreach.held_move
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on outreach.held_move to zhulian_app;
