import { type Id, newId } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { circleCandidate } from './circle-candidates.ts'
import { alreadyProposed, decisionOver, nothingToDecide, notFound, notStableYet, sameTwice } from './contract.ts'
import { householdRow } from './get-household.ts'
import { bump } from './record-facts.ts'
import type { CircleDecision, CircleMove, DecisionState, HelpThatEnds, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

export const sealedReason = 'registry.circle_decision.reason'
export const sealedBridge = 'registry.circle_decision.bridge'
export const sealedDecisionNote = 'registry.circle_decision.note'

export interface CircleProposal {
  readonly household: Id
  readonly reason: string
  /** Outward: how the way down is made gentle. */
  readonly bridge?: string | undefined
  /** The alert it follows from. */
  readonly alert?: Id | undefined
  /** Outward: what would end. */
  readonly ends?: HelpThatEnds | undefined
}

/**
 * One person proposes that a household enters the base, or moves outward, as the rules say. Nothing moves yet.
 * @throws notFound, nothingToDecide, notStableYet, alreadyProposed
 */
export async function proposeCircle(ctx: Ctx, { household, reason, bridge, alert, ends }: CircleProposal): Promise<Id> {
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
      cliff_amount: ends?.perMonth ?? null,
      ends: ends ? JSON.stringify(ends) : null,
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
      .set({ circle: to, standing_at: ctx.now })
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
  // What is proposed about a household that went into another by a merge waits for the merge to be undone: nobody can decide it.
  if (state === 'proposed')
    found = found.where('household_id', 'in', eb =>
      eb
        .selectFrom('registry.household')
        .select('id')
        .where('district', '=', ctx.district)
        .where('withdrawn_at', 'is', null),
    )
  if (household) found = found.where('household_id', '=', household)
  return await found.execute()
}
