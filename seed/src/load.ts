import { type Day, type DivisionCode, type Id, newId } from '@zhulian/kernel'
import type { Judgement } from '@zhulian/rules'
import type { App } from '../../server/src/app.ts'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { writeReceipts } from '../../server/src/modules/entitlements/index.ts'
import { seedOrganisations } from '../../server/src/modules/organisations/index.ts'
import { currentPool } from '../../server/src/modules/pools/index.ts'
import {
  enrolHouseholds,
  type NewHousehold,
  registeredOf,
  standingOf,
} from '../../server/src/modules/registry/index.ts'
import type { Ctx } from '../../server/src/platform/ctx.ts'
import { judgedAndCertified } from './certificates.ts'
import { type DistrictOptions, demoPeople, demoSeed, madeUpDistrict } from './district.ts'
import type { MadeUpHousehold } from './household.ts'
import { type KnownFamily, knownFamilies } from './known-families.ts'
import { type Random, randomOf } from './random.ts'
import { receiptsOf } from './receipts.ts'
import { knownColleagues, madeUpStaff } from './staff.ts'

export interface LoadOptions extends Omit<DistrictOptions, 'today'> {
  /** The one password of all made-up colleagues. */
  readonly password?: string
  /** Ages and dates hang on it. @default the office's today */
  readonly today?: Day
  /** Ends the load between two transactions. */
  readonly signal?: AbortSignal
  readonly onProgress?: (done: { readonly people: number; readonly of: number }) => void
}

export interface Loaded {
  readonly households: number
  readonly people: number
  readonly colleagues: number
  /** Accounts one signs in as. */
  readonly atWork: readonly Id[]
  /** By sign-in name. */
  readonly accounts: ReadonlyMap<string, Id>
  /** The households of the families the journeys tell of. */
  readonly families: Readonly<Record<KnownFamily, Id>>
  /** Households loaded now whom a service is meant for, two of a township each. */
  readonly suited: readonly Suited[]
}

interface Suited {
  readonly service: string
  readonly household: Id
  readonly village: DivisionCode
}

export const demoPassword = 'zhulian-demo-2021'
const atOnce = 1000

/**
 * Loads the made-up district into an open installation: colleagues, households, what is said of them, circles, receipts. A
 * thousand households a transaction, so that it shows progress and stops nobody; those registered already are left as they are.
 */
export async function loadDistrict(
  app: Pick<App, 'asMachine' | 'installation'>,
  options: LoadOptions = {},
): Promise<Loaded> {
  const { people: of = demoPeople, seed = demoSeed, password = demoPassword } = options
  const today = options.today ?? app.installation.clock.today()
  const staff = madeUpStaff(seed)
  const accounts = await app.asMachine(ctx => createDemoAccounts(ctx, staff, password))
  const officers = ['officer', 'officer-1'].flatMap(signInName => {
    const account = accounts.get(signInName)
    const name = staff.find(one => one.signInName === signInName)?.name
    return account && name ? [{ account, name }] : []
  })
  const [writer, signer] = officers
  if (writer && signer) await app.asMachine(ctx => seedOrganisations(ctx, writer, signer))
  const atWork = knownColleagues.flatMap(one => accounts.get(one.signInName) ?? [])
  const families: Partial<Record<KnownFamily, Id>> = {}
  const suited = new Map<string, Suited[]>()
  let [households, people] = [0, 0]
  const district = madeUpDistrict({ people: of, seed, today })
  for (;;) {
    options.signal?.throwIfAborted()
    const some = take(district, atOnce)
    if (some.length === 0) break
    await app.asMachine(async ctx => {
      const numbers = some.map(h => h.registerNo)
      const { households: there } = await registeredOf(ctx, numbers, [])
      const missing = some.filter(h => !there.has(h.registerNo))
      const places = new Map(numbers.map((registerNo, i) => [registerNo, households + i]))
      const randomAt = (stream: number, { registerNo }: MadeUpHousehold) =>
        randomOf(seed + stream, places.get(registerNo) ?? 0)
      const judged = await withStanding(ctx, missing, today, household => randomAt(2, household))
      const enrolled = await enrolHouseholds(
        ctx,
        judged.map(j => j.household),
      )
      const ids = new Map([...there].map(([registerNo, { id }]) => [registerNo, id]))
      enrolled.forEach(({ id }, i) => ids.set(missing[i]?.registerNo ?? '', id))
      for (const [registerNo, id] of ids) {
        const which = knownBy(registerNo)
        if (which) families[which] = id
      }
      const receipts = enrolled.flatMap(({ id, members }, i) => {
        const { household, judgement } = judged[i] as WithStanding
        const made = missing[i] as MadeUpHousehold
        noteSuited(suited, id, made, judgement)
        const isOutOfTouch = isLongWithoutGuide(made.division, places.get(made.registerNo) ?? 0)
        const home = { household: id, division: household.division, members, isOutOfTouch }
        return receiptsOf(randomAt(1, made), home, judgement, today)
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
  const { length: colleagues } = staff
  return {
    households,
    people,
    colleagues,
    accounts,
    atWork,
    families: families as Loaded['families'],
    suited: [...suited.values()].flat(),
  }
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

/** The village of the guide whom one signs in as had none for long: there is something to find there, however small the district. */
const isLongWithoutGuide = (division: string, place: number): boolean =>
  division === knownFamilies.grandmotherLu.division && place < 1600

interface WithStanding {
  readonly household: NewHousehold
  readonly judgement: Judgement
}

/** Judged before they are written, so that nothing is read back. */
async function withStanding(
  ctx: Ctx,
  households: readonly MadeUpHousehold[],
  today: Day,
  randomOf: (household: MadeUpHousehold) => Random,
): Promise<WithStanding[]> {
  const { pool, id: version } = await currentPool(ctx)
  return households.map(asMadeUp => {
    const members = asMadeUp.members.map(m => ({ ...m, id: newId(ctx.now.getTime()) }))
    const { made, facts, judgement } = judgedAndCertified(pool, asMadeUp, members, today, randomOf(asMadeUp))
    const standing = standingOf(facts, judgement, version)
    return { household: { ...made, members, standing }, judgement }
  })
}

function noteSuited(
  suited: Map<string, Suited[]>,
  household: Id,
  { division, registerNo }: MadeUpHousehold,
  { services }: Judgement,
): void {
  if (knownBy(registerNo)) return
  for (const [service, results] of Object.entries(services)) {
    if (!results.some(result => result.verdict === 'eligible')) continue
    const key = `${service} ${division.slice(0, 9)}`
    const there = suited.get(key) ?? []
    if (there.length >= 2 || there.some(one => one.village === division)) continue
    suited.set(key, [...there, { service, household, village: division as DivisionCode }])
  }
}

const knownBy = (registerNo: string | undefined): KnownFamily | undefined =>
  (Object.keys(knownFamilies) as KnownFamily[]).find(which => knownFamilies[which].registerNo === registerNo)
