import { addMonths, type Day } from '@zhulian/kernel'
import type { Circle } from './tables.ts'

export interface CircleStanding {
  /** What counts: the circle somebody is in. */
  readonly circle: Circle | null
  /** What the rules said last. */
  readonly judged: Circle | null
  /** Since when they have said it without a break. */
  readonly judgedSince: Day | null
}

/** Months for which the rules must have said the same before somebody moves outward. @source domain §4.1 [I] */
export const monthsOfStability = 3

const rank = (circle: Circle | null) => circle ?? 4

/**
 * Inward at once; outward (3 → none, 2 → 3) only after three months in which the rules said so without a break, and a
 * home visit in that time.
 *
 * | rules say | moves |
 * |---|---|
 * | further in | at once |
 * | the same | no; a wait to move out ends |
 * | further out, less than three months or no visit since | no; waits |
 * | further out, three months and a visit since | yes |
 *
 * @param visited whether somebody verified something at home since a day
 */
export function nextCircle(
  now: CircleStanding,
  judged: Circle | null,
  today: Day,
  visited: (since: Day) => boolean,
): CircleStanding {
  const judgedSince = now.judgedSince && now.judged === judged ? now.judgedSince : today
  const stable = { judged, judgedSince }
  if (rank(judged) <= rank(now.circle)) return { circle: judged, ...stable }
  const waited = addMonths(judgedSince, monthsOfStability) <= today
  return { circle: waited && visited(judgedSince) ? judged : now.circle, ...stable }
}
