import type { Id, Words } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type ExpressionBuilder, sql } from 'kysely'
import { type Ctx } from '../../../platform/ctx.ts'
import { changedSince, judgeAlertsLater, withdrawBatch, withdrawRows } from '../../registry/index.ts'
import { type deliveriesContract, deliveryMoved } from './contract.ts'
import { nextState } from './delivery.ts'
import { type Delivery, findDelivery, move } from './kept-delivery.ts'
import { shownWhole } from './shown.ts'
import { deliveries, type DeliveryTables } from './tables.ts'

const shownHouseholds = 50

/** Stops a delivery that is not in the registry yet. */
export async function cancelDelivery(
  ctx: Ctx,
  { params }: InputOf<(typeof deliveriesContract)['POST /deliveries/:deliveryId/cancel']>,
) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  const state = await move(
    ctx,
    delivery,
    'cancel',
    delivery.applied_at ? {} : { ended_at: ctx.now, ended_by: ctx.actor.account },
  )
  if (state === 'cancelled') await ctx.later('feeds.forgetDelivery', { delivery: delivery.id })
  return await shownWhole(ctx, await findDelivery(ctx, delivery.id))
}

/** Begins to take a delivery back. @throws deliveryMoved naming the households that have moved on */
export async function undoDelivery(
  ctx: Ctx,
  { params, body }: InputOf<(typeof deliveriesContract)['POST /deliveries/:deliveryId/undo']>,
) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  ctx.because(body.reason)
  await move(ctx, delivery, 'undo', { ended_by: ctx.actor.account, problem: null })
  const later = await laterThan(ctx, delivery)
  if (later.length > 0) throw deliveryMoved({ count: later.length, households: later.slice(0, shownHouseholds) })
  await ctx.later('feeds.undoDelivery', { delivery: delivery.id })
  return await shownWhole(ctx, await findDelivery(ctx, delivery.id))
}

export async function runUndoDelivery(ctx: Ctx, id: Id): Promise<void> {
  const delivery = await findDelivery(ctx, id, true)
  if (delivery.state !== 'undoing') return
  const later = await laterThan(ctx, delivery)
  if (later.length > 0) {
    const problem = deliveryMoved.words({ count: later.length, households: [] })
    await move(ctx, delivery, 'undoRefused', { ended_by: null, problem: JSON.stringify(problem) })
    return
  }
  await withdrawBatch(ctx, id)
  await move(ctx, delivery, 'undoDone', { ended_at: ctx.now })
  await ctx.later('registry.recount', { batch: id })
  await judgeAlertsLater(ctx, await householdsOf(ctx, id))
  await ctx.later('wishes.unhear', { batch: id, by: delivery.ended_by ?? ctx.actor.account }, { ifThere: true })
  await forgetContent(ctx, id)
}

async function householdsOf(ctx: Ctx, delivery: Id): Promise<Id[]> {
  const rows = await deliveries(ctx)
    .selectFrom('feeds.delivery_row')
    .select('household_id')
    .distinct()
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('applied_at', 'is not', null)
    .execute()
  return rows.flatMap(row => row.household_id ?? [])
}

const laterThan = async (ctx: Ctx, delivery: Delivery) =>
  delivery.applied_at ? await changedSince(ctx, delivery.id, delivery.applied_at) : []

/** Nobody needs the rows of a delivery that has ended; the account of them stays. */
export async function forgetContent(ctx: Ctx, id: Id): Promise<void> {
  await withdrawRows(ctx, id)
  await deliveries(ctx)
    .deleteFrom('feeds.delivery_part')
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', id)
    .execute()
  await deliveries(ctx)
    .updateTable('feeds.delivery_row')
    .set({ cells: null, candidates: null })
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', id)
    .where(isKept)
    .execute()
}

const isKept = (eb: ExpressionBuilder<DeliveryTables, 'feeds.delivery_row'>) =>
  eb.or([eb('cells', 'is not', null), eb('candidates', 'is not', null)])

/** Rows are personal data: a month after a delivery was last touched they are no longer needed. */
const daysKept = 30

/** What nobody released or confirmed in that time ends with it: an account whose rows are gone cannot be released. */
export async function forgetOldContent(ctx: Ctx): Promise<void> {
  for (const id of await forgettable(ctx)) {
    const delivery = await findDelivery(ctx, id, true)
    const step = (['cancel', 'takeBack'] as const).find(one => nextState(delivery, one))
    if (step)
      await move(ctx, delivery, step, {
        problem: JSON.stringify(forgotten),
        ...(!delivery.applied_at && { ended_at: ctx.now }),
      })
    await forgetContent(ctx, id)
  }
}

const forgotten: Words = {
  zh: `${daysKept} 天没有人处理，还没有入库的行已按规定清除，不会再入库。需要的话，请来源单位重新送一次。`,
  en: `Nobody dealt with it for ${daysKept} days. Rows not yet in the registry were forgotten, as they must be, and will not be released. If they are needed, the sender sends them again.`,
}

/** What runs comes to its end first. */
async function forgettable(ctx: Ctx): Promise<Id[]> {
  const rows = await deliveries(ctx)
    .selectFrom('feeds.delivery as d')
    .select('d.id')
    .where('d.district', '=', ctx.district)
    .where('d.state', 'not in', ['reading', 'releasing', 'undoing'])
    .where(eb => eb.or([eb('d.state', '<>', 'received'), eb('d.applied_at', 'is', null)]))
    .where(sql<boolean>`d.moved_at < ${ctx.now}::timestamptz - make_interval(days => ${daysKept})`)
    .where(
      sql<boolean>`(exists (select from feeds.delivery_part p where p.district = d.district and p.delivery_id = d.id)
        or exists (select from feeds.delivery_row r where r.district = d.district and r.delivery_id = d.id
          and (r.cells is not null or r.candidates is not null)))`,
    )
    .forNoKeyUpdate()
    .execute()
  return rows.map(row => row.id)
}
