import { type Day, type Id, newId } from '@zhulian/kernel'
import { type Judgement, judgeBare } from '@zhulian/rules'
import type { App } from '../../server/src/app.ts'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { writeReceipts } from '../../server/src/modules/entitlements/index.ts'
import { currentPool } from '../../server/src/modules/pools/index.ts'
import { enrolHouseholds, judgeableOf, type NewHousehold, standingOf } from '../../server/src/modules/registry/index.ts'
import type { Ctx } from '../../server/src/platform/ctx.ts'
import { type DistrictOptions, demoPeople, demoSeed, madeUpDistrict } from './district.ts'
import type { MadeUpHousehold } from './household.ts'
import { type KnownFamily, knownFamilies } from './known-families.ts'
import { randomOf } from './random.ts'
import { receiptsOf } from './receipts.ts'
import { madeUpStaff } from './staff.ts'

export interface LoadOptions extends Omit<DistrictOptions, 'today'> {
  /** The one password of all made-up colleagues. */
  readonly password?: string
  /** Ages and dates hang on it. @default the office's today */
  readonly today?: Day
  readonly onProgress?: (done: { readonly people: number; readonly of: number }) => void
}

export interface Loaded {
  readonly households: number
  readonly people: number
  readonly colleagues: number
  /** Accounts by sign-in name. */
  readonly accounts: ReadonlyMap<string, Id>
  /** The families the journeys tell of: household and members, the head first. */
  readonly families: Readonly<Record<KnownFamily, { readonly household: Id; readonly members: readonly Id[] }>>
}

export const demoPassword = 'zhulian-demo-2021'
const atOnce = 1000

/**
 * Loads the made-up district into an open, empty installation: colleagues, households, what is said of them, circles.
 * A thousand households a transaction, so that it shows progress and stops nobody.
 */
export async function loadDistrict(
  app: Pick<App, 'asMachine' | 'installation'>,
  options: LoadOptions = {},
): Promise<Loaded> {
  const { people: of = demoPeople, seed = demoSeed, password = demoPassword } = options
  const today = options.today ?? app.installation.clock.today()
  const staff = madeUpStaff(seed)
  const accounts = await app.asMachine(ctx => createDemoAccounts(ctx, staff, password))
  const families: Partial<Record<KnownFamily, Loaded['families'][KnownFamily]>> = {}
  let [households, people] = [0, 0]
  const district = madeUpDistrict({ people: of, seed, today })
  for (;;) {
    const some = take(district, atOnce)
    if (some.length === 0) break
    await app.asMachine(async ctx => {
      const judged = await withStanding(ctx, some, today)
      const enrolled = await enrolHouseholds(
        ctx,
        judged.map(j => j.household),
      )
      enrolled.forEach(({ id, members }, i) => {
        const which = knownBy(some[i]?.registerNo)
        if (which) families[which] = { household: id, members }
      })
      const receipts = enrolled.flatMap(({ id, members }, i) => {
        const { household, judgement } = judged[i] as JudgedHousehold
        const home = { household: id, division: household.division, members }
        return receiptsOf(randomOf(seed + 1, households + i), home, judgement, today)
      })
      await writeReceipts(ctx, receipts, true)
    })
    households += some.length
    people += some.reduce((sum, h) => sum + h.members.length, 0)
    options.onProgress?.({ people, of })
  }
  // Without figures the planner takes the new tables for empty.
  const filled = ['household', 'person', 'name_gram', 'membership', 'statement', 'circle_change'].map(
    t => `registry.${t}`,
  )
  for (const table of [...filled, 'entitlements.receipt'])
    await app.installation.database.owner.query(`analyze ${table}`)
  return { households, people, colleagues: staff.length, accounts, families: families as Loaded['families'] }
}

function take<T>(from: Iterator<T>, most: number): T[] {
  const some: T[] = []
  while (some.length < most) {
    const next = from.next()
    if (next.done) break
    some.push(next.value)
  }
  return some
}

interface JudgedHousehold {
  readonly household: NewHousehold
  readonly judgement: Judgement
}

/** Judged before they are written, so that nothing is read back. */
async function withStanding(ctx: Ctx, households: readonly MadeUpHousehold[], today: Day): Promise<JudgedHousehold[]> {
  const { pool, id: version } = await currentPool(ctx)
  return households.map(made => {
    const members = made.members.map(m => ({ ...m, id: newId(ctx.now.getTime()) }))
    const facts = judgeableOf(made.division, made.statements, members)
    const judgement = judgeBare(pool, facts, today)
    const standing = standingOf(facts, judgement, version)
    return { household: { ...made, members, standing }, judgement }
  })
}

const knownBy = (registerNo: string | undefined): KnownFamily | undefined =>
  (Object.keys(knownFamilies) as KnownFamily[]).find(which => knownFamilies[which].registerNo === registerNo)
