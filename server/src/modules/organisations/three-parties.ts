import type { InputOf } from '@zhulian/kernel/contract'
import type { Words } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { hiddenTotal } from '../../platform/hide-small.ts'
import { currentPool } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import type { organisationsContract } from './contract.ts'
import { checkServices } from './kept-organisation.ts'
import { reaches } from './read-organisations.ts'

interface Counted {
  readonly key: string
  readonly open: number
  readonly late: number
}
interface Supply {
  readonly organisations: number
  readonly places: number
}
interface Money {
  readonly fen: string
  readonly contracts: number
}

/**
 * Needs, money and supply beside each other: by service in a place, or for one service by township. Needs are those that who asks sees;
 * money of a contract counts in full wherever it reaches, since nobody has shared it out.
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
  const rows = []
  for (const line of lines) {
    const needs = counted.find(one => one.key === line.id) ?? { open: 0, late: 0 }
    const [supply, money] = [await supplyOf(ctx, line), await moneyOf(ctx, line)]
    const open = hiddenTotal(needs.open)
    rows.push({
      id: line.id,
      name: line.name,
      needs: { open, late: open === null ? null : hiddenTotal(needs.late) },
      money: { fen: Number(money.fen), contracts: money.contracts },
      supply,
      gap: needs.open > 0 && supply.places === 0,
    })
  }
  return { rows, on: ctx.today }
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

/** Capacity under contracts that hold today. */
async function supplyOf(ctx: Ctx, { service, place }: Line): Promise<Supply> {
  const { rows } = await sql<Supply>`
    select count(distinct c.organisation_id)::int as organisations, coalesce(sum(c.places), 0)::int as places
      from organisations.capacity c
     where c.district = ${ctx.district} and c.service = ${service} and c.places > 0 and ${reaches(place)}
       and exists (select from organisations.access x where x.district = c.district and x.organisation_id = c.organisation_id
         and ${ctx.today} between x.from_on and x.until_on)`.execute(ctx.transaction)
  return rows[0] ?? { organisations: 0, places: 0 }
}

/** Contracts in force of those who can give the service there. */
async function moneyOf(ctx: Ctx, { service, place }: Line): Promise<Money> {
  const { rows } = await sql<Money>`
    select coalesce(sum(k.amount_fen), 0)::text as fen, count(*)::int as contracts
      from organisations.v_contract k
     where k.district = ${ctx.district} and ${ctx.today} between k.from_on and k.until_on and k.amount_fen > 0
       and (k.services = '{}' or ${service} = any(k.services))
       and exists (select from organisations.capacity c where c.district = k.district and c.organisation_id = k.organisation_id
         and c.service = ${service} and c.places > 0 and ${reaches(place)})`.execute(ctx.transaction)
  return rows[0] ?? { fen: '0', contracts: 0 }
}
