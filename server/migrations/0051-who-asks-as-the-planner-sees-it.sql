-- Of a comparison in which no column stands the planner knows nothing and takes it to hold one time in two hundred: `role in (…)` made
-- it expect a thirtieth of the rows, or fewer, wherever row-level security lets all or none of them through, and go through a table again
-- and again that it should have read once. That something is not null it takes to hold; then the range of divisions, of which it has
-- statistics, says how many rows there are (docs/decisions/0054). What a policy lets through is as it was.
do $$
declare
  policy record;
  role_test constant text := '\((current_setting\(''app\.role''::text, true\) = (?:ANY \(ARRAY\[[^\]]*\]\)|''\w+''::text))\)';
begin
  for policy in
    select schemaname, tablename, policyname, qual from pg_policies where qual ~ role_test and schemaname <> 'pg_catalog'
  loop
    execute format('alter policy %I on %I.%I using (%s)', policy.policyname, policy.schemaname, policy.tablename,
      regexp_replace(policy.qual, role_test, '(nullif(\1, false) is not null)', 'g'));
  end loop;
end
$$;
