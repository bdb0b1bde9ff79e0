-- What was suggested last lies in no place of its own, so that it stands whoever holds the need now; what somebody said does not fit follows
-- a need to where its family lives. A slip carries one need. Who took a wish is read by who took it, by the hub, and by way of its need. What a family said it needs
-- before it was known which family it is waits for that.

drop policy reach on linking.suggestion;

alter table linking.suggestion drop column division;

create policy reach on linking.suggestion
  using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine');

grant update (division) on linking.declined to zhulian_app;

-- Of two that took one slip the first has it.
alter table wishes.need no force row level security;

update wishes.need n set slip_id = null
 where slip_id is not null
   and exists (select from wishes.need o where o.district = n.district and o.slip_id = n.slip_id and o.id < n.id);

alter table wishes.need force row level security;

drop index wishes.need_slip;

create unique index need_slip on wishes.need (district, slip_id) where slip_id is not null;

-- What is open may be read by anybody, and taken; what is taken, by who took it and by the hub. The village and the township read it by the
-- need it belongs to.
drop policy reach on wishes.wish;

create policy reach on wishes.wish
  using (district = current_setting('app.district', true)
    and (state = 'open' or taken_by::text = current_setting('app.actor', true)
      or taken_organisation::text = current_setting('app.organisation', true)
      or current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')));

drop policy own_claim on wishes.wish;

create policy own_claim on wishes.wish as restrictive for update
  with check (district = current_setting('app.district', true)
    and (current_setting('app.role', true) in ('districtOfficer', 'operator', 'machine')
      or (state = 'claimed' and sealed_whom is null and taken_by::text = current_setting('app.actor', true)
        and coalesce(taken_organisation::text, '') = current_setting('app.organisation', true))));

alter table outreach.case add column needs_heard_at timestamptz;

comment on column outreach.case.needs_heard_at is 'when what the family said it needs became needs of its household; null: not yet, or it said nothing';

-- What was handed in only just now is heard by its job.
alter table outreach.case no force row level security;

update outreach.case set needs_heard_at = came_in_at where household_id is not null and came_in_at < now() - interval '1 hour';

alter table outreach.case force row level security;
