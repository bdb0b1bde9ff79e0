import type { Channel, Day, Id } from '@zhulian/kernel'
import type { LeadState } from './lead.ts'

export interface LeadTables {
  'outreach.lead': LeadRow
  'outreach.lead_step': LeadStepRow
  'outreach.lead_count': { district: string; on_day: Day; counted: string; n: number }
}

export interface LeadRow {
  district: string
  id: Id
  division: string
  village: string
  careful: boolean
  channel: Channel
  state: LeadState
  version: number
  masked_name: string
  sealed_whom: Buffer
  sealed_words: Buffer
  household_id: Id | null
  /** The lead that tells of the same family. */
  joined_id: Id | null
  task_id: Id | null
  due_on: Day | null
  found_on: Day
  found_at: Date
  found_by: Id
  found_name: string
  verified_on: Day | null
  helped_on: Day | null
  changed_at: Date
  closed_at: Date | null
  late_told_on: Day | null
}

export interface LeadStepRow {
  district: string
  id: Id
  lead_id: Id
  turn: number
  division: string
  careful: boolean
  step: string
  from_state: LeadState
  to_state: LeadState
  at: Date
  by_id: Id
  by_name: string
  sealed_note: Buffer | null
}
