import { sql } from 'kysely'
import { asMachine } from '../../../platform/act-as.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { PublicOrganisation } from './directory.ts'

const legal = { socialOrganisation: 'social organisation', firm: 'company', publicBody: 'public body' } as const

interface Row {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly kind: keyof typeof legal
  readonly service: string | null
  readonly area: readonly string[] | null
  readonly since: Date | null
}

/** Those that anybody may read of and that work under a contract today, with what they can give under it. */
export async function publicOrganisations(ctx: Ctx): Promise<readonly PublicOrganisation[]> {
  const rows = await asMachine(ctx, async machine => {
    const { rows: found } = await sql<Row>`
      select o.id, o.name, o.purpose, o.kind, c.service, c.area, greatest(c.set_at, held.from_on::timestamptz) as since
      from organisations.v_organisation o
      join lateral (
        select max(k.from_on) as from_on, bool_or(k.services = '{}') as all_services, array_agg(s.service) as services
        from organisations.v_contract k left join lateral unnest(k.services) as s(service) on true
        where k.district = o.district and k.organisation_id = o.id
          and k.from_on <= ${machine.today} and k.until_on >= ${machine.today}) held on held.from_on is not null
      left join organisations.v_capacity c on c.district = o.district and c.organisation_id = o.id and c.places > 0
        and (held.all_services or c.service = any(held.services))
      where o.district = ${machine.district} and o.shown and o.stage <> 'left'
      order by o.id, c.service limit 5000`.execute(machine.transaction)
    return found
  })
  return [...Map.groupBy(rows, row => row.id)].map(([id, own]) => {
    const { name, purpose, kind } = own[0] as Row
    return {
      id,
      name,
      purpose,
      legalStatus: legal[kind],
      gives: own.flatMap(({ service, area, since }) => (service && area && since ? [{ service, area, since }] : [])),
    }
  })
}
