import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { neutral } from './neutral.ts'

export type TableFormat = 'csv' | 'xlsx'
export type Cell = string | number | boolean | null | undefined

/** A table as a file, formulas disarmed; the first row is the header. Rows are pulled as they are written. */
export async function writeTable(format: TableFormat, sheet: string, rows: Iterable<readonly Cell[]>): Promise<Buffer> {
  return await buffer(tableStream(format, sheet, rows))
}

/** As {@link writeTable}, for files that should not stand in memory. */
export function tableStream(format: TableFormat, sheet: string, rows: Iterable<readonly Cell[]>): Readable {
  if (format === 'csv') return Readable.from(csvLines(rows))
  return Readable.from(workbook(sheet, rows), { objectMode: false })
}

/** What writes workbooks is loaded with the first of them. */
async function* workbook(sheet: string, rows: Iterable<readonly Cell[]>): AsyncGenerator<Uint8Array> {
  const { writeXlsxStream } = await import('hucre/xlsx')
  yield* writeXlsxStream(xlsxRows(rows), { name: sheet, freezePane: { rows: 1 } }) as AsyncIterable<Uint8Array>
}

function* xlsxRows(rows: Iterable<readonly Cell[]>) {
  for (const row of rows) yield row.map(cell => (typeof cell === 'string' ? neutral(cell) : (cell ?? null)))
}

function* csvLines(rows: Iterable<readonly Cell[]>) {
  // Excel reads UTF-8 only behind a byte order mark.
  yield '\uFEFF'
  for (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : typeof cell === 'string' ? neutral(cell) : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
