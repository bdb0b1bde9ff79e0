import type { Day } from '@zhulian/kernel'
import { answersOf, type Answers } from './answers.ts'
import { Explainer } from './explain.ts'
import { judgeBare } from './judge.ts'
import type { FactOf, HouseholdFacts, PersonPolicyResult, PolicyResult, Reason } from './judgement.ts'
import { inForce, type Fact, type Pool } from './pool.ts'
import type { Value } from './value.ts'
import { Household } from './world.ts'

/** One fact that would have to be otherwise. */
export interface ChangedFact extends FactOf {
  /** What is known; left out where nothing is. */
  readonly from?: unknown
  readonly to: unknown
}

export interface NearestChange {
  /** None of them can be spared. */
  readonly changes: readonly ChangedFact[]
  /** The sum of the efforts (`cost`) of the facts. */
  readonly effort: number
}

export interface ChangeOptions {
  /** Which facts may be named at all, beside those the dictionary calls fixed; all, when left out. */
  readonly may?: (fact: string) => boolean
}

/** So many suppositions, at most, for one answer. */
const budget = 1500

/**
 * The smallest change that would turn a no into a yes: the facts of the least effort, each to the nearest value. Never
 * a fact that is `fixed` in the dictionary (age, sex, illness, disability, what is past), nor a day or a list. Every answer has been judged
 * anew, with the exclusions, before it is returned.
 * @param id of a policy or service
 * @param person key of the person, for what is given to persons
 * @returns undefined when the result is no "no", when only fixed facts would turn it, or when none was found in the time allowed
 * @source facts to change hit every sufficient reason (Reiter 1987), searched by least effort first
 */
export function nearestChange(
  pool: Pool,
  facts: HouseholdFacts,
  on: Day,
  id: string,
  person?: string,
  options: ChangeOptions = {},
): NearestChange | undefined {
  return new Turning(pool, facts, on, id, person, options).find()
}

interface Step {
  readonly changes: ReadonlyMap<string, ChangedFact>
  readonly effort: number
  /** How far the values are from what is known, to choose among equal efforts. */
  readonly distance: number
}

class Turning {
  readonly #pool: Pool
  readonly #facts: HouseholdFacts
  readonly #on: Day
  readonly #id: string
  readonly #person: string | undefined
  readonly #may: (fact: string) => boolean
  readonly #answers: Answers

  constructor(
    pool: Pool,
    facts: HouseholdFacts,
    on: Day,
    id: string,
    person: string | undefined,
    options: ChangeOptions,
  ) {
    this.#pool = pool
    this.#facts = facts
    this.#on = on
    this.#id = id
    this.#person = person
    this.#may = options.may ?? (() => true)
    this.#answers = answersOf(pool, on)
  }

  find(): NearestChange | undefined {
    const start: Step = { changes: new Map(), effort: 0, distance: 0 }
    const open = [start]
    const seen = new Set<string>()
    for (let tried = 0; tried < budget && open.length > 0; tried++) {
      const step = takeNearest(open)
      const name = [...step.changes]
        .map(([key, c]) => `${key}=${JSON.stringify(c.to)}`)
        .toSorted()
        .join('&')
      if (seen.has(name)) continue
      seen.add(name)
      const reasons = this.#reasons(step)
      if (reasons === 'holds') {
        if (step.changes.size > 0 && this.#verdict(step) === 'eligible')
          return this.#verdict(start) === 'ineligible' ? this.#closer(step) : undefined
      } else if (reasons) open.push(...this.#next(step, reasons))
    }
    return undefined
  }

  /** Why it is still a no; undefined while it is open. */
  #reasons(step: Step): readonly Reason[] | 'holds' | undefined {
    const explainer =
      step.changes.size === 0
        ? asKnown(this.#pool, this.#facts, this.#on)
        : new Explainer(new Household(this.#pool, this.#with(step.changes), this.#on))
    const { world } = explainer
    const policy = this.#pool.policies.find(p => p.id === this.#id)
    const condition = policy
      ? inForce(policy.rules, this.#on)?.condition
      : this.#pool.services.find(s => s.id === this.#id)?.condition
    const who = this.#person === undefined ? -1 : world.persons.indexOf(this.#person)
    const value = condition?.run(world.frame(who))
    if (!condition || value === undefined) return undefined
    return value === true ? 'holds' : explainer.reasons(condition, who)
  }

  #next(step: Step, reasons: readonly Reason[]): Step[] {
    const found: Step[] = []
    const tried = new Set<string>()
    for (const { fact, person } of reasons.flatMap(r => (r.kind === 'notInForce' ? [] : r.from))) {
      const key = keyOf(fact, person)
      if (step.changes.has(key) || tried.has(key)) continue
      tried.add(key)
      const known = this.#pool.facts[this.#pool.factNumbers.get(fact) ?? -1]
      if (!known?.document || !this.#changeable(known)) continue
      const from = valueIn(this.#facts, fact, person)
      for (const to of this.#answers.of(known.number).values) {
        if (JSON.stringify(to) === JSON.stringify(from)) continue
        const change = { fact, ...(person !== undefined && { person }), ...(from !== undefined && { from }), to }
        found.push({
          changes: new Map([...step.changes, [key, change]]),
          effort: step.effort + (known.document.cost ?? 1),
          distance: step.distance + distance(from, to),
        })
      }
    }
    return found
  }

  #changeable({ document, form, name }: Fact): boolean {
    return document?.fixed !== true && form.type !== 'date' && form.type !== 'list' && this.#may(name)
  }

  /** Facts that turn out not to be needed are spared, figures are brought as near as they can be. */
  #closer(step: Step): NearestChange {
    let changes = new Map(step.changes)
    for (const key of step.changes.keys()) {
      const without = new Map(changes)
      without.delete(key)
      if (without.size > 0 && this.#verdict({ ...step, changes: without }) === 'eligible') changes = without
    }
    for (const [key, change] of changes) {
      if (typeof change.from !== 'number' || typeof change.to !== 'number') continue
      let [no, yes] = [change.from, change.to]
      while (Math.abs(yes - no) > 1) {
        const middle = Math.round((no + yes) / 2)
        if (middle === yes || middle === no) break
        const tried = new Map(changes).set(key, { ...change, to: middle })
        if (this.#verdict({ ...step, changes: tried }) === 'eligible') yes = middle
        else no = middle
      }
      changes = new Map(changes).set(key, { ...change, to: yes })
    }
    const cost = (fact: string) => this.#pool.facts[this.#pool.factNumbers.get(fact) ?? -1]?.document?.cost ?? 1
    const list = [...changes.values()]
    return { changes: list, effort: list.reduce((sum, c) => sum + cost(c.fact), 0) }
  }

  #verdict(step: Step): PolicyResult['verdict'] | undefined {
    const judged = judgeBare(this.#pool, this.#with(step.changes), this.#on)
    const result = judged.policies[this.#id] ?? judged.services[this.#id]
    if (!Array.isArray(result)) return (result as PolicyResult | undefined)?.verdict
    return (result as readonly PersonPolicyResult[]).find(r => r.person === this.#person)?.verdict
  }

  #with(changes: ReadonlyMap<string, ChangedFact>): HouseholdFacts {
    const changed = (known: Readonly<Record<string, unknown>>, person: string | undefined) => {
      let result = known
      for (const change of changes.values())
        if (change.person === person) result = put(result, pathOf(change.fact), change.to)
      return result
    }
    if (changes.size === 0) return this.#facts
    return {
      household: changed(this.#facts.household, undefined),
      persons: this.#facts.persons.map(p => ({ ...changed(p, p.key), key: p.key })),
    }
  }
}

const explained = new WeakMap<
  HouseholdFacts,
  { readonly pool: Pool; readonly on: Day; readonly explainer: Explainer }
>()

/** One household is asked about for every policy and service in turn: as it is, it is put together once. */
function asKnown(pool: Pool, facts: HouseholdFacts, on: Day): Explainer {
  const before = explained.get(facts)
  if (before && before.pool === pool && before.on === on) return before.explainer
  const explainer = new Explainer(new Household(pool, facts, on))
  explained.set(facts, { pool, on, explainer })
  return explainer
}

const keyOf = (fact: string, person?: string) => (person === undefined ? fact : `${fact}#${person}`)
const pathOf = (fact: string) => fact.slice(fact.indexOf('.') + 1).split('.')

function put(
  into: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [first = '', ...rest] = path
  if (rest.length === 0) return { ...into, [first]: value }
  return { ...into, [first]: put((into[first] ?? {}) as Record<string, unknown>, rest, value) }
}

function valueIn(facts: HouseholdFacts, fact: string, person: string | undefined): unknown {
  let value: unknown = person === undefined ? facts.household : facts.persons.find(p => p.key === person)
  for (const part of pathOf(fact)) value = (value as Readonly<Record<string, unknown>> | undefined)?.[part]
  return value
}

/** Between 0 and 1; 1 where nothing can be said of it. */
function distance(from: unknown, to: Value): number {
  if (typeof from !== 'number' || typeof to !== 'number') return 1
  const apart = Math.abs(from - to)
  return apart / (apart + 1000)
}

function takeNearest(open: Step[]): Step {
  let best = 0
  for (let i = 1; i < open.length; i++) {
    const [a, b] = [open[i] as Step, open[best] as Step]
    if (a.effort < b.effort || (a.effort === b.effort && a.distance < b.distance)) best = i
  }
  const [step] = open.splice(best, 1)
  return step as Step
}
