import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'
import { parse } from 'csv-parse'
import { streamXlsxRows } from 'hucre/xlsx'
import { encodingOf } from './file-kind.ts'
import type { RawCell } from './read-cell.ts'
import type { FromWorker, SheetHead, ToRead } from './read-table.ts'
import { visibleSheets, workbookFault } from './zip-gate.ts'

// Runs in a thread of its own with a heap of its own: a file that is made to hurt takes down the thread and nothing else.

const { path, kind, sheet, maxRows, maxCell } = workerData as ToRead
const chunkRows = 250
const window = 2

let credit = window
let wake: (() => void) | undefined
const say = (message: FromWorker) => parentPort?.postMessage(message)
parentPort?.on('message', () => {
  credit++
  wake?.()
})

async function main(): Promise<void> {
  const file = readFileSync(path)
  if (kind === 'xlsx') {
    const fault = workbookFault(file)
    if (fault) return say({ fault })
  }
  if (sheet === 'heads') return say({ heads: await headsOf(file) })
  let rows: { no: number; cells: RawCell[] }[] = []
  let count = 0
  for await (const { no, cells } of kind === 'xlsx' ? xlsxRows(file, sheet) : csvRows(file)) {
    if (cells.every(cell => cell === null || cell === '')) continue
    if (++count > maxRows) return say({ fault: 'tooManyRows' })
    rows.push({ no, cells })
    if (rows.length < chunkRows) continue
    await send(rows)
    rows = []
  }
  await send(rows)
  say({ done: true })
}

async function send(rows: { no: number; cells: RawCell[] }[]): Promise<void> {
  while (credit <= 0) await new Promise<void>(done => (wake = done))
  credit--
  say({ rows })
}

/** What no database keeps and nobody sees: control characters, and the marks of direction that come along when a number is copied. */
const unseen = /\p{Cf}|[^\P{Cc}\t\r\n]/gu
const cut = (text: string) =>
  (text.length > maxCell ? text.slice(0, maxCell + 1) : text).toWellFormed().replace(unseen, '')

async function* xlsxRows(file: Buffer, at: number) {
  for await (const { index, values } of streamXlsxRows(file, { maxRows: maxRows + 20, sheet: at }))
    yield { no: index + 1, cells: trimmed(values.map(cellOf)) }
}

async function headsOf(file: Buffer): Promise<SheetHead[]> {
  const heads: SheetHead[] = []
  for (const { name, at } of visibleSheets(file)) {
    const rows = []
    for await (const row of xlsxRows(file, at)) if (row.cells.length > 0 && rows.push(row) >= maxRows) break
    heads.push({ sheet: at, name, rows })
  }
  return heads
}

function cellOf(value: unknown): RawCell {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return cut(typeof value === 'string' ? value : JSON.stringify(value))
}

async function* csvRows(file: Buffer) {
  const text = new TextDecoder(encodingOf(file, isUtf8)).decode(file)
  // A title above the header has none of them.
  const top = text.slice(0, 20_000).split(/\r?\n/, 10)
  const most = (sign: string) => Math.max(...top.map(line => line.split(sign).length))
  const delimiter = ['\t', ';', ','].toSorted((a, b) => most(b) - most(a))[0] ?? ','
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    info: true,
    max_record_size: 1_000_000,
  })
  Readable.from(pieces(text)).pipe(parser)
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
    yield { no: info.lines, cells: trimmed(record.map(cut)) }
}

function* pieces(text: string) {
  for (let i = 0; i < text.length; i += 65_536) yield text.slice(i, i + 65_536)
}

/** Sheets carry thousands of empty formatted cells to the right. */
function trimmed(cells: RawCell[]): RawCell[] {
  let end = Math.min(cells.length, 300)
  while (end > 0 && (cells[end - 1] === null || cells[end - 1] === '')) end--
  return cells.slice(0, end)
}

try {
  await main()
} catch (error) {
  say({ fault: 'unreadable', message: error instanceof Error ? error.message : String(error) })
}
