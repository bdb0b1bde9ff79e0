import { answersOf, type Answers } from './answers.ts'
import { draftAll, exclude, verdictOf } from './drafts.ts'
import type { Verdict } from './judgement.ts'
import { Missing } from './missing.ts'
import type { Exclusion, Policy, Pool, Service } from './pool.ts'
import type { Household, Supposed } from './world.ts'

/** A result somebody waits for: of the household (-1) or of a person by number. */
export interface Goal {
  readonly id: string
  readonly policy?: Policy
  readonly service?: Service
  readonly who: number
}

/** `undecided`: the search came to the end of its budget, or to facts whose answers cannot all be tried. */
export type Relevance = 'relevant' | 'irrelevant' | 'undecided'

/** How many suppositions one question of one result may cost: where proof is asked for, and between two pages. */
export const budgets = { proof: 2000, page: 200 } as const

/**
 * Whether an answer can change a result: is there some completion of what is not known under which two answers lead to
 * two verdicts? Completions are searched by answer classes, only through facts that the result still rests on; a branch
 * ends as soon as all answers to the question agree.
 */
export class Relevances {
  readonly #world: Household
  readonly #pool: Pool
  readonly #answers: Answers
  readonly #kept = new Map<string, Relevance>()
  readonly #budget: number
  readonly #doubt: boolean
  #left = 0

  /**
   * @param doubt enough for one who only wants to know what is `irrelevant`: as soon as that cannot come out any more the
   * search ends as `undecided`. A fact whose answers cannot all be tried then costs nothing.
   */
  constructor(world: Household, budget: number, doubt: 'enough' | 'searched' = 'searched') {
    this.#world = world
    this.#budget = budget
    this.#doubt = doubt === 'enough'
    this.#pool = world.pool
    this.#answers = answersOf(world.pool, world.today)
  }

  of(goal: Goal, key: number): Relevance {
    const name = `${goal.id} ${goal.who} ${key}`
    const kept = this.#kept.get(name)
    if (kept) return kept
    const found = this.#find(goal, key)
    this.#kept.set(name, found)
    return found
  }

  #find(goal: Goal, key: number): Relevance {
    const at = this.#place(key)
    if (!at) return 'undecided'
    this.#left = this.#budget
    const { values, exact } = this.#answers.of(at.number)
    if (this.#doubt && !exact) return 'undecided'
    const worlds = values.map(value => {
      const world = this.#world.copy()
      world.suppose(at.number, at.who, value)
      return world
    })
    const found = this.#search(goal, key, worlds)
    return found === 'irrelevant' && !exact ? 'undecided' : found
  }

  #search(goal: Goal, key: number, worlds: readonly Supposed[]): Relevance {
    let decided: Verdict | undefined
    let open: Supposed | undefined
    for (const world of worlds) {
      if (this.#left-- <= 0) return 'undecided'
      const verdict = verdictIn(this.#pool, world, goal)
      if (verdict === 'undetermined') open ??= world
      else if (decided === undefined) decided = verdict
      else if (decided !== verdict) return 'relevant'
    }
    if (!open) return 'irrelevant'
    for (const other of missingIn(this.#pool, open, goal)) {
      const at = other === key ? undefined : this.#place(other)
      if (at) return this.#complete(goal, key, worlds, at)
    }
    return 'undecided'
  }

  #complete(goal: Goal, key: number, worlds: readonly Supposed[], at: Place): Relevance {
    const { values, exact } = this.#answers.of(at.number)
    if (this.#doubt && !exact) return 'undecided'
    let found: Relevance = exact ? 'irrelevant' : 'undecided'
    for (const value of values) {
      for (const world of worlds) world.suppose(at.number, at.who, value)
      const below = this.#search(goal, key, worlds)
      if (below === 'relevant') found = 'relevant'
      else if (below === 'undecided' && found === 'irrelevant') found = 'undecided'
      if (found === 'relevant' || this.#left <= 0 || (this.#doubt && found === 'undecided')) break
    }
    for (const world of worlds) world.suppose(at.number, at.who, undefined)
    return found === 'irrelevant' && this.#left <= 0 ? 'undecided' : found
  }

  #place(key: number): Place | undefined {
    const { keys } = this.#world
    const number = keys.numberOf(key)
    return keys.isFact(key) && this.#pool.facts[number]?.document ? { number, who: keys.whoOf(key) } : undefined
  }
}

interface Place {
  readonly number: number
  readonly who: number
}

const nothing: readonly number[] = []

/** A result in a world, after the exclusions that touch it. */
function verdictIn(pool: Pool, world: Household, goal: Goal): Verdict {
  if (goal.service) return verdictOf(goal.service.condition.run(world.frame(goal.who)) as boolean | undefined)
  const policy = goal.policy as Policy
  if (clusterOf(pool, policy).policies.size === 1) return verdictOf(world.met(policy.number, goal.who))
  return draftIn(pool, world, goal, silent, new Missing(world))?.verdict ?? 'ineligible'
}

/** What an open result rests on. */
function missingIn(pool: Pool, world: Household, goal: Goal): readonly number[] {
  const missing = new Missing(world)
  if (goal.service) return missing.of(goal.service.condition, goal.who)
  const policy = goal.policy as Policy
  if (clusterOf(pool, policy).policies.size === 1) return missing.ofPolicy(policy.number, goal.who)
  return draftIn(pool, world, goal, missing, missing)?.missing ?? nothing
}

function draftIn(
  pool: Pool,
  world: Household,
  { policy, who }: Goal,
  drafting: Pick<Missing, 'ofPolicy'>,
  missing: Missing,
) {
  const { policies, lines } = clusterOf(pool, policy as Policy)
  const drafts = draftAll(pool, world, drafting, policies)
  exclude(lines, drafts, world, missing)
  return drafts[(policy as Policy).number]?.find(draft => draft.who === who)
}

/** Where nobody asks what is missing. */
const silent = { ofPolicy: () => nothing }

/** The policy, and all that exclusions tie to it, directly or through others; and those exclusions, in their order. */
interface Cluster {
  readonly policies: ReadonlySet<Policy>
  readonly lines: readonly Exclusion[]
}
const clusters = new WeakMap<Pool, Map<Policy, Cluster>>()

function clusterOf(pool: Pool, policy: Policy): Cluster {
  const known = clusters.get(pool) ?? new Map<Policy, Cluster>()
  clusters.set(pool, known)
  const kept = known.get(policy)
  if (kept) return kept
  const policies = new Set([policy])
  for (const one of policies)
    for (const line of pool.exclusions)
      if (line.between.includes(one)) for (const other of line.between) policies.add(other)
  const found = { policies, lines: pool.exclusions.filter(({ between: [one] }) => policies.has(one)) }
  known.set(policy, found)
  return found
}
