import fs from 'node:fs'
import path from 'node:path'
import { addDays, day, daysBetween, epochDay, type Day } from '@zhulian/kernel'
import { parse } from 'yaml'
import { SetupProblem } from './setup-problem.ts'

/**
 * Working days of the mainland: Monday to Friday, less the public holidays, plus the weekend days that are worked in
 * their place. The State Council announces both for one year at a time.
 */
export interface Calendar {
  isWorkingDay(on: Day): boolean
  /** The n-th working day after `from`, which itself does not count; before it when n is negative; `from` when n is 0. */
  addWorkingDays(from: Day, n: number): Day
  /** Working days after `from` up to and with `to`; negative when `to` is earlier. `addWorkingDays(a, n)` lies n from a. */
  workingDaysBetween(from: Day, to: Day): number
  /** A year of the period has not been announced: only weekends are known of it. */
  isEstimated(from: Day, to?: Day): boolean
}

export interface CalendarYear {
  readonly year: number
  readonly holidays: readonly Day[]
  readonly workdays: readonly Day[]
}

/** Reads `<year>.yaml` files. @throws SetupProblem naming the file and what is wrong in it */
export function readCalendar(folder: string): Calendar {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter(f => f.endsWith('.yaml')) : []
  return calendarOf(files.map(file => readYear(path.join(folder, file))))
}

export function calendarOf(years: readonly CalendarYear[]): Calendar {
  const known = new Set(years.map(y => String(y.year)))
  const holidays = new Set(years.flatMap(y => y.holidays))
  const workdays = new Set(years.flatMap(y => y.workdays))

  const isWorkingDay = (on: Day) => workdays.has(on) || (!isWeekend(on) && !holidays.has(on))

  function addWorkingDays(from: Day, n: number): Day {
    if (!Number.isInteger(n) || Math.abs(n) > 5000) throw new RangeError(`not a number of working days: ${n}`)
    let at = from
    for (let left = Math.abs(n); left > 0; ) {
      at = addDays(at, Math.sign(n))
      if (isWorkingDay(at)) left--
    }
    return at
  }

  function workingDaysBetween(from: Day, to: Day): number {
    if (to < from) return -workingDaysBetween(to, from)
    let count = 0
    for (let at = from, left = daysBetween(from, to); left > 0; left--) if (isWorkingDay((at = addDays(at, 1)))) count++
    return count
  }

  function isEstimated(from: Day, to = from): boolean {
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
      if (!known.has(String(year))) return true
    return false
  }

  return { isWorkingDay, addWorkingDays, workingDaysBetween, isEstimated }
}

/** 1970-01-01 was a Thursday. */
const isWeekend = (on: Day) => [0, 6].includes((((epochDay(on) + 4) % 7) + 7) % 7)

function readYear(file: string): CalendarYear {
  try {
    const read = parse(fs.readFileSync(file, 'utf8'), { schema: 'failsafe' }) as Record<string, unknown>
    const year = Number(read['year'])
    const days = (key: string) => listOf(read[key]).map(text => within(year, day(text)))
    const found = { year, holidays: days('holidays'), workdays: days('workdays') }
    if (!Number.isInteger(year) || found.holidays.length === 0) throw new RangeError('year or holidays missing')
    for (const on of found.workdays) {
      if (!isWeekend(on) || found.holidays.includes(on))
        throw new RangeError(`${on} is not a weekend day that is worked`)
    }
    return found
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SetupProblem(
      {
        zh: `日历文件 ${file} 读不通（${why}）。格式：year、holidays、workdays，日期写作 2021-09-26。`,
        en: `The calendar file ${file} cannot be read (${why}). It holds year, holidays and workdays, with days as 2021-09-26.`,
      },
      error,
    )
  }
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function within(year: number, on: Day): Day {
  if (Number(on.slice(0, 4)) !== year) throw new RangeError(`${on} is not in ${year}`)
  return on
}
