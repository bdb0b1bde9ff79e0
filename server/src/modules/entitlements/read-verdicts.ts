import { type Id, maskName } from '@zhulian/kernel'
import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { judgeBare } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { poolVersion } from '../pools/index.ts'
import { briefsOf, factsOf, getHousehold } from '../registry/index.ts'
import { type entitlementsContract, nothingJudged } from './contract.ts'
import { isExampleOf, linesOf, named } from './finding-line.ts'
import { entitlements } from './receipts.ts'
import { receiptView } from './record-receipt.ts'
import type { Kept, Results } from './results.ts'
import { inputsHashOf, resultHashOf } from './screen.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>
type Line = AnswerOf<(typeof entitlementsContract)['GET /households/:id/entitlements']>['lines'][number]

export async function entitlementsOf(ctx: Ctx, { params }: Input<'GET /households/:id/entitlements'>) {
  const household = await getHousehold(ctx, params.id)
  ctx.about({ kind: 'household', id: household.id })
  const verdict = await verdictOf(ctx, household.id)
  const loaded = await poolVersion(ctx, verdict.pool_version)
  const names = (await briefsOf(ctx, [household.id])).get(household.id)?.names ?? new Map<Id, string>()
  const db = entitlements(ctx)
  const receipts = await db
    .selectFrom('entitlements.receipt')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household.id)
    .orderBy('from_on', 'desc')
    .execute()
  const views = receipts.map(r => receiptView(ctx, loaded, r, names))
  const findings = await db
    .selectFrom('entitlements.finding')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household.id)
    .where('kind', 'in', ctx.actor.role === 'guide' ? ['unclaimed'] : ['unclaimed', 'recheck'])
    .orderBy('id', 'desc')
    .execute()
  const line = (policy: string, person: string | undefined, kept: Kept): Line => ({
    policy: named(loaded, policy),
    person: person === undefined ? null : { id: person as Id, name: maskName(names.get(person as Id) ?? '') },
    verdict: kept.verdict,
    amount: kept.amount ?? null,
    atLeast: kept.atLeast ?? null,
    period: kept.period ?? null,
    conditionalOn: kept.conditionalOn ?? null,
    excludedBy: kept.excludedBy === undefined ? null : named(loaded, kept.excludedBy),
    receives: views.some(r => r.running && r.policy.id === policy && (r.person === null || r.person?.id === person)),
    example: isExampleOf(loaded, policy, ctx),
  })
  const results: Results = verdict.results
  return {
    judgedOn: verdict.judged_on,
    judgedAt: verdict.judged_at.toISOString(),
    confirmedAt: verdict.confirmed_at.toISOString(),
    poolVersion: verdict.pool_version,
    lines: [
      ...Object.entries(results.household).map(([policy, kept]) => line(policy, undefined, kept)),
      ...Object.entries(results.persons).flatMap(([person, own]) =>
        Object.entries(own).map(([policy, kept]) => line(policy, person, kept)),
      ),
    ],
    receipts: views,
    findings: await linesOf(ctx, findings),
  }
}

/** The registry keeps what was known at any moment, and the pools every version: the same must come out. */
export async function replayVerdict(ctx: Ctx, { params, query }: Input<'GET /households/:id/entitlements/replay'>) {
  ctx.about({ kind: 'household', id: params.id })
  const verdict = await verdictOf(ctx, params.id, query.judgedAt)
  const known = await factsOf(ctx, params.id, { on: verdict.judged_on, asKnownAt: verdict.judged_at, whole: true })
  const { pool } = await poolVersion(ctx, verdict.pool_version)
  const replayedHash = resultHashOf(judgeBare(pool, known.facts, verdict.judged_on))
  return {
    same: replayedHash === verdict.result_hash && inputsHashOf(known.facts, verdict.judged_on) === verdict.inputs_hash,
    judgedOn: verdict.judged_on,
    judgedAt: verdict.judged_at.toISOString(),
    poolVersion: verdict.pool_version,
    storedHash: verdict.result_hash,
    replayedHash,
  }
}

/** The verdict that holds, or the one of a moment. @throws nothingJudged */
async function verdictOf(ctx: Ctx, household: Id, judgedAt?: string) {
  const found = entitlements(ctx)
    .selectFrom('entitlements.verdict')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
  const verdict = await (judgedAt === undefined
    ? found.where('superseded_at', 'is', null)
    : found.where('judged_at', '=', new Date(judgedAt))
  ).executeTakeFirst()
  if (!verdict) throw nothingJudged()
  return verdict
}
