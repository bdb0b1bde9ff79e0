import { type Id, isId, newId } from '@zhulian/kernel'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { placesOf } from '../../registry/index.ts'
import {
  envelopeOf,
  type SubscribeCode,
  type SubscribeItem,
  subscribeMessage,
  type UnsubscribeCode,
  unsubscribeMessage,
} from './envelope.ts'
import { type Ack, answered, answerHeader, type Asked, type KeptItem, open } from './exchange.ts'
import { bringDeadAgain } from './notice.ts'
import { QueryFault, readQuery } from './query.ts'
import { conditionFor, type Entity } from './search.ts'
import { filterColumn, type KeptFilter } from './subscription-filter.ts'
import { dci, lastId, type PartnerRow, type PartnerSubscriptionRow } from './tables.ts'

/** The one event there is: a household is registered. */
const event = 'REGISTER'
const mostLive = 20
const subscribing = envelopeOf(subscribeMessage)
const unsubscribing = envelopeOf(unsubscribeMessage)

class Declined extends Error {
  readonly code: SubscribeCode

  constructor(code: SubscribeCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Takes wishes to be told of households that are registered; what became of each wish is brought. */
export const subscribeLater = (ctx: Ctx, { partner: sent }: Asked): Promise<Ack> =>
  asMachine(ctx, async machine => {
    const opened = await open(machine, sent, subscribing, 'subscribe', 'async', said => said.subscribe_request.length)
    const { partner, header, message } = opened
    const seen = new Set<string>()
    const items = []
    for (const item of message.subscribe_request) {
      items.push(await subscribed(machine, partner, item, seen.has(item.reference_id)))
      seen.add(item.reference_id)
    }
    ctx.because(`${partner.name}：${partner.purpose}（${partner.basis_words}）`)
    const answer = {
      header: answerHeader(machine, partner, header, 'on-subscribe', items),
      message: {
        transaction_id: message.transaction_id,
        correlation_id: opened.id,
        subscribe_response: items.map(({ code: _code, ...said }) => said),
      },
    }
    return (await answered(machine, opened, 'async', { answer, items, path: '/registry/on-subscribe' })) as Ack
  })

interface SubscribeAnswer extends KeptItem {
  readonly status_reason_message?: string
  readonly subscriptions?: readonly object[]
}

async function subscribed(
  machine: Ctx,
  partner: PartnerRow,
  item: SubscribeItem,
  isAgain: boolean,
): Promise<SubscribeAnswer> {
  const base = {
    reference_id: item.reference_id,
    timestamp: machine.now.toISOString(),
    ...(item.locale ? { locale: item.locale } : {}),
  }
  try {
    if (isAgain) throw new Declined('rjct.reference_id.duplicate', 'a reference_id counts once in a message')
    const { id, entity } = await subscribe(machine, partner, item)
    const said = { reg_event_type: event, notify_record_type: entity }
    // The interface names some of these twice; the condition is not said back, since it may hold a number.
    const info = { code: id, subscription_code: id, status: 'subscribe', timestamp: base.timestamp, ...said }
    return {
      ...base,
      status: 'succ',
      code: id,
      subscriptions: [{ version: '1.0.0', ...info, subscribe_criteria: said }],
    }
  } catch (error) {
    if (!(error instanceof Declined) && !(error instanceof QueryFault)) throw error
    const code = error instanceof Declined ? error.code : 'rjct.notify_details.invalid'
    return { ...base, status: 'rjct', status_reason_code: code, status_reason_message: error.message }
  }
}

/** @throws Declined, QueryFault */
async function subscribe(machine: Ctx, partner: PartnerRow, { subscribe_criteria: said }: SubscribeItem) {
  if (!partner.told_unasked)
    throw new Declined('rjct.notify_details.invalid', 'that this partner is told without asking was not agreed')
  if (said.reg_event_type.split(':').at(-1) !== event)
    throw new Declined('rjct.notify_types.invalid', `reg_event_type is ${event}`)
  if (said.frequency !== undefined)
    throw new Declined(
      'rjct.notify_details.invalid',
      'what is registered is told within half an hour; leave frequency out',
    )
  const entity = entityOf(partner, said.notify_record_type)
  const kept: KeptFilter = { type: said.filter_type ?? typeOf(said.filter), filter: said.filter }
  await conditionFor(machine, partner, readQuery(kept.type, kept.filter), entity, await placesOf(machine))
  const live = await dci(machine)
    .selectFrom('doors.dci_subscription')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .where('district', '=', machine.district)
    .where('partner_id', '=', partner.id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(live.n) >= mostLive) throw new Declined('rjct.notify_details.invalid', `at most ${mostLive} subscriptions`)
  return await keep(machine, partner, entity, JSON.stringify(kept))
}

/** Who subscribes to the same again is told so, and what did not arrive of it comes once more. */
async function keep(machine: Ctx, partner: PartnerRow, entity: Entity, filter: string) {
  const id = newId(machine.now.getTime())
  const filter_blind = machine.crypto.blind(filterColumn, `${entity} ${filter}`)
  const made = await dci(machine)
    .insertInto('doors.dci_subscription')
    .values({
      district: machine.district,
      id,
      partner_id: partner.id,
      entity,
      filter_blind,
      sealed_filter: machine.crypto.seal(filterColumn, id, filter),
      since_at: machine.now,
      since_id: lastId,
      told_from: machine.now,
      looked_at: machine.now,
      made_at: machine.now,
      ended_at: null,
    })
    .onConflict(on => on.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 1n) return { id, entity }
  const same = await dci(machine)
    .selectFrom('doors.dci_subscription')
    .select('id')
    .where('district', '=', machine.district)
    .where('partner_id', '=', partner.id)
    .where('filter_blind', '=', filter_blind)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (same) await bringDeadAgain(machine, same.id)
  throw new Declined(
    'rjct.event.already_subscribed',
    'the same is subscribed to already; what did not arrive is sent again',
  )
}

function entityOf(partner: PartnerRow, named: string): Entity {
  const name = named.split(':').at(-1) ?? ''
  if (name === 'Group') return 'Group'
  if (!['Member', 'Person', 'SRPerson'].includes(name))
    throw new Declined('rjct.notify_details.invalid', 'notify_record_type is Group or Member')
  if (!partner.fields.includes('members'))
    throw new Declined('rjct.notify_details.invalid', 'members are not told to this partner')
  return 'Member'
}

const typeOf = (filter: KeptFilter['filter']) =>
  Array.isArray(filter) ? 'predicate' : typeof filter['value'] === 'object' ? 'expression' : 'idtype-value'

/** Ends subscriptions of the partner, all that are named or none. */
export const unsubscribeLater = (ctx: Ctx, { partner: sent }: Asked): Promise<Ack> =>
  asMachine(ctx, async machine => {
    const opened = await open(machine, sent, unsubscribing, 'unsubscribe', 'async', () => 1)
    const { partner, header, message } = opened
    const codes = [...new Set(message.subscription_codes ?? message.sunscription_codes)]
    const rows = await ownOf(machine, partner, codes.filter(isId) as Id[])
    const reason = faultOf(codes, rows)
    if (!reason)
      await endSubscriptions(
        machine,
        rows.map(row => row.id),
      )
    ctx.because(`${partner.name}：${partner.purpose}（${partner.basis_words}）`)
    const status = reason ? ('rjct' as const) : ('succ' as const)
    const timestamp = machine.now.toISOString()
    const ended = codes.map(code => ({ reference_id: code, timestamp, status, status_reason_code: reason }))
    const answer = {
      header: answerHeader(machine, partner, header, 'on-unsubscribe', [{ status }]),
      message: {
        transaction_id: message.transaction_id,
        correlation_id: opened.id,
        timestamp,
        status,
        ...(reason ? { status_reason_code: reason } : {}),
        subscription_status: rows.map(({ id, ended_at }) => ({
          code: id,
          status: reason && ended_at === null ? 'subscribe' : 'unsubscribe',
        })),
      },
    }
    return (await answered(machine, opened, 'async', { answer, items: ended, path: '/registry/on-unsubscribe' })) as Ack
  })

type Own = Pick<PartnerSubscriptionRow, 'id' | 'ended_at'>

/** Another's looks as if there were none. */
function faultOf(codes: readonly string[], rows: readonly Own[]): UnsubscribeCode | undefined {
  if (rows.length < codes.length) return 'rjct.subscription_code.invalid'
  return rows.some(row => row.ended_at !== null) ? 'rjct.event.already_unsubscribed' : undefined
}

const ownOf = async (machine: Ctx, partner: PartnerRow, ids: readonly Id[]): Promise<readonly Own[]> =>
  ids.length === 0
    ? []
    : await dci(machine)
        .selectFrom('doors.dci_subscription')
        .select(['id', 'ended_at'])
        .where('district', '=', machine.district)
        .where('partner_id', '=', partner.id)
        .where('id', 'in', ids)
        .orderBy('id')
        .forUpdate()
        .execute()

const endSubscriptions = async (machine: Ctx, ids: readonly Id[]) =>
  await dci(machine)
    .updateTable('doors.dci_subscription')
    .set({ ended_at: machine.now })
    .where('district', '=', machine.district)
    .where('id', 'in', ids)
    .execute()
