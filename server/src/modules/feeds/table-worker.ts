import { parentPort, workerData } from 'node:worker_threads'
import { type FileBytes, openBytes } from './file-bytes.ts'
import type { RawCell } from './read-cell.ts'
import type { FromWorker, SheetHead, ToRead } from './read-table.ts'
import { csvRows, type Row, xlsxRows } from './table-rows.ts'
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
  const file = kind === 'xlsx' ? openBytes(path) : undefined
  const fault = file && workbookFault(file)
  if (fault) return say({ fault })
  if (file && sheet === 'heads') return say({ heads: await headsOf(file) })
  let rows: { no: number; cells: RawCell[] }[] = []
  let count = 0
  for await (const some of file ? xlsxRows(file, Number(sheet), maxRows, maxCell) : csvRows(path, maxCell)) {
    for (const { no, cells } of some) {
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
  const heads: SheetHead[] = []
  for (const { name, at } of visibleSheets(file)) {
    const rows: Row[] = []
    for await (const [row] of xlsxRows(file, at, maxRows, maxCell))
      if (row && row.cells.length > 0 && rows.push(row) >= maxRows) break
    heads.push({ sheet: at, name, rows })
  }
  return heads
}

try {
  await main()
} catch (error) {
  say({ fault: 'unreadable', message: error instanceof Error ? error.message : String(error) })
}
