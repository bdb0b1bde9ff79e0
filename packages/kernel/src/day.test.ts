import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, completedYears, day, dayOf, daysBetween, epochDay, fromEpochDay, parseDay } from './day.ts'

const anyDay = fc.integer({ min: -62_000, max: 83_000 }).map(fromEpochDay)

describe('a day', () => {
  it.each([
    '2021-02-30',
    '2021-13-01',
    '2021-00-10',
    '21-1-1',
    '2021-1-1',
    '1700-01-01',
    '2300-01-01',
    '2021-09-26T00:00',
    '',
    '２０２１-09-26',
  ])('is not %j', text => expect(parseDay(text)).toBeUndefined())
  it('is 29 February in a leap year only', () => {
    expect(parseDay('2020-02-29')).toBe('2020-02-29')
    expect(parseDay('2000-02-29')).toBe('2000-02-29')
    expect(parseDay('1900-02-29')).toBeUndefined()
    expect(parseDay('2021-02-29')).toBeUndefined()
  })
  it('survives the way to a number and back', () =>
    fc.assert(fc.property(anyDay, d => fromEpochDay(epochDay(d)) === d && parseDay(d) === d)))
  it('compares as text as it does in time', () =>
    fc.assert(fc.property(anyDay, anyDay, (a, b) => a < b === daysBetween(a, b) > 0)))
  it('adds days and takes them back', () =>
    fc.assert(fc.property(anyDay, fc.integer({ min: -3000, max: 3000 }), (d, n) => addDays(addDays(d, n), -n) === d)))
  it('ends a month that is too short on its last day', () => {
    expect(addMonths(day('2021-01-31'), 1)).toBe('2021-02-28')
    expect(addMonths(day('2021-03-31'), -13)).toBe('2020-02-29')
    expect(addMonths(day('2021-12-15'), 1)).toBe('2022-01-15')
  })
  it('completes a year of life on the birthday itself', () => {
    expect(completedYears(day('1945-09-27'), day('2021-09-26'))).toBe(75)
    expect(completedYears(day('1945-09-26'), day('2021-09-26'))).toBe(76)
    expect(completedYears(day('2000-02-29'), day('2021-02-28'))).toBe(20)
    expect(completedYears(day('2000-02-29'), day('2021-03-01'))).toBe(21)
  })
  it('begins at midnight of the office', () => {
    expect(dayOf(new Date('2021-09-25T15:59:59Z'), 'Asia/Shanghai')).toBe('2021-09-25')
    expect(dayOf(new Date('2021-09-25T16:00:00Z'), 'Asia/Shanghai')).toBe('2021-09-26')
  })
})
