import type { InputOf } from '@zhulian/kernel/contract'
import type { Words } from '@zhulian/kernel'
import { type RawBuilder, sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { hideSmall } from '../../platform/hide-small.ts'
import { currentPool } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import type { organisationsContract } from './contract.ts'
import { checkServices } from './kept-organisation.ts'

interface Counted {
  readonly key: string
  readonly open: number
  readonly late: number
}
/** Of one line: contracts in force, running projects, and what both have places for. */
interface Means {
  readonly fen: string
  readonly contracts: number
  readonly organisations: number
  readonly places: number
  readonly projectFen: string
  readonly spentFen: string
  readonly projects: number
  readonly free: number
}

/**
 * Needs, money and supply beside each other: by service in a place, or for one service by township. Needs are those that who asks sees;
 * money of a contract or a
 * project counts in full wherever it reaches, since nobody has shared it out.
 */
export async function readThreeParties(
  ctx: Ctx,
  { query }: InputOf<(typeof organisationsContract)['GET /three-parties']>,
) {
  const [service] = query.service === undefined ? [] : await checkServices(ctx, [query.service])
  const place = query.division ?? ctx.actor.scope ?? ctx.district
  const lines =
    service === undefined
      ? (await currentPool(ctx)).documents.services.map(s => ({ id: s.id, name: s.name, service: s.id, place }))
      : (await townshipsIn(ctx, place)).map(({ code, name }) => ({ id: code, name, service, place: code }))
  const counted = await countNeeds(ctx, place, service)
  const means = await meansOf(ctx, lines)
  const needsOf = lines.map(line => counted.find(one => one.key === line.id) ?? { open: 0, late: 0 })
  const shown = shownOf(needsOf)
  const rows = lines.map((line, i) => {
    const { fen, contracts, projectFen, spentFen, projects, ...supply } = means[i] as Means
    return {
      id: line.id,
      name: line.name,
      needs: shown[i] as (typeof shown)[number],
      money: { fen: Number(fen), contracts, projectFen: Number(projectFen), spentFen: Number(spentFen), projects },
      supply: { ...supply, projects },
      gap: (needsOf[i]?.open ?? 0) > 0 && supply.places === 0 && supply.free === 0,
    }
  })
  return { rows, on: ctx.today }
}

/**
 * Small numbers hidden, and as many beside them as it takes: the lines of a service add up to its own line, and those late and those in
 * time to those open.
 */
export function shownOf(
  needs: readonly Pick<Counted, 'open' | 'late'>[],
): { open: number | null; late: number | null }[] {
  const open = hideSmall(needs.map(one => one.open))
  const apart = needs.flatMap((one, i) =>
    open[i] === null || hideSmall([one.late, one.open - one.late]).includes(null) ? [i] : [],
  )
  const late = hideSmall(
    needs.map(one => one.late),
    apart,
  )
  return needs.map((_, i) => ({ open: open[i] ?? null, late: late[i] ?? null }))
}

async function townshipsIn(ctx: Ctx, place: string): Promise<{ code: string; name: Words }[]> {
  const places = await placesOf(ctx)
  return [...places]
    .filter(([code]) => code.length === 9 && (code.startsWith(place) || place.startsWith(code)))
    .map(([code, { name }]) => ({ code, name: { zh: name, en: name } }))
}

async function countNeeds(ctx: Ctx, place: string, service: string | undefined): Promise<readonly Counted[]> {
  const key = service === undefined ? sql`item` : sql`left(division, 9)`
  const { rows } = await sql<Counted>`
    select ${key} as key, count(*)::int as open, count(*) filter (where due_on < ${ctx.today})::int as late
      from wishes.v_need
     where district = ${ctx.district} and closed_at is null and item is not null
       and division >= ${place} and division < ${`${place}:`}
       and (${service ?? null}::text is null or item = ${service ?? null})
     group by 1`.execute(ctx.transaction)
  return rows
}

interface Line {
  readonly service: string
  readonly place: string
}

/**
 * What there is for each line, in one question. Of a project the places that nobody has yet; those of organisations as they were noted.
 * Needs that are handled with care are in no published view, so a place one of them has counts as free.
 */
async function meansOf(ctx: Ctx, lines: readonly Line[]): Promise<readonly Means[]> {
  return asMachine(ctx, async machine => {
    const { rows } = await sql<Means>`
      select coalesce(k.fen, 0)::text as fen, coalesce(k.n, 0)::int as contracts, c.organisations, c.places,
             p.fen::text as "projectFen", p.spent::text as "spentFen", p.n as projects, p.free
        from unnest(${lines.map(l => l.service)}::text[], ${lines.map(l => l.place)}::text[]) with ordinality as l(service, place, turn)
        cross join lateral (
          select count(distinct c.organisation_id)::int as organisations, coalesce(sum(c.places), 0)::int as places,
                 array_agg(distinct c.organisation_id) as ids
            from organisations.capacity c
            join organisations.organisation o on o.district = c.district and o.id = c.organisation_id and o.stage <> 'left'
           where c.district = ${machine.district} and c.service = l.service and c.places > 0 and ${reaching(sql`c.area`)}
             and exists (select from organisations.v_contract k where k.district = c.district and k.organisation_id = c.organisation_id
               and ${machine.today} between k.from_on and k.until_on and (k.services = '{}' or l.service = any(k.services)))) c
        cross join lateral (
          select sum(k.amount_fen) as fen, count(*) as n from organisations.v_contract k
           where k.district = ${machine.district} and ${machine.today} between k.from_on and k.until_on and k.amount_fen > 0
             and k.organisation_id = any(c.ids) and (k.services = '{}' or l.service = any(k.services))) k
        cross join lateral (
          select coalesce(sum(p.budget_fen), 0) as fen, count(*)::int as n,
                 coalesce(sum((select sum(s.amount_fen) from projects.v_spending s
                   where s.district = p.district and s.project_id = p.id)), 0) as spent,
                 coalesce(sum(greatest(0, p.places - (select count(*) from projects.v_enrolment e
                   where e.district = p.district and e.project_id = p.id and e.state = 'placed'))), 0)::int as free
            from projects.v_project p
           where p.district = ${machine.district} and p.state = 'running' and p.until_on >= ${machine.today}
             and l.service = any(p.services) and ${reaching(sql`p.area`)}) p
       order by l.turn`.execute(machine.transaction)
    return rows
  })
}

/** Whether an area reaches the place of a line, or something in it. */
const reaching = (area: RawBuilder<unknown>) =>
  sql`exists (select from unnest(${area}) a where l.place like a || '%' or a like l.place || '%')`
