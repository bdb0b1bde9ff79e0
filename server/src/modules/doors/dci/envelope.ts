import { z } from '@zhulian/kernel/contract'

// The form of messages, word by word as the DCI Social Registry interface 1.0.0 has it. What it leaves open is bounded.

const instant = z.iso.datetime({ offset: true })
const name = z.string().min(1).max(200)

export const requestHeader = z.looseObject({
  version: z.string().max(20).default('1.0.0'),
  message_id: name,
  message_ts: instant,
  action: z.string().max(40),
  sender_id: name,
  sender_uri: z.url().max(500).optional(),
  receiver_id: z.string().max(200).optional(),
  total_count: z.number().int(),
  is_msg_encrypted: z.boolean().default(false),
  meta: z.record(z.string(), z.unknown()).optional(),
})
export type RequestHeader = z.output<typeof requestHeader>

const pagination = z.looseObject({
  page_size: z.number().int().min(1).max(1_000_000),
  page_number: z.number().int().min(1).max(1_000_000).default(1),
})
const purpose = z.looseObject({
  purpose: z.looseObject({ code: z.string().max(200).optional(), text: z.string().max(999).optional() }).optional(),
})
const locale = z.string().regex(/^[a-z]{3}$/)
const transactionId = z.string().min(1).max(99)

const searchItem = z.looseObject({
  reference_id: name,
  timestamp: instant,
  search_criteria: z.looseObject({
    version: z.string().max(20).optional(),
    reg_event_type: z.enum(['REGISTER', 'NewHouseHoldMember']).optional(),
    query_type: z.enum(['idtype-value', 'expression', 'predicate']),
    response_entity: z.enum(['Group', 'Member']).optional(),
    query: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).max(50)]),
    sort: z
      .array(z.looseObject({ attribute_name: z.string().max(100), sort_order: z.enum(['asc', 'desc']).default('asc') }))
      .max(5)
      .optional(),
    pagination: pagination.optional(),
    consent: purpose.optional(),
    authorize: purpose.optional(),
  }),
  // Some clients write it here; one wrong in either place is wrong.
  pagination: pagination.optional(),
  locale: locale.optional(),
})
export type SearchItem = z.output<typeof searchItem>

export const searchMessage = z.looseObject({
  transaction_id: transactionId,
  search_request: z.array(searchItem).min(1).max(1000),
})

/** As both published parts of the interface spell them, and notices beyond them. */
const txnTypes = ['search', 'subscribe', 'subscibe', 'unsubscribe', 'notify', 'receipt'] as const
export type TxnType = (typeof txnTypes)[number]

export const statusMessage = z.looseObject({
  transaction_id: transactionId,
  txnstatus_request: z.looseObject({
    reference_id: name,
    txn_type: z.enum(txnTypes),
    attribute_type: z.enum(['transaction_id', 'reference_id_list', 'correlation_id', 'subscription_code_list']),
    attribute_value: z.union([z.string().min(1).max(99), z.array(name).min(1).max(20)]),
    locale: locale.optional(),
  }),
})

const subscribeItem = z.looseObject({
  reference_id: name,
  timestamp: instant,
  subscribe_criteria: z.looseObject({
    reg_event_type: z.string().max(100),
    frequency: z.unknown().optional(),
    filter_type: z.enum(['idtype-value', 'expression', 'predicate']).optional(),
    filter: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).max(50)]),
    notify_record_type: z.string().max(100),
  }),
  locale: locale.optional(),
})
export type SubscribeItem = z.output<typeof subscribeItem>

export const subscribeMessage = z.looseObject({
  transaction_id: transactionId,
  subscribe_request: z.array(subscribeItem).min(1).max(1000),
})

const codes = z.array(z.string().min(1).max(99)).min(1).max(20).optional()

export const unsubscribeMessage = z
  // The second is how the interface spells it where it says that it is wanted.
  .looseObject({ transaction_id: transactionId, subscription_codes: codes, sunscription_codes: codes })
  .refine(said => said.subscription_codes ?? said.sunscription_codes, { path: ['subscription_codes'] })

export const envelopeOf = <T extends z.ZodType>(message: T) =>
  z.looseObject({ signature: z.unknown().optional(), header: requestHeader, message })

/** What may be said of one request of a batch. */
export type ReasonCode =
  | 'rjct.reference_id.invalid'
  | 'rjct.reference_id.duplicate'
  | 'rjct.timestamp.invalid'
  | 'rjct.search_criteria.invalid'
  | 'rjct.filter.invalid'
  | 'rjct.sort.invalid'
  | 'rjct.pagination.invalid'
  | 'rjct.search.too_many_records_found'

export type SubscribeCode =
  | 'rjct.reference_id.duplicate'
  | 'rjct.notify_types.invalid'
  | 'rjct.notify_details.invalid'
  | 'rjct.event.already_subscribed'

export type UnsubscribeCode = 'rjct.subscription_code.invalid' | 'rjct.event.already_unsubscribed'

/** And of a message as a whole. */
export type HeaderCode =
  | 'rjct.version.invalid'
  | 'rjct.message_id.duplicate'
  | 'rjct.message_ts.invalid'
  | 'rjct.action.invalid'
  | 'rjct.action.not_supported'
  | 'rjct.total_count.invalid'
  | 'rjct.total_count.limit_exceeded'
  | 'rjct.errors.too_many'

export const mostItems = 20
const windowMs = 5 * 60_000

const actions = ['search', 'txn-status', 'subscribe', 'unsubscribe'] as const
export type AskedAction = (typeof actions)[number]

/** What is wrong with a header by itself; undefined when nothing is. */
export function headerFault(
  header: RequestHeader,
  action: AskedAction,
  items: number,
  now: Date,
): HeaderCode | undefined {
  if (header.version !== '1.0.0') return 'rjct.version.invalid'
  if (header.action !== action)
    return (actions as readonly string[]).includes(header.action) ? 'rjct.action.invalid' : 'rjct.action.not_supported'
  if (Math.abs(new Date(header.message_ts).getTime() - now.getTime()) > windowMs) return 'rjct.message_ts.invalid'
  if (items > mostItems) return 'rjct.total_count.limit_exceeded'
  return header.total_count === items ? undefined : 'rjct.total_count.invalid'
}

/** The code of an acknowledgement that says so. */
export const ackCodeOf = (code: HeaderCode): string =>
  code === 'rjct.version.invalid' ? 'err.version.not_supported' : 'err.request.bad'
