-- What the province sends is taken in once, by whichever connection it comes: one connected anew brought everything in again.

alter table doors.province_need no force row level security;

-- The later of two that came so are kept, being needs of families, and are known by another digest.
update doors.province_need later set digest = sha256(later.digest || uuid_send(later.id))
  where exists (select 1 from doors.province_need before
    where before.district = later.district and before.external_id = later.external_id and before.digest = later.digest and before.id < later.id);

alter table doors.province_need force row level security;

drop index doors.province_need_once;

create unique index province_need_once on doors.province_need (district, external_id, digest);

comment on column doors.province_need.subscription_id is 'the connection it came by; results go by the one there is';

alter table doors.subscription add column page_digest bytea;

comment on column doors.subscription.page_digest is 'of the province: the page that was fetched last, which is not taken in again as long as nothing new stands on it';
