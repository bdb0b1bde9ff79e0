import {
  contract,
  daySchema,
  divisionSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  text,
  z,
} from '@zhulian/kernel/contract'
import { envelopeOf, searchMessage, statusMessage, subscribeMessage, unsubscribeMessage } from './envelope.ts'
import {
  askedTooOften,
  callbackRefused,
  clientUnknown,
  encryptionNotTaken,
  envelopeRefused,
  grantNotTaken,
  noticeNotDead,
  partnerAddressRefused,
  partnerDayOver,
  partnerEnded,
  partnerKeyWrong,
  partnerNotFound,
  senderTaken,
  senderWrong,
  signatureRefused,
  toldAsDci,
  toldAsOAuth,
  toldUnaskedRefused,
  tokenMissing,
} from './refusals.ts'
import { basisKinds, exchangeActions, fieldNames } from './tables.ts'

// Last wall: what is not named here of a household never leaves.

const identifier = z.object({
  '@type': z.literal('Identifier'),
  identifier_type: z.string(),
  identifier_value: z.string(),
})
const member = z.object({
  '@context': z.string().optional(),
  '@type': z.literal('Member'),
  member_identifier: z.array(identifier).optional(),
  demographic_info: z.object({
    '@type': z.literal('SRPerson'),
    name: z.object({ '@type': z.literal('Name'), surname: z.string(), given_name: z.string() }),
    sex: z.string().optional(),
    birth_date: z.string().optional(),
  }),
  group_identifier: z.array(identifier).optional(),
})
const group = z.object({
  '@context': z.string(),
  '@type': z.literal('Group'),
  group_identifier: z.array(identifier),
  group_type: z.literal('household'),
  place: z.object({ '@type': z.literal('Place'), address: z.string() }),
  group_size: z.number().int(),
  group_head_info: member.optional(),
  member_list: z.array(member).optional(),
  registration_date: z.string(),
  last_updated: z.string(),
  additional_attributes: z.array(z.record(z.string(), z.union([z.string(), z.number()]))).optional(),
})
export type GroupRecord = z.input<typeof group>
export type MemberRecord = z.input<typeof member>
export const recordForm = z.union([group, member])

const state = z.enum(['rcvd', 'pdng', 'succ', 'rjct'])
const item = z.object({
  reference_id: z.string(),
  timestamp: z.string(),
  status: state,
  status_reason_code: z.string().optional(),
  status_reason_message: z.string().optional(),
  data: z
    .object({
      version: z.literal('1.0.0'),
      reg_record_type: z.string(),
      reg_records: z.array(recordForm),
    })
    .optional(),
  pagination: z
    .object({ page_size: z.number().int(), page_number: z.number().int(), total_count: z.number().int() })
    .optional(),
  locale: z.string().optional(),
})
export type AnswerItem = z.input<typeof item>

const answerHeader = z.object({
  version: z.literal('1.0.0'),
  message_id: z.string(),
  message_ts: z.string(),
  action: z.enum(['on-search', 'txn-on-status']),
  status: state,
  status_reason_code: z.string().optional(),
  status_reason_message: z.string().optional(),
  total_count: z.number().int(),
  completed_count: z.number().int(),
  sender_id: z.string(),
  receiver_id: z.string(),
  is_msg_encrypted: z.literal(false),
})
const found = z.object({ transaction_id: z.string(), correlation_id: z.string(), search_response: z.array(item) })
const onSearch = z.object({ signature: z.string(), header: answerHeader, message: found.optional() })
const subscriptionState = z.enum(['subscribe', 'unsubscribe'])
const subscribed = z.object({
  transaction_id: z.string(),
  correlation_id: z.string(),
  subscribe_response: z.array(
    item.omit({ data: true, pagination: true }).extend({
      subscriptions: z
        .array(
          z.object({
            version: z.literal('1.0.0'),
            code: idSchema,
            subscription_code: idSchema,
            status: subscriptionState,
            timestamp: z.string(),
            reg_event_type: z.literal('REGISTER'),
            subscribe_criteria: z.object({ reg_event_type: z.literal('REGISTER') }),
          }),
        )
        .optional(),
    }),
  ),
})
const unsubscribed = z.object({
  transaction_id: z.string(),
  correlation_id: z.string(),
  timestamp: z.string(),
  status: state,
  status_reason_code: z.string().optional(),
  subscription_status: z.array(z.object({ code: z.string(), status: subscriptionState })),
})
const txnStatus = z.union([
  z.object({ txn_type: z.literal('on-subscribe'), txn_status: subscribed }),
  z.object({ txn_type: z.literal('on-unsubscribe'), txn_status: unsubscribed }),
  z.object({ txn_type: z.string(), txn_status: found }),
])
export type TxnStatus = z.input<typeof txnStatus>
const onStatus = z.object({
  signature: z.string(),
  header: answerHeader,
  message: z
    .object({
      transaction_id: z.string(),
      correlation_id: z.string(),
      txnstatus_response: txnStatus,
    })
    .optional(),
})
export type OnSearch = z.input<typeof onSearch>
export type OnStatus = z.input<typeof onStatus>

const ack = z.object({
  message: z.object({ ack_status: z.literal('ACK'), timestamp: z.string(), correlation_id: z.string() }),
})

const refusals = [
  tokenMissing,
  askedTooOften,
  senderWrong,
  signatureRefused,
  encryptionNotTaken,
  envelopeRefused,
  callbackRefused,
]
const asDci = { takes: 'partner', failsAs: toldAsDci, refusals } as const

const jwk = z.object({
  kty: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.string(),
  crv: z.string(),
  x: z.string(),
})

const partner = z.object({
  id: idSchema,
  senderId: z.string(),
  name: z.string(),
  keyId: z.string().nullable(),
  callback: z.string().nullable(),
  scope: z.string(),
  purpose: z.string(),
  basis: z.enum(basisKinds),
  basisWords: z.string(),
  fields: z.array(z.enum(fieldNames)),
  mostRecords: z.number().int(),
  perMinute: z.number().int(),
  untilOn: daySchema,
  /** May subscribe to households that are registered, and to how many conditions it does. */
  toldUnasked: z.boolean(),
  subscriptions: z.number().int(),
  usedAt: instantSchema.nullable(),
  madeBy: z.string(),
  endedAt: instantSchema.nullable(),
  /** Of its messages of the last 30 days. */
  asked: z.object({ messages: z.number().int(), records: z.number().int() }),
  isGood: z.boolean(),
  /** Notices of the last 30 days that did not arrive and were not sent again. */
  dead: z.number().int(),
})
const partnerId = z.object({ partnerId: idSchema })
const secret = z.object({ id: idSchema, clientId: z.string(), clientSecret: z.string() })

/** The DCI Social Registry interface 1.0.0, below `/api/dci`: who asks has a token, a purpose, a basis and bounds. */
export const dciContract = contract({
  'POST /dci/oauth2/client/token': {
    summary: 'OAuth 2 client credentials for a partner; the token is good for an hour.',
    takes: 'partner',
    failsAs: toldAsOAuth,
    body: z.object({
      grant_type: z.literal('client_credentials'),
      client_id: z.string(),
      client_secret: z.string(),
      scope: z.string().optional(),
    }),
    answer: z.object({ access_token: z.string(), token_type: z.literal('bearer'), expires_in: z.number().int() }),
    refusals: [clientUnknown, grantNotTaken],
  },
  'GET /dci/.well-known/jwks.json': {
    summary: 'The public keys that our answers are signed with (RFC 7517).',
    answer: z.object({ keys: z.array(jwk) }),
  },
  'POST /dci/registry/sync/search': {
    summary: 'DCI: searches households and answers at once.',
    ...asDci,
    body: envelopeOf(searchMessage),
    answer: onSearch,
  },
  'POST /dci/registry/search': {
    summary: 'DCI: takes a search; the answer is brought to /registry/on-search of who asked.',
    ...asDci,
    body: envelopeOf(searchMessage),
    answer: ack,
  },
  'POST /dci/registry/sync/txn/status': {
    summary:
      'DCI: what became of earlier searches, subscriptions, their ends and notices (txn_type search, subscribe, unsubscribe, notify) of the same partner.',
    ...asDci,
    body: envelopeOf(statusMessage),
    answer: onStatus,
  },
  'POST /dci/registry/txn/status': {
    summary: 'DCI: the same, brought to /registry/txn/on-status of who asked.',
    ...asDci,
    body: envelopeOf(statusMessage),
    answer: ack,
  },
  'POST /dci/registry/subscribe': {
    summary:
      'DCI: wants to be told of households that are registered (REGISTER) and fit a condition; what became of it is brought to /registry/on-subscribe, and then each to /registry/notify.',
    ...asDci,
    body: envelopeOf(subscribeMessage),
    answer: ack,
  },
  'POST /dci/registry/unsubscribe': {
    summary: 'DCI: ends subscriptions of the same partner; what became of it is brought to /registry/on-unsubscribe.',
    ...asDci,
    body: envelopeOf(unsubscribeMessage),
    answer: ack,
  },
  'GET /partners': {
    summary:
      'Systems that may search the registry: for what purpose, on what basis, within what bounds; the newest first.',
    answer: z.object({ items: z.array(partner) }),
  },
  'POST /partners': {
    summary: 'Lets a system search the registry. Its secret is told once.',
    body: z.strictObject({
      senderId: z.string().regex(/^[\w.:-]{3,100}$/),
      name: text(2, 60),
      /** Its public key as a JWK; without one it signs nothing and its token alone counts. */
      jwk: z.record(z.string(), z.string().max(2000)).nullable(),
      callback: z.string().max(300).nullable(),
      /** The district or a township: in which village a family lives partners are not told. */
      scope: divisionSchema.refine(code => code.length === 6 || code.length === 9, 'not a district or a township'),
      purpose: z.string().regex(/^[\w.:-]{2,60}$/),
      basis: z.enum(basisKinds),
      basisWords: text(4, 300),
      fields: z.array(z.enum(fieldNames)).max(4),
      mostRecords: z.number().int().min(1).max(100),
      perMinute: z.number().int().min(1).max(600),
      untilOn: daySchema,
      /** On a basis in law and with an address alone. */
      toldUnasked: z.boolean().default(false),
    }),
    answer: secret,
    refusals: [senderTaken, partnerKeyWrong, partnerAddressRefused, partnerDayOver, toldUnaskedRefused],
  },
  'GET /partners/:partnerId/exchanges': {
    summary: 'When a partner asked, how many it was told of and whether that arrived, for 30 days; the newest first.',
    params: partnerId,
    query: z.object({ ...pageQuery }),
    answer: pageOf(
      z.object({
        id: idSchema,
        action: z.enum(exchangeActions),
        way: z.enum(['sync', 'async']),
        state,
        records: z.number().int(),
        cameAt: instantSchema,
        broughtAt: instantSchema.nullable(),
        tries: z.number().int(),
        /** Not brought yet. */
        waits: z.boolean(),
        /** A notice that did not arrive and can be sent again. */
        isDead: z.boolean(),
      }),
    ),
    refusals: [partnerNotFound],
  },
  'POST /partners/:partnerId/exchanges/:exchangeId/again': {
    summary: 'Makes a notice anew that did not arrive, of the households as they are now, and sends it again.',
    params: partnerId.extend({ exchangeId: idSchema }),
    body: z.strictObject({}),
    /** Of how many it tells; of none when nobody of it may be told of any more. */
    answer: z.object({ records: z.number().int() }),
    refusals: [partnerNotFound, partnerEnded, noticeNotDead],
  },
  'POST /partners/:partnerId/secret': {
    summary: 'Makes a new secret; the old one and its tokens end at once.',
    params: partnerId,
    body: z.strictObject({}),
    answer: secret,
    refusals: [partnerNotFound, partnerEnded],
  },
  'POST /partners/:partnerId/end': {
    summary: 'Ends a partner and its tokens at once.',
    params: partnerId,
    body: z.strictObject({}),
    answer: z.object({}),
    refusals: [partnerNotFound, partnerEnded],
  },
})
