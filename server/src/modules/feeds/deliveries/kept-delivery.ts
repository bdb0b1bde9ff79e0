import type { Id } from '@zhulian/kernel'
import { type Ctx } from '../../../platform/ctx.ts'
import { sources } from '../sources/index.ts'
import type { Source } from '../sources/source.ts'
import { deliveryNotFound, deliveryStepNotOpen } from './contract.ts'
import { type DeliveryStep, type DeliveryState, deliveryWords, nextState } from './delivery.ts'
import { deliveries } from './tables.ts'

export type Delivery = Awaited<ReturnType<typeof findDelivery>>

/**
 * @param lock keeps others from moving it until the transaction ends
 * @throws deliveryNotFound for one that is not there or not in the actor's reach
 */
export async function findDelivery(ctx: Ctx, id: Id, lock = false) {
  let query = deliveries(ctx)
    .selectFrom('feeds.delivery')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  // Not `for update`: rows that are being added hold a share of their delivery.
  if (lock) query = query.forNoKeyUpdate()
  const row = await query.executeTakeFirst()
  if (!row || !row.division.startsWith(lock ? workOf(ctx) : reachOf(ctx))) throw deliveryNotFound()
  ctx.about({ kind: 'batch', id })
  return row
}

const workOf = (ctx: Ctx): string => ctx.actor.scope ?? '-'
/** Auditors read the accounts of the whole district, although they work in no part of it. */
export const reachOf = (ctx: Ctx): string => (ctx.actor.role === 'auditor' ? ctx.district : workOf(ctx))

export function sourceOf({ source }: Pick<Delivery, 'source'>): Source {
  const found = sources.find(s => s.id === source)
  if (!found) throw new Error(`a delivery of ${source}, which is no source any more`)
  return found
}

/** Steps by which a release that was asked for does not happen. */
const turnedDown: ReadonlySet<DeliveryStep> = new Set(['refuse', 'takeBack', 'cancel', 'fail'])

/** Moves a delivery on in its life. @throws deliveryStepNotOpen */
export async function move(
  ctx: Ctx,
  delivery: Pick<Delivery, 'id' | 'state' | 'applied_at' | 'division' | 'released_before'>,
  step: DeliveryStep,
  set: Readonly<Record<string, unknown>> = {},
): Promise<DeliveryState> {
  const state = stateAfter(delivery, step)
  const before = turnedDown.has(step) ? delivery.released_before : null
  await deliveries(ctx)
    .updateTable('feeds.delivery')
    .set({ state, moved_at: ctx.now, ...(before && { ...before, released_before: null }), ...set })
    .where('district', '=', ctx.district)
    .where('id', '=', delivery.id)
    .execute()
  tellMoved(ctx, delivery)
  return state
}

/** @throws deliveryStepNotOpen */
export function stateAfter(delivery: Pick<Delivery, 'state' | 'applied_at'>, step: DeliveryStep): DeliveryState {
  const state = nextState(delivery, step)
  if (!state) throw deliveryStepNotOpen({ state: delivery.state, ...deliveryWords[delivery.state] })
  return state
}

export const tellMoved = (ctx: Ctx, delivery: Pick<Delivery, 'id' | 'division'>): void =>
  ctx.tell({
    name: 'feeds.deliveryMoved',
    id: delivery.id,
    to: { roles: ['districtOfficer', 'auditor'], division: delivery.division },
  })
