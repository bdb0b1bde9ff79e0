import { type DivisionCode, type Id, isId, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { currentPool } from '../pools/index.ts'
import { levelName, placesOf } from '../registry/index.ts'
import {
  notYourPlace,
  resourceChanged,
  resourceFull,
  resourceMissing,
  resourceNotFound,
  type wishesContract,
} from './contract.ts'
import { readNeed, wishes } from './kept-need.ts'
import type { Level } from './need.ts'
import type { NeedRow, ResourceRow } from './tables.ts'
import { foundItem, itemOf } from './item.ts'

type Input<K extends keyof typeof wishesContract> = InputOf<(typeof wishesContract)[K]>

const sealedContact = 'wishes.resource.contact'
const digits = { village: 12, township: 9, district: 6 } as const satisfies Record<Level, number>
export const levelOf = (division: string): Level =>
  division.length === 12 ? 'village' : division.length === 9 ? 'township' : 'district'
/** Whose list a need is looked for in: of who holds it. */
export const shelfOf = (need: Pick<NeedRow, 'division' | 'level'>) => need.division.slice(0, digits[need.level])

/** Those of a need's own level, what fits it first; else all in reach, by place. */
export async function listResources(ctx: Ctx, { query }: Input<'GET /resources'>) {
  const need = query.need === undefined ? undefined : await readNeed(ctx, query.need)
  let found = wishes(ctx)
    .selectFrom('wishes.resource')
    .selectAll()
    .where('district', '=', ctx.district)
    .where(eb =>
      query.ended === 'yes'
        ? eb('until_on', '<', ctx.today)
        : eb.or([eb('until_on', 'is', null), eb('until_on', '>=', ctx.today)]),
    )
  if (need) found = found.where('division', '=', shelfOf(need))
  // What fits comes first.
  const last = need ? sql<boolean>`not (${need.item ?? ''} = any(items))` : sql<boolean>`false`
  if (query.after !== undefined) {
    const [isLast = '', id = ''] = query.after.split('_')
    if (!isId(id)) throw notUnderstood()
    found = found.where(sql<boolean>`(${last}, id) > (${isLast === 'last'}::boolean, ${id}::uuid)`)
  }
  const ordered = need ? found.orderBy(last) : found
  const rows = await ordered
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const end = page.at(-1)
  const isLast = need && !(need.item && end?.items.includes(need.item))
  return {
    items: await shown(ctx, page),
    next: rows.length > query.limit && end ? `${isLast ? 'last' : 'first'}_${end.id}` : null,
  }
}

export async function addResource(ctx: Ctx, { body }: Input<'POST /resources'>) {
  await checkPlace(ctx, body.division)
  const id = newId(ctx.now.getTime())
  const row: ResourceRow = {
    district: ctx.district,
    id,
    division: body.division,
    ...(await columnsOf(ctx, id, body)),
    version: 1,
    from_on: ctx.today,
    added_at: ctx.now,
    added_by: ctx.actor.account,
    added_name: ctx.actor.name,
  }
  await wishes(ctx).insertInto('wishes.resource').values(row).execute()
  const [answer] = await shown(ctx, [row])
  return answer as NonNullable<typeof answer>
}

export async function changeResource(ctx: Ctx, { params, body }: Input<'PUT /resources/:resourceId'>) {
  const row = await lockResource(ctx, params.resourceId)
  if (!row) throw resourceNotFound()
  if (body.expectedVersion !== undefined && body.expectedVersion !== row.version)
    throw resourceChanged({ version: row.version })
  const set = { ...(await columnsOf(ctx, row.id, body)), version: row.version + 1 }
  await wishes(ctx)
    .updateTable('wishes.resource')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  const [answer] = await shown(ctx, [{ ...row, ...set }])
  return answer as NonNullable<typeof answer>
}

/**
 * Takes a place of something the need's own level has. The row is locked, so that a last place is given once.
 * @throws resourceMissing, resourceFull
 */
export async function takePlace(ctx: Ctx, need: NeedRow, id: Id): Promise<ResourceRow> {
  const row = await lockResource(ctx, id)
  if (!row || row.division !== shelfOf(need) || (row.until_on !== null && row.until_on < ctx.today))
    throw resourceMissing()
  const taken = (await takenOf(ctx, [id])).get(id) ?? 0
  if (taken >= row.places) throw resourceFull({ name: row.name, places: row.places })
  return row
}

const lockResource = async (ctx: Ctx, id: Id) =>
  await wishes(ctx)
    .selectFrom('wishes.resource')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Needs that are worked on with each, those among them that who asks may not see. */
export async function takenOf(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  const rows = await asMachine(ctx, machine =>
    wishes(machine)
      .selectFrom('wishes.need')
      .select(eb => ['resource_id', eb.fn.countAll<string>().as('n')])
      .where('district', '=', machine.district)
      .where('resource_id', '=', sql<Id>`any(${ids}::uuid[])`)
      .where('closed_at', 'is', null)
      .where('state', 'in', ['matched', 'assigned', 'inService', 'suspended', 'delivered', 'disputed'])
      .groupBy('resource_id')
      .execute(),
  )
  return new Map(rows.flatMap(row => (row.resource_id ? [[row.resource_id, Number(row.n)]] : [])))
}

/** Of the place that who asks works for; what others show by their code they read as anybody does. */
const isOwn = (ctx: Ctx, division: string): boolean => division.startsWith(ctx.actor.scope ?? '-')

async function checkPlace(ctx: Ctx, division: DivisionCode): Promise<void> {
  if (levelName(ctx, await placesOf(ctx), division) === undefined || !isOwn(ctx, division)) throw notYourPlace()
}

async function columnsOf(ctx: Ctx, id: Id, body: Omit<Input<'POST /resources'>['body'], 'division'>) {
  for (const item of body.items) await itemOf(ctx, item)
  return {
    kind: body.kind,
    name: body.name,
    offers: body.offers,
    items: [...new Set(body.items)],
    places: body.places,
    hours: body.hours ?? null,
    shown: body.shown,
    sealed_contact: body.contact === undefined ? null : ctx.crypto.seal(sealedContact, id, body.contact),
    // The last day on which it can be used: today at the earliest.
    until_on: body.untilOn === undefined ? null : body.untilOn < ctx.today ? ctx.today : body.untilOn,
  }
}

async function shown(ctx: Ctx, rows: readonly ResourceRow[]) {
  const [places, taken] = [
    await placesOf(ctx),
    await takenOf(
      ctx,
      rows.map(r => r.id),
    ),
  ]
  const pool = await currentPool(ctx)
  return rows.map(row => ({
    id: row.id,
    level: levelOf(row.division),
    place: {
      code: row.division,
      name: places.get(row.division)?.name ?? '',
    },
    kind: row.kind,
    name: row.name,
    offers: row.offers,
    items: row.items.flatMap(id => foundItem(pool, id) ?? []),
    places: row.places,
    free: Math.max(0, row.places - (taken.get(row.id) ?? 0)),
    hours: row.hours,
    shown: row.shown,
    contact:
      row.sealed_contact && isOwn(ctx, row.division)
        ? readSealed(ctx, sealedContact, row.id, row.sealed_contact)
        : null,
    fromOn: row.from_on,
    untilOn: row.until_on,
    version: row.version,
  }))
}
