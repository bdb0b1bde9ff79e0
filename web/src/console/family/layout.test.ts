import type { Day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { placed, quartersIn, shareOf, windowOf } from './layout.ts'

const today = '2021-09-26' as Day
const on = (day: string) => ({ from: day, until: day })

describe('the time that the lanes show', () => {
  it('goes back as far as asked and half a year ahead', () =>
    expect(windowOf([on('2019-01-01')], today, 12)).toEqual({ from: '2020-09-26', until: '2022-03-26' }))

  it('begins with the first of all where that is later', () =>
    expect(windowOf([on('2021-02-01')], today, 24).from).toBe('2021-02-01'))

  it('goes back to the first of all, and ahead to the last, but no more than a year', () =>
    expect(windowOf([on('2019-01-01'), { from: '2021-01-01', until: '2024-01-01' }], today, undefined)).toEqual({
      from: '2019-01-01',
      until: '2022-09-26',
    }))

  it('is never so short that today is its beginning', () =>
    expect(windowOf([], today, undefined)).toEqual({ from: '2021-06-26', until: '2022-03-26' }))
})

describe('a lane', () => {
  const window = windowOf([on('2000-01-01')], today, 12)

  it('puts what is at the same time into rows of its own', () => {
    const rows = placed([{ from: '2021-01-01', until: null }, on('2021-02-01'), on('2021-02-02')], window).map(
      p => p.row,
    )
    expect(rows).toEqual([0, 1, 2])
  })

  it('uses a row again once it is free', () =>
    expect(placed([on('2020-12-01'), on('2021-06-01')], window).map(p => p.row)).toEqual([0, 0]))

  it('leaves out what was over before, and keeps what goes on', () => {
    const shown = placed([on('2019-01-01'), { from: '2019-01-01', until: null }], window)
    expect(shown.map(p => [p.left, p.width])).toEqual([[0, 1]])
  })

  it('has its edges at the ends', () => {
    expect(shareOf(window.from, window)).toBe(0)
    expect(shareOf(window.until, window)).toBe(1)
    expect(shareOf('1999-01-01', window)).toBe(0)
  })

  it('names the quarters in it', () =>
    expect(quartersIn(window)).toEqual([
      '2020-10-01',
      '2021-01-01',
      '2021-04-01',
      '2021-07-01',
      '2021-10-01',
      '2022-01-01',
    ]))
})
