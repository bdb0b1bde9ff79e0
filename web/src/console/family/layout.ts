import { addDays, addMonths, type Day, day, daysBetween } from '@zhulian/kernel'

/** What stands where on the lanes of a family: shares of the width, and rows so that nothing lies upon something else. */
export interface Window {
  readonly from: Day
  readonly until: Day
}

interface Lasting {
  readonly from: string
  readonly until: string | null
}

const monthsAhead = 6

/** So many months back, or to the first of all if that is later, and half a year ahead, or to the last of all but no more than a year. */
export function windowOf(items: readonly Lasting[], today: Day, monthsBack: number | undefined): Window {
  const firsts = items.map(item => item.from).toSorted()
  const lasts = items.map(item => item.until ?? item.from).toSorted()
  const most = addMonths(today, 12)
  const end = lasts.at(-1) ?? today
  const ahead = addMonths(today, monthsAhead)
  const until = end > ahead ? (end > most ? most : day(end)) : ahead
  const first = day(firsts[0] ?? today)
  const asked = monthsBack === undefined ? first : addMonths(today, -monthsBack)
  const least = addMonths(today, -3)
  const from = first > asked ? first : asked
  return { from: from > least ? least : from, until }
}

/** Share of the width from the left, 0 to 1; what lies outside stands at the edge. */
export const shareOf = (on: string, { from, until }: Window): number =>
  Math.min(1, Math.max(0, daysBetween(from, day(on)) / Math.max(1, daysBetween(from, until))))

/** The least share that something takes, so that it can be pressed; and what one takes that has no length, so that it can be read. */
const least = 0.05
const word = 0.13

export interface Placed<T> {
  readonly item: T
  readonly left: number
  readonly width: number
  readonly row: number
}

/** In the order given; each in the first row that is free where it begins. What ended before the window is left out. */
export function placed<T extends Lasting>(items: readonly T[], window: Window): Placed<T>[] {
  const ends: number[] = []
  return items
    .filter(item => (item.until ?? window.until) >= window.from && item.from <= addDays(window.until, -1))
    .map(item => {
      const left = Math.min(shareOf(item.from, window), 1 - least)
      const right = item.until === item.from ? left : shareOf(item.until ?? window.until, window)
      const width = Math.max(item.until === item.from ? Math.min(word, 1 - left) : least, right - left)
      const free = ends.findIndex(end => end <= left)
      const row = free === -1 ? ends.length : free
      ends[row] = left + width
      return { item, left, width, row }
    })
}

/** The first days of quarters in a window. */
export function quartersIn({ from, until }: Window): Day[] {
  const month = Math.floor((Number(from.slice(5, 7)) - 1) / 3) * 3 + 1
  const first = day(`${from.slice(0, 4)}-${String(month).padStart(2, '0')}-01`)
  const all: Day[] = []
  for (let on = first; on < until; on = addMonths(on, 3)) if (on >= from) all.push(on)
  return all
}
