import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Assignment, assign } from './index.ts'

const small: fc.Arbitrary<Assignment> = fc.record({
  jobs: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
  open: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }),
  takers: fc.array(
    fc
      .array(fc.record({ units: fc.nat(2), cost: fc.nat(9) }), { maxLength: 2 })
      .map(steps => steps.toSorted((a, b) => a.cost - b.cost)),
    { minLength: 2, maxLength: 2 },
  ),
  pairs: fc.uniqueArray(fc.record({ job: fc.nat(2), taker: fc.nat(1), cost: fc.nat(9) }), {
    selector: p => p.job * 2 + p.taker,
  }),
})

const stepsCost = (steps: Assignment['takers'][number], units: number): number => {
  let [left, cost] = [units, 0]
  for (const step of steps) {
    const used = Math.min(left, step.units)
    cost += used * step.cost
    left -= used
  }
  return left > 0 ? Number.POSITIVE_INFINITY : cost
}

/** The least cost, by trying everything. */
function leastCost(one: Assignment, at = 0, left = [...one.jobs], load = one.takers.map(() => 0)): number {
  const pair = one.pairs[at]
  if (!pair)
    return (
      left.reduce((sum, units, j) => sum + units * (one.open[j] ?? 0), 0) +
      one.takers.reduce((sum, steps, t) => sum + stepsCost(steps, load[t] ?? 0), 0)
    )
  let best = Number.POSITIVE_INFINITY
  for (let units = 0; units <= (left[pair.job] ?? 0); units++) {
    const rest = left.with(pair.job, (left[pair.job] ?? 0) - units)
    const more = load.with(pair.taker, (load[pair.taker] ?? 0) + units)
    best = Math.min(best, units * pair.cost + leastCost(one, at + 1, rest, more))
  }
  return best
}

describe('an assignment', () => {
  it('costs what the best of all costs, and adds up', () => {
    fc.assert(
      fc.property(small, one => {
        const found = assign(one)
        expect(found.cost).toBe(leastCost(one))
        one.jobs.forEach((units, j) => {
          const given = found.given.filter(g => g.job === j).reduce((sum, g) => sum + g.units, 0)
          expect(given + (found.open[j] ?? 0)).toBe(units)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('prices a unit of a job by what one more costs, and room by what one more saves', () => {
    fc.assert(
      fc.property(small, fc.nat(2), fc.nat(1), (one, j, t) => {
        const found = assign(one)
        const more = assign({ ...one, jobs: one.jobs.with(j, (one.jobs[j] ?? 0) + 1) })
        expect(more.cost - found.cost).toBeGreaterThanOrEqual(found.jobPrice[j] ?? 0)
        const roomier = assign({
          ...one,
          takers: one.takers.with(t, [{ units: 1, cost: 0 }, ...(one.takers[t] ?? [])]),
        })
        expect(found.cost - roomier.cost).toBeLessThanOrEqual(found.takerPrice[t] ?? 0)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves open what is cheapest to leave, never the more urgent for the less', () => {
    const found = assign({
      jobs: [1, 1],
      open: [100, 1000],
      takers: [[{ units: 1, cost: 0 }]],
      pairs: [
        { job: 0, taker: 0, cost: 1 },
        { job: 1, taker: 0, cost: 90 },
      ],
    })
    expect(found.given).toEqual([{ job: 1, taker: 0, units: 1 }])
    expect(found.open).toEqual([1, 0])
    expect(found.takerPrice).toEqual([99])
  })

  it('loads takers evenly where steps rise', () => {
    const rising = [0, 1, 2, 3, 4, 5].map(cost => ({ units: 1, cost }))
    const pairs = [0, 1, 2].map(taker => ({ job: 0, taker, cost: 0 }))
    expect(assign({ jobs: [6], open: [99], takers: [rising, rising, rising], pairs }).given.map(g => g.units)).toEqual([
      2, 2, 2,
    ])
  })

  it('refuses a step that is cheaper than the one before', () => {
    const takers = [
      [
        { units: 1, cost: 2 },
        { units: 1, cost: 1 },
      ],
    ]
    expect(() => assign({ jobs: [1], open: [0], takers, pairs: [] })).toThrow(RangeError)
  })

  it('refuses a job of less than nothing, and a pair of what is not there', () => {
    const one: Assignment = { jobs: [1], open: [9], takers: [[{ units: 1, cost: 0 }]], pairs: [] }
    expect(() => assign({ ...one, jobs: [-1] })).toThrow(RangeError)
    for (const pair of [
      { job: 1, taker: 0, cost: 0 },
      { job: 0, taker: 1, cost: 0 },
    ])
      expect(() => assign({ ...one, pairs: [pair] })).toThrow(RangeError)
  })

  it('gives 350 villages to 750 guides, every pair allowed, in less than a second of the processor', () => {
    let seed = 7
    const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
    const [villages, guides] = [350, 750]
    const jobs = Array.from({ length: villages }, () => 2 + random(15))
    const mean = Math.ceil(jobs.reduce((a, b) => a + b) / guides)
    const steps = Array.from({ length: 40 }, (_, i) => ({ units: i === 0 ? mean : 1, cost: i * 2000 }))
    const pairs = Array.from({ length: villages * guides }, (_, i) => ({
      job: Math.floor(i / guides),
      taker: i % guides,
      cost: (i % guides) >> 1 === Math.floor(i / guides) ? 0 : 100 + random(900),
    }))
    const one: Assignment = {
      jobs,
      open: jobs.map(() => 1e6),
      takers: Array.from({ length: guides }, () => steps),
      pairs,
    }
    const before = process.cpuUsage()
    const found = assign(one)
    const { user, system } = process.cpuUsage(before)
    expect(found.open.every(units => units === 0)).toBe(true)
    expect((user + system) / 1e6).toBeLessThan(1)
  })
})
