-- Who a child is stands behind a second wall: what tells it of a person is read through one view, which shows of a child who is closed to
-- who asks a masked name and nothing more. Requests cannot read those columns anywhere else, so a statement that does not go through the
-- view fails and says so. No row is hidden: heads are counted as before. A judgement, a count or a check reads the view as the machine.

create view registry.person_shown as
  select p.district, p.id, p.division, p.household_id, p.relation, p.alive, p.tier, p.circle, p.judged_circle, p.judged_since,
    p.circle_because, p.made_up, p.batch_id, p.created_at, p.created_by, p.withdrawn_at, p.merged_into, p.id_blind, p.phone_blind,
    case when c.closed then case char_length(p.name) when 0 then '*' when 1 then '*' when 2 then left(p.name, 1) || '*'
      else left(p.name, 1) || repeat('*', char_length(p.name) - 2) || right(p.name, 1) end else p.name end as name,
    case when c.closed then '' else p.pinyin end as pinyin,
    case when c.closed then null else p.birth_date end as birth_date,
    case when c.closed then null else p.sex end as sex,
    case when c.closed then null else p.id_number end as id_number,
    case when c.closed then null else p.phone end as phone,
    c.closed
  from registry.person p
  cross join lateral (select coalesce(p.birth_date > current_date - interval '18 years', false)
    and coalesce(current_setting('app.role', true), '') not in ('townshipClerk', 'districtOfficer', 'machine')
    and not coalesce(p.household_id::text = current_setting('app.household', true), false)
    and not coalesce(p.household_id::text = any (string_to_array(current_setting('app.minors', true), ',')), false) as closed) c;

comment on view registry.person_shown is '@wall people as far as who asks may know them; the rows are those of registry.person, whose owner is behind its policy too';

grant select on registry.person_shown to zhulian_app;

revoke select on registry.person from zhulian_app;

grant select (district, id, division, household_id, alive, relation, id_blind, phone_blind, tier, circle, judged_circle, judged_since,
  circle_because, made_up, batch_id, created_at, created_by, withdrawn_at, merged_into) on registry.person to zhulian_app;

create or replace view registry.v_person with (security_invoker = true) as
  select district, id, household_id, division, birth_date, sex, tier, circle, alive
  from registry.person_shown where withdrawn_at is null;

-- Who is compared is compared as the machine reads.
create or replace function registry.people_to_compare(households uuid[])
  returns table (id uuid, household_id uuid, division text, name text, birth_date date, sex text, id_number bytea, phone bytea,
    homes uuid[])
  language plpgsql
  as $$
    declare
      asking constant text := current_setting('app.role', true);
      lo constant text := current_setting('app.lo', true);
      hi constant text := current_setting('app.hi', true);
      here constant text := current_setting('app.district', true);
    begin
      if coalesce(asking, '') not in ('guide', 'townshipClerk', 'districtOfficer', 'machine') then return; end if;
      perform set_config('app.role', 'machine', true), set_config('app.lo', here, true), set_config('app.hi', here || ':', true);
      return query select p.id, p.household_id, p.division, p.name, p.birth_date, p.sex, p.id_number, p.phone,
          array(select m.household_id from registry.membership m where m.district = here and m.person_id = p.id)
        from registry.person_shown p
        where p.district = here and p.withdrawn_at is null and p.id in
          (select m.person_id from registry.membership m where m.district = here and m.household_id = any (households));
      perform set_config('app.role', asking, true), set_config('app.lo', lo, true), set_config('app.hi', hi, true);
    end
  $$;

-- Households stand in the order of whoever heads them: of a child by the first syllable, which its masked name shows too. The owner is
-- behind the walls as well, and would find no row.
alter table registry.person no force row level security;

alter table registry.household no force row level security;

update registry.household h set head_pinyin = split_part(h.head_pinyin, ' ', 1)
  from registry.person p
  where p.district = h.district and p.id = h.head_id and p.birth_date > current_date - interval '18 years';

alter table registry.household force row level security;

alter table registry.person force row level security;
