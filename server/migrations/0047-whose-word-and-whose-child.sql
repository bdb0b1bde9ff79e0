-- By which of its cases a resident's household was told: what one takes back another may still say.

create table identity.told_household (
  district text not null,
  account_id uuid not null,
  case_id uuid not null,
  household_id uuid not null,
  told_at timestamptz not null,
  taken_back_at timestamptz,
  primary key (district, account_id, case_id)
);

comment on table identity.told_household is '@distributed by which of its cases the household of a resident was told, until it is taken back';

alter table identity.told_household enable row level security;

alter table identity.told_household force row level security;

create policy door_only on identity.told_household
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('doorkeeper', 'machine'));

grant select, insert, update on identity.told_household to zhulian_app;

-- A case that came in without a household, and whose family somebody has told since.
alter table outreach.case no force row level security;

alter table outreach.step no force row level security;

alter table identity.told_household no force row level security;

insert into identity.told_household (district, account_id, case_id, household_id, told_at)
select c.district, c.account_id, c.id, c.household_id, s.at
  from outreach.case c
  join lateral (
    select step, at from outreach.step s
     where s.district = c.district and s.case_id = c.id and s.step in ('knowFamily', 'unknowFamily')
     order by turn desc limit 1) s on s.step = 'knowFamily'
 where c.household_id is not null;

alter table identity.told_household force row level security;

alter table outreach.step force row level security;

alter table outreach.case force row level security;

-- A need about a child is read in the field by a standing grant, like what is known of the child; the hub, which holds none, reads what
-- somebody wrote for an order. Writing stays open.

alter table wishes.need add column minor_until date;

comment on column wishes.need.minor_until is 'it is about a child, who comes of age on this day';

alter table wishes.need_step
  add column minor_until date,
  add column minor_household uuid,
  add column origin_id uuid,
  add column said text,
  add column said_of jsonb,
  add check ((minor_until is null) = (minor_household is null)),
  add check (said is not null or said_of is null);

comment on column wishes.need_step.origin_id is 'what it was told again by';

comment on column wishes.need_step.said is 'what the house says of it, by its name; the screen has the words';

comment on column wishes.need_step.said_of is 'what those words are about';

alter table projects.enrolment add column minor_until date;

alter table projects.work_order add column minor_until date;

alter table projects.order_step
  add column minor_until date,
  add column minor_household uuid,
  add column said text,
  add check ((minor_until is null) = (minor_household is null));

comment on column projects.order_step.said is 'what the house says of it, by its name; the screen has the words';

alter table projects.order_visit
  add column minor_until date,
  add column minor_household uuid,
  add check ((minor_until is null) = (minor_household is null));

alter table projects.order_evidence
  add column minor_until date,
  add column minor_household uuid,
  add check ((minor_until is null) = (minor_household is null));

alter table projects.placement
  add column minor_until date,
  add column minor_household uuid,
  add check ((minor_until is null) = (minor_household is null));

alter table projects.placement_check
  add column minor_until date,
  add column minor_household uuid,
  add check ((minor_until is null) = (minor_household is null));

alter table projects.work_month
  add column minor_until date,
  add column minor_household uuid,
  add check ((minor_until is null) = (minor_household is null));

create policy children_by_grant on wishes.need as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine', 'resident')
      or (current_setting('app.role', true) in ('guide', 'villageGroup') and household_id::text = any (string_to_array(current_setting('app.minors', true), ',')))));

create policy children_by_grant on wishes.need_step as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine', 'resident')
      or (current_setting('app.role', true) in ('guide', 'villageGroup') and minor_household::text = any (string_to_array(current_setting('app.minors', true), ',')))));

create policy children_by_grant on projects.enrolment as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or household_id::text = any (string_to_array(current_setting('app.minors', true), ','))));

create policy children_by_grant on projects.work_order as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or household_id::text = any (string_to_array(current_setting('app.minors', true), ','))));

create policy children_by_grant on projects.order_step as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or minor_household::text = any (string_to_array(current_setting('app.minors', true), ','))));

create policy children_by_grant on projects.order_visit as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or minor_household::text = any (string_to_array(current_setting('app.minors', true), ','))));

create policy children_by_grant on projects.order_evidence as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or minor_household::text = any (string_to_array(current_setting('app.minors', true), ','))));

create policy children_by_grant on projects.placement as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or minor_household::text = any (string_to_array(current_setting('app.minors', true), ','))));

create policy children_by_grant on projects.placement_check as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or minor_household::text = any (string_to_array(current_setting('app.minors', true), ','))));

create policy children_by_grant on projects.work_month as restrictive for select
  using (district = current_setting('app.district', true)
    and (minor_until is null or minor_until <= current_date
      or current_setting('app.role', true) not in ('guide', 'villageGroup')
      or minor_household::text = any (string_to_array(current_setting('app.minors', true), ','))));

grant update (minor_until, minor_household) on projects.order_step, projects.order_visit, projects.order_evidence, projects.placement,
  projects.placement_check, projects.work_month to zhulian_app;

-- Of what was written before, with the day of the person it is about.
alter table registry.person no force row level security;

alter table wishes.need no force row level security;

alter table wishes.need_step no force row level security;

alter table projects.enrolment no force row level security;

alter table projects.work_order no force row level security;

alter table projects.order_step no force row level security;

alter table projects.order_visit no force row level security;

alter table projects.order_evidence no force row level security;

alter table projects.placement no force row level security;

alter table projects.placement_check no force row level security;

alter table projects.work_month no force row level security;

update wishes.need n set minor_until = (p.birth_date + interval '18 years')::date + (to_char(p.birth_date, 'MMDD') = '0229')::int
  from registry.person p
 where p.district = n.district and p.id = n.person_id and p.birth_date > current_date - interval '18 years';

update wishes.need_step s set minor_until = n.minor_until, minor_household = n.household_id
  from wishes.need n where n.district = s.district and n.id = s.need_id and n.minor_until is not null;

update projects.enrolment o set minor_until = n.minor_until
  from wishes.need n where n.district = o.district and n.id = o.need_id and n.minor_until is not null;

update projects.work_order o set minor_until = n.minor_until
  from wishes.need n where n.district = o.district and n.id = o.need_id and n.minor_until is not null;

update projects.order_step s set minor_until = o.minor_until, minor_household = o.household_id
  from projects.work_order o where o.district = s.district and o.id = s.order_id and o.minor_until is not null;

update projects.order_visit s set minor_until = o.minor_until, minor_household = o.household_id
  from projects.work_order o where o.district = s.district and o.id = s.order_id and o.minor_until is not null;

update projects.order_evidence s set minor_until = o.minor_until, minor_household = o.household_id
  from projects.work_order o where o.district = s.district and o.id = s.order_id and o.minor_until is not null;

update projects.placement s set minor_until = o.minor_until, minor_household = o.household_id
  from projects.work_order o where o.district = s.district and o.id = s.order_id and o.minor_until is not null;

update projects.placement_check s set minor_until = o.minor_until, minor_household = o.household_id
  from projects.work_order o where o.district = s.district and o.id = s.order_id and o.minor_until is not null;

update projects.work_month s set minor_until = o.minor_until, minor_household = o.household_id
  from projects.work_order o where o.district = s.district and o.id = s.order_id and o.minor_until is not null;

alter table projects.work_month force row level security;

alter table projects.placement_check force row level security;

alter table projects.placement force row level security;

alter table projects.order_evidence force row level security;

alter table projects.order_visit force row level security;

alter table projects.order_step force row level security;

alter table projects.work_order force row level security;

alter table projects.enrolment force row level security;

alter table wishes.need_step force row level security;

alter table wishes.need force row level security;

alter table registry.person force row level security;

-- No machine ends a need, save one that nobody has touched and whose source somebody took back: who did stands in the row.

alter table wishes.need
  add column ground_gone_by uuid,
  add column look_again boolean not null default false;

comment on column wishes.need.ground_gone_by is 'who took back what it was heard from, where nobody had touched it';

comment on column wishes.need.look_again is 'what it was heard from was taken back after somebody had touched it; until who holds it takes a step';

alter policy people_end on wishes.need
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) <> 'machine'
      or state not in ('closed', 'withdrawn', 'rejected', 'returned', 'joined')
      or (state = 'withdrawn' and ground_gone_by is not null))
    and (current_setting('app.role', true) <> 'resident' or state in ('confirmed', 'disputed', 'withdrawn')));

create index need_step_origin on wishes.need_step (district, origin_id) where origin_id is not null;
