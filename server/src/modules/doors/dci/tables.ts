import type { Day, Id } from '@zhulian/kernel'
import { tablesOf } from '../../../platform/ctx.ts'

export interface DciTables {
  'doors.dci_partner': PartnerRow
  'doors.dci_token': { district: string; hash: Buffer; partner_id: Id; until_at: Date }
  'doors.dci_exchange': ExchangeRow
  'doors.dci_key': { district: string; id: Id; jwk: PublicJwk; sealed_private: Buffer; made_at: Date }
}
export const dci = tablesOf<DciTables>()

export interface PublicJwk {
  readonly kty: string
  readonly kid: string
  readonly [name: string]: string
}

export const basisKinds = ['law', 'consent'] as const
/** What may be told of a household beyond that it is there, how large it is and in which township. */
export const fieldNames = ['circle', 'tier', 'head', 'members'] as const
export type FieldName = (typeof fieldNames)[number]

export interface PartnerRow {
  district: string
  id: Id
  sender_id: string
  name: string
  secret_hash: Buffer
  jwk: PublicJwk | null
  callback: string | null
  scope: string
  purpose: string
  basis: (typeof basisKinds)[number]
  basis_words: string
  fields: FieldName[]
  most_records: number
  per_minute: number
  until_on: Day
  made_at: Date
  made_by: Id
  made_name: string
  used_at: Date | null
  ended_at: Date | null
  ended_by: Id | null
  ended_name: string | null
}

export interface ExchangeRow {
  district: string
  id: Id
  partner_id: Id
  message_blind: Buffer
  transaction_blind: Buffer
  action: 'search' | 'txn-status'
  state: 'pdng' | 'succ' | 'rjct'
  records: number
  sealed_items: Buffer
  callback: string | null
  sealed_answer: Buffer | null
  tries: number
  came_at: Date
  brought_at: Date | null
}
