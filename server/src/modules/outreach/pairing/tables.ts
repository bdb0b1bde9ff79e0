import type { Day, Id } from '@zhulian/kernel'
import type { HelperKind, HelperVisitKind } from './pairing.ts'

export interface PairingTables {
  'outreach.pairing': PairingRow
  'outreach.helper_visit': HelperVisitRow
}

export interface PairingRow {
  district: string
  id: Id
  division: string
  household_id: Id
  helper_id: Id
  helper_name: string
  kind: HelperKind
  from_on: Day
  /** The first day on which it no longer stands; null: until somebody ends it. */
  until_on: Day | null
  masked_name: string
  sealed_whom: Buffer
  next_on: Day | null
  last_on: Day | null
  set_by: Id
  set_name: string
  set_at: Date
  ended_at: Date | null
  ended_by: Id | null
  sealed_reason: Buffer | null
}

export interface HelperVisitRow {
  district: string
  id: Id
  pairing_id: Id
  household_id: Id
  division: string
  careful: boolean
  helper_name: string
  how: HelperVisitKind
  on_day: Day
  met: boolean
  sealed_words: Buffer
  sealed_need: Buffer | null
  by_id: Id
  by_name: string
  at: Date
}
