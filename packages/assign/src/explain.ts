import { isOpen, parts } from './pairs.ts'
import type { Search } from './search.ts'
import type { Standing } from './standing.ts'

/** Who has a place, and by how much the whole would cost more with the need there in that one's stead. */
export interface Prior {
  readonly need: number
  readonly cost: number
  readonly more: number
}

/** Why a need is not with this taker. `cost` is that of the pair, `more` what the whole would cost more at the least if it had to be. */
export type Other<Why> =
  /** It would be the better one, and all places are taken: by these, the closest call first. */
  | {
      readonly taker: number
      readonly why: 'full'
      readonly cost: number
      readonly more: number
      readonly before: readonly Prior[]
    }
  /** It costs no less than where the need is, or than leaving it open. */
  | { readonly taker: number; readonly why: 'dearer'; readonly cost: number; readonly more: number }
  /** It has no places at all. */
  | { readonly taker: number; readonly why: 'closed'; readonly cost: number }
  /** It may not: no pair. */
  | { readonly taker: number; readonly why: 'barred'; readonly because: Why }

export interface Explanation<Why> {
  readonly need: number
  /** Null: left open. */
  readonly taker: number | null
  /** Of the pair, or of leaving it open. */
  readonly cost: number
  /** Every other taker once: those it might go to, the nearest to being chosen first; then those it may not. */
  readonly others: readonly Other<Why>[]
}

const whole = (inParts: number): number => Math.round(inParts / parts)

export function explanationOf<Why>(
  on: Standing,
  search: Search,
  need: number,
  why: (taker: number) => Why,
): Explanation<Why> {
  const { pairs, price, up, load } = on
  const own = on.pair[need]!
  const at = on.takerOf(need)
  const now = own < 0 ? pairs.open[need]! : pairs.cost[own]!
  const { far, farOpen } = search.waysTo(on, at)
  const here = at === isOpen ? 0 : price[at]!
  /** What it takes to find room for one more need at a taker, this one having left where it is. */
  const room = (taker: number): number => far[taker]! + price[taker]! - here
  const roomOpen = farOpen - here
  const priors = (taker: number, added: number): Prior[] => {
    const found: Prior[] = []
    for (let other = on.first[taker]!; other >= 0; other = on.after[other]!) {
      const cost = pairs.cost[on.pair[other]!]!
      let elsewhere = pairs.open[other]! + roomOpen
      for (let e = pairs.start[other]!; e < pairs.end[other]!; e++)
        if (pairs.taker[e] !== taker) elsewhere = Math.min(elsewhere, pairs.cost[e]! + room(pairs.taker[e]!))
      found.push({ need: other, cost: whole(cost), more: whole(added + elsewhere - cost) })
    }
    return found.toSorted((a, b) => a.more - b.more || a.need - b.need)
  }
  const seen = new Set<number>(at === isOpen ? [] : [at])
  const others: (Other<Why> & { readonly more: number })[] = []
  const closed: Other<Why>[] = []
  for (let e = pairs.start[need]!; e < pairs.stop[need]!; e++) {
    const taker = pairs.taker[e]!
    if (seen.has(taker)) continue
    seen.add(taker)
    const [cost, added] = [whole(pairs.cost[e]!), pairs.cost[e]! - now]
    if (load[taker] === 0 && up[taker] === Number.POSITIVE_INFINITY) closed.push({ taker, why: 'closed', cost })
    else {
      const more = whole(added + room(taker))
      if (cost >= whole(now) || up[taker]! < Number.POSITIVE_INFINITY) others.push({ taker, why: 'dearer', cost, more })
      else others.push({ taker, why: 'full', cost, more, before: priors(taker, added) })
    }
  }
  const barred: Other<Why>[] = []
  for (let taker = 0; taker < on.takers; taker++)
    if (!seen.has(taker)) barred.push({ taker, why: 'barred', because: why(taker) })
  return {
    need,
    taker: at === isOpen ? null : at,
    cost: whole(now),
    others: [...others.toSorted((a, b) => a.more - b.more || a.taker - b.taker), ...closed, ...barred],
  }
}
