import { describe, expect, it } from 'vitest'
import { casesAbout, casesInUse } from './cases-about.ts'
import type { WorkedCase } from './document.ts'

const example = (name: string, expect: object): WorkedCase => ({
  name,
  on: '2021-09-26',
  household: {},
  persons: [],
  expect,
})
const [one, other, both] = [
  example('one', { 'S-A1': { a: { verdict: 'eligible' } } }),
  example('other', { 'S-A2': { a: { verdict: 'eligible' } } }),
  example('both', { circle: { a: 1 }, class: ['support'] }),
]
const names = (found: ReturnType<typeof casesAbout>) => found.map(([i, { name }]) => [i, name])

describe('worked households in a file of several rules', () => {
  it('are shown where they expect something of the rule, with their place in the file', () => {
    const all = [one, other, both]
    expect(names(casesAbout(all, 'service', 'S-A2', undefined))).toEqual([[1, 'other']])
    expect(names(casesAbout(all, 'circle', 'circle', undefined))).toEqual([[2, 'both']])
    expect(names(casesAbout(all, 'class', 'class', undefined))).toEqual([[2, 'both']])
    expect(casesAbout(all, 'policy', 'P01', undefined)).toHaveLength(3)
    const [fire, card] = [example('fire', { alerts: { R20: 'red' } }), example('card', { points: { sum: 3 } })]
    expect(names(casesAbout([fire, card], 'alert', 'R20', undefined))).toEqual([[0, 'fire']])
    expect(names(casesAbout([fire, card], 'points', 'points', undefined))).toEqual([[1, 'card']])
  })

  it('stay in sight while they are new, though they expect nothing of it yet', () => {
    const fresh = example('new', {})
    const saved = { ownCases: [one, other, fresh], writtenCases: [2] }
    // Not saved yet, and saved.
    const unsaved = casesInUse({ ownCases: [one, other], writtenCases: [] })
    expect(names(casesAbout([one, other, fresh], 'service', 'S-A1', unsaved))).toEqual([
      [0, 'one'],
      [2, 'new'],
    ])
    expect(names(casesAbout(saved.ownCases, 'service', 'S-A1', casesInUse(saved)))).toEqual([
      [0, 'one'],
      [2, 'new'],
    ])
    // So does one that was changed, also when one before it was taken out.
    const changed = { ...other, name: 'changed' }
    expect(names(casesAbout([changed, fresh], 'service', 'S-A1', casesInUse(saved)))).toEqual([
      [0, 'changed'],
      [1, 'new'],
    ])
  })
})
