import type { Id } from '@zhulian/kernel'

export interface LinkingTables {
  'linking.suggestion': {
    district: string
    need_id: Id
    /** `resource:<id>` or `project:<id>`; null: none was found. */
    taker: string | null
    suggested_at: Date
  }
  'linking.declined': DeclinedRow
}

export interface DeclinedRow {
  district: string
  id: Id
  need_id: Id
  division: string
  taker: string
  sealed_reason: Buffer
  by_id: Id
  by_name: string
  at: Date
  taken_back_at: Date | null
}
