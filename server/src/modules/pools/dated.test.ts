import { readPool } from '@zhulian/pool/files'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lacksOf, newLacks, without } from './dated.ts'
import { lineChanges } from './describe-changes.ts'
import { reachOf } from './reach.ts'

const read = await readPool()
if (!read.ok) throw new Error('the data files cannot be read')
const { documents } = read.pool

const day = fc.integer({ min: 1, max: 28 }).map(d => `2021-01-${String(d).padStart(2, '0')}`)
const period = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, until: b } : { from: b, until: a }))
const days = Array.from({ length: 28 }, (_, i) => `2021-01-${String(i + 1).padStart(2, '0')}`)

describe('periods', () => {
  it('keep exactly the days that nobody takes away', () => {
    fc.assert(
      fc.property(fc.array(period, { maxLength: 4 }), fc.array(period, { maxLength: 4 }), (all, taken) => {
        const left = without(all, taken)
        const has = (periods: readonly { from: string; until: string }[], d: string) =>
          periods.some(p => p.from <= d && d < p.until)
        for (const d of days) expect(has(left, d)).toBe(has(all, d) && !has(taken, d))
      }),
    )
  })
})

describe('figures that rules need', () => {
  const without2022 = {
    ...documents,
    parameters: documents.parameters.map(p =>
      p.name === 'dibaoStandard' ? { ...p, rows: p.rows.filter(r => r.from > '2021-06-01') } : p,
    ),
  }

  it('lack where a row was taken away, through what is calculated too', () => {
    const lacks = newLacks(documents, without2022, '2021-09-26')
    expect(lacks.filter(l => l.rule === 'P01')).toEqual([
      { rule: 'P01', parameter: 'dibaoStandard', from: '2019-01-01', until: '2022-10-01' },
    ])
    expect(newLacks(documents, documents, '2021-09-26')).toEqual([])
  })

  it('of a rule that is new lack from today on only', () => {
    const [first, ...rest] = without2022.policies
    const lacks = newLacks(
      { ...without2022, policies: rest, parameters: documents.parameters },
      without2022,
      '2021-09-26',
    )
    expect(first?.id).toBe('P01')
    expect(lacks.filter(l => l.rule === 'P01')).toMatchObject([{ from: '2021-09-26', until: '2022-10-01' }])
    expect(lacksOf(documents).some(l => l.rule === 'P01' && l.until === '2019-01-01')).toBe(true)
  })
})

describe('the reach of a rule', () => {
  it('is itself, what names it, and what it shuts out', () => {
    expect(reachOf(documents, 'policy', 'P24')[0]).toBe('P24')
    expect(reachOf(documents, 'policy', 'P05')).toEqual(expect.arrayContaining(['P05', 'P12', 'P01']))
    expect(reachOf(documents, 'parameter', 'dibaoStandard')).toEqual(
      expect.arrayContaining(['P01', 'P02', 'P09', 'circle', 'J1']),
    )
    expect(reachOf(documents, 'parameter', 'educationGrant.senior')).toEqual(['P24'])
  })
})

describe('two texts line by line', () => {
  it('give the first without what is new and the second without what is gone', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const lines = lineChanges(a, b)
        expect(lines.filter(l => l.sign !== 'new').map(l => l.line)).toEqual(a)
        expect(lines.filter(l => l.sign !== 'gone').map(l => l.line)).toEqual(b)
        if (a.join() === b.join()) expect(lines.every(l => l.sign === 'same')).toBe(true)
      }),
    )
  })
})
