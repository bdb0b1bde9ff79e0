import { addDays, type Day } from '@zhulian/kernel'
import { demoPeople, loadDistrict } from '@zhulian/seed'
import { type RawBuilder, sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { followRegistry } from '../../server/src/modules/entitlements/index.ts'
import { usePool } from '../../server/src/modules/pools/current-pool.ts'
import { currentPool } from '../../server/src/modules/pools/index.ts'
import { factsOfMany, recordFacts } from '../../server/src/modules/registry/index.ts'
import { testClock } from '../../server/src/platform/clock.ts'
import { line, ms, openGround, percentile } from '../screening/ground.ts'

/**
 * What it takes to judge a made-up district as a whole, and to follow it: everybody, after one household changed, after one
 * figure was published, on a new day; and whether a guide is answered meanwhile. The peer of each following is the whole run.
 */
const people = Number(process.env['BENCH_PEOPLE'] ?? demoPeople)
const [minute, day] = [60_000, 86_400_000]
const clock = testClock('2021-09-26T09:00:00+08:00')
const ground = await openGround({ clock })
const { app } = ground
const village = '330111109203'

interface Run {
  readonly kind: string
  readonly state: string
  readonly looked: number | null
  readonly households: number
  readonly changed: number
}

try {
  const began = performance.now()
  const loaded = await loadDistrict(app, { people })
  console.log(
    `loaded ${loaded.people} people in ${loaded.households} households: ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
  // What a session lasts is shorter than the days that pass here.
  let guide = await ground.guide(village)
  const passDay = async () => {
    clock.advance(day)
    guide = await ground.guide(village)
  }
  const ask = async (into: number[]) => {
    const since = performance.now()
    const answer = await guide.get('GET /today', {})
    if (answer.problem) throw new Error(answer.text)
    into.push(performance.now() - since)
  }
  const quiet: number[] = []
  for (let i = 0; i < 60; i++) await ask(quiet)

  /** One follow-up, as the clock asks for each minute, to the end of the run it begins. */
  async function follow(what: string, wholeMs?: number, meanwhile: number[] = []): Promise<number> {
    clock.advance(minute)
    const cpu = process.cpuUsage()
    const since = performance.now()
    const following = app.asMachine(followRegistry).then(() => app.jobs.settle())
    let isOver = false
    const over = following.finally(() => (isOver = true))
    while (!isOver) {
      await ask(meanwhile)
      await Promise.race([over, sleep(100)])
    }
    const { failures } = await over
    if (failures[0]) throw failures[0].error
    const wall = performance.now() - since
    const used = process.cpuUsage(cpu)
    const [run] = await asked<Run>(
      sql`select kind, state, looked, households, changed from entitlements.run order by id desc limit 1`,
    )
    if (run?.state !== 'done') throw new Error(`${what}: the run is ${run?.state ?? 'not there'}`)
    const looked = run.looked === null ? '' : `${run.looked} gone through in columns, `
    console.log(
      `${what}: ${(wall / 1000).toFixed(2)} s of wall time, ${((used.user + used.system) / 1e6).toFixed(2)} s of the server's processor; ${run.kind}: ${looked}${run.households} judged, ${run.changed} written${wholeMs === undefined ? '' : `; ${(wall / wholeMs).toFixed(3)} of the whole`}`,
    )
    return wall
  }

  const meanwhile: number[] = []
  const whole = await follow('everybody', undefined, meanwhile)
  const [lists] = await asked<{ unclaimed: number; recheck: number }>(
    sql`select count(distinct household_id) filter (where kind = 'unclaimed')::integer as unclaimed, count(distinct household_id) filter (where kind = 'recheck')::integer as recheck from entitlements.finding`,
  )
  console.log(`households on the lists: ${lists?.unclaimed} unclaimed, ${lists?.recheck} to recheck`)

  await app.asMachine(async ctx => {
    const [row] = (
      await sql<{ id: string }>`select id from registry.household order by id limit 1`.execute(ctx.transaction)
    ).rows
    const [home] = await factsOfMany(ctx, [row?.id as never])
    const person = home?.members[0]
    if (!home || !person) throw new Error('nobody is there')
    const facts = { hasDisabilityCertificate: true, disabilityLevel: 1 }
    await recordFacts(ctx, home.id, { source: 'verified', origin: '入户核查', persons: [{ id: person.id, facts }] })
  })
  const one = await follow('one household changed', whole)

  await passDay()
  const goneThrough: number[] = []
  const cold = await follow('a new day, the registry not yet in memory', whole, goneThrough)
  await passDay()
  const newDay = await follow('a new day', whole)

  const publish = async (name: string, value: number, from: Day) =>
    await app.asMachine(async ctx => {
      const { documents } = await currentPool(ctx)
      const parameters = documents.parameters.map(p =>
        p.name === name ? { ...p, rows: [...p.rows.filter(r => r.from < from), { from, value }] } : p,
      )
      await usePool(ctx, { ...documents, parameters })
    })
  await publish('disabilityCare.full', 510, clock.today())
  const narrow = await follow('a figure of one rule published', whole)
  await publish('dibaoStandard', 1130, clock.today())
  const figure = await follow('the dibao standard raised to 1,130 yuan', whole)
  await publish('dibaoStandard', 1160, addDays(clock.today(), 1))
  const later = await follow('a figure of tomorrow published', whole)
  await passDay()
  const inForce = await follow('and in force', whole)

  const ratio = percentile(meanwhile, 0.5) / percentile(quiet, 0.5)
  console.log(
    `a guide's first page while everybody is judged against a quiet server: ${ratio.toFixed(1)} × at the median`,
  )
  const held = [
    line('the first page, quiet', quiet, 500),
    line('the first page, while everybody is judged', meanwhile, 2000),
    line('the first page, while everybody is gone through', goneThrough, 2000),
    goal('everybody', whole, 60_000),
    goal('one household', one, 1000),
    goal('a new day, the registry not yet in memory', cold, 30_000),
    goal('a new day, the registry in memory', newDay, 5000),
    goal('a figure of one rule', narrow, 10_000),
    goal('the slowest figure', Math.max(figure, later, inForce), 20_000),
  ]
  if (held.includes(false)) process.exitCode = 1
} finally {
  await ground.close()
}

/** As the machine: the owner of the tables sees no row of them. */
async function asked<T>(question: RawBuilder<T>): Promise<readonly T[]> {
  return await app.asMachine(async ctx => (await question.execute(ctx.transaction)).rows)
}

function goal(what: string, wallMs: number, goalMs: number): boolean {
  console.log(`${what}: ${ms(wallMs)}; goal ${ms(goalMs)}: ${wallMs <= goalMs ? 'held' : 'MISSED'}`)
  return wallMs <= goalMs
}
