import type { Day, Id, Words } from '@zhulian/kernel'
import type { ColumnType } from 'kysely'
import type { BatchState } from './batch.ts'

type Json<T> = ColumnType<T, string | null, string | null>

export interface FeedsTables {
  'feeds.batch': BatchRow
  'feeds.staged_row': StagedRow
}

/** Which column of the file, counted from 0, stands for which key of `columns.ts`. */
export type Mapping = Readonly<Record<string, number>>

export interface BatchRow {
  district: string
  id: Id
  /** What the one who brought it reaches: rows outside are faults. */
  division: string
  file_name: string
  format: 'csv' | 'xlsx'
  digest: string
  bytes: number
  row_count: number
  header: Json<string[]>
  mapping: Json<Mapping>
  as_of: Day
  /** Who the figures are from, as a person reads it. */
  origin: string
  state: BatchState
  report: Json<Report | null>
  problem: Json<Words | null>
  created_at: Date
  created_by: Id
  started_at: Date | null
  checked_at: Date | null
  applied_at: Date | null
  applied_by: Id | null
  undone_at: Date | null
  undone_by: Id | null
}

export interface StagedRow {
  district: string
  batch_id: Id
  division: string
  /** As the file counts: the header is usually row 1. */
  row_no: number
  /** Empty where the row names none. */
  household_no: string
  fault: Json<Fault[] | null>
  /** The cells as they came, sealed. */
  cells: Buffer | null
}

/** What is wrong with a row, and where. */
export interface Fault {
  /** Header of the column; missing where the row as a whole is wrong. */
  readonly column?: string | undefined
  readonly words: Words
}

/** What a file changes. Names masked, so that it can be shown as it is. */
export interface Report {
  readonly rows: number
  readonly faulty: number
  readonly newHouseholds: number
  readonly newPersons: number
  readonly changedPersons: number
  readonly changedHouseholds: number
  readonly unchanged: number
  /** By fact: how many persons or households it changes. */
  readonly changes: { fact: string; label: Words; count: number }[]
  readonly firstChanges: ChangeLine[]
  readonly firstFaults: { row: number; faults: Fault[] }[]
}

export interface ChangeLine {
  readonly row: number
  readonly who: string
  readonly kind: 'newHousehold' | 'newPerson' | 'changed'
  readonly fact: string | null
  readonly label: Words | null
  readonly before: unknown
  readonly after: unknown
  /** The value in use stays: somebody verified it, or it is newer. The new one stands beside it. */
  readonly beside: boolean
}
