import { addDays, addMonths, type Day, type Id } from '@zhulian/kernel'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { mayLeave, monthsOfStability, rank } from './circle.ts'
import { factsOf, type KnownHousehold } from './facts-of.ts'
import { householdRow } from './get-household.ts'
import type { CircleMove, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** Where the rules say something else than where a household and its people stand: for two people to decide. */
export interface CircleCandidate {
  readonly kind: 'entry' | 'outward'
  readonly moves: readonly CircleMove[]
  /** Outward: since when the rules have said so, from when it may be proposed, and whether somebody was there since. */
  readonly since: Day | null
  /** Outward: the last day on which the rules said it of nobody who would move. */
  readonly before: Day | null
  readonly from: Day | null
  readonly visited: boolean
  readonly ripe: boolean
}

/** @returns undefined where everybody stands where the rules say */
export async function circleCandidate(ctx: Ctx, household: Id): Promise<CircleCandidate | undefined> {
  const row = await householdRow(ctx, household)
  const known = await factsOf(ctx, household, { whole: true })
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
  const [first] = entry ? [] : moving.flatMap(s => s.judgedSince ?? []).toSorted()
  return {
    kind: entry ? 'entry' : 'outward',
    moves: moving.map(s => ({ person: s.person, from: s.circle, to: s.judged, because: s.because })),
    since,
    before: first === undefined ? null : addDays(first, -1),
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
