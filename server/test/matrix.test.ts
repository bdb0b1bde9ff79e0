import { newId } from '@zhulian/kernel'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityDoor } from '../src/modules/identity/index.ts'
import { type Actor, nobody, type Role, roles } from '../src/platform/actor.ts'
import { inTransaction } from '../src/platform/scope.ts'
import { again } from './again.ts'
import { type Client, type House, openHouse } from './house.ts'
import { matrix } from './matrix.ts'
import { canaries, plants } from './plants.ts'

type Asker = Role | 'nobody'
const askers: readonly Asker[] = [...roles, 'nobody']
/** Who asks for every route with every id: on the second PostgreSQL one for each thing a reach is made of. The tables themselves are asked by all. */
const walkers: readonly Asker[] = again ? ['resident', 'guide', 'provider', 'nobody'] : askers

describe('every role asks for every route', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  test('no route is missing from the table, and none stands there that is gone', () => {
    const there = house.app.http.routes.map(route => route.key)
    expect(there.length).toBeGreaterThan(30)
    expect(there.filter(key => !(key in matrix))).toEqual([])
    expect(Object.keys(matrix).filter(key => !there.includes(key))).toEqual([])
  })

  test('and is let in or turned away as the table says', { timeout: 120_000 }, async () => {
    const wrong: string[] = []
    const who = walkers.map(
      asker => [asker, oneFor(() => (asker === 'nobody' ? house.nobody() : house.as(asker)))] as const,
    )
    for (const route of house.app.http.routes) {
      const may = matrix[route.key] ?? []
      await Promise.all(
        who.map(async ([asker, one]) => {
          const client = one(route.key)
          const answer = await client.ask(route.key, { params: idsFor(route.path), ...emptyFor(route.method) })
          const turnedAway = ['request.notSignedIn', 'request.notAllowed'].includes(answer.problem?.code ?? '')
          const expected = may === 'everyone' || (asker !== 'nobody' && (may === 'signedIn' || may.includes(asker)))
          if (turnedAway === expected || answer.status >= 500)
            wrong.push(`${asker} ${route.key}: ${answer.status} ${answer.problem?.code ?? ''}`)
        }),
      )
    }
    expect(wrong).toEqual([])
  })

  test('and each request leaves its line in the trail, allowed or refused, unless it touches nobody', {
    timeout: 120_000,
  }, async () => {
    const asked = new Map<string, { key: string; lines: number }>()
    for (const route of house.app.http.routes) {
      const lines = route.entry.audit === 'notPersonal' ? 0 : 1
      await Promise.all(
        (['guide', 'districtOfficer', 'admin', 'resident'] as const).map(async role => {
          const client = house.as(role)
          asked.set(await client.account(), { key: `${role} ${route.key}`, lines })
          await client.ask(route.key, { params: idsFor(route.path), ...emptyFor(route.method) })
        }),
      )
    }
    const found = await house.sql<{ account: string; lines: number }>(
      'select account_id as account, count(distinct request_id)::int as lines from audit.entry group by 1',
    )
    const left = new Map(found.map(row => [row.account, row.lines]))
    const wrong = [...asked].filter(([account, { lines }]) => (left.get(account) ?? 0) !== lines)
    expect(wrong.map(([account, { key }]) => `${key}: ${left.get(account) ?? 0}`)).toEqual([])
    expect(asked.size).toBe(house.app.http.routes.length * 4)
  })

  test('what is foreign and what does not exist get the same answer', { timeout: 120_000 }, async () => {
    for (const plant of plants) await plant(house)
    const ids = await plantedIds(house)
    const clerk = house.as('townshipClerk', { scope: '330111110' })
    const differing: string[] = []
    for (const route of house.app.http.routes) {
      if (!route.path.includes(':') || !isFor(route.key, 'townshipClerk')) continue
      const answers = new Set<string>()
      const look = async (id: string) => {
        const { status, text } = await clerk.ask(route.key, {
          params: allSame(route.path, id),
          ...emptyFor(route.method),
        })
        answers.add(`${status} ${text.replace(/"requestId":"\w+"/, '').replaceAll(id, 'the id')}`)
      }
      await Promise.all([newId(), newId(), ...ids].map(look))
      if (answers.size !== 1) differing.push(`${route.key}: ${[...answers].join(' | ').slice(0, 300)}`)
    }
    expect(differing).toEqual([])
  })
})

describe('with the check of roles switched off, row-level security alone', () => {
  let house: House
  let ids: string[]
  beforeAll(async () => {
    house = await openHouse({ mayIsOff: true })
    for (const plant of plants) await plant(house)
    ids = await plantedIds(house)
  })
  afterAll(() => house.close())

  /** Everybody works somewhere else, or nowhere. */
  const elsewhere: Readonly<Record<Asker, (house: House) => Client>> = {
    nobody: h => h.nobody(),
    resident: h => h.as('resident', { household: newId() }),
    guide: h => h.as('guide', { scope: '330111110201' }),
    villageGroup: h => h.as('villageGroup', { scope: '330111110201' }),
    townshipClerk: h => h.as('townshipClerk', { scope: '330111110' }),
    districtOfficer: h => h.as('districtOfficer', { scope: '330111110' }),
    operator: h => h.as('operator', { scope: '330111110' }),
    provider: h => h.as('provider'),
    auditor: h => h.as('auditor'),
    admin: h => h.as('admin'),
    healthWorker: h => h.as('healthWorker', { scope: '330111110' }),
    bureauOfficer: h => h.as('bureauOfficer'),
    helper: h => h.as('helper'),
  }
  /** What overseers read by their role: accounts of staff, the trail, the accounts of deliveries (not their rows). */
  const byRole: Readonly<Partial<Record<Asker, RegExp>>> = {
    admin: /^\w+ \/(accounts|audit)/,
    auditor: /^\w+ \/audit|^GET \/(feeds|deliveries|deliveries\/:deliveryId)$/,
  }

  test.each(walkers)('shows nothing foreign to: %s', { timeout: 120_000 }, async asker => {
    const leaks: string[] = []
    const one = oneFor(() => elsewhere[asker](house))
    for (const route of house.app.http.routes) {
      if (byRole[asker]?.test(route.key)) continue
      const client = one(route.key)
      await client.arrive()
      const look = async (id: string) => {
        const answer = await client.ask(route.key, { params: allSame(route.path, id), ...emptyFor(route.method) })
        const named = canaries.filter(canary => answer.text.includes(canary))
        const told = ids.filter(planted => planted !== id && answer.status === 200 && answer.text.includes(planted))
        if (
          named.length > 0 ||
          told.length > 0 ||
          answer.status >= 500 ||
          (answer.status === 200 && route.path.includes(':'))
        )
          leaks.push(`${route.key} → ${answer.status} ${named.join()} ${answer.text.slice(0, 120)}`)
        return answer.problem?.fields !== undefined
      }
      // What is refused for its form, which names its fields, never comes to the database: there all ids are alike.
      const [first = newId(), ...others] = route.path.includes(':') ? ids : []
      if (!(await look(first))) await Promise.all(others.map(look))
    }
    expect(leaks).toEqual([])
    // Nothing that was asked meanwhile made somebody else of them.
    const still = (await one('').get('GET /session')).body.acting?.role
    expect(still).toBe(asker === 'nobody' ? undefined : asker)
  })

  test.each(askers)(
    'and asked directly, past every filter of ours, the database shows nothing foreign to: %s',
    async asker => {
      const tables = await house.sql<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname <> all (array['pg_catalog', 'information_schema']) and rowsecurity order by 1`,
      )
      expect(tables.length).toBeGreaterThan(20)
      const actor = await actorOf(house, elsewhere[asker](house), asker)
      const overseen = { admin: /^(audit|identity)\./, auditor: /^audit\.|^feeds\.delivery$/ }[asker as string]
      const leaks: string[] = []
      for (const { name } of tables.filter(table => !overseen?.test(table.name))) {
        const seen = await inTransaction(house.database, actor, { readOnly: true }, async (_, client) => {
          const can = await client.query<{ can: boolean }>(`select has_table_privilege($1, 'select') as can`, [name])
          return can.rows[0]?.can
            ? (await client.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`)).rows
            : []
        })
        const foreign = seen.filter(({ row }) => ids.some(id => row.includes(id)))
        if (foreign.length > 0) leaks.push(`${name}: ${foreign.length} rows, such as ${foreign[0]?.row.slice(0, 120)}`)
      }
      expect(leaks).toEqual([])
    },
  )

  test('and the planted data are really there to be leaked', async () => {
    expect(ids.length).toBeGreaterThan(3)
    const own = await house.as('guide', { scope: '330111109203' }).get('GET /households')
    expect(ids.some(id => own.text.includes(id))).toBe(true)
  })
})

/** The same person for all routes, but a new one for each that ends a session or begins another. */
function oneFor(arrives: () => Client): (key: string) => Client {
  let usual: Client | undefined
  return key => (/^\w+ \/(sessions?|accounts|visitors)\b/.test(key) ? arrives() : (usual ??= arrives()))
}

/** What row-level security is told when this person asks. */
async function actorOf(house: House, client: Client, asker: Asker): Promise<Actor> {
  const token = await client.token()
  if (asker === 'nobody' || !token) return nobody('330111')
  const visitor = await identityDoor(house.app.installation).whoHolds(token, false)
  if (!visitor) throw new Error(`${asker} did not come in`)
  return visitor.actor
}

const isFor = (key: string, role: Role): boolean => {
  const may = matrix[key] ?? []
  return may === 'everyone' || may === 'signedIn' || may.includes(role)
}

const allSame = (path: string, id: string) =>
  Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, id]))
const idsFor = (path: string) => allSame(path, randomUUID())
const emptyFor = (method: string) => (method === 'GET' || method === 'DELETE' ? {} : { body: {} })

/** Ids of what belongs to a place or a person, some of each table. */
async function plantedIds(house: House): Promise<string[]> {
  const tables = await house.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
      where column_name = 'id' and data_type = 'uuid' and table_schema in (select unnest($1::text[])) order by 1`,
    [['registry', 'guidance', 'outreach', 'wishes', 'projects', 'entitlements', 'feeds']],
  )
  const found: string[] = []
  for (const { name } of tables)
    found.push(
      ...(await house.sql<{ id: string }>(`select id from ${name} order by id desc limit 2`)).map(row => row.id),
    )
  const residents = await house.sql<{ id: string }>(
    `select id from identity.account where kind = 'resident' order by id desc limit 2`,
  )
  return [...found, ...residents.map(row => row.id)]
}
