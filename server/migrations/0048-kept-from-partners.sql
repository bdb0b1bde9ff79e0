-- Households that partners are not told of: those with something open that a person has to look at first, those with a protected note, and
-- those marked. Each room publishes which of its own are so; where a family became one with another, both are.

create view identity.v_resident with (security_invoker = true) as
  select district, id as account_id, household_id from identity.account where kind = 'resident' and household_id is not null;

comment on view identity.v_resident is '@published which household an account of a resident belongs to';

grant select on identity.v_resident to zhulian_app;

create view guidance.v_careful_open with (security_invoker = true) as
  select s.district, coalesce(i.household_id, r.household_id) as household_id
  from guidance.signal s
  left join guidance.interview i on i.district = s.district and i.id = s.interview_id
  left join identity.v_resident r on r.district = s.district and r.account_id = s.account_id
  where s.state <> 'closed' and coalesce(i.household_id, r.household_id) is not null;

comment on view guidance.v_careful_open is '@published households of which a person has to hear first and has not closed it';

grant select on guidance.v_careful_open to zhulian_app;

-- Nobody but the machine knows that there is a note, and it not what the note says.
create table outreach.protected_household (
  district text not null,
  household_id uuid not null,
  primary key (district, household_id)
);

comment on table outreach.protected_household is '@distributed households of which a protected note was written; no screen, list or count knows it';

alter table outreach.protected_note no force row level security;

insert into outreach.protected_household (district, household_id) select distinct district, household_id from outreach.protected_note;

alter table outreach.protected_note force row level security;

alter table outreach.protected_household enable row level security;

alter table outreach.protected_household force row level security;

create policy reach on outreach.protected_household
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on outreach.protected_household to zhulian_app;

create index task_careful on outreach.task (district, household_id) where careful and closed_at is null;

create index case_careful on outreach.case (district, household_id) where careful and state not in ('closed', 'withdrawn');

create index slip_careful on outreach.slip (district, household_id) where careful and closed_at is null;

create index lead_careful on outreach.lead (district, household_id) where careful and closed_at is null;

create index alert_careful on alerts.alert (district, household_id) where careful and closed_at is null;

create index need_careful on wishes.need (district, household_id) where careful and closed_at is null;

create view outreach.v_careful_open with (security_invoker = true) as
  select district, household_id from outreach.task where careful and closed_at is null
  union all
  select district, household_id from outreach.slip where careful and closed_at is null
  union all
  select district, household_id from outreach.lead where careful and closed_at is null and household_id is not null
  union all
  select district, household_id from outreach.case where careful and state not in ('closed', 'withdrawn') and household_id is not null
  union all
  select c.district, r.household_id from outreach.case c
  join identity.v_resident r on r.district = c.district and r.account_id = c.account_id
  where c.careful and c.state not in ('closed', 'withdrawn') and c.household_id is null
  union all
  select district, household_id from outreach.protected_household;

comment on view outreach.v_careful_open is '@published households of which something careful is open, or a protected note was written';

grant select on outreach.v_careful_open to zhulian_app;

create view alerts.v_careful_open with (security_invoker = true) as
  select district, household_id from alerts.alert where careful and closed_at is null;

comment on view alerts.v_careful_open is '@published households of which a careful alert is open';

grant select on alerts.v_careful_open to zhulian_app;

create view wishes.v_careful_open with (security_invoker = true) as
  select district, household_id from wishes.need where careful and closed_at is null;

comment on view wishes.v_careful_open is '@published households of which a careful need is open';

grant select on wishes.v_careful_open to zhulian_app;

create view registry.v_former_home with (security_invoker = true) as
  with recursive homes as (
    select district, left_household_id as former_id, household_id
    from registry.person_merge
    where undone_at is null and before->>'emptied' is not null and left_household_id is not null and household_id is not null
    union
    select h.district, h.former_id, m.household_id
    from homes h join registry.person_merge m
      on m.district = h.district and m.left_household_id = h.household_id and m.undone_at is null
        and m.before->>'emptied' is not null and m.household_id is not null)
  select district, former_id, household_id from homes;

comment on view registry.v_former_home is '@published households in which nobody is left, with where who was left lives now';

grant select on registry.v_former_home to zhulian_app;

create table doors.kept_household (
  district text not null,
  id uuid not null,
  household_id uuid not null,
  set_by text not null,
  township boolean not null,
  sealed_reason bytea,
  from_on date not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  ended_on date,
  ended_at timestamptz,
  ended_by uuid,
  ended_name text,
  sealed_ended_reason bytea,
  primary key (district, id),
  check (set_by in ('family', 'office')),
  check (set_by = 'office' or not township),
  check ((set_by = 'office') = (sealed_reason is not null)),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_on is null))
);

comment on table doors.kept_household is '@distributed a household that partners are not told of, because its own adult or who works for it said so; both may stand at once';

comment on column doors.kept_household.township is 'set by the township or the district, and taken back by no guide';

create unique index kept_household_once on doors.kept_household (district, household_id, set_by) where ended_at is null;

create index kept_household_of on doors.kept_household (district, household_id, at desc);

alter table doors.kept_household enable row level security;

alter table doors.kept_household force row level security;

-- Read and written for whoever reads the household, wherever the family lives by then; of what the office set the family reads nothing.
create policy reach on doors.kept_household
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert on doors.kept_household to zhulian_app;

grant update (ended_on, ended_at, ended_by, ended_name, sealed_ended_reason) on doors.kept_household to zhulian_app;

create view doors.v_family_kept with (security_invoker = true) as
  select district, id, household_id, set_by, from_on, ended_on from doors.kept_household;

comment on view doors.v_family_kept is '@published from when until when a household was kept from partners';

grant select on doors.v_family_kept to zhulian_app;

create view doors.v_kept with (security_invoker = true) as
  with kept as (
    select district, household_id from guidance.v_careful_open
    union all
    select district, household_id from outreach.v_careful_open
    union all
    select district, household_id from alerts.v_careful_open
    union all
    select district, household_id from wishes.v_careful_open
    union all
    select district, household_id from doors.kept_household where ended_at is null)
  select district, household_id from kept
  union all
  select k.district, f.household_id from kept k
  join registry.v_former_home f on f.district = k.district and f.former_id = k.household_id;

comment on view doors.v_kept is '@published households that partners are not told of, and not why; a household may stand in it more than once';

grant select on doors.v_kept to zhulian_app;

-- Where a household stands may be known later than that it is registered. Since when it stands there is kept, so that only what changed is
-- looked at again.

alter table registry.household add column standing_at timestamptz;

comment on column registry.household.standing_at is 'since when tier and circle are what they are, of households that moved since this is kept';

create index household_standing on registry.household (district, standing_at) where standing_at is not null;

create or replace view registry.v_household with (security_invoker = true) as
  select district, id, division, register_no, size, tier, circle, classes, traits, judged_on, changed_at, created_at, version, standing_at
  from registry.household where withdrawn_at is null;

alter table doors.dci_subscription add column told_from timestamptz not null default now();

alter table doors.dci_subscription add column looked_at timestamptz not null default now();

comment on column doors.dci_subscription.told_from is 'households registered later are told as soon as they fit';

comment on column doors.dci_subscription.looked_at is 'up to when those whose standing changed were looked at again';

grant update (looked_at) on doors.dci_subscription to zhulian_app;

create table doors.dci_told (
  district text not null,
  subscription_id uuid not null,
  household_id uuid not null,
  told_at timestamptz,
  primary key (district, subscription_id, household_id),
  foreign key (district, subscription_id) references doors.dci_subscription (district, id) on delete cascade
);

comment on table doors.dci_told is '@distributed households that a subscription told of, each once; without an instant those that fit and were kept from partners when they came up';

create index dci_told_waits on doors.dci_told (district, subscription_id) where told_at is null;

alter table doors.dci_told enable row level security;

alter table doors.dci_told force row level security;

create policy reach on doors.dci_told
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant select, insert, delete on doors.dci_told to zhulian_app;

grant update (told_at) on doors.dci_told to zhulian_app;

-- Of whom a message tells, so that it is looked at again as it goes; of a notice that did not arrive it is kept, to be made anew.

alter table doors.dci_exchange add column subscription_id uuid;

alter table doors.dci_exchange add column sealed_households bytea;

comment on column doors.dci_exchange.sealed_households is 'ids, a list for each item of the answer, as long as it waits or may be asked for again';

create index dci_exchange_subscription on doors.dci_exchange (district, subscription_id, id) where subscription_id is not null;
