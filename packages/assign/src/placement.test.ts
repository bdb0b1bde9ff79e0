import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shapes } from '../test/shapes.ts'
import { isProved, leastByFlow, madeUp, pairsOf, random, stepsOf } from '../test/wanted.ts'
import { type Change, type Need, openPlacement, type Placement, type Places, type Wanted } from './index.ts'

const places: fc.Arbitrary<Places> = fc.oneof(
  fc.nat(3),
  fc
    .array(fc.record({ units: fc.nat(2), cost: fc.nat(6) }), { maxLength: 3 })
    .map(steps => steps.toSorted((a, b) => a.cost - b.cost)),
)
const need = (takers: number, dearest: number): fc.Arbitrary<Need> =>
  fc
    .record({
      open: fc.nat(dearest * 2),
      takers: fc.shuffledSubarray(Array.from({ length: takers }, (_, t) => t)),
      costs: fc.array(fc.nat(dearest), { minLength: takers, maxLength: takers }),
    })
    .map(({ open, takers, costs }) => ({ open, takers, costs: costs.slice(0, takers.length) }))
const wanted = (needs: number, takers: number, dearest: number): fc.Arbitrary<Wanted> =>
  fc.record({
    needs: fc.array(need(takers, dearest), { maxLength: needs }),
    takers: fc.array(places, { minLength: takers, maxLength: takers }),
    before: fc.array(fc.option(fc.option(fc.nat(takers - 1)), { nil: undefined }), { maxLength: needs }),
  })
const change = (needs: number, takers: number): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.record({ need: fc.nat(needs - 1), is: need(takers, 9) }),
    fc.record({ need: fc.nat(needs - 1), isGone: fc.constant(true as const) }),
    fc.record({ taker: fc.nat(takers - 1), places }),
  )

const whereOf = (placement: Placement): (number | null)[] =>
  Array.from({ length: placement.needs }, (_, n) => placement.takerOf(n))
const placesCost = (of: Places, used: number): number => {
  let [left, sum] = [used, 0]
  for (const { units, cost } of stepsOf(of)) {
    sum += Math.min(left, units) * cost
    left -= Math.min(left, units)
  }
  return left > 0 ? Number.POSITIVE_INFINITY : sum
}
/** As many as are where they were; one that was not there counts where it is given, and so does one whose pair is no more. */
const staying = ({ needs, before = [] }: Wanted, where: readonly (number | null)[]): number =>
  where.filter((at, n) => {
    const was = before[n]
    const isThere =
      was === null ||
      pairsOf(needs[n] as Need).some(({ taker, cost }) => taker === was && cost <= (needs[n] as Need).open)
    return isThere ? at === was : at !== null
  }).length

/** The least cost, and the most that can stay at that, by trying everything. */
function bestOfAll(one: Wanted): { cost: number; staying: number } {
  let best = { cost: Number.POSITIVE_INFINITY, staying: 0 }
  const where: (number | null)[] = []
  const load = one.takers.map(() => 0)
  const visit = (n: number, cost: number): void => {
    const here = one.needs[n]
    if (!here) {
      const all = cost + one.takers.reduce<number>((sum, of, t) => sum + placesCost(of, load[t] as number), 0)
      const stay = staying(one, where)
      if (all < best.cost || (all === best.cost && stay > best.staying)) best = { cost: all, staying: stay }
      return
    }
    where[n] = null
    visit(n + 1, cost + here.open)
    for (const pair of pairsOf(here)) {
      where[n] = pair.taker
      load[pair.taker]!++
      visit(n + 1, cost + pair.cost)
      load[pair.taker]!--
    }
  }
  visit(0, 0)
  return best
}

/** Makes the change here as well, if it can be made. */
function isPossible(
  c: Change,
  needs: Need[],
  takers: Places[],
  gone: (c: Extract<Change, { need: number }>) => void,
): boolean {
  if ('taker' in c) {
    if (c.taker > takers.length) return false
    takers[c.taker] = c.places
    return true
  }
  const isListed = 'isGone' in c || Array.from(c.is.takers ?? []).every(t => t < takers.length)
  if (!isListed || c.need > needs.length || ('isGone' in c && c.need === needs.length)) return false
  needs[c.need] = 'is' in c ? c.is : { open: 0, takers: [], costs: [] }
  gone(c)
  return true
}

const withPlaces = (one: Wanted, taker: number, of: Places): Wanted => ({ ...one, takers: one.takers.with(taker, of) })

describe('a placement', () => {
  it('costs what the best of all costs, and of those most stay where they were', () => {
    fc.assert(
      fc.property(wanted(5, 3, 5), one => {
        const placement = openPlacement(one)
        expect({ cost: placement.cost, staying: staying(one, whereOf(placement)) }).toEqual(bestOfAll(one))
      }),
      { numRuns: 400 },
    )
  })

  it('costs what a flow of the same problem costs, and its prices prove it', () => {
    fc.assert(
      fc.property(wanted(60, 9, 30), one => {
        const placement = openPlacement(one)
        expect(placement.cost).toBe(leastByFlow(one))
        expect(isProved(one, placement)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('costs what a flow costs where places are short and where they are not', () => {
    for (const places of [1.2, 1.02, 0.9, 0.5])
      for (const seed of [1, 2]) {
        const one = madeUp({ needs: 600, takers: 60, each: 12, places, seed })
        const unlike = { ...one, needs: one.needs.map((each, n) => ({ ...each, open: 2000 + ((n * 7919) % 6000) })) }
        for (const wanted of [one, unlike]) {
          const placement = openPlacement(wanted)
          expect(placement.cost).toBe(leastByFlow(wanted))
          expect(isProved(wanted, placement)).toBe(true)
        }
      }
  })

  it.each(Object.entries(shapes({ needs: 300, takers: 40, each: 10 })))('costs what a flow costs: %s', (_, make) => {
    const wanted = make()
    const placement = openPlacement(wanted)
    expect(placement.cost).toBe(leastByFlow(wanted))
    expect(isProved(wanted, placement)).toBe(true)
  })

  it.each(['unlike open, 90 %', 'in towns, 105 %', 'three costs, 100 %', 'places that rise in cost, 90 %'])(
    'costs what a flow costs after each of a hundred changes: %s',
    kind => {
      const first = shapes({ needs: 120, takers: 16, each: 6 })[kind]?.() as Wanted
      const [needs, takers] = [[...first.needs], [...first.takers]]
      const placement = openPlacement(first)
      const next = random(9)
      for (let i = 0; i < 100; i++) {
        const [need, taker] = [next(needs.length), next(takers.length)]
        const is = first.needs[next(first.needs.length)] as Need
        const change = [
          { need, isGone: true as const },
          { need: needs.length, is },
          { need, is: { ...is, open: is.open + next(500) } },
          { taker, places: next(14) },
          { taker, places: 0 },
        ][i % 5] as Change
        placement.change([change])
        if ('taker' in change) takers[change.taker] = change.places
        else needs[change.need] = 'is' in change ? change.is : { open: 0, takers: [], costs: [] }
        expect(placement.cost).toBe(leastByFlow({ needs, takers }))
        expect(isProved({ needs, takers }, placement)).toBe(true)
      }
    },
  )

  it('says what one place more saves and one fewer costs, and between which numbers of places that holds', () => {
    fc.assert(
      fc.property(wanted(8, 3, 6), fc.nat(2), (one, taker) => {
        const of = stepsOf(one.takers[taker] as Places)
        const placement = openPlacement(one)
        const { saves, costs, from, to, places } = placement.priceOf(taker)
        const costWith = (count: number): number => {
          if (count >= places)
            return openPlacement(withPlaces(one, taker, [{ units: count - places, cost: 0 }, ...of])).cost
          const units = of.flatMap(({ units, cost }) => Array.from({ length: units }, () => ({ units: 1, cost })))
          return openPlacement(withPlaces(one, taker, units.slice(0, count))).cost
        }
        expect(placement.cost - costWith(places + 1)).toBe(saves)
        expect(costs).toBe(places === 0 ? null : costWith(places - 1) - placement.cost)
        for (let count = from; count < (to ?? places + 9); count++)
          expect(costWith(count) - costWith(count + 1)).toBe(saves)
        if (from > 0) expect(costWith(from - 1) - costWith(from)).not.toBe(saves)
        if (to !== null) expect(costWith(to) - costWith(to + 1)).not.toBe(saves)
      }),
      { numRuns: 200 },
    )
  })

  it('is after any change what it would be anew, with most staying, and tells who moved', () => {
    const rounds = fc.array(fc.array(change(12, 4), { maxLength: 3 }), { maxLength: 8 })
    fc.assert(
      fc.property(wanted(9, 3, 9), rounds, (first, all) => {
        const [needs, takers] = [[...first.needs], [...first.takers]]
        const placement = openPlacement({ needs, takers })
        const gone = new Set<number>()
        for (const round of all) {
          const where: (number | null | undefined)[] = whereOf(placement)
          const before = where.map((at, n) => (gone.has(n) ? undefined : at))
          const changes = round.filter(c =>
            isPossible(c, needs, takers, gone => {
              if ('isGone' in gone) before[gone.need] = undefined
            }),
          )
          for (const c of changes)
            if ('need' in c && 'isGone' in c) gone.add(c.need)
            else if ('need' in c) gone.delete(c.need)
          const moves = placement.change(changes)
          const now = whereOf(placement)
          expect(moves).toEqual(
            now.flatMap((to, n) => (to === (where[n] ?? null) ? [] : [{ need: n, from: where[n] ?? null, to }])),
          )
          const anew = openPlacement({ needs, takers, before })
          expect(placement.cost).toBe(anew.cost)
          expect(placement.prices()).toEqual(anew.prices())
          expect(isProved({ needs, takers }, placement)).toBe(true)
          expect(staying({ needs, takers, before }, now)).toBe(staying({ needs, takers, before }, whereOf(anew)))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('stays where it was also where one change names a need twice, the first time without that taker', () => {
    const placement = openPlacement({ needs: [{ open: 9, costs: [1, 1] }], takers: [1, 1], before: [1] })
    const moves = placement.change([
      { need: 0, is: { open: 9, takers: [0], costs: [1] } },
      { need: 0, is: { open: 9, costs: [1, 1] } },
    ])
    expect({ moves, where: whereOf(placement) }).toEqual({ moves: [], where: [1] })
  })

  it('explains each other taker once: barred, closed, dearer or full, and by how much', () => {
    fc.assert(
      fc.property(wanted(7, 3, 9), fc.nat(6), (one, at) => {
        fc.pre(at < one.needs.length)
        const placement = openPlacement(one)
        const found = placement.explain(at, taker => `not ${taker}`)
        expect(
          found.others
            .map(o => o.taker)
            .concat(found.taker ?? [])
            .toSorted(),
        ).toEqual([0, 1, 2])
        const here = one.needs[at] as Need
        // What it costs if the need has to be with a taker, another one being kept away from there.
        const forced = (taker: number, cost: number, away?: number) => {
          const alone = { open: 100_000, takers: [taker], costs: [cost] }
          const needs = one.needs.map((other, n) => {
            if (n === at) return alone
            if (n !== away) return other
            const kept = pairsOf(other).filter(p => p.taker !== taker)
            return { open: other.open, takers: kept.map(p => p.taker), costs: kept.map(p => p.cost) }
          })
          return openPlacement({ ...one, needs }).cost - placement.cost
        }
        for (const other of found.others) {
          const pair = pairsOf(here).find(p => p.taker === other.taker)
          if (other.why === 'barred') {
            expect(pair).toBeUndefined()
            expect(other.because).toBe(`not ${other.taker}`)
            continue
          }
          expect(other.cost).toBe(pair?.cost)
          if (other.why === 'closed') {
            expect(placesCost(one.takers[other.taker] as Places, 1)).toBe(Number.POSITIVE_INFINITY)
            continue
          }
          expect(other.more).toBe(forced(other.taker, other.cost))
          expect(other.more).toBeGreaterThanOrEqual(0)
          if (other.why === 'dearer') continue
          expect(other.before.length).toBe(placement.priceOf(other.taker).places)
          expect(other.cost).toBeLessThan(found.cost)
          expect(Math.min(...other.before.map(b => b.more))).toBe(other.more)
          for (const prior of other.before) {
            expect(placement.takerOf(prior.need)).toBe(other.taker)
            expect(prior.more).toBe(forced(other.taker, other.cost, prior.need))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('leaves the less urgent open, and says whose the place is and by what', () => {
    const placement = openPlacement({
      needs: [
        { open: 100, costs: [1] },
        { open: 1000, costs: [90] },
      ],
      takers: [1],
    })
    expect(placement.explain(0, () => null)).toEqual({
      need: 0,
      taker: null,
      cost: 100,
      others: [{ taker: 0, why: 'full', cost: 1, more: 811, before: [{ need: 1, cost: 90, more: 811 }] }],
    })
    expect(placement.priceOf(0)).toEqual({ taker: 0, places: 1, used: 1, saves: 99, costs: 910, from: 1, to: 2 })
  })

  it('loads takers evenly where their steps rise', () => {
    const rising = [0, 1, 2, 3].map(cost => ({ units: 1, cost }))
    const needs = Array.from({ length: 6 }, () => ({ open: 99, costs: [0, 0, 0] }))
    const placement = openPlacement({ needs, takers: [rising, rising, rising] })
    expect([0, 1, 2].map(t => placement.priceOf(t).used)).toEqual([2, 2, 2])
  })

  it('does not turn on the order in which takers are listed, and is the same again', () => {
    const { needs, takers } = madeUp({ needs: 300, takers: 20, each: 8, places: 0.9, seed: 5 })
    const turned = needs.map(({ open, takers: list, costs }) => ({
      open,
      takers: Array.from(list ?? []).toReversed(),
      costs: Array.from(costs).toReversed(),
    }))
    expect(whereOf(openPlacement({ needs: turned, takers }))).toEqual(whereOf(openPlacement({ needs, takers })))
  })

  it('stands a long life of changes without growing', () => {
    const { needs, takers } = madeUp({ needs: 900, takers: 60, each: 60, places: 1, seed: 6 })
    const placement = openPlacement({ needs, takers })
    const standing = [...needs]
    const next = random(8)
    for (let i = 0; i < 6000; i++) {
      const n = next(needs.length)
      const is = { ...(needs[n] as Need), open: 3000 + (i % 11) * 100 }
      standing[n] = is
      placement.change([{ need: n, is }])
    }
    expect(placement.cost).toBe(openPlacement({ needs: standing, takers }).cost)
    expect(isProved({ needs: standing, takers }, placement)).toBe(true)
  })

  it('refuses numbers that are not whole, too large or of nobody, and changes nothing then', () => {
    const one: Wanted = { needs: [{ open: 5, costs: [1] }], takers: [1] }
    const bad: Need[] = [
      { open: -1, costs: [1] },
      { open: 0.5, costs: [1] },
      { open: Number.NaN, costs: [1] },
      { open: 2 ** 31, costs: [1] },
      { open: 5, costs: [Number.POSITIVE_INFINITY] },
      { open: 5, costs: [1, 2] },
      { open: 5, takers: [1], costs: [1] },
      { open: 5, takers: [0, 0], costs: [1, 1] },
    ]
    const placement = openPlacement(one)
    for (const need of bad) {
      expect(() => openPlacement({ ...one, needs: [need] })).toThrow(RangeError)
      expect(() =>
        placement.change([
          { taker: 0, places: 0 },
          { need: 0, is: need },
        ]),
      ).toThrow(RangeError)
    }
    for (const places of [
      -1,
      1.5,
      Number.NaN,
      [
        { units: 1, cost: 2 },
        { units: 1, cost: 1 },
      ],
    ]) {
      expect(() => openPlacement({ ...one, takers: [places] })).toThrow(RangeError)
      expect(() => placement.change([{ taker: 0, places }])).toThrow(RangeError)
    }
    expect(() => placement.change([{ need: 2, is: { open: 1, costs: [1] } }])).toThrow(RangeError)
    expect(() => placement.change([{ need: 1, isGone: true }])).toThrow(RangeError)
    expect(() => placement.change([{ taker: 2, places: 1 }])).toThrow(RangeError)
    expect(() => openPlacement({ ...one, before: [-1] })).toThrow(RangeError)
    expect(() =>
      openPlacement({ ...one, needs: Array.from({ length: 131_072 }, () => ({ open: 0, takers: [], costs: [] })) }),
    ).toThrow(RangeError)
    for (const ask of [() => placement.takerOf(1), () => placement.explain(-1, () => 0), () => placement.priceOf(0.5)])
      expect(ask).toThrow(RangeError)
    expect(whereOf(placement)).toEqual([0])
  })

  it('counts the largest costs there are exactly', () => {
    const most = 2 ** 31 - 1
    const needs = Array.from({ length: 40 }, (_, n) => ({ open: most - n, costs: [most - 40 - n, most - 80] }))
    const one = { needs, takers: [10, 12] }
    const placement = openPlacement(one)
    expect(isProved(one, placement)).toBe(true)
    expect(openPlacement({ needs: [], takers: [] }).cost).toBe(0)
  })
})
