import { randomUUID } from 'node:crypto'
import type { DivisionCode, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActingRole, machineActor, type Role, roles } from '../src/platform/actor.ts'
import { inTransaction, type Scope } from '../src/platform/scope.ts'
import { freshDatabase, type FreshDatabase } from './database.ts'

/**
 * Row-level security of every table, whatever modules come: two made-up rows in each, one in each of two villages of two
 * districts, then what different scopes see of them and may write. Checks and references between tables are taken away first, so
 * that a row of any table can be made from its column types alone.
 */
const here = '330111'
const away = '330112'
const [village, otherVillage, awayVillage] = ['330111109203', '330111110001', '330112001001']

interface Table {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Whether its rows lie in a division. */
  readonly byPlace: boolean
}

const field: readonly Role[] = ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer']
const everyOffice: readonly Role[] = [...field, 'operator']
const handlers: readonly Role[] = ['guide', 'townshipClerk', 'districtOfficer']
const offices: readonly Role[] = ['townshipClerk', 'districtOfficer']

/** Who sees the rows of a division that lies in their part of the district, written by hand: what is not here fails. */
const seenByPlace: Readonly<Record<string, readonly Role[]>> = {
  'registry.household': everyOffice,
  'registry.person': everyOffice,
  'registry.circle_change': everyOffice,
  'registry.circle_decision': offices,
  'registry.membership': field,
  // And each worker of the field their own.
  'registry.minor_grant': offices,
  'registry.statement': field,
  'registry.sealed_fact': field,
  'registry.name_gram': field,
  'registry.pair_review': offices,
  'registry.person_merge': offices,
  'guidance.screening': handlers,
  'guidance.signal': offices,
  'outreach.case': handlers,
  'outreach.step': handlers,
  'outreach.filing': handlers,
  'outreach.question': offices,
  'outreach.task': handlers,
  'outreach.visit': handlers,
  'outreach.visit_edit': handlers,
  'outreach.finding': handlers,
  'outreach.attachment': handlers,
  'outreach.lead': handlers,
  'outreach.lead_step': handlers,
  'outreach.pairing': handlers,
  'outreach.helper_visit': handlers,
  'outreach.slip': handlers,
  'outreach.slip_step': handlers,
  'outreach.absence': offices,
  // Of the hub: what is the district's or urgent, which the rows made up here are not.
  'wishes.need': field,
  'wishes.need_step': everyOffice,
  'wishes.resource': everyOffice,
  // What is careful the offices alone; what visits came to, not the whole village group.
  'track.record': field,
  'projects.enrolment': everyOffice,
  // And a provider those of its organisation, a family who comes to it.
  'projects.work_order': [...handlers, 'operator'],
  'projects.order_step': [...handlers, 'operator'],
  'projects.order_visit': [...handlers, 'operator'],
  'projects.order_evidence': [...handlers, 'operator'],
  'projects.placement': [...handlers, 'operator'],
  'projects.placement_check': [...handlers, 'operator'],
  'projects.work_month': [...handlers, 'operator'],
  'linking.declined': everyOffice,
  'outreach.held_move': offices,
  'outreach.duty': handlers,
  'outreach.handing': offices,
  'outreach.declined_move': offices,
  'entitlements.receipt': handlers,
  'entitlements.verdict': handlers,
  // A guide sees those that are unclaimed, which the rows made up here are not.
  'entitlements.finding': offices,
  // The made-up rows are for nobody in particular: a guide sees what is the village's.
  'alerts.alert': offices,
  'alerts.notice': [...handlers, 'healthWorker'],
  'alerts.seen': offices,
  'alerts.ground': offices,
  'alerts.minor_ground': offices,
  'alerts.step': offices,
  'alerts.outcome': offices,
  'doors.province_need': offices,
  'feeds.batch': offices,
  'feeds.staged_row': offices,
  'feeds.delivery': ['districtOfficer', 'auditor'],
  'feeds.delivery_part': ['districtOfficer'],
  'feeds.delivery_row': ['districtOfficer'],
}

/** Who sees rows that lie in no division and are not their own. */
const seenByRole: Readonly<Record<string, readonly ActingRole[] | 'everyone'>> = {
  'alerts.turning': ['machine'],
  'alerts.merged_work': ['machine'],
  'audit.entry': ['auditor', 'admin', 'machine'],
  'doors.attempt': ['admin', 'machine'],
  'doors.dci_exchange': ['machine'],
  'doors.dci_key': ['machine'],
  'doors.dci_partner': ['admin', 'machine'],
  'doors.dci_subscription': ['machine'],
  'doors.dci_told': ['machine'],
  'doors.dci_token': ['admin', 'machine'],
  'doors.kept_household': ['machine'],
  'doors.message': ['admin', 'machine'],
  'doors.nonce': ['machine'],
  'doors.province_batch': ['districtOfficer', 'admin', 'machine'],
  'doors.subscription': ['admin', 'machine'],
  'entitlements.merged_work': ['machine'],
  'entitlements.run': ['districtOfficer', 'machine'],
  'feeds.nonce': ['machine'],
  'feeds.sender_key': ['admin', 'machine'],
  'guidance.consent': [],
  'guidance.day_count': 'everyone',
  'guidance.interview': ['machine'],
  'identity.account': ['admin', 'doorkeeper', 'machine'],
  'identity.credential': ['doorkeeper', 'machine'],
  'identity.door_failure': ['doorkeeper', 'machine'],
  'identity.moved_resident': ['machine'],
  'identity.role_grant': ['auditor', 'admin', 'doorkeeper', 'machine'],
  'identity.session': ['admin', 'doorkeeper', 'machine'],
  'identity.told_household': ['doorkeeper', 'machine'],
  // And an organisation its own, and anybody those that are shown, which the rows made up here are not.
  'organisations.organisation': [...everyOffice, 'auditor', 'admin', 'machine'],
  'organisations.qualification': [...everyOffice, 'auditor', 'machine'],
  'organisations.capacity': [...everyOffice, 'auditor', 'machine'],
  'organisations.contract': [...offices, 'operator', 'auditor', 'machine'],
  'organisations.step': [...offices, 'operator', 'auditor', 'machine'],
  // Days, and nothing of anybody.
  'organisations.access': 'everyone',
  'outreach.device': ['admin', 'doorkeeper', 'machine'],
  'outreach.merged_work': ['machine'],
  // What was suggested last, read again by whoever may read the need.
  'linking.suggestion': ['machine'],
  'wishes.merged_need': ['machine'],
  'track.chain': ['machine'],
  'track.anchor': ['machine'],
  'track.anchored': ['machine'],
  'track.merged_track': ['machine'],
  'track.proof': ['districtOfficer', 'auditor', 'admin', 'machine'],
  'outreach.protected_note': [],
  'outreach.protected_household': ['machine'],
  'outreach.lead_count': ['machine'],
  // Numbers on paper, and nothing of anybody.
  'outreach.slip_count': ['guide', 'townshipClerk', 'districtOfficer', 'machine'],
  'outreach.submission': [],
  'platform.answered': ['machine'],
  'pools.document': 'everyone',
  'pools.draft': ['districtOfficer'],
  'pools.publication': 'everyone',
  'pools.use': 'everyone',
  'pools.version': 'everyone',
  'registry.division': 'everyone',
  // And everybody those that are open, which the rows made up here are not.
  'wishes.wish': ['districtOfficer', 'operator', 'machine'],
  // Numbers on paper, and nothing of anybody.
  'wishes.need_count': ['resident', 'guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'],
  // What is done for many, and nothing of anybody; an organisation sees its own.
  'projects.project': ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'],
  'projects.step': ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'],
  'projects.project_count': ['districtOfficer', 'operator', 'machine'],
  'projects.spending': ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'],
  'projects.hand': ['districtOfficer', 'operator', 'machine'],
  'projects.card': ['guide', 'villageGroup', 'townshipClerk', 'districtOfficer', 'operator', 'machine'],
  // What an organisation keeps beside its orders, which the organisation sees too.
  'projects.adult': [...offices, 'operator', 'machine'],
  'projects.volunteer': ['districtOfficer', 'operator', 'machine'],
  'projects.class_day': [...offices, 'operator', 'machine'],
  'projects.training_class': [...offices, 'operator', 'machine'],
  'projects.class_seat': [...offices, 'operator', 'machine'],
  'projects.attendance': [...offices, 'operator', 'machine'],
  'projects.device': [...offices, 'operator', 'machine'],
  'projects.loan': [...offices, 'operator', 'machine'],
  'projects.order_count': [...handlers, 'operator', 'machine'],
  'registry.link_weights': ['districtOfficer', 'machine'],
}
const acting: readonly ActingRole[] = [...roles, 'machine', 'doorkeeper', 'nobody']

let database: FreshDatabase
let tables: Table[] = []

beforeAll(async () => {
  database = await freshDatabase()
  tables = await database.sql<never>(`
    select n.nspname || '.' || c.relname as name,
           (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
              from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
               and (a.attnotnull or a.attname in ('division'))) as columns,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'division') and n.nspname <> 'audit' as "byPlace"
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relrowsecurity and c.relkind in ('r', 'p') and n.nspname <> 'jobs' order by 1`)
  const constraints = await database.sql<{ drop: string }>(`
    select format('alter table %s drop constraint %I cascade', o.conrelid::regclass, o.conname) as drop
      from pg_constraint o join pg_class c on c.oid = o.conrelid where c.relrowsecurity and o.contype in ('c', 'f')`)
  for (const { drop } of constraints) await database.sql(drop)
  for (const table of tables) {
    for (const [district, division] of [
      [here, village],
      [here, otherVillage],
      [away, awayVillage],
    ] as const) {
      const { text, values } = rowOf(table, district, division)
      await database.sql(text, values)
    }
  }
})
afterAll(() => database.drop())

function rowOf(table: Table, district: string, division: string): { text: string; values: unknown[] } {
  const values = table.columns.map(c =>
    c.name === 'district' ? district : c.name === 'division' ? division : madeUp(c.type),
  )
  const names = table.columns.map(c => `"${c.name}"`).join(', ')
  return {
    text: `insert into ${table.name} (${names}) values (${values.map((_, i) => `$${i + 1}`).join(', ')})`,
    values,
  }
}

let count = 0
function madeUp(type: string): unknown {
  count++
  if (type === 'uuid') return randomUUID()
  if (type === 'bytea') return Buffer.from(String(count))
  if (type === 'boolean') return false
  if (type === 'json' || type === 'jsonb') return '{}'
  if (type === 'date' || type.startsWith('timestamp')) return '2021-09-26'
  if (type === 'inet') return '127.0.0.1'
  if (type.endsWith('[]')) return '{}'
  if (
    type === 'smallint' ||
    type === 'integer' ||
    type === 'bigint' ||
    type === 'numeric' ||
    type === 'double precision'
  )
    return count % 30000
  return `made up ${count}`
}

const guide = (scope: string | undefined, district = here): Scope => ({
  ...machineActor(district),
  account: randomUUID() as Id,
  role: 'guide',
  scope: scope as DivisionCode | undefined,
})

/** How many rows of each table a scope sees, by a condition. */
const seen = (scope: Scope, of: (table: Table) => string | undefined) =>
  inTransaction(database, scope, { readOnly: true }, async open => {
    const found: Record<string, number> = {}
    for (const table of tables) {
      const condition = of(table)
      if (condition === undefined) continue
      const { rows } = await sql<{
        n: number
      }>`select count(*)::int as n from ${sql.table(table.name)} where ${sql.raw(condition)}`.execute(open)
      found[table.name] = rows[0]?.n ?? 0
    }
    return found
  })

const zeros = (found: Record<string, number>) => Object.fromEntries(Object.keys(found).map(name => [name, 0]))

describe('in every table with row-level security', () => {
  test('something was looked at', () => {
    expect(tables.length).toBeGreaterThan(15)
    expect(tables.filter(t => t.byPlace).length).toBeGreaterThan(5)
  })

  test('without settings nothing is seen', async () => {
    for (const { name } of tables) {
      const { rows } = await database.app.query(`select count(*)::int as n from ${name}`)
      expect([name, rows[0].n]).toEqual([name, 0])
    }
  })

  test.each(['guide', 'districtOfficer', 'admin', 'auditor', 'machine', 'doorkeeper', 'nobody'] as const)(
    '%s sees no row of another district',
    async role => {
      const found = await seen({ ...guide(here), role }, () => `district <> '${here}'`)
      expect(found).toEqual(zeros(found))
    },
  )

  test('a guide of one village sees no row of another village', async () => {
    const found = await seen(guide(village), table => (table.byPlace ? `division <> '${village}'` : undefined))
    expect(found).toEqual(zeros(found))
  })

  test('every table says who sees its rows', () => {
    expect(tables.filter(t => t.byPlace).map(t => t.name)).toEqual(Object.keys(seenByPlace).toSorted())
    expect(tables.filter(t => !t.byPlace).map(t => t.name)).toEqual(Object.keys(seenByRole).toSorted())
  })

  test.each(acting)('%s sees of what lies in no division what the table says and nothing else', async role => {
    const found = await seen({ ...guide(here), role }, table => (table.byPlace ? undefined : 'true'))
    const sees = (name: string) => seenByRole[name] === 'everyone' || seenByRole[name]?.includes(role)
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map(name => [name, sees(name) ? 2 : 0])))
  })

  test.each(roles)('%s with the whole district sees by place what the table says and nothing else', async role => {
    const found = await seen({ ...guide(here), role }, table => (table.byPlace ? 'true' : undefined))
    const expected = Object.keys(found).map(name => [name, seenByPlace[name]?.includes(role) ? 2 : 0])
    expect(found).toEqual(Object.fromEntries(expected))
  })

  test('without a part of the district nothing is seen by place', async () => {
    const found = await seen(guide(undefined), table => (table.byPlace ? 'true' : undefined))
    expect(found).toEqual(zeros(found))
  })

  test('nobody writes a row into another district', async () => {
    for (const table of tables) {
      const { text, values } = rowOf(table, away, awayVillage)
      const attempt = inTransaction(database, { ...guide(here), role: 'machine' }, {}, (_, client) =>
        client.query(text, values),
      )
      await expect(attempt, table.name).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('a guide moves no row out of reach into another village', async () => {
    for (const table of tables.filter(t => t.byPlace)) {
      const moved = await inTransaction(database, guide(village), {}, (_, client) =>
        client.query(`update ${table.name} set division = $1`, [otherVillage]),
      ).then(
        result => result.rowCount,
        (error: { code?: string }) => error.code,
      )
      expect([0, '42501'], table.name).toContain(moved)
    }
  })
})
