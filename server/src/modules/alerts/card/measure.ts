/** How well points put those first of whom a visit found it so. All of one length; `so` says whether it was. */

/** A normal deviate that leaves five in a hundred outside. */
const wide = 1.959964

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Place of each among all from the lowest, from 1; those that are equal share the middle one. */
function midranks(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).toSorted((a, b) => (values[a] as number) - (values[b] as number))
  const ranks = new Float64Array(values.length)
  for (let i = 0; i < order.length; ) {
    let j = i
    while (j < order.length && values[order[j] as number] === values[order[i] as number]) j++
    for (let k = i; k < j; k++) ranks[order[k] as number] = (i + j + 1) / 2
    i = j
  }
  return ranks
}

/** Of each that was so the share of the others it stands above, and the other way round. */
function placements(points: readonly number[], so: readonly boolean[]) {
  const all = midranks(points)
  const [cases, others] = [true, false].map(wanted => points.flatMap((_, i) => (so[i] === wanted ? [i] : [])))
  const own = (who: readonly number[]) => midranks(who.map(i => points[i] as number))
  const [ownCases, ownOthers] = [own(cases as number[]), own(others as number[])]
  const [n, m] = [(cases as number[]).length, (others as number[]).length]
  return {
    ofCases: (cases as number[]).map((at, i) => ((all[at] as number) - (ownCases[i] as number)) / m),
    ofOthers: (others as number[]).map((at, i) => 1 - ((all[at] as number) - (ownOthers[i] as number)) / n),
  }
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const variance = (values: readonly number[]) => {
  const middle = mean(values)
  return values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / (values.length - 1)
}
const around = (value: number, spread: number): Interval => ({
  value,
  low: value - wide * spread,
  high: value + wide * spread,
})

/**
 * The chance that of two, one so and one not, the points put the first before the second; a half is no better than a coin.
 * @source DeLong, DeLong, Clarke-Pearson 1988
 */
export function auc(points: readonly number[], so: readonly boolean[]): Interval {
  const { ofCases, ofOthers } = placements(points, so)
  const { value, low, high } = around(
    mean(ofCases),
    Math.sqrt(variance(ofCases) / ofCases.length + variance(ofOthers) / ofOthers.length),
  )
  return { value, low: Math.max(0, low), high: Math.min(1, high) }
}

/** How much the second does better than the first, of the same people; the interval is of the difference. */
export function aucGain(first: readonly number[], second: readonly number[], so: readonly boolean[]): Interval {
  const [a, b] = [placements(first, so), placements(second, so)]
  const less = (x: readonly number[], y: readonly number[]) => y.map((v, i) => v - (x[i] as number))
  const [cases, others] = [less(a.ofCases, b.ofCases), less(a.ofOthers, b.ofOthers)]
  return around(mean(cases), Math.sqrt(variance(cases) / cases.length + variance(others) / others.length))
}

/**
 * The chance of each to stand among a share of all with the most points: 1 above the line, 0 below, and of those that share it each
 * the same.
 */
export function amongFirst(points: readonly number[], share: number): Float64Array {
  const room = share * points.length
  const ranks = midranks(points.map(p => -p))
  const bySize = Map.groupBy(points, p => p)
  return Float64Array.from(points, (p, i) => {
    const equal = bySize.get(p)?.length ?? 1
    const before = (ranks[i] as number) - (equal + 1) / 2
    return Math.min(1, Math.max(0, (room - before) / equal))
  })
}

/** Two figures that turn points into a share of those that were so: `1 / (1 + e^-(a + b · points))`. */
export interface Curve {
  readonly a: number
  readonly b: number
}

export const shareAt = ({ a, b }: Curve, points: number): number => 1 / (1 + Math.exp(-(a + b * points)))

/** The likeliest curve; by Newton's steps, which on two figures end in a few. A grain of caution keeps it finite. */
export function curveOf(points: readonly number[], so: readonly boolean[]): Curve {
  let [a, b] = [0, 0]
  const caution = 1e-3
  for (let step = 0; step < 50; step++) {
    let [ga, gb, haa, hab, hbb] = [0, -caution * b, 1e-9, 0, caution]
    for (let i = 0; i < points.length; i++) {
      const x = points[i] as number
      const p = shareAt({ a, b }, x)
      const [rest, weight] = [(so[i] ? 1 : 0) - p, p * (1 - p)]
      ga += rest
      gb += rest * x
      haa += weight
      hab += weight * x
      hbb += weight * x * x
    }
    const determinant = haa * hbb - hab * hab
    const [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant]
    const short = Math.min(1, 4 / Math.max(Math.abs(da), Math.abs(db), 4))
    a += short * da
    b += short * db
    if (Math.abs(da) + Math.abs(db) < 1e-9) break
  }
  return { a, b }
}

export interface Calibration {
  /** 1: what was said comes out as said; below: said too boldly. From 0.8 to 1.2 is good. */
  readonly slope: number
  /** Said, and found, of all. */
  readonly said: number
  readonly found: number
  /** The middle distance between said and found, over fifths from the lowest points up. Up to 0.02 is good. */
  readonly error: number
}

/** How well shares said before fit what was found. */
export function calibration(said: readonly number[], so: readonly boolean[]): Calibration {
  const odds = said.map(p => Math.log(p / (1 - p)))
  const order = said.map((_, i) => i).toSorted((x, y) => (said[x] as number) - (said[y] as number))
  const fifths = Array.from({ length: 5 }, (_, k) =>
    order.slice(Math.round((k * order.length) / 5), Math.round(((k + 1) * order.length) / 5)),
  ).filter(part => part.length > 0)
  const found = (part: readonly number[]) => mean(part.map(i => (so[i] ? 1 : 0)))
  const error = fifths.reduce(
    (sum, part) => sum + (part.length / order.length) * Math.abs(mean(part.map(i => said[i] as number)) - found(part)),
    0,
  )
  return { slope: curveOf(odds, so).b, said: mean(said), found: found(order), error }
}
