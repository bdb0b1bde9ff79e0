import { type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { placesOf } from '../../registry/index.ts'
import { type GroupRecord, type MemberRecord, recordForm } from './contract.ts'
import { answerColumn, answerHeader, itemsColumn, messageColumn, transactionColumn } from './exchange.ts'
import { partnerOf } from './partner-of.ts'
import { readQuery } from './query.ts'
import { conditionFor, registeredSince } from './search.ts'
import { filterColumn, type KeptFilter } from './subscribe.ts'
import { dci, lastId, type PartnerRow, type PartnerSubscriptionRow } from './tables.ts'

/** What was registered later than this is told the next time: a file being read in is there as a whole, or not yet. */
const settledMs = 15 * 60_000
const mostAtOnce = 50

/** Each subscription is told in a transaction of its own, so that the trail says of each household which partner heard of it. */
export async function notifyPartners(machine: Ctx): Promise<void> {
  for (const { id } of await liveOnes(machine)) await machine.later('doors.notify', { subscription: id }, { key: id })
}

const liveOnes = (machine: Ctx, id?: Id) => {
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

/** Tells a partner of households registered since it was told last, as a search would tell of them; each stands in the trail. */
export async function notify(machine: Ctx, payload: Readonly<Record<string, string | number>>): Promise<void> {
  const [subscription] = await liveOnes(machine, payload['subscription'] as Id)
  const until = new Date(machine.now.getTime() - settledMs)
  if (!subscription || until <= subscription.since_at) return
  const { id, entity, since_at, since_id } = subscription
  const partner = await partnerOf(machine, subscription.partner_id)
  const { records, last, isFull } = await registeredSince(
    machine,
    partner,
    await meantBy(machine, partner, subscription),
    {
      since: { at: since_at, id: since_id },
      until,
      most: mostAtOnce,
    },
  )
  if (records.length > 0) await bring(machine, partner, { id, entity }, records)
  const told = isFull && last ? { since_at: last.at, since_id: last.id } : { since_at: until, since_id: lastId }
  await dci(machine)
    .updateTable('doors.dci_subscription')
    .set(told)
    .where('district', '=', machine.district)
    .where('id', '=', id)
    .execute()
  if (isFull) await machine.later('doors.notify', { subscription: id })
}

async function meantBy(machine: Ctx, partner: PartnerRow, { id, entity, sealed_filter }: PartnerSubscriptionRow) {
  const kept = JSON.parse(machine.crypto.open(filterColumn, id, sealed_filter)) as KeptFilter
  const places = await placesOf(machine)
  const condition = await conditionFor(machine, partner, readQuery(kept.type, kept.filter), entity, places)
  return { condition, entity, places }
}

/** One event for each record, as the interface has it; it goes out as answers do. */
async function bring(
  machine: Ctx,
  partner: PartnerRow,
  { id: reference, entity }: Pick<PartnerSubscriptionRow, 'id' | 'entity'>,
  records: readonly (GroupRecord | MemberRecord)[],
): Promise<void> {
  const id = newId(machine.now.getTime())
  const timestamp = machine.now.toISOString()
  const events = records.map(record => ({
    reference_id: reference,
    timestamp,
    data: { version: '1.0.0', reg_record_type: entity, reg_records: recordForm.parse(record) },
  }))
  const said = answerHeader(machine, partner, { receiver_id: undefined }, 'notify', [])
  const header = { ...said, message_id: id, total_count: events.length, completed_count: events.length }
  const answer = { header, message: { transaction_id: id, notify_event: events } }
  machine.because(`${partner.name}：${partner.purpose}（${partner.basis_words}），新登记，告知 ${records.length} 条`)
  await dci(machine)
    .insertInto('doors.dci_exchange')
    .values({
      district: machine.district,
      id,
      partner_id: partner.id,
      message_blind: machine.crypto.blind(messageColumn, id),
      transaction_blind: machine.crypto.blind(transactionColumn, id),
      action: 'notify',
      state: 'pdng',
      records: records.length,
      sealed_items: machine.crypto.seal(itemsColumn, id, '[]'),
      callback: `${partner.callback ?? ''}/registry/notify`,
      sealed_answer: machine.crypto.seal(answerColumn, id, JSON.stringify(answer)),
      tries: 0,
      came_at: machine.now,
      brought_at: null,
    })
    .execute()
  await machine.later('doors.bringAnswer', { exchange: id }, { key: id })
}
