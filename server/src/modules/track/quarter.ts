import { addDays, addMonths, type Day, day } from '@zhulian/kernel'

/** A quarter of a calendar year, `2021-Q3`; half-open. */
export interface Quarter {
  readonly name: string
  readonly from: Day
  readonly until: Day
}

export const quarterPattern = /^20\d{2}-Q[1-4]$/

export function quarterNamed(name: string): Quarter {
  const month = (Number(name.slice(6)) - 1) * 3 + 1
  const from = day(`${name.slice(0, 4)}-${String(month).padStart(2, '0')}-01`)
  return { name, from, until: addMonths(from, 3) }
}

export const quarterOf = (on: Day): Quarter =>
  quarterNamed(`${on.slice(0, 4)}-Q${Math.floor((Number(on.slice(5, 7)) - 1) / 3) + 1}`)

interface Benefit {
  readonly from_on: Day
  readonly until_on: Day | null
  readonly amount: number | null
  readonly period: 'month' | 'year' | 'once' | null
}

/**
 * What a benefit has come to in a quarter by a day, in whole yuan: a monthly one for each month that has begun and in which it ran on the
 * first day or began later, one that is given once if it began then. What is to come is not among it. Of a yearly one, and of one whose
 * amount is not known, nothing can be said: undefined.
 */
export function cameTo(
  { from_on, until_on, amount, period }: Benefit,
  { from, until }: Quarter,
  today: Day,
): number | undefined {
  if (amount === null || period === 'year' || period === null) return undefined
  if (from_on > today) return 0
  if (period === 'once') return from_on >= from && from_on < until ? amount : 0
  const runs = [0, 1, 2].filter(i => {
    const [first, last] = [addMonths(from, i), addDays(addMonths(from, i + 1), -1)]
    return first <= today && from_on <= last && (until_on === null || until_on > first)
  })
  return runs.length * amount
}
