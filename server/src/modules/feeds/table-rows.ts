import { type CsvRecord, CsvRecords } from './csv-records.ts'
import type { FileBytes } from './file-bytes.ts'
import type { RawCell } from './read-cell.ts'
import { textPieces } from './text-pieces.ts'
import { type WorkbookParts, workbookParts } from './workbook-parts.ts'

/** A row of a file: as the spreadsheet counts, from 1, and what stands in it. */
export interface Row {
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

/**
 * Rows of a workbook as they are read from the disk; in memory stand the texts its cells share, and no more.
 * @param at which sheet, from 0
 */
export async function* xlsxRows(file: FileBytes, at: number, maxRows: number, maxCell: number): AsyncGenerator<Row[]> {
  const options = { maxRows: maxRows + 20, sheet: at }
  const parts = workbookParts(file, at)
  let begun = false
  try {
    for await (const row of parts ? hungry(parts, options) : rowsOf(file.read(0, file.size), options)) {
      begun = true
      yield [rowFrom(row, maxCell)]
    }
  } catch (error) {
    // What is laid out in another way than most is read as a whole.
    if (begun || !parts) throw error
    for await (const row of rowsOf(file.read(0, file.size), options)) yield [rowFrom(row, maxCell)]
  }
}

interface WorkbookRow {
  readonly index: number
  readonly values: readonly unknown[]
}
type WorkbookRows = AsyncIterable<WorkbookRow>

async function* rowsOf(file: Uint8Array | ReadableStream<Uint8Array>, options: object): WorkbookRows {
  // A list in CSV does without what reads workbooks: 5 MB in the thread that stages it.
  const { streamXlsxRows } = await import('hucre/xlsx')
  yield* streamXlsxRows(file, options)
}

/** Before the first row of a sheet stand its columns, and no more. */
const beforeRows = 4_000_000

/** Reads on only when a row is asked for: the reader behind it takes whatever it is given, however many rows wait already. */
async function* hungry({ pieces, beforehand }: WorkbookParts, options: object): WorkbookRows {
  let ask!: () => void
  let asked = new Promise<void>(resolve => (ask = resolve))
  let unread = beforehand + beforeRows
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await asked
        const { value, done } = await pieces.next()
        if (done) return controller.close()
        unread -= value.length
        if (unread < 0) throw new Error('the reader gathers the sheet instead of reading its rows')
        controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
  const rows = rowsOf(stream, options)[Symbol.asyncIterator]()
  try {
    for (;;) {
      ask()
      const { value, done } = await rows.next()
      unread = Infinity
      asked = new Promise<void>(resolve => (ask = resolve))
      if (done) return
      yield value
    }
  } finally {
    ask()
    await rows.return?.()
    // The reader lets go of its stream without a word.
    await pieces.return(undefined)
  }
}

const rowFrom = ({ index, values }: WorkbookRow, maxCell: number): Row => ({
  no: index + 1,
  cells: trimmed(values.map(value => cellOf(value, maxCell))),
})

function cellOf(value: unknown, maxCell: number): RawCell {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return cut(typeof value === 'string' ? value : JSON.stringify(value), maxCell)
}

/** Lines that decide what separates the cells. A title above the header has none of it. */
const topChars = 20_000

/** Some hundred at a time. */
export async function* csvRows(path: string, maxCell: number): AsyncGenerator<Row[]> {
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
  // Of old, a line could end with a carriage return alone.
  const piece = (text: string) => (top.includes('\n') ? text : text.replaceAll('\r', '\n'))
  const records = new CsvRecords(delimiter)
  const rows = (found: readonly CsvRecord[]): Row[] =>
    found.map(({ no, cells }) => ({ no, cells: trimmed(cells.map(text => cut(text, maxCell))) }))
  yield rows(records.take(piece(top)))
  for await (const text of pieces) yield rows(records.take(piece(text)))
  yield rows(records.take('', true))
}

/** Sheets carry thousands of empty formatted cells to the right. */
function trimmed(cells: RawCell[]): RawCell[] {
  let end = Math.min(cells.length, 300)
  while (end > 0 && (cells[end - 1] === null || cells[end - 1] === '')) end--
  return cells.slice(0, end)
}
