import type { Verdict } from './judgement.ts'
import type { Missing } from './missing.ts'
import type { Exclusion, Policy, PolicyRule, Pool } from './pool.ts'
import { isKnown, roundHalfUp, type Value } from './value.ts'
import type { Household } from './world.ts'

/** One policy for one person (or the household, -1) on the way to its result. */
export interface Draft {
  readonly policy: Policy
  readonly who: number
  readonly rule: PolicyRule | undefined
  verdict: Verdict
  /** {@link Keys}; empty exactly when decided. */
  missing: readonly number[]
  excludedBy?: string
  choiceWith?: string[]
}

/** By policy number, then in the order of persons. */
export type Drafts = readonly (readonly Draft[])[]

const nothing: readonly number[] = []

/** Every policy by its own text; the others than those of `only` are left empty. */
export function draftAll(
  pool: Pool,
  world: Household,
  missing: Pick<Missing, 'ofPolicy'>,
  only?: ReadonlySet<Policy>,
): Drafts {
  const who = Array.from({ length: world.size }, (_, i) => i)
  const living = who.filter(i => world.living(i) !== false)
  return pool.policies.map(policy =>
    (only && !only.has(policy) ? [] : policy.scope === 'household' ? [-1] : policy.everyone ? who : living).map(i => {
      const met = world.met(policy.number, i)
      const rule = world.inForce.rules[policy.number]
      const rests = met === undefined && rule ? missing.ofPolicy(policy.number, i) : nothing
      return { policy, who: i, rule, verdict: verdictOf(met), missing: rests }
    }),
  )
}

export const verdictOf = (value: boolean | undefined): Verdict =>
  value === undefined ? 'undetermined' : value ? 'eligible' : 'ineligible'

/**
 * What one cannot have together: the lines from top to bottom. The loser of a pair becomes ineligible; while the winner is
 * open so is the loser, with the winner's missing facts.
 */
export function exclude(lines: readonly Exclusion[], drafts: Drafts, world: Household, missing: Missing): void {
  for (const line of lines) {
    const [first, second] = line.between
    const [a, b] = [drafts[first.number] ?? [], drafts[second.number] ?? []]
    if (first.scope === second.scope) {
      for (const one of a) {
        if (one.verdict === 'ineligible') continue
        const other = b.find(draft => draft.who === one.who)
        if (other) pair(line, one, other, world, missing)
      }
    } else {
      const [[household], persons] = first.scope === 'household' ? [a, b] : [b, a]
      if (household) mixed(line, household, persons, world)
    }
  }
}

function pair(line: Exclusion, a: Draft, b: Draft, world: Household, missing: Missing): void {
  if (a.verdict === 'ineligible' || b.verdict === 'ineligible') return
  if (line.winner === 'choose') {
    if (a.verdict === 'eligible' && b.verdict === 'eligible') {
      a.choiceWith = [...(a.choiceWith ?? []), b.policy.id]
      b.choiceWith = [...(b.choiceWith ?? []), a.policy.id]
    }
    return
  }
  if (line.winner !== 'higher') {
    const [winner, loser] = line.winner === a.policy ? [a, b] : [b, a]
    lose(loser, winner.verdict, winner.policy, winner.missing, world)
    return
  }
  const [x, y] = [yearly(a, world), yearly(b, world)]
  if (typeof x === 'number' && typeof y === 'number') {
    const winner = x === y ? (line.tie === b.policy ? b : a) : x > y ? a : b
    // The higher, once it is sure, goes before the other however that turns out.
    if (winner.verdict === 'eligible') return lose(winner === a ? b : a, 'eligible', winner.policy, nothing, world)
  }
  const amounts = [a, b].map(draft => (draft.rule?.amount ? missing.of(draft.rule.amount, draft.who) : nothing))
  if ([a, b].some(draft => draft.verdict === 'undetermined') || amounts.some(keys => keys.length > 0))
    leaveOpen(a, b, world.keys.union([a.missing, b.missing, ...amounts]))
  else pair({ ...line, winner: 'choose' }, a, b, world, missing)
}

/** A household's benefit beside a person's. */
function mixed(line: Exclusion, household: Draft, persons: readonly Draft[], world: Household): void {
  if (household.verdict === 'ineligible') return
  if (line.winner === household.policy) {
    for (const person of persons) lose(person, household.verdict, household.policy, household.missing, world)
    return
  }
  if (typeof line.winner === 'string') {
    for (const person of persons)
      if (person.verdict === 'eligible' && household.verdict === 'eligible') {
        person.choiceWith = [...(person.choiceWith ?? []), household.policy.id]
        if (!household.choiceWith?.includes(person.policy.id))
          household.choiceWith = [...(household.choiceWith ?? []), person.policy.id]
      }
    return
  }
  const living = persons.filter(p => world.living(p.who) !== false)
  const decisive: Verdict = line.any ? 'eligible' : 'ineligible'
  const open = living.filter(p => p.verdict === 'undetermined')
  const other: Verdict = line.any ? 'ineligible' : 'eligible'
  const verdict = living.some(p => p.verdict === decisive)
    ? decisive
    : open.length > 0 || living.length === 0
      ? 'undetermined'
      : other
  if (living.length > 0) lose(household, verdict, line.winner, world.keys.union(open.map(p => p.missing)), world)
}

function lose(loser: Draft, winner: Verdict, policy: Policy, missing: readonly number[], world: Household): void {
  if (winner === 'ineligible' || loser.verdict === 'ineligible') return
  if (winner === 'eligible') {
    loser.verdict = 'ineligible'
    loser.excludedBy = policy.id
    loser.missing = nothing
  } else {
    loser.verdict = 'undetermined'
    loser.missing = world.keys.union([loser.missing, missing])
  }
}

function leaveOpen(a: Draft, b: Draft, all: readonly number[]): void {
  for (const draft of [a, b]) {
    draft.verdict = 'undetermined'
    draft.missing = all
  }
}

/** Who holds a policy after the exclusion pass. */
export const heldBy =
  (drafts: Drafts) =>
  (policy: number, who: number): boolean | undefined => {
    const verdict = drafts[policy]?.find(draft => draft.who === who)?.verdict
    return verdict === 'undetermined' ? undefined : verdict === 'eligible'
  }

export const timesYearly = { month: 12, year: 1, once: 1 }

function yearly(draft: Draft, world: Household): number | undefined {
  const period = draft.rule?.document.benefit.period
  const value = amountOf(draft, world)
  return typeof value === 'number' && period ? value * timesYearly[period] : undefined
}

/** Whole yuan, half up, rounded once; null where the rule gives no figure, undefined while it is open. */
export function amountOf(draft: Draft, world: Household): Value {
  if (!draft.rule?.amount) return null
  const value = draft.rule.amount.run(world.frame(draft.who))
  return isKnown(value) && typeof value === 'number' ? roundHalfUp(value) : value
}
