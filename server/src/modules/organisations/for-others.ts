import { type Day, type DivisionCode, type Id, type Words } from '@zhulian/kernel'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, organisationOfUnit } from '../pools/index.ts'
import { reaches } from './read-organisations.ts'
import { type OrganisationKind, organisations, type Stage } from './tables.ts'

export interface KnownOrganisation {
  readonly id: Id
  readonly name: Words
  /** `unit`: one of the units of the pool, which need no contract. */
  readonly kind: OrganisationKind | 'unit'
  readonly stage: Stage
}

/** An organisation, or a unit of the pool, whoever asks; undefined where there is none. */
export async function organisationOf(ctx: Ctx, id: Id): Promise<KnownOrganisation | undefined> {
  const row = await asMachine(ctx, machine =>
    organisations(machine)
      .selectFrom('organisations.organisation')
      .select(['id', 'name', 'kind', 'stage'])
      .where('district', '=', machine.district)
      .where('id', '=', id)
      .executeTakeFirst(),
  )
  if (row) return { ...row, name: { zh: row.name, en: row.name } }
  const unit = (await currentPool(ctx)).documents.units.find(one => organisationOfUnit(one.id) === id)
  return unit && { id, name: unit.name, kind: 'unit', stage: 'mature' }
}

/** Whether people of an organisation may work for the district on a day: under a contract that holds, or for a unit of the pool. */
export async function hasAccess(ctx: Ctx, organisation: Id, on: Day = ctx.today): Promise<boolean> {
  const row = await organisations(ctx)
    .selectFrom('organisations.access')
    .select('contract_id')
    .where('district', '=', ctx.district)
    .where('organisation_id', '=', organisation)
    .where('from_on', '<=', on)
    .where('until_on', '>=', on)
    .limit(1)
    .executeTakeFirst()
  if (row) return true
  return (await currentPool(ctx)).documents.units.some(one => organisationOfUnit(one.id) === organisation)
}

export interface AbleOrganisation {
  readonly id: Id
  readonly name: string
  readonly kind: OrganisationKind
  readonly service: string
  /** At the same time, whoever has them now. */
  readonly places: number
  /** Townships and villages; the district's six digits stand for all. */
  readonly area: readonly string[]
  /** The last day of its contract. */
  readonly untilOn: Day
  /** Papers whose day is over: a person decides. */
  readonly lapsed: number
}

/**
 * Who can give a service in a place today: on the list and not left, with places, under a contract that holds and names the service or
 * none. The most places first, whoever asks.
 */
export async function organisationsFor(
  ctx: Ctx,
  { service, division }: { readonly service: string; readonly division: DivisionCode },
): Promise<readonly AbleOrganisation[]> {
  return asMachine(ctx, async machine => {
    const { rows } = await sql<AbleOrganisation>`
      select o.id, o.name, o.kind, c.service, c.places, c.area, held.until_on as "untilOn",
             (select count(*)::int from organisations.qualification q where q.district = o.district and q.organisation_id = o.id
                and q.withdrawn_on is null and q.valid_until < ${machine.today}) as lapsed
        from organisations.capacity c
        join organisations.organisation o on o.district = c.district and o.id = c.organisation_id
        join lateral (
          select max(coalesce(k.ended_on, k.until_on)) as until_on from organisations.contract k
           where k.district = o.district and k.organisation_id = o.id and k.signed_at is not null
             and k.from_on <= ${machine.today} and coalesce(k.ended_on, k.until_on) >= ${machine.today}
             and (k.services = '{}' or c.service = any(k.services))) held on held.until_on is not null
       where c.district = ${machine.district} and c.service = ${service} and c.places > 0 and o.stage <> 'left'
         and ${reaches(division)}
       order by c.places desc, o.id
       limit 200`.execute(machine.transaction)
    return rows
  })
}
