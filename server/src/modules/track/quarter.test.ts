import type { Day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { cameTo, quarterNamed, quarterOf } from './quarter.ts'

const third = quarterNamed('2021-Q3')
const monthly = { from_on: '2020-01-01' as Day, until_on: null, amount: 900, period: 'month' } as const

describe('a quarter', () => {
  it('begins on the first day of its first month and ends before that of the next', () =>
    expect(third).toEqual({ name: '2021-Q3', from: '2021-07-01', until: '2021-10-01' }))

  it.each([
    ['2021-01-01', '2021-Q1'],
    ['2021-03-31', '2021-Q1'],
    ['2021-04-01', '2021-Q2'],
    ['2021-12-31', '2021-Q4'],
  ])('%s lies in %s', (on, name) => expect(quarterOf(on as Day).name).toBe(name))
})

describe('what a benefit came to in a quarter', () => {
  it.each([
    ['ran all the time', {}, 2700],
    ['began in its last month', { from_on: '2021-09-30' as Day }, 900],
    ['began after it', { from_on: '2021-10-01' as Day }, 0],
    ['ended with its first month', { until_on: '2021-08-01' as Day }, 900],
    ['ended before it', { until_on: '2021-07-01' as Day }, 0],
    ['is given once, in it', { period: 'once', from_on: '2021-08-05' as Day }, 900],
    ['was given once, before it', { period: 'once' }, 0],
    ['is given by the year', { period: 'year' }, undefined],
    ['has no known amount', { amount: null }, undefined],
  ] as const)('that %s', (_, of, yuan) => expect(cameTo({ ...monthly, ...of }, third, '2021-10-05' as Day)).toBe(yuan))

  it.each([
    ['the months that have begun', '2021-08-02', {}, 1800],
    ['nothing of one that is to begin', '2021-08-02', { from_on: '2021-08-20' as Day }, 0],
    ['nothing of one that is to be given once', '2021-08-02', { period: 'once', from_on: '2021-09-01' as Day }, 0],
    ['the month that begins today', '2021-09-01', {}, 2700],
  ] as const)('while it goes on is of %s', (_, today, of, yuan) =>
    expect(cameTo({ ...monthly, ...of }, third, today as Day)).toBe(yuan),
  )
})
