import type { Day, Id, Words } from '@zhulian/kernel'
import type { ColumnType } from 'kysely'
import { tablesOf } from '../../../platform/ctx.ts'
import type { Mapping } from '../tables.ts'
import type { DeliveryState, Outcome, TwoBecause } from './delivery.ts'

type Json<T> = ColumnType<T, string | null, string | null>
type Counted = ColumnType<number, number | undefined, number>
/** Null until it happens. */
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface DeliveryTables {
  'feeds.delivery': DeliveryRow
  'feeds.delivery_part': PartRow
  'feeds.delivery_row': RowRow
  'feeds.sender_key': SenderKeyRow
  'feeds.nonce': { district: string; key_id: Id; nonce: string; at: Date }
}
export const deliveries = tablesOf<DeliveryTables>()

export interface DeliveryRow {
  district: string
  id: Id
  division: string
  /** Id of a source. */
  source: string
  sender_key_id: Id | null
  /** The machine that signed it, as people call it. */
  sender: string | null
  /** The number the sender gave it; null for a file somebody handed in. */
  sent_as: string | null
  file_name: string
  format: 'csv' | 'xlsx' | 'json'
  digest: string
  bytes: number
  header: Json<string[]>
  /** Which column of the header stands for which of the source. */
  mapping: Json<Mapping>
  as_of: Day
  /** The day by which its rows are read. */
  read_on: Day
  state: DeliveryState
  rows: number
  /** Lines that are no records. */
  left_out: number
  waiting: number
  accepted: Counted
  duplicate: Counted
  unchanged: Counted
  look: Counted
  not_in_registry: Counted
  quarantined: Counted
  people: Later<number>
  people_known: Later<number>
  two_because: ColumnType<TwoBecause[], TwoBecause[] | undefined, TwoBecause[]>
  problem: Json<Words | null>
  created_at: Date
  created_by: Id
  moved_at: Date
  released_at: Later<Date>
  released_by: Later<Id>
  confirmed_at: Later<Date>
  confirmed_by: Later<Id>
  /** Who answers for what is in the registry, while more of it is to be released: columns of this row as they were. */
  released_before: Json<Readonly<Record<string, unknown>> | null>
  applied_at: Later<Date>
  ended_at: Later<Date>
  ended_by: Later<Id>
}

interface PartRow {
  district: string
  delivery_id: Id
  part_no: number
  division: string
  rows: number
  cells: Buffer
}

interface RowRow {
  district: string
  delivery_id: Id
  row_no: number
  division: string
  outcome: Outcome
  why: string | null
  cells: Buffer | null
  person_id: Id | null
  household_id: Id | null
  candidates: Json<KeptCandidate[] | null>
  version: Counted
  mended_at: Later<Date>
  mended_by: Later<Id>
  applied_at: Later<Date>
}

/** Somebody of the registry whom a row may mean. */
export interface KeptCandidate {
  readonly person: Id
  readonly household: Id | null
  readonly probability: number
}

interface SenderKeyRow {
  district: string
  id: Id
  source: string
  /** The machine that signs, as people call it. */
  sender: string
  secret: Buffer
  from_at: Date
  until_at: Date | null
  used_at: Later<Date>
  created_at: Date
  created_by: Id
  ended_by: Later<Id>
}
