import { type Id, maskName, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { listHelpersNamed } from '../../identity/index.ts'
import { getHousehold } from '../../registry/index.ts'
import { outreach } from '../kept-case.ts'
import { alreadyPaired, helperNotFound, type pairingContract, pairingDaysWrong, pairingNotFound } from './contract.ts'
import { sealedPaired, sealedPairingReason, shownPairing } from './read-pairings.ts'
import type { PairingRow } from './tables.ts'

type Input<K extends keyof typeof pairingContract> = InputOf<(typeof pairingContract)[K]>

export async function listHelpers(ctx: Ctx, { query }: Input<'GET /helpers'>) {
  return { items: (await listHelpersNamed(ctx, { name: query.name })).slice(0, 50) }
}

export async function pairHelper(ctx: Ctx, { params, body }: Input<'POST /households/:householdId/pairings'>) {
  const household = await getHousehold(ctx, params.householdId)
  ctx.about({ kind: 'household', id: household.id })
  const [helper] = await listHelpersNamed(ctx, { account: body.helper })
  if (!helper) throw helperNotFound()
  const fromOn = body.fromOn ?? ctx.today
  if (body.untilOn !== undefined && (body.untilOn <= fromOn || body.untilOn <= ctx.today)) throw pairingDaysWrong()
  const id = newId(ctx.now.getTime())
  const row: PairingRow = {
    district: ctx.district,
    id,
    division: household.division,
    household_id: household.id,
    helper_id: helper.account,
    helper_name: helper.name,
    kind: body.kind,
    from_on: fromOn,
    until_on: body.untilOn ?? null,
    masked_name: maskName(household.headName),
    sealed_whom: ctx.crypto.seal(
      sealedPaired,
      id,
      JSON.stringify({ name: household.headName, reach: body.reach ?? null }),
    ),
    next_on: body.nextOn ?? null,
    last_on: null,
    set_by: ctx.actor.account,
    set_name: ctx.actor.name,
    set_at: ctx.now,
    ended_at: null,
    ended_by: null,
    sealed_reason: null,
  }
  await closeRunOut(ctx, household.id, helper.account)
  const added = await outreach(ctx)
    .insertInto('outreach.pairing')
    .values(row)
    .onConflict(on => on.columns(['district', 'household_id', 'helper_id']).where('ended_at', 'is', null).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) throw alreadyPaired()
  ctx.tell({ name: 'outreach.paired', to: { account: helper.account }, id })
  return shownPairing(ctx, row)
}

/** A pairing that is over by its day leaves room for the next of the same two. */
async function closeRunOut(ctx: Ctx, household: Id, helper: Id): Promise<void> {
  await outreach(ctx)
    .updateTable('outreach.pairing')
    .set({ ended_at: ctx.now, ended_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('helper_id', '=', helper)
    .where('ended_at', 'is', null)
    .where('until_on', '<=', ctx.today)
    .execute()
}

export async function endPairing(ctx: Ctx, { params, body }: Input<'POST /pairings/:pairingId/end'>) {
  const row = await readPairing(ctx, params.pairingId)
  const set = {
    ended_at: ctx.now,
    ended_by: ctx.actor.account,
    sealed_reason: ctx.crypto.seal(sealedPairingReason, row.id, body.reason),
  }
  await outreach(ctx)
    .updateTable('outreach.pairing')
    .set(set)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  ctx.tell({ name: 'outreach.paired', to: { account: row.helper_id }, id: row.id })
  return shownPairing(ctx, { ...row, ...set })
}

/** One that stands today. @throws pairingNotFound */
export async function readPairing(ctx: Ctx, id: Id): Promise<PairingRow> {
  const row = await outreach(ctx)
    .selectFrom('outreach.pairing')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>', ctx.today)]))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw pairingNotFound()
  ctx.about({ kind: 'household', id: row.household_id })
  return row
}
