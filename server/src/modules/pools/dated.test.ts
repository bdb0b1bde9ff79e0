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

const without2022 = (all: typeof documents) => ({
  ...all,
  parameters: all.parameters.map(p =>
    p.name === 'dibaoStandard' ? { ...p, rows: p.rows.filter(r => r.from > '2021-06-01') } : p,
  ),
})

describe('figures that rules need', () => {
  const later = without2022(documents)

  it('lack where a row was taken away, through what is calculated too', () => {
    const lacks = newLacks(documents, later, '2021-09-26')
    expect(lacks.filter(l => l.rule === 'P01')).toEqual([
      { rule: 'P01', parameter: 'dibaoStandard', from: '2019-01-01', until: '2022-10-01' },
    ])
    expect(newLacks(documents, documents, '2021-09-26')).toEqual([])
  })

  it('of a rule that is new lack from today on only', () => {
    const [first, ...rest] = later.policies
    const lacks = newLacks({ ...later, policies: rest, parameters: documents.parameters }, later, '2021-09-26')
    expect(first?.id).toBe('P01')
    expect(lacks.filter(l => l.rule === 'P01')).toMatchObject([{ from: '2021-09-26', until: '2022-10-01' }])
    expect(lacksOf(documents).some(l => l.rule === 'P01' && l.until === '2019-01-01')).toBe(true)
  })
})

describe('a figure that a rule without days names for the first time', () => {
  const named = (condition: string) => ({
    ...documents,
    services: documents.services.map((s, i) => (i === 0 ? { ...s, condition } : s)),
    circle: { lines: documents.circle.lines.map((line, i) => (i === 0 ? { ...line, condition } : line)) },
  })

  it('may begin before today, as all do', () => {
    expect(newLacks(documents, named('person.age > params.dibaoStandard'), '2021-09-26')).toEqual([])
  })

  it('has to be there from today on', () => {
    const late = {
      ...documents,
      parameters: documents.parameters.map(p =>
        p.name === 'circle3RiskScore' ? { ...p, name: 'late', rows: [{ from: '2022-01-01', value: 1 }] } : p,
      ),
    }
    const lacks = newLacks(
      documents,
      { ...named('person.age > params.late'), parameters: late.parameters },
      '2021-09-26',
    )
    const from = { parameter: 'late', from: '2021-09-26', until: '2022-01-01' }
    expect(lacks.filter(l => l.parameter === 'late')).toEqual([
      { rule: documents.services[0]?.id, ...from },
      { rule: 'circle', ...from },
    ])
  })

  it('of one that it named already every day counts', () => {
    const lacks = newLacks(documents, without2022(documents), '2021-09-26').filter(l => l.rule === 'circle')
    expect(lacks).toMatchObject([{ parameter: 'dibaoStandard', from: '2019-01-01' }])
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
    expect(reachOf(documents, 'circle', 'circle')[0]).toBe('circle')
    expect(reachOf(documents, 'class', 'class')).toEqual(['class'])
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
