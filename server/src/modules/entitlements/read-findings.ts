import { type Day, divisionRange, type Id, maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { judge, type PersonPolicyResult, type PolicyResult } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { openMark, sealMark } from '../../platform/page-mark.ts'
import { isDelicate, reasonWords } from '../guidance/index.ts'
import { currentPool, versionOn } from '../pools/index.ts'
import { aboutChild, briefsOf, closedIn, factsOf, placesOf, tellsOf } from '../registry/index.ts'
import { type entitlementsContract, findingNotFound } from './contract.ts'
import { lineOf, linesOf, named, sealedNote } from './finding-line.ts'
import { outcomes, outcomeWords, stepsOpen } from './finding.ts'
import { hideSmall, hiddenTotal } from '../../platform/hide-small.ts'
import { entitlements } from './receipts.ts'
import { receiptView } from './record-receipt.ts'
import type { FindingRow } from './tables.ts'

type Input<K extends keyof typeof entitlementsContract> = InputOf<(typeof entitlementsContract)[K]>

const listed = 'entitlements.finding.page'
const countOf = {
  lines: sql<number>`count(*)::integer`,
  households: sql<number>`count(distinct household_id)::integer`,
  amount: sql<number>`coalesce(sum(amount_a_year), 0)::float8`,
}

export async function listFindings(ctx: Ctx, { query }: Input<'GET /entitlements/findings'>) {
  const from = query.after === undefined ? undefined : openMark(ctx, listed, query.kind, query.after)
  const where = narrowed(ctx, query)
  let found = entitlements(ctx).selectFrom('entitlements.finding').selectAll().where(where)
  const worthOf = sql<number>`coalesce(amount_a_year, 0)`
  if (from) found = found.where(sql<boolean>`(${worthOf}, id) < (${from.key}::integer, ${from.id}::uuid)`)
  // What is worth most to a family first; of equal worth the newest.
  const rows = await found
    .orderBy(worthOf, 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const items = rows.slice(0, query.limit)
  for (const household of new Set(items.map(r => r.household_id))) ctx.about({ kind: 'household', id: household })
  const last = rows.length > query.limit ? items.at(-1) : undefined
  const whole = from
    ? { count: null, households: null }
    : await entitlements(ctx)
        .selectFrom('entitlements.finding')
        .select([countOf.lines.as('count'), countOf.households.as('households')])
        .where(where)
        .executeTakeFirstOrThrow()
  return {
    items: await linesOf(ctx, items),
    next: last ? sealMark(ctx, listed, { sort: query.kind, key: last.amount_a_year ?? 0, id: last.id }) : null,
    ...whole,
  }
}

function narrowed(ctx: Ctx, query: Omit<Input<'GET /entitlements/findings'>['query'], 'limit'>) {
  const scope = ctx.actor.scope ?? '-'
  const within = query.division?.startsWith(scope) ? query.division : scope
  const outside = query.division !== undefined && !query.division.startsWith(scope) && !scope.startsWith(query.division)
  const { lo, hi } = divisionRange(outside ? '-' : within)
  const parts = [
    sql`district = ${ctx.district} and kind = ${query.kind} and state = ${query.state} and division >= ${lo} and division < ${hi}`,
    // What is gone by itself waits for nobody.
    query.state === 'open' ? sql`gone_on is null` : undefined,
    query.policy ? sql`policy = ${query.policy}` : undefined,
    query.household ? sql`household_id = ${query.household}::uuid` : undefined,
    // A recheck is for the office alone.
    ctx.actor.role === 'guide' ? sql`kind = 'unclaimed'` : undefined,
  ].filter(part => part !== undefined)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export async function getFinding(ctx: Ctx, { params }: Input<'GET /entitlements/findings/:findingId'>) {
  const row = await readFinding(ctx, params.findingId)
  const verdict = await entitlements(ctx)
    .selectFrom('entitlements.verdict')
    .select('confirmed_on')
    .where('district', '=', ctx.district)
    .where('household_id', '=', row.household_id)
    .where('superseded_at', 'is', null)
    .executeTakeFirst()
  // A verdict may be older than the rules and hold by them all the same: why is said by those in use.
  const loaded = await currentPool(ctx)
  const on = verdict?.confirmed_on ?? ctx.today
  const known = await factsOf(ctx, row.household_id, { on: ctx.today, whole: true })
  const result = resultFor(judge(loaded.pool, known.facts, ctx.today).policies[row.policy], row.person_id)
  const closed = await closedIn(ctx, [row.household_id])
  const reasons = (result?.reasons ?? []).filter(reason => !isDelicate(reason))
  const members = known.members.map(m => ({
    key: m.id,
    callName: maskName(m.name),
    self: false,
    relation: m.relation,
    birthDate: m.birthDate,
    sex: m.sex,
  }))
  const receipts = await entitlements(ctx)
    .selectFrom('entitlements.receipt')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('household_id', '=', row.household_id)
    .where('policy', '=', row.policy)
    .orderBy('from_on', 'desc')
    .execute()
  const names = (await briefsOf(ctx, [row.household_id])).get(row.household_id)?.names ?? new Map<Id, string>()
  const policy = loaded.policy(row.policy)
  const version = policy && versionOn(policy, ctx.today)
  const nothing = { zh: '', en: '' }
  return {
    ...(await lineOf(ctx, row)),
    judgedOn: on as Day,
    poolVersion: loaded.id,
    because: [
      ...reasons
        .filter(reason => !tellsOf(reason, closed))
        .map(reason => reasonWords(loaded, reason, members, result?.verdict === 'eligible')),
      ...(reasons.some(reason => tellsOf(reason, closed))
        ? [{ words: aboutChild, holds: result?.verdict === 'eligible' }]
        : []),
    ],
    receives: receipts.map(r => receiptView(ctx, loaded, r, names)),
    benefit: version ? plainWords(version.benefit.words) : nothing,
    apply: policy ? plainWords(policy.procedure.apply) : nothing,
    materials: policy?.materials.map(plainWords) ?? [],
    note: row.sealed_note ? readSealed(ctx, sealedNote, row.id, row.sealed_note) : null,
    closedBy: row.closed_name,
    steps: stepsOpen(row, ctx.actor).map(({ step, words }) => ({ step, words })),
    outcomes: outcomes[row.kind].map(outcome => ({ outcome, words: outcomeWords[outcome] })),
  }
}

const plainWords = ({ zh, en }: { zh: string; en: string }) => ({ zh, en })

const resultFor = (
  result: PolicyResult | readonly PersonPolicyResult[] | undefined,
  person: Id | null,
): PolicyResult | undefined =>
  Array.isArray(result)
    ? (result as readonly PersonPolicyResult[]).find(r => r.person === person)
    : (result as PolicyResult | undefined)

/** @throws findingNotFound for one that is not there, not in reach, or not for who asks */
async function readFinding(ctx: Ctx, id: Id): Promise<FindingRow> {
  const row = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || (row.kind === 'recheck' && ctx.actor.role === 'guide')) throw findingNotFound()
  return row
}

/** Totals of one list, by policy and by township; a cell that could point at a person is hidden, and one more with it. */
export async function summarise(ctx: Ctx, { query }: Input<'GET /entitlements/summary'>) {
  const { lo, hi } = divisionRange(ctx.actor.scope ?? '-')
  const all = entitlements(ctx)
    .selectFrom('entitlements.finding')
    .where('district', '=', ctx.district)
    .where('kind', '=', query.kind)
    .where('division', '>=', lo)
    .where('division', '<', hi)
    .$if(ctx.actor.role === 'guide', q => q.where('kind', '=', 'unclaimed'))
  const waiting = all.where('state', '<>', 'closed').where('gone_on', 'is', null)
  const whole = await waiting
    .select([countOf.lines.as('count'), countOf.amount.as('amount'), countOf.households.as('households')])
    .executeTakeFirstOrThrow()
  const byPolicy = await waiting
    .select(['policy', countOf.lines.as('count'), countOf.amount.as('amount')])
    .groupBy('policy')
    .orderBy('policy')
    .execute()
  const township = sql<string>`substr(division, 1, 9)`
  const byTownship = await waiting
    .select([township.as('code'), sql<string>`min(division)`.as('village'), countOf.lines.as('count')])
    .groupBy(township)
    .orderBy(township)
    .execute()
  const closed = await all
    .where('outcome', 'is not', null)
    .select(['outcome', countOf.lines.as('count')])
    .groupBy('outcome')
    .orderBy('outcome')
    .execute()
  const last = await entitlements(ctx)
    .selectFrom('entitlements.verdict')
    .select(eb => eb.fn.max('confirmed_on').as('on'))
    .where('district', '=', ctx.district)
    .executeTakeFirst()
  const pool = await currentPool(ctx)
  const places = await placesOf(ctx)
  const shown = (rows: readonly { count: number }[]) => hideSmall(rows.map(r => r.count))
  const [policyCounts, townshipCounts, closedCounts] = [shown(byPolicy), shown(byTownship), shown(closed)]
  const total = hiddenTotal(whole.count)
  return {
    on: last?.on ?? null,
    total,
    households: hiddenTotal(whole.households),
    amountAYear: total === null ? null : whole.amount,
    policies: byPolicy.map(({ policy, amount }, i) => ({
      ...named(pool, policy),
      count: policyCounts[i] ?? null,
      amountAYear: policyCounts[i] === null ? null : amount,
    })),
    townships: byTownship.map(({ code, village }, i) => ({
      code: code as never,
      name: places.get(village)?.township ?? code,
      count: townshipCounts[i] ?? null,
    })),
    outcomes: closed.flatMap(({ outcome }, i) =>
      outcome ? [{ outcome, words: outcomeWords[outcome], count: closedCounts[i] ?? null }] : [],
    ),
  }
}
