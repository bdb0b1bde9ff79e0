import { addDays, day, daysBetween, type Day } from '@zhulian/kernel'

/** First release of each major version, supported for five years. @source https://www.postgresql.org/support/versioning/ */
const majors: Record<number, Day> = {
  15: day('2022-10-13'),
  16: day('2023-09-14'),
  17: day('2024-09-26'),
  18: day('2025-09-25'),
}

/** Releases outside the quarterly round, which shift the numbers. @source https://www.postgresql.org/docs/release/ */
const extra = [day('2024-11-21'), day('2025-02-20'), day('2026-02-26')]

export interface ReleaseAge {
  /** When this minor version came out; undefined when the version is not known here. */
  readonly releasedOn: Day | undefined
  /** Rounds of fixes that have come out since by the quarterly plan. */
  readonly behind: number
  readonly supportedUntil: Day | undefined
}

/**
 * How old a server is. Reckoned from the plan of releases (the second Thursday of February, May, August and November),
 * so it needs no network; releases outside the plan that are not listed here make it say a round too many.
 * @param version such as `15.20`
 * @source https://www.postgresql.org/developer/roadmap/
 */
export function releaseAge(version: string, today: Day): ReleaseAge {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const first = majors[major]
  if (!first) return { releasedOn: undefined, behind: 0, supportedUntil: undefined }
  const rounds = roundsAfter(first, addDays(today, 3660))
  const releasedOn = minor === 0 ? first : rounds[minor - 1]
  const behind = releasedOn === undefined ? 0 : rounds.filter(on => on > releasedOn && on <= today).length
  return { releasedOn, behind, supportedUntil: secondThursday(Number(first.slice(0, 4)) + 5, 11) }
}

function roundsAfter(first: Day, until: Day): Day[] {
  const found = extra.filter(on => on > first)
  for (let year = Number(first.slice(0, 4)); year <= Number(until.slice(0, 4)); year++) {
    for (const month of [2, 5, 8, 11]) {
      const on = secondThursday(year, month)
      // The first round after a new major comes weeks later, never days.
      if (daysBetween(first, on) > 14) found.push(on)
    }
  }
  return found.sort()
}

function secondThursday(year: number, month: number): Day {
  const first = day(`${year}-${String(month).padStart(2, '0')}-01`)
  // 1970-01-01 was a Thursday.
  const toThursday = (7 - (daysBetween(day('1970-01-01'), first) % 7)) % 7
  return addDays(first, toThursday + 7)
}
