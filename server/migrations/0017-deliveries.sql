-- Files that bureaus send: each row of a delivery is accounted for, and the sums are kept by the table itself. Rows lie sealed, many
-- in one part while they wait to be read; afterwards only those that somebody may still need, and of the others the count.

create table feeds.delivery (
  district text not null,
  id uuid not null,
  division text not null,
  source text not null,
  sender_key_id uuid,
  sender text,
  sent_as text,
  file_name text not null,
  format text not null,
  digest text not null,
  bytes integer not null,
  header jsonb not null,
  mapping jsonb not null,
  as_of date not null,
  read_on date not null,
  state text not null,
  rows integer not null,
  left_out integer not null,
  waiting integer not null,
  accepted integer not null default 0,
  duplicate integer not null default 0,
  unchanged integer not null default 0,
  look integer not null default 0,
  not_in_registry integer not null default 0,
  quarantined integer not null default 0,
  people integer,
  people_known integer,
  two_because text[] not null default '{}',
  problem jsonb,
  created_at timestamptz not null,
  created_by uuid not null,
  moved_at timestamptz not null,
  released_at timestamptz,
  released_by uuid,
  confirmed_at timestamptz,
  confirmed_by uuid,
  released_before jsonb,
  applied_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  primary key (district, id),
  constraint delivery_format check (format in ('csv', 'xlsx', 'json')),
  constraint delivery_state check (state in ('received', 'reading', 'read', 'needsTwo', 'releasing', 'released', 'undoing', 'undone', 'refused', 'cancelled')),
  constraint delivery_accounts_for_every_row
    check (rows = waiting + accepted + duplicate + unchanged + look + not_in_registry + quarantined),
  constraint delivery_read_to_the_end check (waiting = 0 or state in ('received', 'reading', 'cancelled')),
  constraint delivery_confirmed_by_another check (confirmed_by <> released_by),
  constraint delivery_released_by_two
    check (state not in ('releasing', 'released', 'undoing') or (released_by is not null and (two_because = '{}' or confirmed_by is not null)))
);

comment on table feeds.delivery is '@distributed one file of a bureau: where it stands and the account of its rows';

comment on column feeds.delivery.sender is 'the machine that signed it, as the administrator called it when its key was made';

comment on column feeds.delivery.sent_as is 'the number the sender gave it; null for a file somebody handed in';

comment on column feeds.delivery.read_on is 'the day by which its rows are read, however late somebody mends one';

comment on column feeds.delivery.left_out is 'lines that are no records: totals, notes, a header once more';

comment on column feeds.delivery.waiting is 'rows that lie in parts and have not been compared yet';

comment on column feeds.delivery.people is 'people it would change, of people_known in the registry';

comment on column feeds.delivery.two_because is 'why two people must release it: dangerous, share';

comment on column feeds.delivery.released_before is 'who answers for what is in the registry, while more of it is to be released; a no puts them back';

create index delivery_source on feeds.delivery (district, source, id);

create index delivery_digest on feeds.delivery (district, source, digest);

create unique index delivery_sent_as on feeds.delivery (district, source, sent_as)
  where sent_as is not null and state not in ('cancelled', 'refused', 'undone');

create unique index delivery_once on feeds.delivery (district, source, digest)
  where state not in ('cancelled', 'refused', 'undone');

alter table feeds.delivery enable row level security;

alter table feeds.delivery force row level security;

-- An auditor works in no part of the district, reads the accounts of all, and changes none.
create policy reach on feeds.delivery
  using (district = current_setting('app.district', true)
    and ((current_setting('app.role', true) in ('districtOfficer', 'machine')
        and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))
      or current_setting('app.role', true) = 'auditor'))
  with check (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update on feeds.delivery to zhulian_app;

create table feeds.delivery_part (
  district text not null,
  delivery_id uuid not null,
  part_no integer not null,
  division text not null,
  rows integer not null,
  cells bytea not null,
  primary key (district, delivery_id, part_no),
  foreign key (district, delivery_id) references feeds.delivery (district, id)
);

comment on table feeds.delivery_part is '@distributed rows of a delivery that wait to be compared, sealed many together; gone once they are';

alter table feeds.delivery_part alter column cells set storage external;

alter table feeds.delivery_part enable row level security;

alter table feeds.delivery_part force row level security;

create policy reach on feeds.delivery_part
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, delete on feeds.delivery_part to zhulian_app;

create table feeds.delivery_row (
  district text not null,
  delivery_id uuid not null,
  row_no integer not null,
  division text not null,
  outcome text not null,
  why text,
  cells bytea,
  person_id uuid,
  household_id uuid,
  candidates jsonb,
  version integer not null default 1,
  mended_at timestamptz,
  mended_by uuid,
  applied_at timestamptz,
  primary key (district, delivery_id, row_no),
  foreign key (district, delivery_id) references feeds.delivery (district, id),
  constraint delivery_row_outcome check (outcome in ('accepted', 'duplicate', 'unchanged', 'look', 'notInRegistry', 'quarantined')),
  constraint delivery_row_knows_whom check (outcome <> 'accepted' or (person_id is not null and household_id is not null)),
  constraint delivery_row_says_why check (outcome <> 'quarantined' or why is not null),
  constraint delivery_row_forgets check (outcome not in ('notInRegistry', 'unchanged', 'duplicate') or cells is null)
);

comment on table feeds.delivery_row is '@distributed a row that somebody may still need: what it says, sealed with what is wrong with it';

comment on column feeds.delivery_row.why is 'the kind of the first fault; the words, which may quote the row, are sealed with it';

create index delivery_row_outcome on feeds.delivery_row (district, delivery_id, outcome, row_no);

alter table feeds.delivery_row enable row level security;

alter table feeds.delivery_row force row level security;

create policy reach on feeds.delivery_row
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('districtOfficer', 'machine')
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));

grant select, insert, update, delete on feeds.delivery_row to zhulian_app;

create table feeds.sender_key (
  district text not null,
  id uuid not null,
  source text not null,
  sender text not null,
  secret bytea not null,
  from_at timestamptz not null,
  until_at timestamptz,
  used_at timestamptz,
  created_at timestamptz not null,
  created_by uuid not null,
  ended_by uuid,
  primary key (district, id),
  constraint sender_key_ends_later check (until_at >= from_at)
);

comment on table feeds.sender_key is '@distributed keys that machines of bureaus sign deliveries with, sealed, each for one source and a time';

create index sender_key_source on feeds.sender_key (district, source, from_at);

alter table feeds.sender_key enable row level security;

alter table feeds.sender_key force row level security;

create policy reach on feeds.sender_key
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) in ('admin', 'machine'));

grant select, insert on feeds.sender_key to zhulian_app;

grant update (until_at, used_at, ended_by) on feeds.sender_key to zhulian_app;

create table feeds.nonce (
  district text not null,
  key_id uuid not null,
  nonce text not null,
  at timestamptz not null,
  primary key (district, key_id, nonce)
);

comment on table feeds.nonce is '@distributed what signed requests were marked with, for as long as one could be played again';

create index nonce_at on feeds.nonce (district, at);

alter table feeds.nonce enable row level security;

alter table feeds.nonce force row level security;

create policy reach on feeds.nonce
  using (district = current_setting('app.district', true)
    and current_setting('app.role', true) = 'machine');

grant select, insert, delete on feeds.nonce to zhulian_app;
