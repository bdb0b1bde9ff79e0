import { type Id, newId } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import { placesOf } from '../registry/index.ts'
import { notYourOwn, organisationChanged, organisationNotFound, unknownPlace, unknownService } from './contract.ts'
import { type OrganisationRow, organisations, type StepRow } from './tables.ts'

export const sealedContact = 'organisations.organisation.contact'

/** @throws organisationNotFound */
export async function readOrganisation(ctx: Ctx, id: Id, lock = false): Promise<OrganisationRow> {
  const found = organisations(ctx)
    .selectFrom('organisations.organisation')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw organisationNotFound()
  return row
}

/** Nobody says of the organisation they work for how good it is. @throws notYourOwn, organisationNotFound */
export async function lockForeign(ctx: Ctx, id: Id): Promise<OrganisationRow> {
  if (ctx.actor.organisation === id) throw notYourOwn()
  return readOrganisation(ctx, id, true)
}

/** @throws organisationChanged */
export function expectVersion(expected: number | undefined, version: number): void {
  if (expected !== undefined && expected !== version) throw organisationChanged({ version })
}

/** Writes what became of an organisation; only ever added to. */
export async function writeStep(
  ctx: Ctx,
  organisation: Id,
  step: StepRow['step'],
  more: Partial<Pick<StepRow, 'contract_id' | 'from_stage' | 'to_stage' | 'note'>> = {},
): Promise<void> {
  await organisations(ctx)
    .insertInto('organisations.step')
    .values({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      organisation_id: organisation,
      contract_id: null,
      step,
      from_stage: null,
      to_stage: null,
      note: null,
      at: ctx.now,
      on_day: ctx.today,
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      ...more,
    })
    .execute()
}

/** @throws unknownService */
export async function checkServices(ctx: Ctx, services: readonly string[]): Promise<string[]> {
  const pool = await currentPool(ctx)
  for (const service of services) if (!pool.service(service)) throw unknownService({ service })
  return [...new Set(services)]
}

/** Townships and villages, or the district for all; what lies in another of them is left out. @throws unknownPlace */
export async function checkArea(ctx: Ctx, area: readonly string[]): Promise<string[]> {
  const places = await placesOf(ctx)
  for (const place of area) if (place !== ctx.district && !places.has(place)) throw unknownPlace({ place })
  const all = [...new Set(area)]
  return all.filter(place => !all.some(other => other !== place && place.startsWith(other))).toSorted()
}
