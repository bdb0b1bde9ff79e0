import { type CsvRecord, CsvRecords } from './csv-records.ts'
import type { FileBytes } from './file-bytes.ts'
import { holdsSomething, mostColumns, type RawCell } from './read-cell.ts'
import { textPieces } from './text-pieces.ts'
import { readWorkbook, type Workbook } from './workbook/read-workbook.ts'

/** A row of a file: as the spreadsheet counts, from 1, and what stands in it. */
export interface Row {
  readonly no: number
  readonly cells: RawCell[]
  /** Something stands behind the last column that is read. */
  readonly isTooWide?: true
}

/** What no database keeps and nobody sees: control characters, and the marks of direction that come along when a number is copied. */
const unseen = /\p{Cf}|[^\P{Cc}\t\r\n]/gu
const isPlain = /^[\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e]*$/

const cut = (text: string, maxCell: number) => {
  const short = text.length > maxCell ? text.slice(0, maxCell + 1) : text
  return isPlain.test(short) ? short : short.toWellFormed().replace(unseen, '')
}

/** A workbook as it is read from the disk. */
export async function openWorkbook(file: FileBytes, maxCell: number): Promise<Workbook> {
  const workbook = await readWorkbook(file, { cut: text => cut(text, maxCell), longest: maxCell })
  return {
    ...workbook,
    async *rows(at) {
      for await (const rows of workbook.rows(at)) yield rows.map(row => ({ ...row, cells: trimmed(row.cells) }))
    },
  }
}

/** Lines that decide what separates the cells. A title above the header has none of it. */
const topChars = 20_000

/** Some hundred at a time. */
export function* csvRows(path: string, maxCell: number): Generator<Row[]> {
  const pieces = textPieces(path)
  let top = ''
  while (top.length < topChars) {
    const { value, done } = pieces.next()
    if (done) break
    top += value
  }
  const lines = top.slice(0, topChars).split(/\r?\n/, 10)
  const most = (sign: string) => Math.max(...lines.map(line => line.split(sign).length))
  const delimiter = ['\t', ';', ','].toSorted((a, b) => most(b) - most(a))[0] ?? ','
  // Of old, a line could end with a carriage return alone.
  const piece = (text: string) => (top.includes('\n') ? text : text.replaceAll('\r', '\n'))
  const records = new CsvRecords(delimiter)
  const rows = (found: readonly CsvRecord[]): Row[] =>
    found.map(({ no, cells: texts }) => {
      const cells = texts.map(text => cut(text, maxCell))
      const isTooWide = cells.length > mostColumns && cells.slice(mostColumns).some(holdsSomething)
      return { no, cells: trimmed(cells), ...(isTooWide && { isTooWide }) }
    })
  yield rows(records.take(piece(top)))
  for (const text of pieces) yield rows(records.take(piece(text)))
  yield rows(records.take('', true))
}

/** Sheets carry thousands of empty formatted cells to the right. */
function trimmed(cells: RawCell[]): RawCell[] {
  let end = Math.min(cells.length, mostColumns)
  while (end > 0 && (cells[end - 1] === null || cells[end - 1] === '')) end--
  return cells.slice(0, end)
}
