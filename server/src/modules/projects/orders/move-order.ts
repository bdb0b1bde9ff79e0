import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { moveNeedWithOrder } from '../../wishes/index.ts'
import {
  deviationMissing,
  deviceOut,
  orderReasonMissing,
  type ordersContract,
  outcomeOpen,
  payOpen,
  recipientChanged,
  sameHand,
} from './contract.ts'
import {
  changeOrder,
  newCode,
  notOpen,
  openOrderStep,
  orders,
  readOrder,
  sealedOrder,
  takeOrderStep,
  tellOrder,
  writeOrderStep,
} from './kept-order.ts'
import { isOrderEnded } from './order.ts'
import { providerToday } from './provider.ts'
import { wholeOrderOf } from './read-orders.ts'
import { classHoursOf } from './read-records.ts'
import { placementOutcome } from './record.ts'
import { presenceNow } from './send-order.ts'
import type { OrderRow } from './tables.ts'

type Input<K extends keyof typeof ordersContract> = InputOf<(typeof ordersContract)[K]>

/** Moves an order on, and its need with it. */
export async function moveOrder(ctx: Ctx, { params, body }: Input<'POST /orders/:orderId/steps'>) {
  const row = await readOrder(ctx, params.orderId, true)
  const transition = openOrderStep(ctx, row, body.step, body.expectedVersion)
  if (transition.asks.includes('reason') && body.note === undefined) throw orderReasonMissing()
  const { step } = transition
  if (step === 'accept' || step === 'begin') await checkStillGoes(ctx, row)
  if (step === 'finish') await checkDone(ctx, row, body.note)
  if (step === 'check') await checkOtherHand(ctx, row)
  if (transition.need) {
    const by = ctx.actor.role === 'provider' ? row.provider_name : ctx.actor.name
    await moveNeedWithOrder(ctx, row.need_id, transition.need, { note: body.note, by })
  }
  const changed = await takeOrderStep(
    ctx,
    row,
    transition.to,
    { step, note: body.note },
    step === 'finish'
      ? { done_by: ctx.actor.account }
      : step === 'check'
        ? { checked_by: ctx.actor.account }
        : step === 'redo'
          ? { done_by: null }
          : {},
  )
  await tellOrder(ctx, changed)
  return await wholeOrderOf(ctx, changed)
}

/** Whose contract is over does nothing more, and nobody goes to a family where somebody died or has left. */
export async function checkStillGoes(ctx: Ctx, row: OrderRow): Promise<void> {
  await providerToday(ctx, row.provider_id)
  if ((await presenceNow(ctx, row.household_id, row.person_id)) !== 'there') throw recipientChanged()
}

/** What was done is what was planned and is known by code or signature, or somebody says why not. */
async function checkDone(ctx: Ctx, row: OrderRow, note: string | undefined): Promise<void> {
  await providerToday(ctx, row.provider_id)
  const visits = await orders(ctx)
    .selectFrom('projects.order_visit')
    .select(['units', 'proved'])
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .execute()
  // What two vetted adults saw needs no code besides.
  const inClass = (await classHoursOf(ctx, [row.id])).get(row.id) ?? 0
  const done = visits.reduce((sum, v) => sum + v.units, inClass)
  const unproved = visits.filter(v => v.units > 0 && v.proved === null).length
  if (note === undefined && (done !== row.planned_units || unproved > 0))
    throw deviationMissing({ planned: row.planned_units, done, unproved })
  const out = await orders(ctx)
    .selectFrom('projects.loan')
    .select('id')
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .where('returned_on', 'is', null)
    .executeTakeFirst()
  if (out) throw deviceOut()
  const unpaid = await orders(ctx)
    .selectFrom('projects.work_month')
    .select('month')
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .where('pay_fen', '>', 0)
    .where('paid_on', 'is', null)
    .execute()
  if (unpaid.length > 0) throw payOpen({ months: unpaid.length })
  const job = await orders(ctx)
    .selectFrom('projects.placement as p')
    .leftJoin('projects.placement_check as c', join =>
      join.onRef('c.district', '=', 'p.district').onRef('c.order_id', '=', 'p.order_id'),
    )
    .select(['c.month', 'c.kept'])
    .where('p.district', '=', ctx.district)
    .where('p.order_id', '=', row.id)
    .execute()
  const checks = job.flatMap(c => (c.month === null || c.kept === null ? [] : [{ month: c.month, kept: c.kept }]))
  if (job.length > 0 && placementOutcome(checks) === 'open') throw outcomeOpen()
}

/** Who had a hand in it does not check it. */
async function checkOtherHand(ctx: Ctx, row: OrderRow): Promise<void> {
  const own = await asMachine(ctx, machine =>
    orders(machine)
      .selectFrom('projects.order_visit')
      .select('id')
      .where('district', '=', machine.district)
      .where('order_id', '=', row.id)
      .where('by_id', '=', ctx.actor.account)
      .executeTakeFirst(),
  )
  const isOfProvider = ctx.actor.organisation !== undefined && ctx.actor.organisation === row.provider_id
  if (own || isOfProvider || row.done_by === ctx.actor.account) throw sameHand()
}

export async function renewCode(ctx: Ctx, { params }: Input<'POST /orders/:orderId/code'>) {
  const row = await readOrder(ctx, params.orderId, true)
  if (isOrderEnded(row.state)) throw notOpen(row.state)
  const changed = await changeOrder(ctx, row, {
    sealed_code: ctx.crypto.seal(sealedOrder.code, row.id, newCode()),
    code_misses: 0,
  })
  await writeOrderStep(ctx, changed, row.state, { step: 'newCode' })
  return await wholeOrderOf(ctx, changed)
}
