-- What only some may read of a family is found by where the family lives since a merge, and so is whatever else stays with the record
-- it was written for.

create index person_merge_home on registry.person_merge (district, household_id) where undone_at is null;

create index person_merge_left on registry.person_merge (district, left_household_id) where undone_at is null;
