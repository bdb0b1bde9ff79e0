import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import {
  alreadyListed,
  noSuchWay,
  organisationChanged,
  organisationNotFound,
  type organisationsContract,
} from './contract.ts'
import { checkArea, checkServices, expectVersion, lockForeign, sealedContact, writeStep } from './kept-organisation.ts'
import { stageWays } from './organisation.ts'
import { getOrganisation } from './read-organisations.ts'
import { organisations } from './tables.ts'

type Input<K extends keyof typeof organisationsContract> = InputOf<(typeof organisationsContract)[K]>

export async function addOrganisation(ctx: Ctx, { body }: Input<'POST /organisations'>) {
  const id = newId(ctx.now.getTime())
  await enrolOrganisation(ctx, id, body)
  return { id }
}

/** @throws alreadyListed, unknownPlace */
export async function enrolOrganisation(ctx: Ctx, id: Id, body: Input<'POST /organisations'>['body']): Promise<void> {
  const [seat = ctx.district] = await checkArea(ctx, [body.seat])
  const added = await organisations(ctx)
    .insertInto('organisations.organisation')
    .values({
      district: ctx.district,
      id,
      kind: body.kind,
      stage: body.stage,
      ...columnsOf(ctx, id, body),
      seat,
      version: 1,
      added_on: ctx.today,
      added_at: ctx.now,
      added_by: ctx.actor.account,
      added_name: ctx.actor.name,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (!added.numInsertedOrUpdatedRows) throw alreadyListed({ name: body.name })
  await writeStep(ctx, id, 'add', { to_stage: body.stage })
}

export async function changeOrganisation(ctx: Ctx, { params, body }: Input<'PUT /organisations/:organisationId'>) {
  const row = await lockForeign(ctx, params.organisationId)
  expectVersion(body.expectedVersion, row.version)
  const [seat = ctx.district] = await checkArea(ctx, [body.seat])
  const other = await organisations(ctx)
    .selectFrom('organisations.organisation')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', '<>', row.id)
    .where(eb => eb.or([eb('name', '=', body.name), eb('credit_code', '=', body.creditCode ?? '')]))
    .executeTakeFirst()
  if (other) throw alreadyListed({ name: body.name })
  await organisations(ctx)
    .updateTable('organisations.organisation')
    .set({ ...columnsOf(ctx, row.id, body), seat, version: row.version + 1 })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return getOrganisation(ctx, { params })
}

export async function moveStage(ctx: Ctx, { params, body }: Input<'POST /organisations/:organisationId/stage'>) {
  const row = await lockForeign(ctx, params.organisationId)
  if (!stageWays[row.stage].includes(body.stage)) throw noSuchWay()
  await organisations(ctx)
    .updateTable('organisations.organisation')
    .set({ stage: body.stage, version: row.version + 1 })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await writeStep(ctx, row.id, 'stage', { from_stage: row.stage, to_stage: body.stage, note: body.reason })
  return getOrganisation(ctx, { params })
}

export async function noteQualification(
  ctx: Ctx,
  { params, body }: Input<'POST /organisations/:organisationId/qualifications'>,
) {
  const row = await lockForeign(ctx, params.organisationId)
  await organisations(ctx)
    .insertInto('organisations.qualification')
    .values({
      district: ctx.district,
      id: newId(ctx.now.getTime()),
      organisation_id: row.id,
      kind: body.kind,
      number: body.number,
      issuer: body.issuer ?? null,
      valid_until: body.validUntil ?? null,
      checked_on: ctx.today,
      checked_at: ctx.now,
      checked_by: ctx.actor.account,
      checked_name: ctx.actor.name,
      withdrawn_on: null,
      withdrawn_by: null,
      withdrawn_name: null,
    })
    .execute()
  return getOrganisation(ctx, { params })
}

export async function withdrawQualification(
  ctx: Ctx,
  { params }: Input<'DELETE /organisations/:organisationId/qualifications/:qualificationId'>,
) {
  const row = await lockForeign(ctx, params.organisationId)
  const gone = await organisations(ctx)
    .updateTable('organisations.qualification')
    .set({ withdrawn_on: ctx.today, withdrawn_by: ctx.actor.account, withdrawn_name: ctx.actor.name })
    .where('district', '=', ctx.district)
    .where('organisation_id', '=', row.id)
    .where('id', '=', params.qualificationId)
    .where('withdrawn_on', 'is', null)
    .executeTakeFirst()
  if (!gone.numUpdatedRows) throw organisationNotFound()
  return getOrganisation(ctx, { params })
}

export async function setCapacity(ctx: Ctx, { params, body }: Input<'PUT /organisations/:organisationId/capacity'>) {
  const row = await lockForeign(ctx, params.organisationId)
  const [service = ''] = await checkServices(ctx, [body.service])
  const area = await checkArea(ctx, body.area)
  const before = await organisations(ctx)
    .selectFrom('organisations.capacity')
    .select('version')
    .where('district', '=', ctx.district)
    .where('organisation_id', '=', row.id)
    .where('service', '=', service)
    .executeTakeFirst()
  if (before && body.expectedVersion !== before.version) throw organisationChanged({ version: before.version })
  const set = {
    places: body.places,
    area,
    set_at: ctx.now,
    set_by: ctx.actor.account,
    set_name: ctx.actor.name,
  }
  await organisations(ctx)
    .insertInto('organisations.capacity')
    .values({ district: ctx.district, organisation_id: row.id, service, version: 1, ...set })
    .onConflict(conflict =>
      conflict
        .columns(['district', 'organisation_id', 'service'])
        .doUpdateSet({ ...set, version: sql<number>`capacity.version + 1` }),
    )
    .execute()
  return getOrganisation(ctx, { params })
}

type Said = Omit<Input<'PUT /organisations/:organisationId'>['body'], 'expectedVersion' | 'seat'>

const columnsOf = (ctx: Ctx, id: Id, body: Said) => ({
  name: body.name,
  credit_code: body.creditCode ?? null,
  purpose: body.purpose,
  shown: body.shown,
  sealed_contact: body.contact === undefined ? null : ctx.crypto.seal(sealedContact, id, body.contact),
})
