-- Files that came in: their rows as staged, what they would change, what they changed.

create schema feeds;

grant usage on schema feeds to zhulian_app;

create table feeds.batch (
  district text not null,
  id uuid not null,
  division text not null,
  file_name text not null,
  format text not null,
  digest text not null,
  bytes integer not null,
  row_count integer not null,
  header jsonb not null,
  mapping jsonb not null,
  as_of date not null,
  origin text not null,
  state text not null,
  report jsonb,
  problem jsonb,
  created_at timestamptz not null,
  created_by uuid not null,
  started_at timestamptz,
  checked_at timestamptz,
  applied_at timestamptz,
  applied_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  primary key (district, id)
);

comment on table feeds.batch is '@distributed one file: columns, state, what it would change or changed';

create index batch_division on feeds.batch (district, division, id);

alter table feeds.batch enable row level security;

alter table feeds.batch force row level security;

create policy reach on feeds.batch
  using (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on feeds.batch to zhulian_app;

create table feeds.staged_row (
  district text not null,
  batch_id uuid not null,
  division text not null,
  row_no integer not null,
  household_no text not null,
  fault jsonb,
  cells bytea,
  primary key (district, batch_id, row_no),
  foreign key (district, batch_id) references feeds.batch (district, id)
);

comment on table feeds.staged_row is '@distributed rows of a file, sealed as they came, until they are applied and forgotten';

create index staged_row_household on feeds.staged_row (district, batch_id, household_no, row_no);

alter table feeds.staged_row enable row level security;

alter table feeds.staged_row force row level security;

create policy reach on feeds.staged_row
  using (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, delete on feeds.staged_row to zhulian_app;

grant update (household_no, fault) on feeds.staged_row to zhulian_app;
