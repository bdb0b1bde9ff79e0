-- Households, the people in them, and what is known of either: by whom it was said, for which day, and when it was written down.
-- No foreign keys among these: a connection keeps the plan of such a check from when the table was empty, and a first file of
-- 42,000 people then takes six minutes instead of half of one. Households, people and what is said of them are written together.

create schema registry;

grant usage on schema registry to zhulian_app;

create table registry.division (
  district text not null,
  code text not null,
  name text not null,
  kind text not null,
  parent text not null,
  primary key (district, code)
);

comment on table registry.division is '@reference townships and villages with their codes';

alter table registry.division enable row level security;

alter table registry.division force row level security;

create policy reach on registry.division
  using (district = current_setting('app.district', true));

grant select, insert, update on registry.division to zhulian_app;

create table registry.household (
  district text not null,
  id uuid not null,
  division text not null,
  register_no text,
  head_id uuid,
  head_pinyin text,
  size integer not null default 0,
  tier text,
  tier_since date,
  tier_until date,
  circle smallint,
  judged_circle smallint,
  judged_since date,
  circle_because jsonb,
  classes text[] not null default '{}',
  traits text[] not null default '{}',
  pool_version text,
  judged_on date,
  version integer not null default 1,
  made_up boolean not null default false,
  batch_id uuid,
  created_at timestamptz not null,
  created_by uuid not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (district, id),
  check (circle between 1 and 3),
  check (judged_circle between 1 and 3),
  check (tier in ('none', 'tekun', 'dibao', 'dibian', 'zhichu'))
);

comment on table registry.household is '@distributed one row a household; tier, circle and traits are what follows from its facts today';

create unique index household_register_no on registry.household (district, register_no);

create index household_division on registry.household (district, division, id, circle, size) where withdrawn_at is null;

create index household_circle on registry.household (district, circle, division, id) where withdrawn_at is null;

create index household_name on registry.household (district, coalesce(head_pinyin, ''), id) where withdrawn_at is null;

create index household_batch on registry.household (district, batch_id) where batch_id is not null;

alter table registry.household enable row level security;

alter table registry.household force row level security;

create policy reach on registry.household
  using (district = current_setting('app.district', true)
    and ((division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or id::text = current_setting('app.household', true)));

grant select, insert, update on registry.household to zhulian_app;

create table registry.person (
  district text not null,
  id uuid not null,
  division text not null,
  household_id uuid,
  name text not null,
  pinyin text not null,
  birth_date date,
  sex text,
  alive boolean,
  relation text not null,
  id_number bytea,
  id_blind bytea,
  phone bytea,
  phone_blind bytea,
  tier text,
  circle smallint,
  judged_circle smallint,
  judged_since date,
  circle_because jsonb,
  made_up boolean not null default false,
  batch_id uuid,
  created_at timestamptz not null,
  created_by uuid not null,
  withdrawn_at timestamptz,
  primary key (district, id),
  check (circle between 1 and 3),
  check (judged_circle between 1 and 3),
  check (sex in ('male', 'female'))
);

comment on table registry.person is '@distributed one row a person; identity number and telephone sealed, found again by blind index';

create unique index person_id_blind on registry.person (district, id_blind);

create index person_phone_blind on registry.person (district, phone_blind) where phone_blind is not null;

create index person_household on registry.person (district, household_id);

create index person_batch on registry.person (district, batch_id) where batch_id is not null;

alter table registry.person enable row level security;

alter table registry.person force row level security;

create policy reach on registry.person
  using (district = current_setting('app.district', true)
    and ((division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

grant select, insert, update on registry.person to zhulian_app;

create table registry.name_gram (
  district text not null,
  gram bytea not null,
  division text not null,
  person_id uuid not null,
  household_id uuid not null,
  primary key (district, gram, division, person_id)
);

comment on table registry.name_gram is '@distributed keyed hashes of pieces of names and their pinyin: search by equality keeps its index under row security';

create index name_gram_person on registry.name_gram (district, person_id);

alter table registry.name_gram enable row level security;

alter table registry.name_gram force row level security;

create policy reach on registry.name_gram
  using (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, delete on registry.name_gram to zhulian_app;

create table registry.membership (
  district text not null,
  household_id uuid not null,
  person_id uuid not null,
  from_on date not null,
  until_on date,
  relation text not null,
  division text not null,
  batch_id uuid,
  ended_batch_id uuid,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  withdrawn_at timestamptz,
  primary key (district, household_id, person_id, from_on),
  check (until_on is null or until_on >= from_on)
);

comment on table registry.membership is '@distributed who lived in which household from a day, and until before a day';

create index membership_person on registry.membership (district, person_id);

create index membership_batch on registry.membership (district, batch_id) where batch_id is not null;

create index membership_ended_batch on registry.membership (district, ended_batch_id) where ended_batch_id is not null;

alter table registry.membership enable row level security;

alter table registry.membership force row level security;

create policy reach on registry.membership
  using (district = current_setting('app.district', true)
    and ((division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

grant select, insert on registry.membership to zhulian_app;

grant update (until_on, ended_batch_id, withdrawn_at, division) on registry.membership to zhulian_app;

create table registry.statement (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid,
  division text not null,
  source text not null,
  origin text not null,
  as_of date not null,
  facts jsonb not null,
  batch_id uuid,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  withdrawn_at timestamptz,
  primary key (district, id),
  check (source in ('declared', 'feed', 'verified'))
);

comment on table registry.statement is '@distributed what somebody said of a household or a person for a day; never overwritten, at most withdrawn';

create index statement_household on registry.statement (district, household_id, recorded_at);

create index statement_person on registry.statement (district, person_id, recorded_at) where person_id is not null;

create index statement_batch on registry.statement (district, batch_id) where batch_id is not null;

alter table registry.statement enable row level security;

alter table registry.statement force row level security;

create policy reach on registry.statement
  using (district = current_setting('app.district', true)
    and ((division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

grant select, insert on registry.statement to zhulian_app;

grant update (withdrawn_at, division, household_id) on registry.statement to zhulian_app;

create table registry.sealed_fact (
  district text not null,
  id uuid not null,
  statement_id uuid not null,
  household_id uuid not null,
  division text not null,
  fact text not null,
  sealed bytea not null,
  blind bytea not null,
  recorded_at timestamptz not null,
  primary key (district, id)
);

comment on table registry.sealed_fact is '@distributed telephone and account numbers of a household, sealed; the statement itself keeps them masked';

create index sealed_fact_household on registry.sealed_fact (district, household_id, fact, recorded_at);

create index sealed_fact_blind on registry.sealed_fact (district, fact, blind);

alter table registry.sealed_fact enable row level security;

alter table registry.sealed_fact force row level security;

create policy reach on registry.sealed_fact
  using (district = current_setting('app.district', true)
    and ((division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

grant select, insert on registry.sealed_fact to zhulian_app;

grant update (division) on registry.sealed_fact to zhulian_app;

create table registry.circle_change (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid,
  division text not null,
  from_circle smallint,
  to_circle smallint,
  because jsonb,
  pool_version text not null,
  changed_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (district, id)
);

comment on table registry.circle_change is '@distributed each move of a person or a household between the circles, with the line of the rules that moved them';

create index circle_change_household on registry.circle_change (district, household_id, recorded_at);

alter table registry.circle_change enable row level security;

alter table registry.circle_change force row level security;

create policy reach on registry.circle_change
  using (district = current_setting('app.district', true)
    and ((division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or household_id::text = current_setting('app.household', true)));

grant select, insert on registry.circle_change to zhulian_app;

create view registry.v_division with (security_invoker = true) as
  select district, code, name, kind, parent from registry.division;

comment on view registry.v_division is '@published names of divisions';

grant select on registry.v_division to zhulian_app;

create view registry.v_household with (security_invoker = true) as
  select district, id, division, register_no, size, tier, circle, classes, traits, judged_on, changed_at, created_at
  from registry.household where withdrawn_at is null;

comment on view registry.v_household is '@published households in the registry without names, for counting';

grant select on registry.v_household to zhulian_app;

create view registry.v_person with (security_invoker = true) as
  select district, id, household_id, division, birth_date, sex, tier, circle
  from registry.person where withdrawn_at is null;

comment on view registry.v_person is '@published people in the registry without names, for counting';

grant select on registry.v_person to zhulian_app;

create view registry.v_circle_change with (security_invoker = true) as
  select district, id, household_id, person_id, division, from_circle, to_circle, changed_on
  from registry.circle_change;

comment on view registry.v_circle_change is '@published moves between circles';

grant select on registry.v_circle_change to zhulian_app;
