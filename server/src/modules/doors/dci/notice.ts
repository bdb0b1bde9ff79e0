import { type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { placesOf } from '../../registry/index.ts'
import { keptAmong } from '../kept/kept.ts'
import { recordForm } from './contract.ts'
import {
  answerColumn,
  answerHeader,
  householdsColumn,
  itemsColumn,
  type KeptItem,
  messageColumn,
  transactionColumn,
} from './exchange.ts'
import { partnerOf } from './partner-of.ts'
import { readQuery } from './query.ts'
import { conditionFor, type Meant, type Told, toldOf } from './search.ts'
import { filterColumn, type KeptFilter } from './subscription-filter.ts'
import { dci, type ExchangeRow, type PartnerRow, type PartnerSubscriptionRow } from './tables.ts'
import { tellLater } from './told.ts'
import type { OfHouseholds } from './without-kept.ts'

/** Subscriptions of partners that may be told now; one of them is held. */
export const liveOnes = (machine: Ctx, id?: Id) => {
  const found = dci(machine)
    .selectFrom('doors.dci_subscription as s')
    .innerJoin('doors.dci_partner as p', join =>
      join.onRef('p.district', '=', 's.district').onRef('p.id', '=', 's.partner_id'),
    )
    .selectAll('s')
    .where('s.district', '=', machine.district)
    .where('s.ended_at', 'is', null)
    .where('p.ended_at', 'is', null)
    .where('p.told_unasked', '=', true)
    .where('p.until_on', '>=', machine.today)
    .orderBy('s.id')
  return (id ? found.where('s.id', '=', id).forUpdate('s') : found).execute()
}

export async function meantBy(
  machine: Ctx,
  partner: PartnerRow,
  { id, entity, sealed_filter }: PartnerSubscriptionRow,
): Promise<Meant> {
  const kept = JSON.parse(machine.crypto.open(filterColumn, id, sealed_filter)) as KeptFilter
  const places = await placesOf(machine)
  const condition = await conditionFor(machine, partner, readQuery(kept.type, kept.filter), entity, places)
  return { condition, entity, places }
}

/** One event for each record, as the interface has it; it goes out as answers do. */
export async function bring(
  machine: Ctx,
  partner: PartnerRow,
  subscription: Pick<PartnerSubscriptionRow, 'id' | 'entity'>,
  told: readonly Told[],
): Promise<void> {
  const id = newId(machine.now.getTime())
  const item: KeptItem = { reference_id: subscription.id, timestamp: machine.now.toISOString(), status: 'succ' }
  await dci(machine)
    .insertInto('doors.dci_exchange')
    .values({
      district: machine.district,
      id,
      partner_id: partner.id,
      subscription_id: subscription.id,
      message_blind: machine.crypto.blind(messageColumn, id),
      transaction_blind: machine.crypto.blind(transactionColumn, id),
      action: 'notify',
      sealed_items: machine.crypto.seal(itemsColumn, id, JSON.stringify([item])),
      callback: `${partner.callback ?? ''}/registry/notify`,
      came_at: machine.now,
      brought_at: null,
      ...noticeOf(machine, partner, subscription, id, told),
    })
    .execute()
  await machine.later('doors.bringAnswer', { exchange: id }, { key: id })
}

/** What waits to be brought, under the same id however often it is made anew. */
function noticeOf(
  machine: Ctx,
  partner: PartnerRow,
  { id: reference, entity }: Pick<PartnerSubscriptionRow, 'id' | 'entity'>,
  id: Id,
  told: readonly Told[],
): Pick<ExchangeRow, 'state' | 'tries' | 'records' | 'sealed_answer' | 'sealed_households'> {
  const timestamp = machine.now.toISOString()
  const events = told.map(({ record }) => ({
    reference_id: reference,
    timestamp,
    data: { version: '1.0.0', reg_record_type: entity, reg_records: recordForm.parse(record) },
  }))
  const said = answerHeader(machine, partner, { receiver_id: undefined }, 'notify', [])
  const header = { ...said, message_id: id, total_count: events.length, completed_count: events.length }
  const answer = { header, message: { transaction_id: id, notify_event: events } }
  machine.because(`${partner.name}：${partner.purpose}（${partner.basis_words}），新登记，告知 ${told.length} 条`)
  const households: OfHouseholds = [told.map(one => one.household)]
  return {
    state: 'pdng',
    tries: 0,
    records: told.length,
    sealed_answer: machine.crypto.seal(answerColumn, id, JSON.stringify(answer)),
    sealed_households: machine.crypto.seal(householdsColumn, id, JSON.stringify(households)),
  }
}

const mostAgain = 50

/** Notices of a subscription that did not arrive, made anew as the households are now. @returns of how many they tell; undefined for none */
export async function bringDeadAgain(machine: Ctx, subscriptionId: Id, only?: Id): Promise<number | undefined> {
  const [subscription] = await liveOnes(machine, subscriptionId)
  if (!subscription) return undefined
  const dead = dci(machine)
    .selectFrom('doors.dci_exchange')
    .select(['id', 'sealed_households'])
    .where('district', '=', machine.district)
    .where('subscription_id', '=', subscription.id)
    .where('state', '=', 'rjct')
    .where('sealed_households', 'is not', null)
    .orderBy('id')
    .limit(mostAgain)
    .forUpdate()
  const rows = await (only ? dead.where('id', '=', only) : dead).execute()
  if (rows.length === 0) return undefined
  const partner = await partnerOf(machine, subscription.partner_id)
  const meant = await meantBy(machine, partner, subscription)
  let count = 0
  for (const { id, sealed_households } of rows) {
    const households = JSON.parse(
      machine.crypto.open(householdsColumn, id, sealed_households as Buffer),
    ) as OfHouseholds
    const ids = [...new Set(households.flat())]
    await tellLater(machine, subscription.id, [...(await keptAmong(machine, ids))])
    const told = await toldOf(machine, partner, meant, ids)
    count += told.length
    await dci(machine)
      .updateTable('doors.dci_exchange')
      .set(
        told.length > 0 ? noticeOf(machine, partner, subscription, id, told) : { records: 0, sealed_households: null },
      )
      .where('district', '=', machine.district)
      .where('id', '=', id)
      .execute()
    if (told.length > 0) await machine.later('doors.bringAnswer', { exchange: id }, { key: id })
  }
  return count
}
