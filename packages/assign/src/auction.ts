import type { Step } from './assign.ts'
import { type Pairs, parts } from './pairs.ts'

/**
 * What places are worth, nearly, and who would have them. Needs bid for places: each for the one that is best to it, as much more than
 * its price as the next best would be worse, and a little besides; who is outbid bids again. What is added besides is large at first, so
 * that prices climb in few bids, and an eighth from phase to phase, each of which begins below what the last one found: a price too low
 * is mended by bidding, one too high only by a search.
 * @param steps of each taker its places, the cheapest first, in whole costs
 * @param price of each taker, in parts of a cost: written over with what one more place is nearly worth, which is whole costs; a taker
 *   nobody asks keeps what it had
 * @returns of each need the pair it would have, -1 where it has none
 * @source Bertsekas and Castañon 1989, the auction algorithm for transportation problems, with places that need not be filled
 */
export function pricesByAuction(pairs: Pairs, steps: readonly (readonly Step[])[], price: Float64Array): Int32Array {
  const auction = new Auction(pairs, steps, price)
  let besides = Math.max(least, Math.floor(dearest(pairs) / eighth))
  let lookedAt = auction.phase(Number.NEGATIVE_INFINITY, besides)
  while (besides > least && lookedAt < pairs.size * enough) {
    const before = besides
    besides = Math.max(least, Math.floor(before / eighth))
    lookedAt += auction.phase(before, besides)
  }
  return auction.end()
}

const eighth = 8
/** Half of a whole: what is added besides at last. */
const least = parts / 2
/** Each pair looked at so often on average is an auction that gets nowhere; what it has found will do. */
const enough = 100

/** The most that a place is worth to anybody. */
function dearest({ needs, start, end, cost, open }: Pairs): number {
  let most = 0
  for (let u = 0; u < needs; u++) if (end[u]! > start[u]!) most = Math.max(most, open[u]! - cost[start[u]!]!)
  return most
}

/** Places are so many as there are of a taker, or needs that it might take; those of one are a heap, the cheapest bid first. */
class Auction {
  readonly #pairs: Pairs
  readonly #steps: readonly (readonly Step[])[]
  readonly #price: Float64Array
  readonly #first: Int32Array
  readonly #bid: Float64Array
  /** The pair that has it; -1 where the place is free and what stands there is what it costs at the least. */
  readonly #by: Int32Array
  readonly #waiting: Int32Array

  constructor(pairs: Pairs, steps: readonly (readonly Step[])[], price: Float64Array) {
    this.#pairs = pairs
    this.#steps = steps
    this.#price = price
    const askedBy = new Int32Array(steps.length)
    for (let u = 0; u < pairs.needs; u++)
      for (let e = pairs.start[u]!; e < pairs.end[u]!; e++) askedBy[pairs.taker[e]!]!++
    this.#first = new Int32Array(steps.length + 1)
    for (const [t, of] of steps.entries()) {
      const places = of.reduce((sum, { units }) => sum + units, 0)
      this.#first[t + 1] = this.#first[t]! + Math.min(places, askedBy[t]!)
    }
    this.#bid = new Float64Array(this.#first[steps.length]!)
    this.#by = new Int32Array(this.#bid.length)
    this.#waiting = new Int32Array(pairs.needs)
  }

  /** Everybody bids anew, at prices so far less twice what was added `before`; how many pairs were looked at. */
  phase(before: number, besides: number): number {
    const { needs, start, end, taker, need, cost, open } = this.#pairs
    const [price, first, by, waiting] = [this.#price, this.#first, this.#by, this.#waiting]
    this.#begin(before)
    for (let u = 0; u < needs; u++) waiting[u] = u
    let [head, tail, left, lookedAt, bids] = [0, 0, needs, 0, 0]
    let lowest = this.#lowest()
    for (; left > 0; left--) {
      const u = waiting[head]!
      head = head + 1 === needs ? 0 : head + 1
      let [best, second, at] = [open[u]!, Number.POSITIVE_INFINITY, -1]
      let e = start[u]!
      for (const to = end[u]!; e < to && cost[e]! + lowest < second; e++) {
        const d = cost[e]! + price[taker[e]!]!
        if (d < best) {
          second = best
          best = d
          at = e
        } else if (d < second) second = d
      }
      lookedAt += e - start[u]!
      if (at < 0) continue
      if (++bids % 1024 === 0) lowest = this.#lowest()
      const out = by[first[taker[at]!]!]!
      this.#raise(at, second - best + besides)
      if (out < 0) continue
      waiting[tail] = need[out]!
      tail = tail + 1 === needs ? 0 : tail + 1
      left++
    }
    return lookedAt
  }

  #begin(before: number): void {
    const [price, first, bid, by] = [this.#price, this.#first, this.#bid, this.#by]
    for (let t = 0; t < this.#steps.length; t++) {
      const [from, to] = [first[t]!, first[t + 1]!]
      if (from === to) continue
      const isFree = by[from]! < 0
      const low = before === Number.NEGATIVE_INFINITY ? 0 : price[t]! - before * (isFree ? 4 : 2)
      let i = from
      for (const { units, cost } of this.#steps[t]!)
        for (const stop = Math.min(to, i + units); i < stop; i++) bid[i] = Math.max(low, cost * parts)
      by.fill(-1, from, to)
      price[t] = bid[from]!
    }
  }

  /** Prices only rise within a phase: nobody pays less than this. */
  #lowest(): number {
    let least = Number.POSITIVE_INFINITY
    for (let t = 0; t < this.#steps.length; t++)
      if (this.#first[t]! < this.#first[t + 1]!) least = Math.min(least, this.#price[t]!)
    return least
  }

  /** The cheapest place of a taker goes to this pair, at so much more. */
  #raise(pair: number, more: number): void {
    const [bid, by] = [this.#bid, this.#by]
    const taker = this.#pairs.taker[pair]!
    const [from, end] = [this.#first[taker]!, this.#first[taker + 1]!]
    const to = bid[from]! + more
    let i = from
    for (let below = i + 1; below < end; below = from + 2 * (i - from) + 1) {
      if (below + 1 < end && bid[below + 1]! < bid[below]!) below++
      if (bid[below]! >= to) break
      bid[i] = bid[below]!
      by[i] = by[below]!
      i = below
    }
    bid[i] = to
    by[i] = pair
    this.#price[taker] = bid[from]!
  }

  /** Prices in whole costs, so that equals are equal again; the pair that was best to each need, -1 where it had none. */
  end(): Int32Array {
    const price = this.#price
    for (let t = 0; t < this.#steps.length; t++) price[t] = Math.floor(price[t]! / parts) * parts
    const had = new Int32Array(this.#pairs.needs).fill(-1)
    for (const pair of this.#by) if (pair >= 0) had[this.#pairs.need[pair]!] = pair
    return had
  }
}
