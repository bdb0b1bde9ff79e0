import { type Id, newId } from '@zhulian/kernel'
import type { z } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { parseStrictJson } from '../../../platform/http/json.ts'
import { rateLimiter } from '../../../platform/http/limits.ts'
import type { PartnerRequest } from '../../../platform/partner-request.ts'
import type { AnswerItem, OnSearch } from './contract.ts'
import {
  ackCodeOf,
  type AskedAction,
  envelopeOf,
  headerFault,
  type HeaderCode,
  type RequestHeader,
  type SearchItem,
  searchMessage,
} from './envelope.ts'
import { ownKey } from './own-key.ts'
import { partnerOfToken } from './partners.ts'
import {
  askedTooOften,
  callbackRefused,
  encryptionNotTaken,
  envelopeRefused,
  senderWrong,
  signatureRefused,
  tokenMissing,
} from './refusals.ts'
import { type Answered, answerItem } from './search.ts'
import { signatureFor, verdictOf } from './signature.ts'
import { dci, type PartnerRow } from './tables.ts'

export interface Asked {
  readonly partner: PartnerRequest
}
export type Way = 'sync' | 'async'

/** The item of an exchange as it is remembered: what was asked is not. */
export interface KeptItem {
  readonly reference_id: string
  readonly timestamp: string
  readonly status: AnswerItem['status']
  readonly status_reason_code?: string | undefined
  readonly status_reason_message?: string | undefined
  /** Of a subscription, by which it is known since. */
  readonly code?: Id | undefined
}

export const itemsColumn = 'doors.dci_exchange.items'
export const answerColumn = 'doors.dci_exchange.answer'
export const householdsColumn = 'doors.dci_exchange.households'
export const messageColumn = 'doors.dci_exchange.message'
export const transactionColumn = 'doors.dci_exchange.transaction'

const search = envelopeOf(searchMessage)

export const searchNow = (ctx: Ctx, { partner }: Asked) => searched(ctx, partner, 'sync') as Promise<OnSearch>
export const searchLater = (ctx: Ctx, { partner }: Asked) => searched(ctx, partner, 'async') as Promise<Ack>

export interface Ack {
  readonly message: { readonly ack_status: 'ACK'; readonly timestamp: string; readonly correlation_id: string }
}

/** What is answered: the header and the message of it, signed when it goes out. */
export interface Unsigned {
  readonly header: Omit<OnSearch['header'], 'action'> & { readonly action: AnswerAction }
  readonly message: object | undefined
}
type AnswerAction = OnSearch['header']['action'] | 'on-subscribe' | 'on-unsubscribe' | 'notify'

const searched = (ctx: Ctx, sent: PartnerRequest, way: Way) =>
  asMachine(ctx, async machine => {
    const opened = await open(machine, sent, search, 'search', way, message => message.search_request.length)
    const { partner, header, message } = opened
    if (opened.fault) return await turnedAway(machine, opened, 'on-search', opened.fault)
    const answers = await answersOf(machine, partner, message.search_request)
    const [items, households] = [answers.map(one => one.item), answers.map(one => one.households)]
    ctx.because(`${partner.name}：${partner.purpose}（${partner.basis_words}），告知 ${households.flat().length} 条`)
    const answer = {
      header: answerHeader(machine, partner, header, 'on-search', items),
      message: { transaction_id: message.transaction_id, correlation_id: opened.id, search_response: items },
    }
    return await answered(machine, opened, way, { answer, items, households, path: '/registry/on-search' })
  })

/** One reference counts once in a batch. */
async function answersOf(machine: Ctx, partner: PartnerRow, items: readonly SearchItem[]): Promise<Answered[]> {
  const seen = new Set<string>()
  const answers: Answered[] = []
  for (const item of items) {
    const isAgain = seen.has(item.reference_id)
    seen.add(item.reference_id)
    answers.push(
      isAgain
        ? {
            item: {
              reference_id: item.reference_id,
              timestamp: machine.now.toISOString(),
              status: 'rjct',
              status_reason_code: 'rjct.reference_id.duplicate',
              status_reason_message: 'a reference_id counts once in a message',
            },
            households: [],
          }
        : await answerItem(machine, partner, item),
    )
  }
  return answers
}

interface Opened<M> {
  readonly id: Id
  readonly partner: PartnerRow
  readonly header: RequestHeader
  readonly message: M
  readonly callback: string | null
  /** Said in the header of an answer; who waits for no answer was refused. */
  readonly fault: HeaderCode | undefined
  readonly action: AskedAction
}

const limiters = new Map<number, (who: string) => number>()

/** In this order: whose token, how often, what form, whose name, whose signature; then what the header says. */
export async function open<M extends { transaction_id: string }>(
  machine: Ctx,
  sent: PartnerRequest,
  form: z.ZodType<{ signature?: unknown; header: RequestHeader; message: M }>,
  action: AskedAction,
  way: Way,
  count: (message: M) => number,
): Promise<Opened<M>> {
  const partner = await partnerOfToken(machine, sent.token)
  if (!partner) throw tokenMissing({ dci: 'err.request.unauthorized' })
  const limiter = limiters.get(partner.per_minute) ?? rateLimiter(partner.per_minute)
  limiters.set(partner.per_minute, limiter)
  const wait = limiter(partner.id)
  if (wait > 0) throw askedTooOften({ dci: 'err.request.too_many_requests', retryAfterSeconds: wait })
  const raw = parseStrictJson(sent.bytes)
  if (isEncrypted(raw)) throw encryptionNotTaken({ dci: 'err.encryption.invalid' })
  const read = form.safeParse(raw)
  if (!read.success) throw envelopeRefused({ dci: 'err.request.bad', where: whereOf(read.error.issues[0]) })
  const { header, message } = read.data
  if (header.sender_id !== partner.sender_id) throw senderWrong({ dci: 'err.sender_id.invalid' })
  const asSent = raw as { header: unknown; message: unknown; signature?: unknown }
  const verdict = verdictOf(asSent.signature, asSent, partner.jwk, partner.sender_id, machine.now)
  if (verdict === 'invalid') throw signatureRefused({ dci: 'err.signature.invalid' })
  if (verdict === 'missing' && partner.jwk) throw signatureRefused({ dci: 'err.signature.missing' })
  const callback = way === 'async' ? callbackOf(partner, header) : null
  const id = newId(machine.now.getTime())
  const fault =
    headerFault(header, action, count(message), machine.now) ??
    ((await isKnown(machine, partner, header.message_id)) ? 'rjct.message_id.duplicate' : undefined)
  if (fault && way === 'async') throw envelopeRefused({ dci: ackCodeOf(fault), where: fault })
  return { id, partner, header, message, callback, fault, action }
}

const isEncrypted = (raw: unknown): boolean => {
  const { header, message } = Object(raw) as {
    header?: { is_msg_encrypted?: unknown }
    message?: { ciphertext?: unknown }
  }
  return header?.is_msg_encrypted === true || typeof message?.ciphertext === 'string'
}

/** Names of the interface, never what was sent. */
const whereOf = (
  issue: { readonly path: readonly PropertyKey[]; readonly code?: string | undefined } | undefined,
): string =>
  `${(issue?.path ?? []).map(step => (/^\w{1,40}$/.test(String(step)) ? String(step) : '?')).join('.') || 'message'} ${issue?.code ?? ''}`.trim()

function callbackOf(partner: PartnerRow, header: RequestHeader): string {
  const { callback } = partner
  if (!callback || (header.sender_uri !== undefined && new URL(header.sender_uri).origin !== callback))
    throw callbackRefused({ dci: 'err.sender_uri.invalid' })
  return header.sender_uri ?? callback
}

const isKnown = async (machine: Ctx, partner: PartnerRow, messageId: string): Promise<boolean> =>
  (await dci(machine)
    .selectFrom('doors.dci_exchange')
    .select('id')
    .where('district', '=', machine.district)
    .where('partner_id', '=', partner.id)
    .where('message_blind', '=', machine.crypto.blind(messageColumn, messageId))
    .executeTakeFirst()) !== undefined

export function answerHeader(
  machine: Ctx,
  partner: PartnerRow,
  asked: Pick<RequestHeader, 'receiver_id'>,
  action: Unsigned['header']['action'],
  items: readonly Pick<KeptItem, 'status'>[],
): Unsigned['header'] {
  return {
    version: '1.0.0',
    message_id: newId(machine.now.getTime()),
    message_ts: machine.now.toISOString(),
    action,
    status: items.length > 0 && items.every(item => item.status === 'rjct') ? 'rjct' : 'succ',
    total_count: Math.max(1, items.length),
    completed_count: Math.max(1, items.length),
    sender_id: asked.receiver_id || ownSenderId(machine),
    receiver_id: partner.sender_id,
    is_msg_encrypted: false,
  }
}

const ownSenderId = ({ district }: Pick<Ctx, 'district'>) => `zhulian.${district}`

export async function turnedAway(
  machine: Ctx,
  { partner, header }: Opened<unknown>,
  action: Unsigned['header']['action'],
  fault: HeaderCode,
) {
  const said = answerHeader(machine, partner, header, action, [])
  const answer = {
    header: { ...said, status: 'rjct' as const, status_reason_code: fault, completed_count: 0 },
    message: undefined,
  }
  machine.because(`${partner.name}：${fault}`)
  return await signed(machine, answer)
}

/** What is answered, what is remembered of it, of whom each item tells, and where it is brought to. */
interface Outcome {
  readonly answer: Unsigned
  readonly items: readonly KeptItem[]
  readonly households?: readonly (readonly Id[])[]
  readonly path: string
}

/** Written down once, and given now or brought later. */
export async function answered(
  machine: Ctx,
  { id, partner, header, message, callback, action }: Opened<{ transaction_id: string }>,
  way: Way,
  { answer, items, households = [], path }: Outcome,
) {
  const kept: KeptItem[] = items.map(
    ({ reference_id, timestamp, status: own, status_reason_code, status_reason_message, code }) => ({
      reference_id,
      timestamp,
      status: own,
      status_reason_code,
      status_reason_message,
      code,
    }),
  )
  const to = callback && (new URL(callback).pathname === '/' ? `${callback.replace(/\/$/, '')}${path}` : callback)
  const seal = (column: string, value: unknown) => machine.crypto.seal(column, id, JSON.stringify(value))
  const waits = way === 'async'
  await dci(machine)
    .insertInto('doors.dci_exchange')
    .values({
      district: machine.district,
      id,
      partner_id: partner.id,
      subscription_id: null,
      message_blind: machine.crypto.blind(messageColumn, header.message_id),
      transaction_blind: machine.crypto.blind(transactionColumn, message.transaction_id),
      action,
      state: waits ? 'pdng' : answer.header.status === 'rjct' ? 'rjct' : 'succ',
      records: households.flat().length,
      sealed_items: seal(itemsColumn, kept),
      callback: to,
      sealed_answer: waits ? seal(answerColumn, answer) : null,
      sealed_households: waits && households.flat().length > 0 ? seal(householdsColumn, households) : null,
      tries: 0,
      came_at: machine.now,
      brought_at: null,
    })
    .execute()
  await dci(machine)
    .updateTable('doors.dci_partner')
    .set({ used_at: machine.now })
    .where('district', '=', machine.district)
    .where('id', '=', partner.id)
    .execute()
  if (!waits) return await signed(machine, answer)
  await machine.later('doors.bringAnswer', { exchange: id }, { key: id })
  return { message: { ack_status: 'ACK' as const, timestamp: machine.now.toISOString(), correlation_id: id } }
}

export async function signed(machine: Ctx, { header, message }: Unsigned) {
  return {
    signature: signatureFor({ header, message }, await ownKey(machine), header.sender_id, machine.now),
    header,
    message,
  }
}
