import { type Id, isId } from '@zhulian/kernel'
import type { ExpressionBuilder } from 'kysely'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { readSealedJson } from '../../../platform/open-sealed.ts'
import type { PartnerRequest } from '../../../platform/partner-request.ts'
import type { OnStatus, TxnStatus } from './contract.ts'
import { envelopeOf, statusMessage, type TxnType } from './envelope.ts'
import {
  type Ack,
  answered,
  answerHeader,
  type Asked,
  itemsColumn,
  type KeptItem,
  open,
  transactionColumn,
  turnedAway,
  type Way,
} from './exchange.ts'
import { dci, type DciTables, type ExchangeRow, type PartnerRow } from './tables.ts'

const status = envelopeOf(statusMessage)

export const statusNow = (ctx: Ctx, { partner }: Asked) => statusTold(ctx, partner, 'sync') as Promise<OnStatus>
export const statusLater = (ctx: Ctx, { partner }: Asked) => statusTold(ctx, partner, 'async') as Promise<Ack>

/** What was done under which name. The two published parts of the interface spell some differently; nothing is answered to receipts. */
const actionOf: Readonly<Record<TxnType, ExchangeRow['action'] | undefined>> = {
  search: 'search',
  subscribe: 'subscribe',
  subscibe: 'subscribe',
  unsubscribe: 'unsubscribe',
  notify: 'notify',
  receipt: undefined,
}

const statusTold = (ctx: Ctx, sent: PartnerRequest, way: Way) =>
  asMachine(ctx, async machine => {
    const opened = await open(machine, sent, status, 'txn-status', way, () => 1)
    const { partner, header, message } = opened
    if (opened.fault) return await turnedAway(machine, opened, 'txn-on-status', opened.fault)
    const { txn_type, attribute_type, attribute_value } = message.txnstatus_request
    const before = await exchangesOf(machine, partner, actionOf[txn_type], attribute_type, attribute_value)
    ctx.because(`${partner.name}：${partner.purpose}（${partner.basis_words}）`)
    const named = {
      transaction_id: attribute_type === 'transaction_id' ? String(attribute_value) : message.transaction_id,
      correlation_id: before[0]?.row.id ?? opened.id,
    }
    const answer = {
      header: answerHeader(machine, partner, header, 'txn-on-status', []),
      message: {
        transaction_id: message.transaction_id,
        correlation_id: opened.id,
        txnstatus_response: await statusOf(machine, partner, txn_type, named, before),
      },
    }
    return await answered(machine, opened, way, { answer, items: [], path: '/registry/txn/on-status' })
  })

interface Before {
  readonly row: ExchangeRow
  readonly items: readonly KeptItem[]
}

/** In the form of the answer that it is the status of. */
async function statusOf(
  machine: Ctx,
  partner: PartnerRow,
  type: TxnType,
  named: { readonly transaction_id: string; readonly correlation_id: string },
  before: readonly Before[],
): Promise<TxnStatus> {
  const items = before.flatMap(one => one.items.map(({ code: _code, ...said }) => said))
  if (type === 'subscribe') {
    const live = await statesOf(machine, partner, before)
    const subscribe_response = before.flatMap(one =>
      one.items.map(({ code, ...said }) => ({
        ...said,
        ...(code ? { subscriptions: [infoOf(said, code, live)] } : {}),
      })),
    )
    return { txn_type: 'on-subscribe', txn_status: { ...named, subscribe_response } }
  }
  if (type !== 'unsubscribe') return { txn_type: type, txn_status: { ...named, search_response: items } }
  const live = await statesOf(machine, partner, before)
  const [first] = items
  const txn_status = {
    ...named,
    timestamp: first?.timestamp ?? machine.now.toISOString(),
    status: first?.status ?? ('rjct' as const),
    ...(first ? {} : { status_reason_code: 'rjct.subscription_code.invalid' }),
    ...(first?.status_reason_code ? { status_reason_code: first.status_reason_code } : {}),
    subscription_status: items.flatMap(({ reference_id: code }) => {
      const isLive = live.get(code)
      return isLive === undefined ? [] : [{ code, status: isLive ? ('subscribe' as const) : ('unsubscribe' as const) }]
    }),
  }
  return { txn_type: 'on-unsubscribe', txn_status }
}

const infoOf = ({ timestamp }: Pick<KeptItem, 'timestamp'>, code: Id, live: ReadonlyMap<string, boolean>) => ({
  version: '1.0.0' as const,
  code,
  subscription_code: code,
  status: live.get(code) ? ('subscribe' as const) : ('unsubscribe' as const),
  timestamp,
  reg_event_type: 'REGISTER' as const,
  subscribe_criteria: { reg_event_type: 'REGISTER' as const },
})

/** Of the partner's own: which stand. */
async function statesOf(machine: Ctx, partner: PartnerRow, before: readonly Before[]) {
  const codes = before.flatMap(one => one.items.flatMap(item => [item.code, item.reference_id])).filter(isIdText)
  if (codes.length === 0) return new Map<string, boolean>()
  const rows = await dci(machine)
    .selectFrom('doors.dci_subscription')
    .select(['id', 'ended_at'])
    .where('district', '=', machine.district)
    .where('partner_id', '=', partner.id)
    .where('id', 'in', codes)
    .execute()
  return new Map<string, boolean>(rows.map(row => [row.id, row.ended_at === null]))
}

const isIdText = (text: string | undefined): text is Id => text !== undefined && isId(text)

/** Of the same partner only: another's look as if there were none. */
async function exchangesOf(
  machine: Ctx,
  partner: PartnerRow,
  action: ExchangeRow['action'] | undefined,
  by: string,
  value: string | readonly string[],
): Promise<readonly Before[]> {
  const values = [value].flat()
  const ids = values.filter(isIdText)
  if (!action || (by === 'correlation_id' && ids.length === 0)) return []
  const own = dci(machine)
    .selectFrom('doors.dci_exchange')
    .selectAll()
    .where('district', '=', machine.district)
    .where('partner_id', '=', partner.id)
    .where('action', '=', action)
    .$if(action === 'notify', notices => notices.where(isOver))
    .orderBy('id', 'desc')
  const named =
    by === 'transaction_id'
      ? own.where('transaction_blind', '=', machine.crypto.blind(transactionColumn, values[0] ?? '')).limit(20)
      : by === 'correlation_id'
        ? own.where('id', 'in', ids).limit(20)
        : own.limit(100)
  const told = (await named.execute()).map(row => ({ row, items: itemsOf(machine, row) }))
  if (by !== 'reference_id_list' && by !== 'subscription_code_list') return told
  const isMeant = (item: KeptItem) =>
    by === 'subscription_code_list' && action === 'subscribe'
      ? item.code !== undefined && values.includes(item.code)
      : values.includes(item.reference_id)
  return told.flatMap(({ row, items }) => {
    const meant = items.filter(isMeant)
    return meant.length > 0 ? [{ row, items: meant }] : []
  })
}

/** A notice is known to a partner when it arrived, or did not: of one that in the end told of nobody it hears nothing. */
const isOver = (eb: ExpressionBuilder<DciTables, 'doors.dci_exchange'>) =>
  eb.or([eb('state', '=', 'rjct'), eb.and([eb('state', '=', 'succ'), eb('records', '>', 0)])])

const itemsOf = (machine: Ctx, row: ExchangeRow): readonly KeptItem[] => {
  const items = readSealedJson<readonly KeptItem[]>(machine, itemsColumn, row.id, row.sealed_items, [])
  return row.action === 'notify' ? items.map(item => ({ ...item, status: row.state })) : items
}
