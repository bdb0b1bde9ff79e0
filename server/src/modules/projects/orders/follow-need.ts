import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { orderedNeed } from '../../wishes/index.ts'
import { changeOrder, orders, takeOrderStep, tellOrder } from './kept-order.ts'
import { orderStepsOpen } from './order.ts'

/** Where a need is that nobody delivers for any more. */
const served = ['assigned', 'inService', 'suspended', 'delivered', 'disputed', 'confirmed', 'evaluated', 'closed']

/**
 * What became of a need becomes of its order: called off where the family took it back or it goes another way, done again where that was
 * asked of it, with the family where that now lives.
 */
export async function followWithOrder(ctx: Ctx, need_id: Id): Promise<void> {
  const row = await orders(ctx)
    .selectFrom('projects.work_order')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('need_id', '=', need_id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return
  ctx.about({ kind: 'household', id: row.household_id })
  const need = await orderedNeed(ctx, row.need_id)
  const home = {
    household_id: need.household,
    person_id: need.person,
    division: need.division,
    elsewhere: need.elsewhere,
  }
  const isHome =
    need.household === row.household_id && need.person === row.person_id && need.elsewhere === row.elsewhere
  const now = isHome ? row : await changeOrder(ctx, row, home)
  const step = served.includes(need.state) ? (need.state === 'inService' ? 'redo' : undefined) : 'cancel'
  const open = orderStepsOpen(now.state, 'machine').find(t => t.step === step)
  if (!open) return
  const note =
    step === 'cancel' ? '需求不再办了 The need is no longer worked on' : '需求要再做 The need is to be met again'
  const changed = await takeOrderStep(ctx, now, open.to, { step: open.step, note }, { done_by: null })
  await tellOrder(ctx, changed)
}
