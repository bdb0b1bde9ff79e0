import type { Day, Id } from '@zhulian/kernel'
import type { Period, Tier } from '@zhulian/rules'
import type { ColumnType } from 'kysely'
import type { FindingKind, FindingState, Outcome } from './finding.ts'
import type { StoodBefore } from './follow-merge.ts'
import type { Results } from './results.ts'

/** Written as text, read as the platform reads columns. */
type Json<T> = ColumnType<T, string, never>

export interface EntitlementsTables {
  'entitlements.receipt': ReceiptRow
  'entitlements.run': RunRow
  'entitlements.verdict': VerdictRow
  'entitlements.finding': FindingRow
  'entitlements.merged_work': {
    district: string
    merge_id: Id
    kind: 'receipt' | 'finding'
    subject_id: Id
    before: Json<StoodBefore>
    moved_at: Date
    put_back_at: Date | null
  }
  'registry.v_household': { district: string; id: Id; division: string; version: number; changed_at: Date }
}

export interface ReceiptRow {
  district: string
  id: Id
  household_id: Id
  person_id: Id | null
  division: string
  policy: string
  from_on: Day
  until_on: Day | null
  /** The end it was written down with: only a person of the office ends a benefit on another day. */
  term_on: Day | null
  /** Whole yuan a period. */
  amount: number | null
  period: Period | null
  source: 'declared' | 'feed' | 'verified'
  origin: string
  as_of: Day
  made_up: boolean
  recorded_at: Date
  recorded_by: Id
  recorded_role: string
  ended_at: Date | null
  ended_by: Id | null
  ended_role: string | null
  ended_reason: string | null
}

export interface RunRow {
  district: string
  id: Id
  /** `differing`: everybody gone through in columns, and who differs from what is kept judged and written anew. */
  kind: 'everybody' | 'changed' | 'differing'
  judged_on: Day
  as_known_at: Date
  pool_version: string
  state: 'running' | 'done' | 'cancelled' | 'failed'
  asked_by: Id
  households: number
  /** How many households are done. */
  done: number
  changed: number
  work_ms: number
  next_after: Id | null
  /** Households gone through to find who differs. */
  looked: number | null
  /** Who differs; null until that was looked for. */
  due: readonly Id[] | null
  /** Policies of whose payments the district was told. */
  told: readonly string[]
  /** When work was last done; null before the first. */
  moved_at: Date | null
  /** How often its work was lost since it last moved. */
  begun_again: number
  started_at: Date
  ended_at: Date | null
}

export interface VerdictRow {
  district: string
  household_id: Id
  judged_at: Date
  division: string
  judged_on: Day
  pool_version: string
  inputs_hash: string
  result_hash: string
  results: Json<Results>
  run_id: Id
  /** The version of the household that was judged last. */
  household_version: number | null
  confirmed_at: Date
  confirmed_on: Day
  superseded_at: Date | null
}

export interface FindingRow {
  district: string
  id: Id
  kind: FindingKind
  household_id: Id
  person_id: Id | null
  division: string
  policy: string
  /** Whole yuan a year; null where the rule gives no figure. */
  amount_a_year: number | null
  conditional_on: Tier | null
  judged_at: Date
  found_on: Day
  gone_on: Day | null
  state: FindingState
  version: number
  taken_by: Id | null
  taken_name: string | null
  taken_at: Date | null
  outcome: Outcome | null
  sealed_note: Buffer | null
  closed_by: Id | null
  closed_name: string | null
  closed_role: string | null
  closed_at: Date | null
  changed_at: Date
}
