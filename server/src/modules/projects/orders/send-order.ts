import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { currentPool } from '../../pools/index.ts'
import { childrenOf, placesOf, presenceOf } from '../../registry/index.ts'
import { assignNeed, type OrderedNeed } from '../../wishes/index.ts'
import {
  alreadyOrdered,
  needNotForOrders,
  notTheCarrier,
  orderDaysWrong,
  orderServiceMissing,
  type ordersContract,
  recipientAway,
  recipientDied,
} from './contract.ts'
import { projects } from '../kept-project.ts'
import { newCode, orders, sealedOrder, tellOrder, writeOrderStep } from './kept-order.ts'
import { orderDue } from './order.ts'
import { providerToday } from './provider.ts'
import { wholeOrderOf } from './read-orders.ts'
import { isForChildren } from './record.ts'
import type { OrderRow } from './tables.ts'

/** Asks a provider to do something for a family; the need is assigned, by who may assign it. */
export async function sendOrder(
  ctx: Ctx,
  { params, body }: InputOf<(typeof ordersContract)['POST /needs/:needId/orders']>,
) {
  if (body.startBy < ctx.today || body.dueBy < body.startBy) throw orderDaysWrong()
  const provider = await providerToday(ctx, body.provider)
  const need = await assignNeed(ctx, params.needId, provider.name, body.expectedVersion)
  if (need.careful) throw needNotForOrders()
  const service = (await currentPool(ctx)).service(body.service ?? need.item ?? '')
  if (!service) throw orderServiceMissing()
  await checkPresence(ctx, need)
  const project = await projectOfNeed(ctx, need.id, provider.id)
  const id = newId(ctx.now.getTime())
  const place = (await placesOf(ctx)).get(need.division)
  const whom = {
    callName: body.callName,
    reach: body.reach,
    place: body.place ?? (place ? `${place.township}${place.name}` : need.division),
  }
  const row: OrderRow = {
    district: ctx.district,
    id,
    number: await nextNumber(ctx, need.division.slice(0, 9)),
    division: need.division,
    need_id: need.id,
    household_id: need.household,
    person_id: need.person,
    elsewhere: need.elsewhere,
    careful: false,
    minor_until: need.minorUntil,
    project_id: project,
    provider_id: provider.id,
    provider_name: provider.name,
    service: service.id,
    guarded: isForChildren(service.id) || (await isChild(ctx, need)),
    planned_units: body.plannedUnits,
    unit_price: body.unitPrice,
    start_by: body.startBy,
    due_by: body.dueBy,
    state: 'created',
    version: 1,
    masked_name: need.maskedName,
    sealed_whom: ctx.crypto.seal(sealedOrder.whom, id, JSON.stringify(whom)),
    sealed_what: ctx.crypto.seal(sealedOrder.what, id, body.what),
    sealed_code: ctx.crypto.seal(sealedOrder.code, id, newCode()),
    code_misses: 0,
    due_on: orderDue('created', body, ctx.today, ctx.calendar),
    since_on: ctx.today,
    created_on: ctx.today,
    created_by: ctx.actor.account,
    created_name: ctx.actor.name,
    changed_at: ctx.now,
    ended_at: null,
    done_by: null,
    checked_by: null,
  }
  const sent = await orders(ctx)
    .insertInto('projects.work_order')
    .values(row)
    .onConflict(on => on.columns(['district', 'need_id']).where('ended_at', 'is', null).doNothing())
    .executeTakeFirst()
  if (sent.numInsertedOrUpdatedRows !== 1n) throw alreadyOrdered()
  await writeOrderStep(ctx, row, null, { step: 'create' })
  await tellOrder(ctx, row, 'projects.orderSent')
  return await wholeOrderOf(ctx, row)
}

/** A need that has a place in a project is met by who carries it. @throws notTheCarrier */
async function projectOfNeed(ctx: Ctx, need: Id, provider: Id): Promise<Id | null> {
  const found = await projects(ctx)
    .selectFrom('projects.enrolment as e')
    .innerJoin('projects.project as p', join =>
      join.onRef('p.district', '=', 'e.district').onRef('p.id', '=', 'e.project_id'),
    )
    .select(['p.id', 'p.name', 'p.organisation_id', 'p.organisation_name'])
    .where('e.district', '=', ctx.district)
    .where('e.need_id', '=', need)
    .where('e.state', '=', 'placed')
    .executeTakeFirst()
  if (!found) return null
  if (found.organisation_id !== null && found.organisation_id !== provider)
    throw notTheCarrier({ project: found.name, carrier: found.organisation_name ?? '' })
  return found.id
}

async function checkPresence(ctx: Ctx, need: OrderedNeed): Promise<void> {
  const presence = await presenceNow(ctx, need.household, need.person)
  if (presence === 'dead') throw recipientDied()
  if (presence === 'away') throw recipientAway()
}

/** Who delivers does not see the register; the answer is looked up behind the wall. */
export const presenceNow = (ctx: Ctx, household: Id, person: Id | null) =>
  asMachine(ctx, machine => presenceOf(machine, household, person))

const isChild = async (ctx: Ctx, { household, person }: OrderedNeed): Promise<boolean> =>
  person !== null && (await childrenOf(ctx, [household])).some(child => child.id === person)

/** `ZLT-<township>-<day>-<n>`, as it stands on paper. @source domain §7.3 */
async function nextNumber(ctx: Ctx, township: string): Promise<string> {
  const { n } = await orders(ctx)
    .insertInto('projects.order_count')
    .values({ district: ctx.district, township, on_day: ctx.today, n: 1 })
    .onConflict(on =>
      on.columns(['district', 'township', 'on_day']).doUpdateSet(eb => ({ n: eb('projects.order_count.n', '+', 1) })),
    )
    .returning('n')
    .executeTakeFirstOrThrow()
  return `ZLT-${township}-${ctx.today.replaceAll('-', '')}-${String(n).padStart(4, '0')}`
}
