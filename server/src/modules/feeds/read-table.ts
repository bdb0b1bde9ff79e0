import { Worker } from 'node:worker_threads'
import { longestCell } from './read-row.ts'
import type { RawCell } from './read-cell.ts'
import type { ZipFault } from './zip-gate.ts'

export interface ToRead {
  readonly path: string
  readonly kind: 'csv' | 'xlsx'
  /** Which sheet of a workbook, from 0; `heads` looks into each for a few rows. */
  readonly sheet: number | 'heads'
  readonly maxRows: number
  readonly maxCell: number
}
export interface NumberedRow {
  /** As the spreadsheet counts, from 1. */
  readonly no: number
  readonly cells: RawCell[]
}
export type TableFault = ZipFault | 'tooManyRows' | 'tooManyColumns' | 'unreadable' | 'tooMuchMemory'
/** A sheet that is not hidden, with what stands at its top. */
export interface SheetHead {
  readonly sheet: number
  readonly name: string
  readonly rows: readonly NumberedRow[]
}
export type FromWorker =
  | { readonly rows: NumberedRow[] }
  | { readonly heads: SheetHead[] }
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

const mostRows = 200_000

/**
 * Rows of a spreadsheet file, some hundred at a time, read in a thread of its own whose heap is capped. Empty rows are left
 * out.
 * @throws TableUnreadable
 */
export async function* readTable(path: string, kind: 'csv' | 'xlsx', sheet = 0): AsyncGenerator<NumberedRow[]> {
  for await (const message of messages({ path, kind, sheet, maxRows: mostRows, maxCell: longestCell }))
    if ('rows' in message && message.rows.length > 0) yield message.rows
}

/**
 * The sheets of a workbook that somebody can see, with their first rows.
 * @throws TableUnreadable
 */
export async function sheetHeads(path: string): Promise<SheetHead[]> {
  for await (const message of messages({ path, kind: 'xlsx', sheet: 'heads', maxRows: 60, maxCell: longestCell }))
    if ('heads' in message) return message.heads
  return []
}

const messages = (toRead: ToRead) => fromThread<FromWorker>(new URL('./table-worker.ts', import.meta.url), toRead)

/**
 * What a thread with a capped heap of its own says, until it is done. It is told `more` for each message that was taken.
 * @throws TableUnreadable
 */
export async function* fromThread<Message extends object>(script: URL, workerData: unknown): AsyncGenerator<Message> {
  type Said = Message | { readonly fault: TableFault } | { readonly done: true }
  const worker = new Worker(script, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 },
  })
  const queue: (Said | Error)[] = []
  let wake: (() => void) | undefined
  const put = (message: Said | Error) => {
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
      yield message as Message
    }
  } finally {
    await worker.terminate()
  }
}
