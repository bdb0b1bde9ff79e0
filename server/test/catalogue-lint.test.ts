import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loginsOf } from '../src/platform/database/find.ts'
import { lintCatalogue, ownSchemas } from './catalogue-lint.ts'
import { freshDatabase, testServer, type FreshDatabase } from './database.ts'

let database: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client(loginsOf(await testServer(), database.name).maker)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

test('every table of the migrations keeps the rules', async () => {
  expect(await lintCatalogue(client)).toEqual([])
})

test('the rules have looked at something', async () => {
  expect(await ownSchemas(client)).toEqual(expect.arrayContaining(['audit', 'platform']))
  const { rows } = await client.query(`select from pg_tables where schemaname = any($1)`, [await ownSchemas(client)])
  expect(rows.length).toBeGreaterThan(15)
})

/** A table that keeps every rule; each fault below is one step away from it. */
const good = `
  create schema plant;
  create table plant.tree (district text not null, id uuid not null, division text not null, leaf text, primary key (district, id));
  comment on table plant.tree is '@distributed trees';
  alter table plant.tree enable row level security;
  alter table plant.tree force row level security;
  create policy reach on plant.tree using (district = current_setting('app.district', true)
    and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true));
  grant select, insert, update on plant.tree to zhulian_app;
  alter table plant.tree owner to zhulian_owner;
  create table plant.kind (id int primary key);
  comment on table plant.kind is '@reference kinds';
  grant select on plant.kind to zhulian_app;
  alter table plant.kind owner to zhulian_owner;`

const branch = (columns: string, more = '') => `
  create table plant.branch (${columns});
  comment on table plant.branch is '@distributed branches'; ${more}`
const own = 'district text not null, id uuid not null'

const faults: Record<string, string> = {
  E01: `comment on table plant.tree is 'trees'`,
  E02: branch('id uuid primary key'),
  E03: branch('district char(6) not null, id uuid, primary key (district, id)'),
  E04: branch(own),
  E05: `create unique index on plant.tree (leaf)`,
  E06: branch(`${own}, primary key (id, district)`),
  E07: branch(
    `${own}, tree text, primary key (district, id)`,
    `create unique index u on plant.tree (district, leaf); alter table plant.tree add unique (leaf); alter table plant.branch add foreign key (tree) references plant.tree (leaf)`,
  ),
  E08: `comment on table plant.kind is '@local kinds'; alter table plant.tree add kind int references plant.kind`,
  E09: `alter table plant.kind add district text, add tree uuid, add foreign key (district, tree) references plant.tree`,
  E10: branch(
    `${own}, tree uuid, primary key (district, id), foreign key (district, tree) references plant.tree on delete set null`,
  ),
  E11: `alter table plant.kind add exclude using btree (id with =)`,
  E12: `alter table plant.tree add unique (district, leaf) deferrable`,
  E13: `create function plant.grow() returns trigger language plpgsql as 'begin return new; end'; create trigger grow before insert on plant.tree for each row execute function plant.grow()`,
  E14: `create rule quiet as on delete to plant.tree do instead nothing`,
  E15: `drop policy reach on plant.tree; create policy reach on plant.tree using (district = current_setting('app.district', true) and exists (select from plant.kind))`,
  E16: `alter table plant.tree no force row level security`,
  E17: `alter table plant.tree add number int generated always as identity`,
  E18: `create index on plant.tree using brin (leaf)`,
  E19: `create table plant.oak () inherits (plant.tree); comment on table plant.oak is '@distributed oaks'`,
  E20: `create view plant.v_tree as select * from plant.tree`,
  E21: `create function plant.peek() returns bigint language sql security definer as 'select 1::bigint'`,
  E22: branch(
    `id uuid not null, district text generated always as ('330111') stored not null, primary key (district, id)`,
  ),
  E23: `alter table plant.tree add at pg_lsn`,
  W01: `drop policy reach on plant.tree`,
  W02: `create policy wide on plant.tree using (division >= current_setting('app.lo', true) and division < current_setting('app.hi', true))`,
  W03: `create policy half on plant.tree using (district = current_setting('app.district', true) and division >= current_setting('app.lo', true))`,
  W04: `revoke all on plant.tree from zhulian_app`,
  W05: `grant truncate on plant.tree to zhulian_app`,
  W06: `grant select on plant.tree to public`,
  W07: `create policy trusting on plant.tree using (district = current_setting('app.district'))`,
  W08: `create policy hired on plant.tree using (district = current_setting('app.district', true) and current_setting('app.role', true) in ('guide', 'provider'))`,
  W09: `alter table plant.tree add planted_by uuid not null`,
  W10: `create policy asking on plant.tree for select using (district = current_setting('app.district', true) and current_setting('app.role', true) = 'machine')`,
  W11: `create view plant.tree_shown as select id, left(leaf, 1) as leaf from plant.tree; alter view plant.tree_shown owner to zhulian_owner;
    comment on view plant.tree_shown is '@wall trees as far as one may see them'`,
}

describe('the rules see', () => {
  const lint = async (fault: string) => {
    await client.query('begin')
    try {
      await client.query(good)
      await client.query(fault)
      return (await lintCatalogue(client, ['plant'])).map(f => f.rule.slice(0, 3))
    } finally {
      await client.query('rollback')
    }
  }

  test('nothing in a good table', async () => {
    expect(await lint('select 1')).toEqual([])
  })

  test('nothing in a view that shows of a closed column what one may see, whose owner is behind the same policies', async () => {
    const wall = `revoke select on plant.tree from zhulian_app; grant select (district, id, division) on plant.tree to zhulian_app;
      create view plant.tree_shown as select id, left(leaf, 1) as leaf from plant.tree; alter view plant.tree_shown owner to zhulian_owner;
      comment on view plant.tree_shown is '@wall trees as far as one may see them'`
    expect(await lint(wall)).toEqual([])
    expect(await lint(`${wall}; alter table plant.tree no force row level security`)).toContain('W11')
  })

  test.each(Object.entries(faults))('a planted %s', async (rule, fault) => {
    expect(await lint(fault)).toContain(rule)
  })
})

describe('of a thousand rows behind a policy the planner expects', () => {
  const expectedOf = async (asksForRole: string) => {
    await client.query('begin')
    try {
      await client.query(good)
      await client.query(
        `insert into plant.tree select '330111', gen_random_uuid(), '3301111' || n from generate_series(10000, 10999) n`,
      )
      await client.query(`drop policy reach on plant.tree; create policy reach on plant.tree using (district = current_setting('app.district', true)
        and (${asksForRole} and division >= current_setting('app.lo', true) and division < current_setting('app.hi', true)))`)
      await client.query('analyze plant.tree; grant usage on schema plant to zhulian_app; set local role zhulian_app')
      await client.query(`set local app.district = '330111'; set local app.role = 'guide'`)
      const rows: number[] = []
      for (const place of ['3301111', '33011111050']) {
        await client.query(`set local app.lo = '${place}'; set local app.hi = '${place}:'`)
        const { rows: plan } = await client.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
          'explain (format json) select * from plant.tree',
        )
        rows.push(plan[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0)
      }
      return rows
    } finally {
      await client.query('rollback')
    }
  }
  const asked = `current_setting('app.role', true) in ('guide', 'machine')`

  test('as many as there are, of all and of a place, where it sees that a role is asked for', async () => {
    const [all = 0, few = 0] = await expectedOf(`nullif(${asked}, false) is not null`)
    expect(all).toBeGreaterThan(900)
    expect(few).toBeGreaterThan(1)
    expect(few).toBeLessThan(30)
  })

  test('a hundredth, where it does not: what stands here of the planner holds still', async () => {
    const [all = 0] = await expectedOf(asked)
    expect(all).toBeLessThan(50)
  })
})
