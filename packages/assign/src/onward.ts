import { type Pairs, roomFor } from './pairs.ts'

/**
 * The ways on from one taker: to each other taker the one of its needs that would go there at the least it adds, and the one that would
 * be left open. No prices are in it, so it holds for as long as the taker has the same needs; a search then costs by takers, not by needs.
 */
export class Onward {
  /** How many other takers there are to go to; the lists below may be longer. */
  count = 0
  /** The takers. */
  to = new Int32Array(0)
  /** What it adds to go there, in parts of a cost; below 0 where the need costs less there. */
  adds = new Float64Array(0)
  /** The pair by which. */
  by = new Int32Array(0)
  /** What it adds to leave one open, without end where there is none; and which. */
  addsOpen = Number.POSITIVE_INFINITY
  openNeed = -1
  isKnown = false
  /** Asked for since the taker's needs changed: the first time a look at the needs themselves is cheaper. */
  isAsked = false
}

/** Where takers stand among the ways that are being found. */
export class Finder {
  #at = new Int32Array(0)
  #of = new Int32Array(0)
  #finding = 0

  /**
   * Finds the ways on anew, into `way`.
   * @param pair of each need the pair it has; `firstNeed` and, in `after`, whoever follows are the needs of the taker `from`
   */
  find(way: Onward, from: number, pairs: Pairs, pair: Int32Array, firstNeed: number, after: Int32Array): void {
    const { taker, cost, start, end, open } = pairs
    if (pairs.first.length > this.#at.length) {
      this.#at = new Int32Array(pairs.first.length)
      this.#of = new Int32Array(pairs.first.length)
      this.#finding = 0
    }
    const [at, of, finding] = [this.#at, this.#of, ++this.#finding]
    let size = 0
    for (let u = firstNeed; u >= 0; u = after[u]!) size += end[u]! - start[u]!
    const room = Math.min(size, pairs.first.length)
    if (room > way.to.length) {
      const length = Math.min(roomFor(way.to.length, room), pairs.first.length)
      way.to = new Int32Array(length)
      way.adds = new Float64Array(length)
      way.by = new Int32Array(length)
    }
    const { to, adds, by } = way
    let count = 0
    way.addsOpen = Number.POSITIVE_INFINITY
    way.openNeed = -1
    of[from] = finding
    at[from] = -1
    for (let u = firstNeed; u >= 0; u = after[u]!) {
      const own = cost[pair[u]!]!
      if (open[u]! - own < way.addsOpen) {
        way.addsOpen = open[u]! - own
        way.openNeed = u
      }
      for (let e = start[u]!, stop = end[u]!; e < stop; e++) {
        const t = taker[e]!
        const d = cost[e]! - own
        if (of[t] !== finding) {
          of[t] = finding
          at[t] = count
          to[count] = t
          adds[count] = d
          by[count++] = e
        } else {
          const i = at[t]!
          if (i >= 0 && d < adds[i]!) {
            adds[i] = d
            by[i] = e
          }
        }
      }
    }
    way.count = count
    way.isKnown = true
  }
}
