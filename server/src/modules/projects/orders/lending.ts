import { type Id, newId, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { orderDaysWrong, providerUnknown } from './contract.ts'
import { afterThat, nameFor, notOpen, orders, readOrder } from './kept-order.ts'
import { checkStillGoes } from './move-order.ts'
import { noteKeptOnTrack } from './note-on-track.ts'
import { namesOfProviders, providerToday } from './provider.ts'
import { recordsOf } from './record.ts'
import {
  deviceGone,
  deviceLent,
  deviceMarkTaken,
  deviceNotThere,
  notLent,
  notOfThisService,
  type recordsContract,
} from './records-contract.ts'
import type { DeviceRow } from './tables.ts'

type Input<K extends keyof typeof recordsContract> = InputOf<(typeof recordsContract)[K]>
type Shown = AnswerOf<(typeof recordsContract)['POST /lending']>

export async function listDevicesLent(ctx: Ctx, { query }: Input<'GET /lending'>) {
  let found = orders(ctx).selectFrom('projects.device').selectAll().where('district', '=', ctx.district)
  if (query.provider !== undefined) found = found.where('provider_id', '=', query.provider)
  if (query.after !== undefined) found = found.where(afterThat(query.after, sql`name`, sql`projects.device`))
  const rows = await found
    .orderBy('name')
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: await shown(ctx, page), next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

export async function addDevice(ctx: Ctx, { body }: Input<'POST /lending'>) {
  if (!ctx.actor.organisation) throw providerUnknown()
  const provider = await providerToday(ctx, ctx.actor.organisation)
  const row: DeviceRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    provider_id: provider.id,
    name: body.name,
    mark: body.mark,
    gone_on: null,
    added_by: ctx.actor.account,
    added_at: ctx.now,
  }
  const added = await orders(ctx)
    .insertInto('projects.device')
    .values(row)
    .onConflict(on => on.columns(['district', 'provider_id', 'mark']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) throw deviceMarkTaken()
  return await one(ctx, row)
}

/** @throws deviceNotThere */
async function readDevice(ctx: Ctx, id: Id): Promise<DeviceRow> {
  const row = await orders(ctx)
    .selectFrom('projects.device')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw deviceNotThere()
  return row
}

/** Good and worn is as it should be. */
const returnedAs: Readonly<Partial<Record<string, Words>>> = {
  broken: { zh: '坏了', en: 'broken' },
  lost: { zh: '丢了', en: 'lost' },
}

/** With one at a time: the index of loans that are open lets no second through. */
export async function lend(ctx: Ctx, { params, body }: Input<'POST /lending/:deviceId/loans'>) {
  const device = await readDevice(ctx, params.deviceId)
  const order = await readOrder(ctx, body.order)
  if (order.state !== 'inProgress') throw notOpen(order.state)
  if (order.provider_id !== device.provider_id || !recordsOf(order.service).includes('device')) throw notOfThisService()
  if (device.gone_on !== null) throw deviceGone()
  if (body.dueOn <= ctx.today) throw orderDaysWrong()
  await checkStillGoes(ctx, order)
  const lent = await orders(ctx)
    .insertInto('projects.loan')
    .values({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      device_id: device.id,
      order_id: order.id,
      provider_id: device.provider_id,
      lent_on: ctx.today,
      due_on: body.dueOn,
      returned_on: null,
      returned_state: null,
      returned_by: null,
      lent_by: ctx.actor.account,
      lent_at: ctx.now,
    })
    .onConflict(on => on.columns(['district', 'device_id']).where('returned_on', 'is', null).doNothing())
    .executeTakeFirst()
  if (lent.numInsertedOrUpdatedRows !== 1n) throw deviceLent()
  await noteKeptOnTrack(ctx, order, { kind: 'loan', words: { zh: `借了${device.name}`, en: `lent: ${device.name}` } })
  return await one(ctx, device)
}

export async function returnDevice(ctx: Ctx, { params, body }: Input<'POST /lending/:deviceId/return'>) {
  const device = await readDevice(ctx, params.deviceId)
  const back = await orders(ctx)
    .updateTable('projects.loan')
    .set({ returned_on: ctx.today, returned_state: body.state, returned_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('device_id', '=', device.id)
    .where('returned_on', 'is', null)
    .returning('order_id')
    .executeTakeFirst()
  if (!back) throw notLent()
  await noteKeptOnTrack(ctx, await readOrder(ctx, back.order_id), {
    kind: 'loan',
    words: { zh: `还了${device.name}`, en: `returned: ${device.name}` },
    note: returnedAs[body.state],
  })
  const isGone = body.state === 'broken' || body.state === 'lost'
  if (isGone)
    await orders(ctx)
      .updateTable('projects.device')
      .set({ gone_on: ctx.today })
      .where('district', '=', ctx.district)
      .where('id', '=', device.id)
      .execute()
  return await one(ctx, isGone ? { ...device, gone_on: ctx.today } : device)
}

const one = async (ctx: Ctx, row: DeviceRow): Promise<Shown> => (await shown(ctx, [row]))[0] as Shown

async function shown(ctx: Ctx, rows: readonly DeviceRow[]): Promise<Shown[]> {
  if (rows.length === 0) return []
  const loans = await orders(ctx)
    .selectFrom('projects.loan as l')
    .innerJoin('projects.work_order as o', join =>
      join.onRef('o.district', '=', 'l.district').onRef('o.id', '=', 'l.order_id'),
    )
    .select(['l.device_id', 'l.lent_on', 'l.due_on', 'o.id', 'o.number', 'o.masked_name', 'o.sealed_whom'])
    .where('l.district', '=', ctx.district)
    .where('l.device_id', '=', sql<Id>`any(${rows.map(row => row.id)}::uuid[])`)
    .where('l.returned_on', 'is', null)
    .execute()
  const byDevice = new Map(loans.map(l => [l.device_id, l]))
  const nameOfProvider = await namesOfProviders(
    ctx,
    rows.map(row => row.provider_id),
  )
  return rows.map(row => {
    const loan = byDevice.get(row.id)
    return {
      id: row.id,
      name: row.name,
      provider: nameOfProvider(row.provider_id),
      mark: row.mark,
      gone: row.gone_on !== null,
      loan: loan
        ? {
            order: loan.id,
            number: loan.number,
            name: nameFor(ctx, loan),
            lentOn: loan.lent_on,
            dueOn: loan.due_on,
            overdue: loan.due_on < ctx.today,
          }
        : null,
    }
  })
}
