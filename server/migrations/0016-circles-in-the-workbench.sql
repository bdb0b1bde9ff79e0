-- Circles and classes are written in the workbench as policies, figures and services are.

alter table pools.draft
  drop constraint draft_kind_check,
  add constraint draft_kind_check check (kind in ('policy', 'parameter', 'service', 'circle', 'class'));

alter table pools.publication
  drop constraint publication_kind_check,
  add constraint publication_kind_check check (kind in ('policy', 'parameter', 'service', 'circle', 'class'));
