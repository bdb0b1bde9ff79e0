import { type Day, formatYuan } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { orderDaysWrong } from './contract.ts'
import { changeOrder, childOf, notOpen, orders, readOrder, tellOrder, writeOrderStep } from './kept-order.ts'
import { providerToday } from './provider.ts'
import { noteKeptOnTrack } from './note-on-track.ts'
import { wholeOrderOf } from './read-orders.ts'
import { recordsOf } from './record.ts'
import { notOfThisService, type recordsContract } from './records-contract.ts'
import type { OrderRow, WorkMonthRow } from './tables.ts'

type Noted = Pick<
  WorkMonthRow,
  'days' | 'hours' | 'pieces' | 'pay_fen' | 'paid_on' | 'noted_by' | 'noted_name' | 'noted_at'
>

/** A month of assistive work; noted again it is corrected, by the name of who corrects it. What was said before stands among the steps. */
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
  const noted: Noted = {
    days: body.days,
    hours: body.hours,
    pieces: body.pieces ?? null,
    pay_fen: body.payFen,
    paid_on: body.paidOn ?? null,
    noted_by: ctx.actor.account,
    noted_name: ctx.actor.name,
    noted_at: ctx.now,
  }
  const before = await orders(ctx)
    .selectFrom('projects.work_month')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .where('month', '=', month)
    .executeTakeFirst()
  await orders(ctx)
    .insertInto('projects.work_month')
    .values({
      district: ctx.district,
      order_id: row.id,
      month,
      division: row.division,
      provider_id: row.provider_id,
      careful: row.careful,
      ...childOf(row),
      ...noted,
    })
    .onConflict(on => on.columns(['district', 'order_id', 'month']).doUpdateSet(noted))
    .execute()
  if (!before || before.days !== body.days)
    await noteKeptOnTrack(ctx, row, {
      kind: 'workMonth',
      words: { zh: `辅助性就业，${body.month}`, en: `assistive work, ${body.month}` },
      units: body.days,
      note: before && { zh: `更正：原来记的是${before.days}天`, en: `corrected: before, ${before.days} days` },
    })
  const changed = before && takesBack(before, noted) ? await noteCorrection(ctx, row, before) : row
  await tellOrder(ctx, changed)
  return await wholeOrderOf(ctx, changed)
}

/** That what was owed is paid now takes nothing back. */
const takesBack = (before: Noted, now: Noted): boolean =>
  before.days !== now.days ||
  before.hours !== now.hours ||
  before.pieces !== now.pieces ||
  Number(before.pay_fen) !== Number(now.pay_fen) ||
  (before.paid_on !== null && before.paid_on !== now.paid_on)

/** Somebody's pay is theirs to prove: what it was said to be is not lost. */
async function noteCorrection(ctx: Ctx, row: OrderRow, before: WorkMonthRow): Promise<OrderRow> {
  const pay = formatYuan(Number(before.pay_fen) / 100)
  const zh = [
    `${before.days}天`,
    `${before.hours}小时`,
    ...(before.pieces === null ? [] : [`${before.pieces}件`]),
    `工钱${pay}元`,
    before.paid_on ? `${before.paid_on}发` : '没有发',
  ]
  const en = [
    `${before.days} days`,
    `${before.hours} hours`,
    ...(before.pieces === null ? [] : [`${before.pieces} pieces`]),
    `pay ${pay} yuan`,
    before.paid_on ? `paid on ${before.paid_on}` : 'not paid',
  ]
  const note = `${before.month.slice(0, 7)}，${before.noted_name}原来记的：${zh.join('、')} Before: ${en.join(', ')}`
  const changed = await changeOrder(ctx, row, {})
  await writeOrderStep(ctx, changed, row.state, { step: 'corrected', note })
  return changed
}
