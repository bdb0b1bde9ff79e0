import { addDays, addMonths, type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { sessionEnded } from '../../platform/live.ts'
import { listPeopleOf } from '../identity/index.ts'
import {
  contractNotFound,
  contractStepNotOpen,
  datesNotFitting,
  lastDayNotFitting,
  notYourOwn,
  type organisationsContract,
  proofMissing,
  reasonMissing,
  renewedAlready,
  unknownHub,
} from './contract.ts'
import { hubsOf } from './hubs.ts'
import { checkServices, expectVersion, lockForeign, writeStep } from './kept-organisation.ts'
import { contractStepsOpen, lastDayOf, neverBegan } from './organisation.ts'
import { getOrganisation } from './read-organisations.ts'
import { type ContractRow, organisations } from './tables.ts'

type Input<K extends keyof typeof organisationsContract> = InputOf<(typeof organisationsContract)[K]>

const mostMonths = 120

/** Opens nothing until somebody else signs it off. */
export async function writeContract(
  ctx: Ctx,
  { params, body }: Input<'POST /organisations/:organisationId/contracts'>,
) {
  const organisation = await lockForeign(ctx, params.organisationId)
  if (body.untilOn < body.fromOn || body.untilOn < ctx.today || body.untilOn > addMonths(body.fromOn, mostMonths))
    throw datesNotFitting()
  if (body.hub !== undefined && !hubsOf(ctx).some(hub => hub.id === body.hub)) throw unknownHub({ hub: body.hub })
  if (body.renews !== undefined) await checkRenewal(ctx, organisation.id, body.renews)
  const id = newId(ctx.now.getTime())
  await organisations(ctx)
    .insertInto('organisations.contract')
    .values({
      ...nothingYet,
      district: ctx.district,
      id,
      organisation_id: organisation.id,
      kind: body.kind,
      number: body.number ?? null,
      subject: body.subject,
      services: await checkServices(ctx, body.services),
      hub: body.hub ?? null,
      amount_fen: body.amountFen,
      provenance: body.provenance ?? null,
      from_on: body.fromOn,
      until_on: body.untilOn,
      renews_id: body.renews ?? null,
      version: 1,
      written_at: ctx.now,
      written_by: ctx.actor.account,
      written_name: ctx.actor.name,
    })
    .execute()
  await writeStep(ctx, organisation.id, 'write', { contract_id: id, note: body.subject })
  return getOrganisation(ctx, { params })
}

export async function takeContractStep(ctx: Ctx, { params, body }: Input<'POST /contracts/:contractId/steps'>) {
  const row = await organisations(ctx)
    .selectFrom('organisations.contract')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.contractId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw contractNotFound()
  if (ctx.actor.organisation === row.organisation_id) throw notYourOwn()
  expectVersion(body.expectedVersion, row.version)
  const way = contractStepsOpen(row, ctx.today, ctx.actor.account).find(w => w.step === body.step)
  if (!way) throw contractStepNotOpen()
  if (way.asks.includes('reason') && !body.reason) throw reasonMissing()
  const set = take[body.step](ctx, row, body)
  await organisations(ctx)
    .updateTable('organisations.contract')
    .set({ ...set, version: row.version + 1 })
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  await access[body.step]?.(ctx, { ...row, ...set })
  await writeStep(ctx, row.organisation_id, body.step, { contract_id: row.id, note: body.reason ?? null })
  return getOrganisation(ctx, { params: { organisationId: row.organisation_id } })
}

type Body = Input<'POST /contracts/:contractId/steps'>['body']
type Take = (ctx: Ctx, row: ContractRow, body: Body) => Partial<ContractRow>

const take: Readonly<Record<Body['step'], Take>> = {
  sign: ctx => ({ signed_at: ctx.now, signed_by: ctx.actor.account, signed_name: ctx.actor.name }),
  discard: ctx => ({ discarded_at: ctx.now, discarded_by: ctx.actor.account }),
  end(ctx, row, { lastOn, reason }) {
    if (lastOn === undefined || lastOn < addDays(ctx.today, -1) || lastOn > lastDayOf(row)) throw lastDayNotFitting()
    return {
      // What ends before its first day never begins.
      ended_on: lastOn < row.from_on ? addDays(row.from_on, -1) : lastOn,
      ended_at: ctx.now,
      ended_by: ctx.actor.account,
      ended_name: ctx.actor.name,
      end_reason: reason ?? null,
    }
  },
  proof(ctx, _row, { proof, reason }) {
    if (proof === undefined) throw proofMissing()
    return {
      proof,
      proof_note: reason ?? null,
      proof_on: ctx.today,
      proof_by: ctx.actor.account,
      proof_name: ctx.actor.name,
    }
  },
}

/** What follows for the days on which its people come in. */
const access: Readonly<Partial<Record<Body['step'], (ctx: Ctx, row: ContractRow) => Promise<void>>>> = {
  async sign(ctx, row) {
    await organisations(ctx)
      .insertInto('organisations.access')
      .values({
        district: ctx.district,
        contract_id: row.id,
        organisation_id: row.organisation_id,
        from_on: row.from_on,
        until_on: row.until_on,
        signed_by: row.signed_by,
      })
      .execute()
  },
  async end(ctx, row) {
    const of = { district: ctx.district, contract_id: row.id }
    if (neverBegan(row))
      await organisations(ctx)
        .deleteFrom('organisations.access')
        .where(eb => eb.and(of))
        .execute()
    else
      await organisations(ctx)
        .updateTable('organisations.access')
        .set({ until_on: lastDayOf(row) })
        .where(eb => eb.and(of))
        .execute()
    // Streams of theirs that are open are looked at now; whoever still has another contract stays in.
    if (lastDayOf(row) < ctx.today)
      for (const { account } of await listPeopleOf(ctx, row.organisation_id))
        ctx.tell({ name: sessionEnded, to: { account }, id: account })
  },
}

/** @throws contractNotFound, renewedAlready */
async function checkRenewal(ctx: Ctx, organisation: Id, renews: Id): Promise<void> {
  const rows = await organisations(ctx)
    .selectFrom('organisations.contract')
    .select(['id', 'renews_id', 'signed_at'])
    .where('district', '=', ctx.district)
    .where('organisation_id', '=', organisation)
    .where('discarded_at', 'is', null)
    .execute()
  if (!rows.some(row => row.id === renews && row.signed_at)) throw contractNotFound()
  if (rows.some(row => row.renews_id === renews)) throw renewedAlready()
}

const nothingYet = {
  signed_at: null,
  signed_by: null,
  signed_name: null,
  discarded_at: null,
  discarded_by: null,
  ended_on: null,
  ended_at: null,
  ended_by: null,
  ended_name: null,
  end_reason: null,
  warned_on: null,
  proof_asked_on: null,
  proof: null,
  proof_note: null,
  proof_on: null,
  proof_by: null,
  proof_name: null,
} as const
