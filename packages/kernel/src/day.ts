/** A calendar day as `YYYY-MM-DD`, always a real day of the years 1800–2199. Days compare as strings. */
export type Day = string & { readonly __day: true }

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const two = (n: number) => String(n).padStart(2, '0')

/** Length of a month (1–12) in days. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0)

/** The day a text names, or undefined: 2021-02-30, 21-2-3 and the year 1700 are not days. */
export function parseDay(text: string): Day | undefined {
  const parts = /^(1[89]\d\d|2[01]\d\d)-(\d\d)-(\d\d)$/.exec(text)
  if (!parts) return undefined
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return day >= 1 && day <= daysInMonth(year, month) ? (text as Day) : undefined
}

/** As {@link parseDay}. @throws RangeError when the text is not a day */
export function day(text: string): Day {
  const parsed = parseDay(text)
  if (!parsed) throw new RangeError(`not a day: ${JSON.stringify(text)}`)
  return parsed
}

const split = (d: Day): [number, number, number] => [Number(d.slice(0, 4)), Number(d.slice(5, 7)), Number(d.slice(8))]

/** Days since 1970-01-01, an integer. */
export const epochDay = (d: Day): number => Date.UTC(...monthFirst(d)) / 86_400_000
const monthFirst = (d: Day): [number, number, number] => {
  const [year, month, date] = split(d)
  return [year, month - 1, date]
}

export const fromEpochDay = (n: number): Day => new Date(n * 86_400_000).toISOString().slice(0, 10) as Day

export const addDays = (d: Day, days: number): Day => fromEpochDay(epochDay(d) + days)

/** The same day of the month `months` later; the last of the month when that day does not exist (31 January + 1 = 28 February). */
export function addMonths(d: Day, months: number): Day {
  const [year, month, date] = split(d)
  const index = year * 12 + (month - 1) + months
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  return `${y}-${two(m)}-${two(Math.min(date, daysInMonth(y, m)))}` as Day
}

/** Whole days from a to b, negative when b is earlier. */
export const daysBetween = (a: Day, b: Day): number => epochDay(b) - epochDay(a)

/** Completed years between birth and `on`; a year is completed on the birthday itself. Negative before birth. */
export function completedYears(birth: Day, on: Day): number {
  const [by, bm, bd] = split(birth)
  const [y, m, d] = split(on)
  return y - by - (m < bm || (m === bm && d < bd) ? 1 : 0)
}

/** The calendar day of an instant in an IANA time zone, such as Asia/Shanghai. */
export function dayOf(instant: Date, zone: string): Day {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(zone, format)
  }
  return format.format(instant) as Day
}
/** Making one takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>()
