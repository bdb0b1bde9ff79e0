import { demoPeople, loadDistrict } from '@zhulian/seed'
import { type RawBuilder, sql } from 'kysely'
import { followRegistry } from '../../server/src/modules/entitlements/index.ts'
import { line, ms, openGround, percentile } from '../screening/ground.ts'

/**
 * How long the first run over a made-up district takes, in wall time and in processor time of the server, and whether a guide
 * is answered meanwhile. The peer is the same question while nothing else goes on.
 */
const people = Number(process.env['BENCH_PEOPLE'] ?? demoPeople)
const ground = await openGround()
const village = '330111109203'
const district = { people, households: 0 }
try {
  const began = performance.now()
  const loaded = await loadDistrict(ground.app, { people })
  Object.assign(district, { people: loaded.people, households: loaded.households })
  console.log(`loaded ${district.people} people in ${district.households} households: ${seconds(began)}`)
  const guide = await ground.guide(village)
  const ask = async (into: number[]) => {
    const since = performance.now()
    const answer = await guide.get('GET /today', {})
    if (answer.problem) throw new Error(answer.text)
    into.push(performance.now() - since)
  }
  const quiet: number[] = []
  for (let i = 0; i < 60; i++) await ask(quiet)

  // The clock may have begun while the district was loading: the first run is begun again, whole.
  await ground.app.installation.database.owner.query(
    'truncate entitlements.run, entitlements.verdict, entitlements.finding',
  )
  const meanwhile: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  await ground.app.asMachine(followRegistry)
  while (await isRunning()) {
    await ask(meanwhile)
    await new Promise(done => setTimeout(done, 100))
  }
  const used = process.cpuUsage(cpu)
  const wall = performance.now() - start
  const [first] = await asked(
    sql<{
      households: number
      found: number
    }>`select r.households, (select count(*)::integer from entitlements.finding) as found from entitlements.run r order by r.started_at limit 1`,
  )
  if (!first) throw new Error('no run was begun')
  const processor = (used.user + used.system) / 1000
  console.log(
    `a run over ${first.households} households: ${(wall / 1000).toFixed(1)} s of wall time, ${(processor / 1000).toFixed(1)} s of the server's processor, ${ms(processor / district.households)} a household; ${first.found} findings`,
  )
  const ratio = percentile(meanwhile, 0.5) / percentile(quiet, 0.5)
  console.log(`a guide's first page while it runs against a quiet server: ${ratio.toFixed(1)} × at the median`)
  const held = [
    line('the first page, quiet', quiet, 500),
    line('the first page, while the registry is judged', meanwhile, 2000),
    goal('the first run', wall, 120_000),
  ]
  if (held.includes(false)) process.exitCode = 1
} finally {
  await ground.close()
}

/** As the machine: the owner of the tables sees no row of them. */
async function asked<T>(question: RawBuilder<T>): Promise<readonly T[]> {
  return await ground.app.asMachine(async ctx => (await question.execute(ctx.transaction)).rows)
}

async function isRunning(): Promise<boolean> {
  return (await asked(sql`select 1 from entitlements.run where state = 'running'`)).length > 0
}

function goal(what: string, wallMs: number, goalMs: number): boolean {
  console.log(`${what}: ${ms(wallMs)}; goal ${ms(goalMs)}: ${wallMs <= goalMs ? 'held' : 'MISSED'}`)
  return wallMs <= goalMs
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
