import { addMonths, type Day, type Id, newId } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { mayLeave, monthsOfStability, rank } from './circle.ts'
import { alreadyProposed, decisionOver, nothingToDecide, notFound, notStableYet, sameTwice } from './contract.ts'
import { factsOf, type KnownHousehold } from './facts-of.ts'
import { householdRow } from './get-household.ts'
import { bump } from './record-facts.ts'
import type { CircleDecision, CircleMove, DecisionState, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

export const sealedReason = 'registry.circle_decision.reason'
export const sealedBridge = 'registry.circle_decision.bridge'
export const sealedDecisionNote = 'registry.circle_decision.note'

/** Where the rules say something else than where a household and its people stand: for two people to decide. */
export interface CircleCandidate {
  readonly kind: 'entry' | 'outward'
  readonly moves: readonly CircleMove[]
  /** Outward: since when the rules have said so, from when it may be proposed, and whether somebody was there since. */
  readonly since: Day | null
  readonly from: Day | null
  readonly visited: boolean
  readonly ripe: boolean
}

/** @returns undefined where everybody stands where the rules say */
export async function circleCandidate(ctx: Ctx, household: Id): Promise<CircleCandidate | undefined> {
  const row = await householdRow(ctx, household)
  const known = await factsOf(ctx, household)
  const people = await registry(ctx)
    .selectFrom('registry.person')
    .select(['id', 'circle', 'judged_circle', 'judged_since', 'circle_because'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute()
  const all = [{ ...row, id: null as Id | null }, ...people]
  const stands = all.map(s => ({
    person: s.id,
    because: s.circle_because,
    circle: s.circle,
    judged: s.judged_circle,
    judgedSince: s.judged_since,
  }))
  const visited = visitedSince(known)
  const entering = stands.filter(s => s.circle === null && s.judged !== null)
  const leaving = stands.filter(s => s.judgedSince !== null && rank(s.judged) > rank(s.circle))
  const entry = entering.length > 0
  const moving = entry ? entering : leaving
  if (moving.length === 0) return undefined
  const since = entry
    ? null
    : moving.reduce<Day | null>((a, s) => (a === null || (s.judgedSince ?? a) > a ? s.judgedSince : a), null)
  return {
    kind: entry ? 'entry' : 'outward',
    moves: moving.map(s => ({ person: s.person, from: s.circle, to: s.judged, because: s.because })),
    since,
    from: since === null ? null : addMonths(since, monthsOfStability),
    visited: since === null || visited(since),
    ripe: entry || moving.every(s => mayLeave(s, ctx.today, visited)),
  }
}

/** Somebody verified something at home since a day. */
const visitedSince = (h: KnownHousehold) => (since: Day) =>
  [h.known, ...h.members.map(m => m.facts)].some(facts =>
    Object.values(facts).some(f =>
      [f, ...f.rivals].some(s => s.source === 'verified' && s.origin === '入户核查' && s.asOf >= since),
    ),
  )

export interface CircleProposal {
  readonly household: Id
  readonly reason: string
  /** Outward: how the way down is made gentle. */
  readonly bridge?: string | undefined
  /** The alert it follows from. */
  readonly alert?: Id | undefined
  /** Whole yuan a month that would fall away. */
  readonly cliffAmount?: number | undefined
}

/**
 * One person proposes that a household enters the base, or moves outward, as the rules say. Nothing moves yet.
 * @throws notFound, nothingToDecide, notStableYet, alreadyProposed
 */
export async function proposeCircle(
  ctx: Ctx,
  { household, reason, bridge, alert, cliffAmount }: CircleProposal,
): Promise<Id> {
  const row = await householdRow(ctx, household, true)
  ctx.about({ kind: 'household', id: household })
  const candidate = await circleCandidate(ctx, household)
  if (!candidate) throw nothingToDecide()
  if (!candidate.ripe) throw notStableYet({ from: candidate.from ?? ctx.today, visited: candidate.visited })
  const open = await registry(ctx)
    .selectFrom('registry.circle_decision')
    .select('proposed_name')
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
  if (open) throw alreadyProposed({ by: open.proposed_name })
  const id = newId(ctx.now.getTime())
  await registry(ctx)
    .insertInto('registry.circle_decision')
    .values({
      district: ctx.district,
      id,
      household_id: household,
      division: row.division,
      kind: candidate.kind,
      moves: JSON.stringify(candidate.moves),
      state: 'proposed',
      alert_id: alert ?? null,
      cliff_amount: cliffAmount ?? null,
      sealed_reason: ctx.crypto.seal(sealedReason, id, reason),
      sealed_bridge: bridge === undefined ? null : ctx.crypto.seal(sealedBridge, id, bridge),
      proposed_by: ctx.actor.account,
      proposed_name: ctx.actor.name,
      proposed_role: ctx.actor.role,
      proposed_at: ctx.now,
      decided_by: null,
      decided_name: null,
      decided_role: null,
      decided_at: null,
      sealed_note: null,
    })
    .execute()
  tell(ctx, { id, division: row.division })
  return id
}

/**
 * Another person confirms or refuses a proposal; who proposed it may take it back. Confirmed, those move who still stand
 * where the proposal says.
 * @throws notFound, decisionOver, sameTwice, nothingToDecide
 */
export async function decideCircle(
  ctx: Ctx,
  {
    decision,
    say,
    note,
  }: { readonly decision: Id; readonly say: Exclude<DecisionState, 'proposed'>; readonly note: string },
): Promise<CircleDecision> {
  const found = await registry(ctx)
    .selectFrom('registry.circle_decision')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', decision)
    .executeTakeFirst()
  if (!found) throw notFound()
  // The household's lock stands for its proposals too: a moved row cannot be locked by who may no longer change it.
  await householdRow(ctx, found.household_id, true)
  const row = await registry(ctx)
    .selectFrom('registry.circle_decision')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', decision)
    .executeTakeFirstOrThrow()
  ctx.about({ kind: 'household', id: row.household_id })
  if (row.state !== 'proposed') throw decisionOver({ by: row.decided_name ?? '' })
  const own = row.proposed_by === ctx.actor.account
  if (own !== (say === 'withdrawn')) throw sameTwice()
  const decided = {
    state: say,
    decided_by: ctx.actor.account,
    decided_name: ctx.actor.name,
    decided_role: ctx.actor.role,
    decided_at: ctx.now,
    sealed_note: ctx.crypto.seal(sealedDecisionNote, row.id, note),
  }
  await registry(ctx)
    .updateTable('registry.circle_decision')
    .set(decided)
    .where('district', '=', ctx.district)
    .where('id', '=', row.id)
    .execute()
  const after = { ...row, ...decided }
  if (say === 'confirmed') await move(ctx, after)
  tell(ctx, row)
  return after
}

async function move(ctx: Ctx, row: CircleDecision): Promise<void> {
  const candidate = await circleCandidate(ctx, row.household_id)
  const still = row.moves.filter(m =>
    candidate?.moves.some(c => c.person === m.person && c.from === m.from && c.to === m.to),
  )
  if (still.length === 0 || candidate?.kind !== row.kind || !candidate.ripe) throw nothingToDecide()
  const household = await householdRow(ctx, row.household_id)
  for (const m of still) {
    await write(ctx, row, m)
    await registry(ctx)
      .insertInto('registry.circle_change')
      .values({
        district: ctx.district,
        id: newId(ctx.now.getTime()),
        household_id: row.household_id,
        person_id: m.person,
        division: household.division,
        from_circle: m.from,
        to_circle: m.to,
        because: m.because === null ? null : JSON.stringify(m.because),
        pool_version: household.pool_version ?? '',
        changed_on: ctx.today,
        recorded_at: ctx.now,
        recorded_by: ctx.actor.account,
        basis: 'twoPeople',
        decision_id: row.id,
        proposed_by: row.proposed_by,
        confirmed_by: ctx.actor.account,
      })
      .execute()
  }
  await bump(ctx, row.household_id)
}

async function write(ctx: Ctx, row: CircleDecision, { person, to }: CircleMove): Promise<void> {
  if (person === null)
    await registry(ctx)
      .updateTable('registry.household')
      .set({ circle: to })
      .where('district', '=', ctx.district)
      .where('id', '=', row.household_id)
      .execute()
  else
    await registry(ctx)
      .updateTable('registry.person')
      .set({ circle: to })
      .where('district', '=', ctx.district)
      .where('id', '=', person)
      .execute()
}

const tell = (ctx: Ctx, row: { readonly id: Id; readonly division: string }) =>
  ctx.tell({
    name: 'registry.circleDecision',
    to: { roles: ['townshipClerk', 'districtOfficer'], division: row.division },
    id: row.id,
  })

/** Proposals and decisions, newest first. */
export async function listCircleDecisions(
  ctx: Ctx,
  {
    state,
    household,
    limit = 100,
  }: { readonly state?: DecisionState | undefined; readonly household?: Id | undefined; readonly limit?: number },
): Promise<readonly CircleDecision[]> {
  let found = registry(ctx)
    .selectFrom('registry.circle_decision')
    .selectAll()
    .where('district', '=', ctx.district)
    .orderBy('id', 'desc')
    .limit(limit)
  if (state) found = found.where('state', '=', state)
  if (household) found = found.where('household_id', '=', household)
  return await found.execute()
}

/** Households of which the rules say something else than where they stand, oldest wait first; those already proposed left out. */
export async function listCircleCandidates(ctx: Ctx, limit = 200): Promise<readonly Id[]> {
  const rows = await registry(ctx)
    .selectFrom('registry.household as h')
    .select('h.id')
    .where('h.district', '=', ctx.district)
    .where('h.withdrawn_at', 'is', null)
    .where('h.division', '>=', ctx.actor.scope ?? ':')
    .where('h.division', '<', `${ctx.actor.scope ?? ''}:`)
    .where(eb =>
      eb.or([
        eb.and([eb('h.circle', 'is', null), eb('h.judged_circle', 'is not', null)]),
        eb.and([
          eb('h.circle', 'is not', null),
          eb('h.judged_since', '<=', addMonths(ctx.today, -monthsOfStability)),
          eb.or([eb('h.judged_circle', 'is', null), eb('h.judged_circle', '>', eb.ref('h.circle'))]),
        ]),
      ]),
    )
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('registry.circle_decision as d')
            .select('d.id')
            .whereRef('d.district', '=', 'h.district')
            .whereRef('d.household_id', '=', 'h.id')
            .where('d.state', '=', 'proposed'),
        ),
      ),
    )
    .orderBy('h.judged_since')
    .orderBy('h.id')
    .limit(limit)
    .execute()
  return rows.map(r => r.id)
}
