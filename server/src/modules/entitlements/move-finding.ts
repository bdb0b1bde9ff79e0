import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import {
  alreadyTaken,
  changedElsewhere,
  type entitlementsContract,
  findingNotFound,
  noteWanted,
  outcomeNotFitting,
  stepNotOpen,
} from './contract.ts'
import { lineOf, sealedNote } from './finding-line.ts'
import { mayStep, outcomes, stateWords, type Step, transitionOf } from './finding.ts'
import { entitlements } from './receipts.ts'
import type { FindingRow } from './tables.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>

export async function takeFinding(ctx: Ctx, { params, body }: Input<'POST /entitlements/findings/:findingId/take'>) {
  const row = await lockForStep(ctx, params.findingId, 'take', body.expectedVersion)
  return await lineOf(
    ctx,
    await move(ctx, row, {
      state: 'taken',
      taken_by: ctx.actor.account,
      taken_name: ctx.actor.name,
      taken_at: ctx.now,
    }),
  )
}

export async function giveFindingBack(
  ctx: Ctx,
  { params, body }: Input<'POST /entitlements/findings/:findingId/give-back'>,
) {
  const row = await lockForStep(ctx, params.findingId, 'giveBack', body.expectedVersion)
  return await lineOf(ctx, await move(ctx, row, { state: 'open', ...nobody }))
}

/** In the name of who looked. It changes no receipt and no benefit: the office in charge does that by its own procedure. */
export async function closeFinding(ctx: Ctx, { params, body }: Input<'POST /entitlements/findings/:findingId/close'>) {
  const row = await lockForStep(ctx, params.findingId, 'close', body.expectedVersion)
  if (!(outcomes[row.kind] as readonly string[]).includes(body.outcome)) throw outcomeNotFitting()
  const note = body.note ?? ''
  if (row.kind === 'recheck' && note.length < 4) throw noteWanted()
  return await lineOf(
    ctx,
    await move(ctx, row, {
      state: 'closed',
      outcome: body.outcome,
      sealed_note: note === '' ? null : ctx.crypto.seal(sealedNote, row.id, note),
      closed_by: ctx.actor.account,
      closed_name: ctx.actor.name,
      closed_role: ctx.actor.role,
      closed_at: ctx.now,
    }),
  )
}

export async function reopenFinding(
  ctx: Ctx,
  { params, body }: Input<'POST /entitlements/findings/:findingId/reopen'>,
) {
  const row = await lockForStep(ctx, params.findingId, 'reopen', body.expectedVersion)
  ctx.because(body.note)
  const open = {
    outcome: null,
    sealed_note: null,
    closed_by: null,
    closed_name: null,
    closed_role: null,
    closed_at: null,
  }
  return await lineOf(ctx, await move(ctx, row, { state: 'open', ...open, ...nobody }))
}

const nobody = { taken_by: null, taken_name: null, taken_at: null }

/** @throws findingNotFound, alreadyTaken, stepNotOpen, changedElsewhere */
async function lockForStep(ctx: Ctx, id: Id, step: Step, expected: number | undefined): Promise<FindingRow> {
  const row = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw findingNotFound()
  const transition = transitionOf(step, row)
  if (!transition || !mayStep(transition, row, ctx.actor)) {
    if (row.state === 'taken' && row.taken_name !== null && row.taken_by !== ctx.actor.account)
      throw alreadyTaken({ by: row.taken_name })
    throw stepNotOpen({ state: stateWords[row.state] })
  }
  if (expected !== undefined && expected !== row.version) throw changedElsewhere({ version: row.version })
  return row
}

async function move(ctx: Ctx, row: FindingRow, set: Partial<FindingRow>): Promise<FindingRow> {
  const change = { ...set, version: row.version + 1, changed_at: ctx.now }
  await entitlements(ctx)
    .updateTable('entitlements.finding')
    .set(change)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  ctx.tell({
    name: 'entitlements.moved',
    to: { roles: ['guide', 'townshipClerk', 'districtOfficer'], division: row.division },
    id: row.id,
  })
  return { ...row, ...change }
}
