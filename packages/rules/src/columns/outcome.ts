import { timesYearly } from '../drafts.ts'
import type { Period, PlanClass } from '../documents.ts'
import type { Tier, Verdict } from '../judgement.ts'
import { bitCount, eachLane } from './arena.ts'

const has = (plane: Int32Array, lane: number): boolean => (((plane[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1

/** How many bits are set. */
export function countOf(plane: Int32Array): number {
  let count = 0
  for (const word of plane) count += bitCount(word)
  return count
}

/**
 * A policy or service for every household or person of a registry. Planes hold one bit a lane, 32 to a word, the lowest
 * first; a lane is the number of the household, or of the person, in the order of the registry.
 */
export interface Outcome {
  readonly id: string
  readonly of: 'household' | 'person'
  readonly lanes: number
  /** Who is looked at: of a person policy the living, as a rule. */
  readonly looked: Int32Array
  readonly eligible: Int32Array
  readonly ineligible: Int32Array
  /** By lane, a number in {@link RegistryJudgement.tiers}, or -1; undefined where it says nothing of anybody. */
  readonly conditionalOn: Int8Array | undefined
}

export interface PolicyOutcome extends Outcome {
  /** By lane, the number of the policy (in the order of the pool) that goes before, or -1. */
  readonly excludedBy: Int16Array | undefined
  readonly choices: readonly { readonly with: string; readonly plane: Int32Array }[]
  readonly period: Period | undefined
  /** Yuan a period: by lane, NaN without a figure; or one figure for all who are eligible. */
  readonly amount: Float64Array | number | undefined
  /** Yuan, where the amount is open: by lane, NaN without one. */
  readonly atLeast: Float64Array | undefined
  readonly amountConditionalOn: Int8Array | undefined
}

/** Everything `judge` says but reasons and missing facts, of a whole registry. */
export interface RegistryJudgement {
  /** Plane over persons: not known to be dead. */
  readonly living: Int32Array
  readonly policies: ReadonlyMap<string, PolicyOutcome>
  readonly services: ReadonlyMap<string, Outcome>
  readonly circles: Circles
  readonly householdCircles: Circles
  readonly classes: Classes
  readonly tier: {
    /** By household, a number in `tiers`, or -1 where it is not known. */
    readonly household: Int8Array
    readonly predicted: Int8Array
    readonly persons: Int8Array
  }
  readonly tiers: readonly Tier[]
}

export interface Circles {
  /** By lane: 1 to 3, 0 for not in the base, -1 while it is open. */
  readonly circle: Int8Array
  /** By lane: the line of the circle file that holds, or -1. */
  readonly line: Int8Array
}

export interface Classes {
  /** By class, planes over households: it holds; it is open. */
  readonly holds: ReadonlyMap<PlanClass, Int32Array>
  readonly open: Int32Array
  /** By household: a number in the order of `holds`, or -1. */
  readonly primary: Int8Array
}

/** Undefined for a lane that is not looked at. */
export function verdictAt(outcome: Outcome, lane: number): Verdict | undefined {
  if (has(outcome.eligible, lane)) return 'eligible'
  if (has(outcome.ineligible, lane)) return 'ineligible'
  return has(outcome.looked, lane) ? 'undetermined' : undefined
}

/** Yuan a period, of a lane that is eligible and has a figure. */
export function amountAt({ amount, eligible }: PolicyOutcome, lane: number): number | undefined {
  if (amount === undefined || !has(eligible, lane)) return undefined
  const value = typeof amount === 'number' ? amount : (amount[lane] as number)
  return Number.isNaN(value) ? undefined : value
}

/** Who is eligible, with their lanes in order. */
export function lanesOf(plane: Int32Array): number[] {
  const lanes: number[] = []
  eachLane(
    0,
    plane.length * 32,
    w => plane[w] as number,
    lane => lanes.push(lane),
  )
  return lanes
}

/** Yuan a year of all who are eligible, as far as there are figures; one-off amounts count once. */
export function yearlyCost(outcome: PolicyOutcome): number {
  const { amount, period, eligible } = outcome
  if (amount === undefined || !period) return 0
  if (typeof amount === 'number') return amount * timesYearly[period] * countOf(eligible)
  let sum = 0
  eachLane(
    0,
    outcome.lanes,
    w => eligible[w] as number,
    lane => {
      const value = amount[lane] as number
      if (value === value) sum += value
    },
  )
  return sum * timesYearly[period]
}

/** What a change does to one policy. Planes are over the policy's lanes, made when they are asked for. */
export interface Change {
  readonly id: string
  readonly of: 'household' | 'person'
  readonly gained: Int32Array
  readonly lost: Int32Array
  /** Decided before, open now. */
  readonly opened: Int32Array
  readonly gainers: number
  readonly losers: number
  readonly newlyOpen: number
  /** Yuan a year, after less before. */
  readonly cost: number
}

/** Policies of which something differs: who gains, who loses, who is now open, and what it costs a year. */
export function changes(before: RegistryJudgement, after: RegistryJudgement): readonly Change[] {
  const found: Change[] = []
  for (const [id, was] of before.policies) {
    const is = after.policies.get(id)
    if (!is || is === was) continue
    const change = changeOf(was, is)
    if (change.gainers + change.losers + change.newlyOpen > 0 || change.cost !== 0) found.push(change)
  }
  return found
}

function changeOf(was: PolicyOutcome, is: PolicyOutcome): Change {
  let [gainers, losers, newlyOpen] = [0, 0, 0]
  const { eligible: a, ineligible: x } = was
  const { eligible: b, ineligible: y } = is
  // Planes are whole vectors of four words; most of them are as they were.
  for (let v = 0; v < a.length; v += 4) {
    const differ =
      ((a[v] as number) ^ (b[v] as number)) |
      ((x[v] as number) ^ (y[v] as number)) |
      ((a[v + 1] as number) ^ (b[v + 1] as number)) |
      ((x[v + 1] as number) ^ (y[v + 1] as number)) |
      ((a[v + 2] as number) ^ (b[v + 2] as number)) |
      ((x[v + 2] as number) ^ (y[v + 2] as number)) |
      ((a[v + 3] as number) ^ (b[v + 3] as number)) |
      ((x[v + 3] as number) ^ (y[v + 3] as number))
    if (differ === 0) continue
    for (let w = v; w < v + 4; w++) {
      const before = a[w] as number
      const after = b[w] as number
      gainers += bitCount(after & ~before)
      losers += bitCount(before & ~after)
      newlyOpen += bitCount((before | (x[w] as number)) & ~(after | (y[w] as number)))
    }
  }
  // One figure for all, the same as before: what changes is how many.
  const cost =
    typeof is.amount === 'number' && is.amount === was.amount
      ? is.amount * (is.period ? timesYearly[is.period] : 0) * (gainers - losers)
      : yearlyCost(is) - yearlyCost(was)
  return {
    id: is.id,
    of: is.of,
    gainers,
    losers,
    newlyOpen,
    cost,
    get gained() {
      return b.map((word, w) => word & ~(a[w] as number))
    },
    get lost() {
      return a.map((word, w) => word & ~(b[w] as number))
    },
    get opened() {
      return a.map((word, w) => (word | (x[w] as number)) & ~((b[w] as number) | (y[w] as number)))
    },
  }
}
