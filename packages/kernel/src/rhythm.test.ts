import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, daysBetween } from './day.ts'
import type { Id } from './id.ts'
import { nextVisit, rhythmOf } from './rhythm.ts'

describe('the rhythm of visits', () => {
  it.each([
    ['high risk', { circle: 3, traits: [], urgent: true }, 7],
    ['the first circle, alone', { circle: 1, traits: ['alone'], urgent: false }, 7],
    ['the first circle', { circle: 1, traits: [], urgent: false }, 30],
    ['a poor child', { circle: 2, traits: ['child'], urgent: false }, 30],
    ['the second circle', { circle: 2, traits: ['alone'], urgent: false }, 91],
    ['the third circle', { circle: 3, traits: ['child'], urgent: false }, 91],
    ['outside the base', { circle: null, traits: ['alone'], urgent: false }, undefined],
  ] as const)('%s', (_, household, every) => {
    expect(rhythmOf(household)?.every).toBe(every)
  })

  it('who was visited is due one interval later; who never was has one day in each interval, whichever day it is asked', () => {
    const day = fc.integer({ min: 0, max: 9000 }).map(n => addDays('2021-01-01' as Day, n))
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), day, fc.constantFrom(7, 30, 91), (id, today, every) => {
        const rhythm = { kind: 'routine' as const, every }
        const first = nextVisit(rhythm, id as Id, null, today)
        expect(daysBetween(today, first)).toBeGreaterThanOrEqual(0)
        expect(daysBetween(today, first)).toBeLessThan(every)
        expect(nextVisit(rhythm, id as Id, null, first)).toBe(first)
        expect(nextVisit(rhythm, id as Id, today, today)).toBe(addDays(today, every))
      }),
    )
  })
})
