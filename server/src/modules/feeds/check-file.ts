import { type Id, isId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { notUnderstood } from '../../platform/refusals.ts'
import type { ImportColumn } from './columns.ts'
import { columnsOf } from './columns-of.ts'
import { columnsMissing, type feedsContract, mappingWrong } from './contract.ts'
import { findBatch, shown, step } from './find-batch.ts'
import { forgetFaults, renumber } from './staged.ts'
import type { FeedsTables, Mapping } from './tables.ts'
import { workThrough } from './work-through.ts'

const feeds = tablesOf<FeedsTables>()

/** Begins a dry run, with the columns as they were guessed or as somebody says. */
export async function checkFile(
  ctx: Ctx,
  { params, body }: InputOf<(typeof feedsContract)['POST /imports/:id/check']>,
) {
  const batch = await findBatch(ctx, params.id, true)
  const mapping = body.mapping ?? batch.mapping
  checkMapping(mapping, batch.header, await columnsOf(ctx))
  await step(ctx, batch, 'check', {
    mapping: JSON.stringify(mapping),
    started_at: ctx.now,
    problem: null,
    report: null,
  })
  if (mapping['householdNo'] !== undefined && mapping['householdNo'] !== batch.mapping['householdNo'])
    await renumber(ctx, batch.id, mapping['householdNo'])
  await ctx.later('feeds.check', { batch: batch.id })
  return shown(await findBatch(ctx, batch.id))
}

function checkMapping(mapping: Mapping, header: readonly string[], columns: readonly ImportColumn[]): void {
  const places = Object.values(mapping)
  const known = new Set(columns.map(c => c.key))
  if (
    new Set(places).size !== places.length ||
    places.some(i => i >= header.length) ||
    Object.keys(mapping).some(key => !known.has(key))
  )
    throw mappingWrong()
  const missing = columns.filter(c => c.required && !(c.key in mapping)).map(c => c.header.zh)
  if (missing.length > 0) throw columnsMissing({ columns: missing.join('、') })
}

/** The dry run itself: writes nothing but what is wrong with which row. */
export async function runCheck(ctx: Ctx, id: Id): Promise<void> {
  const batch = await findBatch(ctx, id, true)
  if (batch.state !== 'checking') return
  await forgetFaults(ctx, id)
  const report = await workThrough(ctx, batch)
  await step(ctx, batch, 'checkDone', { report: JSON.stringify(report), checked_at: ctx.now })
}

/** Newest first. */
export async function listFiles(ctx: Ctx, { query }: InputOf<(typeof feedsContract)['GET /imports']>) {
  if (query.after !== undefined && !isId(query.after)) throw notUnderstood()
  const scope = ctx.actor.scope ?? '-'
  const rows = await feeds(ctx)
    .selectFrom('feeds.batch')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('division', '>=', scope)
    .where('division', '<', `${scope}:`)
    .$if(query.after !== undefined, q => q.where('id', '<', query.after as Id))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const items = rows.slice(0, query.limit)
  return { items: items.map(shown), next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null }
}

export async function getProgress(ctx: Ctx, { params }: InputOf<(typeof feedsContract)['GET /imports/:id/progress']>) {
  const { state, progress } = shown(await findBatch(ctx, params.id))
  return { state, progress }
}

export async function getFile(ctx: Ctx, { params }: InputOf<(typeof feedsContract)['GET /imports/:id']>) {
  const batch = await findBatch(ctx, params.id)
  const columns = await columnsOf(ctx)
  return {
    ...shown(batch),
    header: batch.header,
    mapping: { ...batch.mapping },
    columns: columns.map(({ key, header, required }) => ({ key, header, required })),
    report: batch.report,
  }
}
