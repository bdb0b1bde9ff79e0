import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arc, type FlowProblem, minCostFlow } from './index.ts'

const problem = (nodes: number, arcs: number, most: number): fc.Arbitrary<FlowProblem> =>
  fc
    .record({
      supply: fc.array(fc.integer({ min: -most, max: most }), { minLength: 2, maxLength: nodes }),
      arcs: fc.array(
        fc.record({
          from: fc.nat(nodes - 1),
          to: fc.nat(nodes - 1),
          capacity: fc.nat(most),
          cost: fc.integer({ min: -4, max: 9 }),
        }),
        { maxLength: arcs },
      ),
    })
    .map(({ supply, arcs: all }) => ({
      supply,
      arcs: all.filter(a => a.from !== a.to && a.from < supply.length && a.to < supply.length),
    }))

/** What is left at a node after a flow. */
const leftAt = ({ supply, arcs }: FlowProblem, flow: ArrayLike<number>): number[] => {
  const left = [...supply]
  arcs.forEach((arc, i) => {
    left[arc.from]! -= flow[i]!
    left[arc.to]! += flow[i]!
  })
  return left
}
const unsentOf = (left: readonly number[]) => left.reduce((sum, x) => sum + Math.abs(x), 0)

/** Every flow there is. */
function* allFlows(arcs: readonly Arc[], chosen: number[] = []): Generator<readonly number[]> {
  const arc = arcs[chosen.length]
  if (!arc) return yield chosen
  for (let units = 0; units <= arc.capacity; units++) yield* allFlows(arcs, [...chosen, units])
}

/** The most that can be sent, and the least it costs: nodes only give what they have and take what they want. */
function best(one: FlowProblem): { unsent: number; cost: number } {
  let found = { unsent: Number.POSITIVE_INFINITY, cost: 0 }
  for (const flow of allFlows(one.arcs)) {
    const left = leftAt(one, flow)
    if (left.some((x, v) => (one.supply[v]! >= 0 ? x < 0 || x > one.supply[v]! : x > 0 || x < one.supply[v]!))) continue
    const [unsent, cost] = [unsentOf(left), flow.reduce((sum, x, i) => sum + x * one.arcs[i]!.cost, 0)]
    if (unsent < found.unsent || (unsent === found.unsent && cost < found.cost)) found = { unsent, cost }
  }
  return found
}

/** The proof that a flow is cheapest: prices under which no arc with room is worth using more, and none that is used worth using less. */
function isProved(one: FlowProblem, { flow, price }: ReturnType<typeof minCostFlow>): boolean {
  return one.arcs.every((arc, i) => {
    const reduced = arc.cost + price[arc.from]! - price[arc.to]!
    return (flow[i]! === arc.capacity || reduced >= 0) && (flow[i]! === 0 || reduced <= 0)
  })
}

describe('a flow at the least cost', () => {
  it('is what trying every flow finds', () => {
    fc.assert(
      fc.property(problem(4, 6, 2), one => {
        const found = minCostFlow(one)
        expect({ unsent: unsentOf([...found.unsent]), cost: found.cost }).toEqual(best(one))
      }),
      { numRuns: 400 },
    )
  })

  it('keeps to capacities, balances each node, and carries its own proof', () => {
    fc.assert(
      fc.property(problem(14, 60, 9), one => {
        const found = minCostFlow(one)
        expect(one.arcs.every((arc, i) => found.flow[i]! >= 0 && found.flow[i]! <= arc.capacity)).toBe(true)
        expect(leftAt(one, found.flow)).toEqual([...found.unsent])
        expect(isProved(one, found)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('is the same for the same problem, and its prices are whole', () => {
    fc.assert(
      fc.property(problem(10, 30, 5), one => {
        const found = minCostFlow(one)
        expect(minCostFlow(one)).toEqual(found)
        expect(found.price.every(Number.isInteger)).toBe(true)
      }),
    )
  })

  it('refuses numbers that are not whole, arcs that lead nowhere and sums too large to count', () => {
    const of =
      (arc: Partial<Arc>, supply = [1, -1]) =>
      () =>
        minCostFlow({ supply, arcs: [{ from: 0, to: 1, capacity: 1, cost: 1, ...arc }] })
    for (const wrong of [
      { cost: 0.5 },
      { capacity: -1 },
      { capacity: 1.5 },
      { to: 2 },
      { to: 0 },
      { cost: Number.NaN },
    ])
      expect(of(wrong)).toThrow(RangeError)
    expect(of({}, [0.5, -1])).toThrow(RangeError)
    expect(of({ cost: 2 ** 30 }, [2 ** 30, -(2 ** 30)])).toThrow(RangeError)
    expect(of({ cost: -(2 ** 30), capacity: 2 ** 30 })).toThrow(RangeError)
  })

  it('sends nothing where there is nothing', () => {
    expect(minCostFlow({ supply: [], arcs: [] }).cost).toBe(0)
    expect([...minCostFlow({ supply: [3, -2], arcs: [] }).unsent]).toEqual([3, -2])
  })
})
