-- Every version of the pool that was ever in use here, so that a result can be judged again with the rules of its day.

create schema pools;

grant usage on schema pools to zhulian_app;

create table pools.document (
  district text not null,
  kind text not null,
  hash text not null,
  document jsonb not null,
  stored_at timestamptz not null,
  primary key (district, kind, hash)
);

comment on table pools.document is '@reference policies, services, figures and facts by the hash of what they say; only ever added to';

alter table pools.document enable row level security;

alter table pools.document force row level security;

create policy reach on pools.document for select
  using (district = current_setting('app.district', true));

create policy load on pools.document for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on pools.document to zhulian_app;

create table pools.version (
  district text not null,
  id text not null,
  manifest jsonb not null,
  loaded_at timestamptz not null,
  primary key (district, id)
);

comment on table pools.version is '@reference which documents made up the pool, in their order; the id is the hash of the list';

alter table pools.version enable row level security;

alter table pools.version force row level security;

create policy reach on pools.version for select
  using (district = current_setting('app.district', true));

create policy load on pools.version for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on pools.version to zhulian_app;
