import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CsvUnreadable } from './csv-records.ts'
import { csvRows } from './table-rows.ts'
import { gb18030 } from './test/gb18030.ts'
import { textPieces } from './text-pieces.ts'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'zhulian-pieces-'))))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: Uint8Array): string {
  const file = path.join(folder, 'list.csv')
  writeFileSync(file, content)
  return file
}
const lines = Array.from({ length: 30_000 }, (_, i) => `${i},李明,富春街道`)

test.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['GB18030', gb18030],
])('a long file in %s is the text that was written, wherever its pieces end', (_, encode) => {
  const text = `${lines.join('\n')}\n`
  expect([...textPieces(fileOf(encode(text)))].join('') === text).toBe(true)
})

test('lines that end with a carriage return alone are lines, in the encoding of Chinese systems as well', () => {
  const rows = [...csvRows(fileOf(gb18030(lines.join('\r'))), 200)].flat()
  expect(rows).toHaveLength(lines.length)
  expect(rows.at(-1)?.cells).toEqual(['29999', '李明', '富春街道'])
})

test('a row in which something stands behind the three hundredth column says so; empty ones to the right are none', () => {
  const wide = (last: string) => `1${','.repeat(300)}${last}`
  const rows = [...csvRows(fileOf(Buffer.from(['a,b', wide('后面'), wide(' '), wide('')].join('\n'))), 200)].flat()
  expect(rows.map(row => row.isTooWide)).toEqual([undefined, true, undefined, undefined])
  expect(rows.map(row => row.cells.length)).toEqual([2, 1, 1, 1])
})

test('a file without an end of a line is refused before all of it is gathered', () => {
  const file = fileOf(Buffer.alloc(20_000_000, 0xd6))
  expect(() => [...textPieces(file)]).toThrow(CsvUnreadable)
})
