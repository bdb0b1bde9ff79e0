-- Needs that come from the interview, from alerts, from deliveries, and that a slip carries to a bureau and back.

alter table wishes.need add column slip_id uuid;

alter table wishes.need add column guess text;

comment on column wishes.need.slip_id is 'the slip by which a bureau was asked';

comment on column wishes.need.guess is 'what of the pool its words may be about, where nobody has sorted it: so that the same said twice is found';

create index need_slip on wishes.need (district, slip_id) where slip_id is not null;

create index need_origin on wishes.need (district, origin_id) where origin_id is not null;

alter table outreach.case add column needs text[] not null default '{}';

comment on column outreach.case.needs is 'what the family said it needs most, when it handed in; it becomes needs once it can be taken back no more';

-- Which need goes to which taker, as it was suggested last, so that the next suggestion keeps to it; and what somebody said no to.

create schema linking;

grant usage on schema linking to zhulian_app;

create table linking.suggestion (
  district text not null,
  need_id uuid not null,
  division text not null,
  taker text,
  suggested_at timestamptz not null,
  primary key (district, need_id)
);

comment on table linking.suggestion is '@distributed the taker suggested last for a need, or that there was none; nobody has decided anything by it';

alter table linking.suggestion enable row level security;

alter table linking.suggestion force row level security;

create policy reach on linking.suggestion
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on linking.suggestion to zhulian_app;

create table linking.declined (
  district text not null,
  id uuid not null,
  need_id uuid not null,
  division text not null,
  taker text not null,
  sealed_reason bytea not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  taken_back_at timestamptz,
  primary key (district, id)
);

comment on table linking.declined is '@distributed a taker that somebody said does not fit a need, and why';

create unique index declined_standing on linking.declined (district, need_id, taker) where taken_back_at is null;

alter table linking.declined enable row level security;

alter table linking.declined force row level security;

create policy reach on linking.declined
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

create policy own_name on linking.declined as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

grant select, insert on linking.declined to zhulian_app;

grant update (taken_back_at) on linking.declined to zhulian_app;
