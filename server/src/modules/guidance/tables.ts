import type { Day, Id } from '@zhulian/kernel'

export interface GuidanceTables {
  'guidance.interview': InterviewRow
  'guidance.screening': ScreeningRow
  'guidance.consent': ConsentRow
  'guidance.signal': SignalRow
  'guidance.day_count': DayCountRow
  'registry.v_household': { district: string; id: Id }
  'registry.v_division': { district: string; code: string; name: string; kind: string; parent: string }
}

export interface InterviewRow {
  district: string
  id: Id
  account_id: Id
  household_id: Id | null
  village: string | null
  state: 'open' | 'finished' | 'cleared'
  version: number
  judged_for: Day
  pool_version: string
  sealed_answers: Buffer | null
  answered: number
  screening_id: Id | null
  started_at: Date
  changed_at: Date
}

export interface ScreeningRow {
  district: string
  id: Id
  interview_id: Id
  account_id: Id
  household_id: Id | null
  village: string | null
  /** Where staff may see it; '' while its owner has not agreed. */
  division: string
  handed_to: string
  /** A trained person looks first: the village is not told. */
  careful: boolean
  judged_for: Day
  judged_at: Date
  pool_version: string
  sealed_inputs: Buffer
  sealed_result: Buffer
  inputs_hash: string
  result_hash: string
  can_apply: number
  almost: number
  not_now: number
  answered: number
  saved: number
}

export type ConsentKind = 'tellGuide' | 'useRegistry'

export interface ConsentRow {
  district: string
  id: Id
  interview_id: Id
  account_id: Id
  kind: ConsentKind
  text_version: string
  given: boolean
  /** Counts up within an interview. */
  turn: number
  at: Date
}

export type SignalKind = 'violence' | 'suicide' | 'childAbuse' | 'homelessness'

export interface SignalRow {
  district: string
  id: Id
  interview_id: Id
  account_id: Id
  division: string
  kind: SignalKind
  state: 'open' | 'taken' | 'closed'
  sealed_said: Buffer
  found_at: Date
  due_at: Date
  taken_by: Id | null
  taken_by_name: string | null
  taken_at: Date | null
  sealed_note: Buffer | null
  closed_at: Date | null
}

export interface DayCountRow {
  district: string
  judged_for: Day
  township: string
  screenings: number
  fitting: number
}
