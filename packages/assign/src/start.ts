import { parts } from './pairs.ts'
import type { Search } from './search.ts'
import type { Standing } from './standing.ts'

/**
 * The first placement. Prices near enough come from rounds of asking: each need asks for what is cheapest to it, and a taker asked by
 * more than it has places for raises its price by what the least eager would bear. Any prices would do; from these a tenth to a
 * twentieth of the needs is left for whom a way is to be searched.
 */
export function begin(on: Standing, search: Search): void {
  on.price.fill(levelOf(on))
  const asking = new Asking(on)
  let before = Number.POSITIVE_INFINITY
  for (let round = 0; round < mostRounds; round++) {
    const refused = asking.round()
    if (refused === 0 || (round > 1 && refused > calm * before)) break
    before = refused
  }
  for (const need of placeCheapest(on)) search.give(on, need, () => {})
  for (let t = 0; t < on.takers; t++) search.fill(on, t, () => {})
}

const mostRounds = 30
/** Rounds are at an end where fewer than one in ten of those refused found something. */
const calm = 0.9

/**
 * What every place is worth at the least where there are too few for all that ask: from 0 each search would raise them all together
 * a little. The level is kept low, lower where few places lack: a price too low is mended by giving, one too high by filling, which
 * is dearer.
 */
function levelOf({ pairs, steps }: Standing): number {
  const { start, end, cost, open, needs } = pairs
  const places = steps.flat().reduce((sum, { units }) => sum + units, 0)
  const worth = new Float64Array(needs)
  let asking = 0
  for (let u = 0; u < needs; u++) if (end[u]! > start[u]!) worth[asking++] = open[u]! - cost[start[u]!]!
  const short = asking - places
  return short > 0 ? worth.subarray(0, asking).sort()[Math.floor((short * short) / (2 * asking))]! : 0
}

/** Each need to what is cheapest to it, where a place not dearer than the price is left, those first to whom it is worth most; who is left over. */
function placeCheapest(on: Standing): number[] {
  const { pairs, price, up } = on
  const { needs, start, end, taker, cost, open } = pairs
  const wanted = new Int32Array(needs)
  const worth = new Float64Array(needs)
  for (let u = 0; u < needs; u++) {
    let [best, at] = [open[u]!, -1]
    for (let e = start[u]!, to = end[u]!; e < to && cost[e]! <= best; e++) {
      const d = cost[e]! + price[taker[e]!]!
      if (d < best) [best, at] = [d, e]
    }
    wanted[u] = at
    worth[u] = open[u]! - best
  }
  const left: number[] = []
  for (const u of Int32Array.from(wanted.keys()).sort((a, b) => worth[b]! - worth[a]! || a - b)) {
    const at = wanted[u]!
    if (at < 0) continue
    const t = taker[at]!
    if (up[t]! <= price[t]!) {
      on.enter(u, at)
      on.count(t, 1)
    } else left.push(u)
  }
  return left
}

class Asking {
  readonly #on: Standing
  readonly #wanted: Int32Array
  /** What a need would bear before it asked for the next best. */
  readonly #eager: Float64Array
  readonly #asked: Int32Array
  readonly #next: Int32Array
  readonly #byTaker: Float64Array

  constructor(on: Standing) {
    const { needs } = on.pairs
    this.#on = on
    this.#wanted = new Int32Array(needs)
    this.#eager = new Float64Array(needs)
    this.#asked = new Int32Array(on.takers)
    this.#next = new Int32Array(on.takers)
    this.#byTaker = new Float64Array(needs)
  }

  /** How many were refused. */
  round(): number {
    const on = this.#on
    const { takers, price } = on
    const [asked, next, byTaker] = [this.#asked, this.#next, this.#byTaker]
    this.#ask()
    for (let t = 0, sum = 0; t < takers; t++) {
      next[t] = sum
      sum += asked[t]!
    }
    for (let u = 0; u < on.pairs.needs; u++)
      if (this.#wanted[u]! >= 0) byTaker[next[this.#wanted[u]!]!++] = this.#eager[u]!
    let refused = 0
    for (let t = 0; t < takers; t++) {
      const over = asked[t]! - placesAt(on, t, price[t]!)
      if (asked[t] === 0 || over <= 0) continue
      refused += over
      const eager = byTaker.subarray(next[t]! - asked[t]!, next[t]!).sort()
      // Just below what the least eager of those who stay would bear.
      price[t]! += over < asked[t]! ? Math.max(eager[over - 1]!, eager[over]! - 1) : eager[over - 1]!
    }
    return refused
  }

  #ask(): void {
    const { pairs, price } = this.#on
    const { needs, start, end, taker, cost, open } = pairs
    const [wanted, eager, asked] = [this.#wanted, this.#eager, this.#asked]
    asked.fill(0)
    for (let u = 0; u < needs; u++) {
      let [best, second, at] = [open[u]!, Number.POSITIVE_INFINITY, -1]
      for (let e = start[u]!, to = end[u]!; e < to && cost[e]! <= second; e++) {
        const d = cost[e]! + price[taker[e]!]!
        if (d < best) {
          second = best
          best = d
          at = taker[e]!
        } else if (d < second) second = d
      }
      wanted[u] = at
      eager[u] = second - best
      if (at >= 0) asked[at]!++
    }
  }
}

/** Places of a taker that are not dearer than a price. */
function placesAt(on: Standing, taker: number, price: number): number {
  let places = 0
  for (const { units, cost } of on.steps[taker]!) if (cost * parts <= price) places += units
  return places
}
