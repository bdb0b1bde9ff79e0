import { demoPeople, demoSeed, knownFamilies, loadDistrict } from '@zhulian/seed'
import type { App } from '../../server/src/app.ts'
import { seedCases } from '../../server/src/modules/outreach/index.ts'
import { progressLine } from './progress.ts'

/** 青龙、五联、湖源、场口: where the named guides and clerks work. */
const villagesAtWork = ['330111109203', '330111109213', '330111205214', '330111110254']

/**
 * Loads the made-up district, with cases in every state, into an installation where nobody is registered; a load that was
 * cut short is begun anew.
 * @returns false where the district stands already or real people do; nothing is changed then
 */
export async function loadDemo(
  app: App,
  { people = demoPeople, seed = demoSeed }: { readonly people?: number; readonly seed?: number } = {},
): Promise<boolean> {
  const { owner } = app.installation.database
  const state = await owner.query<{ people: boolean; real: boolean; whole: boolean }>(`
    select exists (select from registry.household) as people,
           exists (select from registry.household where not made_up) as real,
           exists (select from platform.milestone where name = 'demo loaded') as whole`)
  const { people: some = false, real = false, whole = false } = state.rows[0] ?? {}
  if (whole || real) return false
  if (some) await owner.query('truncate registry.household, outreach.case, guidance.interview cascade')
  const since = performance.now()
  process.stdout.write('正在装入编造的示例区… Loading the made-up district…\n')
  const line = progressLine('人 people')
  const loaded = await loadDistrict(app, { people, seed, onProgress: done => line.show(done.people, done.of) })
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  line.end(
    `${loaded.people} 人 people · ${loaded.households} 户 households · ${loaded.colleagues} 名工作人员 colleagues · ${seconds} s`,
  )
  const lu = knownFamilies.grandmotherLu
  const asks = [{ name: lu.head, village: lu.division, household: loaded.families.grandmotherLu.household }]
  await app.asMachine(ctx => seedCases(ctx, villagesAtWork, 48, asks))
  await owner.query(`insert into platform.milestone (name, at) values ('demo loaded', now())`)
  return true
}
