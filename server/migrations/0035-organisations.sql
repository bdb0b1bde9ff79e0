-- Organisations that give help: what they are, what they may do and can take on, and until when they work for the district. When the last
-- contract of an organisation is over, its people do not come in any more.

create schema organisations;

grant usage on schema organisations to zhulian_app;

create table organisations.organisation (
  district text not null,
  id uuid not null,
  kind text not null,
  name text not null,
  credit_code text,
  seat text not null,
  purpose text not null,
  stage text not null,
  shown boolean not null default false,
  sealed_contact bytea,
  version integer not null default 1,
  added_on date not null,
  added_at timestamptz not null,
  added_by uuid not null,
  added_name text not null,
  primary key (district, id),
  check (kind in ('socialOrganisation', 'firm', 'publicBody')),
  check (stage in ('seedling', 'incubating', 'mature', 'left')),
  check (length(seat) in (6, 9, 12))
);

comment on table organisations.organisation is '@distributed social organisations, firms and public bodies that give help; units of the district are of the pools';

comment on column organisations.organisation.shown is 'anybody may read of it';

comment on column organisations.organisation.stage is 'how far it has grown: seedling, incubating, mature, left';

create unique index organisation_name on organisations.organisation (district, name);

create unique index organisation_credit_code on organisations.organisation (district, credit_code) where credit_code is not null;

alter table organisations.organisation enable row level security;

alter table organisations.organisation force row level security;

create policy reach on organisations.organisation
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'auditor', 'admin', 'machine')
      or id::text = current_setting('app.organisation', true)));

create policy anybody_reads on organisations.organisation for select
  using (district = current_setting('app.district', true) and shown);

create policy hub_adds on organisations.organisation as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

-- Nobody moves their own organisation on.
create policy hub_changes on organisations.organisation as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
    and id::text <> current_setting('app.organisation', true));

grant select, insert, update on organisations.organisation to zhulian_app;

create table organisations.qualification (
  district text not null,
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  number text not null,
  issuer text,
  valid_until date,
  checked_on date not null,
  checked_at timestamptz not null,
  checked_by uuid not null,
  checked_name text not null,
  withdrawn_on date,
  withdrawn_by uuid,
  withdrawn_name text,
  primary key (district, id),
  foreign key (district, organisation_id) references organisations.organisation (district, id),
  check (kind in ('registration', 'socialWork', 'medical', 'rehabilitation', 'counselling', 'training', 'employmentAgency', 'childCare',
    'food', 'other')),
  check ((withdrawn_on is null) = (withdrawn_by is null))
);

comment on table organisations.qualification is '@distributed papers of an organisation that somebody has looked at: what, its number, until when';

create index qualification_organisation on organisations.qualification (district, organisation_id, id);

alter table organisations.qualification enable row level security;

alter table organisations.qualification force row level security;

create policy reach on organisations.qualification
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'auditor', 'machine')
      or organisation_id::text = current_setting('app.organisation', true)));

create policy hub_checks on organisations.qualification as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
    and checked_by::text = current_setting('app.actor', true)
    and organisation_id::text <> current_setting('app.organisation', true));

create policy hub_changes on organisations.qualification as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
    and organisation_id::text <> current_setting('app.organisation', true));

grant select, insert, update on organisations.qualification to zhulian_app;

create table organisations.capacity (
  district text not null,
  organisation_id uuid not null,
  service text not null,
  places integer not null,
  area text[] not null,
  version integer not null default 1,
  set_at timestamptz not null,
  set_by uuid not null,
  set_name text not null,
  primary key (district, organisation_id, service),
  foreign key (district, organisation_id) references organisations.organisation (district, id),
  check (places between 0 and 100000)
);

comment on table organisations.capacity is '@distributed which services of the pool an organisation can give, for how many at the same time, and where';

create index capacity_service on organisations.capacity (district, service) where places > 0;

alter table organisations.capacity enable row level security;

alter table organisations.capacity force row level security;

create policy reach on organisations.capacity
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'auditor', 'machine')
      or organisation_id::text = current_setting('app.organisation', true)));

create policy hub_adds on organisations.capacity as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

create policy hub_changes on organisations.capacity as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

grant select, insert, update on organisations.capacity to zhulian_app;

create table organisations.contract (
  district text not null,
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  number text,
  subject text not null,
  services text[] not null default '{}',
  hub text,
  amount_fen bigint not null,
  provenance text,
  from_on date not null,
  until_on date not null,
  renews_id uuid,
  version integer not null default 1,
  written_at timestamptz not null,
  written_by uuid not null,
  written_name text not null,
  signed_at timestamptz,
  signed_by uuid,
  signed_name text,
  discarded_at timestamptz,
  ended_on date,
  ended_at timestamptz,
  ended_by uuid,
  ended_name text,
  end_reason text,
  warned_on date,
  proof_asked_on date,
  proof text,
  proof_note text,
  proof_on date,
  proof_by uuid,
  proof_name text,
  primary key (district, id),
  foreign key (district, organisation_id) references organisations.organisation (district, id),
  check (kind in ('operation', 'services', 'cooperation')),
  check (amount_fen between 0 and 1000000000000),
  check (until_on >= from_on),
  check ((signed_at is null) = (signed_by is null)),
  -- Who wrote it does not sign it off.
  check (signed_by <> written_by),
  check (not (signed_at is not null and discarded_at is not null)),
  check (ended_on is null or (signed_at is not null and ended_by is not null and end_reason is not null)),
  check (ended_on between from_on - 1 and until_on),
  check (proof in ('returned', 'deleted', 'nothingHeld')),
  check ((proof is null) = (proof_by is null))
);

comment on table organisations.contract is '@distributed what an organisation does for the district, for how much, from when and until when; who wrote it and who signed it off';

comment on column organisations.contract.until_on is 'the last day on which it holds, unless it was ended before';

comment on column organisations.contract.ended_on is 'the last day on which it held, where somebody ended it early';

comment on column organisations.contract.proof is 'what became of what the organisation held of people, said once it was over';

comment on column organisations.contract.provenance is 'where an amount comes from that is an example';

create index contract_organisation on organisations.contract (district, organisation_id, id desc);

create index contract_until on organisations.contract (district, until_on) where signed_at is not null;

create unique index contract_renewal on organisations.contract (district, renews_id) where renews_id is not null and discarded_at is null;

alter table organisations.contract enable row level security;

alter table organisations.contract force row level security;

create policy reach on organisations.contract
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'auditor', 'machine')
      or organisation_id::text = current_setting('app.organisation', true)));

create policy district_writes on organisations.contract as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'districtOfficer' and written_by::text = current_setting('app.actor', true)
    and signed_at is null);

create policy district_changes on organisations.contract as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'machine'));

grant select, insert, update on organisations.contract to zhulian_app;

-- From when until when people of an organisation come in: the days of each contract that was signed off, and nothing else of it, since the
-- door asks before anybody is known.

create table organisations.access (
  district text not null,
  contract_id uuid not null,
  organisation_id uuid not null,
  from_on date not null,
  until_on date not null,
  primary key (district, contract_id)
);

comment on table organisations.access is '@distributed days on which people of an organisation may come in, one row for each contract that was signed off';

create index access_organisation on organisations.access (district, organisation_id, until_on);

alter table organisations.access enable row level security;

alter table organisations.access force row level security;

create policy anybody_reads on organisations.access for select
  using (district = current_setting('app.district', true));

create policy district_opens on organisations.access for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'districtOfficer');

create policy district_ends on organisations.access for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'districtOfficer');

grant select, insert, update on organisations.access to zhulian_app;

create table organisations.step (
  district text not null,
  id uuid not null,
  organisation_id uuid not null,
  contract_id uuid,
  step text not null,
  from_stage text,
  to_stage text,
  note text,
  at timestamptz not null,
  on_day date not null,
  by_id uuid not null,
  by_name text not null,
  primary key (district, id),
  check (step in ('add', 'stage', 'write', 'sign', 'discard', 'end', 'warn', 'askProof', 'proof')),
  check ((step = 'stage') = (from_stage is not null))
);

comment on table organisations.step is '@distributed what became of an organisation and its contracts, only ever added to';

create index step_organisation on organisations.step (district, organisation_id, id desc);

alter table organisations.step enable row level security;

alter table organisations.step force row level security;

create policy reach on organisations.step
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'operator', 'auditor', 'machine'));

create policy own_name on organisations.step as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

grant select, insert on organisations.step to zhulian_app;

create view organisations.v_organisation with (security_invoker = true) as
  select district, id, kind, name, seat, purpose, stage, shown, added_on from organisations.organisation;

comment on view organisations.v_organisation is '@published organisations without how to reach anyone';

create view organisations.v_capacity with (security_invoker = true) as
  select district, organisation_id, service, places, area from organisations.capacity;

comment on view organisations.v_capacity is '@published what organisations can take on';

create view organisations.v_access with (security_invoker = true) as
  select district, organisation_id, from_on, until_on from organisations.access;

comment on view organisations.v_access is '@published days on which people of an organisation may come in';

create view organisations.v_contract with (security_invoker = true) as
  select district, id, organisation_id, kind, services, hub, amount_fen, from_on, coalesce(ended_on, until_on) as until_on
    from organisations.contract where signed_at is not null;

comment on view organisations.v_contract is '@published contracts that were signed off, for counting';

grant select on organisations.v_organisation, organisations.v_capacity, organisations.v_access, organisations.v_contract to zhulian_app;
