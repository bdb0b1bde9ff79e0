import { type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { currentPool } from '../pools/index.ts'
import { entitlements } from './receipts.ts'
import { screenHouseholds } from './screen.ts'
import type { RunRow } from './tables.ts'

const atOnce = 500

/**
 * Begins to judge the registry: everybody, or those of whom something was written down since they were judged last. It
 * works in batches of households, each in a transaction of its own, so that it shows how far it is, goes on after a
 * restart, and can be called off.
 * @returns undefined when there is nobody to judge
 */
export async function beginRun(ctx: Ctx, kind: RunRow['kind']): Promise<Id | undefined> {
  const { id: pool } = await currentPool(ctx)
  const id = newId(ctx.now.getTime())
  const { count } = await entitlements(ctx)
    .selectFrom(households(ctx, kind).as('h'))
    .select(eb => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) === 0) return undefined
  await entitlements(ctx)
    .insertInto('entitlements.run')
    .values({
      district: ctx.district,
      id,
      kind,
      judged_on: ctx.today,
      as_known_at: ctx.now,
      pool_version: pool,
      state: 'running',
      asked_by: ctx.actor.account,
      households: Number(count),
      done: 0,
      changed: 0,
      work_ms: 0,
      next_after: null,
      started_at: ctx.now,
      ended_at: null,
    })
    .execute()
  await ctx.later('entitlements.screen', { run: id })
  return id
}

/** In the order of their ids. What changed counts by the verdict that holds. */
function households(ctx: Ctx, kind: RunRow['kind']) {
  const all = entitlements(ctx)
    .selectFrom('registry.v_household as h')
    .select('h.id')
    .where('h.district', '=', ctx.district)
  if (kind === 'everybody') return all
  return all
    .leftJoin('entitlements.verdict as v', j =>
      j.onRef('v.district', '=', 'h.district').onRef('v.household_id', '=', 'h.id').on('v.superseded_at', 'is', null),
    )
    .where(eb => eb.or([eb('v.household_id', 'is', null), eb('h.changed_at', '>', eb.ref('v.confirmed_at'))]))
}

/** The next households of a run; then itself again until there are none. */
const screen: Job = {
  name: 'entitlements.screen',
  do: async (ctx, payload) => {
    const db = entitlements(ctx)
    const run = await db
      .selectFrom('entitlements.run')
      .selectAll()
      .where('district', '=', ctx.district)
      .where('id', '=', String(payload['run']) as Id)
      .forUpdate()
      .executeTakeFirst()
    if (run?.state !== 'running') return
    let next = households(ctx, run.kind).orderBy('h.id').limit(atOnce)
    if (run.next_after) next = next.where('h.id', '>', run.next_after)
    const ids = (await next.execute()).map(h => h.id)
    const began = process.hrtime.bigint()
    const changed = ids.length > 0 ? await screenHouseholds(ctx, ids, run) : 0
    const ms = Math.round(Number(process.hrtime.bigint() - began) / 1e6)
    const ended = ids.length < atOnce
    await db
      .updateTable('entitlements.run')
      .set({
        done: sql`done + ${ids.length}`,
        changed: sql`changed + ${changed}`,
        work_ms: sql`work_ms + ${ms}`,
        ...(ids.length > 0 && { next_after: ids.at(-1) }),
        ...(ended && { state: 'done' as const, ended_at: ctx.now }),
      })
      .where('district', '=', ctx.district)
      .where('id', '=', run.id)
      .execute()
    if (!ended) await ctx.later('entitlements.screen', { run: run.id })
    ctx.tell({ name: 'entitlements.ran', to: { roles: ['districtOfficer'], division: ctx.district }, id: run.id })
  },
}

export const runningRun = async (ctx: Ctx) =>
  await entitlements(ctx)
    .selectFrom('entitlements.run')
    .select(['id', 'pool_version'])
    .where('district', '=', ctx.district)
    .where('state', '=', 'running')
    .executeTakeFirst()

/** Begins with whoever something was written down of; with everybody when the rules are others than those of the last run. */
export async function followRegistry(ctx: Ctx): Promise<void> {
  if (await runningRun(ctx)) return
  const last = await entitlements(ctx)
    .selectFrom('entitlements.run')
    .select('pool_version')
    .where('district', '=', ctx.district)
    .where('kind', '=', 'everybody')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { id } = await currentPool(ctx)
  await beginRun(ctx, last?.pool_version === id ? 'changed' : 'everybody')
}

const followChanges: Job = { name: 'entitlements.followChanges', cron: '* * * * *', do: followRegistry }

/** Birthdays, waits that end, figures of a new day. */
const everyNight: Job = {
  name: 'entitlements.everyNight',
  cron: '15 4 * * *',
  do: async ctx => {
    if (!(await runningRun(ctx))) await beginRun(ctx, 'everybody')
  },
}

/** After a receipt was written down: the lists of one household, by the verdict that holds. */
const look: Job = {
  name: 'entitlements.look',
  do: async (ctx, payload) => {
    const { id } = await currentPool(ctx)
    const by = { id: newId(ctx.now.getTime()), judged_on: ctx.today, pool_version: id }
    await screenHouseholds(ctx, [String(payload['household']) as Id], by)
  },
}

export const entitlementsJobs: readonly Job[] = [screen, followChanges, everyNight, look]
