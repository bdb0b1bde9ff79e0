import type { Need, Places, Wanted } from '../src/index.ts'
import { madeUp, random } from './wanted.ts'

/** Made-up problems of one size that differ in what makes them hard: too few places, equals, masses, classes, nobody there. */
export function shapes(size: {
  readonly needs: number
  readonly takers: number
  readonly each: number
}): Readonly<Record<string, () => Wanted>> {
  const { needs, takers, each } = size
  const plain = (places: number) => madeUp({ ...size, places, seed: 1 })
  const unlike = (places: number, from = 2000, more = 6000) => {
    const one = plain(places)
    return { ...one, needs: one.needs.map((need, n) => ({ ...need, open: from + ((n * 7919) % more) })) }
  }
  const withPlaces = (one: { needs: Need[]; takers: number[] }, of: (places: number, taker: number) => Places) => ({
    needs: one.needs,
    takers: one.takers.map(of),
  })
  /** Anybody with anybody, at costs and for leaving open below so much. */
  const anyhow = (places: number, cost: number, open: number, listed = each) => {
    const next = random(5)
    return {
      takers: Array.from({ length: takers }, () => Math.max(1, Math.floor((needs * places) / takers))),
      needs: Array.from({ length: needs }, () => {
        const who = new Set<number>()
        while (who.size < Math.min(listed, takers)) who.add(next(takers))
        return { open: cost + next(open), takers: [...who], costs: [...who].map(() => next(cost)) }
      }),
    }
  }
  /** Needs and takers in twelve towns of unlike size. */
  const inTowns = (places: number) => {
    const next = random(3)
    const towns = Array.from({ length: 12 }, () => ({ at: [next(600), next(400)] as const, size: 1 + next(9) }))
    const pool = towns.flatMap(({ at, size }) => Array.from({ length: size }, () => at))
    const somewhere = () => {
      const [x, y] = pool[next(pool.length)] as readonly [number, number]
      return [x + next(40), y + next(40)] as const
    }
    const homes = Array.from({ length: takers }, somewhere)
    return {
      takers: homes.map(() => Math.max(0, Math.floor((needs * places) / takers) + next(9) - 4)),
      needs: Array.from({ length: needs }, () => {
        const [x, y] = somewhere()
        const near = homes
          .map(([a, b], taker) => ({ taker, cost: Math.round(Math.hypot(x - a, y - b)) }))
          .toSorted((p, q) => p.cost - q.cost || p.taker - q.taker)
          .slice(0, each)
        return { open: 3000 + next(4) * 1000, takers: near.map(n => n.taker), costs: near.map(n => n.cost) }
      }),
    }
  }
  const rising = (places: number) => Array.from({ length: places }, (_, i) => ({ units: 1, cost: i * 40 }))
  const likeFew = (one: { needs: Need[]; takers: number[] }, few: number) => ({
    ...one,
    needs: one.needs.map((_, n) => one.needs[n % few] as Need),
  })
  return {
    'places for 200 %': () => plain(2),
    'places for 100 %': () => plain(1),
    'places for 50 %': () => plain(0.5),
    'unlike open, 105 %': () => unlike(1.05),
    'unlike open, 100 %': () => unlike(1),
    'unlike open, 90 %': () => unlike(0.9),
    'unlike open, 80 %': () => unlike(0.8),
    'unlike open, 50 %': () => unlike(0.5),
    'unlike open a thousandfold, 90 %': () => unlike(0.9, 200, 2_000_000),
    'three classes far apart, 90 %': () => {
      const one = plain(0.9)
      return {
        ...one,
        needs: one.needs.map((need, n) => ({ ...need, open: [5000, 1_000_000, 1_000_000_000][n % 3]! + (n % 700) })),
      }
    },
    'in towns, 105 %': () => inTowns(1.05),
    'in towns, 90 %': () => inTowns(0.9),
    'anybody with anybody, 90 %': () => anyhow(0.9, 10_000, 20_000),
    'all costs equal, 100 %': () => anyhow(1, 1, 1),
    'three costs, 100 %': () => anyhow(1, 3, 1),
    'three costs, unlike open, 90 %': () => anyhow(0.9, 3, 4),
    'few that may (1 %), 100 %': () => anyhow(1, 1000, 3000, Math.max(1, Math.round(takers / 100))),
    'one with places for all, else 50 %': () => withPlaces(unlike(0.5), (places, t) => (t === 0 ? needs : places)),
    'no places': () => withPlaces(plain(1), () => 0),
    'every second without places': () => withPlaces(unlike(1.5), (places, t) => (t % 2 === 0 ? places : 0)),
    'places that rise in cost, 90 %': () => withPlaces(unlike(0.9), rising),
    'fifty kinds of needs, 90 %': () => likeFew(plain(0.9), 50),
    'all needs the same, every pair, 90 %': () => ({
      takers: plain(0.9).takers,
      needs: Array.from({ length: needs }, () => ({ open: 5000, costs: Array.from({ length: takers }, (_, t) => t) })),
    }),
    'all the same but open, every pair, 90 %': () => ({
      takers: plain(0.9).takers,
      needs: Array.from({ length: needs }, (_, n) => ({
        open: 1000 + n,
        costs: Array.from({ length: takers }, (_, t) => t * 3),
      })),
    }),
  }
}
