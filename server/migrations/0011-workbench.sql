-- Rules written in the console: drafts, what was published by two people, and which version of the pool was in use when.

create table pools.use (
  district text not null,
  turn integer not null,
  version text not null,
  since timestamptz not null,
  primary key (district, turn)
);

comment on table pools.use is '@reference which version of the pool came into use, turn by turn; the last is in use';

alter table pools.use enable row level security;

alter table pools.use force row level security;

create policy reach on pools.use for select
  using (district = current_setting('app.district', true));

create policy turn on pools.use for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('machine', 'districtOfficer'));

grant select, insert on pools.use to zhulian_app;

drop policy load on pools.document;

create policy load on pools.document for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('machine', 'districtOfficer'));

drop policy load on pools.version;

create policy load on pools.version for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('machine', 'districtOfficer'));

create table pools.draft (
  district text not null,
  id uuid not null,
  kind text not null,
  key text not null,
  based_on text,
  document jsonb not null,
  cases jsonb not null default '{}',
  state text not null,
  authors uuid[] not null,
  author_name text not null,
  reviewer uuid,
  reviewer_name text,
  version integer not null default 1,
  began_at timestamptz not null,
  changed_at timestamptz not null,
  note text,
  primary key (district, id),
  check (kind in ('policy', 'parameter', 'service')),
  check (state in ('draft', 'submitted', 'returned', 'published', 'withdrawn')),
  check (cardinality(authors) > 0),
  check (state <> 'published' or reviewer is not null),
  constraint second_person check (state <> 'published' or not reviewer = any (authors))
);

comment on table pools.draft is '@reference a rule being written: who wrote it may not publish it';

create unique index draft_open on pools.draft (district, kind, key) where state in ('draft', 'submitted', 'returned');

alter table pools.draft enable row level security;

alter table pools.draft force row level security;

create policy reach on pools.draft
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'districtOfficer');

grant select, insert, update on pools.draft to zhulian_app;

create table pools.publication (
  district text not null,
  id uuid not null,
  turn integer not null,
  kind text not null,
  key text not null,
  hash text not null,
  based_on text,
  shipped text,
  cases jsonb not null default '{}',
  published_at timestamptz not null,
  authors uuid[] not null,
  author_name text not null,
  publisher uuid not null,
  publisher_name text not null,
  note text,
  primary key (district, id),
  check (kind in ('policy', 'parameter', 'service')),
  constraint second_person check (cardinality(authors) > 0 and not publisher = any (authors))
);

comment on table pools.publication is '@reference what two people put in force, laid over the shipped files; only ever added to';

comment on column pools.publication.shipped is 'the shipped document of that day, so that a later change of the files shows';

comment on column pools.publication.cases is 'worked households that came with it: whose, and the hash of their document';

create unique index publication_turn on pools.publication (district, turn);

alter table pools.publication enable row level security;

alter table pools.publication force row level security;

create policy reach on pools.publication for select
  using (district = current_setting('app.district', true));

create policy publish on pools.publication for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'districtOfficer');

grant select, insert on pools.publication to zhulian_app;
