import { isId, type Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx } from '../../../platform/ctx.ts'
import { notUnderstood } from '../../../platform/refusals.ts'
import { sources } from '../sources/index.ts'
import { type deliveriesContract, kept as rowsRestricted } from './contract.ts'
import { findDelivery, reachOf, sourceOf } from './kept-delivery.ts'
import { daysLate } from './rhythm.ts'
import { shownMany, shownRows, shownWhole } from './shown.ts'
import { deliveries } from './tables.ts'

/** In the order of their codes. */
export async function listFeeds(ctx: Ctx) {
  const newest = await inReach(ctx)
    .distinctOn('source')
    .where('state', 'not in', ['cancelled', 'refused', 'undone'])
    .orderBy('source')
    .orderBy('id', 'desc')
    .execute()
  const waiting = await deliveries(ctx)
    .selectFrom('feeds.delivery')
    .select(['source', eb => eb.fn.countAll<string>().as('count')])
    .where('district', '=', ctx.district)
    .where('state', 'in', ['read', 'needsTwo'])
    .groupBy('source')
    .execute()
  const lines = await shownMany(ctx, newest)
  const items = sources.map(source => {
    const last = lines.find(line => line.source === source.id) ?? null
    return {
      source: source.id,
      code: source.code,
      name: source.name,
      content: source.content,
      rhythm: source.rhythm,
      legalBasis: source.legalBasis,
      isDangerous: source.dangerous ?? false,
      isRestricted: source.restricted ?? false,
      last,
      daysLate: daysLate(source, last?.asOf, ctx.today),
      waiting: Number(waiting.find(w => w.source === source.id)?.count ?? 0),
    }
  })
  return { items }
}

/** Newest first. */
export async function listDeliveries(ctx: Ctx, { query }: InputOf<(typeof deliveriesContract)['GET /deliveries']>) {
  if (query.after !== undefined && !isId(query.after)) throw notUnderstood()
  const rows = await inReach(ctx)
    .$if(query.source !== undefined, q => q.where('source', '=', query.source as string))
    .$if(query.after !== undefined, q => q.where('id', '<', query.after as Id))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const items = await shownMany(ctx, rows.slice(0, query.limit))
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null }
}

function inReach(ctx: Ctx) {
  const scope = reachOf(ctx)
  return deliveries(ctx)
    .selectFrom('feeds.delivery')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('division', '>=', scope)
    .where('division', '<', `${scope}:`)
}

export async function getDelivery(
  ctx: Ctx,
  { params }: InputOf<(typeof deliveriesContract)['GET /deliveries/:deliveryId']>,
) {
  return await shownWhole(ctx, await findDelivery(ctx, params.deliveryId))
}

/** In the order of the file. */
export async function listRows(
  ctx: Ctx,
  { params, query }: InputOf<(typeof deliveriesContract)['GET /deliveries/:deliveryId/rows']>,
) {
  const delivery = await findDelivery(ctx, params.deliveryId)
  if (sourceOf(delivery).restricted) throw rowsRestricted()
  const rows = await deliveries(ctx)
    .selectFrom('feeds.delivery_row')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', delivery.id)
    .where('outcome', '=', query.outcome)
    .where('row_no', '>', query.after)
    .orderBy('row_no')
    .limit(query.limit + 1)
    .execute()
  const items = await shownRows(ctx, delivery, rows.slice(0, query.limit))
  return { items, next: rows.length > query.limit ? (items.at(-1)?.no ?? null) : null }
}
