-- What families handed in, and what was done for them step by step.

create schema outreach;

grant usage on schema outreach to zhulian_app;

create table outreach.submission (
  district text not null,
  id uuid not null,
  screening_id uuid not null,
  case_id uuid not null,
  account_id uuid not null,
  state text not null,
  handed_in_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (district, id),
  check (state in ('handedIn', 'withdrawn'))
);

comment on table outreach.submission is '@distributed a result handed to a guide by who owns it';

create unique index submission_screening on outreach.submission (district, screening_id) where state = 'handedIn';

create index submission_account on outreach.submission (district, account_id, id desc);

alter table outreach.submission enable row level security;

alter table outreach.submission force row level security;

create policy reach on outreach.submission
  using (district = current_setting('app.district', true) and account_id::text = current_setting('app.actor', true));

grant select, insert, update on outreach.submission to zhulian_app;

create table outreach.case (
  district text not null,
  id uuid not null,
  division text not null,
  village text not null,
  account_id uuid not null,
  household_id uuid,
  screening_id uuid not null,
  submission_id uuid not null,
  careful boolean not null default false,
  state text not null,
  version integer not null default 1,
  masked_name text not null,
  sealed_name bytea,
  sealed_phone bytea,
  sealed_note bytea,
  wants text[] not null default '{}',
  holder_id uuid,
  holder_name text,
  held_by text not null,
  due_on date,
  came_in_at timestamptz not null,
  accepted_at timestamptz,
  changed_at timestamptz not null,
  closed_at timestamptz,
  outcome text,
  sealed_outcome_note bytea,
  late_told_on date,
  primary key (district, id),
  check (state in ('new', 'accepted', 'contacted', 'visited', 'filed', 'handedOver', 'returned', 'closed', 'withdrawn')),
  check (held_by in ('village', 'township')),
  check ((state = 'closed') = (outcome is not null))
);

comment on table outreach.case is '@distributed one family''s request on its way to an outcome; name, telephone and notes sealed';

comment on column outreach.case.division is 'who may see it: the village, or the township alone where it needs care';

create index case_due on outreach.case (district, division, (coalesce(due_on, date '9999-12-31')), id);

create index case_holder on outreach.case (district, holder_id, state) where holder_id is not null;

create index case_account on outreach.case (district, account_id, id desc);

create index case_screening on outreach.case (district, screening_id);

create index case_clock on outreach.case (district, due_on) where due_on is not null;

alter table outreach.case enable row level security;

alter table outreach.case force row level security;

create policy reach on outreach.case
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or (division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

grant select, insert, update on outreach.case to zhulian_app;

create table outreach.step (
  district text not null,
  id uuid not null,
  case_id uuid not null,
  turn integer not null,
  division text not null,
  account_id uuid not null,
  step text not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  done_on date not null,
  by_id uuid not null,
  by_name text not null,
  office text not null,
  facts jsonb not null default '{}',
  sealed_note bytea,
  primary key (district, id),
  check (office in ('resident', 'village', 'township', 'district', 'clock'))
);

comment on table outreach.step is '@distributed each step of a case, only ever added to; a note may be blotted out when the family takes its request back';

create unique index step_case on outreach.step (district, case_id, turn);

alter table outreach.step enable row level security;

alter table outreach.step force row level security;

create policy reach on outreach.step
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or (division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

grant select, insert on outreach.step to zhulian_app;

grant update (sealed_note) on outreach.step to zhulian_app;

create table outreach.filing (
  district text not null,
  id uuid not null,
  case_id uuid not null,
  division text not null,
  account_id uuid not null,
  policy text not null,
  person text,
  filed_on date not null,
  filed_at text not null,
  papers jsonb not null,
  missing integer not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (district, id)
);

comment on table outreach.filing is '@distributed an application filed on behalf of a family, with its papers marked one by one';

create index filing_case on outreach.filing (district, case_id, id);

alter table outreach.filing enable row level security;

alter table outreach.filing force row level security;

create policy reach on outreach.filing
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or (division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

grant select, insert on outreach.filing to zhulian_app;

create table outreach.question (
  district text not null,
  id uuid not null,
  case_id uuid not null,
  division text not null,
  account_id uuid not null,
  sealed_text bytea not null,
  asked_at timestamptz not null,
  due_on date not null,
  sealed_answer bytea,
  answered_at timestamptz,
  answered_by uuid,
  primary key (district, id)
);

comment on table outreach.question is '@distributed what a family asked or complained about; the township answers, the village does not see it';

create index question_case on outreach.question (district, case_id, id);

create index question_open on outreach.question (district, division, due_on) where answered_at is null;

alter table outreach.question enable row level security;

alter table outreach.question force row level security;

create policy reach on outreach.question
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or (division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

grant select, insert, update on outreach.question to zhulian_app;

create view outreach.v_case with (security_invoker = true) as
  select district, id, division, village, state, due_on, came_in_at, accepted_at, closed_at, outcome, wants
  from outreach.case;

comment on view outreach.v_case is '@published cases without anybody in them, for counting';

grant select on outreach.v_case to zhulian_app;
