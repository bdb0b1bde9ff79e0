import type { Id } from '@zhulian/kernel'
import { amountAt, type Outcome, type PolicyOutcome, type RegistryJudgement, verdictAt } from '@zhulian/rules'
import type { Kept, Results } from './results.ts'

/** What a whole registry was judged in: who is who, and in which order the policies stand. */
export interface Judged {
  readonly judgement: RegistryJudgement
  /** By household, one more than there are: its persons are the lanes from this to the next. */
  readonly first: ArrayLike<number>
  /** In the order of the pool. */
  readonly policies: readonly string[]
}

const holds = (plane: Int32Array, lane: number): boolean => (((plane[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1

/** One household out of columns, word for word as {@link resultsOf} keeps what `judge` says of it. */
export function resultsInColumns(
  { judgement, first, policies }: Judged,
  household: number,
  keys: readonly Id[],
): Results {
  const from = first[household] as number
  const lanes = keys.map((key, i) => [key, from + i] as const)
  const ofHousehold: Record<string, Kept> = {}
  const persons: Record<string, Record<string, Kept>> = {}
  for (const outcome of judgement.policies.values()) {
    if (outcome.of === 'household') {
      const kept = keptAt(judgement, policies, outcome, household)
      if (kept) ofHousehold[outcome.id] = kept
    } else
      for (const [key, lane] of lanes) {
        const kept = keptAt(judgement, policies, outcome, lane)
        if (kept) (persons[key] ??= {})[outcome.id] = kept
      }
  }
  const services: Record<string, readonly string[]> = {}
  for (const service of judgement.services.values()) {
    const fitting = lanes.filter(([, lane]) => holds(service.eligible, lane)).map(([key]) => key)
    if (fitting.length > 0) services[service.id] = fitting
  }
  const circles: Record<string, 1 | 2 | 3 | null> = {}
  for (const [key, lane] of lanes) {
    const circle = judgement.circles.circle[lane] as number
    if (circle >= 0) circles[key] = circle === 0 ? null : (circle as 1 | 2 | 3)
  }
  return { household: ofHousehold, persons, services, circles, classes: classesAt(judgement, household) }
}

/** What is plainly ineligible is left out. */
function keptAt(
  judgement: RegistryJudgement,
  policies: readonly string[],
  outcome: PolicyOutcome,
  lane: number,
): Kept | undefined {
  const verdict = verdictAt(outcome, lane)
  if (verdict === 'undetermined') return { verdict }
  if (verdict === 'ineligible') {
    const by = outcome.excludedBy?.[lane] ?? -1
    return by < 0 ? undefined : { verdict: 'excluded', excludedBy: policies[by] as string }
  }
  if (verdict === undefined) return undefined
  const amount = amountAt(outcome, lane)
  const least = outcome.atLeast?.[lane] ?? Number.NaN
  const tier = conditionalAt(judgement, outcome, lane)
  const choices = outcome.choices.filter(choice => holds(choice.plane, lane)).map(choice => choice.with)
  return {
    verdict,
    ...(amount !== undefined && { amount }),
    ...(!Number.isNaN(least) && { atLeast: least }),
    ...(outcome.period !== undefined && { period: outcome.period }),
    ...(tier !== undefined && { conditionalOn: tier }),
    ...(choices.length > 0 && { choiceWith: choices }),
  }
}

function conditionalAt({ tiers }: RegistryJudgement, { conditionalOn }: Outcome, lane: number) {
  const tier = conditionalOn?.[lane] ?? -1
  return tier < 0 ? undefined : tiers[tier]
}

/** The primary one first. */
function classesAt({ classes }: RegistryJudgement, household: number): Results['classes'] {
  const names = [...classes.holds.keys()]
  const own = names.filter(name => holds(classes.holds.get(name) as Int32Array, household))
  const primary = names[classes.primary[household] as number]
  return primary === undefined ? own : [primary, ...own.filter(name => name !== primary)]
}
