import { type Id, newId } from '@zhulian/kernel'
import { sql, type UpdateObject } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { currentPool } from '../pools/index.ts'
import { confirmOthers, whoDiffers } from './differing.ts'
import { followMerge } from './follow-merge.ts'
import { entitlements, policiesTold } from './receipts.ts'
import { keepInStep } from './registry-memory.ts'
import { screenHouseholds } from './screen.ts'
import type { EntitlementsTables, RunRow } from './tables.ts'

const atOnce = 500
/** Work that did not move for so long was lost with its process: it is begun again. */
const lostAfterMs = 5 * 60_000
/** So often without moving; then the run has failed, and the next one may begin. */
const triesOfLost = 3
const retryAfterMs = 3_600_000

/**
 * Begins to judge the registry: everybody, those of whom something was written down since they were judged last, or those who
 * differ since the rules or the day are others. It works in batches of households, each in a transaction of its own, so that
 * it shows how far it is, goes on after a restart, and can be called off.
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
      looked: null,
      due: null,
      told: await toldNow(ctx),
      moved_at: null,
      begun_again: 0,
      started_at: ctx.now,
      ended_at: null,
    })
    .execute()
  await goOn(ctx, id)
  return id
}

const toldNow = async (ctx: Ctx): Promise<readonly string[]> => [...(await policiesTold(ctx))].sort()
const goOn = (ctx: Ctx, run: Id) => ctx.later('entitlements.screen', { run }, { key: run })

/**
 * In the order of their ids. What changed shows by the version that was judged: no moment can slip between two clocks. Asked
 * household by household: as a join, right after a whole run, the planner took 9 s where this takes 0.1.
 */
function households(ctx: Ctx, kind: RunRow['kind']) {
  const all = entitlements(ctx)
    .selectFrom('registry.v_household as h')
    .select('h.id')
    .where('h.district', '=', ctx.district)
  if (kind !== 'changed') return all
  return all.where('h.version', 'is distinct from', eb =>
    eb
      .selectFrom('entitlements.verdict as v')
      .select('v.household_version')
      .whereRef('v.district', '=', 'h.district')
      .whereRef('v.household_id', '=', 'h.id')
      .where('v.superseded_at', 'is', null),
  )
}

/** The next households of a run; then itself again until there are none. */
const screen: Job = {
  name: 'entitlements.screen',
  canWait: true,
  do: async (ctx, payload) => {
    const run = await lockRun(ctx, payload)
    if (run?.state !== 'running') return
    const began = process.hrtime.bigint()
    const step = run.kind === 'differing' && run.due === null ? await lookThrough(ctx) : await nextBatch(ctx, run)
    const ms = Math.round(Number(process.hrtime.bigint() - began) / 1e6)
    await entitlements(ctx)
      .updateTable('entitlements.run')
      .set({
        ...step.set,
        work_ms: sql`work_ms + ${ms}`,
        moved_at: ctx.now,
        begun_again: 0,
        ...(step.ended && { state: 'done' as const, ended_at: ctx.now }),
      })
      .where('district', '=', ctx.district)
      .where('id', '=', run.id)
      .execute()
    if (!step.ended) await goOn(ctx, run.id)
    ctx.tell({ name: 'entitlements.ran', to: { roles: ['districtOfficer'], division: ctx.district }, id: run.id })
  },
  giveUp: {
    after: 6,
    do: async (ctx, payload) => {
      const run = await lockRun(ctx, payload)
      if (run?.state === 'running') await fail(ctx, run.id)
    },
  },
}

interface Step {
  readonly set: UpdateObject<EntitlementsTables, 'entitlements.run'>
  readonly ended: boolean
}

/** The first step of those who differ: everybody in columns, by the rules and the day of now. */
async function lookThrough(ctx: Ctx): Promise<Step> {
  const { due, households: looked, poolVersion } = await whoDiffers(ctx)
  await confirmOthers(ctx, due)
  return {
    set: {
      judged_on: ctx.today,
      as_known_at: ctx.now,
      pool_version: poolVersion,
      told: await toldNow(ctx),
      looked,
      households: due.length,
      due,
    },
    ended: due.length === 0,
  }
}

async function nextBatch(ctx: Ctx, run: RunRow): Promise<Step> {
  const ids = run.due ? run.due.slice(run.done, run.done + atOnce) : await batchAfter(ctx, run)
  const changed = ids.length > 0 ? await screenHouseholds(ctx, ids, run) : 0
  return {
    set: {
      done: sql`done + ${ids.length}`,
      changed: sql`changed + ${changed}`,
      ...(ids.length > 0 && { next_after: ids.at(-1) }),
    },
    ended: run.due ? run.done + ids.length >= run.due.length : ids.length < atOnce,
  }
}

async function batchAfter(ctx: Ctx, run: RunRow): Promise<readonly Id[]> {
  let next = households(ctx, run.kind).orderBy('h.id').limit(atOnce)
  if (run.next_after) next = next.where('h.id', '>', run.next_after)
  return (await next.execute()).map(h => h.id)
}

const lockRun = async (ctx: Ctx, payload: Readonly<Record<string, string | number>>) =>
  await entitlements(ctx)
    .selectFrom('entitlements.run')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', String(payload['run']) as Id)
    .forUpdate()
    .executeTakeFirst()

async function fail(ctx: Ctx, run: Id): Promise<void> {
  await entitlements(ctx)
    .updateTable('entitlements.run')
    .set({ state: 'failed', ended_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', run)
    .execute()
  ctx.log.error('entitlements.runFailed', { jobId: run })
  ctx.tell({ name: 'entitlements.ran', to: { roles: ['districtOfficer'], division: ctx.district }, id: run })
}

export const runningRun = async (ctx: Ctx) =>
  await entitlements(ctx)
    .selectFrom('entitlements.run')
    .select(['id', 'started_at', 'moved_at', 'begun_again'])
    .where('district', '=', ctx.district)
    .where('state', '=', 'running')
    .executeTakeFirst()

/** Work that was lost is begun again; a run of which it is lost time after time has failed and holds up no other. */
async function watch(ctx: Ctx, run: NonNullable<Awaited<ReturnType<typeof runningRun>>>): Promise<void> {
  const waits = (run.begun_again + 1) * lostAfterMs
  if (ctx.now.getTime() - (run.moved_at ?? run.started_at).getTime() < waits) return
  if (run.begun_again >= triesOfLost) return await fail(ctx, run.id)
  await entitlements(ctx)
    .updateTable('entitlements.run')
    .set({ begun_again: run.begun_again + 1 })
    .where('district', '=', ctx.district)
    .where('id', '=', run.id)
    .execute()
  ctx.log.warn('entitlements.runBegunAgain', { jobId: run.id })
  await goOn(ctx, run.id)
}

/**
 * Begins with whoever something was written down of. When the rules, the day, or the policies of whose payments one is told are
 * others than those that everybody was looked at by, everybody is gone through for who differs.
 */
export async function followRegistry(ctx: Ctx): Promise<void> {
  const running = await runningRun(ctx)
  if (running) return await watch(ctx, running)
  const last = await entitlements(ctx)
    .selectFrom('entitlements.run')
    .select(['pool_version', 'judged_on', 'told', 'state', 'ended_at'])
    .where('district', '=', ctx.district)
    .where('kind', '!=', 'changed')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return void (await beginRun(ctx, 'everybody'))
  const isTried = last.state !== 'failed' || ctx.now.getTime() - (last.ended_at?.getTime() ?? 0) < retryAfterMs
  const { id } = await currentPool(ctx)
  const isSame =
    last.pool_version === id && last.judged_on === ctx.today && last.told.join() === (await toldNow(ctx)).join()
  await beginRun(ctx, isSame && isTried ? 'changed' : 'differing')
}

const followChanges: Job = { name: 'entitlements.followChanges', cron: '* * * * *', do: followRegistry }

/** Household by household, by the rules read one by one: what the columns found the rest of the week is looked over. */
const everySunday: Job = {
  name: 'entitlements.everySunday',
  cron: '15 4 * * 0',
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

/** So that who works in the what-if waits for nothing, and the server keeps no registry in memory that nobody asks about. */
const keepUp: Job = {
  name: 'entitlements.remember',
  cron: '* * * * *',
  canWait: true,
  do: async ctx => {
    if (!(await runningRun(ctx))) await keepInStep(ctx)
  },
}

/** Two records became one person, or are two again. */
const follow: Job = { name: 'entitlements.followMerge', do: followMerge }

export const entitlementsJobs: readonly Job[] = [screen, follow, followChanges, everySunday, look, keepUp]
