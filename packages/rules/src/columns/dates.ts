import { daysInMonth } from '@zhulian/kernel'

/** What is calculated from days since 1970 and months, all known; infinite is what only the scalar function can say. */
export const dates: Readonly<Record<string, (a: number, b: number) => number>> = {
  completedYears: (a, b) => {
    const [x, y] = [civil(a), civil(b)]
    return (y >> 9) - (x >> 9) - ((y & 511) < (x & 511) ? 1 : 0)
  },
  monthsBetween: (a, b) => {
    const [x, y] = [civil(a), civil(b)]
    const months = ((y >> 9) - (x >> 9)) * 12 + ((y >> 5) & 15) - ((x >> 5) & 15)
    if ((x & 31) <= (y & 31)) return months
    // A day that the later month does not have stands for its last.
    return Math.min(x & 31, daysInMonth(y >> 9, (y >> 5) & 15)) > (y & 31) ? months - 1 : months
  },
  daysBetween: (a, b) => b - a,
  addMonths: (a, b) => {
    const at = a - firstDay
    if (!(at >= 0 && at < days)) return monthsLater(a, b)
    const table = later(b)
    if (!table) return monthsLater(a, b)
    const found = table[at] as number
    if (found !== 0) return found === 1 ? 0 : found
    const day = monthsLater(a, b)
    if (Number.isInteger(day) && day !== 1) table[at] = day === 0 ? 1 : day
    return day
  },
}

/** By months: for each day since the first, the day so much later; 0 where it was not asked yet, 1 for the day 0. */
const tables = new Map<number, Int32Array>()
const mostTables = 8
/** So often is one that is not there asked for until the oldest makes room: where every lane has its own, none would last. */
const patience = 5000
let missed = 0

function later(months: number): Int32Array | undefined {
  let table = tables.get(months)
  if (table) return table
  if (tables.size >= mostTables) {
    if (++missed < patience) return undefined
    missed = 0
    const [oldest] = tables.keys()
    tables.delete(oldest as number)
  }
  tables.set(months, (table = new Int32Array(days)))
  return table
}

function monthsLater(a: number, b: number): number {
  const from = civil(a)
  const months = (from >> 9) * 12 + ((from >> 5) & 15) - 1 + b
  if (!Number.isInteger(b) || months < 1800 * 12 || months >= 2200 * 12) return Number.POSITIVE_INFINITY
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1]
  return epochDayOf(year, month, Math.min(from & 31, daysInMonth(year, month)))
}

/** @source days_from_civil, Howard Hinnant */
function epochDayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

/** Days from 1880 on, worked out once each. */
const [firstDay, days] = [-32_872, 80_000]
const civils = new Int32Array(days)

/** Year × 512 + month × 32 + day of a day since 1970. */
function civil(day: number): number {
  const at = day - firstDay
  if (!(at >= 0 && at < days)) return civilOf(day)
  return (civils[at] as number) || (civils[at] = civilOf(day))
}

/** @source civil_from_days, Howard Hinnant */
function civilOf(day: number): number {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const ofEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * ofYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0)) * 512 + month * 32 + ofYear - Math.floor((153 * m + 2) / 5) + 1
}
