import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { orderDaysWrong } from './contract.ts'
import { childOf, notOpen, orders, readOrder, tellOrder } from './kept-order.ts'
import { checkStillGoes } from './move-order.ts'
import { noteKeptOnTrack } from './note-on-track.ts'
import { wholeOrderOf } from './read-orders.ts'
import { placementOf } from './read-records.ts'
import { recordsOf } from './record.ts'
import {
  checkNotOpen,
  notOfThisService,
  nothingToAsk,
  placementThere,
  type recordsContract,
} from './records-contract.ts'

type Input<K extends keyof typeof recordsContract> = InputOf<(typeof recordsContract)[K]>

export async function notePlacement(ctx: Ctx, { params, body }: Input<'POST /orders/:orderId/placement'>) {
  const row = await readOrder(ctx, params.orderId, true)
  if (row.state !== 'inProgress') throw notOpen(row.state)
  if (!recordsOf(row.service).includes('placement')) throw notOfThisService()
  if (body.beganOn > ctx.today || body.beganOn < row.created_on) throw orderDaysWrong()
  await checkStillGoes(ctx, row)
  const noted = await orders(ctx)
    .insertInto('projects.placement')
    .values({
      district: ctx.district,
      order_id: row.id,
      division: row.division,
      provider_id: row.provider_id,
      careful: row.careful,
      ...childOf(row),
      employer: body.employer,
      job: body.job,
      began_on: body.beganOn,
      noted_by: ctx.actor.account,
      noted_at: ctx.now,
    })
    .onConflict(on => on.columns(['district', 'order_id']).doNothing())
    .executeTakeFirst()
  if (noted.numInsertedOrUpdatedRows !== 1n) throw placementThere()
  await noteKeptOnTrack(ctx, row, {
    kind: 'placement',
    words: { zh: '找到了工作', en: 'found a job' },
    on: body.beganOn,
  })
  await tellOrder(ctx, row)
  return await wholeOrderOf(ctx, row)
}

/** Asked by somebody of the offices, month by month, once the month is over: who found the job does not say that it was kept. */
export async function checkPlacement(ctx: Ctx, { params, body }: Input<'POST /orders/:orderId/placement/checks'>) {
  const row = await readOrder(ctx, params.orderId, true)
  const next = (await placementOf(ctx, row.id))?.next
  if (!next) throw nothingToAsk()
  if (next.from > ctx.today) throw checkNotOpen(next)
  await orders(ctx)
    .insertInto('projects.placement_check')
    .values({
      district: ctx.district,
      order_id: row.id,
      month: next.month,
      division: row.division,
      provider_id: row.provider_id,
      careful: row.careful,
      ...childOf(row),
      kept: body.kept,
      on_day: ctx.today,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
    })
    .execute()
  await noteKeptOnTrack(ctx, row, {
    kind: 'placement',
    words: body.kept
      ? { zh: `满${next.month}个月，工作还在`, en: `still in the job after month ${next.month}` }
      : { zh: `满${next.month}个月，工作没有了`, en: `no longer in the job after month ${next.month}` },
  })
  await tellOrder(ctx, row)
  return await wholeOrderOf(ctx, row)
}
