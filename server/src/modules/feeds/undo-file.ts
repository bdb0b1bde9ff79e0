import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { changedSince, withdrawBatch } from '../registry/index.ts'
import { type feedsContract, laterChanges } from './contract.ts'
import { type Batch, findBatch, shown, step } from './find-batch.ts'
import { forgetRows } from './staged.ts'

const shownHouseholds = 50

/** Begins to take a file back. @throws laterChanges naming the households that have moved on */
export async function undoFile(ctx: Ctx, { params, body }: InputOf<(typeof feedsContract)['POST /imports/:id/undo']>) {
  const batch = await findBatch(ctx, params.id, true)
  ctx.because(body.reason)
  const state = await step(ctx, batch, 'undo', { started_at: ctx.now, undone_by: ctx.actor.account, problem: null })
  const later = await laterThan(ctx, batch)
  if (state === 'undoing' && later.length > 0)
    throw laterChanges({ count: later.length, households: later.slice(0, shownHouseholds) })
  await ctx.later('feeds.undo', { batch: batch.id })
  return shown(await findBatch(ctx, batch.id))
}

export async function runUndo(ctx: Ctx, id: Id): Promise<void> {
  const batch = await findBatch(ctx, id, true)
  if (batch.state !== 'undoing') return
  const later = await laterThan(ctx, batch)
  if (later.length > 0) {
    const problem = laterChanges.words({ count: later.length, households: [] })
    await step(ctx, batch, 'undoRefused', { problem: JSON.stringify(problem) })
    return
  }
  await withdrawBatch(ctx, id)
  await step(ctx, batch, 'undoDone', { undone_at: ctx.now })
  await ctx.later('registry.recount', { batch: id })
  await ctx.later('alerts.judge', { batch: id }, { ifThere: true })
  if (batch.undone_by !== null) await ctx.later('wishes.unhear', { batch: id, by: batch.undone_by }, { ifThere: true })
}

const laterThan = async (ctx: Ctx, batch: Batch) =>
  batch.applied_at ? await changedSince(ctx, batch.id, batch.applied_at) : []

/** Forgets the rows of a file nobody wants. */
export async function discardFile(ctx: Ctx, { params }: InputOf<(typeof feedsContract)['POST /imports/:id/discard']>) {
  const batch = await findBatch(ctx, params.id, true)
  await step(ctx, batch, 'discard')
  await forgetRows(ctx, batch.id)
  return shown(await findBatch(ctx, batch.id))
}
