import { type Change, changes, yearlyCost } from '@zhulian/rules'
import { noGroup, type WholeRegistry } from './whole-registry.ts'

/** Who one side of a change touches; not hidden yet. */
export interface Side {
  readonly people: number
  readonly households: number
}

export interface CountedPolicy {
  readonly id: string
  readonly gained: Side
  readonly lost: Side
  readonly opened: Side
  /** Whole yuan a year. */
  readonly costNow: number
  readonly costTried: number
  /** People by township, in the order of {@link Counted.townships}. */
  readonly gainedIn: readonly number[]
  readonly lostIn: readonly number[]
}

/** What other figures do to everybody, as plain numbers: how few stand behind one is for who tells it. */
export interface Counted {
  readonly poolVersion: string
  readonly people: number
  readonly households: number
  readonly townships: readonly string[]
  readonly policies: readonly CountedPolicy[]
  /** By group (age × 2 + disability): people, who gains anything, who loses anything. */
  readonly groups: {
    readonly people: readonly number[]
    readonly gained: readonly number[]
    readonly lost: readonly number[]
  }
  /** By policy, of all that cost anything. */
  readonly cost: { readonly now: Readonly<Record<string, number>>; readonly tried: Readonly<Record<string, number>> }
  readonly ms: number
  readonly judgedMs: number
}

/** Other figures tried on a registry in memory. */
export function countTried(whole: WholeRegistry, figures: Readonly<Record<string, number>>): Counted {
  const began = performance.now()
  const { inForce, run } = whole
  const after = Object.keys(figures).length > 0 ? run.withParameters(figures) : inForce
  const judged = performance.now()
  const [gained, lost] = [new Uint8Array(whole.home.length), new Uint8Array(whole.home.length)]
  const tried = new Map(whole.cost)
  const policies = changes(inForce, after).map((change): CountedPolicy => {
    const is = after.policies.get(change.id)
    const costNow = whole.cost.get(change.id) ?? 0
    const costTried = is ? yearlyCost(is) : 0
    tried.set(change.id, costTried)
    const gains = sideOf(whole, change, change.gainers > 0 ? change.gained : undefined, gained)
    const losses = sideOf(whole, change, change.losers > 0 ? change.lost : undefined, lost)
    const opens = sideOf(whole, change, change.newlyOpen > 0 ? change.opened : undefined, undefined)
    return {
      id: change.id,
      gained: gains.side,
      lost: losses.side,
      opened: opens.side,
      costNow,
      costTried,
      gainedIn: gains.in,
      lostIn: losses.in,
    }
  })
  const groups = { people: groupsOf(whole, undefined), gained: groupsOf(whole, gained), lost: groupsOf(whole, lost) }
  return {
    poolVersion: whole.loaded.id,
    people: whole.people,
    households: whole.households,
    townships: whole.townships,
    policies,
    groups,
    cost: { now: Object.fromEntries(whole.cost), tried: Object.fromEntries(tried) },
    ms: tenths(performance.now() - began),
    judgedMs: tenths(judged - began),
  }
}

const tenths = (n: number) => Math.round(n * 10) / 10

/**
 * Walks the set bits of a plane once: people, their households, their townships; and marks them in `touched`. A household's
 * benefit reaches everybody living there.
 */
function sideOf(whole: WholeRegistry, { of }: Change, plane: Int32Array | undefined, touched: Uint8Array | undefined) {
  const { home, township, registry, inForce } = whole
  const counts = new Int32Array(whole.townships.length)
  let [people, households, lastHome] = [0, 0, -1]
  if (!plane) return { side: { people, households }, in: [...counts] }
  const meet = (lane: number, household: number) => {
    people++
    const place = township[household] as number
    counts[place] = (counts[place] as number) + 1
    if (touched) touched[lane] = 1
  }
  for (let w = 0; w < plane.length; w++) {
    let word = plane[w] as number
    while (word !== 0) {
      const lane = w * 32 + 31 - Math.clz32(word & -word)
      word &= word - 1
      const household = of === 'person' ? (home[lane] as number) : lane
      if (household !== lastHome) households++
      lastHome = household
      if (of === 'person') meet(lane, household)
      else {
        const until = registry.first[household + 1] as number
        for (let one = registry.first[household] as number; one < until; one++)
          if (has(inForce.living, one)) meet(one, household)
      }
    }
  }
  return { side: { people, households }, in: [...counts] }
}

const has = (plane: Int32Array, lane: number) => (((plane[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1

function groupsOf({ group }: WholeRegistry, touched: Uint8Array | undefined): number[] {
  const counts = new Int32Array(noGroup + 1)
  for (let lane = 0; lane < group.length; lane++) {
    const own = group[lane] as number
    counts[own] = (counts[own] as number) + (touched ? (touched[lane] as number) : 1)
  }
  return [...counts].slice(0, noGroup)
}
