-- Doors to other systems: who wants to hear of what, what was written for them, how often it was tried; and what the province's platform
-- sent, each message with what became of it.

create schema doors;

grant usage on schema doors to zhulian_app;

create table doors.subscription (
  district text not null,
  id uuid not null,
  form text not null,
  name text not null,
  url text not null,
  kinds text[] not null,
  state text not null,
  why text,
  version integer not null default 1,
  sealed_secret bytea not null,
  sealed_old_secret bytea,
  old_until timestamptz,
  failures integer not null default 0,
  refusals integer not null default 0,
  not_before timestamptz,
  heard_at timestamptz,
  cursor text,
  pulled_at timestamptz,
  made_at timestamptz not null,
  made_by uuid not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (district, id),
  check (form in ('webhook', 'province')),
  check (state in ('active', 'paused', 'ended')),
  check ((state = 'paused') = (why is not null)),
  check (why in ('byPerson', 'gone', 'refused')),
  check ((sealed_old_secret is null) = (old_until is null)),
  check (length(url) <= 500 and length(name) <= 60 and length(cursor) <= 200)
);

comment on table doors.subscription is '@distributed another system that is told of what happens here: where, of what, and the secret its messages are signed with';

comment on column doors.subscription.failures is 'calls in a row that brought nothing; until not_before no other is made';

comment on column doors.subscription.refusals is 'answers in a row by which it says that it will never take them';

comment on column doors.subscription.cursor is 'of the province: how far what it offers has been fetched';

create unique index subscription_of_province on doors.subscription (district, form) where form = 'province' and state <> 'ended';

alter table doors.subscription enable row level security;

alter table doors.subscription force row level security;

create policy reach on doors.subscription
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'machine'));

grant select, insert, update on doors.subscription to zhulian_app;

create table doors.message (
  district text not null,
  id uuid not null,
  subscription_id uuid not null,
  kind text not null,
  about_id uuid not null,
  body text not null,
  said_at timestamptz not null,
  state text not null,
  why text,
  tries integer not null default 0,
  replays integer not null default 0,
  next_at timestamptz,
  since_at timestamptz not null,
  ended_at timestamptz,
  primary key (district, id),
  foreign key (district, subscription_id) references doors.subscription (district, id),
  check (state in ('waiting', 'delivered', 'dead')),
  check ((state = 'waiting') = (next_at is not null)),
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'dead') = (why is not null)),
  check (length(body) <= 20000)
);

comment on table doors.message is '@distributed what one system is to be told, written as it happened: kinds and ids, nothing of anybody; the id is the same however often it is sent';

comment on column doors.message.since_at is 'from when on its days are counted: when it happened, was asked for again, or its system was taken up again';

create index message_due on doors.message (district, subscription_id, next_at) where state = 'waiting';

create index message_list on doors.message (district, subscription_id, id desc);

create index message_ended on doors.message (district, ended_at) where ended_at is not null;

alter table doors.message enable row level security;

alter table doors.message force row level security;

create policy reach on doors.message
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'machine'));

grant select, insert, update, delete on doors.message to zhulian_app;

create table doors.attempt (
  district text not null,
  id uuid not null,
  message_id uuid not null,
  at timestamptz not null,
  ms integer not null,
  outcome text not null,
  status integer,
  answer text,
  primary key (district, id),
  check (outcome in ('delivered', 'failed', 'refused', 'gone', 'slowDown')),
  check (length(answer) <= 200)
);

comment on table doors.attempt is '@distributed each time a message was sent, and a few plain letters of what came back';

create index attempt_message on doors.attempt (district, message_id, id desc);

alter table doors.attempt enable row level security;

alter table doors.attempt force row level security;

create policy reach on doors.attempt
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'machine'));

grant select, insert, delete on doors.attempt to zhulian_app;

create table doors.nonce (
  district text not null,
  key_id uuid not null,
  nonce text not null,
  at timestamptz not null,
  primary key (district, key_id, nonce)
);

comment on table doors.nonce is '@distributed what signed requests were marked with, for as long as one could be played again';

create index nonce_at on doors.nonce (district, at);

alter table doors.nonce enable row level security;

alter table doors.nonce force row level security;

create policy reach on doors.nonce
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'machine');

grant select, insert, delete on doors.nonce to zhulian_app;

-- What the province's platform sends.

create table doors.province_batch (
  district text not null,
  id uuid not null,
  way text not null,
  came_at timestamptz not null,
  messages integer not null,
  accepted integer not null,
  duplicate integer not null,
  quarantined integer not null,
  primary key (district, id),
  check (way in ('push', 'pull')),
  constraint province_batch_accounts_for_every_message check (messages = accepted + duplicate + quarantined)
);

comment on table doors.province_batch is '@distributed one sending of the province, with the account of its messages';

alter table doors.province_batch enable row level security;

alter table doors.province_batch force row level security;

create policy reach on doors.province_batch
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'admin', 'machine'));

grant select, insert on doors.province_batch to zhulian_app;

create table doors.province_need (
  district text not null,
  id uuid not null,
  division text not null,
  subscription_id uuid not null,
  external_id text not null,
  digest bytea not null,
  state text not null,
  why text,
  sealed_content bytea,
  need_id uuid,
  household_id uuid,
  came integer not null default 1,
  version integer not null default 1,
  came_at timestamptz not null,
  again_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  ended_name text,
  primary key (district, id),
  check (state in ('accepted', 'quarantined', 'setAside')),
  check ((state = 'accepted') = (need_id is not null)),
  check ((need_id is null) = (household_id is null)),
  check (state = 'accepted' or why is not null),
  check ((state = 'quarantined') = (ended_at is null)),
  check (state <> 'quarantined' or sealed_content is not null),
  check (state <> 'accepted' or sealed_content is null),
  check (length(external_id) <= 80)
);

comment on table doors.province_need is '@distributed a message of the province: which need it became, or why somebody has to look; what it says is kept sealed until then';

comment on column doors.province_need.division is 'the township or village it names; the district where it names none of ours';

create unique index province_need_once on doors.province_need (district, subscription_id, external_id, digest);

create index province_need_waiting on doors.province_need (district, division, id) where state = 'quarantined';

create index province_need_need on doors.province_need (district, need_id) where need_id is not null;

alter table doors.province_need enable row level security;

alter table doors.province_need force row level security;

create policy reach on doors.province_need
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on doors.province_need to zhulian_app;
