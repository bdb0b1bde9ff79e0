import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { CsvRecords, CsvUnreadable } from './csv-records.ts'

/** In pieces of a few letters, so that every cut between two of them is tried. */
function read(text: string, piece = text.length || 1): { no: number; cells: string[] }[] {
  const records = new CsvRecords(',')
  const found = []
  for (let i = 0; i < text.length; i += piece) found.push(...records.take(text.slice(i, i + piece)))
  return [...found, ...records.take('', true)]
}
const cellsOf = (text: string, piece?: number) => read(text, piece).map(r => r.cells)

describe('records of a CSV text', () => {
  it('are split at commas, with line feeds of either kind, and the last line needs none', () => {
    expect(cellsOf('a,b\r\nc,\nd')).toEqual([['a', 'b'], ['c', ''], ['d']])
  })

  it('may hold commas, quotes and lines between quotes; the number is that of the line they end on', () => {
    expect(read('"a,1","say ""hi""","two\nlines"\nb,c,d\n')).toEqual([
      { no: 2, cells: ['a,1', 'say "hi"', 'two\nlines'] },
      { no: 3, cells: ['b', 'c', 'd'] },
    ])
  })

  it('take a quote in the middle of a cell as a letter', () => {
    expect(cellsOf('5" pipe,b\n"x"y,c\n')).toEqual([
      ['5" pipe', 'b'],
      ['"x"y', 'c'],
    ])
  })

  it('are refused where a quote is never closed', () => {
    expect(() => read('a,"b\nc,d\n')).toThrow(CsvUnreadable)
    expect(() => read(`a,"${'x\n'.repeat(600_000)}`)).toThrow(CsvUnreadable)
  })

  it('are what another parser reads, however the text is cut into pieces', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '村', '"', ',', '\n', '\r', ' '), maxLength: 6 })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (rows, piece, end) => {
        const text = rows.map(r => r.map(c => `"${c.replaceAll('"', '""')}"`).join(',')).join(end)
        expect(cellsOf(text, piece)).toEqual(parse(text, { relax_column_count: true }))
        expect(cellsOf(text, piece)).toEqual(rows)
      }),
      { numRuns: 500 },
    )
  })
})
