-- Interviews and their results. They belong to the account that answered; a guide sees a result only where its owner agreed.

create schema guidance;

grant usage on schema guidance to zhulian_app;

create table guidance.interview (
  district text not null,
  id uuid not null,
  account_id uuid not null,
  household_id uuid,
  village text,
  state text not null,
  version integer not null default 1,
  judged_for date not null,
  pool_version text not null,
  sealed_answers bytea,
  answered integer not null default 0,
  screening_id uuid,
  started_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (district, id),
  check (state in ('open', 'finished', 'cleared')),
  check ((state = 'cleared') = (sealed_answers is null))
);

comment on table guidance.interview is '@distributed one row an interview; what was answered is sealed';

create index interview_account on guidance.interview (district, account_id, changed_at desc);

create index interview_left on guidance.interview (district, changed_at) where state = 'open';

alter table guidance.interview enable row level security;

alter table guidance.interview force row level security;

create policy reach on guidance.interview
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true) or current_setting('app.role', true) = 'machine'));

grant select, insert, update on guidance.interview to zhulian_app;

create table guidance.screening (
  district text not null,
  id uuid not null,
  interview_id uuid not null,
  account_id uuid not null,
  household_id uuid,
  village text,
  division text not null default '',
  handed_to text not null default '',
  careful boolean not null default false,
  judged_for date not null,
  judged_at timestamptz not null,
  pool_version text not null,
  sealed_inputs bytea not null,
  sealed_result bytea not null,
  inputs_hash text not null,
  result_hash text not null,
  can_apply integer not null,
  almost integer not null,
  not_now integer not null,
  answered integer not null,
  saved integer not null,
  primary key (district, id)
);

comment on table guidance.screening is '@distributed a result with the exact answers, day and version of the pool it was judged with';

comment on column guidance.screening.division is 'where staff may see it: empty until its owner hands it in, empty again when consent is taken back';

comment on column guidance.screening.handed_to is 'where it was handed in';

create index screening_account on guidance.screening (district, account_id, id desc);

create index screening_day on guidance.screening (district, judged_for);

create index screening_interview on guidance.screening (district, interview_id);

alter table guidance.screening enable row level security;

alter table guidance.screening force row level security;

create policy reach on guidance.screening
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or (division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or current_setting('app.role', true) = 'machine'));

grant select, insert on guidance.screening to zhulian_app;

grant update (division, handed_to) on guidance.screening to zhulian_app;

create table guidance.consent (
  district text not null,
  id uuid not null,
  interview_id uuid not null,
  account_id uuid not null,
  kind text not null,
  text_version text not null,
  given boolean not null,
  turn integer not null,
  at timestamptz not null,
  primary key (district, id),
  check (kind in ('tellGuide', 'useRegistry'))
);

comment on table guidance.consent is '@distributed each time somebody agreed or took it back, with the version of the text; only ever added to';

create index consent_interview on guidance.consent (district, interview_id, turn desc);

alter table guidance.consent enable row level security;

alter table guidance.consent force row level security;

create policy reach on guidance.consent
  using (district = current_setting('app.district', true) and account_id::text = current_setting('app.actor', true));

grant select, insert on guidance.consent to zhulian_app;

create table guidance.signal (
  district text not null,
  id uuid not null,
  interview_id uuid not null,
  account_id uuid not null,
  division text not null,
  kind text not null,
  state text not null,
  sealed_said bytea not null,
  found_at timestamptz not null,
  due_at timestamptz not null,
  taken_by uuid,
  taken_by_name text,
  taken_at timestamptz,
  sealed_note bytea,
  closed_at timestamptz,
  primary key (district, id),
  check (kind in ('violence', 'suicide', 'childAbuse', 'homelessness')),
  check (state in ('open', 'taken', 'closed'))
);

comment on table guidance.signal is '@distributed what a person has to hear first; the village, the household and the one who answered see nothing of it here';

create index signal_open on guidance.signal (district, state, due_at, id);

alter table guidance.signal enable row level security;

alter table guidance.signal force row level security;

create policy raise on guidance.signal for insert
  with check (district = current_setting('app.district', true) and account_id::text = current_setting('app.actor', true));

create policy reach on guidance.signal for select
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy work on guidance.signal for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on guidance.signal to zhulian_app;

create table guidance.day_count (
  district text not null,
  judged_for date not null,
  township text not null,
  screenings integer not null,
  fitting integer not null,
  primary key (district, judged_for, township)
);

comment on table guidance.day_count is '@distributed how many results a day and township had, without anybody in it';

alter table guidance.day_count enable row level security;

alter table guidance.day_count force row level security;

create policy reach on guidance.day_count
  using (district = current_setting('app.district', true));

grant select, insert, update on guidance.day_count to zhulian_app;

create view guidance.v_day_count with (security_invoker = true) as
  select district, judged_for, township, screenings, fitting from guidance.day_count;

comment on view guidance.v_day_count is '@published results a day and township';

grant select on guidance.v_day_count to zhulian_app;
