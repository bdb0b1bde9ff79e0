import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lintCatalogue } from '../../../test/catalogue-lint.ts'
import { testServer } from '../../../test/database.ts'
import { machineActor } from '../actor.ts'
import { installJobs } from '../jobs.ts'
import { silentLog } from '../log.ts'
import { inTransaction } from '../scope.ts'
import { findBinaries } from './binaries.ts'
import { connect } from './connect.ts'
import { ensureDatabase, loginsOf } from './find.ts'
import { launch, type PrivateServer } from './launch.ts'
import { migrate, readMigrations } from './migrate.ts'
import type { Database } from './open.ts'
import { prepare } from './roles.ts'
import { statementsOf } from './statements.ts'

let folder: string
let server: PrivateServer
let database: Database
let count = 0

const write = (name: string, sql: string) => fs.writeFileSync(path.join(folder, name), sql)
async function newDatabase(on: PrivateServer): Promise<Database> {
  const name = `migrate_${process.pid}_${count++}`
  await ensureDatabase(on, name)
  const logins = loginsOf(on, name)
  const version = await prepare(logins)
  return connect(logins, { source: on.source, version, folder: on.folder }, silentLog)
}

const nameOf = async (of: Database) =>
  (await of.owner.query<{ name: string }>('select current_database() as name')).rows[0]?.name ?? ''

beforeAll(async () => {
  server = await testServer()
})
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zhulian-migrations-'))
  await database?.stop()
  database = await newDatabase(server)
})
afterEach(() => fs.rmSync(folder, { recursive: true }))
afterAll(() => database.stop())

describe('migrations', () => {
  test('are applied by number, each once', async () => {
    write('0002-second.sql', 'create table one.b (a int);')
    write('0001-first.sql', '-- the first\ncreate schema one;\ncreate table one.a (a int);\n')
    write('README.md', 'no migration')
    expect(await migrate(database, folder)).toEqual(['0001-first.sql', '0002-second.sql'])
    expect(await migrate(database, folder)).toEqual([])
    write('0003-third.sql', 'create table one.c (a int);')
    expect(await migrate(database, folder)).toEqual(['0003-third.sql'])
  })

  test('run at the same time by several processes take turns', async () => {
    for (let i = 1; i <= 5; i++) write(`000${i}-step.sql`, `create schema s${i};`)
    const all = await Promise.all([1, 2, 3].map(() => migrate(database, folder)))
    expect(all.flat().sort()).toEqual([1, 2, 3, 4, 5].map(i => `000${i}-step.sql`))
  })

  test('that fail leave nothing of their file and name the line', async () => {
    write('0001-first.sql', 'create schema one;')
    write('0002-broken.sql', 'create table one.a (a int);\n\n-- why\ncreate table one.b (a nothing);\n')
    await expect(migrate(database, folder)).rejects.toThrow('0002-broken.sql failed at the statement on line 4')
    const { rows } = await database.owner.query(`select name from platform.migration`)
    expect(rows).toEqual([{ name: '0001-first.sql' }])
    write('0002-broken.sql', 'create table one.a (a int);')
    expect(await migrate(database, folder)).toEqual(['0002-broken.sql'])
  })

  test('that were edited, removed or slipped in before others are refused in words', async () => {
    write('0002-second.sql', 'create schema two;')
    await migrate(database, folder)
    write('0002-second.sql', 'create schema other;')
    await expect(migrate(database, folder)).rejects.toThrow('was changed after it was applied')
    write('0002-second.sql', 'create schema two;')
    write('0001-first.sql', 'create schema one;')
    await expect(migrate(database, folder)).rejects.toThrow('comes before 0002-second.sql')
    fs.rmSync(path.join(folder, '0002-second.sql'))
    await expect(migrate(database, folder)).rejects.toThrow('older than the database')
  })

  test('carry along what the tables hold, though their owner sees no row of it', async () => {
    const shipped = path.join(import.meta.dirname, '../../../migrations')
    const upTo = async (last: string) => {
      for (const { name, sql } of readMigrations(shipped)) if (name.slice(0, 4) <= last) write(name, sql)
      await migrate(database, folder)
    }
    const admin = new pg.Client(loginsOf(server, await nameOf(database)).maker)
    await admin.connect()
    await admin.query(`set session_replication_role = replica`)
    const id = '018f0000-0000-7000-8000-000000000001'
    await upTo('0015')
    await admin.query(`insert into registry.circle_change (district, id, household_id, division, to_circle, pool_version, changed_on, recorded_at, recorded_by)
      values ('330111', '${id}', '${id}', '330111109203', 2, 'x', '2021-09-26', now(), '${id}')`)
    await upTo('0023')
    expect((await admin.query(`select basis from registry.circle_change`)).rows).toEqual([{ basis: 'before' }])
    await admin.query(`insert into alerts.alert (district, id, rule, household_id, division, village, audience, level, state, occurred_on, dated, raised_at, judged_on, judged_at, pool_version, given, said_hash, changed_at)
      values ('330111', '${id}', 'R24', '${id}', '330111109203', '330111109203', 'health', 'red', 'raised', '2021-09-26', false, now(), '2021-09-26', now(), 'x', '{}', 'x', now())`)
    await admin.query(`insert into alerts.outcome (district, id, alert_id, rule, household_id, division, kind, on_day, at)
      values ('330111', '${id}', '${id}', 'R24', '${id}', '330111109203', 'verdict.confirmed', '2021-09-26', now())`)
    const visit = `'330111', '${id}', '${id}', '330111109203'`
    await admin.query(`insert into registry.person (district, id, division, household_id, name, pinyin, birth_date, relation, created_at, created_by)
      values ('330111', '${id}', '330111109203', '${id}', '俞小禾', 'yu xiao he', '2024-02-29', '30', now(), '${id}')`)
    await admin.query(`insert into registry.statement (district, id, household_id, person_id, division, source, origin, as_of, facts, recorded_at, recorded_by)
      values ('330111', '${id}', '${id}', '${id}', '330111109203', 'declared', 'x', current_date, '{}', now(), '${id}')`)
    await admin.query(
      `insert into outreach.visit (district, id, household_id, division, task_id, form, opened_at) values (${visit}, '${id}', 'key', now())`,
    )
    for (const [n, field] of ['note', `person.${id}.dropoutRisk`].entries())
      await admin.query(`insert into outreach.visit_edit (district, id, visit_id, division, field, device_id, counter, sealed_value, by_id, by_name, made_at, received_at)
        values ('330111', '018f0000-0000-7000-8000-00000000000${n + 2}', '${id}', '330111109203', '${field}', '${id}', ${n + 1}, '', '${id}', '', now(), now())`)
    await admin.query(`insert into registry.statement (district, id, household_id, person_id, division, source, origin, as_of, facts, recorded_at, recorded_by)
      values ('330111', '018f0000-0000-7000-8000-000000000009', '${id}', null, '330111109203', 'feed', '卫健', current_date, '{"mentalRiskGrade": 4, "seriousIllness": true}', now(), '${id}')`)
    await upTo('0041')
    for (const n of ['1', '2'])
      await admin.query(`insert into doors.province_need (district, id, division, subscription_id, external_id, digest, state, why, sealed_content, came_at)
        values ('330111', '018f0000-0000-7000-8000-00000000000${n}', '330111', '018f0000-0000-7000-8000-00000000000${n}', 'ZJ-1', '\\x01', 'quarantined', 'notInRegistry', '', now())`)
    await admin.query(`insert into registry.household (district, id, division, head_id, head_pinyin, created_at, created_by, changed_at)
      values ('330111', '${id}', '330111109203', '${id}', 'yu xiao he', now(), '${id}', now())`)
    await upTo('9999')
    // Of a child who heads a household its order keeps no more than the masked name.
    expect((await admin.query(`select head_pinyin from registry.household`)).rows).toEqual([{ head_pinyin: 'yu' }])
    const sent = await admin.query(`select id, digest = '\\x01' as once from doors.province_need order by id`)
    expect(sent.rows.map(row => row.once)).toEqual([true, false])
    const said = await admin.query(
      `select facts, for_health from registry.statement where origin = '卫健' order by for_health`,
    )
    expect(said.rows).toEqual([
      { facts: { seriousIllness: true }, for_health: false },
      { facts: { mentalRiskGrade: 4 }, for_health: true },
    ])
    const closed = (from: string) =>
      admin.query(
        `select minor_until > current_date as closed, minor_until::text as until from ${from} where minor_until is not null`,
      )
    for (const from of ['registry.statement', 'outreach.visit_edit'])
      expect((await closed(from)).rows).toEqual([{ closed: true, until: '2042-03-01' }])
    const kept = await admin.query(
      `select n.level, o.audience from alerts.notice n join alerts.outcome o on o.alert_id = n.alert_id`,
    )
    expect(kept.rows).toEqual([{ level: 'red', audience: 'health' }])
    await admin.end()
  })

  test('are cut into statements outside quotes, comments and dollar quotes', () => {
    const sql = `-- a; comment
create table a (b text default 'x;''y'); /* one; */ create function f() returns int language sql as $$ select 1; $$;
comment on table a is 'it''s; here'`
    expect(statementsOf(sql)).toEqual([
      { text: `create table a (b text default 'x;''y')`, line: 2 },
      { text: 'create function f() returns int language sql as $$ select 1; $$', line: 2 },
      { text: `comment on table a is 'it''s; here'`, line: 3 },
    ])
  })
})

describe('the roles', () => {
  test('preparing a second time changes nothing', async () => {
    expect(await prepare(loginsOf(server, await nameOf(database)))).toMatch(/^\d+\.\d+$/)
  })

  test('a login that may not make them is told what the administrator has to run', async () => {
    const name = `bare_${process.pid}`
    await ensureDatabase(server, name)
    const admin = new pg.Client(loginsOf(server, name).maker)
    await admin.connect()
    await admin.query(`drop role if exists plain`)
    await admin.query(`create role plain login`)
    const logins = { ...loginsOf(server, name), maker: { ...loginsOf(server, name).maker, user: 'plain' } }
    await expect(prepare(logins)).rejects.toThrow(
      /create role zhulian_app login; .*create schema jobs authorization zhulian_jobs/s,
    )
    await admin.query(`drop role plain`)
    await admin.end()
  })

  test('one login of one’s own acts as each role, and requests stay behind the walls', async () => {
    const name = `given_${process.pid}`
    await ensureDatabase(server, name)
    const admin = new pg.Client(loginsOf(server, name).maker)
    await admin.connect()
    await admin.query(`create role landlord login`)
    await admin.query(`grant zhulian_owner, zhulian_app, zhulian_jobs to landlord`)
    await admin.query(`alter database ${name} owner to landlord`)
    const as = (role?: string) => ({
      host: server.socket,
      port: 5432,
      database: name,
      user: 'landlord',
      ...(role ? { options: `-c role=${role}` } : {}),
    })
    const logins = { maker: as(), owner: as('zhulian_owner'), app: as('zhulian_app'), jobs: as('zhulian_jobs') }
    const version = await prepare(logins)
    const given = connect(logins, { source: 'url', version, folder: undefined }, silentLog)
    await migrate(given)
    await installJobs(given)
    expect(await lintCatalogue(admin)).toEqual([])
    expect(
      (await given.app.query(`select current_user as who, current_setting('statement_timeout') as patience`)).rows,
    ).toEqual([{ who: 'zhulian_app', patience: '15s' }])
    expect((await given.app.query('select count(*)::int as n from audit.entry')).rows).toEqual([{ n: 0 }])
    await given.stop()
    await admin.query(`alter database ${name} owner to postgres`)
    await admin.query(`drop owned by landlord`)
    await admin.query(`drop role landlord`)
    await admin.end()
  })
})

/** The oldest version there is on this machine: what is written for it runs on the newer ones. */
const oldest = [...findBinaries()].sort((a, b) => a.major - b.major)[0]

describe(`on PostgreSQL ${oldest?.major} (${oldest?.source}), the oldest on this machine`, () => {
  let place: string
  let old: PrivateServer
  let there: Database
  let admin: pg.Client

  beforeAll(async () => {
    place = fs.mkdtempSync(path.join(os.tmpdir(), 'zhulian-oldest-'))
    fs.chmodSync(place, 0o755)
    old = await launch({ folder: place, postgres: oldest?.source, settings: { fsync: 'off', shared_buffers: '64MB' } })
    there = await newDatabase(old)
    admin = new pg.Client(loginsOf(old, await nameOf(there)).maker)
    await admin.connect()
  })
  afterAll(async () => {
    await admin.end()
    await there.stop()
    await old.stop()
    fs.rmSync(place, { recursive: true, force: true })
  })

  test(`every migration runs, keeps the rules, and its walls hold on PostgreSQL ${oldest?.major}`, async () => {
    expect(Number.parseInt(there.server.version, 10)).toBe(oldest?.major)
    expect(await migrate(there)).toEqual(readMigrations().map(m => m.name))
    await installJobs(there)
    expect(await lintCatalogue(admin)).toEqual([])
    const { account } = machineActor('330111')
    await admin.query(
      `insert into platform.answered (district, account_id, key, request_hash, at) select district, $1, 'k', '', now() from unnest($2::text[]) district`,
      [account, ['330111', '330112']],
    )
    const seen = await inTransaction(
      there,
      machineActor('330111'),
      { readOnly: true },
      async (_, client) => (await client.query('select district from platform.answered')).rows,
    )
    expect(seen).toEqual([{ district: '330111' }])
  })

  test('a request role that could step over row-level security is refused', async () => {
    await admin.query('alter role zhulian_jobs bypassrls')
    await expect(prepare(loginsOf(old, await nameOf(there)))).rejects.toThrow('may step over row-level security')
    await admin.query('alter role zhulian_jobs nobypassrls')
    // Views that are walls read with the rights of the owner.
    await admin.query('alter role zhulian_owner bypassrls')
    await expect(prepare(loginsOf(old, await nameOf(there)))).rejects.toThrow('may step over row-level security')
    await admin.query('alter role zhulian_owner nobypassrls')
    await prepare(loginsOf(old, await nameOf(there)))
  })
})
