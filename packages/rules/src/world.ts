import type { Day } from '@zhulian/kernel'
import type { Frame, Node, World } from './ir.ts'
import type { HouseholdFacts } from './judgement.ts'
import { Keys } from './keys.ts'
import { inForceOn, type Fact, type InForce, type Policy, type Pool } from './pool.ts'
import { restingOn, type Resting } from './resting.ts'
import type { Value } from './value.ts'

/** Nothing predicted is taken as granted: for the whole household, or of persons only. */
export type Ungranted = 'household' | 'persons'

const open = Symbol('not calculated yet')

/** A row of which nothing is calculated yet: copied, which is quicker than filled. */
interface Open {
  readonly facts: (Value | typeof open)[]
  readonly policies: (boolean | undefined | typeof open)[]
}
const untouched = new WeakMap<Pool, Open>()

function openOf(pool: Pool): Open {
  let found = untouched.get(pool)
  if (!found)
    untouched.set(pool, (found = { facts: pool.facts.map(() => open), policies: pool.policies.map(() => open) }))
  return found
}

/** One household on one day: given facts by number, derived facts and policies calculated when first asked and kept. */
export class Household implements World {
  readonly today: Day
  readonly pool: Pool
  readonly size: number
  rosterKnown = false
  readonly persons: readonly string[]
  readonly keys: Keys
  readonly inForce: InForce
  /** By person number + 1 (0 is the household), then by fact number. */
  readonly given: readonly (readonly Value[])[]
  readonly #facts: (Value | typeof open)[][]
  readonly #met: (boolean | undefined | typeof open)[][]
  readonly #ungranted: Ungranted | undefined
  /** Works out the condition of a policy in its own way, for those who want to know why. */
  workOut: ((policy: Policy, condition: Node, who: number) => boolean | undefined) | undefined
  /** Filled by the exclusion pass. */
  heldBy: ((policy: number, who: number) => boolean | undefined) | undefined

  constructor(
    pool: Pool,
    facts: HouseholdFacts | Household,
    on: Day,
    ungranted?: Ungranted,
    own?: readonly (readonly Value[])[],
  ) {
    this.pool = pool
    this.today = on
    this.inForce = inForceOn(pool, on)
    this.#ungranted = ungranted
    if (facts instanceof Household) {
      this.persons = facts.persons
      this.size = facts.size
      this.given = own ?? facts.given
      this.keys = facts.keys
      this.#facts = facts.#facts.map(row => row.slice())
      this.#met = facts.#met.map(row => row.slice())
      this.rosterKnown = facts.rosterKnown
      if (ungranted) this.#forgetPredicted(ungranted)
    } else {
      this.persons = facts.persons.map(p => p.key)
      this.size = this.persons.length
      this.given = [givenOf(pool, 'household', facts.household), ...facts.persons.map(p => givenOf(pool, 'person', p))]
      this.keys = new Keys(pool, this.persons)
      const untouched = openOf(pool)
      this.#facts = this.given.map(() => untouched.facts.slice())
      this.#met = this.given.map(() => untouched.policies.slice())
      this.#countRoster()
    }
  }

  #forgetPredicted(what: Ungranted): void {
    for (const predicted of this.pool.known.predicted)
      if (what === 'household' || this.pool.facts[predicted]?.owner === 'person')
        this.forget(restingOn(this.pool, predicted))
  }

  #countRoster(): void {
    this.rosterKnown = false
    for (let i = 0; i < this.size; i++) if (this.living(i) !== false) this.rosterKnown = true
  }

  /** The same household with facts of its own, of which some may be supposed to be otherwise. */
  copy(): Supposed {
    return new Supposed(this)
  }

  /** Forgets what was calculated from facts that are otherwise now. */
  protected forget({ facts, policies }: Resting): void {
    for (const row of this.#facts) for (const fact of facts) row[fact] = open
    for (const row of this.#met) for (const policy of policies) row[policy] = open
    if (facts.includes(this.pool.known.alive)) this.#countRoster()
  }

  fact(number: number, who: number): Value {
    const row = this.#facts[who + 1] as (Value | typeof open)[]
    const known = row[number]
    if (known !== open) return known as Value
    const value = this.#find(this.pool.facts[number] as Fact, who)
    row[number] = value
    return value
  }

  #find(fact: Fact, who: number): Value {
    const row = this.given[who + 1] as readonly Value[]
    if (fact.predicted !== undefined && this.#ungranted && (this.#ungranted === 'household' || fact.owner === 'person'))
      return fact.predicted
    if (fact.impliedBy !== undefined) {
      const kinds = row[fact.impliedBy]
      if (Array.isArray(kinds) && kinds.length > 0) return true
    }
    const given = row[fact.number]
    if (given !== undefined) return given
    if (fact.when?.run(this.frame(who)) === false) return fact.otherwise
    if (fact.formulas.length > 0) return this.inForce.formulas[fact.number]?.run(this.frame(who))
    return fact.absent
  }

  met(number: number, who: number): boolean | undefined {
    const row = this.#met[who + 1] as (boolean | undefined | typeof open)[]
    const known = row[number]
    if (known !== open) return known as boolean | undefined
    const policy = this.pool.policies[number]
    const rule = policy && this.inForce.rules[number]
    const value = rule ? this.#holds(policy, rule.condition, who) : false
    row[number] = value
    return value
  }

  #holds(policy: Policy, condition: Node, who: number): boolean | undefined {
    if (this.workOut) return this.workOut(policy, condition, who)
    return condition.run(this.frame(who)) as boolean | undefined
  }

  held(policy: number, who: number): boolean | undefined {
    return this.heldBy?.(policy, who)
  }

  parameter(number: number): Value {
    return this.inForce.figures[number]
  }

  living(who: number): boolean | undefined {
    return this.fact(this.pool.known.alive, who) as boolean | undefined
  }

  key(who: number): string {
    return this.persons[who] ?? ''
  }

  frame(who: number): Frame {
    return { world: this, slots: [who] }
  }
}

/** A household of which one supposes answers, one after the other. */
export class Supposed extends Household {
  constructor(base: Household) {
    super(
      base.pool,
      base,
      base.today,
      undefined,
      base.given.map(row => [...row]),
    )
  }

  /** `undefined`: nothing is known of it. */
  suppose(number: number, who: number, value: Value): void {
    ;(this.given[who + 1] as Value[])[number] = value
    this.forget(restingOn(this.pool, number))
  }
}

/** Given facts by number. Objects such as `adl` are read through their dots; names that no one knows are left out. */
function givenOf(pool: Pool, owner: Fact['owner'], from: Readonly<Record<string, unknown>>): readonly Value[] {
  const row = Array<Value>(pool.facts.length).fill(undefined)
  const named = namesOf(pool)[owner]
  const put = (prefix: string, entries: Readonly<Record<string, unknown>>) => {
    const [keys, values] = [Object.keys(entries), Object.values(entries)]
    for (let i = 0; i < keys.length; i++) {
      const value = values[i]
      const name = prefix + (keys[i] as string)
      const fact = named.get(name)
      if (fact) {
        if (fact.document && !(value === 'unknown' && fact.form.type === 'enum')) row[fact.number] = value as Value
      } else if (typeof value === 'object' && value !== null && !Array.isArray(value))
        put(`${name}.`, value as Record<string, unknown>)
    }
  }
  put('', from)
  return row
}

type Names = Readonly<Record<Fact['owner'], ReadonlyMap<string, Fact>>>
const names = new WeakMap<Pool['facts'], Names>()

/** Facts by their names without the owner; kept for as long as the facts are. */
function namesOf({ facts }: Pool): Names {
  let found = names.get(facts)
  if (!found) {
    const of = (owner: Fact['owner']) =>
      new Map(facts.filter(f => f.name.startsWith(`${owner}.`)).map(f => [f.name.slice(owner.length + 1), f]))
    names.set(facts, (found = { household: of('household'), person: of('person') }))
  }
  return found
}
