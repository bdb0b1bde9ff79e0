import type { Id } from '@zhulian/kernel'
import type { ColumnType } from 'kysely'
import { tablesOf } from '../../platform/ctx.ts'

interface Entry {
  district: string
  id: Id
  at: ColumnType<Date, Date | string, never>
  account_id: Id
  role: string
  scope: string | null
  organisation_id: Id | null
  session_id: Id | null
  action: string
  zh: string
  en: string
  purpose: string
  outcome: 'done' | 'refused' | 'failed'
  refusal: string | null
  reason: string | null
  subject_kind: string | null
  subject_id: Id | null
  subject_count: number
  division: string | null
  request_id: string
  route: string | null
  address: string | null
}

export interface AuditTables {
  'audit.entry': Entry
}

export const audit = tablesOf<AuditTables>()
