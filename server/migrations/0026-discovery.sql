-- What a guide or clerk asks of a bureau, one slip a need, with a clock and an answer. A bureau reads the slips that name it and
-- nothing else: its officers reach no place.

alter table identity.role_grant drop constraint role_grant_role_check;

alter table identity.role_grant add constraint role_grant_role_check check (role in
  ('resident', 'guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'provider', 'auditor', 'admin', 'healthWorker',
    'bureauOfficer', 'helper'));

create table outreach.slip (
  district text not null,
  id uuid not null,
  number text not null,
  division text not null,
  village text not null,
  careful boolean not null default false,
  household_id uuid not null,
  unit text not null,
  unit_id uuid not null,
  subject text,
  masked_name text not null,
  sealed_whom bytea,
  sealed_need bytea not null,
  days integer not null,
  state text not null,
  version integer not null default 1,
  due_on date,
  sent_on date not null,
  sent_at timestamptz not null,
  sent_by uuid not null,
  sent_name text not null,
  sent_role text not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  late_told_on date,
  primary key (district, id),
  check (state in ('sent', 'takenOn', 'askedBack', 'done', 'declined', 'withdrawn')),
  check ((state in ('done', 'declined', 'withdrawn')) = (closed_at is not null)),
  check ((closed_at is null) = (due_on is not null)),
  check ((state = 'withdrawn') = (sealed_whom is null)),
  check (days between 1 and 60)
);

comment on table outreach.slip is '@distributed one need of one family handed to a bureau; whom it is about and what is needed are sealed';

comment on column outreach.slip.household_id is 'for the trail; a bureau reads no household';

comment on column outreach.slip.unit_id is 'the organisation that officers of the unit work for';

create unique index slip_number on outreach.slip (district, number);

create index slip_due on outreach.slip (district, division, (coalesce(due_on, date '9999-12-31')), id);

create index slip_unit on outreach.slip (district, unit_id, (coalesce(due_on, date '9999-12-31')), id);

create index slip_household on outreach.slip (district, household_id, id desc);

alter table outreach.slip enable row level security;

alter table outreach.slip force row level security;

create policy reach on outreach.slip
  using (district = current_setting('app.district', true)
    and (((current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
          or (current_setting('app.role', true) = 'guide' and not careful))
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'bureauOfficer' and unit_id::text = current_setting('app.organisation', true))));

-- A need is met or turned down by a person: of the bureau, or of an office that notes what the bureau wrote on paper.
create policy people_answer on outreach.slip as restrictive for update
  with check (district = current_setting('app.district', true)
    and (state not in ('done', 'declined')
      or current_setting('app.role', true) in ('bureauOfficer', 'townshipClerk', 'districtOfficer')));

-- It begins unanswered, in the name of who sends it; a bureau sends none.
create policy own_name on outreach.slip as restrictive for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) <> 'bureauOfficer'
    and state = 'sent' and sent_by::text = current_setting('app.actor', true));

grant select, insert, update on outreach.slip to zhulian_app;

create table outreach.slip_step (
  district text not null,
  id uuid not null,
  slip_id uuid not null,
  turn integer not null,
  division text not null,
  careful boolean not null default false,
  unit_id uuid not null,
  step text not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  on_day date not null,
  by_id uuid not null,
  by_name text not null,
  office text not null,
  answered_by text,
  sealed_note bytea,
  primary key (district, id),
  check (office in ('village', 'township', 'district', 'bureau', 'clock'))
);

comment on table outreach.slip_step is '@distributed each step of a slip, only ever added to';

comment on column outreach.slip_step.answered_by is 'who of the bureau said so, where an office notes an answer that came on paper';

create unique index slip_step_turn on outreach.slip_step (district, slip_id, turn);

alter table outreach.slip_step enable row level security;

alter table outreach.slip_step force row level security;

create policy reach on outreach.slip_step
  using (district = current_setting('app.district', true)
    and (((current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
          or (current_setting('app.role', true) = 'guide' and not careful))
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'bureauOfficer' and unit_id::text = current_setting('app.organisation', true))));

create policy own_name on outreach.slip_step as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

grant select, insert on outreach.slip_step to zhulian_app;

create table outreach.slip_count (
  district text not null,
  township text not null,
  on_day date not null,
  n integer not null,
  primary key (district, township, on_day)
);

comment on table outreach.slip_count is '@distributed how many slips a township sent on a day: numbers count on from it, whoever of them is seen';

alter table outreach.slip_count enable row level security;

alter table outreach.slip_count force row level security;

create policy reach on outreach.slip_count
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'machine'));

grant select, insert, update on outreach.slip_count to zhulian_app;

create view outreach.v_slip with (security_invoker = true) as
  select district, id, division, unit, subject, state, due_on, sent_at, closed_at from outreach.slip where not careful;

comment on view outreach.v_slip is '@published slips without whom they are about, for counting';

grant select on outreach.v_slip to zhulian_app;

-- Somebody found by anybody: who told, by which channel, and what became of it. A resident tells and reads nothing back.

create table outreach.lead (
  district text not null,
  id uuid not null,
  division text not null,
  village text not null,
  careful boolean not null default false,
  channel text not null,
  state text not null,
  version integer not null default 1,
  masked_name text not null,
  sealed_whom bytea not null,
  sealed_words bytea not null,
  household_id uuid,
  joined_id uuid,
  task_id uuid,
  due_on date,
  found_on date not null,
  found_at timestamptz not null,
  found_by uuid not null,
  found_name text not null,
  verified_on date,
  helped_on date,
  changed_at timestamptz not null,
  closed_at timestamptz,
  late_told_on date,
  primary key (district, id),
  check (channel in ('guide', 'gridWorker', 'helper', 'neighbour', 'self', 'file', 'alert', 'hotline', 'window')),
  check (state in ('found', 'verified', 'helped', 'notSo', 'joined', 'withdrawn')),
  check ((state in ('found', 'verified')) = (closed_at is null)),
  check ((closed_at is null) = (due_on is not null)),
  check (state not in ('verified', 'helped') or (household_id is not null and verified_on is not null)),
  check ((state = 'joined') = (joined_id is not null)),
  check (joined_id <> id)
);

comment on table outreach.lead is '@distributed a family that may need help, as somebody told of it; who, where and what was said are sealed';

comment on column outreach.lead.found_by is 'the account that told; of a resident it is kept and shown to nobody';

create index lead_due on outreach.lead (district, division, (coalesce(due_on, date '9999-12-31')), id);

create index lead_household on outreach.lead (district, household_id) where household_id is not null;

alter table outreach.lead enable row level security;

alter table outreach.lead force row level security;

create policy reach on outreach.lead
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

-- Who tells may write it down and not read it; guides and village groups tell of their own village.
create policy tell on outreach.lead for insert
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'resident'
      or (current_setting('app.role', true) in ('guide', 'villageGroup')
        and village >= current_setting('app.lo', true) and village < current_setting('app.hi', true))));

create policy own_name on outreach.lead as restrictive for insert
  with check (district = current_setting('app.district', true) and found_by::text = current_setting('app.actor', true) and state = 'found');

-- That somebody needs no help, or has it, a person says.
create policy people_close on outreach.lead as restrictive for update
  with check (district = current_setting('app.district', true)
    and (state in ('found', 'verified') or current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer')));

grant select, insert, update on outreach.lead to zhulian_app;

create table outreach.lead_step (
  district text not null,
  id uuid not null,
  lead_id uuid not null,
  turn integer not null,
  division text not null,
  careful boolean not null default false,
  step text not null,
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  sealed_note bytea,
  primary key (district, id)
);

comment on table outreach.lead_step is '@distributed each step of a lead, only ever added to';

create unique index lead_step_turn on outreach.lead_step (district, lead_id, turn);

alter table outreach.lead_step enable row level security;

alter table outreach.lead_step force row level security;

create policy reach on outreach.lead_step
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy own_name on outreach.lead_step as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

grant select, insert on outreach.lead_step to zhulian_app;

create table outreach.lead_count (
  district text not null,
  on_day date not null,
  counted text not null,
  n integer not null,
  primary key (district, on_day, counted)
);

comment on table outreach.lead_count is '@distributed how often residents told of somebody on a day: by account, and by village. Counts alone';

alter table outreach.lead_count enable row level security;

alter table outreach.lead_count force row level security;

create policy reach on outreach.lead_count
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) = 'resident'
        and (counted ~ '^[0-9]{12}$' or counted = current_setting('app.actor', true)))));

grant select, insert, update on outreach.lead_count to zhulian_app;

alter table registry.household add column channel text;

alter table registry.household add constraint household_channel_check
  check (channel in ('guide', 'gridWorker', 'helper', 'neighbour', 'self', 'file', 'alert', 'hotline', 'window'));

comment on column registry.household.channel is 'how it was found; null where nobody wrote it down';

-- Somebody stands by a family: a party member, a deputy, a committee member, somebody of a mass organisation. The helper reads a name, how
-- to reach the family and when to go next, for as long as the pairing lasts; what the helper wrote goes to the guides and the township.

create table outreach.pairing (
  district text not null,
  id uuid not null,
  division text not null,
  household_id uuid not null,
  helper_id uuid not null,
  helper_name text not null,
  kind text not null,
  from_on date not null,
  until_on date,
  masked_name text not null,
  sealed_whom bytea not null,
  next_on date,
  last_on date,
  set_by uuid not null,
  set_name text not null,
  set_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  sealed_reason bytea,
  primary key (district, id),
  check (kind in ('partyMember', 'deputy', 'committeeMember', 'massOrganisation')),
  check (until_on > from_on),
  check ((ended_at is null) = (ended_by is null))
);

comment on table outreach.pairing is '@distributed who stands by a family from when until when; what the helper reads of it is sealed';

create unique index pairing_once on outreach.pairing (district, household_id, helper_id) where ended_at is null;

create index pairing_helper on outreach.pairing (district, helper_id) where ended_at is null;

alter table outreach.pairing enable row level security;

alter table outreach.pairing force row level security;

create policy reach on outreach.pairing
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'helper' and ended_at is null
        and helper_id::text = current_setting('app.actor', true))));

create policy helpers_pair_nobody on outreach.pairing as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine'));

grant select, insert, update on outreach.pairing to zhulian_app;

create table outreach.helper_visit (
  district text not null,
  id uuid not null,
  pairing_id uuid not null,
  household_id uuid not null,
  division text not null,
  careful boolean not null default false,
  helper_name text not null,
  how text not null,
  on_day date not null,
  met boolean not null,
  sealed_words bytea not null,
  sealed_need bytea,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (district, id),
  check (how in ('dayVisit', 'eveningTalk', 'call'))
);

comment on table outreach.helper_visit is '@distributed what a helper saw and heard, and what is needed, in sentences; only ever added to. A helper writes it and does not read it again';

create index helper_visit_household on outreach.helper_visit (district, household_id, id desc);

alter table outreach.helper_visit enable row level security;

alter table outreach.helper_visit force row level security;

create policy reach on outreach.helper_visit
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy write on outreach.helper_visit for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true)
    and current_setting('app.role', true) in ('helper', 'guide'));

grant select, insert on outreach.helper_visit to zhulian_app;
