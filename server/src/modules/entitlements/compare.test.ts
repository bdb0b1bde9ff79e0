import type { Day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { compare, type Received, type Stand } from './compare.ts'
import type { Results } from './results.ts'

const on = '2021-09-26' as Day
const nothing: Results = { household: {}, persons: {}, services: {}, circles: {}, classes: [] }
const stand = (given: Partial<Stand>): Stand => ({
  results: nothing,
  received: [],
  certifiedTier: undefined,
  told: new Set(['P12', 'P13', 'P10', 'P34']),
  on,
  ...given,
})
const living: Results = {
  ...nothing,
  persons: { a: { P12: { verdict: 'eligible', amount: 331, period: 'month' } } },
}
const receives = (policy: string, more: Partial<Received> = {}): Received => ({
  policy,
  person: 'a',
  from: '2020-01-01' as Day,
  once: false,
  ...more,
})

describe('what the rules say beside what is received', () => {
  it('an entitlement that nobody receives is unclaimed, with its worth a year', () => {
    expect(compare(stand({ results: living }))).toEqual([
      { kind: 'unclaimed', policy: 'P12', person: 'a', amountAYear: 3972, conditionalOn: null },
    ])
  })

  it('what is received is neither, also when the file names the household alone', () => {
    expect(compare(stand({ results: living, received: [receives('P12')] }))).toEqual([])
    const { person: _, ...household } = receives('P12')
    expect(compare(stand({ results: living, received: [household] }))).toEqual([])
  })

  it('a receipt that ended, or of somebody else, does not count', () => {
    const ended = receives('P12', { until: '2021-09-26' as Day })
    expect(compare(stand({ results: living, received: [ended] })).map(f => f.kind)).toEqual(['unclaimed'])
    const other = receives('P12', { person: 'b' })
    expect(compare(stand({ results: living, received: [other] })).map(f => f.kind)).toEqual(['unclaimed', 'recheck'])
  })

  it('a policy of whose payments the district is told nothing is never unclaimed', () => {
    expect(compare(stand({ results: living, told: new Set() }))).toEqual([])
  })

  it('a benefit received that the rules no longer give is a question, one that is open is not', () => {
    expect(compare(stand({ received: [receives('P13')] }))).toMatchObject([{ kind: 'recheck', policy: 'P13' }])
    const open: Results = { ...nothing, persons: { a: { P13: { verdict: 'undetermined' } } } }
    expect(compare(stand({ results: open, received: [receives('P13')] }))).toEqual([])
  })

  it('a benefit that gives way to another is asked about only where both are received', () => {
    const excluded: Results = {
      ...nothing,
      persons: {
        a: {
          P10: { verdict: 'eligible', amount: 500, period: 'month' },
          P13: { verdict: 'excluded', excludedBy: 'P10' },
        },
      },
    }
    expect(compare(stand({ results: excluded, received: [receives('P13')] })).map(f => f.policy)).toEqual(['P10'])
    const both = compare(stand({ results: excluded, received: [receives('P13'), receives('P10')] }))
    expect(both).toMatchObject([{ kind: 'recheck', policy: 'P13' }])
  })

  it('who may choose and has one of the two lacks nothing', () => {
    const choice: Results = {
      ...nothing,
      persons: {
        a: { P12: { verdict: 'eligible', choiceWith: ['P13'] }, P13: { verdict: 'eligible', choiceWith: ['P12'] } },
      },
    }
    expect(compare(stand({ results: choice, received: [receives('P13')] }))).toEqual([])
  })

  it('a certificate stands for the benefit it was given with', () => {
    const dibao: Results = { ...nothing, household: { P01: { verdict: 'eligible', amount: 1806, period: 'month' } } }
    expect(compare(stand({ results: dibao, certifiedTier: 'dibao' }))).toEqual([])
    expect(compare(stand({ results: dibao, certifiedTier: 'none' }))).toMatchObject([
      { kind: 'unclaimed', policy: 'P01' },
    ])
    expect(compare(stand({ certifiedTier: 'dibao' }))).toMatchObject([{ kind: 'recheck', policy: 'P01' }])
  })

  it('a single payment counts for the year after it and is never asked about', () => {
    const once: Results = { ...nothing, household: { P34: { verdict: 'eligible', amount: 2000, period: 'once' } } }
    const { person: _, ...paid } = receives('P34', { once: true, from: '2021-01-01' as Day })
    expect(compare(stand({ results: once, received: [paid] }))).toEqual([])
    expect(compare(stand({ results: once, received: [{ ...paid, from: '2020-09-26' as Day }] }))).toHaveLength(1)
    expect(compare(stand({ received: [paid] }))).toEqual([])
  })
})
