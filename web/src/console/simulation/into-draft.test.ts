import { describe, expect, it } from 'vitest'
import { type Begun, intoDraft, withRow } from './into-draft.ts'

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

describe('figures that go into drafts', () => {
  const figure = { parameter: 'dibaoStandard', from: '2027-01-01', value: 1400 }
  const office = (failing: number) => {
    const done: string[] = []
    let left = failing
    return {
      done,
      begin: async (parameter: string): Promise<Begun> => {
        if (done.includes('begin')) throw new Error(`somebody is at work on ${parameter}`)
        done.push('begin')
        return { id: 'd1', version: 3, document: { rows: [row('2021-01-01', 1102)] } }
      },
      save: async ({ id, version }: Begun, document: Readonly<Record<string, unknown>>) => {
        if (left-- > 0) throw new Error('no network')
        done.push(`save ${id} ${String(version)} ${String((document['rows'] as unknown[]).length)}`)
      },
    }
  }

  it('go on with the draft that was begun when the figure could not be written at first', async () => {
    const [ways, begun] = [office(1), new Map<string, Begun>()]
    await expect(intoDraft(ways, figure, begun)).rejects.toThrow('no network')
    await intoDraft(ways, figure, begun)
    expect(ways.done).toEqual(['begin', 'save d1 3 2'])
    expect(begun.size).toBe(0)
  })
})
