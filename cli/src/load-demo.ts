import { addDays, type DivisionCode } from '@zhulian/kernel'
import { demoPeople, demoSeed, knownFamilies, loadDistrict, madeUpFiles, waitingDeliveries } from '@zhulian/seed'
import type { App } from '../../server/src/app.ts'
import { followRegistry } from '../../server/src/modules/entitlements/index.ts'
import { seedDoors } from '../../server/src/modules/doors/index.ts'
import { seedDelivery, seedFile } from '../../server/src/modules/feeds/index.ts'
import { countDays } from '../../server/src/modules/guidance/index.ts'
import {
  seedCare,
  seedCases,
  seedLeads,
  seedNetwork,
  seedPairing,
  seedProtected,
  seedSlips,
} from '../../server/src/modules/outreach/index.ts'
import { seedOrders, seedProjects } from '../../server/src/modules/projects/index.ts'
import { seedNeeds } from '../../server/src/modules/wishes/index.ts'
import { currentPool } from '../../server/src/modules/pools/index.ts'
import { isReached, reach } from '../../server/src/platform/milestone.ts'
import { progressLine } from './progress.ts'

/** 青龙、五联、湖源、场口: where the named guides and clerks work. */
const villagesAtWork = ['330111109203', '330111109213', '330111205214', '330111110254']

export interface DemoOptions {
  readonly people?: number
  readonly seed?: number
  /** Ends the load, which the next one takes up. */
  readonly signal?: AbortSignal
}

/**
 * Loads the made-up district, with cases in every state, to its end, once: what a load that was cut short had written stays,
 * and the rest is added. Processes that begin together take turns.
 * @returns false where it stands already; nothing is changed then
 */
export async function loadDemo(app: App, options: DemoOptions = {}): Promise<boolean> {
  const { people = demoPeople, seed = demoSeed, signal } = options
  const turn = await app.installation.database.owner.connect()
  try {
    while (!(await mayBegin(turn))) {
      signal?.throwIfAborted()
      await new Promise(done => setTimeout(done, 500))
    }
    if (await app.asMachine(ctx => isReached(ctx, 'demo loaded'))) return false
    await load(app, { people, seed, ...(signal && { signal }) })
    return true
  } finally {
    // The lock is the session's: it goes with the connection.
    turn.release(true)
  }
}

async function load(app: App, options: Required<Pick<DemoOptions, 'people' | 'seed'>> & DemoOptions): Promise<void> {
  const since = performance.now()
  process.stdout.write('正在装入编造的示例区… Loading the made-up district…\n')
  const line = progressLine('人 people')
  const loaded = await loadDistrict(app, { ...options, onProgress: done => line.show(done.people, done.of) })
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  line.end(
    `${loaded.people} 人 people · ${loaded.households} 户 households · ${loaded.colleagues} 名工作人员 colleagues · ${seconds} s`,
  )
  const lu = knownFamilies.grandmotherLu
  const asks = [{ name: lu.head, village: lu.division, household: loaded.families.grandmotherLu }]
  await app.asMachine(async ctx => {
    await seedCases(ctx, villagesAtWork, 48, asks)
    await seedProtected(ctx, lu.division as DivisionCode)
    await seedNetwork(ctx, loaded.atWork)
    const [sheng, xu] = [knownFamilies.shengFamily, knownFamilies.xuFamily]
    const grandmother = { household: loaded.families.grandmotherLu, village: lu.division as DivisionCode }
    const others = [
      { household: loaded.families.shengFamily, village: sheng.division as DivisionCode },
      { household: loaded.families.xuFamily, village: xu.division as DivisionCode },
    ]
    await seedSlips(ctx, [...others, grandmother])
    await seedLeads(ctx, grandmother)
    await seedPairing(ctx, [grandmother, ...others])
    await seedNeeds(ctx, [grandmother, ...others])
    await seedOrders(ctx, [grandmother, ...others])
    const [operator, firstOfficer] = [loaded.accounts.get('operator'), loaded.accounts.get('officer')]
    if (operator && firstOfficer) {
      const elsewhere = loaded.suited.filter(one => !villagesAtWork.includes(one.village))
      await seedProjects(ctx, { operator, officer: firstOfficer }, elsewhere)
    }
    await seedDoors(ctx, lu.division)
    const [guide, clerk] = [loaded.accounts.get('guide'), loaded.accounts.get('clerk')]
    if (guide && clerk) await seedCare(ctx, { ...grandmother, guide, clerk })
    const { documents } = await currentPool(ctx)
    for (const file of madeUpFiles({ ...options, today: ctx.today }, documents.facts)) await seedFile(ctx, file)
    const officer = loaded.accounts.get('officer-1')
    if (officer)
      for (const sent of waitingDeliveries({ ...options, today: ctx.today })) await seedDelivery(ctx, officer, sent)
    await reach(ctx, 'demo loaded')
  })
  // The lists need not wait for the next minute, nor the overview for the next hour.
  await app.asMachine(followRegistry)
  await app.asMachine(ctx => countDays(ctx, { since: addDays(ctx.today, -92) }))
}

async function mayBegin(session: { query(text: string): Promise<{ rows: { mine: boolean }[] }> }): Promise<boolean> {
  const { rows } = await session.query(`select pg_try_advisory_lock(hashtext('zhulian demo')) as mine`)
  return rows[0]?.mine === true
}
