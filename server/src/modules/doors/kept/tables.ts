import type { Day, Id } from '@zhulian/kernel'
import { tablesOf } from '../../../platform/ctx.ts'

export interface KeptRow {
  district: string
  id: Id
  household_id: Id
  set_by: 'family' | 'office'
  /** Set by the township or the district. */
  township: boolean
  sealed_reason: Buffer | null
  from_on: Day
  at: Date
  by_id: Id
  by_name: string
  ended_on: Day | null
  ended_at: Date | null
  ended_by: Id | null
  ended_name: string | null
  sealed_ended_reason: Buffer | null
}

export const keptTables = tablesOf<{ 'doors.kept_household': KeptRow }>()
