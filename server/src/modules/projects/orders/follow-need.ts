import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { orderedNeed } from '../../wishes/index.ts'
import { changeOrder, childOf, orders, takeOrderStep, tellOrder, writeOrderStep } from './kept-order.ts'
import { orderStepsOpen } from './order.ts'
import type { OrderRow } from './tables.ts'

/** Where a need is that somebody delivers for, or has. */
const served = ['assigned', 'inService', 'suspended', 'delivered', 'disputed', 'confirmed', 'evaluated', 'closed']

/** Where a need is that was met; by an order, or by hand beside it. */
const met = ['delivered', 'confirmed', 'evaluated', 'closed']

/**
 * What became of a need becomes of its order: called off where the family took it back or it goes another way, done again where that was
 * asked of it, with the family where that now lives, and behind the same wall. Where a need was met by hand, an order nobody has begun is
 * called off, and of one that is under way it is asked.
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
    careful: need.careful,
    minor_until: need.minorUntil,
  }
  const isHome =
    need.household === row.household_id && need.person === row.person_id && need.elsewhere === row.elsewhere
  const isAsClosed = need.careful === row.careful && need.minorUntil === row.minor_until
  if (!isAsClosed || (need.minorUntil !== null && !isHome)) await putBehindWall(ctx, row.id, home)
  const now = isHome && isAsClosed ? row : await changeOrder(ctx, row, home)
  const isByHand = met.includes(need.state)
  if (isByHand && now.state === 'inProgress') return await askAbout(ctx, now)
  const step = served.includes(need.state) && !isByHand ? (need.state === 'inService' ? 'redo' : undefined) : 'cancel'
  const open = orderStepsOpen(now.state, 'machine').find(t => t.step === step)
  if (!open) return
  const said = isByHand ? 'metOtherwise' : step === 'cancel' ? 'needGone' : 'needBack'
  const changed = await takeOrderStep(ctx, now, open.to, { step: open.step, said }, { done_by: null })
  await tellOrder(ctx, changed)
}

/** Due today and said once; a person finishes it or calls it off. */
async function askAbout(ctx: Ctx, row: OrderRow): Promise<void> {
  const asked = await orders(ctx)
    .selectFrom('projects.order_step')
    .select('id')
    .where('district', '=', ctx.district)
    .where('order_id', '=', row.id)
    .where('step', '=', 'asked')
    .executeTakeFirst()
  if (asked) return
  const due_on = row.due_on !== null && row.due_on < ctx.today ? row.due_on : ctx.today
  const changed = await changeOrder(ctx, row, { due_on })
  await writeOrderStep(ctx, changed, row.state, { step: 'asked' })
  await tellOrder(ctx, changed)
}

const under = [
  'projects.order_step',
  'projects.order_visit',
  'projects.order_evidence',
  'projects.placement',
  'projects.placement_check',
  'projects.work_month',
] as const

async function putBehindWall(
  ctx: Ctx,
  order: Id,
  home: Pick<OrderRow, 'careful' | 'minor_until' | 'household_id'>,
): Promise<void> {
  const { minor_until, minor_household } = childOf(home)
  for (const table of under)
    await sql`update ${sql.table(table)} set careful = ${home.careful}, minor_until = ${minor_until}, minor_household = ${minor_household} where district = ${ctx.district} and order_id = ${order}`.execute(
      ctx.transaction,
    )
}
