import { describe, expect, it } from 'vitest'
import { withRow } from './into-draft.ts'

const row = (from: string, value: number, more: object = {}) => ({ from, value, provenance: ['S04'], ...more })

describe('a tried figure in a draft', () => {
  it('stands after those that began before, marked as an illustration', () => {
    expect(withRow([row('2021-01-01', 1102)], '2027-01-01', 1400)).toEqual([
      row('2021-01-01', 1102),
      { from: '2027-01-01', value: 1400, provenance: ['I'] },
    ])
  })

  it('takes the place of one that begins the same day, and leaves what begins later', () => {
    const rows = [row('2021-01-01', 1102), row('2022-10-01', 1216)]
    expect(withRow(rows, '2021-01-01', 1150).map(r => [r.from, r.value])).toEqual([
      ['2021-01-01', 1150],
      ['2022-10-01', 1216],
    ])
  })

  it('ends one that was to go on until later, so that two never hold on a day', () => {
    const [before, after] = withRow([row('2021-01-01', 68666, { until: '2030-01-01' })], '2027-01-01', 70000)
    expect(before).toEqual(row('2021-01-01', 68666, { until: '2027-01-01' }))
    expect(after).toEqual({ from: '2027-01-01', value: 70000, provenance: ['I'] })
  })
})
