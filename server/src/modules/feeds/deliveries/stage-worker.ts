import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { Day, Words } from '@zhulian/kernel'
import { openBytes } from '../file-bytes.ts'
import { type RawCell, textOf } from '../read-cell.ts'
import { longestCell } from '../read-row.ts'
import type { TableFault } from '../read-table.ts'
import type { Fault } from '../sources/fault.ts'
import { findTable } from '../sources/find-table.ts'
import { sources } from '../sources/index.ts'
import { type RecordReader, recordReader } from '../sources/read-record.ts'
import { csvRows, openWorkbook, type Row as Line } from '../table-rows.ts'
import type { Mapping } from '../tables.ts'
import { placesAmong, type Village } from '../villages.ts'
import { TooManyTexts } from '../workbook/shared-texts.ts'
import { workbookFault } from '../zip-gate.ts'
import type { RowFault } from './row-fault.ts'
import { jsonRows } from './json-rows.ts'
import { seenTexts } from './seen.ts'

// Runs in a thread of its own with a heap of its own. It reads a delivery row by row, says of each what is wrong with it, and hands
// over the others many at a time as bytes that only need to be sealed and are not copied, so that the thread of the requests has next
// to nothing to do.

export interface ToStage {
  readonly path: string
  readonly kind: 'csv' | 'xlsx' | 'json'
  readonly sheet: number
  readonly source: string
  readonly villages: readonly Village[]
  readonly today: Day
  readonly maxRows: number
  readonly partRows: number
}
/** A row that is not simply good. */
export interface OddRow {
  readonly no: number
  readonly outcome: 'quarantined' | 'duplicate'
  readonly faults: readonly RowFault[]
  readonly cells: readonly RawCell[]
}
export type FromStage =
  | { readonly header: readonly string[]; readonly mapping: Mapping }
  | { readonly unclear: { readonly code: string; readonly words: Words } }
  /** `text`: the rows as JSON, in UTF-8. */
  | { readonly part: { readonly rows: number; readonly text: Uint8Array } | undefined; readonly odd: readonly OddRow[] }
  | { readonly rows: number; readonly leftOut: number }

const { path, kind, sheet, source: id, villages, today, maxRows, partRows } = workerData as ToStage
const window = 3
const utf8 = new TextEncoder()
const oddAtOnce = 500
const topRows = 60

let credit = window
let wake: (() => void) | undefined
parentPort?.on('message', () => {
  credit++
  wake?.()
})
/** @param given bytes that change hands */
async function say(message: FromStage | { fault: TableFault } | { done: true }, given?: Uint8Array): Promise<void> {
  while (credit <= 0) await new Promise<void>(done => (wake = done))
  credit--
  parentPort?.postMessage(message, given ? [given.buffer as ArrayBuffer] : [])
}

async function lines(): Promise<AsyncIterable<Line[]> | Iterable<Line[]> | TableFault> {
  if (kind === 'csv') return csvRows(path, longestCell)
  if (kind === 'json') return jsonRows(readFileSync(path), source)
  const file = openBytes(path)
  return workbookFault(file) ?? (await openWorkbook(file, longestCell)).rows(sheet)
}

const source = sources.find(s => s.id === id) as (typeof sources)[number]

class Stage {
  #text: string[] = []
  #odd: OddRow[] = []
  rows = 0
  leftOut = 0
  readonly #read: RecordReader
  readonly #recordAt: number
  readonly #contents = seenTexts()
  readonly #records = seenTexts()

  constructor(read: RecordReader, recordAt: number | undefined) {
    this.#read = read
    this.#recordAt = recordAt ?? -1
  }

  /** @returns whether there is enough to hand over */
  take({ no, cells }: Line): boolean {
    const reading = this.#read(no, cells)
    if ('left' in reading) {
      this.leftOut++
      return false
    }
    this.rows++
    const text = JSON.stringify(cells)
    const twin = this.#contents.before(text, no)
    if (twin !== undefined) this.#odd.push({ no, outcome: 'duplicate', faults: [sameRow(twin)], cells: [] })
    else {
      const record = textOf(cells[this.#recordAt])
      const named = record === '' ? undefined : this.#records.before(record, no)
      const faults = [
        ...('faults' in reading ? reading.faults.map(plain) : []),
        ...(named === undefined ? [] : [recordAgain(named)]),
      ]
      if (faults.length > 0) this.#odd.push({ no, outcome: 'quarantined', faults, cells })
      else this.#text.push(`[${no},${text}]`)
    }
    return this.#text.length >= partRows || this.#odd.length >= oddAtOnce
  }

  async handOver(): Promise<void> {
    const [text, odd] = [this.#text, this.#odd]
    if (text.length === 0 && odd.length === 0) return
    this.#text = []
    this.#odd = []
    const bytes = text.length > 0 ? utf8.encode(`[${text.join(',')}]`) : undefined
    await say({ part: bytes && { rows: text.length, text: bytes }, odd }, bytes)
  }
}

const plain = ({ code, column, words }: Fault): RowFault => ({ code, column, words })
const sameRow = (no: number): RowFault => ({
  code: 'sameRow',
  words: { zh: `和第 ${no} 行完全相同，只算一行。`, en: `The same as row ${no}; counted once.` },
})
const recordAgain = (no: number): RowFault => ({
  code: 'recordAgain',
  words: {
    zh: `记录编号和第 ${no} 行相同，内容却不同，分不清以哪一行为准。请核对后改一行的编号，或删去一行。`,
    en: `The record number is that of row ${no}, but the rows differ, so nobody can tell which counts. Check them, then renumber or remove one.`,
  },
})

async function main(): Promise<void> {
  const all = await lines()
  if (typeof all === 'string') return await say({ fault: all })
  const top: Line[] = []
  let stage: Stage | undefined
  for await (const some of all)
    for (const line of some) {
      if (line.isTooWide) return await say({ fault: 'tooManyColumns' })
      if (line.cells.every(cell => cell === null || cell === '')) continue
      if (stage) {
        if (stage.take(line)) await stage.handOver()
        if (stage.rows > maxRows) return await say({ fault: 'tooManyRows' })
      } else if (top.push(line) >= topRows) {
        stage = await begin(top)
        if (!stage) return
      }
    }
  stage ??= await begin(top)
  if (!stage) return
  await stage.handOver()
  await say({ rows: stage.rows, leftOut: stage.leftOut })
  await say({ done: true })
}

/** Finds the header, then goes through what stands below it. */
async function begin(top: readonly Line[]): Promise<Stage | undefined> {
  const found = findTable(
    source,
    top.map(line => line.cells.map(textOf)),
    sources,
  )
  if ('fault' in found) {
    await say({ unclear: found.fault })
    return undefined
  }
  await say({ header: found.header, mapping: found.mapping })
  const read = recordReader(source, found, placesAmong(villages), today)
  const stage = new Stage(read, found.mapping['recordId'])
  for (const line of top.slice(found.firstRow)) if (stage.take(line)) await stage.handOver()
  return stage
}

try {
  await main()
} catch (error) {
  await say({ fault: error instanceof TooManyTexts ? 'tooMuchMemory' : 'unreadable' })
}
