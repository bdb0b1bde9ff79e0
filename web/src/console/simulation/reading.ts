import type { Result } from '../../platform/api.ts'

export type Sliders = Result<'GET /simulations/sliders'>
export type Slider = Sliders['items'][number]
export type Simulated = Result<'GET /simulations'>
export type Tried = Simulated['policies'][number]
export type Fund = Simulated['budgets'][number]

/** Known, or known to be few: null is a count that is not shown. */
export const isSome = (count: number | null): boolean => count === null || count > 0

const weight = (count: number | null) => count ?? 1

const most = ({ policies }: Simulated, of: (p: Tried) => number) =>
  policies.reduce<Tried | undefined>((best, p) => (of(p) > (best ? of(best) : 0) ? p : best), undefined)

/** The policy most people come to; undefined where nobody does. */
export const gainer = (answer: Simulated): Tried | undefined => most(answer, p => weight(p.gained.people))
export const loser = (answer: Simulated): Tried | undefined => most(answer, p => weight(p.lost.people))

/**
 * What is said of a result first: where the most money moves, who gains most, who loses most. Policies nobody enters or
 * leaves come only for their money.
 */
export function leading(answer: Simulated): Tried[] {
  const money = most(answer, p => Math.abs(p.costTried - p.costNow))
  return [...new Set([money, gainer(answer), loser(answer)].filter(p => p !== undefined))]
}

export const overBy = (spent: number, budget: number): number => Math.max(0, spent - budget)

/** The cell of an age and a disability that comes off worst: least gained less lost; nothing where all are equal or hidden. */
export function worst(fairness: Simulated['fairness']): Simulated['fairness'][number] | undefined {
  const known = fairness.filter(cell => cell.gained !== null && cell.lost !== null)
  const net = (cell: (typeof known)[number]) => (cell.gained ?? 0) - (cell.lost ?? 0)
  const [least] = known.toSorted((a, b) => net(a) - net(b))
  return least && known.some(cell => net(cell) - net(least) >= 1) ? least : undefined
}

/** Bounds of five tones of one quantity, from the lightest on. */
export function tones(counts: readonly (number | null)[]): number[] {
  const most = Math.max(0, ...counts.map(n => n ?? 0))
  return [...new Set([1, ...[0.1, 0.25, 0.5, 0.75].map(share => Math.max(2, Math.round(most * share)))])].filter(
    bound => bound === 1 || bound <= most,
  )
}

export const toneOf = (count: number, bounds: readonly number[]): number =>
  count <= 0 ? 0 : bounds.filter(bound => count >= bound).length
