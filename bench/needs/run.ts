import { type DivisionCode, type Id, newId } from '@zhulian/kernel'
import { loadDistrict } from '@zhulian/seed'
import { sql } from 'kysely'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { testClock } from '../../server/src/platform/clock.ts'
import { Client } from '../../server/test/client.ts'
import { line, openGround } from '../screening/ground.ts'
import { writeNeeds } from './write-needs.ts'

/**
 * How fast the board comes with 5,000 open needs, and a step of one; and whether of many who press for the same wish at the same moment
 * exactly one has it, however often. `npm run bench needs`; BENCH_CLAIMS presses for 1,000 wishes (100,000; none of it for 0).
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
  const loaded = await loadDistrict(app, { people: 12_600 })
  await writeNeeds(app, open)
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
    presses === 0 || (await contest()),
  ]
  if (held.includes(false)) process.exitCode = 1
} finally {
  await ground.close()
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
