-- What the province sends is taken in once, by whichever connection it comes: one connected anew brought everything in again.

alter table doors.province_need no force row level security;

-- The later of two that came so are kept, being needs of families, and are known by another digest.
update doors.province_need later set digest = sha256(later.digest || uuid_send(later.id))
  where exists (select 1 from doors.province_need before
    where before.district = later.district and before.external_id = later.external_id and before.digest = later.digest and before.id < later.id);

alter table doors.province_need force row level security;

drop index doors.province_need_once;

create unique index province_need_once on doors.province_need (district, external_id, digest);

comment on column doors.province_need.subscription_id is 'the connection it came by; results go by the one there is';

alter table doors.subscription add column page_digest bytea;

comment on column doors.subscription.page_digest is 'of the province: the page that was fetched last, which is not taken in again as long as nothing new stands on it';

-- Partners that are told of new households without asking each time.

alter table doors.dci_partner add column told_unasked boolean not null default false;

comment on column doors.dci_partner.told_unasked is 'may subscribe to households that are registered';

create table doors.dci_subscription (
  district text not null,
  id uuid not null,
  partner_id uuid not null,
  entity text not null,
  filter_blind bytea not null,
  sealed_filter bytea not null,
  since_at timestamptz not null,
  since_id uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (district, id),
  foreign key (district, partner_id) references doors.dci_partner (district, id),
  check (entity in ('Group', 'Member'))
);

comment on table doors.dci_subscription is '@distributed a partner wants to be told of households that are registered and fit a condition, which may hold a number and lies sealed';

comment on column doors.dci_subscription.since_at is 'the household told last, or up to when there was none to tell; with since_id';

create unique index dci_subscription_once on doors.dci_subscription (district, partner_id, filter_blind) where ended_at is null;

alter table doors.dci_subscription enable row level security;

alter table doors.dci_subscription force row level security;

create policy reach on doors.dci_subscription
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'machine');

grant select, insert on doors.dci_subscription to zhulian_app;

grant update (since_at, since_id, ended_at) on doors.dci_subscription to zhulian_app;

alter table doors.dci_exchange drop constraint dci_exchange_action_check;

alter table doors.dci_exchange add constraint dci_exchange_action_check
  check (action in ('search', 'txn-status', 'subscribe', 'unsubscribe', 'notify'));
