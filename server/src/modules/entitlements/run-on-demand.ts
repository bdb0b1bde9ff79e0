import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { openMark, sealMark } from '../../platform/page-mark.ts'
import { type entitlementsContract, runGoesOn, runNotFound, runOver } from './contract.ts'
import { entitlements } from './receipts.ts'
import { beginRun, runningRun } from './run.ts'
import type { RunRow } from './tables.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>
type Run = AnswerOf<(typeof entitlementsContract)['POST /entitlements/runs/:runId/cancel']>

const listed = 'entitlements.run.page'

export async function listRuns(ctx: Ctx, { query }: Input<'GET /entitlements/runs'>) {
  const from = query.after === undefined ? undefined : openMark(ctx, listed, 'newest', query.after)
  let found = entitlements(ctx)
    .selectFrom('entitlements.run')
    .selectAll()
    .where('district', '=', ctx.district)
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
  if (from) found = found.where('id', '<', from.id as Id)
  const rows = await found.execute()
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
  return {
    items: rows.slice(0, query.limit).map(viewOf),
    next: last ? sealMark(ctx, listed, { sort: 'newest', key: '', id: last.id }) : null,
  }
}

export async function startRun(ctx: Ctx): Promise<{ run: Run | null }> {
  if (await runningRun(ctx)) throw runGoesOn()
  const id = await beginRun(ctx, 'everybody')
  return { run: id ? viewOf(await readRun(ctx, id)) : null }
}

export async function cancelRun(ctx: Ctx, { params }: Input<'POST /entitlements/runs/:runId/cancel'>): Promise<Run> {
  const row = await readRun(ctx, params.runId, true)
  if (row.state !== 'running') throw runOver()
  const ended = { state: 'cancelled' as const, ended_at: ctx.now }
  await entitlements(ctx)
    .updateTable('entitlements.run')
    .set(ended)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  return viewOf({ ...row, ...ended })
}

async function readRun(ctx: Ctx, id: Id, lock = false): Promise<RunRow> {
  const found = entitlements(ctx)
    .selectFrom('entitlements.run')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) throw runNotFound()
  return row
}

const viewOf = (row: RunRow): Run => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  judgedOn: row.judged_on,
  poolVersion: row.pool_version,
  looked: row.looked,
  households: row.households,
  done: row.done,
  changed: row.changed,
  workMs: row.work_ms,
  startedAt: row.started_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
})
