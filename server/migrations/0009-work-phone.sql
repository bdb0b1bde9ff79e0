-- The number under which residents reach a guide; sealed like every telephone, opened for those who were told to call it.
alter table identity.account add column sealed_work_phone bytea;
