-- What families need, from the day somebody says so until it is there or a person has said why not. One level holds a need at a time; what
-- nobody of the three can meet lies in the wish pool.

create schema wishes;

grant usage on schema wishes to zhulian_app;

create table wishes.need (
  district text not null,
  id uuid not null,
  number text not null,
  division text not null,
  household_id uuid not null,
  person_id uuid,
  careful boolean not null default false,
  urgent boolean not null default false,
  state text not null,
  level text not null,
  lane text generated always as (
    case when state in ('closed', 'withdrawn', 'rejected', 'returned', 'joined') then null
         when level = 'district' and state not in ('submitted', 'escalatedDistrict', 'screened', 'policyReferral') then 'project'
         else level end) stored,
  version integer not null default 1,
  kind text,
  item text,
  origin text not null,
  origin_id uuid,
  masked_name text not null,
  sealed_words bytea not null,
  told_on date not null,
  told_at timestamptz not null,
  told_by uuid not null,
  told_name text not null,
  due_on date,
  since_on date not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  late_told_on date,
  resource_id uuid,
  joined_id uuid,
  after_id uuid,
  rating integer,
  elsewhere boolean not null default false,
  primary key (district, id),
  check (level in ('village', 'township', 'district')),
  check (state in ('submitted', 'acceptedVillage', 'escalatedTownship', 'escalatedDistrict', 'screened', 'policyReferral', 'inWishPool',
    'projectDesigned', 'claimed', 'matched', 'assigned', 'inService', 'suspended', 'delivered', 'disputed', 'confirmed', 'evaluated',
    'closed', 'withdrawn', 'rejected', 'returned', 'joined')),
  check (case state when 'acceptedVillage' then level = 'village' when 'escalatedTownship' then level = 'township'
    when 'escalatedDistrict' then level = 'district' when 'screened' then level = 'district' when 'policyReferral' then level = 'district'
    when 'inWishPool' then level = 'district' when 'projectDesigned' then level = 'district' when 'claimed' then level = 'district'
    else true end),
  check (not (careful and level = 'village')),
  check ((state in ('closed', 'withdrawn', 'rejected', 'returned', 'joined')) = (closed_at is not null)),
  check ((closed_at is null) = (due_on is not null)),
  check ((state = 'joined') = (joined_id is not null)),
  check (joined_id <> id),
  check (kind in ('policy', 'service', 'wish', 'emergency')),
  check (origin in ('guide', 'resident', 'visit', 'interview', 'helper', 'alert', 'assessment', 'evaluation', 'partner', 'province')),
  check (rating between 1 and 5)
);

comment on table wishes.need is '@distributed what a family needs, as it was said; who holds it, since when and until when somebody should have done something';

comment on column wishes.need.division is 'the village where the family lives, whichever level holds the need';

comment on column wishes.need.elsewhere is 'it was told in another home, before two records became one person: not for the telephone of this one';

comment on column wishes.need.lane is 'column of the board';

comment on column wishes.need.after_id is 'the need after which this one was found';

create unique index need_number on wishes.need (district, number);

create index need_lane on wishes.need (district, lane, due_on, id) where lane is not null;

create index need_due on wishes.need (district, due_on) where closed_at is null;

create index need_household on wishes.need (district, household_id, id desc);

create index need_resource on wishes.need (district, resource_id) where resource_id is not null and closed_at is null;

alter table wishes.need enable row level security;

alter table wishes.need force row level security;

-- The hub reads what came up to the district, or is urgent; a family its own.
create policy reach on wishes.need
  using (district = current_setting('app.district', true)
    and (((current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
          or (current_setting('app.role', true) in ('guide', 'villageGroup') and not careful)
          or (current_setting('app.role', true) = 'operator' and not careful and (level = 'district' or urgent)))
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or (current_setting('app.role', true) = 'resident' and not careful and not elsewhere
        and household_id::text = current_setting('app.household', true))));

-- Who tells may write down what they may not read.
create policy tell on wishes.need for insert
  with check (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) = 'resident' and household_id::text = current_setting('app.household', true))
      or (current_setting('app.role', true) in ('guide', 'villageGroup')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

create policy own_name on wishes.need as restrictive for insert
  with check (district = current_setting('app.district', true) and told_by::text = current_setting('app.actor', true)
    and state in ('submitted', 'escalatedTownship') and current_setting('app.role', true) <> 'operator');

-- That a need is over, met or not, a person says; the clock moves it up, or back into the pool.
create policy people_end on wishes.need as restrictive for update
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) <> 'machine'
      or state not in ('closed', 'withdrawn', 'rejected', 'returned', 'joined'))
    and (current_setting('app.role', true) <> 'resident' or state in ('confirmed', 'disputed', 'withdrawn')));

grant select, insert, update on wishes.need to zhulian_app;

create table wishes.need_step (
  district text not null,
  id uuid not null,
  need_id uuid not null,
  turn integer not null,
  division text not null,
  careful boolean not null default false,
  step text not null,
  from_state text,
  to_state text not null,
  from_level text,
  to_level text not null,
  at timestamptz not null,
  on_day date not null,
  by_id uuid not null,
  by_name text not null,
  by_role text not null,
  sealed_note bytea,
  primary key (district, id)
);

comment on table wishes.need_step is '@distributed each step of a need, only ever added to';

create unique index need_step_turn on wishes.need_step (district, need_id, turn);

create index need_step_day on wishes.need_step (district, on_day, step);

alter table wishes.need_step enable row level security;

alter table wishes.need_step force row level security;

create policy reach on wishes.need_step
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) in ('guide', 'villageGroup', 'operator') and not careful))
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy say on wishes.need_step for insert
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'resident'
      or (current_setting('app.role', true) in ('guide', 'villageGroup')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))));

create policy own_name on wishes.need_step as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

grant select, insert on wishes.need_step to zhulian_app;

create table wishes.merged_need (
  district text not null,
  merge_id uuid not null,
  need_id uuid not null,
  household_id uuid not null,
  person_id uuid,
  village text not null,
  elsewhere boolean not null,
  moved_at timestamptz not null,
  put_back_at timestamptz,
  primary key (district, merge_id, need_id)
);

comment on table wishes.merged_need is '@distributed needs that followed a merge, and whose they were before it';

alter table wishes.merged_need enable row level security;

alter table wishes.merged_need force row level security;

create policy reach on wishes.merged_need
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, update on wishes.merged_need to zhulian_app;

create table wishes.need_count (
  district text not null,
  township text not null,
  on_day date not null,
  n integer not null,
  primary key (district, township, on_day)
);

comment on table wishes.need_count is '@distributed how many needs a township wrote down on a day: numbers count on from it, whoever of them is seen';

alter table wishes.need_count enable row level security;

alter table wishes.need_count force row level security;

create policy reach on wishes.need_count
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('resident', 'guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'));

grant select, insert, update on wishes.need_count to zhulian_app;

-- What a level can take on by itself.

create table wishes.resource (
  district text not null,
  id uuid not null,
  division text not null,
  kind text not null,
  name text not null,
  offers text not null,
  items text[] not null default '{}',
  places integer not null,
  hours text,
  shown boolean not null default false,
  sealed_contact bytea,
  version integer not null default 1,
  from_on date not null,
  until_on date,
  added_at timestamptz not null,
  added_by uuid not null,
  added_name text not null,
  primary key (district, id),
  check (length(division) in (6, 9, 12)),
  check (kind in ('person', 'organisation', 'goods', 'skill', 'place')),
  check (places between 1 and 100000),
  check (until_on >= from_on)
);

comment on table wishes.resource is '@distributed what a village, a township or the district can take on by itself: people, organisations, goods, skills, places';

comment on column wishes.resource.shown is 'anybody may read of it, by the code of the level';

comment on column wishes.resource.places is 'how many needs at the same time';

create index resource_division on wishes.resource (district, division, id);

alter table wishes.resource enable row level security;

alter table wishes.resource force row level security;

create policy reach on wishes.resource
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy anybody_reads on wishes.resource for select
  using (district = current_setting('app.district', true) and shown);

grant select, insert, update on wishes.resource to zhulian_app;

-- A need as the world may read it, without whose it is. One takes it, once; whose it is the taker reads only when the family has agreed.

create table wishes.wish (
  district text not null,
  id uuid not null,
  need_id uuid not null,
  township text,
  band text,
  item text,
  words text not null,
  alike integer not null,
  state text not null,
  version integer not null default 1,
  published_on date not null,
  published_at timestamptz not null,
  published_by uuid not null,
  until_on date not null,
  taken_by uuid,
  taken_name text,
  taken_organisation uuid,
  taken_at timestamptz,
  taken_on date,
  agreed_at timestamptz,
  agreed_name text,
  sealed_whom bytea,
  thanks text,
  ended_at timestamptz,
  primary key (district, id),
  check (state in ('open', 'claimed', 'kept', 'expired', 'withdrawn')),
  check (alike >= 5),
  check ((state in ('claimed', 'kept')) = (taken_by is not null)),
  check (taken_by is null or (taken_name is not null and taken_at is not null and taken_on is not null)),
  check (agreed_at is null or taken_by is not null),
  check (sealed_whom is null or agreed_at is not null),
  check ((state in ('open', 'claimed')) = (ended_at is null)),
  check (until_on >= published_on)
);

comment on table wishes.wish is '@distributed a need as it may be read by anybody: what, about how old, in which township; and who took it';

comment on column wishes.wish.alike is 'households of the registry among whom the family is one, by what the wish tells of it';

comment on column wishes.wish.sealed_whom is 'a name and how to reach the family; there once they agreed';

create unique index wish_need on wishes.wish (district, need_id) where ended_at is null;

create index wish_open on wishes.wish (district, until_on, id) where state = 'open';

create index wish_taken on wishes.wish (district, taken_by, id desc) where taken_by is not null;

alter table wishes.wish enable row level security;

alter table wishes.wish force row level security;

-- What is open may be read by anybody, and taken; what is taken, by who took it and by the offices.
create policy reach on wishes.wish
  using (district = current_setting('app.district', true)
    and (state = 'open' or taken_by::text = current_setting('app.actor', true)
      or taken_organisation::text = current_setting('app.organisation', true)
      or current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine')));

create policy hub_publishes on wishes.wish as restrictive for insert
  with check (district = current_setting('app.district', true) and state = 'open'
    and current_setting('app.role', true) in ('districtOfficer', 'operator') and published_by::text = current_setting('app.actor', true));

create policy own_claim on wishes.wish as restrictive for update
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (state = 'claimed' and sealed_whom is null and taken_by::text = current_setting('app.actor', true)
        and coalesce(taken_organisation::text, '') = current_setting('app.organisation', true))));

grant select, insert, update on wishes.wish to zhulian_app;

create view wishes.v_need with (security_invoker = true) as
  select district, id, division, level, lane, state, kind, item, origin, told_on, due_on, since_on, closed_at from wishes.need where not careful;

comment on view wishes.v_need is '@published needs without whom they are about, for counting';

grant select on wishes.v_need to zhulian_app;
