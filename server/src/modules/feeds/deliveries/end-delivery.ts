import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { type Ctx } from '../../../platform/ctx.ts'
import { changedSince, withdrawBatch, withdrawRows } from '../../registry/index.ts'
import { type deliveriesContract, deliveryMoved } from './contract.ts'
import { judgeAlerts } from './judge-alerts.ts'
import { type Delivery, findDelivery, move } from './kept-delivery.ts'
import { shownWhole } from './shown.ts'
import { deliveries } from './tables.ts'

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
  await judgeAlerts(ctx, await householdsOf(ctx, id))
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
    .set({ cells: null })
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', id)
    .where('cells', 'is not', null)
    .execute()
}

/** Rows are personal data: a month after a delivery was last touched they are no longer needed. */
const daysKept = 30

export async function forgetOldContent(ctx: Ctx): Promise<void> {
  const old = await deliveries(ctx)
    .selectFrom('feeds.delivery as d')
    .select('d.id')
    .where('d.district', '=', ctx.district)
    .where('d.state', 'not in', ['received', 'reading', 'releasing', 'undoing'])
    .where(sql<boolean>`d.moved_at < ${ctx.now}::timestamptz - make_interval(days => ${daysKept})`)
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('feeds.delivery_row as r')
          .select('r.row_no')
          .whereRef('r.district', '=', 'd.district')
          .whereRef('r.delivery_id', '=', 'd.id')
          .where('r.cells', 'is not', null),
      ),
    )
    .execute()
  for (const { id } of old) await forgetContent(ctx, id)
}
