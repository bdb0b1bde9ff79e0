-- Runs that judge only who can differ, that end by themselves when their work was lost, and verdicts that know of which version of a
-- household they speak.

create or replace view registry.v_household with (security_invoker = true) as
  select district, id, division, register_no, size, tier, circle, classes, traits, judged_on, changed_at, created_at, version
  from registry.household where withdrawn_at is null;

alter table entitlements.verdict add column household_version integer;

comment on column entitlements.verdict.household_version is 'the version of the household that was last judged; another one means that it waits';

grant update (household_version) on entitlements.verdict to zhulian_app;

alter table entitlements.run
  add column looked integer,
  add column due uuid[],
  add column told text[] not null default '{}',
  add column moved_at timestamptz,
  add column begun_again integer not null default 0,
  drop constraint run_kind_check,
  drop constraint run_state_check,
  add constraint run_kind_check check (kind in ('everybody', 'changed', 'differing')),
  add constraint run_state_check check (state in ('running', 'done', 'cancelled', 'failed'));

comment on column entitlements.run.looked is 'households gone through in columns to find who differs';

comment on column entitlements.run.due is 'who differs, in the order in which they are judged';

comment on column entitlements.run.told is 'policies of whose payments the district was told';

comment on column entitlements.run.begun_again is 'how often its work was lost since it last moved';

alter table registry.membership add column ended_at timestamptz;

comment on column registry.membership.ended_at is 'when it was written down that somebody left; before that they were known to live there';

grant update (ended_at) on registry.membership to zhulian_app;
