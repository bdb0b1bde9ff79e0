-- Is the schema ready to be spread over many machines (Citus, YugabyteDB), and is every table behind its walls?
-- One row for each finding; none is good. $1: the schemas to look at. A table says in its comment what it is:
-- @distributed by district, @reference (small, everywhere), @local (on one machine only).
with t as (
  select c.oid, n.nspname || '.' || c.relname as name, c.relrowsecurity, c.relforcerowsecurity,
         substring(obj_description(c.oid, 'pg_class') from '@(distributed|reference|local)') as kind,
         (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'district' and not a.attisdropped) as dist
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any ($1)
), con as (
  select o.*, t.name, t.kind, t.dist from pg_constraint o join t on t.oid = o.conrelid
), idx as (
  select i.*, c.relname as index_name, am.amname, t.name, t.kind, t.dist
    from pg_index i join t on t.oid = i.indrelid join pg_class c on c.oid = i.indexrelid join pg_am am on am.oid = c.relam
), col as (
  select a.*, t.name, t.kind, t.dist from pg_attribute a join t on t.oid = a.attrelid where a.attnum > 0 and not a.attisdropped
), wall as (
  -- A view that is itself a wall: it shows of columns which requests may not read what they may know. It runs with the rights of its
  -- owner, who is behind the policies of the tables beneath.
  select v.oid, n.nspname || '.' || v.relname as name, b.oid as beneath, b.relname, b.relforcerowsecurity as walled,
         pg_get_userbyid(v.relowner) as owner, has_table_privilege('zhulian_app', b.oid, 'select') as past
    from pg_class v join pg_namespace n on n.oid = v.relnamespace
    join pg_rewrite r on r.ev_class = v.oid join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
     and d.refclassid = 'pg_class'::regclass and d.refobjid <> v.oid
    join pg_class b on b.oid = d.refobjid
   where v.relkind = 'v' and n.nspname = any ($1) and obj_description(v.oid, 'pg_class') like '@wall %'
), pol as (
  select p.polname, p.polcmd, t.name, t.kind, t.dist, t.oid, coalesce(pg_get_expr(p.polqual, p.polrelid), '') as using_text,
         coalesce(pg_get_expr(p.polqual, p.polrelid, true), '') || ' ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid, true), '') as text
    from pg_policy p join t on t.oid = p.polrelid
)
select 'E01 table does not say what it is (@distributed, @reference, @local)' as rule, name as object, '' as detail
  from t where kind is null
union all
select 'E02 distributed table without the column district', name, ''
  from t where kind = 'distributed' and dist is null
union all
select 'E03 district nullable, or not text', name, format_type(atttypid, atttypmod)
  from col where kind = 'distributed' and attnum = dist and (not attnotnull or atttypid <> 'text'::regtype)
union all
select 'E04 distributed table without primary key', name, ''
  from t where kind = 'distributed' and not exists (select from pg_constraint p where p.conrelid = t.oid and p.contype = 'p')
union all
select 'E05 unique index without district', name, index_name
  from idx where kind = 'distributed' and indisunique and not dist = any (indkey::int2[])
union all
select 'E06 primary key does not begin with district', name, index_name
  from idx where kind = 'distributed' and indisprimary and indkey[0] <> dist
union all
select 'E07 foreign key between distributed tables without district = district', c.name, c.conname
  from con c join t r on r.oid = c.confrelid
 where c.contype = 'f' and c.kind = 'distributed' and r.kind = 'distributed'
   and not exists (select from unnest(c.conkey, c.confkey) as k(a, b) where k.a = c.dist and k.b = r.dist)
union all
select 'E08 foreign key from a distributed to a local table', c.name, c.conname
  from con c join t r on r.oid = c.confrelid where c.contype = 'f' and c.kind = 'distributed' and r.kind = 'local'
union all
select 'E09 foreign key from a reference or local table to a distributed one', c.name, c.conname
  from con c join t r on r.oid = c.confrelid where c.contype = 'f' and c.kind <> 'distributed' and r.kind = 'distributed'
union all
select 'E10 foreign key action on district that Citus refuses (set null, set default, on update cascade)', name, conname
  from con where contype = 'f' and kind = 'distributed' and dist = any (conkey) and (confdeltype in ('n', 'd') or confupdtype in ('n', 'd', 'c'))
union all
select 'E11 exclusion constraint (YugabyteDB has none)', name, conname
  from con where contype = 'x'
union all
select 'E12 deferrable constraint other than a foreign key', name, conname
  from con where condeferrable and contype <> 'f'
union all
select 'E13 trigger (Citus refuses it)', t.name, g.tgname
  from pg_trigger g join t on t.oid = g.tgrelid where not g.tgisinternal and kind <> 'local'
union all
select 'E14 rule', t.name, r.rulename
  from pg_rewrite r join t on t.oid = r.ev_class
union all
select 'E15 policy with a subquery (Citus refuses it)', name, polname
  from pol where kind <> 'local' and text ~* '\mselect\M'
union all
select 'E16 row-level security missing or not forced', name, ''
  from t where kind in ('distributed', 'reference') and dist is not null and not (relrowsecurity and relforcerowsecurity)
union all
select 'E17 numbers itself (ids are made by the application)', c.name, c.attname
  from col c left join pg_attrdef d on d.adrelid = c.attrelid and d.adnum = c.attnum
 where c.kind = 'distributed' and (c.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'nextval')
union all
select 'E18 index of a kind YugabyteDB lacks (gist, spgist, brin, gin of several columns)', name, index_name || ' ' || amname
  from idx where amname in ('gist', 'spgist', 'brin') or (amname = 'gin' and indnatts > 1)
union all
select 'E19 inheritance', t.name, ''
  from t join pg_inherits h on h.inhrelid = t.oid
union all
select 'E20 view that runs with the rights of its owner (no security_invoker)', n.nspname || '.' || c.relname, ''
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'v' and n.nspname = any ($1) and not coalesce(c.reloptions @> '{security_invoker=true}', false)
   and not exists (select from wall where wall.oid = c.oid)
union all
select 'E21 security definer function without a fixed search_path', p.oid::regprocedure::text, ''
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where p.prosecdef and n.nspname = any ($1) and not exists (select from unnest(p.proconfig) x where x like 'search_path=%')
union all
select 'E22 district is a generated column', name, attname
  from col where attnum = dist and attgenerated <> ''
union all
select 'E23 type a distributed engine lacks', name, attname || ' ' || format_type(atttypid, null)
  from col where format_type(atttypid, null) in ('xml', 'xid', 'xid8', 'pg_lsn', 'txid_snapshot', 'geometry', 'geography')
-- The walls.
union all
select 'W01 table without a policy: nobody sees a row', name, ''
  from t where relrowsecurity and not exists (select from pg_policy p where p.polrelid = t.oid)
union all
select 'W02 policy that does not begin with the district', name, polname
  from pol where dist is not null and text !~ 'district = current_setting\(''app\.district'''
union all
select 'W03 policy with only one end of a range of divisions', name, polname
  from pol where text ~ 'app\.lo' <> (text ~ 'app\.hi') or (text ~ 'app\.lo' and (text !~ '>= current_setting\(''app\.lo''' or text !~ '< current_setting\(''app\.hi'''))
union all
select 'W04 table requests may not read (no grant to zhulian_app)', name, ''
  from t where name <> 'platform.migration' and not has_any_column_privilege('zhulian_app', oid, 'select')
union all
select 'W05 requests own it, or may empty it', name, ''
  from t where has_table_privilege('zhulian_app', oid, 'truncate') or pg_get_userbyid((select relowner from pg_class where pg_class.oid = t.oid)) <> 'zhulian_owner'
union all
select 'W06 everybody may use it (a grant to public)', t.name, a.privilege_type
  from t join pg_class c on c.oid = t.oid, aclexplode(c.relacl) a where a.grantee = 0
union all
select 'W07 policy that trusts a setting as it is when nobody has set it (two arguments are needed)', name, polname
  from pol where text ~ 'current_setting\(''app\.[a-z]+''(::text)?\)'
union all
select 'W08 policy that lets a provider in by role or place: only an organisation''s own rows are its', name, polname
  from pol where text ~ '''provider''' and text !~ 'current_setting\(''app\.organisation'''
union all
select 'W09 name of somebody that another can write: no policy holds it to who asks, and no key to what they wrote themselves', c.name,
       c.attname || ' ' || w.privilege
  from col c, (values ('insert', 'a'), ('update', 'w')) w (privilege, cmd)
 where split_part(c.name, '.', 1) in ('projects', 'organisations', 'plant') and c.atttypid = 'uuid'::regtype and c.attname ~ '(^by_id|_by)$'
   and (c.attnotnull or w.privilege = 'update') and has_column_privilege('zhulian_app', c.attrelid, c.attnum, w.privilege)
   and not exists (select from pg_policy p where p.polrelid = c.attrelid and not p.polpermissive and p.polcmd::text in (w.cmd, '*')
     and pg_get_expr(p.polwithcheck, p.polrelid) ~ ('\m' || c.attname || '\M') and pg_get_expr(p.polwithcheck, p.polrelid) ~ 'app\.actor')
   and not exists (select from pg_constraint f where f.conrelid = c.attrelid and f.contype = 'f' and c.attnum = any (f.conkey))
union all
select 'W10 policy that asks for the role as the planner cannot see it: nullif(current_setting(''app.role'', true) in (…), false) is not null', name, polname
  from pol where regexp_count(using_text, 'current_setting\(''app\.role''::text, true\) = ')
    <> regexp_count(using_text, 'NULLIF\(\(current_setting\(''app\.role''::text, true\) = ')
union all
select 'W11 wall that is none: a table beneath lets its owner or requests past it', name, relname
  from wall where not walled or past or owner <> 'zhulian_owner'
order by 1, 2, 3
