import { type Day, type Id, isId, newId, type Words } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { notUnderstood } from '../../../platform/refusals.ts'
import { vettedOn } from './adults.ts'
import { orderDaysWrong, providerUnknown } from './contract.ts'
import { nameFor, notOpen, orders, readOrder } from './kept-order.ts'
import { noteKeptOnTrack, noteOnTrack } from './note-on-track.ts'
import { namesOfProviders, providerToday } from './provider.ts'
import { adultsWithChild, attendedForCertificate, mayBeCertified, recordsOf } from './record.ts'
import {
  alreadyCertified,
  classFull,
  classNotFound,
  classWantsTwo,
  notAttended,
  notOfThisService,
  type recordsContract,
  seatNotFound,
  seatTaken,
  tooManyDays,
} from './records-contract.ts'
import type { ClassDayRow, ClassRow } from './tables.ts'

type Input<K extends keyof typeof recordsContract> = InputOf<(typeof recordsContract)[K]>
type Shown = AnswerOf<(typeof recordsContract)['POST /classes']>

export async function listClasses(ctx: Ctx, { query }: Input<'GET /classes'>) {
  let found = orders(ctx).selectFrom('projects.training_class').selectAll().where('district', '=', ctx.district)
  if (query.provider !== undefined) found = found.where('provider_id', '=', query.provider)
  if (query.after !== undefined) {
    if (!isId(query.after)) throw notUnderstood()
    found = found.where('id', '<', query.after)
  }
  const rows = await found
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: await shown(ctx, page), next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

export async function addClass(ctx: Ctx, { body }: Input<'POST /classes'>) {
  if (body.untilOn < body.fromOn) throw orderDaysWrong()
  if (!ctx.actor.organisation) throw providerUnknown()
  const provider = await providerToday(ctx, ctx.actor.organisation)
  const row: ClassRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    provider_id: provider.id,
    project_id: null,
    name: body.name,
    from_on: body.fromOn,
    until_on: body.untilOn,
    days: body.days,
    places: body.places,
    added_by: ctx.actor.account,
    added_at: ctx.now,
  }
  await orders(ctx).insertInto('projects.training_class').values(row).execute()
  return await one(ctx, row)
}

/** Held, so that of two who give the last seat one does. @throws classNotFound */
async function readClass(ctx: Ctx, id: Id): Promise<ClassRow> {
  const row = await orders(ctx)
    .selectFrom('projects.training_class')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw classNotFound()
  return row
}

export async function giveSeat(ctx: Ctx, { params, body }: Input<'POST /classes/:classId/seats'>) {
  const row = await readClass(ctx, params.classId)
  const order = await readOrder(ctx, body.order)
  if (order.state !== 'accepted' && order.state !== 'inProgress') throw notOpen(order.state)
  if (order.provider_id !== row.provider_id || !recordsOf(order.service).includes('class')) throw notOfThisService()
  const { n } = await orders(ctx)
    .selectFrom('projects.class_seat')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('district', '=', ctx.district)
    .where('class_id', '=', row.id)
    .executeTakeFirstOrThrow()
  if (n >= row.places) throw classFull({ places: row.places })
  const given = await orders(ctx)
    .insertInto('projects.class_seat')
    .values({
      district: ctx.district,
      class_id: row.id,
      order_id: order.id,
      provider_id: row.provider_id,
      certificate: null,
      certified_on: null,
      certified_by: null,
    })
    .onConflict(on => on.columns(['district', 'order_id']).doNothing())
    .executeTakeFirst()
  if (given.numInsertedOrUpdatedRows !== 1n) throw seatTaken()
  return await one(ctx, row)
}

export async function noteAttendance(ctx: Ctx, { params, body }: Input<'POST /classes/:classId/attendance'>) {
  const row = await readClass(ctx, params.classId)
  if (body.on > ctx.today || body.on < row.from_on || body.on > row.until_on) throw orderDaysWrong()
  const seats = await orders(ctx)
    .selectFrom('projects.class_seat as s')
    .innerJoin('projects.work_order as o', join =>
      join.onRef('o.district', '=', 's.district').onRef('o.id', '=', 's.order_id'),
    )
    .select(['s.order_id', 'o.guarded'])
    .where('s.district', '=', ctx.district)
    .where('s.class_id', '=', row.id)
    .execute()
  const there = new Set(seats.map(s => s.order_id))
  if (there.size === 0 || body.came.some(id => !there.has(id))) throw seatNotFound()
  const held = await daysHeld(ctx, row.id)
  if (!held.includes(body.on) && held.length >= row.days) throw tooManyDays({ days: row.days })
  const came = new Set(body.came)
  const guarded = seats.flatMap(s => (s.guarded ? [s.order_id] : []))
  if (guarded.length > 0) {
    const replaced = await noteClassDay(ctx, row, body)
    await noteDayOnTracks(ctx, row, body, guarded, replaced)
  }
  await orders(ctx)
    .insertInto('projects.attendance')
    .values(
      [...there].map(order => ({
        district: ctx.district,
        class_id: row.id,
        on_day: body.on,
        order_id: order,
        provider_id: row.provider_id,
        came: came.has(order),
        by_id: ctx.actor.account,
        at: ctx.now,
      })),
    )
    .onConflict(on =>
      on.columns(['district', 'class_id', 'on_day', 'order_id']).doUpdateSet(eb => ({
        came: eb.ref('excluded.came'),
        by_id: eb.ref('excluded.by_id'),
        at: eb.ref('excluded.at'),
      })),
    )
    .execute()
  return await one(ctx, row)
}

/**
 * A day with children counts with two vetted adults; whose hours these are.
 * @returns what was noted of the day before, where that was otherwise
 * @throws classWantsTwo
 */
async function noteClassDay(
  ctx: Ctx,
  row: ClassRow,
  { on, hours, adults }: Input<'POST /classes/:classId/attendance'>['body'],
): Promise<Words | undefined> {
  const vetted = await vettedOn(ctx, row.provider_id, adults, on)
  if (vetted < adultsWithChild) throw classWantsTwo({ vetted })
  const before = await orders(ctx)
    .selectFrom('projects.class_day')
    .select(['hours', 'adults'])
    .where('district', '=', ctx.district)
    .where('class_id', '=', row.id)
    .where('on_day', '=', on)
    .executeTakeFirst()
  await orders(ctx)
    .insertInto('projects.class_day')
    .values({
      district: ctx.district,
      class_id: row.id,
      on_day: on,
      provider_id: row.provider_id,
      hours,
      adults: [...new Set(adults)],
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      at: ctx.now,
    })
    .onConflict(conflict =>
      conflict.columns(['district', 'class_id', 'on_day']).doUpdateSet(eb => ({
        hours: eb.ref('excluded.hours'),
        adults: eb.ref('excluded.adults'),
        by_id: eb.ref('excluded.by_id'),
        by_name: eb.ref('excluded.by_name'),
        at: eb.ref('excluded.at'),
      })),
    )
    .execute()
  const isSame = before?.hours === hours && new Set(before.adults).symmetricDifference(new Set(adults)).size === 0
  return before && !isSame ? await wordsOfDay(ctx, before) : undefined
}

async function wordsOfDay(ctx: Ctx, { hours, adults }: Pick<ClassDayRow, 'hours' | 'adults'>): Promise<Words> {
  const rows = await orders(ctx)
    .selectFrom('projects.adult')
    .select('name')
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${adults}::uuid[])`)
    .orderBy('id')
    .execute()
  const names = rows.map(adult => adult.name)
  return {
    zh: `更正：原来记的是${hours}小时，在场的有${names.join('、')}`,
    en: `corrected: before, ${hours} hours with ${names.join(', ')}`,
  }
}

const notThere: Words = { zh: '更正：这一天没有来', en: 'corrected: did not come on that day' }

const corrected = (isThere: boolean, replaced: Words | undefined): Words | undefined => {
  if (isThere || !replaced) return isThere ? replaced : notThere
  return { zh: `${notThere.zh}；${replaced.zh}`, en: `${notThere.en}; ${replaced.en}` }
}

/** A line for each child who came, for one who did not after all, and for another length or other adults: what was written stays. */
async function noteDayOnTracks(
  ctx: Ctx,
  row: ClassRow,
  { on, hours, came }: Input<'POST /classes/:classId/attendance'>['body'],
  guarded: readonly Id[],
  replaced: Words | undefined,
): Promise<void> {
  const before = await orders(ctx)
    .selectFrom('projects.attendance')
    .select('order_id')
    .where('district', '=', ctx.district)
    .where('class_id', '=', row.id)
    .where('on_day', '=', on)
    .where('came', '=', true)
    .execute()
  const had = new Set(before.map(a => a.order_id))
  for (const id of guarded) {
    const isThere = came.includes(id)
    if (isThere === had.has(id) && !(isThere && replaced)) continue
    await noteOnTrack(ctx, await readOrder(ctx, id), {
      source: { kind: 'classDay', id: row.id },
      on,
      units: isThere ? hours : 0,
      incident: had.has(id) ? corrected(isThere, replaced) : undefined,
    })
  }
}

const daysHeld = async (ctx: Ctx, id: Id): Promise<Day[]> =>
  (
    await orders(ctx)
      .selectFrom('projects.attendance')
      .select('on_day')
      .distinct()
      .where('district', '=', ctx.district)
      .where('class_id', '=', id)
      .execute()
  ).map(a => a.on_day)

export async function certify(ctx: Ctx, { params, body }: Input<'POST /classes/:classId/certificates'>) {
  const row = await readClass(ctx, params.classId)
  const seat = (await one(ctx, row)).seats.find(s => s.order === body.order)
  if (!seat) throw seatNotFound()
  if (seat.certificate !== null) throw alreadyCertified()
  if (!mayBeCertified(seat.came, row.days))
    throw notAttended({
      came: seat.came,
      days: row.days,
      needed: Math.ceil((row.days * attendedForCertificate) / 100),
    })
  await orders(ctx)
    .updateTable('projects.class_seat')
    .set({ certificate: body.certificate, certified_on: ctx.today, certified_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('class_id', '=', row.id)
    .where('order_id', '=', body.order)
    .execute()
  await noteKeptOnTrack(ctx, await readOrder(ctx, body.order), {
    kind: 'certificate',
    words: { zh: '学完了，拿到证书', en: 'finished, with a certificate' },
  })
  return await one(ctx, row)
}

const one = async (ctx: Ctx, row: ClassRow): Promise<Shown> => (await shown(ctx, [row]))[0] as Shown

async function shown(ctx: Ctx, rows: readonly ClassRow[]): Promise<Shown[]> {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  // Of those whose order is in reach.
  const seats = await orders(ctx)
    .selectFrom('projects.class_seat as s')
    .innerJoin('projects.work_order as o', join =>
      join.onRef('o.district', '=', 's.district').onRef('o.id', '=', 's.order_id'),
    )
    .leftJoin('projects.attendance as a', join =>
      join
        .onRef('a.district', '=', 's.district')
        .onRef('a.class_id', '=', 's.class_id')
        .onRef('a.order_id', '=', 's.order_id'),
    )
    .select([
      's.class_id',
      'o.id',
      'o.number',
      'o.masked_name',
      'o.sealed_whom',
      'o.guarded',
      's.certificate',
      sql<number>`(count(a.came) filter (where a.came))::int`.as('came'),
      sql<number>`(count(a.came) filter (where not a.came))::int`.as('missed'),
    ])
    .where('s.district', '=', ctx.district)
    .where('s.class_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .groupBy(['s.class_id', 'o.district', 'o.id', 's.certificate'])
    .orderBy('o.number')
    .execute()
  const totals = await orders(ctx)
    .selectFrom('projects.class_seat')
    .select(['class_id', sql<number>`count(*)::int`.as('n')])
    .where('district', '=', ctx.district)
    .where('class_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .groupBy('class_id')
    .execute()
  const held = await orders(ctx)
    .selectFrom('projects.attendance')
    .select(['class_id', sql<number>`count(distinct on_day)::int`.as('n')])
    .where('district', '=', ctx.district)
    .where('class_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .groupBy('class_id')
    .execute()
  const taken = new Map(totals.map(t => [t.class_id, t.n]))
  const heldOf = new Map(held.map(h => [h.class_id, h.n]))
  const byClass = Map.groupBy(seats, s => s.class_id)
  const nameOf = await namesOfProviders(
    ctx,
    rows.map(row => row.provider_id),
  )
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    provider: nameOf(row.provider_id),
    fromOn: row.from_on,
    untilOn: row.until_on,
    days: row.days,
    places: row.places,
    free: row.places - (taken.get(row.id) ?? 0),
    held: heldOf.get(row.id) ?? 0,
    guarded: (byClass.get(row.id) ?? []).some(s => s.guarded),
    seats: (byClass.get(row.id) ?? []).map(s => ({
      order: s.id,
      number: s.number,
      name: nameFor(ctx, s),
      came: s.came,
      missed: s.missed,
      certificate: s.certificate,
    })),
  }))
}
