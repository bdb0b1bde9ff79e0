import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx } from '../../../platform/ctx.ts'
import { addToAccount, countPeople, tallyOf } from './account.ts'
import { comparer } from './compare.ts'
import { twoBecause } from './delivery.ts'
import { type Delivery, findDelivery, move, sourceOf, tellMoved } from './kept-delivery.ts'
import { dropParts, keepRows, layBefore, nextParts } from './sealed-rows.ts'

/** Jobs are taken up every two seconds; one that works as long is followed by the next at once. */
const atOnceMs = 2200
/** Who is meant is asked of some thousand rows as one list. */
const partsAtOnce = 4

/**
 * Compares the rows of a delivery that wait, some thousand in each transaction: it shows how far it is, goes on where it was after
 * the process was killed, and stops when somebody cancels the delivery.
 */
export async function runRead(ctx: Ctx, id: Id): Promise<void> {
  let delivery = await findDelivery(ctx, id)
  if (delivery.state === 'received') {
    await move(ctx, delivery, 'read')
    delivery = await findDelivery(ctx, id)
  }
  if (delivery.state !== 'reading') return
  await sql`savepoint comparing`.execute(ctx.transaction)
  const isThrough = await compareSome(ctx, delivery)
  const now = await findDelivery(ctx, id, true)
  if (now.state !== 'reading') {
    await sql`rollback to savepoint comparing`.execute(ctx.transaction)
    return
  }
  if (isThrough) await endReading(ctx, now)
  else {
    await ctx.later('feeds.readDelivery', { delivery: id })
    tellMoved(ctx, now)
  }
}

async function compareSome(ctx: Ctx, delivery: Delivery): Promise<boolean> {
  const began = process.hrtime.bigint()
  const compare = await comparer(ctx, delivery)
  const total = tallyOf([])
  let isThrough = true
  for (;;) {
    const { rows: waiting, last, isAll } = await nextParts(ctx, delivery.id, partsAtOnce)
    if (last === undefined) break
    const rows = await compare(waiting)
    await keepRows(
      ctx,
      delivery,
      rows.filter(row => row.outcome !== 'notInRegistry' && row.outcome !== 'unchanged'),
    )
    await layBefore(ctx, delivery, rows)
    await dropParts(ctx, delivery.id, last)
    for (const [outcome, n] of Object.entries(tallyOf(rows))) total[outcome as keyof typeof total] += n
    isThrough = isAll
    if (isThrough || Number(process.hrtime.bigint() - began) / 1e6 > atOnceMs) break
  }
  await addToAccount(ctx, delivery.id, total)
  return isThrough
}

async function endReading(ctx: Ctx, delivery: Delivery): Promise<void> {
  const { people, known } = await countPeople(ctx, delivery.id)
  await move(ctx, delivery, 'readDone', {
    people,
    people_known: known,
    // What is in the registry keeps the reasons it was released by; what comes new asks again when it is released.
    ...(!delivery.applied_at && { two_because: twoBecause(sourceOf(delivery), people, known) }),
    problem: null,
  })
}
