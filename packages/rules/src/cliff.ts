import type { Day } from '@zhulian/kernel'
import { amountAt, lanesOf } from './columns/outcome.ts'
import { judgeAll } from './columns/judge-all.ts'
import { type Registry, registryOf } from './columns/registry.ts'
import { amountOf, draftAll, exclude, heldBy, timesYearly } from './drafts.ts'
import type { HouseholdFacts, PersonFacts } from './judgement.ts'
import { Missing } from './missing.ts'
import { inForce, type Policy, type PolicyRule, type Pool } from './pool.ts'
import { references } from './references.ts'
import { Household, type Supposed } from './world.ts'

/** What a household has in a month when one member earns `wage`, all in yuan. */
export interface CliffPoint {
  readonly wage: number
  /** Income of all members. */
  readonly income: number
  /** Benefits with a figure, all policies together; a yearly one by the month, single payments left out. */
  readonly help: number
  readonly net: number
}

/** Between two points, earning more leaves the household with less. */
export interface Fall {
  readonly from: number
  readonly to: number
  /** Yuan a month, positive. */
  readonly by: number
  /** Policies that end or shrink there, the largest loss first; yuan a month. */
  readonly because: readonly { readonly policy: string; readonly less: number }[]
}

export interface Cliff {
  /** The key of the member whose wage is varied. */
  readonly person: string
  /** The present wage; undefined when it is not known. */
  readonly wage: number | undefined
  readonly points: readonly CliffPoint[]
  readonly falls: readonly Fall[]
}

export interface CliffOptions {
  /** Whose wage. @default who earns most of those who can work, else the first who can */
  readonly person?: string
  /** The highest wage looked at, yuan a month. @default twice the present one, at least 2.5 times the dibao line of the whole household */
  readonly to?: number
  /** @default 101 */
  readonly count?: number
}

const smallest = 1

/**
 * What becomes of a household's means when one member earns more: income and the benefits of all policies together, at
 * evenly spaced wages from 0 on. Tiers are taken as the rules would decide them anew at each wage; what the household
 * holds today and what hangs on when it began is left aside. Small steps hide nothing: a fall shows between two points.
 * @returns undefined when nobody in the household can work, or it cannot be told what its income is
 */
export function cliffOf(pool: Pool, facts: HouseholdFacts, on: Day, options: CliffOptions = {}): Cliff | undefined {
  const world = new Household(pool, facts, on)
  const fact = (name: string, who: number) => world.fact(pool.factNumbers.get(name) ?? -1, who)
  const who = options.person === undefined ? earner(world, fact) : world.persons.indexOf(options.person)
  const person = world.persons[who]
  if (person === undefined) return undefined
  const wage = numberOr(fact('person.wageMonthly', who))
  const line = numberOr(world.parameter(pool.parameters.findIndex(p => p.name === 'dibaoStandard'))) ?? 1000
  const top = options.to ?? Math.ceil(Math.max(2 * (wage ?? 0), 2.5 * line * world.size) / 100) * 100
  const count = Math.max(2, options.count ?? 101)
  const wages = Array.from({ length: count }, (_, i) => round((top * i) / (count - 1)))
  const others = incomeOf(world, fact, who)
  if (others === undefined) return undefined
  const helps = helpsAt(wages, new Household(pool, earning(facts, person, 0), on).copy(), who)
  const points = wages.map((earned, i) => {
    const help = round([...(helps[i] as Map<string, number>).values()].reduce((a, b) => a + b, 0))
    return { wage: earned, income: round(others + earned), help, net: round(others + earned + help) }
  })
  return { person, wage, points, falls: fallsOf(points, helps) }
}

/**
 * Yuan a month by policy, at each wage. One household by closures: what does not rest on the wage is worked out once, and
 * nothing is planned. A family of four at 101 wages on a quiet machine: 27 ms by columns made for it, 7 ms so.
 */
function helpsAt(wages: readonly number[], world: Supposed, who: number): readonly ReadonlyMap<string, number>[] {
  const { pool } = world
  const wage = pool.factNumbers.get('person.wageMonthly') ?? -1
  const figures = pool.policies.flatMap(policy => {
    const period = inForce(policy.rules, world.today)?.document.benefit.period
    return period && period !== 'once' ? [{ policy, times: timesYearly[period] / 12 }] : []
  })
  // Others matter by what they exclude, and by being held.
  const beside = pool.exclusions.flatMap(({ between }) => between)
  const held = pool.policies.filter(policy =>
    figures.some(({ policy: { rules } }) => rules.some(r => reads(r, policy))),
  )
  const only = new Set([...figures.map(f => f.policy), ...beside, ...held])
  return wages.map(earned => {
    world.suppose(wage, who, earned)
    const missing = new Missing(world)
    const drafts = draftAll(pool, world, missing, only)
    exclude(pool.exclusions, drafts, world, missing)
    world.heldBy = heldBy(drafts)
    const by = new Map<string, number>()
    for (const { policy, times } of figures) {
      let sum = 0
      for (const draft of drafts[policy.number] ?? []) {
        const value = draft.verdict === 'eligible' ? amountOf(draft, world) : undefined
        if (typeof value === 'number') sum += value
      }
      if (sum > 0) by.set(policy.id, sum * times)
    }
    return by
  })
}

const reads = ({ amount, atLeast }: PolicyRule, { number }: Policy): boolean =>
  [amount, atLeast].some(node => node && references(node).has(`h${number}`))

/** A registry whose earners all earn a little more: what each household then has in a month. */
export interface RaisedWages {
  /** Whether anybody in the household can work, and its income is known. */
  readonly counts: readonly boolean[]
  /**
   * Yuan a month, own income and help together, when every earner's wage rises by a share of the household's income (by 50
   * yuan at the least for the whole share of 0.1). NaN where the household does not count.
   */
  at(share: number): Float64Array
  /** The same households by other figures; what does not depend on them is not put together again. */
  by(pool: Pool): RaisedWages
}

const leastWay = 50
const whole = 0.1

interface Earner {
  readonly key: string
  readonly wage: number
  readonly others: number
  readonly way: number
}

/** As {@link cliffOf}, for many households at once and a short way ahead of each. */
export function raisedWages(pool: Pool, all: readonly HouseholdFacts[], on: Day): RaisedWages {
  return raised(pool, all, on, earnersOf(pool, all, on), new Map())
}

function earnersOf(pool: Pool, all: readonly HouseholdFacts[], on: Day): readonly (Earner | undefined)[] {
  return all.map(facts => {
    const world = new Household(pool, facts, on)
    const fact = (name: string, who: number) => world.fact(pool.factNumbers.get(name) ?? -1, who)
    const who = earner(world, fact)
    const others = who < 0 ? undefined : incomeOf(world, fact, who)
    if (others === undefined) return undefined
    const wage = fact('person.wageMonthly', who) as number
    return { key: world.persons[who] as string, wage, others, way: Math.max(leastWay, whole * (others + wage)) }
  })
}

function raised(
  pool: Pool,
  all: readonly HouseholdFacts[],
  on: Day,
  earners: readonly (Earner | undefined)[],
  registries: Map<number, Registry>,
): RaisedWages {
  // Who has no earner is left out of the columns: putting them together takes most of the time.
  const counting = earners.flatMap((own, lane) => (own ? [{ own, lane, facts: all[lane] as HouseholdFacts }] : []))
  const more = (own: Earner, share: number) => (own.way * share) / whole
  const registryAt = (share: number) => {
    const found =
      registries.get(share) ??
      registryOf(
        pool,
        counting.map(({ own, facts }) => earning(facts, own.key, round(own.wage + more(own, share)))),
      )
    registries.set(share, found)
    return found
  }
  return {
    counts: earners.map(e => e !== undefined),
    at(share) {
      const registry = registryAt(share)
      const net = new Float64Array(all.length).fill(Number.NaN)
      const home = new Int32Array(registry.first.at(-1) ?? 0)
      counting.forEach(({ own, lane }, i) => {
        net[lane] = own.others + own.wage + more(own, share)
        home.fill(lane, registry.first[i], registry.first[i + 1])
      })
      for (const outcome of judgeAll(pool, registry, on).judgement.policies.values()) {
        if (!outcome.period || outcome.period === 'once') continue
        for (const i of lanesOf(outcome.eligible)) {
          const lane = outcome.of === 'household' ? (counting[i] as { lane: number }).lane : (home[i] as number)
          net[lane] = (net[lane] as number) + ((amountAt(outcome, i) ?? 0) * timesYearly[outcome.period]) / 12
        }
      }
      return net
    },
    by(other) {
      const own = earnersOf(other, all, on)
      const isSame = own.every((e, i) => isSameEarner(e, earners[i]))
      return raised(other, all, on, own, isSame ? registries : new Map())
    },
  }
}

const isSameEarner = (a: Earner | undefined, b: Earner | undefined) =>
  a === b || (a !== undefined && b !== undefined && a.key === b.key && a.wage === b.wage && a.others === b.others)

type Find = (name: string, who: number) => unknown

/** Of the living who can work the one with the highest wage. */
function earner(world: Household, fact: Find): number {
  let [found, most] = [-1, -1]
  for (let i = 0; i < world.size; i++) {
    if (world.living(i) === false || !['full', 'partial'].includes(String(fact('person.workCapacity', i)))) continue
    const wage = numberOr(fact('person.wageMonthly', i)) ?? 0
    if (wage > most) [found, most] = [i, wage]
  }
  return found
}

/** Of everybody, without the wage that is varied. */
function incomeOf(world: Household, fact: Find, who: number): number | undefined {
  let sum = 0
  for (let i = 0; i < world.size; i++) {
    if (world.living(i) === false) continue
    const own = numberOr(fact('person.incomeMonthly', i))
    const wage = numberOr(fact('person.wageMonthly', i))
    if (own === undefined || (i === who && wage === undefined)) return undefined
    sum += own - (i === who ? (wage as number) : 0)
  }
  return sum
}

/** The same household at another wage, with no tier granted and no job taken up lately. */
const earning = ({ household, persons }: HouseholdFacts, key: string, wage: number): HouseholdFacts => ({
  household: { ...household, certifiedTier: 'none', exitedTierWithin: null },
  persons: persons.map((p): PersonFacts => (p.key === key ? { ...p, wageMonthly: wage } : p)),
})

function fallsOf(points: readonly CliffPoint[], helps: readonly ReadonlyMap<string, number>[]): Fall[] {
  return points.flatMap((from, i) => {
    const to = points[i + 1]
    if (!to || from.net - to.net < smallest) return []
    const [before, after] = [helps[i], helps[i + 1]] as [ReadonlyMap<string, number>, ReadonlyMap<string, number>]
    const because = [...before]
      .map(([policy, had]) => ({ policy, less: round(had - (after.get(policy) ?? 0)) }))
      .filter(({ less }) => less > 0)
      .sort((a, b) => b.less - a.less)
    return [{ from: from.wage, to: to.wage, by: round(from.net - to.net), because }]
  })
}

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const round = (x: number) => Math.round(x * 100) / 100
