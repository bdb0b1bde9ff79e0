import { parentPort, workerData } from 'node:worker_threads'
import { type FileBytes, openBytes } from './file-bytes.ts'
import type { RawCell } from './read-cell.ts'
import type { FromWorker, SheetHead, ToRead } from './read-table.ts'
import { csvRows, openWorkbook, type Row } from './table-rows.ts'
import { TooManyTexts } from './workbook/shared-texts.ts'
import { workbookFault } from './zip-gate.ts'

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
  const file = kind === 'xlsx' ? openBytes(path) : undefined
  const fault = file && workbookFault(file)
  if (fault) return say({ fault })
  if (file && sheet === 'heads') return say({ heads: await headsOf(file) })
  let rows: { no: number; cells: RawCell[] }[] = []
  let count = 0
  for await (const some of file ? (await openWorkbook(file, maxCell)).rows(Number(sheet)) : csvRows(path, maxCell)) {
    for (const { no, cells, isTooWide } of some) {
      if (isTooWide) return say({ fault: 'tooManyColumns' })
      if (cells.every(cell => cell === null || cell === '')) continue
      if (++count > maxRows) return say({ fault: 'tooManyRows' })
      rows.push({ no, cells })
      if (rows.length < chunkRows) continue
      await send(rows)
      rows = []
    }
  }
  await send(rows)
  say({ done: true })
}

async function send(rows: { no: number; cells: RawCell[] }[]): Promise<void> {
  while (credit <= 0) await new Promise<void>(done => (wake = done))
  credit--
  say({ rows })
}

async function headsOf(file: FileBytes): Promise<SheetHead[]> {
  const workbook = await openWorkbook(file, maxCell)
  const heads: SheetHead[] = []
  for (const { name, at } of workbook.sheets.filter(({ isHidden }) => !isHidden))
    heads.push({ sheet: at, name, rows: await topOf(workbook.rows(at)) })
  return heads
}

async function topOf(all: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const some of all)
    for (const row of some) if (row.cells.length > 0 && rows.push(row) >= maxRows) return rows
  return rows
}

try {
  await main()
} catch (error) {
  const fault = error instanceof TooManyTexts ? 'tooMuchMemory' : 'unreadable'
  say({ fault, message: error instanceof Error ? error.message : String(error) })
}
