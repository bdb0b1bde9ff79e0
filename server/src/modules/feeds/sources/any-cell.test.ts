import { readPool } from '@zhulian/pool/files'
import { checkFacts } from '@zhulian/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawCell } from '../read-cell.ts'
import { sources } from './index.ts'
import { recordReader } from './read-record.ts'
import type { Column } from './source.ts'
import { places, sampleDay } from './test/read-sample.ts'

const pool = await readPool()
if (!pool.ok) throw new Error('the shipped pool does not compile')
const shipped = pool.pool

const odd: readonly RawCell[] = [
  '',
  '无',
  '/',
  '-',
  '0',
  '-1',
  '1',
  '9',
  '99999999999999',
  '1e9',
  '5亿',
  '1.005',
  '是',
  '×',
  '合计',
  '=A1',
  '#N/A',
  '2021-02-30',
  '2021-09-26',
  '2022-01-01',
  '1850-01-01',
  '2199-12-31',
  '44444',
  '79999',
  '20210101',
  '2021年',
  '330111197603020004',
  '3.3E+17',
  '330111********0004',
  '330111760302000',
  '何示例',
  '青龙村',
  '不清楚',
  '\u0000',
  '😀',
  null,
  true,
  false,
  0,
  -0,
  1,
  2,
  31,
  44_444,
  1e21,
  0.1,
  -5,
  3.3e17,
]
const fitting = (column: Column): readonly RawCell[] => {
  switch (column.kind) {
    case 'choice':
      return Object.keys(column.choices ?? {})
    case 'day':
      return ['2021-09-01', '2021/8/2', 44_440, '2021-09-26']
    case 'month':
      return ['2021-09', '202108']
    case 'fen':
      return ['0', 1200, '1.2万元', '99,999,999.99', 1e9, 9_999_999_999]
    case 'number':
      return [column.min ?? 0, column.max ?? 1e9, 1, 1.5, 24]
    case 'yesNo':
      return ['是', '否']
    case 'idNumber':
      return ['330111197603020004', '33011120160110000X']
    case 'name':
      return ['何示例', '阿依古丽·示例']
    case 'division':
      return ['330111', '330111109203', '青龙村', '999999']
    default:
      return ['示例', '送餐、找工作', 'C50.9', 'X37', '33011119760302000441']
  }
}

describe.each(sources.map(s => [s.id, s] as const))('%s', (_id, source) => {
  const header = source.columns.map(c => c.headers[0] ?? c.key)
  const mapping = Object.fromEntries(source.columns.map((c, i) => [c.key, i]))
  const read = recordReader(source, { header, mapping }, places, sampleDay)
  const cells = fc.tuple(
    ...source.columns.map(column =>
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...fitting(column)) },
        { weight: 1, arbitrary: fc.constantFrom(...odd) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 24 }) },
        { weight: column.required ? 0 : 3, arbitrary: fc.constant(null) },
      ),
    ),
  )

  it('says of any row either facts the dictionary takes, or what is wrong, or that it is no record', () => {
    fc.assert(
      fc.property(cells, row => {
        const reading = read(7, row)
        if ('left' in reading) return
        if ('faults' in reading) {
          expect(reading.faults.length).toBeGreaterThan(0)
          for (const { words } of reading.faults) {
            expect(words.zh).toMatch(/[。]$/)
            expect(words.en).toMatch(/[.]$/)
          }
          return
        }
        const { person = {}, household = {} } = reading.mapped
        const checked = checkFacts(shipped, { household, persons: [{ key: 'a', ...person }] }, sampleDay)
        expect('faults' in checked ? checked.faults.map(f => f.words.en) : []).toEqual([])
        expect(reading.mapped.on <= sampleDay).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})
