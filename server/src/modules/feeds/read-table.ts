import { Worker } from 'node:worker_threads'
import { longestCell } from './read-row.ts'
import type { RawCell } from './read-cell.ts'
import type { ZipFault } from './zip-gate.ts'

export interface ToRead {
  readonly path: string
  readonly kind: 'csv' | 'xlsx'
  readonly maxRows: number
  readonly maxCell: number
}
export interface NumberedRow {
  /** As the spreadsheet counts, from 1. */
  readonly no: number
  readonly cells: RawCell[]
}
export type TableFault = ZipFault | 'tooManyRows' | 'unreadable' | 'tooMuchMemory'
export type FromWorker =
  | { readonly rows: NumberedRow[] }
  | { readonly fault: TableFault; readonly message?: string }
  | { readonly done: true }

export class TableUnreadable extends Error {
  override readonly name = 'TableUnreadable'
  readonly fault: TableFault
  constructor(fault: TableFault) {
    super(fault)
    this.fault = fault
  }
}

export const mostRows = 200_000

/**
 * Rows of a spreadsheet file, some hundred at a time, read in a thread of its own whose heap is capped. Empty rows are left
 * out.
 * @throws TableUnreadable
 */
export async function* readTable(
  path: string,
  kind: 'csv' | 'xlsx',
  maxRows = mostRows,
): AsyncGenerator<NumberedRow[]> {
  const workerData: ToRead = { path, kind, maxRows, maxCell: longestCell }
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 },
  })
  const queue: (FromWorker | Error)[] = []
  let wake: (() => void) | undefined
  const put = (message: FromWorker | Error) => {
    queue.push(message)
    wake?.()
  }
  worker.on('message', put)
  worker.on('error', error =>
    put(
      (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? { fault: 'tooMuchMemory' }
        : (error as Error),
    ),
  )
  worker.on('exit', () => put({ fault: 'unreadable' }))
  try {
    for (;;) {
      const message = queue.shift()
      if (message === undefined) {
        await new Promise<void>(done => (wake = done))
        continue
      }
      if (message instanceof Error) throw message
      if ('done' in message) return
      if ('fault' in message) throw new TableUnreadable(message.fault)
      worker.postMessage('more')
      if (message.rows.length > 0) yield message.rows
    }
  } finally {
    await worker.terminate()
  }
}
