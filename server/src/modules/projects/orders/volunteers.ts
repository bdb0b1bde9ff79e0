import { type Id, newId } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { vetAdult } from './adults.ts'
import { providerUnknown } from './contract.ts'
import { orders } from './kept-order.ts'
import { namesOfProviders, providerToday } from './provider.ts'
import { ownVetting } from './records-contract.ts'
import type { VolunteerRow } from './tables.ts'
import { alreadyVetted, volunteerNotFound, type volunteersContract } from './volunteers-contract.ts'

type Input<K extends keyof typeof volunteersContract> = InputOf<(typeof volunteersContract)[K]>
type Shown = AnswerOf<(typeof volunteersContract)['POST /volunteers']>

export async function listVolunteers(ctx: Ctx, { query }: Input<'GET /volunteers'>) {
  let found = orders(ctx)
    .selectFrom('projects.volunteer')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('gone_on', 'is', null)
  if (query.provider !== undefined) found = found.where('provider_id', '=', query.provider)
  if (query.after !== undefined) found = found.where('id', '<', query.after)
  const rows = await found
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: await shown(ctx, page), next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null }
}

/** What somebody says of themselves is written down as they say it, and compared with nothing. */
export async function offerHelp(ctx: Ctx, { body }: Input<'POST /volunteers'>) {
  if (!ctx.actor.organisation) throw providerUnknown()
  const provider = await providerToday(ctx, ctx.actor.organisation)
  const row: VolunteerRow = {
    district: ctx.district,
    id: newId(ctx.now.getTime()),
    provider_id: provider.id,
    name: body.name,
    calling: body.calling,
    helped: body.helped ?? null,
    agreed_on: ctx.today,
    offered_by: ctx.actor.account,
    offered_name: ctx.actor.name,
    offered_at: ctx.now,
    gone_on: null,
    gone_why: null,
    gone_by: null,
  }
  await orders(ctx).insertInto('projects.volunteer').values(row).execute()
  return await one(ctx, row)
}

/** @throws volunteerNotFound, ownVetting, alreadyVetted, orderDaysWrong */
export async function vetVolunteer(ctx: Ctx, { params, body, ...edges }: Input<'POST /volunteers/:volunteerId/vet'>) {
  const row = await readVolunteer(ctx, params.volunteerId)
  if (ctx.actor.organisation === row.provider_id) throw ownVetting()
  const [before] = await shown(ctx, [row])
  if (before?.state === 'vetted') throw alreadyVetted()
  await endVettingsOf(ctx, row, '重新审查 Vetted anew')
  const { id } = await vetAdult(ctx, {
    ...edges,
    params: {},
    body: { provider: row.provider_id, name: row.name, ...body },
  })
  await orders(ctx)
    .updateTable('projects.adult')
    .set({ volunteer_id: row.id })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .execute()
  return await one(ctx, row)
}

export async function leaveHelp(ctx: Ctx, { params, body }: Input<'POST /volunteers/:volunteerId/leave'>) {
  const row = await readVolunteer(ctx, params.volunteerId)
  const set = { helped: null, gone_on: ctx.today, gone_why: body.reason, gone_by: ctx.actor.account }
  await endVettingsOf(ctx, row, body.reason)
  await orders(ctx)
    .updateTable('projects.volunteer')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return await one(ctx, { ...row, ...set })
}

const endVettingsOf = async (ctx: Ctx, row: VolunteerRow, reason: string): Promise<void> => {
  await orders(ctx)
    .updateTable('projects.adult')
    .set({ ended_on: ctx.today, ended_why: reason, ended_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('volunteer_id', '=', row.id)
    .where('ended_on', 'is', null)
    .execute()
}

/** Held, so that one is vetted once. @throws volunteerNotFound */
async function readVolunteer(ctx: Ctx, id: Id): Promise<VolunteerRow> {
  const row = await orders(ctx)
    .selectFrom('projects.volunteer')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('gone_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw volunteerNotFound()
  return row
}

const one = async (ctx: Ctx, row: VolunteerRow): Promise<Shown> => (await shown(ctx, [row]))[0] as Shown

async function shown(ctx: Ctx, rows: readonly VolunteerRow[]): Promise<Shown[]> {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const vettings = await orders(ctx)
    .selectFrom('projects.adult')
    .select(['id', 'volunteer_id', 'valid_until', 'ended_on'])
    .where('district', '=', ctx.district)
    .where('volunteer_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  const hours = await hoursOf(
    ctx,
    vettings.map(vetting => vetting.id),
  )
  const nameOf = await namesOfProviders(
    ctx,
    rows.map(row => row.provider_id),
  )
  return rows.map(row => {
    const own = vettings.filter(vetting => vetting.volunteer_id === row.id)
    const now = own.find(vetting => vetting.ended_on === null)
    return {
      id: row.id,
      provider: { id: row.provider_id, name: nameOf(row.provider_id) },
      name: row.name,
      calling: row.calling,
      helped: row.helped,
      agreedOn: row.agreed_on,
      by: row.offered_name,
      state: now ? (now.valid_until >= ctx.today ? ('vetted' as const) : ('over' as const)) : ('offered' as const),
      validUntil: now?.valid_until ?? null,
      hours: own.reduce((sum, vetting) => sum + (hours.get(vetting.id) ?? 0), 0),
    }
  })
}

/** Of a time with one child and of a day of a class alike: for how long somebody was there, however many children were. */
async function hoursOf(ctx: Ctx, adults: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  if (adults.length === 0) return new Map()
  const { rows } = await sql<{ adult: Id; hours: number }>`
    select adult, sum(hours)::int as hours
      from (select unnest(adults) as adult, units as hours from projects.order_visit
             where district = ${ctx.district} and adults && ${adults}::uuid[] and not flagged
            union all
            select unnest(adults), hours from projects.class_day
             where district = ${ctx.district} and adults && ${adults}::uuid[]) there
     where adult = any(${adults}::uuid[]) group by adult`.execute(ctx.transaction)
  return new Map(rows.map(row => [row.adult, row.hours]))
}
