import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { KeptRefusal } from '../../../platform/kept-refusal.ts'
import { vettedOn } from './adults.ts'
import {
  codeLocked,
  codeWrong,
  orderDaysWrong,
  type ordersContract,
  sameHand,
  scoreMissing,
  twoAdults,
  visitNotFound,
} from './contract.ts'
import { changeOrder, childOf, newCode, notOpen, orders, readOrder, sealedOrder, tellOrder } from './kept-order.ts'
import { checkStillGoes } from './move-order.ts'
import { noteOnTrack, noteScore } from './note-on-track.ts'
import { wholeOrderOf } from './read-orders.ts'
import { adultsWithChild, codeTries, recordsOf } from './record.ts'
import type { OrderRow } from './tables.ts'

type Input<K extends keyof typeof ordersContract> = InputOf<(typeof ordersContract)[K]>
type Body = Input<'POST /orders/:orderId/visits'>['body']

export async function noteOrderVisit(ctx: Ctx, { params, body }: Input<'POST /orders/:orderId/visits'>) {
  const row = await readOrder(ctx, params.orderId, true)
  if (row.state !== 'inProgress') throw notOpen(row.state)
  const on = body.on ?? ctx.today
  if (on > ctx.today || on < row.created_on) throw orderDaysWrong()
  await checkStillGoes(ctx, row)
  const flagged = row.guarded && (await isUnguarded(ctx, row, body, on))
  if (recordsOf(row.service).includes('score') && body.score === undefined && !flagged) throw scoreMissing()
  if (body.code !== undefined) await checkCode(ctx, row, body.code)
  const id = newId(ctx.now.getTime())
  await orders(ctx)
    .insertInto('projects.order_visit')
    .values({
      district: ctx.district,
      id,
      order_id: row.id,
      division: row.division,
      provider_id: row.provider_id,
      careful: row.careful,
      ...childOf(row),
      on_day: on,
      // What was not safe counts for nothing.
      units: flagged ? 0 : body.units,
      proved: body.code === undefined ? null : 'code',
      adults: body.adults,
      score: body.score ?? null,
      sealed_words: ctx.crypto.seal(sealedOrder.words, id, body.words),
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      at: ctx.now,
      flagged,
      seen_by: null,
      seen_name: null,
      seen_at: null,
      sealed_seen: null,
    })
    .execute()
  // A code is good for one time.
  const changed = await changeOrder(
    ctx,
    row,
    body.code === undefined
      ? {}
      : { sealed_code: ctx.crypto.seal(sealedOrder.code, row.id, newCode()), code_misses: 0 },
  )
  await noteOnTrack(ctx, row, {
    source: { kind: 'orderVisit', id },
    on,
    units: flagged ? 0 : body.units,
    coded: body.code !== undefined,
    incident: flagged ? { zh: '没有两位审查有效的成年人在场', en: 'without two vetted adults' } : undefined,
  })
  if (body.score !== undefined && !flagged) await noteScore(ctx, row, id, on, body.score)
  await tellOrder(ctx, changed, flagged ? 'projects.orderFlagged' : 'projects.orderMoved')
  return await wholeOrderOf(ctx, changed)
}

/** Two vetted adults were with the child, or it happened without them and somebody says so. @throws twoAdults */
async function isUnguarded(ctx: Ctx, row: OrderRow, body: Body, on: string): Promise<boolean> {
  const vetted = await vettedOn(ctx, row.provider_id, body.adults, on)
  if (vetted >= adultsWithChild) return false
  if (!body.happened) throw twoAdults({ vetted })
  return true
}

/** A miss is kept though the visit is refused: else one could go on guessing. @throws codeWrong, codeLocked */
async function checkCode(ctx: Ctx, row: OrderRow, code: string): Promise<void> {
  if (row.code_misses >= codeTries) throw codeLocked()
  if (code === ctx.crypto.open(sealedOrder.code, row.id, row.sealed_code)) return
  await orders(ctx)
    .updateTable('projects.work_order')
    .set({ code_misses: row.code_misses + 1 })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  throw new KeptRefusal(codeWrong({ left: codeTries - row.code_misses - 1 }))
}

/** A person of the township or the district looked at it, and says what came of it. */
export async function lookAtVisit(ctx: Ctx, { params, body }: Input<'POST /orders/:orderId/visits/:visitId/look'>) {
  const row = await readOrder(ctx, params.orderId, true)
  const visit = await orders(ctx)
    .selectFrom('projects.order_visit')
    .select(['id', 'by_id'])
    .where('district', '=', ctx.district)
    .where('id', '=', params.visitId as Id)
    .where('order_id', '=', row.id)
    .where('flagged', '=', true)
    .where('seen_by', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!visit) throw visitNotFound()
  if (visit.by_id === ctx.actor.account) throw sameHand()
  await orders(ctx)
    .updateTable('projects.order_visit')
    .set({
      seen_by: ctx.actor.account,
      seen_name: ctx.actor.name,
      seen_at: ctx.now,
      sealed_seen: ctx.crypto.seal(sealedOrder.seen, visit.id, body.words),
    })
    .where('district', '=', ctx.district)
    .where('id', '=', visit.id)
    .execute()
  // Who looks has no hand in the order, which may have been checked by another.
  const changed = await asMachine(ctx, machine => changeOrder(machine, row, {}))
  await tellOrder(ctx, changed)
  return await wholeOrderOf(ctx, changed)
}
