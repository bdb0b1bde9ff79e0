import { addDays, type Day, daysBetween, type Id, isId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import { listPeopleOf } from '../identity/index.ts'
import { currentPool, isExample } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { organisationNotFound, type organisationsContract } from './contract.ts'
import { hubsOf } from './hubs.ts'
import { readOrganisation, sealedContact } from './kept-organisation.ts'
import {
  contractState,
  contractStateWords,
  contractStepsOpen,
  endsSoon,
  lastDayOf,
  neverBegan,
  neverBeganWords,
  stageWays,
  stageWords,
  stepWords,
  warnDays,
} from './organisation.ts'
import { type AccessRow, type CapacityRow, type ContractRow, type OrganisationRow, organisations } from './tables.ts'

type Input<K extends keyof typeof organisationsContract> = InputOf<(typeof organisationsContract)[K]>

/** In the order in which they were put on the list. */
export async function listOrganisations(ctx: Ctx, { query }: Input<'GET /organisations'>) {
  if (query.after !== undefined && !isId(query.after)) throw notUnderstood()
  let found = organisations(ctx)
    .selectFrom('organisations.organisation as o')
    .selectAll()
    .where('district', '=', ctx.district)
  if (query.after !== undefined) found = found.where('id', '>', query.after as Id)
  if (query.kind) found = found.where('kind', '=', query.kind)
  if (query.stage) found = found.where('stage', '=', query.stage)
  if (query.search) found = found.where('name', 'like', `%${query.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
  if (query.service !== undefined || query.division !== undefined)
    found = found.where(
      sql<boolean>`exists (select from organisations.capacity c where c.district = o.district and c.organisation_id = o.id and c.places > 0
        and (${query.service ?? null}::text is null or c.service = ${query.service ?? null})
        and (${query.division ?? null}::text is null or ${reaches(query.division ?? '')}))`,
    )
  if (query.show !== 'all') found = found.where(shows(ctx.today)[query.show])
  const rows = await found
    .orderBy('id')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: await cardsOf(ctx, page), next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

/** Whether a row of capacity (`c`) reaches a place, or something in it. */
export const reaches = (place: string) =>
  sql<boolean>`exists (select from unnest(c.area) a where ${place} like a || '%' or a like ${place} || '%')`

/** What the list can be cut down to, of an organisation `o`. */
const shows = (today: Day) => {
  const access = sql`select from organisations.access x where x.district = o.district and x.organisation_id = o.id`
  const signed = sql`select from organisations.contract x where x.district = o.district and x.organisation_id = o.id and x.signed_at is not null`
  return {
    working: sql<boolean>`exists (${access} and ${today} between x.from_on and x.until_on)`,
    // Those that hold today, and of each day until the warning somebody's contract: a gap is an end, whatever comes after it.
    ending: sql<boolean>`exists (${access} and ${today} between x.from_on and x.until_on)
      and exists (select from generate_series(0, ${warnDays}) as d(n)
        where not exists (${access} and ${today}::date + d.n + 1 between x.from_on and x.until_on))`,
    ended: sql<boolean>`exists (${access}) and not exists (${access} and x.until_on >= ${today})`,
    lapsed: sql<boolean>`exists (select from organisations.qualification q where q.district = o.district and q.organisation_id = o.id
      and q.withdrawn_on is null and q.valid_until < ${today})`,
    proof: sql<boolean>`exists (${signed} and coalesce(x.ended_on, x.until_on) between x.from_on and ${addDays(today, -1)} and x.proof is null)
      and not exists (${access} and x.until_on >= ${today})`,
  }
}

/** How many organisations something waits for. */
export async function countYours(ctx: Ctx) {
  const { ending, lapsed, proof } = shows(ctx.today)
  const row = await organisations(ctx)
    .selectFrom('organisations.organisation as o')
    .select(eb => [
      eb.fn.countAll<string>().filterWhere(ending).as('ending'),
      eb.fn.countAll<string>().filterWhere(proof).as('proofs'),
      eb.fn.countAll<string>().filterWhere(lapsed).as('lapsed'),
      sql<string>`(select count(*) from organisations.contract c where c.district = ${ctx.district}
        and c.signed_at is null and c.discarded_at is null and c.until_on >= ${ctx.today} and c.written_by <> ${ctx.actor.account})`.as(
        'unsigned',
      ),
    ])
    .where('district', '=', ctx.district)
    .executeTakeFirstOrThrow()
  const signs = ctx.actor.role === 'districtOfficer'
  return {
    ending: Number(row.ending),
    proofs: Number(row.proofs),
    lapsed: Number(row.lapsed),
    unsigned: signs ? Number(row.unsigned) : 0,
  }
}

export async function getMyOrganisation(ctx: Ctx) {
  if (ctx.actor.organisation === undefined) throw organisationNotFound()
  return getOrganisation(ctx, { params: { organisationId: ctx.actor.organisation } })
}

const readsContracts = (ctx: Ctx, id: Id) =>
  ['townshipClerk', 'districtOfficer', 'operator', 'auditor'].includes(ctx.actor.role) || ctx.actor.organisation === id

/** @throws organisationNotFound */
export async function getOrganisation(
  ctx: Ctx,
  { params }: Pick<Input<'GET /organisations/:organisationId'>, 'params'>,
) {
  const row = await readOrganisation(ctx, params.organisationId)
  const of = { district: ctx.district, organisation_id: row.id }
  const [card] = await cardsOf(ctx, [row])
  const contracts = await organisations(ctx)
    .selectFrom('organisations.contract')
    .selectAll()
    .where(eb => eb.and(of))
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  const papers = await organisations(ctx)
    .selectFrom('organisations.qualification')
    .selectAll()
    .where(eb => eb.and(of))
    .where('withdrawn_on', 'is', null)
    .orderBy('id')
    .limit(200)
    .execute()
  const steps = await organisations(ctx)
    .selectFrom('organisations.step')
    .selectAll()
    .where(eb => eb.and(of))
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  const people = await listPeopleOf(ctx, row.id)
  const mayChange =
    (ctx.actor.role === 'districtOfficer' || ctx.actor.role === 'operator') && ctx.actor.organisation !== row.id
  return {
    ...(card as NonNullable<typeof card>),
    creditCode: row.credit_code,
    contact: row.sealed_contact ? readSealed(ctx, sealedContact, row.id, row.sealed_contact) : null,
    qualifications: papers.map(paper => ({
      id: paper.id,
      kind: paper.kind,
      number: paper.number,
      issuer: paper.issuer,
      validUntil: paper.valid_until,
      lapsed: paper.valid_until !== null && paper.valid_until < ctx.today,
      checked: { by: paper.checked_name, on: paper.checked_on },
    })),
    contracts: readsContracts(ctx, row.id) ? await contractsShown(ctx, contracts) : null,
    people: people.map(({ name, role }) => ({ name, role })),
    stageWays: mayChange ? stageWays[row.stage].map(stage => ({ stage, words: stageWords[stage] })) : [],
    steps: steps.map(step => ({
      at: step.at.toISOString(),
      step: step.step,
      words: stepWords[step.step],
      stage: step.to_stage ? stageWords[step.to_stage] : null,
      note: step.note,
      by: step.by_name,
    })),
    mayChange,
  }
}

async function contractsShown(ctx: Ctx, rows: readonly ContractRow[]) {
  const pool = await currentPool(ctx)
  const renewed = new Set(rows.flatMap(row => (row.renews_id && !row.discarded_at ? [row.renews_id] : [])))
  const writes = ctx.actor.role === 'districtOfficer'
  return rows.map(row => {
    const state = contractState(row, ctx.today)
    const hub = hubsOf(ctx).find(one => one.id === row.hub)
    return {
      id: row.id,
      kind: row.kind,
      number: row.number,
      subject: row.subject,
      services: row.services.flatMap(id => serviceOf(pool, id)),
      hub: hub ? { id: hub.id, name: hub.name } : null,
      amountFen: Number(row.amount_fen),
      example: row.provenance !== null && isExample(row.provenance.split(/[\s,]+/)),
      provenance: row.provenance,
      fromOn: row.from_on,
      untilOn: row.until_on,
      lastOn: lastDayOf(row),
      state,
      stateWords: neverBegan(row) ? neverBeganWords : contractStateWords[state],
      daysLeft: daysBetween(ctx.today, lastDayOf(row)),
      endsSoon: endsSoon(row, ctx.today) && !renewed.has(row.id),
      renews: row.renews_id,
      mayRenew: writes && (state === 'inForce' || state === 'ended') && !renewed.has(row.id),
      written: { by: row.written_name, at: row.written_at.toISOString() },
      signed: row.signed_at ? { by: row.signed_name ?? '', at: row.signed_at.toISOString() } : null,
      ended: row.ended_on ? { by: row.ended_name ?? '', reason: row.end_reason ?? '' } : null,
      proofAskedOn: row.proof_asked_on,
      proof:
        row.proof && row.proof_on
          ? { kind: row.proof, note: row.proof_note, by: row.proof_name ?? '', on: row.proof_on }
          : null,
      next: writes
        ? contractStepsOpen(row, ctx.today, ctx.actor.account).map(({ step, words, asks }) => ({
            step,
            words,
            asks: [...asks],
          }))
        : [],
      version: row.version,
    }
  })
}

export const serviceOf = (pool: Awaited<ReturnType<typeof currentPool>>, id: string) => {
  const service = pool.service(id)
  return service ? [{ id: service.id, name: service.name }] : []
}

/** As they stand in a list: three questions for all. */
async function cardsOf(ctx: Ctx, rows: readonly OrganisationRow[]) {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const [pool, places] = [await currentPool(ctx), await placesOf(ctx)]
  const named = (code: string) => ({ code, name: code === ctx.district ? '全区' : (places.get(code)?.name ?? '') })
  const capacity = await organisations(ctx)
    .selectFrom('organisations.capacity')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('organisation_id', 'in', ids)
    .where('places', '>', 0)
    .orderBy('service')
    .execute()
  const access = await organisations(ctx)
    .selectFrom('organisations.access')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('organisation_id', 'in', ids)
    .execute()
  const { rows: lapsed } = await sql<{ organisation_id: Id; n: number }>`
    select organisation_id, count(*)::int as n from organisations.qualification
     where district = ${ctx.district} and organisation_id = any(${ids}::uuid[]) and withdrawn_on is null and valid_until < ${ctx.today}
     group by 1`.execute(ctx.transaction)
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    seat: named(row.seat),
    purpose: row.purpose,
    stage: row.stage,
    shown: row.shown,
    capacity: capacity
      .filter(one => one.organisation_id === row.id)
      .flatMap(one => serviceOf(pool, one.service).map(service => capacityShown(one, service, named))),
    ...standingOf(
      access.filter(one => one.organisation_id === row.id),
      ctx.today,
    ),
    lapsed: lapsed.find(one => one.organisation_id === row.id)?.n ?? 0,
    version: row.version,
  }))
}

const capacityShown = <S, P>(row: CapacityRow, service: S, named: (code: string) => P) => ({
  service,
  places: row.places,
  area: row.area.map(named),
  version: row.version,
})

/** Until when people of an organisation come in, from the days of its contracts; those that follow one another count as one. */
export function standingOf(access: readonly Pick<AccessRow, 'from_on' | 'until_on'>[], today: Day) {
  let until: Day | null = null
  for (const { from_on, until_on } of access.toSorted((a, b) => (a.from_on < b.from_on ? -1 : 1))) {
    const follows = until === null ? from_on <= today && until_on >= today : from_on <= addDays(until, 1)
    if (follows && (until === null || until_on > until)) until = until_on
  }
  const over = access.map(one => one.until_on).filter(on => on < today)
  return {
    accessUntil: until,
    endsSoon: until !== null && until <= addDays(today, warnDays),
    endedOn: until === null ? (over.toSorted().at(-1) ?? null) : null,
  }
}
