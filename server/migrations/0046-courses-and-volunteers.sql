-- The course of needs, for counting: where they came from, who holds them, by what way they were met, and how long that took. As with
-- cases, a hub counts all of them and opens only its own: the rows leave nobody's reach but through this function, without whom they are about.

create function wishes.counted_needs()
  returns table (district text, division text, level text, state text, kind text, origin text, told_on date, way text,
    published_at timestamptz, claimed_at timestamptz, told_at timestamptz, started_at timestamptz)
  language plpgsql
  as $$
    declare
      asking constant text := current_setting('app.role', true);
    begin
      if coalesce(asking, '') not in ('townshipClerk', 'districtOfficer', 'operator', 'machine') then return; end if;
      perform set_config('app.role', 'machine', true);
      return query
        with gone as (
          select s.need_id, min(s.at) filter (where s.step = 'claim') as claimed_at,
                 min(s.at) filter (where s.step in ('start', 'answered')) as started_at,
                 (array_agg(s.step order by s.turn desc) filter (where s.step in ('claim', 'match', 'refer')))[1] as last_way
            from wishes.need_step s
           where s.step in ('claim', 'match', 'refer', 'start', 'answered') and not s.careful group by s.need_id),
        shown as (select w.need_id, min(w.published_at) as published_at from wishes.wish w group by w.need_id)
        select n.district, n.division, n.level, n.state, n.kind, n.origin, n.told_on,
               case gone.last_way when 'claim' then 'claim' when 'refer' then 'bureau'
                 when 'match' then case when n.resource_id is null then 'project' else 'resource' end end,
               shown.published_at, gone.claimed_at, n.told_at, gone.started_at
          from wishes.need n left join gone on gone.need_id = n.id left join shown on shown.need_id = n.id
         where not n.careful and n.state <> 'joined';
      perform set_config('app.role', asking, true);
    end
  $$;

create view wishes.v_need_course with (security_invoker = true) as
  select district, division, level, state, kind, origin, told_on, way, published_at, claimed_at, told_at, started_at
  from wishes.counted_needs();

comment on view wishes.v_need_course is '@published how needs went, without whom they are about, for counting';

grant select on wishes.v_need_course to zhulian_app;

-- Who offers to help at an organisation. That somebody was helped once is their own word, kept while they agree to it, and looked up nowhere.

create table projects.volunteer (
  district text not null,
  id uuid not null,
  provider_id uuid not null,
  name text not null,
  calling text not null,
  helped boolean,
  agreed_on date not null,
  offered_by uuid not null,
  offered_name text not null,
  offered_at timestamptz not null,
  gone_on date,
  gone_why text,
  primary key (district, id),
  check (calling in ('student', 'teacher', 'retired', 'worker', 'other')),
  check ((gone_on is null) = (gone_why is null)),
  check (gone_on is null or helped is null)
);

comment on table projects.volunteer is '@distributed who offers to help at an organisation, before anybody vetted them';

comment on column projects.volunteer.helped is 'whether they were helped once, by their own word; null: they did not say, or have gone';

create index volunteer_provider on projects.volunteer (district, provider_id, id);

alter table projects.volunteer enable row level security;

alter table projects.volunteer force row level security;

create policy reach on projects.volunteer
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy own_name on projects.volunteer as restrictive for insert
  with check (district = current_setting('app.district', true) and offered_by::text = current_setting('app.actor', true) and gone_on is null);

grant select, insert on projects.volunteer to zhulian_app;

grant update (helped, gone_on, gone_why) on projects.volunteer to zhulian_app;

alter table projects.adult add column volunteer_id uuid;

comment on column projects.adult.volunteer_id is 'who offered to help, where they did so before they were vetted';

create unique index adult_volunteer on projects.adult (district, volunteer_id) where volunteer_id is not null and ended_on is null;

-- Whoever of an organisation goes is vetted no longer from that day on: the organisation may say so itself.
alter policy offices_end on projects.adult
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('districtOfficer', 'operator')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true)
        and ended_on is not null and volunteer_id is not null)));

-- A day of a class with children: for how long, and which vetted adults were there.

create table projects.class_day (
  district text not null,
  class_id uuid not null,
  on_day date not null,
  provider_id uuid not null,
  hours integer not null,
  adults uuid[] not null default '{}',
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (district, class_id, on_day),
  check (hours between 1 and 12)
);

comment on table projects.class_day is '@distributed how long a day of a class was, and which vetted adults were with the children';

alter table projects.class_day enable row level security;

alter table projects.class_day force row level security;

create policy reach on projects.class_day
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy own_name on projects.class_day as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

grant select, insert, update on projects.class_day to zhulian_app;
