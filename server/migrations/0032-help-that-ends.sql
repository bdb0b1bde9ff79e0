-- A move outward names the help that ends with it, as it stood when it was proposed; the figure beside it is its sum a month.

alter table registry.circle_decision add column ends jsonb;

comment on column registry.circle_decision.ends is 'outward: by benefit what ends or becomes less, and what is not known; null of proposals from before';

-- What is said of somebody for health workers alone is given to nobody else by the database either: their rules are judged by the
-- machine, and no page of the registry shows it. A statement says it of itself, so that the wall needs no other row.

alter table registry.statement add column for_health boolean not null default false;

comment on column registry.statement.for_health is 'for health workers alone: read by the machine, which judges, and by nobody';

-- Their owner is behind the wall too.

alter table registry.statement no force row level security;

-- Where one statement says both, what is for health workers becomes one of its own; what is sealed belongs to the other.

insert into registry.statement (district, id, household_id, person_id, division, source, origin, as_of, facts, batch_id, recorded_at, recorded_by, withdrawn_at, minor_until, for_health)
  select district, gen_random_uuid(), household_id, person_id, division, source, origin, as_of,
    (select jsonb_object_agg(key, value) from jsonb_each(facts) where key in ('mentalRiskGrade', 'mentalFollowUpsOverdue')),
    batch_id, recorded_at, recorded_by, withdrawn_at, minor_until, true
  from registry.statement
  where facts ?| array['mentalRiskGrade', 'mentalFollowUpsOverdue'] and facts - 'mentalRiskGrade' - 'mentalFollowUpsOverdue' <> '{}';

update registry.statement set facts = facts - 'mentalRiskGrade' - 'mentalFollowUpsOverdue'
  where not for_health and facts ?| array['mentalRiskGrade', 'mentalFollowUpsOverdue'] and facts - 'mentalRiskGrade' - 'mentalFollowUpsOverdue' <> '{}';

update registry.statement set for_health = true where facts ?| array['mentalRiskGrade', 'mentalFollowUpsOverdue'];

alter table registry.statement force row level security;

create policy health on registry.statement as restrictive for select
  using (district = current_setting('app.district', true)
    and (not for_health or current_setting('app.role', true) = 'machine'));
