-- Who is who: weights kept of each kind of file, pairs that a person must look at, and merges of somebody registered twice, which
-- can be taken back.

create table registry.link_weights (
  district text not null,
  feed text not null,
  weights jsonb not null,
  rows integer not null,
  learnt_at timestamptz not null,
  primary key (district, feed)
);

comment on table registry.link_weights is '@distributed how records of one person agree and differ in one kind of file: shares, and nothing of anybody';

alter table registry.link_weights enable row level security;

alter table registry.link_weights force row level security;

create policy reach on registry.link_weights
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'machine'));

grant select, insert, update on registry.link_weights to zhulian_app;

create table registry.pair_review (
  district text not null,
  id uuid not null,
  division text not null,
  person_id uuid not null,
  other_id uuid,
  delivery_id uuid,
  row_id text,
  clues bytea,
  probability double precision not null,
  reason text,
  explanation jsonb not null,
  state text not null default 'open',
  raised_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  told_at timestamptz,
  primary key (district, id),
  check (state in ('open', 'same', 'different', 'withdrawn')),
  check ((other_id is null) <> (delivery_id is null)),
  check ((delivery_id is null) = (row_id is null) and (delivery_id is null) = (clues is null)),
  check ((state in ('same', 'different')) = (decided_at is not null))
);

comment on table registry.pair_review is '@distributed somebody of the registry who may be meant by a row of a delivery, or may stand in it twice, until a person has said so';

comment on column registry.pair_review.division is 'the least division that holds everybody the row might be: who reaches it sees all there is to choose from';

comment on column registry.pair_review.clues is 'what the row of the delivery says of the person, sealed';

comment on column registry.pair_review.told_at is 'when whoever brought the delivery was told; until then a decision can be taken back';

comment on column registry.pair_review.explanation is 'levels and weights of the comparison, without what was compared';

create index pair_review_open on registry.pair_review (district, state, division, probability);

create unique index pair_review_row on registry.pair_review (district, delivery_id, row_id, person_id) where delivery_id is not null;

create unique index pair_review_double on registry.pair_review (district, person_id, other_id) where other_id is not null;

alter table registry.pair_review enable row level security;

alter table registry.pair_review force row level security;

create policy reach on registry.pair_review
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on registry.pair_review to zhulian_app;

grant update (state, decided_at, decided_by, told_at) on registry.pair_review to zhulian_app;

create table registry.person_merge (
  district text not null,
  id uuid not null,
  division text not null,
  kept_id uuid not null,
  merged_id uuid not null,
  pair_id uuid,
  household_id uuid,
  left_household_id uuid,
  reason text not null,
  before jsonb not null,
  merged_at timestamptz not null,
  merged_by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  undone_reason text,
  primary key (district, id)
);

comment on table registry.person_merge is '@distributed somebody who was registered twice: who was kept, who stands for the same person now, and how both stood before';

comment on column registry.person_merge.before is 'ids, days and the names of columns that were filled, so that the merge can be taken back; no value of anybody';

create index person_merge_kept on registry.person_merge (district, kept_id);

create index person_merge_merged on registry.person_merge (district, merged_id);

alter table registry.person_merge enable row level security;

alter table registry.person_merge force row level security;

create policy reach on registry.person_merge
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('townshipClerk', 'districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert on registry.person_merge to zhulian_app;

grant update (undone_at, undone_by, undone_reason) on registry.person_merge to zhulian_app;

alter table registry.person add column merged_into uuid;

grant update (household_id) on registry.sealed_fact to zhulian_app;

comment on column registry.person.merged_into is 'the person this one was found to be; what was said of either counts for that one';

create index person_merged_into on registry.person (district, merged_into) where merged_into is not null;

-- Somebody typed into a form is compared with the whole district, whoever types: the comparison reads as the machine does, and only
-- what it found goes back, as far as the one who asks may see it.

create function registry.households_to_compare(only_these uuid[] default null)
  returns table (id uuid, version integer, changed_at timestamptz)
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
      if only_these is null then
        return query select h.id, h.version, h.changed_at from registry.household h
          where h.district = here and h.withdrawn_at is null;
      else
        return query select h.id, h.version, h.changed_at from registry.household h
          where h.district = here and h.id = any (only_these) and h.withdrawn_at is null;
      end if;
      perform set_config('app.role', asking, true), set_config('app.lo', lo, true), set_config('app.hi', hi, true);
    end
  $$;

create function registry.newest_to_compare()
  returns table (households bigint, versions bigint, newest timestamptz)
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
      return query select count(*), sum(h.version), max(h.changed_at) from registry.household h
        where h.district = here and h.withdrawn_at is null;
      perform set_config('app.role', asking, true), set_config('app.lo', lo, true), set_config('app.hi', hi, true);
    end
  $$;

create function registry.people_to_compare(households uuid[])
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
        from registry.person p
        where p.district = here and p.withdrawn_at is null and p.id in
          (select m.person_id from registry.membership m where m.district = here and m.household_id = any (households));
      perform set_config('app.role', asking, true), set_config('app.lo', lo, true), set_config('app.hi', hi, true);
    end
  $$;
