import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { loadDistrict } from '@zhulian/seed'
import { sql } from 'kysely'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { getHousehold } from '../../server/src/modules/registry/index.ts'
import { writeNeed } from '../../server/src/modules/wishes/index.ts'
import { testClock } from '../../server/src/platform/clock.ts'
import { Client } from '../../server/test/client.ts'
import { line, openGround } from '../screening/ground.ts'

/**
 * How fast the board comes with 5,000 open needs, and a step of one; and whether of many who press for the same wish at the same moment
 * exactly one has it, however often. `npm run bench needs`; BENCH_CLAIMS presses for 1,000 wishes (100,000).
 */
const open = 5_000
const wishes = 1_000
const presses = Number(process.env['BENCH_CLAIMS'] ?? 100_000)
const clock = testClock('2021-09-13T09:00:00+08:00')
const ground = await openGround({ clock })
const { app, url } = ground
const password = 'bench-only-2021-river'
const district = '330111' as DivisionCode

try {
  const loaded = await loadDistrict(app, { people: 6_000 })
  await writeNeeds()
  console.log(`${loaded.households} households, ${open} open needs`)
  const [officer, hub] = [await enter('districtOfficer', district), await enter('operator', district)]
  const [board, list, flow, step]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let i = 0; i < 40; i++) {
    await timed(board, () => officer.get('GET /needs/board', { query: {} }))
    await timed(board, () => hub.get('GET /needs/board', { query: {} }))
    await timed(list, () => officer.get('GET /needs', { query: { limit: 50 } }))
    await timed(flow, () => hub.get('GET /overview/needs', { query: { days: 366 } }))
  }
  const { items } = (await hub.get('GET /needs', { query: { state: 'screened', limit: 50 } })).body
  for (const need of items)
    await timed(step, () =>
      hub.post('POST /needs/:needId/steps', { params: { needId: need.id }, body: { step: 'pool' } }),
    )
  const held = [
    line('the board of the district with 5,000 open needs', board, 200),
    line('the list of them', list, 200),
    line('where all of them came from and went, and how long it took', flow, 200),
    line('a step of a need', step, 100),
    await contest(),
  ]
  if (held.includes(false)) process.exitCode = 1
} finally {
  await ground.close()
}

/** Over all households, at every place of the board. */
async function writeNeeds(): Promise<void> {
  const homes = await asked<{ id: Id }>('select id from registry.household order by id')
  for (let from = 0; from < open; from += 250)
    await app.asMachine(async ctx => {
      for (let i = from; i < from + 250; i++) {
        const home = homes[i % homes.length]
        if (home) await writeNeed(ctx, await getHousehold(ctx, home.id), { words: `想要的第${i}样`, origin: 'guide' })
      }
    })
  await app.asMachine(async ctx => {
    await sql`update wishes.need n set state = s.state, level = s.level,
        due_on = ${ctx.today}::date + (s.n % 9)::int - 3, kind = 'wish'
      from (select id, row_number() over (order by id) as n,
          (array['submitted', 'acceptedVillage', 'escalatedTownship', 'screened', 'inWishPool', 'matched'])[1 + (row_number() over (order by id)) % 6] as state,
          (array['village', 'village', 'township', 'district', 'district', 'district'])[1 + (row_number() over (order by id)) % 6] as level
        from wishes.need) s
      where n.id = s.id`.execute(ctx.transaction)
    // As many steps as a need has that was taken up, linked and begun.
    await sql`insert into wishes.need_step (district, id, need_id, turn, division, careful, step, from_state, to_state, from_level, to_level,
        at, on_day, by_id, by_name, by_role)
      select n.district, gen_random_uuid(), n.id, 10 + s.turn, n.division, n.careful, s.step, 'submitted', 'submitted', n.level, n.level,
             n.told_at + make_interval(days => s.turn), n.told_on, current_setting('app.actor')::uuid, '', 'machine'
        from wishes.need n cross join (values (1, 'accept'), (2, 'match'), (3, 'start')) as s(turn, step)`.execute(
      ctx.transaction,
    )
  })
}

/** Everybody presses for each wish at the same moment. */
async function contest(): Promise<boolean> {
  const pool = await asked<{ id: Id }>(
    `select id from wishes.need where state = 'inWishPool' order by id limit ${wishes}`,
  )
  // Nobody may have more than twenty that wait.
  const claimants = Math.max(80, Math.ceil(presses / pool.length))
  const firms: Client[] = []
  for (let i = 0; i < claimants; i++) firms.push(await enter('provider', undefined))
  const officer = await enter('districtOfficer', district)
  let [pressed, won, told] = [0, 0, 0]
  const others = new Map<string, number>()
  const since = performance.now()
  for (const { id } of pool) {
    const wish = await officer.post('POST /needs/:needId/wish', {
      params: { needId: id },
      body: { words: '想要的一样东西', read: true },
    })
    if (wish.problem) throw new Error(wish.text)
    const answers = await Promise.all(
      firms.map(firm => firm.post('POST /wishes/:wishId/claim', { params: { wishId: wish.body.id }, body: {} })),
    )
    pressed += answers.length
    won += answers.filter(a => !a.problem).length
    told += answers.filter(a => a.problem?.code === 'wishes.alreadyTaken').length
    for (const { problem } of answers)
      if (problem && problem.code !== 'wishes.alreadyTaken')
        others.set(problem.code, (others.get(problem.code) ?? 0) + 1)
  }
  const seconds = (performance.now() - since) / 1000
  const [{ taken = 0 } = {}] = await asked<{ taken: number }>(
    `select count(*)::int as taken from wishes.wish where state = 'claimed'`,
  )
  const doubles = won - taken
  console.log(
    `${pressed} presses for ${pool.length} wishes in ${seconds.toFixed(0)} s: ${won} had one, ${told} were told who has it, ` +
      `${[...others].map(([code, n]) => `${n} ${code}`).join(', ') || 'nothing else'}; doubles: ${doubles}, goal 0: ${doubles === 0 && won === pool.length ? 'held' : 'MISSED'}`,
  )
  return doubles === 0 && won === pool.length
}

async function enter(role: 'districtOfficer' | 'operator' | 'provider', scope: string | undefined): Promise<Client> {
  const signInName = `bench-${role}-${String(newId())}`
  const organisation = role === 'provider' ? { organisationId: newId() } : {}
  const account = { name: '徐小英', signInName, role, scope: scope as never, ...organisation }
  await app.asMachine(ctx => createDemoAccounts(ctx, [account], password))
  const client = new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
  const answer = await client.post('POST /session', { body: { signInName, password } })
  if (answer.problem) throw new Error(answer.text)
  return client
}

async function timed<T extends { readonly problem?: unknown; readonly text: string }>(
  into: number[],
  work: () => Promise<T>,
): Promise<T> {
  const since = performance.now()
  const answer = await work()
  if (answer.problem) throw new Error(answer.text)
  into.push(performance.now() - since)
  return answer
}

async function asked<T>(text: string): Promise<readonly T[]> {
  return await app.asMachine(async ctx => (await sql<T>`${sql.raw(text)}`.execute(ctx.transaction)).rows)
}
