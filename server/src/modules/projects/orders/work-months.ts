import type { Day } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { orderDaysWrong } from './contract.ts'
import { notOpen, orders, readOrder, tellOrder } from './kept-order.ts'
import { providerToday } from './provider.ts'
import { wholeOrderOf } from './read-orders.ts'
import { recordsOf } from './record.ts'
import { notOfThisService, type recordsContract } from './records-contract.ts'

/** A month of assistive work; noted again it is corrected, by the name of who corrects it. */
export async function noteWorkMonth(
  ctx: Ctx,
  { params, body }: InputOf<(typeof recordsContract)['POST /orders/:orderId/work-months']>,
) {
  const row = await readOrder(ctx, params.orderId, true)
  if (row.state !== 'inProgress') throw notOpen(row.state)
  if (!recordsOf(row.service).includes('work')) throw notOfThisService()
  const month = `${body.month}-01` as Day
  if (month > ctx.today || body.month < row.created_on.slice(0, 7)) throw orderDaysWrong()
  if (body.paidOn !== undefined && (body.paidOn < month || body.paidOn > ctx.today)) throw orderDaysWrong()
  await providerToday(ctx, row.provider_id)
  const noted = {
    days: body.days,
    hours: body.hours,
    pieces: body.pieces ?? null,
    pay_fen: body.payFen,
    paid_on: body.paidOn ?? null,
    noted_by: ctx.actor.account,
    noted_name: ctx.actor.name,
    noted_at: ctx.now,
  }
  await orders(ctx)
    .insertInto('projects.work_month')
    .values({
      district: ctx.district,
      order_id: row.id,
      month,
      division: row.division,
      provider_id: row.provider_id,
      careful: row.careful,
      ...noted,
    })
    .onConflict(on => on.columns(['district', 'order_id', 'month']).doUpdateSet(noted))
    .execute()
  await tellOrder(ctx, row)
  return await wholeOrderOf(ctx, row)
}
