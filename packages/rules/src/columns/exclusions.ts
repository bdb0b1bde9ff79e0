import type { Period } from '../documents.ts'
import { timesYearly } from '../drafts.ts'
import type { Exclusion, Policy } from '../pool.ts'
import { isKnown, roundHalfUp, type Value } from '../value.ts'
import { eachLane } from './arena.ts'

/** One policy for everybody on the way to its result: the columns of drafts.ts's Draft. */
export interface Standing {
  readonly policy: Policy
  readonly size: number
  /** Who is looked at. */
  readonly looked: Int32Array
  readonly eligible: Int32Array
  readonly ineligible: Int32Array
  /** By lane, the number of the policy that goes before it, or -1. */
  excludedBy: Int16Array | undefined
  /** In the order in which they came about. */
  readonly choices: { readonly with: Policy; readonly plane: Int32Array }[]
  readonly period: Period | undefined
  /** Undefined where the rule gives no figure. */
  readonly amount: ((lane: number) => Value) | undefined
}

export interface Families {
  readonly households: number
  readonly first: Int32Array
  /** Planes over persons: who is known to be dead. */
  readonly dead: Int32Array
}

const has = (plane: Int32Array, lane: number): boolean => (((plane[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1
const add = (plane: Int32Array, lane: number): void => {
  ;(plane[lane >>> 5] as number) |= 1 << (lane & 31)
}
const remove = (plane: Int32Array, lane: number): void => {
  ;(plane[lane >>> 5] as number) &= ~(1 << (lane & 31))
}

/** What one cannot have together: as `exclude` of drafts.ts, for all households at once, the lines from top to bottom. */
export function excludeAll(lines: readonly Exclusion[], standings: readonly Standing[], families: Families): void {
  for (const line of lines) {
    const [a, b] = line.between.map(policy => standings[policy.number]) as [Standing, Standing]
    if (a.policy.scope === b.policy.scope) pair(line, a, b)
    else if (a.policy.scope === 'household') mixed(line, a, b, families)
    else mixed(line, b, a, families)
  }
}

/** Lanes of which neither is known to be ineligible. */
const bothIn = (a: Standing, b: Standing) => (w: number) =>
  (a.looked[w] as number) & (b.looked[w] as number) & ~((a.ineligible[w] as number) | (b.ineligible[w] as number))

function pair(line: Exclusion, a: Standing, b: Standing): void {
  if (line.winner === 'choose')
    return choose(a, b, w => bothIn(a, b)(w) & (a.eligible[w] as number) & (b.eligible[w] as number))
  if (line.winner !== 'higher') {
    const [winner, loser] = line.winner === a.policy ? [a, b] : [b, a]
    eachLane(0, a.size, bothIn(a, b), lane => lose(loser, lane, has(winner.eligible, lane), winner.policy))
    return
  }
  const chosen = new Int32Array(a.eligible.length)
  eachLane(0, a.size, bothIn(a, b), lane => {
    const [x, y] = [yearly(a, lane), yearly(b, lane)]
    if (x !== undefined && y !== undefined) {
      const winner = x === y ? (line.tie === b.policy ? b : a) : x > y ? a : b
      // The higher, once it is sure, goes before the other however that turns out.
      if (has(winner.eligible, lane)) return lose(winner === a ? b : a, lane, true, winner.policy)
    }
    const sure = has(a.eligible, lane) && has(b.eligible, lane)
    if (sure && isSettled(a, lane) && isSettled(b, lane)) return add(chosen, lane)
    remove(a.eligible, lane)
    remove(b.eligible, lane)
  })
  choose(a, b, w => chosen[w] as number)
}

function choose(a: Standing, b: Standing, both: (w: number) => number): void {
  const plane = Int32Array.from(a.eligible, (_, w) => both(w))
  a.choices.push({ with: b.policy, plane })
  b.choices.push({ with: a.policy, plane })
}

/** A household's benefit beside a person's. */
function mixed(line: Exclusion, household: Standing, person: Standing, { households, first, dead }: Families): void {
  const isIn = (w: number) => ~(household.ineligible[w] as number)
  const each = (h: number, visit: (lane: number) => void) => {
    for (let i = first[h] as number; i < (first[h + 1] as number); i++) if (has(person.looked, i)) visit(i)
  }
  if (line.winner === household.policy) {
    eachLane(0, households, isIn, h => each(h, i => lose(person, i, has(household.eligible, h), household.policy)))
    return
  }
  if (typeof line.winner === 'string') {
    const [ofHousehold, ofPerson] = [new Int32Array(household.eligible.length), new Int32Array(person.eligible.length)]
    eachLane(
      0,
      households,
      w => household.eligible[w] as number,
      h =>
        each(h, i => {
          if (!has(person.eligible, i)) return
          add(ofHousehold, h)
          add(ofPerson, i)
        }),
    )
    person.choices.push({ with: household.policy, plane: ofPerson })
    if (!household.choices.some(choice => choice.with === person.policy))
      household.choices.push({ with: person.policy, plane: ofHousehold })
    return
  }
  const winner = line.winner
  eachLane(0, households, isIn, h => {
    let [living, yes, no] = [0, 0, 0]
    each(h, i => {
      if (has(dead, i)) return
      living++
      if (has(person.eligible, i)) yes++
      else if (has(person.ineligible, i)) no++
    })
    if (living === 0) return
    const decided = line.any ? yes > 0 : no > 0
    const open = !decided && yes + no < living
    if (open) lose(household, h, false, winner)
    else if (decided === line.any) lose(household, h, true, winner)
  })
}

/** Shut out by a winner that is sure; left open by one that is open. */
function lose(loser: Standing, lane: number, sure: boolean, winner: Policy): void {
  if (has(loser.ineligible, lane)) return
  remove(loser.eligible, lane)
  if (!sure) return
  add(loser.ineligible, lane)
  loser.excludedBy ??= new Int16Array(loser.size).fill(-1)
  loser.excludedBy[lane] = winner.number
}

function yearly({ amount, period }: Standing, lane: number): number | undefined {
  const value = amount?.(lane)
  return typeof value === 'number' && period ? roundHalfUp(value) * timesYearly[period] : undefined
}

const isSettled = ({ amount }: Standing, lane: number): boolean => !amount || isKnown(amount(lane))
