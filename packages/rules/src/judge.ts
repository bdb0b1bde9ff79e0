import type { Day } from '@zhulian/kernel'
import type { PlanClass } from './documents.ts'
import { amountOf, draftAll, exclude, heldBy, verdictOf, type Draft } from './drafts.ts'
import { Explainer } from './explain.ts'
import type { Node } from './ir.ts'
import type {
  CircleResult,
  FactOf,
  HouseholdFacts,
  Judgement,
  PersonPolicyResult,
  PolicyResult,
  Reason,
  Tier,
} from './judgement.ts'
import { Missing } from './missing.ts'
import type { Policy, Pool, Service } from './pool.ts'
import { askAbout, type Interview, type OpenGoal, type QuestionOptions } from './questions.ts'
import { budgets, Relevances } from './relevance.ts'
import { Either, isKnown, roundHalfUp, type Value } from './value.ts'
import { Household, type Ungranted } from './world.ts'

/**
 * Judges one household by the whole pool as of a day: every policy and service, the exclusion pass, circles and classes.
 * Facts that the dictionary does not know are left aside (see `checkFacts`); derived facts are calculated, never taken.
 * @param on the day whose rules and figures apply, and on which ages are completed
 */
export function judge(pool: Pool, facts: HouseholdFacts, on: Day): Judgement {
  return judgingOf(pool, facts, on).judgement()
}

/**
 * As {@link judge} and `interview`, at the cost of judging alone. `matters`: is there a completion of what is not known
 * under which an answer to this fact changes a result, or can it not be ruled out in the time allowed? Looked for when asked.
 */
export function judgeAndAsk(
  pool: Pool,
  facts: HouseholdFacts,
  on: Day,
  options: Pick<QuestionOptions, 'guide' | 'priors' | 'likely'> = {},
): {
  readonly judgement: Judgement
  readonly interview: Interview
  readonly matters: (fact: FactOf) => boolean
} {
  const judging = judgingOf(pool, facts, on)
  return {
    judgement: judging.judgement(),
    interview: judging.interview(options),
    matters: fact => judging.matters(fact),
  }
}

/**
 * As {@link judge}, without reasons and missing facts, at a fifth of its cost: for judging whole registries, where somebody
 * asks why of few.
 */
export function judgeBare(pool: Pool, facts: HouseholdFacts, on: Day): Judgement {
  return judgingOf(pool, facts, on, false).judgement()
}

/** As {@link judgeBare}; and is a class of the household open? */
export function judgeForColumns(
  pool: Pool,
  facts: HouseholdFacts,
  on: Day,
): { readonly judgement: Judgement; readonly classesOpen: boolean } {
  const judging = judgingOf(pool, facts, on, false)
  return { judgement: judging.judgement(), classesOpen: judging.classesOpen() }
}

/** Where somebody stands: circles, classes, tiers. */
export type Standing = Pick<Judgement, 'on' | 'circles' | 'householdCircle' | 'classes' | 'tier'>

/**
 * As {@link judge}, circles, classes and tiers alone, without reasons and missing facts: for counting whole registries,
 * where the policies' verdicts are not asked for. Reads `met.…` but not `held.…`, which needs the exclusion pass.
 */
export function judgeStanding(pool: Pool, facts: HouseholdFacts, on: Day): Standing {
  return judgingOf(pool, facts, on, false).standing()
}

/**
 * Of each pool a judging of nobody, which nobody asks anything. After a full collection V8 forgets the shape of objects of which
 * none is left, and with it all code that was compiled for them: the next two hundred households then cost 1.4 to 2.3 ms each, as
 * in a new process; with it 0.7 to 1.1 ms. For each pool, and not one for all, as that one would hold its pool for good.
 */
const kept = new WeakMap<Pool, Judging>()

function judgingOf(pool: Pool, facts: HouseholdFacts, on: Day, explains = true): Judging {
  if (!kept.has(pool)) kept.set(pool, new Judging(pool, { household: {}, persons: [] }, on, true))
  return new Judging(pool, facts, on, explains)
}

class Judging {
  readonly #pool: Pool
  readonly #world: Household
  readonly #missing: Missing
  /** Undefined where nobody asks why. */
  readonly #explainer: Explainer | undefined
  readonly #ungranted = new Map<Ungranted, Household>()
  /** What each result that is open rests on; filled while judging. */
  readonly #open: OpenGoal[] = []
  #asked: readonly OpenGoal[] = []
  #relevances: Relevances | undefined

  constructor(pool: Pool, facts: HouseholdFacts, on: Day, explains: boolean) {
    this.#pool = pool
    this.#world = new Household(pool, facts, on)
    this.#missing = new Missing(this.#world)
    this.#explainer = explains ? new Explainer(this.#world, this.#missing) : undefined
  }

  judgement(): Judgement {
    const [pool, world] = [this.#pool, this.#world]
    this.#explainer?.tellPolicies()
    const drafts = draftAll(pool, world, this.#explainer ? this.#missing : silent)
    exclude(pool.exclusions, drafts, world, this.#missing)
    for (const draft of drafts.flat()) {
      const { policy, who } = draft
      if (draft.verdict === 'undetermined')
        this.#open.push({ goal: { id: policy.id, policy, who }, missing: draft.missing })
    }
    world.heldBy = heldBy(drafts)
    const policies: Record<string, PolicyResult | PersonPolicyResult[]> = {}
    for (const policy of pool.policies) {
      const own = drafts[policy.number] ?? []
      if (policy.scope === 'household') policies[policy.id] = this.#result(own[0] as Draft)
      else policies[policy.id] = own.map(draft => this.#result(draft, world.key(draft.who)))
    }
    const living = world.persons.map((_, i) => i).filter(i => world.living(i) !== false)
    return {
      on: world.today,
      policies,
      services: Object.fromEntries(
        pool.services.map(service => [service.id, living.map(i => this.#service(service, i))]),
      ),
      circles: Object.fromEntries(living.map(i => [world.key(i), this.#circle(pool.circle.person, i)])),
      householdCircle: this.#circle(pool.circle.household, -1),
      ...this.#classes(),
      tier: this.#tiers(living),
    }
  }

  /** After {@link judgement}. */
  interview(options: QuestionOptions): Interview {
    const { interview, open } = askAbout(this.#world, this.#missing, this.#open, options)
    this.#asked = open
    return interview
  }

  /** After {@link interview}: of the results that are asked for. */
  matters(fact: FactOf): boolean {
    const key = this.#world.keys.find(fact)
    if (key === undefined) return false
    this.#relevances ??= new Relevances(this.#world, budgets.page, 'enough')
    const relevances = this.#relevances
    return this.#asked
      .filter(({ missing }) => missing.includes(key))
      .toSorted((a, b) => a.missing.length - b.missing.length)
      .some(({ goal }) => relevances.of(goal, key) !== 'irrelevant')
  }

  standing(): Standing {
    const world = this.#world
    const living = world.persons.map((_, i) => i).filter(i => world.living(i) !== false)
    return {
      on: world.today,
      circles: Object.fromEntries(living.map(i => [world.key(i), this.#plainCircle(this.#pool.circle.person, i)])),
      householdCircle: this.#plainCircle(this.#pool.circle.household, -1),
      classes: this.#classes().classes,
      tier: this.#tiers(living),
    }
  }

  #result(draft: Draft): PolicyResult
  #result(draft: Draft, person: string): PersonPolicyResult
  #result(draft: Draft, person?: string): PolicyResult | PersonPolicyResult {
    const { rule, who, verdict, excludedBy } = draft
    const missing = this.#explainer ? this.#inWords(draft.missing) : []
    const reasons = rule ? (verdict === 'undetermined' ? [] : this.#reasons(draft)) : notInForce(draft.policy)
    // Most results are no more than this: nothing is put together for them twice.
    if (!rule || (verdict !== 'eligible' && excludedBy === undefined))
      return person === undefined ? { verdict, reasons, missing } : { person, verdict, reasons, missing }
    const eligible = verdict === 'eligible'
    const tier = eligible && rule.onTier ? this.#needsTier(rule.condition, who) : undefined
    return {
      ...(person !== undefined && { person }),
      verdict,
      ...(eligible && this.#amount(draft)),
      ...(tier && { conditionalOn: tier }),
      ...(excludedBy !== undefined && { excludedBy }),
      ...(eligible && draft.choiceWith && { choiceWith: draft.choiceWith }),
      reasons,
      missing,
    }
  }

  /** Its own, also when another policy goes before it. */
  #reasons({ policy, rule, who }: Draft): readonly Reason[] {
    return (rule && this.#explainer?.reasonsOfPolicy(policy.number, rule.condition, who)) ?? []
  }

  #amount(draft: Draft): Pick<PolicyResult, 'amount' | 'atLeast' | 'period' | 'amountMissing' | 'amountConditionalOn'> {
    const { rule, who } = draft
    const period = rule?.document.benefit.period
    if (!rule || !period) return {}
    const value = amountOf(draft, this.#world)
    const tier =
      rule.amountOnTier && !draft.policy.grantsTier ? this.#needsTierForAmount(rule.amount, who, value) : undefined
    const conditional = tier && { amountConditionalOn: tier }
    if (typeof value === 'number') return { amount: value, period, ...conditional }
    if (!rule.amount || value === null) return { period }
    const least = rule.atLeast?.run(this.#world.frame(who)) ?? (value instanceof Either ? smallest(value) : undefined)
    return {
      ...(typeof least === 'number' && { atLeast: roundHalfUp(least) }),
      period,
      ...conditional,
      ...(this.#explainer && { amountMissing: this.#missingOf(rule.amount, who) }),
    }
  }

  // — tiers that nobody has granted yet —

  #without(what: Ungranted): Household {
    let world = this.#ungranted.get(what)
    if (!world) {
      world = new Household(this.#pool, this.#world, this.#world.today, what)
      world.heldBy = this.#world.heldBy
      this.#ungranted.set(what, world)
    }
    return world
  }

  /** The predicted tier without which a condition that holds would not hold. */
  #needsTier(condition: Node, who: number): Tier | undefined {
    if (!this.#predictsSomething(who)) return undefined
    if (condition.run(this.#without('household').frame(who)) === true) return undefined
    const ofPerson = condition.run(this.#without('persons').frame(who)) !== true
    return this.#predictedTier(ofPerson ? who : -1)
  }

  #needsTierForAmount(amount: Node | undefined, who: number, value: Value): Tier | undefined {
    if (!amount || typeof value !== 'number' || !this.#predictsSomething(who)) return undefined
    const differs = (what: Ungranted) => {
      const other = amount.run(this.#without(what).frame(who))
      return typeof other !== 'number' || roundHalfUp(other) !== value
    }
    if (!differs('household')) return undefined
    return this.#predictedTier(differs('persons') ? who : -1)
  }

  #predictsSomething(who: number): boolean {
    const { facts, known } = this.#pool
    return known.predicted.some(number => {
      const fact = facts[number]
      if (!fact) return false
      if (fact.owner === 'household') return this.#world.fact(number, -1) !== fact.predicted
      if (who >= 0) return this.#world.fact(number, who) !== fact.predicted
      return this.#world.persons.some((_, i) => this.#world.fact(number, i) !== fact.predicted)
    })
  }

  #predictedTier(who: number): Tier | undefined {
    for (const number of this.#pool.known.predicted) {
      const fact = this.#pool.facts[number]
      if (fact?.owner !== (who < 0 ? 'household' : 'person')) continue
      const value = this.#world.fact(number, who)
      const tier = value instanceof Either ? value.values.findLast(v => v !== fact.predicted) : value
      if (typeof tier === 'string') return tier as Tier
    }
    return undefined
  }

  #tiers(living: readonly number[]): Judgement['tier'] {
    const household = tierOf(this.#world.fact(this.#pool.known.tier, -1))
    const ofHousehold = this.#pool.known.predicted.find(n => this.#pool.facts[n]?.owner === 'household')
    const predicted = ofHousehold === undefined ? undefined : tierOf(this.#world.fact(ofHousehold, -1))
    const persons: Record<string, Tier> = {}
    for (const i of living) {
      const tier = tierOf(this.#world.fact(this.#pool.known.personTier, i))
      if (tier) persons[this.#world.key(i)] = tier
    }
    return { ...(household && { household }), ...(predicted && { predicted }), persons }
  }

  // — services, circles, classes —

  #service(service: Service, who: number): PersonPolicyResult {
    const { condition } = service
    const told = this.#explainer?.tell(condition, who)
    const value = told ? told.value : (condition.run(this.#world.frame(who)) as boolean | undefined)
    if (told && value === undefined) this.#open.push({ goal: { id: service.id, service, who }, missing: told.missing })
    const tier = value && service.onTier ? this.#needsTier(condition, who) : undefined
    const person = this.#world.key(who)
    const verdict = verdictOf(value)
    const reasons = (told && this.#explainer?.reasonsOf(condition, who, told)) ?? []
    const rests = told ? this.#inWords(told.missing) : []
    return tier
      ? { person, verdict, conditionalOn: tier, reasons, missing: rests }
      : { person, verdict, reasons, missing: rests }
  }

  #plainCircle(number: number, who: number): CircleResult {
    const value = this.#world.fact(number, who)
    if (!isKnown(value)) return { reasons: [], missing: [] }
    const circle = value as 1 | 2 | 3 | null
    const line = this.#circleLine(circle, who)
    return { circle, ...(line && { because: line.label }), reasons: [], missing: [] }
  }

  #circleLine(circle: 1 | 2 | 3 | null, who: number) {
    if (who < 0 || circle === null) return undefined
    return this.#pool.circle.lines.find(l => l.circle === circle && l.node.run(this.#world.frame(who)) === true)
  }

  #circle(number: number, who: number): CircleResult {
    const value = this.#world.fact(number, who)
    const node = this.#world.inForce.formulas[number]
    if (!node) return { reasons: [], missing: [] }
    if (!isKnown(value)) return { reasons: [], missing: this.#explainer ? this.#missingOf(node, who) : [] }
    const circle = value as 1 | 2 | 3 | null
    const line = this.#circleLine(circle, who)
    return {
      circle,
      ...(line && { because: line.label }),
      reasons: (line && this.#explainer?.reasons(line.node, who)) ?? [],
      missing: [],
    }
  }

  #classes(): Pick<Judgement, 'classes' | 'classesMissing'> {
    const frame = this.#world.frame(-1)
    const holds = new Set<PlanClass>()
    const missing: (readonly number[])[] = []
    for (const line of this.#pool.classes) {
      const value = line.node.run(frame)
      if (value === true) holds.add(line.class)
      else if (value === undefined && this.#explainer) missing.push(this.#missing.of(line.node, -1, value))
    }
    const primary = this.#pool.primary.find(line => holds.has(line.class) && line.node.run(frame) === true)
    const classes = primary ? [primary.class, ...[...holds].filter(c => c !== primary.class)] : [...holds]
    return { classes, classesMissing: this.#inWords(this.#world.keys.union(missing)) }
  }

  classesOpen(): boolean {
    const frame = this.#world.frame(-1)
    return this.#pool.classes.some(line => line.node.run(frame) === undefined)
  }

  #missingOf(node: Node, who: number): readonly FactOf[] {
    return this.#inWords(this.#missing.of(node, who))
  }

  #inWords(keys: readonly number[]): readonly FactOf[] {
    return this.#world.keys.factsOf(keys)
  }
}

const notInForce = ({ rules: [first] }: Policy): readonly Reason[] =>
  first ? [{ kind: 'notInForce', from: first.from }] : []

/** For drafts of which nobody asks what is missing. */
const nothing: readonly number[] = []
const silent = { ofPolicy: () => nothing }

const tierOf = (value: Value): Tier | undefined => (typeof value === 'string' ? (value as Tier) : undefined)

const smallest = (value: Either): number | undefined => {
  const numbers = value.values.filter(v => typeof v === 'number')
  return numbers.length === value.values.length ? Math.min(...numbers) : undefined
}
