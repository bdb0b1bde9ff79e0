import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { addDays, day, daysBetween, type Day } from '@zhulian/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarOf, readCalendar } from './calendar.ts'
import { checkout } from './config.ts'

const shipped = readCalendar(path.join(checkout, 'data', 'calendar'))
const days = fc.integer({ min: 0, max: 2500 }).map(n => addDays(day('2021-01-01'), n))

describe('the autumn of 2021', () => {
  test.each([
    ['2021-09-24', true, 'Friday'],
    ['2021-09-25', false, 'Saturday'],
    ['2021-09-26', true, 'Sunday worked for the National Day'],
    ['2021-10-01', false, 'National Day'],
    ['2021-10-07', false, 'the last of the holidays'],
    ['2021-10-08', true, 'Friday'],
    ['2021-10-09', true, 'Saturday worked'],
    ['2021-10-10', false, 'Sunday'],
  ] as const)('%s is a working day: %s (%s)', (on, working, _why) => {
    expect(shipped.isWorkingDay(day(on))).toBe(working)
  })

  test('ten working days after 26 September are past the holidays', () => {
    expect(shipped.addWorkingDays(day('2021-09-26'), 10)).toBe('2021-10-14')
    expect(shipped.workingDaysBetween(day('2021-09-26'), day('2021-10-14'))).toBe(10)
    expect(shipped.addWorkingDays(day('2021-10-08'), -1)).toBe('2021-09-30')
  })
})

describe('in any shipped year', () => {
  test('the n-th working day lies n working days away, and is one', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -60, max: 60 }), (from, n) => {
        const to = shipped.addWorkingDays(from, n)
        if (n !== 0) expect(shipped.isWorkingDay(to)).toBe(true)
        if (n >= 0) expect(shipped.workingDaysBetween(from, to)).toBe(n)
        expect(Math.sign(daysBetween(from, to))).toBe(Math.sign(n))
      }),
    )
  })

  test('working days between add up and turn round', () => {
    fc.assert(
      fc.property(days, days, days, (a, b, c) => {
        const [x, y, z] = [a, b, c].sort() as [Day, Day, Day]
        expect(shipped.workingDaysBetween(x, z)).toBe(
          shipped.workingDaysBetween(x, y) + shipped.workingDaysBetween(y, z),
        )
        expect(shipped.workingDaysBetween(z, x) + shipped.workingDaysBetween(x, z)).toBe(0)
      }),
    )
  })

  test('a year has between 243 and 256 working days', () => {
    for (let year = 2021; !shipped.isEstimated(day(`${year}-01-01`)); year++) {
      const working = shipped.workingDaysBetween(day(`${year - 1}-12-31`), day(`${year}-12-31`))
      expect(working, String(year)).toBeGreaterThanOrEqual(243)
      expect(working, String(year)).toBeLessThanOrEqual(256)
    }
  })
})

describe('a year that is not announced', () => {
  const bare = calendarOf([])

  test('knows weekends only, and says so', () => {
    expect(bare.isWorkingDay(day('2035-10-01'))).toBe(true)
    expect(bare.isWorkingDay(day('2035-10-06'))).toBe(false)
    expect(bare.isEstimated(day('2035-10-01'))).toBe(true)
    expect(shipped.isEstimated(day('2021-12-31'))).toBe(false)
    expect(shipped.isEstimated(day('2021-12-31'), day('2035-01-01'))).toBe(true)
  })

  test('days before 1970 have their weekday too', () => {
    expect(bare.isWorkingDay(day('1969-07-20'))).toBe(false)
    expect(bare.isWorkingDay(day('1949-10-01'))).toBe(false)
    expect(bare.isWorkingDay(day('1949-10-03'))).toBe(true)
  })
})

describe('a calendar file', () => {
  test.each([
    ['a day that does not exist', 'year: 2021\nholidays: [2021-02-30]'],
    ['a day of another year', 'year: 2021\nholidays: [2022-01-01]'],
    ['no holidays', 'year: 2021\nholidays: []'],
    ['a workday that is no weekend day', 'year: 2021\nholidays: [2021-10-01]\nworkdays: [2021-10-08]'],
    ['a day both free and worked', 'year: 2021\nholidays: [2021-10-02]\nworkdays: [2021-10-02]'],
    ['no YAML', 'year: [2021'],
  ])('with %s is refused with its name', (_, text) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zhulian-calendar-'))
    fs.writeFileSync(path.join(folder, '2021.yaml'), text)
    expect(() => readCalendar(folder)).toThrow(/2021\.yaml/)
    fs.rmSync(folder, { recursive: true })
  })
})
