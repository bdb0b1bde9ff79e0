import type { Day, Id } from '@zhulian/kernel'
import type { SlipOffice, SlipState } from './slip.ts'

export interface SlipTables {
  'outreach.slip': SlipRow
  'outreach.slip_step': SlipStepRow
  'outreach.slip_count': { district: string; township: string; on_day: Day; n: number }
}

export interface SlipRow {
  district: string
  id: Id
  /** As it stands on paper. */
  number: string
  division: string
  village: string
  careful: boolean
  household_id: Id
  unit: string
  unit_id: Id
  /** A policy or a service of the pool. */
  subject: string | null
  masked_name: string
  sealed_whom: Buffer | null
  sealed_need: Buffer
  /** Working days in which the bureau should be done. */
  days: number
  state: SlipState
  version: number
  due_on: Day | null
  sent_on: Day
  sent_at: Date
  sent_by: Id
  sent_name: string
  sent_role: string
  changed_at: Date
  closed_at: Date | null
  late_told_on: Day | null
}

export interface SlipStepRow {
  district: string
  id: Id
  slip_id: Id
  /** The version of the slip that the step made. */
  turn: number
  division: string
  careful: boolean
  unit_id: Id
  step: string
  from_state: SlipState | null
  to_state: SlipState
  at: Date
  on_day: Day
  by_id: Id
  by_name: string
  office: SlipOffice
  answered_by: string | null
  sealed_note: Buffer | null
}
