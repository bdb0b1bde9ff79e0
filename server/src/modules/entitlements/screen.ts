import { type Id, newId } from '@zhulian/kernel'
import { type HouseholdFacts, judgeBare, type Judgement, type Pool } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { type BulkRow, insertMany, rowSet } from '../../platform/database/insert-many.ts'
import { contentHash, poolVersion } from '../pools/index.ts'
import { factsOfMany, type KnownHousehold } from '../registry/index.ts'
import { compare, type Found } from './compare.ts'
import { entitlements, policiesTold, receivedBy } from './receipts.ts'
import { type Results, resultsOf } from './results.ts'
import type { FindingRow, RunRow } from './tables.ts'

/** The part of a run that says what to judge by. */
export type By = Pick<RunRow, 'id' | 'judged_on' | 'pool_version'>

/**
 * Judges households as they are known now by the rules of a run, keeps what is new, and brings the two working lists up to
 * date. A verdict that says the same as before is only confirmed.
 * @returns how many say something else than before
 */
export async function screenHouseholds(ctx: Ctx, ids: readonly Id[], by: By): Promise<number> {
  const { pool } = await poolVersion(ctx, by.pool_version)
  const known = await factsOfMany(ctx, ids, { on: by.judged_on, asKnownAt: ctx.now })
  const judged = known.map(household => judgedOf(pool, household, by))
  const changed = await keepVerdicts(ctx, judged, by)
  await updateFindings(ctx, judged, by)
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
    .select(['household_id', 'result_hash', 'pool_version', 'judged_at'])
    .where('district', '=', ctx.district)
    .where('superseded_at', 'is', null)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  const was = new Map(before.map(v => [v.household_id, v]))
  const same = judged.filter(j => {
    const v = was.get(j.household.id)
    return v?.result_hash === j.resultHash && v.pool_version === by.pool_version
  })
  const fresh = judged.filter(j => !same.includes(j))
  const db = entitlements(ctx)
  if (same.length > 0)
    await db
      .updateTable('entitlements.verdict')
      .set({ confirmed_at: ctx.now, confirmed_on: by.judged_on })
      .where('district', '=', ctx.district)
      .where('superseded_at', 'is', null)
      .where('household_id', '=', sql<Id>`any(${same.map(j => j.household.id)}::uuid[])`)
      .execute()
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
      confirmed_at: ctx.now,
      confirmed_on: by.judged_on,
    })),
  )
  return fresh.filter(j => was.get(j.household.id)?.result_hash !== j.resultHash).length
}

type OpenFinding = Pick<FindingRow, 'id' | 'kind' | 'household_id' | 'person_id' | 'policy' | 'gone_on'>
const keyOf = (household: string, f: { kind: string; policy: string; person?: string | null | undefined }) =>
  `${household} ${f.kind} ${f.policy} ${f.person ?? ''}`

/** New ones are written down, those that are gone say so; both wait for a person. Nothing is closed here. */
async function updateFindings(ctx: Ctx, judged: readonly Judged[], by: By): Promise<void> {
  const ids = judged.map(j => j.household.id)
  const [received, told] = [await receivedBy(ctx, ids), await policiesTold(ctx)]
  const open: OpenFinding[] = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .select(['id', 'kind', 'household_id', 'person_id', 'policy', 'gone_on'])
    .where('district', '=', ctx.district)
    .where('state', '<>', 'closed')
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  const decided = await decidedLately(ctx, ids)
  const known = new Map(open.map(f => [keyOf(f.household_id, { ...f, person: f.person_id }), f]))
  const seen = new Set<string>()
  const fresh: BulkRow[] = []
  const again: BulkRow[] = []
  for (const { household, results } of judged) {
    const found = compare({
      results,
      received: received.get(household.id) ?? [],
      certifiedTier: household.known['certifiedTier']?.value,
      told,
      on: by.judged_on,
    })
    for (const one of found) {
      const key = keyOf(household.id, one)
      seen.add(key)
      const before = known.get(key)
      if (before) again.push({ id: before.id, ...shown(ctx, one) })
      else if (!decided.has(key)) fresh.push({ ...firstShown(ctx, household, one, by), ...shown(ctx, one) })
    }
  }
  const gone = open.filter(f => f.gone_on === null && !seen.has(keyOf(f.household_id, { ...f, person: f.person_id })))
  await insertMany(ctx.transaction, 'entitlements.finding', firstColumns, fresh)
  if (again.length > 0)
    await sql`update entitlements.finding f set amount_a_year = x.amount_a_year, conditional_on = x.conditional_on, judged_at = x.judged_at, gone_on = null
      from ${rowSet(againColumns, again)} where f.district = ${ctx.district} and f.id = x.id`.execute(ctx.transaction)
  if (gone.length > 0)
    await entitlements(ctx)
      .updateTable('entitlements.finding')
      .set({ gone_on: by.judged_on, changed_at: ctx.now })
      .where('district', '=', ctx.district)
      .where('id', '=', sql<Id>`any(${gone.map(f => f.id)}::uuid[])`)
      .execute()
}

/** What a person decided holds for a year before the same is asked again. */
async function decidedLately(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlySet<string>> {
  const rows = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .select(['kind', 'household_id', 'person_id', 'policy'])
    .where('district', '=', ctx.district)
    .where('state', '=', 'closed')
    .where('outcome', 'not in', ['factsWrong', 'unreachable'])
    .where('closed_at', '>', new Date(ctx.now.getTime() - 365 * 86_400_000))
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  return new Set(rows.map(f => keyOf(f.household_id, { ...f, person: f.person_id })))
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
