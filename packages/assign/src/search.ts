import { Heap } from './heap.ts'
import type { Onward } from './onward.ts'
import { isOpen } from './pairs.ts'
import type { Standing } from './standing.ts'

/**
 * Shortest ways among takers, over what each step adds to the whole at the prices so far (never below 0). One need more goes to a
 * taker, pushes one of its needs on to another, and so on, until a place is free or one stays open; one place more draws a need
 * from another taker, whose place draws the next, until one comes that was open. Prices are then moved by how far each taker lay.
 * Whole numbers throughout; what the shortest way costs is exact.
 */
export class Search {
  readonly #heap = new Heap()
  #far: Float64Array
  #via: Int32Array
  #touched: Int32Array
  #count = 0

  constructor(takers: number) {
    this.#far = new Float64Array(takers).fill(Number.POSITIVE_INFINITY)
    this.#via = new Int32Array(takers)
    this.#touched = new Int32Array(takers)
  }

  extend(takers: number): void {
    if (takers > this.#far.length) {
      this.#far = new Float64Array(takers).fill(Number.POSITIVE_INFINITY)
      this.#via = new Int32Array(takers)
      this.#touched = new Int32Array(takers)
    }
  }

  #reach(taker: number, far: number, via: number): void {
    if (this.#far[taker] === Number.POSITIVE_INFINITY) this.#touched[this.#count++] = taker
    this.#far[taker] = far
    this.#via[taker] = via
    this.#heap.push(far, taker)
  }

  /** Takers nearer than `best` move their price by how much nearer. */
  #reprice(on: Standing, best: number): void {
    const far = this.#far
    for (let i = 0; i < this.#count; i++) {
      const t = this.#touched[i]!
      if (far[t]! < best) on.price[t]! += best - far[t]!
      far[t] = Number.POSITIVE_INFINITY
    }
    this.#count = 0
    this.#heap.clear()
  }

  /** An open need that was not looked at yet goes where the whole costs least, or stays open. */
  give(on: Standing, need: number, changed: (need: number) => void): void {
    const [heap, far] = [this.#heap, this.#far]
    const { pair, price, up, first, after } = on
    const { taker, cost, start, end, open } = on.pairs
    // The end of the cheapest way so far: a taker with a place, or a need that is left open instead.
    let [best, endTaker, endNeed] = [open[need]!, -1, need]
    const cheapest = lowest(price, on.takers)
    for (let e = start[need]!; e < end[need]! && cost[e]! + cheapest <= best; e++) {
      const t = taker[e]!
      const d = cost[e]! + price[t]!
      if (d >= best) continue
      this.#reach(t, d, e)
      const whole = up[t]! > price[t]! ? d + up[t]! - price[t]! : d
      if (whole < best) [best, endTaker, endNeed] = [whole, t, -1]
    }
    /** Nobody is reached sooner by what costs more than this from where a way stands: looked at now and then. */
    let [dearest, popped] = [best - cheapest, 0]
    while (heap.size > 0) {
      const d0 = heap.leastKey
      if (d0 >= best) break
      const t0 = heap.pop()
      if (d0 > far[t0]!) continue
      if (++popped % 16 === 0) dearest = dearestUseful(on, far, best, d0)
      const way = on.onward(t0, false)
      if (way) {
        const base = d0 - price[t0]!
        if (base + way.addsOpen < best) [best, endTaker, endNeed] = [base + way.addsOpen, -1, way.openNeed]
        const { count, to, adds, by } = way
        const useless = Math.min(best - cheapest, dearest) - base
        for (let i = 0; i < count; i++) {
          if (adds[i]! > useless) continue
          const t = to[i]!
          const d = base + adds[i]! + price[t]!
          if (d >= best || d >= far[t]!) continue
          this.#reach(t, d, by[i]!)
          const whole = up[t]! > price[t]! ? d + up[t]! - price[t]! : d
          if (whole < best) [best, endTaker, endNeed] = [whole, t, -1]
        }
        continue
      }
      for (let u = first[t0]!; u >= 0; u = after[u]!) {
        const base = d0 - cost[pair[u]!]! - price[t0]!
        if (base + open[u]! < best) [best, endTaker, endNeed] = [base + open[u]!, -1, u]
        // One part is where the need was, and may come after an equal: hence no break at what is equal.
        const useless = Math.min(best - cheapest, dearest) - base
        for (let e = start[u]!, to = end[u]!; e < to; e++) {
          if (cost[e]! > useless) break
          const t = taker[e]!
          const d = base + cost[e]! + price[t]!
          if (d >= best || d >= far[t]!) continue
          this.#reach(t, d, e)
          const whole = up[t]! > price[t]! ? d + up[t]! - price[t]! : d
          if (whole < best) [best, endTaker, endNeed] = [whole, t, -1]
        }
      }
    }
    let at = endTaker
    if (at >= 0) on.count(at, 1)
    else if (endNeed !== need) {
      at = on.takerOf(endNeed)
      on.leave(endNeed)
      changed(endNeed)
    }
    changed(need)
    while (at >= 0) {
      const e = this.#via[at]!
      const u = on.pairs.need[e]!
      at = u === need ? -1 : on.takerOf(u)
      if (at < 0) on.enter(u, e)
      else {
        on.move(u, e)
        changed(u)
      }
    }
    this.#reprice(on, best)
  }

  /**
   * How far each taker is from one to whom one need more could come, or from leaving one open ({@link isOpen}), over ways as
   * {@link give} goes; and from leaving one open how far. To the price of a place that much could be added.
   */
  waysTo(on: Standing, target: number): { readonly far: Float64Array; readonly farOpen: number } {
    const { pair, price, up, down, load, takers } = on
    const { taker, need, cost, next, first, open } = on.pairs
    const heap = this.#heap
    // Leaving open stands behind the last taker.
    const far = new Float64Array(takers + 1).fill(Number.POSITIVE_INFINITY)
    const reach = (t: number, d: number) => {
      if (d >= far[t]!) return
      far[t] = d
      heap.push(d, t)
    }
    reach(target === isOpen ? takers : target, 0)
    while (heap.size > 0) {
      const d0 = heap.leastKey
      const t0 = heap.pop()
      if (d0 > far[t0]!) continue
      if (t0 === takers) {
        for (let t = 0; t < takers; t++) {
          reach(t, d0 + Math.max(0, up[t]! - price[t]!))
          for (let u = on.first[t]!; u >= 0; u = on.after[u]!) reach(t, d0 + open[u]! - cost[pair[u]!]! - price[t]!)
        }
        continue
      }
      const base = d0 + price[t0]!
      if (target !== isOpen && load[t0]! > 0) reach(takers, base - down[t0]!)
      for (let e = first[t0]!; e >= 0; e = next[e]!) {
        const own = pair[need[e]!]!
        if (own >= 0) reach(taker[own]!, base + cost[e]! - cost[own]! - price[taker[own]!]!)
        // Of nothing is leaving open nearer to itself; and while it is aimed at, needs not given yet count for nothing.
        else if (target !== isOpen) reach(takers, base + cost[e]! - open[need[e]!]!)
      }
    }
    return { far: far.subarray(0, takers), farOpen: far[takers]! }
  }

  /** How far each taker is from what is open or has a free place, over ways as {@link fill} draws. From the price of a place that much could be taken. */
  waysFromOpen(on: Standing): Float64Array {
    const { pair, price, down, load, takers } = on
    const { taker, cost, start, end, open, needs } = on.pairs
    const heap = this.#heap
    const far = Float64Array.from({ length: takers }, (_, t) => price[t]! - (load[t]! > 0 ? down[t]! : 0))
    for (let u = 0; u < needs; u++)
      if (pair[u]! < 0)
        for (let e = start[u]!; e < end[u]!; e++)
          far[taker[e]!] = Math.min(far[taker[e]!]!, cost[e]! + price[taker[e]!]! - open[u]!)
    for (let t = 0; t < takers; t++) heap.push(far[t]!, t)
    while (heap.size > 0) {
      const d0 = heap.leastKey
      const t0 = heap.pop()
      if (d0 > far[t0]!) continue
      const { count, to, adds } = on.onward(t0, true) as Onward
      const base = d0 - price[t0]!
      for (let i = 0; i < count; i++) {
        const d = base + adds[i]! + price[to[i]!]!
        if (d >= far[to[i]!]!) continue
        far[to[i]!] = d
        heap.push(d, to[i]!)
      }
    }
    return far
  }

  /** A taker that {@link Standing.lacks} a need gets one, or its price falls; again while it lacks. */
  fill(on: Standing, lacking: number, changed: (need: number) => void): void {
    while (on.lacks(lacking)) this.#fillOne(on, lacking, changed)
  }

  #fillOne(on: Standing, lacking: number, changed: (need: number) => void): void {
    const [heap, far] = [this.#heap, this.#far]
    const { pair, price, up, down, load, takers } = on
    const { taker, need, cost, start, end, open, needs } = on.pairs
    let [best, isFound] = [price[lacking]! - up[lacking]!, false]
    // Ways begin where a place is given up, or at what is open; an empty taker leads nowhere, but has no price below 0.
    for (let t = 0; t < takers; t++) {
      const d = price[t]! - (load[t]! > 0 ? down[t]! : 0)
      if (t !== lacking && d < best) this.#reach(t, d, -1)
    }
    const cheapest = lowest(price, takers)
    for (let u = 0; u < needs; u++) {
      if (pair[u]! >= 0) continue
      const most = best + open[u]!
      for (let e = start[u]!, to = end[u]!; e < to && cost[e]! + cheapest < most; e++) {
        const t = taker[e]!
        const d = cost[e]! + price[t]! - open[u]!
        if (d >= best || d >= far[t]!) continue
        this.#reach(t, d, e)
        if (t === lacking) [best, isFound] = [d, true]
      }
    }
    while (heap.size > 0) {
      const d0 = heap.leastKey
      if (d0 >= best) break
      const t0 = heap.pop()
      if (d0 > far[t0]!) continue
      const { count, to, adds, by } = on.onward(t0, true) as Onward
      const base = d0 - price[t0]!
      for (let i = 0; i < count; i++) {
        const t = to[i]!
        const d = base + adds[i]! + price[t]!
        if (d >= best || d >= far[t]!) continue
        this.#reach(t, d, by[i]!)
        if (t === lacking) [best, isFound] = [d, true]
      }
    }
    if (isFound) {
      on.count(lacking, 1)
      for (let at = lacking; at >= 0; ) {
        const e = this.#via[at]!
        if (e < 0) {
          on.count(at, -1)
          break
        }
        const u = need[e]!
        at = on.takerOf(u)
        if (at < 0) on.enter(u, e)
        else on.move(u, e)
        changed(u)
      }
    }
    for (let t = 0; t < takers; t++) if (!on.isClosed(t)) price[t]! -= Math.min(best, far[t]!)
    this.#reprice(on, Number.NEGATIVE_INFINITY)
  }
}

function lowest(of: Float64Array, count: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < count; i++) if (of[i]! < least) least = of[i]!
  return least
}

/** How far at most anybody not reached for good yet, or the end, is beyond their price. */
function dearestUseful({ price, takers }: Standing, far: Float64Array, best: number, reached: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let t = 0; t < takers; t++) {
    if (far[t]! <= reached) continue
    const beyond = (far[t]! < best ? far[t]! : best) - price[t]!
    if (beyond > most) most = beyond
  }
  return most
}
