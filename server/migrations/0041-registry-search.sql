-- Partners that may ask the registry as the DCI Social Registry interface has it: who, for what purpose and on what basis, what they are
-- told at most; what they asked, and what waits to be brought to them.

create table doors.dci_partner (
  district text not null,
  id uuid not null,
  sender_id text not null,
  name text not null,
  secret_hash bytea not null,
  jwk jsonb,
  callback text,
  scope text not null,
  purpose text not null,
  basis text not null,
  basis_words text not null,
  fields text[] not null,
  most_records integer not null,
  per_minute integer not null,
  until_on date not null,
  made_at timestamptz not null,
  made_by uuid not null,
  made_name text not null,
  used_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  ended_name text,
  primary key (district, id),
  check (basis in ('law', 'consent')),
  check (fields <@ array['circle', 'tier', 'head', 'members']),
  check (most_records between 1 and 100),
  check (per_minute between 1 and 600),
  check (length(scope) in (6, 9, 12)),
  check ((ended_at is null) = (ended_by is null)),
  check (length(sender_id) <= 100 and length(name) <= 60 and length(callback) <= 300 and length(purpose) <= 60 and length(basis_words) <= 300)
);

comment on table doors.dci_partner is '@distributed a system that may ask the registry: for what purpose, on what basis, what it is told at most, until when';

comment on column doors.dci_partner.jwk is 'the public key its messages are signed with; without one it signs nothing';

comment on column doors.dci_partner.callback is 'the origin that answers are brought to';

create unique index dci_partner_sender on doors.dci_partner (district, sender_id) where ended_at is null;

alter table doors.dci_partner enable row level security;

alter table doors.dci_partner force row level security;

create policy reach on doors.dci_partner
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'machine'));

grant select, insert on doors.dci_partner to zhulian_app;

grant update (secret_hash, used_at, ended_at, ended_by, ended_name) on doors.dci_partner to zhulian_app;

create table doors.dci_token (
  district text not null,
  hash bytea not null,
  partner_id uuid not null,
  until_at timestamptz not null,
  primary key (district, hash),
  foreign key (district, partner_id) references doors.dci_partner (district, id)
);

comment on table doors.dci_token is '@distributed tokens of partners, as fingerprints';

create index dci_token_partner on doors.dci_token (district, partner_id);

create index dci_token_until on doors.dci_token (district, until_at);

alter table doors.dci_token enable row level security;

alter table doors.dci_token force row level security;

create policy reach on doors.dci_token
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'machine'));

grant select, insert, delete on doors.dci_token to zhulian_app;

create table doors.dci_exchange (
  district text not null,
  id uuid not null,
  partner_id uuid not null,
  message_blind bytea not null,
  transaction_blind bytea not null,
  action text not null,
  state text not null,
  records integer not null,
  sealed_items bytea not null,
  callback text,
  sealed_answer bytea,
  tries integer not null default 0,
  came_at timestamptz not null,
  brought_at timestamptz,
  primary key (district, id),
  foreign key (district, partner_id) references doors.dci_partner (district, id),
  check (action in ('search', 'txn-status')),
  check (state in ('pdng', 'succ', 'rjct')),
  check (sealed_answer is null or callback is not null)
);

comment on table doors.dci_exchange is '@distributed a message of a partner and what became of it; an answer that waits to be brought is kept sealed until then';

comment on column doors.dci_exchange.message_blind is 'its message id, which counts once';

create unique index dci_exchange_message on doors.dci_exchange (district, partner_id, message_blind);

create index dci_exchange_transaction on doors.dci_exchange (district, partner_id, transaction_blind);

create index dci_exchange_came on doors.dci_exchange (district, came_at);

alter table doors.dci_exchange enable row level security;

alter table doors.dci_exchange force row level security;

create policy reach on doors.dci_exchange
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'machine');

grant select, insert, update, delete on doors.dci_exchange to zhulian_app;

create table doors.dci_key (
  district text not null,
  id uuid not null,
  jwk jsonb not null,
  sealed_private bytea not null,
  made_at timestamptz not null,
  primary key (district, id)
);

comment on table doors.dci_key is '@distributed what our answers are signed with; the public half is published';

alter table doors.dci_key enable row level security;

alter table doors.dci_key force row level security;

create policy reach on doors.dci_key
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'machine');

grant select, insert on doors.dci_key to zhulian_app;

create or replace view registry.v_person with (security_invoker = true) as
  select district, id, household_id, division, birth_date, sex, tier, circle, alive
  from registry.person where withdrawn_at is null;

create or replace view organisations.v_capacity with (security_invoker = true) as
  select district, organisation_id, service, places, area, set_at from organisations.capacity;
