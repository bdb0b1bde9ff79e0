import { type Arc, minCostFlow } from './min-cost-flow.ts'

/** So many units more, each at this cost. */
export interface Step {
  readonly units: number
  readonly cost: number
}

/** A job may be done by a taker, each unit at this cost. */
export interface Pair {
  readonly job: number
  readonly taker: number
  readonly cost: number
  /** Units of the job this taker does at most; all of them unless said. */
  readonly atMost?: number
}

/** Jobs of some units each, takers with room, and who may do what. All numbers are whole. */
export interface Assignment {
  /** Units of each job. */
  readonly jobs: readonly number[]
  /** What a unit of a job costs that nobody takes; the longer it has waited the more. */
  readonly open: readonly number[]
  /** What units cost a taker, on top of their pairs: costs rise from step to step, and beyond the last step is no room. A fair load is steep steps. */
  readonly takers: readonly (readonly Step[])[]
  readonly pairs: readonly Pair[]
}

export interface Given {
  readonly job: number
  readonly taker: number
  readonly units: number
}

export interface Assigned {
  /** By job, then by taker; pairs without a unit are left out. */
  readonly given: readonly Given[]
  /** Units of each job that nobody takes. */
  readonly open: readonly number[]
  /** Of pairs, steps and open units together; no other assignment has a smaller one. */
  readonly cost: number
  /** What one more unit of each job would cost, at most what it costs to leave it open. */
  readonly jobPrice: readonly number[]
  /** What one more unit of room at each taker would save; 0 where room is left that costs nothing. */
  readonly takerPrice: readonly number[]
}

/**
 * Gives jobs to takers at the least cost. Units of one job may go to several takers.
 * @throws RangeError for a step cheaper than the one before it, a job of less than nothing, a pair that names none that was given, and
 * as {@link minCostFlow} does
 */
export function assign({ jobs, open, takers, pairs }: Assignment): Assigned {
  if (jobs.some(units => units < 0)) throw new RangeError('a job has less than no unit')
  if (pairs.some(p => jobs[p.job] === undefined || takers[p.taker] === undefined))
    throw new RangeError('a pair names a job or a taker that is not there')
  const [sink, taker] = [jobs.length + takers.length, (t: number) => jobs.length + t]
  const all = jobs.reduce((sum, units) => sum + units, 0)
  // Room for one more than there is: else the room, and not the job, would be what has a price.
  const free = all + 1
  const arcs: Arc[] = pairs.map(p => ({
    from: p.job,
    to: taker(p.taker),
    capacity: p.atMost ?? free,
    cost: p.cost,
  }))
  for (const [t, steps] of takers.entries())
    for (const [i, { units, cost }] of steps.entries()) {
      const before = steps[i - 1]
      if (before && before.cost > cost)
        throw new RangeError(`step ${i} of taker ${t} is cheaper than the one before it`)
      arcs.push({ from: taker(t), to: sink, capacity: units, cost })
    }
  const firstOpen = arcs.length
  for (const j of jobs.keys()) arcs.push({ from: j, to: sink, capacity: free, cost: open[j] ?? 0 })
  const { flow, cost, price } = minCostFlow({ supply: [...jobs, ...takers.map(() => 0), -all], arcs })
  const at = (node: number) => price[node] ?? 0
  return {
    given: pairs
      .map((p, i) => ({ job: p.job, taker: p.taker, units: flow[i] ?? 0 }))
      .filter(g => g.units > 0)
      .toSorted((a, b) => a.job - b.job || a.taker - b.taker),
    open: jobs.map((_, j) => flow[firstOpen + j] ?? 0),
    cost,
    jobPrice: jobs.map((_, j) => at(sink) - at(j)),
    takerPrice: takers.map((_, t) => Math.max(0, at(sink) - at(taker(t)))),
  }
}
