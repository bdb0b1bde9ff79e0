import type { Day, Id } from '@zhulian/kernel'
import { tablesOf } from '../../../platform/ctx.ts'

export interface DciTables {
  'doors.dci_partner': PartnerRow
  'doors.dci_token': { district: string; hash: Buffer; partner_id: Id; until_at: Date }
  'doors.dci_exchange': ExchangeRow
  'doors.dci_subscription': PartnerSubscriptionRow
  'doors.dci_told': { district: string; subscription_id: Id; household_id: Id; told_at: Date | null }
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
  /** May subscribe to households that are registered. */
  told_unasked: boolean
  made_at: Date
  made_by: Id
  made_name: string
  used_at: Date | null
  ended_at: Date | null
  ended_by: Id | null
  ended_name: string | null
}

export const exchangeActions = ['search', 'txn-status', 'subscribe', 'unsubscribe', 'notify'] as const

export interface ExchangeRow {
  district: string
  id: Id
  partner_id: Id
  message_blind: Buffer
  transaction_blind: Buffer
  action: (typeof exchangeActions)[number]
  state: 'pdng' | 'succ' | 'rjct'
  records: number
  sealed_items: Buffer
  callback: string | null
  sealed_answer: Buffer | null
  /** Of a notice: whose it is. */
  subscription_id: Id | null
  /** Of whom it tells, a list for each item, as long as it waits or may be asked for again. */
  sealed_households: Buffer | null
  tries: number
  came_at: Date
  brought_at: Date | null
}

/** After all that were registered in the same instant. */
export const lastId = 'ffffffff-ffff-7fff-bfff-ffffffffffff' as Id

export interface PartnerSubscriptionRow {
  district: string
  id: Id
  partner_id: Id
  entity: 'Group' | 'Member'
  filter_blind: Buffer
  sealed_filter: Buffer
  /** The household told last, or up to when there was none to tell. */
  since_at: Date
  since_id: Id
  /** Households registered later are told as soon as they fit. */
  told_from: Date
  /** Up to when those that the rules put elsewhere were looked at again. */
  looked_at: Date
  made_at: Date
  ended_at: Date | null
}
