import type { Id } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { type BatchStep, life, stateWords } from './batch.ts'
import { batchNotFound, stepNotOpen } from './contract.ts'
import { progressOf } from './progress.ts'
import type { BatchRow, FeedsTables } from './tables.ts'

const feeds = tablesOf<FeedsTables>()
export type Batch = Awaited<ReturnType<typeof findBatch>>

/** @throws batchNotFound for one that is not there or not in the actor's reach */
export async function findBatch(ctx: Ctx, id: Id, lock = false) {
  let query = feeds(ctx).selectFrom('feeds.batch').selectAll().where('district', '=', ctx.district).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row || !row.division.startsWith(ctx.actor.scope ?? '-')) throw batchNotFound()
  ctx.about({ kind: 'batch', id })
  return row
}

/** Moves a file on in its life. @throws stepNotOpen */
export async function step(
  ctx: Ctx,
  batch: Pick<BatchRow, 'id' | 'state' | 'division'>,
  to: BatchStep,
  set: Readonly<Record<string, unknown>> = {},
): Promise<BatchRow['state']> {
  const state = life[batch.state][to]
  if (!state) throw stepNotOpen({ state: batch.state, ...stateWords[batch.state] })
  await feeds(ctx)
    .updateTable('feeds.batch')
    .set({ state, ...set })
    .where('district', '=', ctx.district)
    .where('id', '=', batch.id)
    .execute()
  ctx.tell({
    name: 'feeds.changed',
    id: batch.id,
    to: { roles: ['townshipClerk', 'districtOfficer'], division: batch.division },
  })
  return state
}

export const shown = (row: Batch) => ({
  id: row.id,
  fileName: row.file_name,
  format: row.format,
  rows: row.row_count,
  origin: row.origin,
  asOf: row.as_of,
  state: row.state,
  stateWords: stateWords[row.state],
  createdAt: row.created_at.toISOString(),
  appliedAt: row.applied_at?.toISOString() ?? null,
  progress: progressOf(row.id),
  problem: row.problem,
})
