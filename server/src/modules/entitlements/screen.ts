import { type Day, type Id, newId } from '@zhulian/kernel'
import { type HouseholdFacts, judgeBare, type Judgement, type Pool } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { type BulkRow, insertMany, rowSet } from '../../platform/database/insert-many.ts'
import { giveWay } from '../../platform/give-way.ts'
import { contentHash, poolVersion } from '../pools/index.ts'
import { factsOfMany, type KnownHousehold } from '../registry/index.ts'
import type { Found } from './compare.ts'
import { keyOfRow, listsOf, type ListsStand, type OpenFinding } from './lists.ts'
import { entitlements, policiesTold, receivedBy } from './receipts.ts'
import { type Results, resultsOf } from './results.ts'
import type { RunRow, VerdictRow } from './tables.ts'

/** Households to a step, and to a part of it: between two, others are answered. */
const [atOnce, judgedAtOnce] = [25, 5]

/** The part of a run that says what to judge by. */
export type By = Pick<RunRow, 'id' | 'judged_on' | 'pool_version'>

/**
 * Judges households as they are known now by the rules of a run, keeps what is new, and brings the two working lists up to
 * date. A verdict that says the same as before is only confirmed: it stays with the rules and the day it was given by, and is
 * replayed with them.
 * @returns how many say something else than before
 */
export async function screenHouseholds(ctx: Ctx, ids: readonly Id[], by: By): Promise<number> {
  let changed = 0
  // Once: asked for every 25 households it took a third of a run's time.
  const told = await policiesTold(ctx)
  for (let i = 0; i < ids.length; i += atOnce) {
    await giveWay(ctx)
    changed += await screenSome(ctx, ids.slice(i, i + atOnce), by, told)
  }
  return changed
}

async function screenSome(ctx: Ctx, ids: readonly Id[], by: By, told: ReadonlySet<string>): Promise<number> {
  const { pool } = await poolVersion(ctx, by.pool_version)
  const known = await factsOfMany(ctx, ids, { on: by.judged_on, asKnownAt: ctx.now, whole: true })
  const judged: Judged[] = []
  for (const [i, household] of known.entries()) {
    if (i % judgedAtOnce === 0) await giveWay(ctx)
    judged.push(judgedOf(pool, household, by))
  }
  const changed = await keepVerdicts(ctx, judged, by)
  await updateFindings(ctx, judged, by, told)
  return changed
}

interface Judged {
  readonly household: KnownHousehold
  readonly results: Results
  readonly inputsHash: string
  readonly resultHash: string
}

export const inputsHashOf = (facts: HouseholdFacts, on: string): string => contentHash({ facts, on })
export const resultHashOf = (judgement: Judgement): string => contentHash(resultsOf(judgement))

function judgedOf(pool: Pool, household: KnownHousehold, by: By): Judged {
  const results = resultsOf(judgeBare(pool, household.facts, by.judged_on))
  return {
    household,
    results,
    inputsHash: inputsHashOf(household.facts, by.judged_on),
    resultHash: contentHash(results),
  }
}

async function keepVerdicts(ctx: Ctx, judged: readonly Judged[], by: By): Promise<number> {
  const ids = judged.map(j => j.household.id)
  const before = await entitlements(ctx)
    .selectFrom('entitlements.verdict')
    .select(['household_id', 'result_hash', 'inputs_hash', 'judged_on', 'judged_at', 'household_version'])
    .where('district', '=', ctx.district)
    .where('superseded_at', 'is', null)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  const was = new Map(before.map(v => [v.household_id, v]))
  const [same, fresh] = [[] as Judged[], [] as Judged[]]
  const changed = new Set(judged.filter(j => was.get(j.household.id)?.household_version !== j.household.version))
  const late = await toldLate(
    ctx,
    [...changed].flatMap(j => was.get(j.household.id) ?? []),
  )
  for (const j of judged) {
    const before = was.get(j.household.id)
    const stays = before?.result_hash === j.resultHash && !late.has(j.household.id)
    ;(stays ? same : fresh).push(j)
  }
  const db = entitlements(ctx)
  if (same.length > 0)
    await sql`update entitlements.verdict v set confirmed_at = ${ctx.now}, confirmed_on = ${by.judged_on}, household_version = x.version
      from ${rowSet(
        { id: 'uuid', version: 'integer' },
        same.map(j => ({ id: j.household.id, version: j.household.version })),
      )} where v.district = ${ctx.district} and v.superseded_at is null and v.household_id = x.id`.execute(
      ctx.transaction,
    )
  if (fresh.length === 0) return 0
  await db
    .updateTable('entitlements.verdict')
    .set({ superseded_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('superseded_at', 'is', null)
    .where('household_id', '=', sql<Id>`any(${fresh.map(j => j.household.id)}::uuid[])`)
    .execute()
  await insertMany(
    ctx.transaction,
    'entitlements.verdict',
    {
      district: 'text',
      household_id: 'uuid',
      judged_at: 'timestamptz',
      division: 'text',
      judged_on: 'date',
      pool_version: 'text',
      inputs_hash: 'text',
      result_hash: 'text',
      results: 'jsonb',
      run_id: 'uuid',
      household_version: 'integer',
      confirmed_at: 'timestamptz',
      confirmed_on: 'date',
    },
    fresh.map(j => ({
      district: ctx.district,
      household_id: j.household.id,
      judged_at: ctx.now,
      division: j.household.division,
      judged_on: by.judged_on,
      pool_version: by.pool_version,
      inputs_hash: j.inputsHash,
      result_hash: j.resultHash,
      results: j.results,
      run_id: by.id,
      household_version: j.household.version,
      confirmed_at: ctx.now,
      confirmed_on: by.judged_on,
    })),
  )
  return fresh.length
}

type KeptInputs = Pick<VerdictRow, 'household_id' | 'inputs_hash' | 'judged_on' | 'judged_at'>

/**
 * Of whom something was being written down while they were judged: it bears an earlier moment than the verdict and was not in it.
 * They are given a new verdict, so that the one that holds can always be judged again as it was.
 */
async function toldLate(ctx: Ctx, verdicts: readonly KeptInputs[]): Promise<ReadonlySet<Id>> {
  const late = new Set<Id>()
  for (const some of Map.groupBy(verdicts, v => `${v.judged_on} ${v.judged_at.getTime()}`).values()) {
    const hashes = new Map(some.map(v => [v.household_id, v.inputs_hash]))
    const [{ judged_on: on, judged_at: asKnownAt }] = some as [KeptInputs]
    for (const { id, facts } of await factsOfMany(ctx, [...hashes.keys()], { on, asKnownAt, whole: true }))
      if (hashes.get(id) !== inputsHashOf(facts, on)) late.add(id)
  }
  return late
}

/** @param ids everybody when left out */
export async function listsStand(ctx: Ctx, ids?: readonly Id[], policies?: ReadonlySet<string>): Promise<ListsStand> {
  const open: OpenFinding[] = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .select(['id', 'kind', 'household_id', 'person_id', 'policy', 'gone_on', 'amount_a_year', 'conditional_on'])
    .where('district', '=', ctx.district)
    .where('state', '<>', 'closed')
    .$if(ids !== undefined, q => q.where('household_id', '=', sql<Id>`any(${ids}::uuid[])`))
    .execute()
  return {
    received: await receivedBy(ctx, ids),
    told: policies ?? (await policiesTold(ctx)),
    open: Map.groupBy(open, f => f.household_id),
    decided: await decidedLately(ctx, ids),
  }
}

/** New ones are written down, those that are gone say so; both wait for a person. Nothing is closed here. */
async function updateFindings(ctx: Ctx, judged: readonly Judged[], by: By, told: ReadonlySet<string>): Promise<void> {
  const stand = await listsStand(
    ctx,
    judged.map(j => j.household.id),
    told,
  )
  const [fresh, again, gone] = [[] as BulkRow[], [] as BulkRow[], [] as Id[]]
  for (const { household, results } of judged) {
    const certifiedTier = household.known['certifiedTier']?.value
    const lists = listsOf({ id: household.id, results, certifiedTier }, stand, by.judged_on)
    fresh.push(...lists.fresh.map(one => ({ ...firstShown(ctx, household, one, by), ...shown(ctx, one) })))
    again.push(...lists.again.map(({ row, found }) => ({ id: row.id, ...shown(ctx, found) })))
    gone.push(...lists.gone.map(f => f.id))
  }
  await insertMany(ctx.transaction, 'entitlements.finding', firstColumns, fresh)
  if (again.length > 0)
    await sql`update entitlements.finding f set amount_a_year = x.amount_a_year, conditional_on = x.conditional_on, judged_at = x.judged_at, gone_on = null
      from ${rowSet(againColumns, again)} where f.district = ${ctx.district} and f.id = x.id`.execute(ctx.transaction)
  await markGone(ctx, gone, by.judged_on)
}

/** They say so, and wait for a person all the same. */
export async function markGone(ctx: Ctx, findings: readonly Id[], on: Day): Promise<void> {
  if (findings.length === 0) return
  await entitlements(ctx)
    .updateTable('entitlements.finding')
    .set({ gone_on: on, changed_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${findings}::uuid[])`)
    .execute()
}

/** What a person decided holds for a year before the same is asked again. */
async function decidedLately(ctx: Ctx, ids?: readonly Id[]): Promise<ReadonlySet<string>> {
  const rows = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .select(['kind', 'household_id', 'person_id', 'policy'])
    .where('district', '=', ctx.district)
    .where('state', '=', 'closed')
    .where('outcome', 'not in', ['factsWrong', 'unreachable'])
    .where('closed_at', '>', new Date(ctx.now.getTime() - 365 * 86_400_000))
    .$if(ids !== undefined, q => q.where('household_id', '=', sql<Id>`any(${ids}::uuid[])`))
    .execute()
  return new Set(rows.map(keyOfRow))
}

const shown = (ctx: Ctx, one: Found) => ({
  amount_a_year: one.amountAYear,
  conditional_on: one.conditionalOn,
  judged_at: ctx.now,
})
const againColumns = {
  id: 'uuid',
  amount_a_year: 'integer',
  conditional_on: 'text',
  judged_at: 'timestamptz',
} as const

const firstShown = (ctx: Ctx, household: KnownHousehold, one: Found, by: By) => ({
  district: ctx.district,
  id: newId(ctx.now.getTime()),
  kind: one.kind,
  household_id: household.id,
  person_id: one.person ?? null,
  division: household.division,
  policy: one.policy,
  found_on: by.judged_on,
  state: 'open',
  changed_at: ctx.now,
})
const firstColumns = {
  district: 'text',
  ...againColumns,
  kind: 'text',
  household_id: 'uuid',
  person_id: 'uuid',
  division: 'text',
  policy: 'text',
  found_on: 'date',
  state: 'text',
  changed_at: 'timestamptz',
} as const
