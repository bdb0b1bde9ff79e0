import type { Step } from './assign.ts'
import { type Explanation, explanationOf } from './explain.ts'
import { isNew, isOpen, isWhole, most, type Need, Pairs, parts } from './pairs.ts'
import { Search } from './search.ts'
import { Standing } from './standing.ts'
import { begin } from './start.ts'

/** So many places, or places in steps, each with a cost of its own on top of the pair: costs rise, beyond the last step is no place. */
export type Places = number | readonly Step[]

/** Needs that are given whole, each to one taker at most, and takers with places. All numbers are whole. */
export interface Wanted {
  readonly needs: readonly Need[]
  readonly takers: readonly Places[]
  /** Where each need was: at a taker, null where it was open, undefined where it was not there. */
  readonly before?: readonly (number | null | undefined)[]
}

export type Change =
  /** A need that is new (its number is the next one) or no longer as it was. */
  | { readonly need: number; readonly is: Need }
  | { readonly need: number; readonly isGone: true }
  /** A taker that is new (its number is the next one) or has other places than before; one who is gone has none. */
  | { readonly taker: number; readonly places: Places }

export interface Move {
  readonly need: number
  /** Null: was open, or was not there. */
  readonly from: number | null
  /** Null: is open, or is gone. */
  readonly to: number | null
}

export interface PlacePrice {
  readonly taker: number
  readonly places: number
  readonly used: number
  /** What the whole would cost less with one more place here that costs nothing itself; exact. */
  readonly saves: number
  /** What the whole would cost more with the last of these places gone; exact. Null where there is none. */
  readonly costs: number | null
  /**
   * Between so many places and so many each one saves just this. Looked at as far as `within` places either way; `to` is null where
   * no further place would ever save anything.
   */
  readonly from: number
  readonly to: number | null
}

/** Who takes what, kept up as things change. Needs and takers are known by their numbers; those that are gone keep theirs. */
export interface Placement {
  readonly needs: number
  readonly takers: number
  /** Of pairs, places and what is left open together; nothing else would cost less. */
  readonly cost: number
  /** The taker of a need; null where it is left open. */
  takerOf(need: number): number | null
  /**
   * What one more place at each taker would save. With these prices nobody would rather be elsewhere: a need's cost and price where
   * it is are at most those anywhere else and at most what leaving it open costs, and a place that is free has no price.
   */
  prices(): readonly number[]
  /** The price of one taker's places and between which numbers of places it holds; 100 places either way are looked at unless said. */
  priceOf(taker: number, within?: number): PlacePrice
  /** Why a need is where it is and not with any other taker; `why` is asked for those that are none of its pairs. */
  explain<Why>(need: number, why: (taker: number) => Why): Explanation<Why>
  /**
   * What is changed at once and who moves by it: what costs least afterwards, and of what costs the same that in which most stay
   * where they are.
   * @throws RangeError as {@link openPlacement} does; then nothing is changed
   */
  change(changes: readonly Change[]): readonly Move[]
}

/**
 * Gives each need to a taker or leaves it open so that the whole costs least. Of what costs the same that is taken in which most
 * needs stay where they were; one that was not there is rather given than left open.
 * @throws RangeError where a number is not whole or too large (costs from 0 to 2^31 - 1; at most 131,071 needs, 65,536 takers and
 * 16,777,216 pairs), a need lists a taker twice or one that is none, or a step is cheaper than the one before it
 */
export function openPlacement({ needs, takers, before = [] }: Wanted): Placement {
  const steps = takers.map(stepsOf)
  const pairs = new Pairs(takers.length)
  checkSizes(needs.length, takers.length, sizeOf(needs))
  for (const [n, need] of needs.entries()) {
    pairs.check(need, takers.length)
    const was = before[n]
    if (was !== undefined && was !== null && !(Number.isInteger(was) && was >= 0))
      throw new RangeError(`need ${n} was at no taker: ${was}`)
  }
  pairs.reserve(needs.length, sizeOf(needs))
  for (const [n, need] of needs.entries()) {
    const was = before[n]
    pairs.set(n, need, was === undefined ? isNew : (was ?? isOpen))
  }
  return new Kept(pairs, new Standing(pairs, steps))
}

class Kept implements Placement {
  readonly #pairs: Pairs
  readonly #on: Standing
  readonly #search: Search
  readonly #gone = new Set<number>()
  #prices: readonly number[] | undefined

  constructor(pairs: Pairs, on: Standing) {
    this.#pairs = pairs
    this.#on = on
    this.#search = new Search(on.takers)
    begin(on, this.#search)
    for (let n = 0; n < pairs.needs; n++) on.settle(n)
  }

  get needs(): number {
    return this.#pairs.needs
  }

  get takers(): number {
    return this.#on.takers
  }

  get cost(): number {
    return costOf(this.#on)
  }

  takerOf(need: number): number | null {
    this.#checkNeed(need)
    const taker = this.#on.takerOf(need)
    return taker === isOpen ? null : taker
  }

  prices(): readonly number[] {
    const { price, takers } = this.#on
    if (!this.#prices) {
      const far = this.#search.waysFromOpen(this.#on)
      this.#prices = Array.from({ length: takers }, (_, t) => Math.round((price[t]! - far[t]!) / parts))
    }
    return this.#prices
  }

  priceOf(taker: number, within = 100): PlacePrice {
    const on = this.#on
    this.#checkTaker(taker)
    if (!(Number.isInteger(within) && within > 0)) throw new RangeError(`no whole number of places: ${within}`)
    const [places, saves] = [placesOf(on.steps[taker]!), this.prices()[taker]!]
    let [from, to]: [number, number | null] = [places, saves === 0 ? null : places + 1]
    const more = on.fork()
    for (let cost = this.cost; to !== null && to <= places + within; to++) {
      more.setSteps(taker, [{ units: 1, cost: 0 }, ...more.steps[taker]!])
      this.#search.fill(more, taker, nobody)
      const now = costOf(more)
      if (cost - now !== saves) break
      cost = now
    }
    const fewer = on.fork()
    let costs: number | null = null
    for (let cost = this.cost; from > 0 && places - from < within; from--) {
      for (const need of fewer.limit(taker, withoutLast(fewer.steps[taker]!))) this.#search.give(fewer, need, nobody)
      const now = costOf(fewer)
      costs ??= now - cost
      if (now - cost !== saves) break
      cost = now
    }
    return { taker, places, used: on.load[taker]!, saves, costs, from, to: to === null ? null : to - 1 }
  }

  explain<Why>(need: number, why: (taker: number) => Why): Explanation<Why> {
    this.#checkNeed(need)
    return explanationOf(this.#on, this.#search, need, why)
  }

  change(changes: readonly Change[]): readonly Move[] {
    this.#check(changes)
    const [on, pairs] = [this.#on, this.#pairs]
    const was = new Map<number, number>()
    /** Of those named by the changes, where they have been: also where an earlier one of the same took that away. */
    const stood = new Map<number, number>()
    const waiting = new Set<number>()
    const changed = (need: number) => {
      if (!was.has(need)) was.set(need, pairs.was[need]!)
    }
    for (const change of changes)
      if ('taker' in change) {
        const steps = stepsOf(change.places)
        if (change.taker === on.takers) this.#addTaker(steps)
        else
          for (const need of on.limit(change.taker, steps)) {
            changed(need)
            waiting.add(need)
          }
      } else {
        const { need } = change
        const where = stood.get(need) ?? (need < pairs.needs && !this.#gone.has(need) ? pairs.was[need]! : isNew)
        stood.set(need, 'isGone' in change ? isNew : where)
        if (!was.has(need)) was.set(need, where)
        if (need < pairs.needs && on.pair[need]! >= 0) on.vacate(need)
        waiting.delete(need)
        if ('isGone' in change) {
          pairs.remove(need)
          this.#gone.add(need)
        } else {
          pairs.set(need, change.is, where)
          this.#gone.delete(need)
          on.extend()
          waiting.add(need)
        }
      }
    for (const need of waiting) this.#search.give(on, need, changed)
    for (let t = 0; t < on.takers; t++) this.#search.fill(on, t, changed)
    for (const need of was.keys()) if (!this.#gone.has(need)) on.settle(need)
    if (pairs.isWasteful) on.renumber(pairs.compact())
    this.#prices = undefined
    return [...was]
      .map(([need, from]) => ({ need, from: from < 0 ? null : from, to: this.takerOf(need) }))
      .filter(move => move.from !== move.to)
      .toSorted((a, b) => a.need - b.need)
  }

  #addTaker(steps: readonly Step[]): void {
    this.#pairs.addTakers(1)
    this.#on.addTaker(steps)
    this.#search.extend(this.#on.takers)
  }

  #check(changes: readonly Change[]): void {
    let [needs, takers, size] = [this.needs, this.takers, this.#pairs.size]
    for (const change of changes)
      if ('taker' in change) {
        stepsOf(change.places)
        if (!(Number.isInteger(change.taker) && change.taker >= 0 && change.taker <= takers))
          throw new RangeError(`there is no taker ${change.taker}, and the next one is ${takers}`)
        if (change.taker === takers) takers++
      } else {
        const last = 'isGone' in change ? needs - 1 : needs
        if (!(Number.isInteger(change.need) && change.need >= 0 && change.need <= last))
          throw new RangeError(`there is no need ${change.need}, and the next one is ${needs}`)
        if ('isGone' in change) continue
        this.#pairs.check(change.is, takers)
        if (change.need === needs) needs++
        size += change.is.costs.length
      }
    checkSizes(needs, takers, size)
  }

  #checkNeed(need: number): void {
    if (!(Number.isInteger(need) && need >= 0 && need < this.needs)) throw new RangeError(`there is no need ${need}`)
  }

  #checkTaker(taker: number): void {
    if (!(Number.isInteger(taker) && taker >= 0 && taker < this.takers))
      throw new RangeError(`there is no taker ${taker}`)
  }
}

const nobody = () => {}
const sizeOf = (needs: readonly Need[]): number => needs.reduce((sum, { costs }) => sum + costs.length, 0)
const placesOf = (steps: readonly Step[]): number => steps.reduce((sum, { units }) => sum + units, 0)

function withoutLast(steps: readonly Step[]): readonly Step[] {
  const last = steps.findLastIndex(({ units }) => units > 0)
  return steps.map((step, i) => (i === last ? { ...step, units: step.units - 1 } : step))
}

/** Counted in whole costs: in parts the sum could pass what a double counts exactly. */
function costOf(on: Standing): number {
  let sum = 0
  for (let n = 0; n < on.pairs.needs; n++) {
    const pair = on.pair[n]!
    sum += Math.round((pair < 0 ? on.pairs.open[n]! : on.pairs.cost[pair]!) / parts)
  }
  for (let t = 0; t < on.takers; t++) {
    let left = on.load[t]!
    for (const { units, cost } of on.steps[t]!) {
      const used = Math.min(left, units)
      sum += used * cost
      left -= used
    }
  }
  return sum
}

function stepsOf(places: Places): readonly Step[] {
  const steps = typeof places === 'number' ? [{ units: places, cost: 0 }] : places
  let before = 0
  for (const { units, cost } of steps) {
    if (!isWhole(units) || !isWhole(cost)) throw new RangeError(`places are no whole numbers: ${units} at ${cost}`)
    if (cost < before) throw new RangeError('a step of places is cheaper than the one before it')
    before = cost
  }
  return steps
}

function checkSizes(needs: number, takers: number, pairs: number): void {
  if (needs > most.needs) throw new RangeError(`more than ${most.needs} needs: ${needs}`)
  if (takers > most.takers) throw new RangeError(`more than ${most.takers} takers: ${takers}`)
  if (pairs > most.pairs) throw new RangeError(`more than ${most.pairs} pairs: ${pairs}`)
}
