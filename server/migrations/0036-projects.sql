-- Projects: what is done for many families with the same need, for whom, with whose money, by whom. A place is given to one need at a time.

create schema projects;

grant usage on schema projects to zhulian_app;

create table projects.project (
  district text not null,
  id uuid not null,
  number text not null,
  name text not null,
  brand text not null,
  state text not null,
  version integer not null default 1,
  purpose text not null,
  what_is_done text not null,
  for_whom text not null,
  limits text not null,
  safeguarding text not null,
  items jsonb not null,
  services text[] not null,
  places integer not null,
  area text[] not null,
  eligibility text,
  indicators jsonb not null default '[]',
  from_on date not null,
  until_on date not null,
  fund_id text,
  fund_name text,
  fund_kind text,
  budget_fen bigint,
  budget_state text not null default 'none',
  budget_asked_at timestamptz,
  budget_asked_by uuid,
  budget_asked_name text,
  budget_approved_at timestamptz,
  budget_approved_by uuid,
  budget_approved_name text,
  organisation_id uuid,
  organisation_name text,
  organisation_named_at timestamptz,
  organisation_named_by uuid,
  organisation_named_name text,
  signed_at timestamptz,
  signed_by uuid,
  signed_name text,
  evaluated_by uuid,
  due_on date,
  since_on date not null,
  designed_item text,
  provenance text[] not null default '{}',
  made_up boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null,
  created_name text not null,
  changed_at timestamptz not null,
  primary key (district, id),
  check (state in ('draft', 'callOpen', 'contracted', 'running', 'ended', 'evaluated', 'settled', 'archived')),
  check (brand in ('study', 'medical', 'hardship', 'disability')),
  check (fund_kind in ('enterprise', 'institution', 'personal', 'trust')),
  check (places between 1 and 100000),
  check (cardinality(area) >= 1 and cardinality(services) >= 1),
  check (until_on > from_on),
  check (budget_state in ('none', 'asked', 'approved')),
  check ((budget_fen is null) = (budget_state = 'none')),
  check (budget_fen > 0),
  check ((budget_asked_by is null) = (budget_state = 'none')),
  check ((budget_approved_by is null) = (budget_state <> 'approved')),
  -- Money and contract need two people each.
  check (budget_approved_by is distinct from budget_asked_by or budget_asked_by is null),
  check ((organisation_named_by is null) = (organisation_name is null)),
  check (organisation_id is null or organisation_name is not null),
  check (signed_by is null or (organisation_named_by is not null and signed_by <> organisation_named_by)),
  check (state not in ('contracted', 'running', 'ended', 'evaluated', 'settled') or (signed_by is not null and budget_state = 'approved'))
);

comment on table projects.project is '@distributed what is done for many families with the same need: charter, budget, places, area, who carries it';

comment on column projects.project.area is 'townships it works in, nine digits each; six digits: the whole district';

comment on column projects.project.eligibility is 'for whom, in the language of the rules; null: for whoever a person says';

comment on column projects.project.items is 'services of the pool with units and price of a unit';

create unique index project_number on projects.project (district, number);

create index project_state on projects.project (district, state, id);

create index project_services on projects.project using gin (services);

create index project_organisation on projects.project (district, organisation_id) where organisation_id is not null;

alter table projects.project enable row level security;

alter table projects.project force row level security;

-- Nothing of anybody stands in it: the offices read all, an organisation its own.
create policy reach on projects.project
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (organisation_id::text = current_setting('app.organisation', true) and state <> 'draft')));

create policy hub_writes on projects.project as restrictive for insert
  with check (district = current_setting('app.district', true) and state = 'draft' and budget_state = 'none' and signed_by is null
    and current_setting('app.role', true) in ('districtOfficer', 'operator') and created_by::text = current_setting('app.actor', true));

create policy hub_changes on projects.project as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

grant select, insert, update on projects.project to zhulian_app;

create table projects.step (
  district text not null,
  id uuid not null,
  project_id uuid not null,
  turn integer not null,
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

comment on table projects.step is '@distributed each step of a project, only ever added to';

create unique index step_turn on projects.step (district, project_id, turn);

alter table projects.step enable row level security;

alter table projects.step force row level security;

create policy reach on projects.step
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'));

create policy own_name on projects.step as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

grant select, insert on projects.step to zhulian_app;

create table projects.project_count (
  district text not null,
  year integer not null,
  n integer not null,
  primary key (district, year)
);

comment on table projects.project_count is '@distributed how many projects a year has: numbers count on from it';

alter table projects.project_count enable row level security;

alter table projects.project_count force row level security;

create policy reach on projects.project_count
  using (district = current_setting('app.district', true) and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

grant select, insert, update on projects.project_count to zhulian_app;

-- A need in a project: on its list, or in a place.

create table projects.enrolment (
  district text not null,
  id uuid not null,
  project_id uuid not null,
  need_id uuid not null,
  number text not null,
  division text not null,
  household_id uuid not null,
  person_id uuid,
  masked_name text not null,
  careful boolean not null default false,
  urgent boolean not null default false,
  circle integer,
  told_on date not null,
  state text not null,
  verdict text not null,
  version integer not null default 1,
  asked_at timestamptz not null,
  asked_on date not null,
  asked_by uuid not null,
  asked_name text not null,
  placed_at timestamptz,
  placed_on date,
  placed_by uuid,
  placed_name text,
  left_at timestamptz,
  left_on date,
  left_as text,
  sealed_despite bytea,
  primary key (district, id),
  check (state in ('designed', 'waiting', 'placed', 'left')),
  check (verdict in ('eligible', 'ineligible', 'undetermined', 'noRule')),
  check ((state = 'left') = (left_at is not null)),
  check (state <> 'placed' or placed_at is not null),
  check (left_as in ('served', 'givenUp', 'movedOn'))
);

comment on table projects.enrolment is '@distributed a need in a project: for which it was designed, on its list, in a place, or gone';

comment on column projects.enrolment.verdict is 'what the rule of the project said on the day; a person says who has a place';

comment on column projects.enrolment.sealed_despite is 'why somebody has a place whom the rule did not mean';

-- In one project at a time, and once.
create unique index enrolment_need on projects.enrolment (district, need_id) where left_at is null;

create index enrolment_project on projects.enrolment (district, project_id, state);

create index enrolment_household on projects.enrolment (district, household_id);

alter table projects.enrolment enable row level security;

alter table projects.enrolment force row level security;

create policy reach on projects.enrolment
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) in ('guide', 'villageGroup', 'operator') and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on projects.enrolment to zhulian_app;

create view projects.v_project with (security_invoker = true) as
  select district, id, state, brand, services, places, area, budget_fen, budget_state, fund_id, from_on, until_on, organisation_id from projects.project;

comment on view projects.v_project is '@published projects for counting';

create view projects.v_enrolment with (security_invoker = true) as
  select district, project_id, need_id, division, state, told_on, placed_on, left_on from projects.enrolment where not careful;

comment on view projects.v_enrolment is '@published places taken and waited for, for counting';

grant select on projects.v_project, projects.v_enrolment to zhulian_app;
