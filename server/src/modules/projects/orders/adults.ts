import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { orderDaysWrong } from './contract.ts'
import { afterThat, orders } from './kept-order.ts'
import { providerToday } from './provider.ts'
import { adultNotFound, ownVetting, type recordsContract } from './records-contract.ts'
import type { AdultRow } from './tables.ts'

type Input<K extends keyof typeof recordsContract> = InputOf<(typeof recordsContract)[K]>

/** How many of these people of an organisation are vetted for a day; named twice they are one. */
export async function vettedOn(ctx: Ctx, provider: Id, adults: readonly Id[], on: string): Promise<number> {
  if (adults.length === 0) return 0
  const { n } = await orders(ctx)
    .selectFrom('projects.adult')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('district', '=', ctx.district)
    .where('provider_id', '=', provider)
    .where('id', '=', sql<Id>`any(${adults}::uuid[])`)
    .where('vetted_on', '<=', on as AdultRow['vetted_on'])
    .where('valid_until', '>=', on as AdultRow['valid_until'])
    .where(eb => eb.or([eb('ended_on', 'is', null), eb('ended_on', '>', on as AdultRow['vetted_on'])]))
    .executeTakeFirstOrThrow()
  return n
}

export async function listAdults(ctx: Ctx, { query }: Input<'GET /adults'>) {
  let found = orders(ctx).selectFrom('projects.adult').selectAll().where('district', '=', ctx.district)
  if (query.provider !== undefined) found = found.where('provider_id', '=', query.provider)
  if (query.after !== undefined) found = found.where(afterThat(query.after, sql`valid_until`, sql`projects.adult`))
  const rows = await found
    .where('ended_on', 'is', null)
    .orderBy('valid_until')
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: page.map(row => shown(ctx, row)), next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

export async function vetAdult(ctx: Ctx, { body }: Input<'POST /adults'>) {
  if (ctx.actor.organisation === body.provider) throw ownVetting()
  if (body.vettedOn > ctx.today || body.validUntil < ctx.today) throw orderDaysWrong()
  const provider = await providerToday(ctx, body.provider)
  const row: AdultRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    provider_id: provider.id,
    name: body.name,
    vetted_on: body.vettedOn,
    valid_until: body.validUntil,
    vetted_by: ctx.actor.account,
    vetted_name: ctx.actor.name,
    ended_on: null,
    ended_why: null,
    ended_by: null,
    volunteer_id: null,
  }
  await orders(ctx).insertInto('projects.adult').values(row).execute()
  return shown(ctx, row)
}

export async function endVetting(ctx: Ctx, { params, body }: Input<'POST /adults/:adultId/end'>) {
  const row = await orders(ctx)
    .selectFrom('projects.adult')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.adultId)
    .where('ended_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw adultNotFound()
  if (ctx.actor.organisation === row.provider_id) throw ownVetting()
  const set = { ended_on: ctx.today, ended_why: body.reason, ended_by: ctx.actor.account }
  await orders(ctx)
    .updateTable('projects.adult')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return shown(ctx, { ...row, ...set })
}

const shown = (ctx: Ctx, row: AdultRow) => ({
  id: row.id,
  provider: row.provider_id,
  name: row.name,
  vettedOn: row.vetted_on,
  validUntil: row.valid_until,
  by: row.vetted_name,
  holds: row.ended_on === null && row.valid_until >= ctx.today,
})
