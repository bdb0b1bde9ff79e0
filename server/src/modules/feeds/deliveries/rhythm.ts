import { type Day, epochDay } from '@zhulian/kernel'
import type { Source } from '../sources/source.ts'

/** Days from one file to the next, with some to spare: holidays, and a clerk who is ill. */
const rhythms: readonly (readonly [word: RegExp, days: number])[] = [
  [/每日|每天|daily/i, 4],
  [/每周|weekly/i, 10],
  [/每月|monthly/i, 40],
]

/**
 * For how many days the next file of a source has been due.
 * @returns 0 while it is in time, null where none is due by the calendar, only in a season, or none has ever come
 */
export function daysLate(source: Pick<Source, 'rhythm'>, last: Day | undefined, today: Day): number | null {
  const isSeasonal = /\d\s*月|年底/.test(source.rhythm.zh)
  if (isSeasonal) return null
  const days = rhythms.find(([word]) => word.test(source.rhythm.zh) || word.test(source.rhythm.en))?.[1]
  if (days === undefined || !last) return null
  return Math.max(0, epochDay(today) - epochDay(last) - days)
}
