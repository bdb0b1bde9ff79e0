-- Whose hand it was is held by the database too; what becomes careful later is behind the wall with all that was done for it; and what a
-- project has spent, and what somebody in assistive work did and was paid.

-- A contract: the newest hand on it is the hand of who changes it, and nobody's own organisation is meant.

alter table organisations.contract add column discarded_by uuid;

comment on column organisations.contract.discarded_by is 'who discarded it before it was signed off';

alter table organisations.contract add check (discarded_by is null or discarded_at is not null);

drop policy district_writes on organisations.contract;

create policy district_writes on organisations.contract as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'districtOfficer' and written_by::text = current_setting('app.actor', true)
    and organisation_id::text <> current_setting('app.organisation', true) and signed_at is null);

drop policy district_changes on organisations.contract;

create policy district_changes on organisations.contract as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'machine')
    and organisation_id::text <> current_setting('app.organisation', true))
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or coalesce(proof_by, ended_by, discarded_by, signed_by)::text = current_setting('app.actor', true)));

-- Days of access stand for a contract that was signed off, by who signed it. What never began has none.

alter table organisations.access no force row level security;

delete from organisations.access where until_on < from_on;

alter table organisations.access force row level security;

alter table organisations.access add check (until_on >= from_on);

alter table organisations.access add column signed_by uuid;

comment on column organisations.access.signed_by is 'who signed the contract off: none opens without';

create unique index contract_signed on organisations.contract (district, id, organisation_id, signed_by, from_on);

alter table organisations.access add foreign key (district, contract_id, organisation_id, signed_by, from_on)
  references organisations.contract (district, id, organisation_id, signed_by, from_on);

drop policy district_opens on organisations.access;

create policy district_opens on organisations.access for insert
  with check (district = current_setting('app.district', true) and current_setting('app.role', true) = 'districtOfficer'
    and signed_by::text = current_setting('app.actor', true) and organisation_id::text <> current_setting('app.organisation', true));

drop policy district_ends on organisations.access;

create policy district_ends on organisations.access for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'districtOfficer'
    and organisation_id::text <> current_setting('app.organisation', true));

create policy district_closes on organisations.access for delete
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'districtOfficer'
    and organisation_id::text <> current_setting('app.organisation', true));

grant delete on organisations.access to zhulian_app;

-- What an organisation can take on is noted by others, by their own name.

drop policy hub_adds on organisations.capacity;

create policy hub_adds on organisations.capacity as restrictive for insert
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
    and set_by::text = current_setting('app.actor', true) and organisation_id::text <> current_setting('app.organisation', true));

drop policy hub_changes on organisations.capacity;

create policy hub_changes on organisations.capacity as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
    and organisation_id::text <> current_setting('app.organisation', true))
  with check (district = current_setting('app.district', true) and set_by::text = current_setting('app.actor', true));

-- Why somebody came off the list of a project, or out of a place.

alter table projects.enrolment add column sealed_left bytea;

comment on column projects.enrolment.sealed_left is 'why somebody came off the list or out of a place';

-- A need that becomes careful takes along the order that is out for it, and all that stands under it.

alter table projects.work_order add column careful boolean not null default false;

alter table projects.order_step add column careful boolean not null default false;

alter table projects.order_visit add column careful boolean not null default false;

alter table projects.order_evidence add column careful boolean not null default false;

alter table projects.placement add column careful boolean not null default false;

alter table projects.placement_check add column careful boolean not null default false;

comment on column projects.work_order.careful is 'for the township and above, and for who delivers';

create policy careful_stays_above on projects.work_order as restrictive for select
  using (district = current_setting('app.district', true)
    and (not careful or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy careful_stays_above on projects.order_step as restrictive for select
  using (district = current_setting('app.district', true)
    and (not careful or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy careful_stays_above on projects.order_visit as restrictive for select
  using (district = current_setting('app.district', true)
    and (not careful or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy careful_stays_above on projects.order_evidence as restrictive for select
  using (district = current_setting('app.district', true)
    and (not careful or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy careful_stays_above on projects.placement as restrictive for select
  using (district = current_setting('app.district', true)
    and (not careful or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy careful_stays_above on projects.placement_check as restrictive for select
  using (district = current_setting('app.district', true)
    and (not careful or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy machine_alone on projects.order_step as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

create policy machine_alone on projects.order_evidence as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

create policy machine_alone on projects.placement as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

create policy machine_alone on projects.placement_check as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant update (careful) on projects.order_step, projects.order_evidence, projects.placement_check to zhulian_app;

-- What was noted of a time stays as it was noted: later come a signature, and what somebody of the offices saw.

drop policy others_look on projects.order_visit;

create policy others_look on projects.order_visit as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine'));

revoke update on projects.order_visit from zhulian_app;

grant update (careful, proved, seen_by, seen_name, seen_at, sealed_seen) on projects.order_visit to zhulian_app;

-- Money of a project: each paper once, written by one; above a sum it counts when a second has confirmed it.

create table projects.spending (
  district text not null,
  id uuid not null,
  project_id uuid not null,
  on_day date not null,
  amount_fen bigint not null,
  what text not null,
  paper text not null,
  needs_second boolean not null,
  version integer not null default 1,
  written_at timestamptz not null,
  written_by uuid not null,
  written_name text not null,
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_name text,
  struck_at timestamptz,
  struck_by uuid,
  struck_name text,
  struck_why text,
  primary key (district, id),
  foreign key (district, project_id) references projects.project (district, id),
  check (amount_fen between 1 and 100000000000),
  check ((confirmed_at is null) = (confirmed_by is null)),
  check (confirmed_by <> written_by),
  check ((struck_at is null) = (struck_by is null)),
  check ((struck_at is null) = (struck_why is null))
);

comment on table projects.spending is '@distributed what a project paid: for what, on which day, by which paper, who wrote it and who confirmed it';

comment on column projects.spending.paper is 'number of the bill or voucher';

comment on column projects.spending.needs_second is 'above a sum: counts as spent when another has confirmed it';

-- One paper pays once.
create unique index spending_paper on projects.spending (district, project_id, paper) where struck_at is null;

create index spending_project on projects.spending (district, project_id, id);

alter table projects.spending enable row level security;

alter table projects.spending force row level security;

create policy reach on projects.spending
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'));

create policy hub_writes on projects.spending as restrictive for insert
  with check (district = current_setting('app.district', true) and confirmed_by is null and struck_by is null
    and current_setting('app.role', true) in ('districtOfficer', 'operator') and written_by::text = current_setting('app.actor', true));

-- Confirmed by an officer, struck by an officer or by who wrote it: in either case by their own name.
create policy own_hand on projects.spending as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator'))
  with check (district = current_setting('app.district', true) and coalesce(struck_by, confirmed_by)::text = current_setting('app.actor', true)
    and (current_setting('app.role', true) = 'districtOfficer' or struck_by = written_by));

grant select, insert on projects.spending to zhulian_app;

grant update (version, confirmed_at, confirmed_by, confirmed_name, struck_at, struck_by, struck_name, struck_why) on projects.spending
  to zhulian_app;

create view projects.v_spending with (security_invoker = true) as
  select district, project_id, on_day, amount_fen from projects.spending
   where struck_at is null and (confirmed_at is not null or not needs_second);

comment on view projects.v_spending is '@published what projects spent, for counting';

grant select on projects.v_spending to zhulian_app;

-- Assistive work: what somebody did in a month, and what they were paid for it.

create table projects.work_month (
  district text not null,
  order_id uuid not null,
  month date not null,
  division text not null,
  provider_id uuid not null,
  careful boolean not null default false,
  days integer not null,
  hours integer not null,
  pieces integer,
  pay_fen bigint not null,
  paid_on date,
  noted_by uuid not null,
  noted_name text not null,
  noted_at timestamptz not null,
  primary key (district, order_id, month),
  check (extract(day from month) = 1),
  check (days between 0 and 31),
  check (hours between 0 and 744),
  check (pieces between 0 and 1000000),
  check (pay_fen between 0 and 10000000),
  check (paid_on >= month)
);

comment on table projects.work_month is '@distributed a month of assistive work: days, hours, pieces, pay, and when it was paid';

comment on column projects.work_month.month is 'its first day';

alter table projects.work_month enable row level security;

alter table projects.work_month force row level security;

create policy reach on projects.work_month
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true)
        and (not careful or current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')))
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))));

create policy provider_notes on projects.work_month as restrictive for insert
  with check (district = current_setting('app.district', true) and noted_by::text = current_setting('app.actor', true)
    and current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true));

create policy provider_corrects on projects.work_month as restrictive for update
  using (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (current_setting('app.role', true) = 'provider' and provider_id::text = current_setting('app.organisation', true))))
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine' or noted_by::text = current_setting('app.actor', true)));

grant select, insert, update on projects.work_month to zhulian_app;
