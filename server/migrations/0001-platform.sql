-- What the platform itself keeps: answers to repeated requests, fingerprints of the keys, the trail.

create schema if not exists platform;
grant usage on schema platform to zhulian_app;

-- A write that is sent twice with the same Idempotency-Key is done once and answered twice; the answer is kept sealed.
create table platform.answered (
  district text not null,
  account_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  answer bytea,
  version integer,
  at timestamptz not null,
  primary key (district, account_id, key)
);
comment on table platform.answered is '@distributed answers to writes that may be repeated';
create index answered_by_time on platform.answered (district, at);
alter table platform.answered enable row level security;
alter table platform.answered force row level security;
create policy own_answers on platform.answered
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true) or current_setting('app.role', true) = 'machine'));
grant select, insert, update, delete on platform.answered to zhulian_app;

-- Tells that the key file at hand is the one this database was sealed with; tells nothing of the keys.
create table platform.key_fingerprint (
  name text primary key,
  fingerprint text not null,
  at timestamptz not null
);
comment on table platform.key_fingerprint is '@local Which keys the sealed columns need';
grant select, insert on platform.key_fingerprint to zhulian_app;

-- What was done to the installation as a whole, such as loading the made-up district to its end.
create table platform.milestone (
  name text primary key,
  at timestamptz not null
);
comment on table platform.milestone is '@local What was done to the installation as a whole';
grant select, insert on platform.milestone to zhulian_app;

create schema audit;
grant usage on schema audit to zhulian_app;

-- The trail 轨迹: who looked at or changed what, under which right and for which purpose. Nobody may change or remove a line.
create table audit.entry (
  district text not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid not null,
  role text not null,
  scope text,
  organisation_id uuid,
  session_id uuid,
  action text not null,
  zh text not null,
  en text not null,
  purpose text not null,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  refusal text,
  reason text,
  subject_kind text,
  subject_id uuid,
  subject_count integer not null default 0,
  division text,
  request_id text not null,
  route text,
  address text,
  primary key (district, id)
);
comment on table audit.entry is '@distributed one line of the trail for each subject of a request, append-only';
create index entry_by_time on audit.entry (district, at desc, id desc);
create index entry_by_subject on audit.entry (district, subject_id, at desc);
create index entry_by_account on audit.entry (district, account_id, at desc);
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy write_trail on audit.entry for insert
  with check (district = current_setting('app.district', true));
-- Read by whoever oversees, by people about their own doings, and by a family about its own record.
create policy read_trail on audit.entry for select
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('auditor', 'admin', 'machine')
      -- Nobody is many people.
      or (account_id::text = current_setting('app.actor', true) and current_setting('app.role', true) <> 'nobody')
      or subject_id::text = current_setting('app.household', true)));
grant select, insert on audit.entry to zhulian_app;
