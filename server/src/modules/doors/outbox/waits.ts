const [second, minute, hour] = [1000, 60_000, 3_600_000]

/** How long after each try the next one comes: 75 hours and a half until the tenth and last. */
const waitsMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const

/** What could not be sent for so long, because others before it failed, is given up too. */
export const mostDaysMs = 4 * 24 * hour

/** The longest that one failing address is left alone. */
const longestRestMs = hour

/** @param tries made so far, from 1 @param share 0 to 1, so that what failed together does not come back together: up to a tenth more */
export const waitAfter = (tries: number, share: number): number | undefined => {
  const wait = waitsMs[tries - 1]
  return wait === undefined ? undefined : Math.round(wait * (1 + share / 10))
}

/** How long no other message goes where the last ones failed. @param failures in a row, from 1 */
export const restAfter = (failures: number): number =>
  Math.min(waitsMs[Math.min(failures, waitsMs.length) - 1] ?? longestRestMs, longestRestMs)

/** `Retry-After` in seconds or as a date; a day at most. @returns milliseconds, 0 when it says nothing one can use */
export function askedToWait(header: string | undefined, now: Date): number {
  if (header === undefined) return 0
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * second : Date.parse(header) - now.getTime()
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 24 * hour) : 0
}
