import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { idCheckCharacter } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import { checkFacts } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { textOf } from '../read-cell.ts'
import { plainWord } from '../written.ts'
import { bureaus } from './bureaus.ts'
import { findTable } from './find-table.ts'
import { sources } from './index.ts'
import { labelOf, whoKeys } from './source.ts'
import { type Expected, readRows, rowsOfFile, rowsOfRecords, sampleDay } from './test/read-sample.ts'

const pool = await readPool()
if (!pool.ok) throw new Error('the shipped pool does not compile')
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const text = (path: string) => readFileSync(here(path), 'utf8')

describe('the sources', () => {
  it('are the 26 feeds, each in its folder and in the list', () => {
    expect(sources.map(s => s.code)).toEqual(Array.from({ length: 26 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`))
    const folders = readdirSync(here('.'), { withFileTypes: true })
      .filter(entry => entry.isDirectory() && entry.name !== 'test')
      .map(entry => entry.name)
    expect(folders.toSorted()).toEqual(sources.map(s => s.id).toSorted())
  })

  it('have names of their own, which stand under what they said, in English too', () => {
    const english = text('../../../../../web/src/console/household/words/en.ts')
    expect(new Set(sources.map(s => s.name.zh)).size).toBe(26)
    for (const { name } of sources) expect(english).toMatch(new RegExp(`${name.zh}'?: '${name.en}'`))
  })

  it('that take something away are released by two', () => {
    expect(sources.filter(s => s.dangerous).map(s => s.id)).toEqual([
      'tier-register',
      'disability',
      'monitoring',
      'hukou',
      'vehicle',
      'death',
      'means-check',
    ])
    expect(sources.filter(s => s.restricted).map(s => s.id)).toEqual(['mental-health'])
  })
})

describe.each(sources.map(s => [s.id, s] as const))('%s', (id, source) => {
  it('says in its README what it is, in ten to twenty lines', () => {
    const lines = text(`${id}/README.md`).trimEnd().split('\n')
    expect(lines[0]).toContain(source.code)
    expect(lines.length).toBeGreaterThanOrEqual(10)
    expect(lines.length).toBeLessThanOrEqual(20)
    for (const column of source.columns)
      if (column.required && !whoKeys.has(column.key)) expect(lines.join('\n')).toContain(labelOf(column).zh)
  })

  it('comes from a bureau that is known', () => {
    expect(pool.pool.documents.units.some(u => u.id === source.unit) || source.unit in bureaus).toBe(true)
  })

  it('has columns that cannot be taken for each other', () => {
    const titles = new Map<string, string>()
    for (const column of source.columns)
      for (const title of [column.key, ...column.headers].map(bare)) {
        const taken = titles.get(title)
        if (taken !== column.key) expect(taken, `${title} of ${column.key}`).toBeUndefined()
        titles.set(title, column.key)
      }
    for (const column of source.columns) {
      const words = Object.keys(column.choices ?? {}).map(plainWord)
      expect(new Set(words).size, column.key).toBe(words.length)
      expect(/^[\x20-\x7e]+$/.test(labelOf(column).en), column.key).toBe(true)
    }
  })

  it('reads every column of its sample as expected, and says of each other row what is wrong', async () => {
    const rows = await rowsOfFile(here(`${id}/sample.csv`), 'csv')
    const read = readRows(source, rows)
    expect(read).toEqual(JSON.parse(text(`${id}/expected.json`)) as Expected)
    expect(read.rows.some(row => 'on' in row)).toBe(true)
    expect(read.rows.some(row => 'quarantined' in row)).toBe(true)
    const found = findTable(
      source,
      rows.map(row => row.cells.map(textOf)),
      sources,
    )
    const mapping = 'fault' in found ? {} : found.mapping
    for (const { key } of source.columns.filter(c => !whoKeys.has(c.key)))
      expect(
        rows.some(row => textOf(row.cells[mapping[key] ?? -1]) !== ''),
        `the sample has nothing under ${key}`,
      ).toBe(true)
  })

  it('says facts the dictionary knows, of the right kind', () => {
    const { rows } = JSON.parse(text(`${id}/expected.json`)) as Expected
    for (const row of rows) {
      if (!('on' in row)) continue
      const checked = checkFacts(
        pool.pool,
        { household: row.household ?? {}, persons: [{ key: 'a', ...(row.person as object) }] },
        sampleDay,
      )
      expect('faults' in checked ? checked.faults.map(f => f.words.en) : []).toEqual([])
    }
  })

  it('has people in its sample who cannot exist', async () => {
    for (const { cells } of await rowsOfFile(here(`${id}/sample.csv`), 'csv'))
      for (const cell of cells.map(c => textOf(c).normalize('NFKC').replace(/\s/g, '').toUpperCase()))
        if (/^\d{17}[\dX]$/.test(cell) && idCheckCharacter(cell) === cell[17]) expect(cell.slice(14, 17)).toBe('000')
  })

  it('carries the same records as JSON, where it has a sample of that', () => {
    if (!existsSync(here(`${id}/sample.json`))) return
    const envelope = JSON.parse(text(`${id}/sample.json`)) as Envelope
    expect(envelope.feedId).toBe(id)
    expect(envelope.recordCount).toBe(envelope.records.length)
    const { rows } = readRows(source, rowsOfRecords(source, envelope.records))
    const expected = JSON.parse(text(`${id}/expected.json`)) as Expected
    const good = (all: Expected['rows']) =>
      all.filter(row => 'on' in row).map(({ who, on, person, household }) => ({ who, on, person, household }))
    expect(good(rows)).toEqual(good(expected.rows).slice(0, envelope.records.length))
  })
})

interface Envelope {
  readonly feedId: string
  readonly recordCount: number
  readonly records: readonly Record<string, string | number | boolean | null>[]
}

const bare = (title: string): string =>
  plainWord(title)
    .replace(/\(.*?\)/g, '')
    .replace(/[*:_/、。-]/g, '')
