import { type Id, isId, newId } from '@zhulian/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { randomInt } from 'node:crypto'
import { type Ctx, tablesOf } from '../../../platform/ctx.ts'
import { cannotBeOpened, readSealedJson } from '../../../platform/open-sealed.ts'
import { notUnderstood } from '../../../platform/refusals.ts'
import { listOfficersOf } from '../../identity/index.ts'
import { minorReadersOf, openMinors } from '../../registry/index.ts'
import { sayOrder } from '../say.ts'
import { orderChanged, orderNotFound, orderStepNotOpen } from './contract.ts'
import { isOrderEnded, orderDue, type OrderState, orderStateWords, orderStepsOpen } from './order.ts'
import type { OrderRow, OrderStepRow, OrderTables } from './tables.ts'

export const orders = tablesOf<OrderTables>()

export const sealedOrder = {
  whom: 'projects.work_order.whom',
  what: 'projects.work_order.what',
  code: 'projects.work_order.code',
  note: 'projects.order_step.note',
  words: 'projects.order_visit.words',
  seen: 'projects.order_visit.seen',
  content: 'projects.order_evidence.content',
} as const

/** An order in the actor's reach, for the trail too. @throws orderNotFound */
export async function readOrder(ctx: Ctx, id: Id, lock = false): Promise<OrderRow> {
  await openMinors(ctx)
  const found = orders(ctx)
    .selectFrom('projects.work_order')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw orderNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  return row
}

/** What stands after a row of a list that is ordered by a column and the id. @throws notUnderstood */
export function afterThat(id: string, column: RawBuilder<unknown>, table: RawBuilder<unknown>): RawBuilder<SqlBool> {
  if (!isId(id)) throw notUnderstood()
  return sql<SqlBool>`(${column}, id) > (select ${column}, id from ${table} where id = ${id}::uuid)`
}

/** What stands under an order is closed as it is: about a child it is read in the field by a standing grant. */
export const childOf = ({ minor_until, household_id }: Pick<OrderRow, 'minor_until' | 'household_id'>) => ({
  minor_until,
  minor_household: minor_until === null ? null : household_id,
})

/** Masked for the offices; for who delivers what to call them. */
export const nameFor = (ctx: Ctx, row: { id: Id; masked_name: string; sealed_whom: Buffer }): string =>
  ctx.actor.role === 'provider'
    ? readSealedJson(ctx, sealedOrder.whom, row.id, row.sealed_whom, { callName: cannotBeOpened }).callName
    : row.masked_name

/** Six digits for one time. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

interface OrderNote {
  readonly step: OrderStepRow['step']
  readonly note?: string | undefined
  readonly said?: OrderStepRow['said']
}

/** Writes a step and what it changes; the clock of a new state begins today. */
export async function takeOrderStep(
  ctx: Ctx,
  row: OrderRow,
  to: OrderState,
  note: OrderNote,
  set: Partial<OrderRow> = {},
): Promise<OrderRow> {
  const moved = to !== row.state
  const days = { startBy: row.start_by, dueBy: row.due_by }
  const changed = await changeOrder(ctx, row, {
    state: to,
    since_on: moved ? ctx.today : row.since_on,
    due_on: moved ? orderDue(to, days, ctx.today, ctx.calendar) : row.due_on,
    ended_at: isOrderEnded(to) ? ctx.now : null,
    ...set,
  })
  await writeOrderStep(ctx, changed, row.state, note)
  return changed
}

export async function changeOrder(ctx: Ctx, row: OrderRow, set: Partial<OrderRow>): Promise<OrderRow> {
  const columns = { ...set, version: row.version + 1, changed_at: ctx.now }
  await orders(ctx)
    .updateTable('projects.work_order')
    .set(columns)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return { ...row, ...columns }
}

export async function writeOrderStep(
  ctx: Ctx,
  row: OrderRow,
  from: OrderState | null,
  { step, note, said }: OrderNote,
): Promise<void> {
  const id = newId(ctx.now.getTime())
  await orders(ctx)
    .insertInto('projects.order_step')
    .values({
      district: ctx.district,
      id,
      order_id: row.id,
      turn: row.version,
      division: row.division,
      provider_id: row.provider_id,
      careful: row.careful,
      ...childOf(row),
      step,
      from_state: from,
      to_state: row.state,
      at: ctx.now,
      on_day: ctx.today,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      by_role: ctx.actor.role,
      sealed_note: note === undefined ? null : ctx.crypto.seal(sealedOrder.note, id, note),
      said: said ?? null,
    })
    .execute()
  if (from !== row.state) await sayOrder(ctx, row, from === null)
}

/** @throws orderStepNotOpen, orderChanged */
export function openOrderStep(ctx: Ctx, row: OrderRow, step: string, expected: number | undefined) {
  const open = orderStepsOpen(row.state, ctx.actor.role)
  const transition = open.find(t => t.step === step)
  if (!transition)
    throw notOpen(
      row.state,
      open.map(t => t.words),
    )
  if (expected !== undefined && expected !== row.version) throw orderChanged({ version: row.version })
  return transition
}

export const notOpen = (state: OrderState, open: readonly { zh: string; en: string }[] = []) =>
  orderStepNotOpen({
    state: orderStateWords[state].words,
    open:
      open.length > 0
        ? { zh: open.map(w => w.zh).join('、'), en: open.map(w => w.en).join(', ') }
        : { zh: '没有', en: 'nothing' },
  })

/** Who sent it, who delivers it, and the family's telephone hears of it with its need. */
export async function tellOrder(ctx: Ctx, row: OrderRow, name = 'projects.orderMoved'): Promise<void> {
  const isChild = row.minor_until !== null && row.minor_until > ctx.today
  const roles = (['guide', 'townshipClerk', 'districtOfficer', 'operator'] as const).filter(
    role => !(role === 'guide' ? row.careful || isChild : role === 'operator' && row.careful),
  )
  ctx.tell({ name, to: { roles, division: row.division }, id: row.id })
  if (isChild && !row.careful)
    for (const account of await minorReadersOf(ctx, { id: row.household_id, division: row.division }))
      ctx.tell({ name, to: { account }, id: row.id })
  for (const account of await listOfficersOf(ctx, row.provider_id, 'provider'))
    if (account !== ctx.actor.account) ctx.tell({ name, to: { account }, id: row.id })
}
