import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { streamXlsxRows } from 'hucre/xlsx'
import type { RawCell } from './read-cell.ts'
import { textPieces } from './text-pieces.ts'

/** A row of a file: as the spreadsheet counts, from 1, and what stands in it. */
interface Row {
  readonly no: number
  readonly cells: RawCell[]
}

/** What no database keeps and nobody sees: control characters, and the marks of direction that come along when a number is copied. */
const unseen = /\p{Cf}|[^\P{Cc}\t\r\n]/gu
const isPlain = /^[\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e]*$/

const cut = (text: string, maxCell: number) => {
  const short = text.length > maxCell ? text.slice(0, maxCell + 1) : text
  return isPlain.test(short) ? short : short.toWellFormed().replace(unseen, '')
}

/** @param at which sheet, from 0 */
export async function* xlsxRows(file: Buffer, at: number, maxRows: number, maxCell: number): AsyncGenerator<Row> {
  for await (const { index, values } of streamXlsxRows(file, { maxRows: maxRows + 20, sheet: at }))
    yield { no: index + 1, cells: trimmed(values.map(value => cellOf(value, maxCell))) }
}

function cellOf(value: unknown, maxCell: number): RawCell {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return cut(typeof value === 'string' ? value : JSON.stringify(value), maxCell)
}

/** Lines that decide what separates the cells. A title above the header has none of it. */
const topChars = 20_000

export async function* csvRows(path: string, maxCell: number): AsyncGenerator<Row> {
  const pieces = textPieces(path)
  let top = ''
  while (top.length < topChars) {
    const { value, done } = await pieces.next()
    if (done) break
    top += value
  }
  const lines = top.slice(0, topChars).split(/\r?\n/, 10)
  const most = (sign: string) => Math.max(...lines.map(line => line.split(sign).length))
  const delimiter = ['\t', ';', ','].toSorted((a, b) => most(b) - most(a))[0] ?? ','
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    info: true,
    max_record_size: 1_000_000,
  })
  const whole = async function* () {
    yield top
    yield* pieces
  }
  const source = Readable.from(whole())
  source.on('error', error => parser.destroy(error))
  source.pipe(parser)
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
    yield { no: info.lines, cells: trimmed(record.map(text => cut(text, maxCell))) }
}

/** Sheets carry thousands of empty formatted cells to the right. */
function trimmed(cells: RawCell[]): RawCell[] {
  let end = Math.min(cells.length, 300)
  while (end > 0 && (cells[end - 1] === null || cells[end - 1] === '')) end--
  return cells.slice(0, end)
}
