import { minCostFlow, type Need, type Placement, type Places, type Step, type Wanted } from '../src/index.ts'

/** Made-up needs spread over a plain with takers, each need to be taken by the nearest of those it may go to; whole tenths of a kilometre. */
export interface Made {
  readonly needs: number
  readonly takers: number
  /** Of each need so many takers are listed. */
  readonly each: number
  /** Places for each need there is. */
  readonly places: number
  readonly open?: number
  readonly seed: number
}

export function random(seed: number): (below: number) => number {
  let a = seed >>> 0
  return below => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export function madeUp({ needs, takers, each, places, open = 5000, seed }: Made): {
  readonly needs: Need[]
  readonly takers: number[]
} {
  const next = random(seed)
  const at = () => [next(600), next(400)] as const
  const homes = Array.from({ length: takers }, () => ({ at: at(), skills: 1 + next(131_071) }))
  const size = Math.max(1, Math.floor((needs * places) / takers))
  return {
    takers: homes.map(() => size),
    needs: Array.from({ length: needs }, () => {
      const [[x, y], skill, urgency] = [at(), 1 << next(17), 1 + next(3)]
      const listed = homes
        .map(({ at: [hx, hy], skills }, taker) => ({
          taker,
          cost: Math.round(1.35 * Math.hypot(x - hx, y - hy) * urgency) + (skills & skill ? 0 : 300),
        }))
        .sort((a, b) => a.cost - b.cost)
        .slice(0, each)
      return { open, takers: listed.map(l => l.taker), costs: listed.map(l => l.cost) }
    }),
  }
}

export const stepsOf = (places: Places): readonly Step[] =>
  typeof places === 'number' ? [{ units: places, cost: 0 }] : places
export const pairsOf = ({ takers, costs }: Need): { readonly taker: number; readonly cost: number }[] =>
  Array.from(costs, (cost, i) => ({ taker: takers ? (takers[i] as number) : i, cost }))

/** The least cost, by another way: as a flow. */
export function leastByFlow({ needs, takers }: Wanted): number {
  const [sink, node] = [needs.length + takers.length, (t: number) => needs.length + t]
  return minCostFlow({
    supply: [...needs.map(() => 1), ...takers.map(() => 0), -needs.length],
    arcs: [
      ...needs.flatMap((need, n) =>
        pairsOf(need).map(({ taker, cost }) => ({ from: n, to: node(taker), capacity: 1, cost })),
      ),
      ...needs.map(({ open }, n) => ({ from: n, to: sink, capacity: 1, cost: open })),
      ...takers.flatMap((places, t) =>
        stepsOf(places).map(({ units, cost }) => ({ from: node(t), to: sink, capacity: units, cost })),
      ),
    ],
  }).cost
}

/**
 * Whether the prices prove the placement: nobody would rather be elsewhere, no place in use is dearer than its price, none that is
 * free cheaper; and what they say is the least the whole can cost is what it costs.
 */
export function isProved({ needs, takers }: Wanted, placement: Placement): boolean {
  const prices = placement.prices()
  const load = takers.map(() => 0)
  let least = 0
  for (const [n, need] of needs.entries()) {
    const offers = pairsOf(need).map(({ taker, cost }) => ({ taker, cost: cost + (prices[taker] as number) }))
    const at = placement.takerOf(n)
    if (at !== null) load[at]!++
    const paid = at === null ? need.open : offers.find(({ taker }) => taker === at)?.cost
    const best = Math.min(need.open, ...offers.map(({ cost }) => cost))
    if (paid !== best) return false
    least += best
  }
  for (const [t, places] of takers.entries()) {
    const price = prices[t] as number
    if (!Number.isSafeInteger(price) || price < 0) return false
    let used = load[t] as number
    for (const { units, cost } of stepsOf(places)) {
      const inUse = Math.min(used, units)
      if ((inUse > 0 && cost > price) || (inUse < units && cost < price)) return false
      used -= inUse
      least -= units * Math.max(0, price - cost)
    }
    if (used > 0) return false
  }
  return least === placement.cost
}
