-- What everybody in the registry is entitled to by the rules of a day, what they receive, and where the two differ.

create schema entitlements;

grant usage on schema entitlements to zhulian_app;

create table entitlements.receipt (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid,
  division text not null,
  policy text not null,
  from_on date not null,
  until_on date,
  amount integer,
  period text,
  source text not null,
  origin text not null,
  as_of date not null,
  made_up boolean not null default false,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  recorded_role text not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_role text,
  ended_reason text,
  primary key (district, id),
  check (until_on is null or until_on >= from_on),
  check (source in ('declared', 'feed', 'verified')),
  check (period in ('month', 'year', 'once')),
  check ((ended_at is null) = (ended_by is null) and (ended_by is null) = (ended_role is null)),
  check (ended_role in ('townshipClerk', 'districtOfficer'))
);

comment on table entitlements.receipt is '@distributed a benefit somebody receives, as a file or a person of the office said; amount in whole yuan a period';

comment on column entitlements.receipt.ended_by is 'the person of the office who wrote down that it ended; the machine cannot';

create index receipt_household on entitlements.receipt (district, household_id);

alter table entitlements.receipt enable row level security;

alter table entitlements.receipt force row level security;

create policy reach on entitlements.receipt for select
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

create policy write on entitlements.receipt for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy stop on entitlements.receipt for update
  using (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer'))
  with check (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer')
    and ended_role = current_setting('app.role', true) and ended_by::text = current_setting('app.actor', true));

grant select, insert on entitlements.receipt to zhulian_app;

grant update (until_on, ended_at, ended_by, ended_role, ended_reason) on entitlements.receipt to zhulian_app;

create table entitlements.run (
  district text not null,
  id uuid not null,
  kind text not null,
  judged_on date not null,
  as_known_at timestamptz not null,
  pool_version text not null,
  state text not null,
  asked_by uuid not null,
  households integer not null,
  done integer not null default 0,
  changed integer not null default 0,
  work_ms integer not null default 0,
  next_after uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (district, id),
  check (kind in ('everybody', 'changed')),
  check (state in ('running', 'done', 'cancelled')),
  check ((state = 'running') = (ended_at is null))
);

comment on table entitlements.run is '@reference each time the registry was judged, how far it is, and with which rules';

create index run_started on entitlements.run (district, started_at desc, id);

alter table entitlements.run enable row level security;

alter table entitlements.run force row level security;

create policy reach on entitlements.run
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('machine', 'districtOfficer'));

grant select, insert, update on entitlements.run to zhulian_app;

create table entitlements.verdict (
  district text not null,
  household_id uuid not null,
  judged_at timestamptz not null,
  division text not null,
  judged_on date not null,
  pool_version text not null,
  inputs_hash text not null,
  result_hash text not null,
  results jsonb not null,
  run_id uuid not null,
  confirmed_at timestamptz not null,
  confirmed_on date not null,
  superseded_at timestamptz,
  primary key (district, household_id, judged_at)
);

comment on table entitlements.verdict is '@distributed what the rules of a day say of a household; the registry as known at judged_at gives its facts again';

comment on column entitlements.verdict.confirmed_at is 'the last run that said the same';

create unique index verdict_now on entitlements.verdict (district, household_id) where superseded_at is null;

alter table entitlements.verdict enable row level security;

alter table entitlements.verdict force row level security;

create policy reach on entitlements.verdict for select
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

create policy keep on entitlements.verdict
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on entitlements.verdict to zhulian_app;

grant update (confirmed_at, confirmed_on, superseded_at, division) on entitlements.verdict to zhulian_app;

create table entitlements.finding (
  district text not null,
  id uuid not null,
  kind text not null,
  household_id uuid not null,
  person_id uuid,
  division text not null,
  policy text not null,
  amount_a_year integer,
  conditional_on text,
  judged_at timestamptz not null,
  found_on date not null,
  gone_on date,
  state text not null default 'open',
  version integer not null default 1,
  taken_by uuid,
  taken_name text,
  taken_at timestamptz,
  outcome text,
  sealed_note bytea,
  closed_by uuid,
  closed_name text,
  closed_role text,
  closed_at timestamptz,
  changed_at timestamptz not null,
  primary key (district, id),
  check (kind in ('unclaimed', 'recheck')),
  check (state in ('open', 'taken', 'closed')),
  check ((state = 'taken') <= (taken_by is not null)),
  check ((state = 'closed') = (outcome is not null)),
  check ((outcome is null) = (closed_by is null) and (outcome is null) = (closed_role is null)),
  check (closed_role in ('guide', 'townshipClerk', 'districtOfficer')),
  check (kind = 'recheck' or outcome in ('applied', 'receives', 'notWanted', 'factsWrong', 'notFitting', 'unreachable')),
  check (kind = 'unclaimed' or outcome in ('stays', 'officeActs', 'factsWrong')),
  check (kind = 'unclaimed' or closed_role in ('townshipClerk', 'districtOfficer'))
);

comment on table entitlements.finding is '@distributed entitled and not receiving, or receiving and no longer matching: a question for a person, never a decision';

create unique index finding_open on entitlements.finding (district, kind, household_id, policy, coalesce(person_id, household_id))
  where state <> 'closed';

create index finding_place on entitlements.finding (district, kind, state, division, id);

create index finding_household on entitlements.finding (district, household_id);

alter table entitlements.finding enable row level security;

alter table entitlements.finding force row level security;

create policy reach on entitlements.finding for select
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'guide' and kind = 'unclaimed'))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy find on entitlements.finding for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine'
    and state = 'open' and outcome is null);

create policy look_again on entitlements.finding for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine' and state <> 'closed')
  with check (current_setting('app.role', true) = 'machine' and state <> 'closed' and outcome is null);

create policy decide on entitlements.finding for update
  using (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer')
      or (current_setting('app.role', true) = 'guide' and kind = 'unclaimed')))
  with check (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true)
    and current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer')
    and (outcome is null or (closed_role = current_setting('app.role', true) and closed_by::text = current_setting('app.actor', true))));

grant select, insert on entitlements.finding to zhulian_app;

grant update (division, amount_a_year, conditional_on, judged_at, gone_on, state, version, taken_by, taken_name, taken_at, outcome, sealed_note,
  closed_by, closed_name, closed_role, closed_at, changed_at) on entitlements.finding to zhulian_app;

create view entitlements.v_finding with (security_invoker = true) as
  select district, id, kind, household_id, division, policy, amount_a_year, state, outcome, found_on, gone_on, closed_at from entitlements.finding;

comment on view entitlements.v_finding is '@published working lists without names, for counting';

grant select on entitlements.v_finding to zhulian_app;
