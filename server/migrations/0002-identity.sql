-- Who may come in, as what, and who is in at the moment.

create schema identity;
grant usage on schema identity to zhulian_app;

create table identity.account (
  district text not null,
  id uuid not null,
  kind text not null check (kind in ('staff', 'resident')),
  -- As colleagues know a member of staff. Residents have none here: who they are stands in the registry.
  name text not null,
  language text check (language in ('zh', 'en')),
  -- The village a visitor came in by.
  village text,
  -- The resident's own household, once a guide has confirmed who they are.
  household_id uuid,
  made_up boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  version integer not null default 1,
  primary key (district, id)
);
comment on table identity.account is '@distributed one row for each person who may come in; rows stay when the account has ended';
create index account_by_kind on identity.account (district, kind, id);
alter table identity.account enable row level security;
alter table identity.account force row level security;
-- Staff know each other by name; of residents nobody sees the account but themselves.
create policy see_account on identity.account for select
  using (district = current_setting('app.district', true)
    and (id::text = current_setting('app.actor', true)
      or current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine')
      or (kind = 'staff' and current_setting('app.role', true) in
        ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'auditor'))));
create policy make_account on identity.account for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine'));
create policy change_account on identity.account for update
  using (district = current_setting('app.district', true)
    and (id::text = current_setting('app.actor', true)
      or current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine')));
grant select, insert, update on identity.account to zhulian_app;

-- Never read but by the doorkeeper.
create table identity.credential (
  district text not null,
  account_id uuid not null,
  sign_in_name text not null,
  password_hash text,
  password_set_at timestamptz,
  -- SHA-256 of a code of 80 random bits, good once.
  set_up_hash bytea,
  set_up_until timestamptz,
  failures integer not null default 0,
  failed_at timestamptz,
  locked_until timestamptz,
  primary key (district, account_id),
  foreign key (district, account_id) references identity.account (district, id)
);
comment on table identity.credential is '@distributed how an account proves who it is';
create unique index credential_sign_in_name on identity.credential (district, sign_in_name);
alter table identity.credential enable row level security;
alter table identity.credential force row level security;
create policy door_only on identity.credential
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('doorkeeper', 'machine'));
grant select, insert, update on identity.credential to zhulian_app;

create table identity.role_grant (
  district text not null,
  id uuid not null,
  account_id uuid not null,
  role text not null check (role in
    ('resident', 'guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'provider', 'auditor', 'admin')),
  -- 6, 9 or 12 digits; null reaches nothing by place.
  scope text,
  organisation_id uuid,
  from_at timestamptz not null,
  until_at timestamptz,
  granted_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (district, id),
  check (until_at > from_at),
  foreign key (district, account_id) references identity.account (district, id)
);
comment on table identity.role_grant is '@distributed what an account may act as, where, from when and until when';
create index role_grant_by_account on identity.role_grant (district, account_id);
create index role_grant_by_scope on identity.role_grant (district, scope, role);
alter table identity.role_grant enable row level security;
alter table identity.role_grant force row level security;
create policy see_grant on identity.role_grant for select
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine')
      or (current_setting('app.role', true) = 'auditor' and role <> 'resident')
      or (scope >= current_setting('app.lo', true) and scope < current_setting('app.hi', true))));
create policy make_grant on identity.role_grant for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine'));
create policy change_grant on identity.role_grant for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine'));
grant select, insert, update on identity.role_grant to zhulian_app;

create table identity.session (
  district text not null,
  id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  grant_id uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  idle_seconds integer not null,
  -- When a password was last given in this session.
  proved_at timestamptz,
  ended_at timestamptz,
  primary key (district, id),
  foreign key (district, account_id) references identity.account (district, id),
  foreign key (district, grant_id) references identity.role_grant (district, id)
);
comment on table identity.session is '@distributed who is in; the token itself is kept nowhere';
create unique index session_token on identity.session (district, token_hash);
create index session_by_account on identity.session (district, account_id);
alter table identity.session enable row level security;
alter table identity.session force row level security;
create policy own_sessions on identity.session
  using (district = current_setting('app.district', true)
    and (account_id::text = current_setting('app.actor', true)
      or current_setting('app.role', true) in ('admin', 'doorkeeper', 'machine')));
grant select, insert, update on identity.session to zhulian_app;

-- Failures at the door counted by where they come from; the address itself is not kept.
create table identity.door_failure (
  district text not null,
  address_hash bytea not null,
  failures integer not null,
  failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (district, address_hash)
);
comment on table identity.door_failure is '@distributed how often sign-in failed from one address';
alter table identity.door_failure enable row level security;
alter table identity.door_failure force row level security;
create policy door_only on identity.door_failure
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('doorkeeper', 'machine'));
grant select, insert, update, delete on identity.door_failure to zhulian_app;
