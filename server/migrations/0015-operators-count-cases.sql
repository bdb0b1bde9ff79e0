-- Operators count cases and open none: what v_case publishes comes through a function that reads as the machine does, within the
-- divisions of whoever asks, so the rows themselves, with their sealed names and telephones, leave the operator's reach.

create function outreach.counted_cases()
  returns table (district text, id uuid, division text, village text, state text, due_on date, came_in_at timestamptz,
    accepted_at timestamptz, closed_at timestamptz, outcome text, wants text[])
  language plpgsql
  as $$
    declare
      asking constant text := current_setting('app.role', true);
    begin
      if coalesce(asking, '') not in ('guide', 'townshipClerk', 'districtOfficer', 'operator', 'machine') then return; end if;
      perform set_config('app.role', 'machine', true);
      return query select c.district, c.id, c.division, c.village, c.state, c.due_on, c.came_in_at, c.accepted_at, c.closed_at,
        c.outcome, c.wants from outreach.case c;
      perform set_config('app.role', asking, true);
    end
  $$;

create or replace view outreach.v_case with (security_invoker = true) as
  select district, id, division, village, state, due_on, came_in_at, accepted_at, closed_at, outcome, wants
  from outreach.counted_cases();

alter policy reach on outreach.case
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('guide', 'townshipClerk', 'districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or account_id::text = current_setting('app.actor', true)));
