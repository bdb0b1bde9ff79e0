import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx } from '../../../platform/ctx.ts'
import { requireVersion } from '../../../platform/refusals.ts'
import type { RequestEdges } from '../../../platform/route.ts'
import { withdrawRows } from '../../registry/index.ts'
import { addToAccount, moved } from './account.ts'
import { compareOne, comparer } from './compare.ts'
import { type deliveriesContract, kept as rowsRestricted, notThatPerson, rowNotFound } from './contract.ts'
import { nextState, openSteps, type Outcome } from './delivery.ts'
import { type Delivery, findDelivery, move, sourceOf, stateAfter, tellMoved } from './kept-delivery.ts'
import { keepPart, type KeptRow, layBefore, openContent, partRows, valuesOf } from './sealed-rows.ts'
import { shownRows, shownWhole } from './shown.ts'
import { deliveries } from './tables.ts'

/** Mends a quarantined row and reads it again at once. */
export async function mendRow(
  ctx: Ctx,
  {
    params,
    body,
    ifMatch,
  }: InputOf<(typeof deliveriesContract)['PUT /deliveries/:deliveryId/rows/:rowNo']> & RequestEdges,
) {
  const { delivery, row } = await rowToChange(ctx, params, 'quarantined')
  requireVersion(ifMatch, row.version)
  const cells = body.cells.map(text => (text.trim() === '' ? null : text))
  const [now] = await (await comparer(ctx, delivery))([{ no: row.row_no, cells }])
  if (!now) throw rowNotFound()
  await settle(ctx, delivery, row, now)
  const after = await findRow(ctx, delivery.id, row.row_no)
  const shown = after?.cells ? (await shownRows(ctx, delivery, [after]))[0] : undefined
  return {
    row: shown ?? null,
    outcome: now.outcome,
    version: row.version + 1,
    delivery: await shownWhole(ctx, await findDelivery(ctx, delivery.id)),
  }
}

/** Somebody has looked who it is. */
export async function sayWho(
  ctx: Ctx,
  { params, body }: InputOf<(typeof deliveriesContract)['POST /deliveries/:deliveryId/rows/:rowNo/who']>,
) {
  const { delivery, row, cells } = await rowToChange(ctx, params, 'look')
  const meant = body.person && row.candidates?.find(c => c.person === body.person)
  if (body.person && !meant?.household) throw notThatPerson()
  const now: KeptRow = meant?.household
    ? await compareOne(ctx, delivery, { no: row.row_no, cells }, meant.person, meant.household)
    : { no: row.row_no, cells, outcome: 'notInRegistry' }
  if (meant && now.outcome === 'notInRegistry') throw notThatPerson()
  if (meant?.household) ctx.about({ kind: 'household', id: meant.household })
  await settle(ctx, delivery, row, now)
  await withdrawRows(ctx, delivery.id, row.row_no)
  return { outcome: now.outcome, delivery: await shownWhole(ctx, await findDelivery(ctx, delivery.id)) }
}

/**
 * Somebody has looked at the pairs of the registry and said whom a row means; none is nobody. It waits while no row can be mended;
 * what has moved on since is left.
 */
export async function pairDecided(ctx: Ctx, id: Id, no: number, person: Id | undefined): Promise<void> {
  const delivery = await findDelivery(ctx, id, true)
  if (!nextState(delivery, 'mend') && openSteps(delivery).length > 0) {
    const payload = { delivery: id, row: no, ...(person && { person }) }
    return await ctx.later('feeds.pairDecided', payload, { after: new Date(ctx.now.getTime() + 60_000) })
  }
  const row = await findRow(ctx, id, no)
  if (!row?.cells || row.outcome !== 'look' || !nextState(delivery, 'mend')) return
  const { cells } = openContent(ctx.crypto, id, no, row.cells)
  const household = row.candidates?.find(c => c.person === person)?.household
  const now: KeptRow =
    person && household
      ? await compareOne(ctx, delivery, { no, cells }, person, household)
      : { no, cells, outcome: 'notInRegistry' }
  await settle(ctx, delivery, row, now)
}

/** Puts all quarantined rows back among those that wait, and reads them again. */
export async function rerunDelivery(
  ctx: Ctx,
  { params }: InputOf<(typeof deliveriesContract)['POST /deliveries/:deliveryId/rerun']>,
) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  await move(ctx, delivery, 'rerun', { problem: null })
  let part = 0
  for (let again = true; again; ) {
    const rows = await takeQuarantined(ctx, delivery.id)
    const texts = rows.map(row => {
      const { cells } = openContent(ctx.crypto, delivery.id, row.row_no, row.cells as Buffer)
      return `[${row.row_no},${JSON.stringify(cells)}]`
    })
    if (rows.length > 0) await keepPart(ctx, delivery, ++part, rows.length, `[${texts.join(',')}]`)
    await addToAccount(ctx, delivery.id, { waiting: rows.length, quarantined: -rows.length })
    again = rows.length === partRows
  }
  await ctx.later('feeds.readDelivery', { delivery: delivery.id })
  return await shownWhole(ctx, await findDelivery(ctx, delivery.id))
}

const takeQuarantined = async (ctx: Ctx, delivery: Id) =>
  await deliveries(ctx)
    .deleteFrom('feeds.delivery_row')
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('row_no', 'in', eb =>
      eb
        .selectFrom('feeds.delivery_row')
        .select('row_no')
        .where('district', '=', ctx.district)
        .where('delivery_id', '=', delivery)
        .where('outcome', '=', 'quarantined')
        .where('cells', 'is not', null)
        .orderBy('row_no')
        .limit(partRows),
    )
    .returning(['row_no', 'cells'])
    .execute()

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>

export const findRow = async (ctx: Ctx, delivery: Id, no: number) =>
  await deliveries(ctx)
    .selectFrom('feeds.delivery_row')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery)
    .where('row_no', '=', no)
    .executeTakeFirst()

/** @throws rowNotFound for one that is in another outcome by now, or whose content was forgotten */
async function rowToChange(ctx: Ctx, params: { readonly deliveryId: Id; readonly rowNo: number }, outcome: Outcome) {
  const delivery = await findDelivery(ctx, params.deliveryId, true)
  if (sourceOf(delivery).restricted) throw rowsRestricted()
  stateAfter(delivery, 'mend')
  const row = await findRow(ctx, delivery.id, params.rowNo)
  if (!row?.cells || row.outcome !== outcome) throw rowNotFound()
  return { delivery, row, cells: openContent(ctx.crypto, delivery.id, row.row_no, row.cells).cells }
}

async function settle(ctx: Ctx, delivery: Delivery, before: Row, now: KeptRow): Promise<void> {
  const { candidates, ...values } = valuesOf(ctx, delivery.id, now)
  await deliveries(ctx)
    .updateTable('feeds.delivery_row')
    .set({
      ...values,
      candidates: candidates && JSON.stringify(candidates),
      version: before.version + 1,
      mended_at: ctx.now,
      mended_by: ctx.actor.account,
    })
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery.id)
    .where('row_no', '=', before.row_no)
    .execute()
  await addToAccount(ctx, delivery.id, moved(before.outcome, now.outcome))
  await layBefore(ctx, delivery, [now])
  tellMoved(ctx, delivery)
}
