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

/** Months for which the rules must have said the same before somebody may move outward. @source domain §4.1 [I] */
export const monthsOfStability = 3

/** The further in, the smaller; who is in none stands outermost. */
export const rank = (circle: Circle | null) => circle ?? 4

/**
 * What follows by itself. Somebody in the base moves inward at once. Who stands outside enters by themselves only with a
 * bureau's certificate or a list of the base; else the rules make them a candidate. Outward nobody moves by themselves.
 *
 * | rules say | in the base | outside it |
 * |---|---|---|
 * | further in | at once | with a certificate or a list; else a candidate for two people to decide |
 * | the same | no | no |
 * | further out | no; two people may decide, see {@link mayLeave} | – |
 *
 * @param enters whether a certificate or a list brings them in
 */
export function nextCircle(now: CircleStanding, judged: Circle | null, today: Day, enters: boolean): CircleStanding {
  const judgedSince = now.judgedSince && now.judged === judged ? now.judgedSince : today
  const moves = rank(judged) < rank(now.circle) && (now.circle !== null || enters)
  return { circle: moves ? judged : now.circle, judged, judgedSince }
}

/**
 * Whether two people may decide that somebody moves outward: the rules have said so for three months without a break, and
 * somebody was at their home in that time.
 * @param visited whether somebody verified something at home since a day
 */
export const mayLeave = (now: CircleStanding, today: Day, visited: (since: Day) => boolean): boolean =>
  rank(now.judged) > rank(now.circle) &&
  now.judgedSince !== null &&
  addMonths(now.judgedSince, monthsOfStability) <= today &&
  visited(now.judgedSince)
