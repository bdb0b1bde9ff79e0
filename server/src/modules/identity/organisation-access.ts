import { type Id, type Refusal } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { contractEnded } from './contract.ts'

/** The days on which people of an organisation come in, as the module organisations publishes them. */
interface PublishedByOrganisations {
  'organisations.v_access': { district: string; organisation_id: Id; from_on: string; until_on: string }
  'organisations.v_organisation': { district: string; id: Id }
}
const published = tablesOf<PublishedByOrganisations>()

/** Whoever acts for an organisation that gives help; officers of a unit need no contract. */
export const worksUnderContract = (grant: { readonly role: string; readonly organisation_id: Id | null }): boolean =>
  grant.organisation_id !== null && (grant.role === 'provider' || grant.role === 'operator')

/**
 * For a grant `g` and a day: whether a contract of its organisation holds, and the last day on which one did. The door asks it with every
 * request, so it is one statement with the rest.
 */
export const accessColumns = (day: string) => `
  (g.organisation_id is null or g.role not in ('provider', 'operator') or exists (
     select from organisations.v_access x where x.district = g.district and x.organisation_id = g.organisation_id
        and x.from_on <= ${day} and x.until_on >= ${day})) as is_open,
  (select max(x.until_on) from organisations.v_access x where x.district = g.district and x.organisation_id = g.organisation_id
      and x.until_on < ${day}) as over_on`

/** Of these organisations those whose people come in today, and the last day of the others where there was one. */
export async function accessOf(ctx: Ctx, organisations: readonly Id[]): Promise<ReadonlyMap<Id, string | undefined>> {
  if (organisations.length === 0) return new Map()
  const rows = await published(ctx)
    .selectFrom('organisations.v_access')
    .select(eb => [
      'organisation_id',
      sql<boolean>`bool_or(${ctx.today} between from_on and until_on)`.as('open'),
      eb.fn.max('until_on').filterWhere('until_on', '<', ctx.today).as('over'),
    ])
    .where('district', '=', ctx.district)
    .where('organisation_id', 'in', organisations)
    .groupBy('organisation_id')
    .execute()
  const open = new Set(rows.filter(row => row.open).map(row => row.organisation_id))
  const over = new Map(rows.map(row => [row.organisation_id, row.over ?? undefined]))
  return new Map(organisations.filter(id => !open.has(id)).map(id => [id, over.get(id)]))
}

export const endedSince = (lastOn: string | null | undefined): Refusal => contractEnded({ lastOn: lastOn ?? '' })

export async function isListed(ctx: Ctx, organisation: Id): Promise<boolean> {
  const row = await published(ctx)
    .selectFrom('organisations.v_organisation')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', '=', organisation)
    .executeTakeFirst()
  return row !== undefined
}
