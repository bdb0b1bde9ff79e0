-- Whose hand it is stands in the row wherever somebody changes what a project, an order or an organisation keeps; and what a project says of
-- itself to anybody who scans its code is read by a person before.

-- A day of a class, and who came, by the name of who noted it last.

create policy own_hand on projects.class_day as restrictive for update
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

create policy own_name on projects.attendance as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

create policy own_hand on projects.attendance as restrictive for update
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true));

-- A class and a device are added by their own organisation; of a class nothing is changed, of a device that it is gone.

create policy own_name on projects.training_class as restrictive for insert
  with check (district = current_setting('app.district', true) and added_by::text = current_setting('app.actor', true));

create policy held_only on projects.training_class as restrictive for update
  using (district = current_setting('app.district', true)) with check (district = current_setting('app.district', true) and false);

create policy own_name on projects.device as restrictive for insert
  with check (district = current_setting('app.district', true) and added_by::text = current_setting('app.actor', true) and gone_on is null);

revoke update on projects.training_class from zhulian_app;

grant update (places) on projects.training_class to zhulian_app;

revoke update on projects.device from zhulian_app;

grant update (gone_on) on projects.device to zhulian_app;

-- A certificate is given by somebody.

alter table projects.class_seat add column certified_by uuid;

comment on column projects.class_seat.certified_by is 'who gave the certificate; null of those from before that was kept';

alter table projects.class_seat add check (certified_by is null or certificate is not null);

create policy no_certificate_yet on projects.class_seat as restrictive for insert
  with check (district = current_setting('app.district', true) and certificate is null);

create policy own_hand on projects.class_seat as restrictive for update
  with check (district = current_setting('app.district', true) and certified_by::text = current_setting('app.actor', true));

revoke update on projects.class_seat from zhulian_app;

grant update (certificate, certified_on, certified_by) on projects.class_seat to zhulian_app;

-- A device is lent by one, and taken back by one.

alter table projects.loan add column returned_by uuid;

comment on column projects.loan.returned_by is 'who took it back; null of those from before that was kept';

alter table projects.loan add check (returned_by is null or returned_on is not null);

create policy own_name on projects.loan as restrictive for insert
  with check (district = current_setting('app.district', true) and lent_by::text = current_setting('app.actor', true) and returned_on is null);

create policy own_hand on projects.loan as restrictive for update
  with check (district = current_setting('app.district', true) and returned_by::text = current_setting('app.actor', true));

revoke update on projects.loan from zhulian_app;

grant update (returned_on, returned_state, returned_by) on projects.loan to zhulian_app;

create policy own_name on projects.placement as restrictive for insert
  with check (district = current_setting('app.district', true) and noted_by::text = current_setting('app.actor', true));

revoke update on projects.placement from zhulian_app;

grant update (careful, minor_until, minor_household) on projects.placement to zhulian_app;

-- Who ends a vetting, and who says that a volunteer has gone.

alter table projects.adult add column ended_by uuid;

comment on column projects.adult.ended_by is 'who ended it; null of those from before that was kept';

alter table projects.adult add check (ended_by is null or ended_on is not null);

create policy own_hand on projects.adult as restrictive for update
  with check (district = current_setting('app.district', true)
    and case when ended_on is null then vetted_by else ended_by end::text = current_setting('app.actor', true));

revoke update on projects.adult from zhulian_app;

grant update (ended_on, ended_why, ended_by, volunteer_id) on projects.adult to zhulian_app;

alter table projects.volunteer add column gone_by uuid;

comment on column projects.volunteer.gone_by is 'who wrote that they have gone; null of those from before that was kept';

alter table projects.volunteer add check (gone_by is null or gone_on is not null);

create policy own_hand on projects.volunteer as restrictive for update
  with check (district = current_setting('app.district', true) and gone_by::text = current_setting('app.actor', true));

grant update (gone_by) on projects.volunteer to zhulian_app;

-- An order is done by who says so, and checked by who says so. What was asked for is not changed, and by whom.

create policy own_hand on projects.work_order as restrictive for update
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or ((state <> 'checked' or checked_by::text = current_setting('app.actor', true))
        and (state <> 'done' or current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'operator')
          or done_by::text = current_setting('app.actor', true)))));

revoke update on projects.work_order from zhulian_app;

grant update (state, version, since_on, due_on, ended_at, changed_at, done_by, checked_by, sealed_code, code_misses, household_id, person_id,
  division, elsewhere, careful, minor_until) on projects.work_order to zhulian_app;

drop policy others_look on projects.order_visit;

create policy others_look on projects.order_visit as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine'))
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine' or seen_by::text = current_setting('app.actor', true)));

-- On a list, in a place, out of it: by the name of who did it.

alter table projects.enrolment add column left_by uuid;

comment on column projects.enrolment.left_by is 'who took it off the list or out of its place; null of those from before that was kept';

alter table projects.enrolment add check (left_by is null or left_at is not null);

create policy own_name on projects.enrolment as restrictive for insert
  with check (district = current_setting('app.district', true) and asked_by::text = current_setting('app.actor', true)
    and coalesce(placed_by, asked_by)::text = current_setting('app.actor', true) and left_at is null);

create policy own_hand on projects.enrolment as restrictive for update
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) = 'machine'
      or (state = 'placed' and placed_by::text = current_setting('app.actor', true))
      or (state = 'left' and left_by::text = current_setting('app.actor', true))));

revoke update on projects.enrolment from zhulian_app;

grant update (state, version, verdict, placed_at, placed_on, placed_by, placed_name, left_at, left_on, left_as, left_by, sealed_despite,
  sealed_left, division, household_id, person_id, careful, minor_until) on projects.enrolment to zhulian_app;

-- Of a project's money and contract several hands stand in one row, and others change that row later: whoever stands in it has put down their
-- hand here, by their own name.

create table projects.hand (
  district text not null,
  project_id uuid not null,
  step text not null,
  by_id uuid not null,
  primary key (district, project_id, step, by_id),
  check (step in ('askBudget', 'approveBudget', 'name', 'sign', 'evaluate'))
);

comment on table projects.hand is '@distributed who asked for money, approved it, named, signed or evaluated: the project points at them';

alter table projects.project no force row level security;

insert into projects.hand (district, project_id, step, by_id)
  select p.district, p.id, h.step, h.by_id
    from projects.project p, lateral (values ('askBudget', p.budget_asked_by), ('approveBudget', p.budget_approved_by),
      ('name', p.organisation_named_by), ('sign', p.signed_by), ('evaluate', p.evaluated_by)) h (step, by_id)
   where h.by_id is not null;

alter table projects.project
  add column ask_hand text not null generated always as ('askBudget') stored,
  add column approve_hand text not null generated always as ('approveBudget') stored,
  add column name_hand text not null generated always as ('name') stored,
  add column sign_hand text not null generated always as ('sign') stored,
  add column evaluate_hand text not null generated always as ('evaluate') stored;

alter table projects.project
  add foreign key (district, id, ask_hand, budget_asked_by) references projects.hand (district, project_id, step, by_id),
  add foreign key (district, id, approve_hand, budget_approved_by) references projects.hand (district, project_id, step, by_id),
  add foreign key (district, id, name_hand, organisation_named_by) references projects.hand (district, project_id, step, by_id),
  add foreign key (district, id, sign_hand, signed_by) references projects.hand (district, project_id, step, by_id),
  add foreign key (district, id, evaluate_hand, evaluated_by) references projects.hand (district, project_id, step, by_id);

alter table projects.project force row level security;

revoke update on projects.project from zhulian_app;

grant update (name, brand, state, version, purpose, what_is_done, for_whom, limits, safeguarding, items, services, places, area, eligibility,
  indicators, from_on, until_on, fund_id, fund_name, fund_kind, budget_fen, budget_state, budget_asked_at, budget_asked_by, budget_asked_name,
  budget_approved_at, budget_approved_by, budget_approved_name, organisation_id, organisation_name, organisation_named_at,
  organisation_named_by, organisation_named_name, signed_at, signed_by, signed_name, evaluated_by, due_on, since_on, changed_at)
  on projects.project to zhulian_app;

alter table projects.hand enable row level security;

alter table projects.hand force row level security;

create policy reach on projects.hand
  using (district = current_setting('app.district', true) and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine'));

create policy own_name on projects.hand as restrictive for insert
  with check (district = current_setting('app.district', true) and by_id::text = current_setting('app.actor', true)
    and (current_setting('app.role', true) = 'districtOfficer'
      or (current_setting('app.role', true) = 'operator' and step in ('askBudget', 'name', 'evaluate'))));

grant select, insert on projects.hand to zhulian_app;

-- Organisations: by whom it was added, and by whom a qualification was withdrawn.

create policy own_name on organisations.organisation as restrictive for insert
  with check (district = current_setting('app.district', true) and added_by::text = current_setting('app.actor', true));

revoke update on organisations.organisation from zhulian_app;

grant update (kind, name, credit_code, seat, purpose, stage, shown, sealed_contact, version) on organisations.organisation to zhulian_app;

revoke update on organisations.contract from zhulian_app;

grant update (version, signed_at, signed_by, signed_name, discarded_at, discarded_by, ended_on, ended_at, ended_by, ended_name, end_reason,
  warned_on, proof_asked_on, proof, proof_note, proof_on, proof_by, proof_name) on organisations.contract to zhulian_app;

revoke update on organisations.access from zhulian_app;

grant update (until_on) on organisations.access to zhulian_app;

drop policy hub_changes on organisations.qualification;

create policy hub_changes on organisations.qualification as restrictive for update
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
    and organisation_id::text <> current_setting('app.organisation', true))
  with check (district = current_setting('app.district', true) and withdrawn_by::text = current_setting('app.actor', true));

revoke update on organisations.qualification from zhulian_app;

grant update (withdrawn_on, withdrawn_by, withdrawn_name) on organisations.qualification to zhulian_app;

-- What a project says of itself to anybody. It holds for the charter that was read, and for no other.

create table projects.card (
  district text not null,
  project_id uuid not null,
  name text not null,
  what_is_done text not null,
  for_whom text not null,
  limits text not null,
  charter text not null,
  shown boolean not null,
  version integer not null default 1,
  checked_at timestamptz not null,
  checked_by uuid not null,
  checked_name text not null,
  primary key (district, project_id),
  foreign key (district, project_id) references projects.project (district, id),
  check (length(name) between 2 and 80),
  check (greatest(length(what_is_done), length(for_whom), length(limits)) <= 1000)
);

comment on table projects.card is '@distributed what a project says by its code to anybody, as a person read it: scrubbed of what tells who somebody is';

comment on column projects.card.charter is 'mark of the texts of the charter that were read';

alter table projects.card enable row level security;

alter table projects.card force row level security;

create policy reach on projects.card
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'));

create policy own_name on projects.card as restrictive for insert
  with check (district = current_setting('app.district', true) and checked_by::text = current_setting('app.actor', true)
    and current_setting('app.role', true) in ('districtOfficer', 'operator'));

create policy own_hand on projects.card as restrictive for update
  using (district = current_setting('app.district', true) and current_setting('app.role', true) in ('districtOfficer', 'operator'))
  with check (district = current_setting('app.district', true) and checked_by::text = current_setting('app.actor', true));

grant select, insert, update on projects.card to zhulian_app;
