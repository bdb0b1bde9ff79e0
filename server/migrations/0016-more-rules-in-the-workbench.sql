-- Circles and classes, rules of alerts and the card of points are written in the workbench as policies, figures and services are.

alter table pools.draft
  drop constraint draft_kind_check,
  add constraint draft_kind_check check (kind in ('policy', 'parameter', 'service', 'circle', 'class', 'alert', 'points'));

-- The last publication when a draft was begun: worked households published after it are none the draft took out. An instant
-- would not tell, since a publication that was asked for earlier may come into force later.
alter table pools.draft add column begun_after integer not null default 0;

alter table pools.publication
  drop constraint publication_kind_check,
  add constraint publication_kind_check check (kind in ('policy', 'parameter', 'service', 'circle', 'class', 'alert', 'points'));
