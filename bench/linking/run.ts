import type { DivisionCode, Id } from '@zhulian/kernel'
import { newId } from '@zhulian/kernel'
import { loadDistrict } from '@zhulian/seed'
import { sql } from 'kysely'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import {
  place,
  type Placed,
  type PlacingInput,
  type Taker,
  type Wanting,
} from '../../server/src/modules/linking/placing.ts'
import { getHousehold } from '../../server/src/modules/registry/index.ts'
import { writeNeed } from '../../server/src/modules/wishes/index.ts'
import { testClock } from '../../server/src/platform/clock.ts'
import { Client } from '../../server/test/client.ts'
import { line, openGround } from '../screening/ground.ts'

/**
 * How long a suggestion takes for 5,000 needs that one level looks for a way for, and again after one change: the placing by itself, and
 * the whole request. `npm run bench linking`
 */
const open = 5_000
const services = [
  'S-A1',
  'S-A2',
  'S-A3',
  'S-A4',
  'S-A5',
  'S-B1',
  'S-B2',
  'S-B3',
  'S-C1',
  'S-C2',
  'S-C3',
  'S-D1',
  'S-D2',
]
const clock = testClock('2021-09-13T09:00:00+08:00')
const password = 'bench-only-2021-river'
const district = '330111' as DivisionCode
const held: boolean[] = [alone()]
const ground = await openGround({ clock })
const { app, url } = ground

try {
  await loadDistrict(app, { people: 6_000 })
  await writeNeeds()
  const hub = await enter()
  const [first, same, after]: [number[], number[], number[]] = [[], [], []]
  await suggest(first)
  for (let i = 0; i < 10; i++) await suggest(same)
  for (let i = 0; i < 20; i++) {
    const { rows } = await suggest([])
    const [row] = rows
    if (!row?.taker) throw new Error('nothing suggested')
    const links = [
      { need: row.need.id, taker: { kind: row.taker.kind, id: row.taker.id }, expectedVersion: row.need.version },
    ]
    const { items } = (await hub.post('POST /linking/links', { body: { links } })).body
    if (items[0]?.refused) throw new Error(items[0].refused.en)
    await suggest(after)
  }
  held.push(
    line('the first suggestion for 5,000 needs', first, 2_000),
    line('the same again', same, 500),
    line('again after one was linked', after, 500),
  )

  async function suggest(into: number[]) {
    const since = performance.now()
    const answer = await hub.post('POST /linking/suggestion', { body: {} })
    if (answer.problem) throw new Error(answer.text)
    into.push(performance.now() - since)
    return answer.body
  }
} finally {
  await ground.close()
}
if (held.includes(false)) process.exitCode = 1

/** The placing by itself, as it is asked for again when one need has gone: everything that is not read from the database. */
function alone(): boolean {
  let state = 7
  const next = (n: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % n
  }
  const villages = new Map(
    Array.from({ length: 350 }, (_, i) => [
      `v${i}`,
      {
        lon: 119.4 + next(900) / 1000,
        lat: 29.8 + next(500) / 1000,
        ground: i % 2 ? ('hills' as const) : ('plain' as const),
      },
    ]),
  )
  const lying = [...villages.values()]
  const takers = Array.from(
    { length: 300 },
    (_, i): Taker => ({
      key: `t${i}`,
      kind: i < 260 ? 'resource' : 'project',
      items: [services[next(services.length)] ?? ''],
      places: 20,
      free: next(20),
      serves: () => true,
      at: lying[next(350)] ?? null,
      about: '',
    }),
  )
  const needs = Array.from(
    { length: open },
    (_, i): Wanting => ({
      id: `n${i}`,
      division: `v${next(350)}`,
      shelf: '',
      item: services[next(services.length)] ?? null,
      guess: null,
      urgent: next(50) === 0,
      waitedDays: next(200),
    }),
  )
  const input: PlacingInput = { needs, takers, villages, no: new Map(), before: new Map() }
  const [fresh, anew, again]: [number[], number[], number[]] = [[], [], []]
  const kept = timedPlacing(fresh, () => place(input))
  let left: readonly Wanting[] = needs
  for (let i = 0; i < 20; i++) {
    const before = new Map(left.map((need, n) => [need.id, kept.takerOf(n)?.key ?? null]))
    left = left.toSpliced(next(left.length), 1)
    const now = { ...input, needs: left, before }
    const other = timedPlacing(anew, () => place(now))
    timedPlacing(again, () => {
      if (!kept.again(now)) throw new Error('made anew')
      return kept
    })
    if (other.cost() !== kept.cost()) throw new Error('not the least')
  }
  line('the placing of 5,000 needs, the first time', fresh, 1_000)
  line('the placing anew when one has gone', anew, 1_000)
  return line('the placing again from where it stood when one has gone', again, 50)
}

function timedPlacing(into: number[], work: () => Placed): Placed {
  const since = performance.now()
  const placed = work()
  placed.wanted()
  into.push(performance.now() - since)
  return placed
}

async function writeNeeds(): Promise<void> {
  const homes = await asked<{ id: Id }>('select id from registry.household order by id')
  for (let from = 0; from < open; from += 250)
    await app.asMachine(async ctx => {
      for (let i = from; i < from + 250; i++) {
        const home = homes[i % homes.length]
        const item = services[i % services.length]
        if (home)
          await writeNeed(ctx, await getHousehold(ctx, home.id), { words: `想要的第${i}样`, item, origin: 'guide' })
      }
    })
  await app.asMachine(async ctx => {
    await sql`update wishes.need set state = 'inWishPool', level = 'district', kind = 'service' where not careful`.execute(
      ctx.transaction,
    )
    await sql`insert into wishes.resource (district, id, division, kind, name, offers, items, places, from_on, added_at, added_by, added_name)
      select ${district}, gen_random_uuid(), ${district}, 'organisation', 'made up ' || n, 'made up',
             array[(${services}::text[])[1 + n % ${services.length}]], 20, '2021-09-01', now(), gen_random_uuid(), 'made up'
        from generate_series(1, 200) n`.execute(ctx.transaction)
  })
}

async function enter(): Promise<Client> {
  const signInName = `bench-operator-${String(newId())}`
  const account = { name: '徐小英', signInName, role: 'operator' as const, scope: district as never }
  await app.asMachine(ctx => createDemoAccounts(ctx, [account], password))
  const client = new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
  const answer = await client.post('POST /session', { body: { signInName, password } })
  if (answer.problem) throw new Error(answer.text)
  return client
}

async function asked<T>(text: string): Promise<readonly T[]> {
  return await app.asMachine(async ctx => (await sql<T>`${sql.raw(text)}`.execute(ctx.transaction)).rows)
}
