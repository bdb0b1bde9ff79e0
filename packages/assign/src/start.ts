import { pricesByAuction } from './auction.ts'
import type { Search } from './search.ts'
import type { Standing } from './standing.ts'

/**
 * The first placement. Any prices would do; from those an auction finds two to four of a hundred needs are left for whom a way is to be
 * searched, and it is short.
 */
export function begin(on: Standing, search: Search): void {
  const had = pricesByAuction(on.pairs, on.steps, on.price)
  for (const need of placeCheapest(on, had)) search.give(on, need, () => {})
  for (let t = 0; t < on.takers; t++) search.fill(on, t, () => {})
}

/**
 * Each need to what is cheapest to it, where a place not dearer than the price is left: first those to whom that is what they `had`,
 * then those to whom it is worth most; who is left over.
 */
function placeCheapest(on: Standing, had: Int32Array): number[] {
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
    const own = had[u]!
    const stays = own >= 0 && cost[own]! + price[taker[own]!]! === best
    wanted[u] = stays ? own : at
    worth[u] = stays ? Number.POSITIVE_INFINITY : open[u]! - best
  }
  const left: number[] = []
  const order = Int32Array.from(wanted.keys()).sort((a, b) => (worth[a] === worth[b] ? a - b : worth[b]! - worth[a]!))
  for (const u of order) {
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
