import type { FactOf } from './judgement.ts'
import type { Pool } from './pool.ts'

/**
 * Everything that can be known or asked of one household as whole numbers: a fact or a policy's own conditions, of a person
 * or of the household; a figure of the district; who lives there. A set of them is a list in which each stands once.
 */
export class Keys {
  readonly #pool: Pool
  readonly #persons: readonly string[]
  readonly #width: number
  readonly #policies: number
  readonly #parameters: number
  /** Every key is below it. */
  readonly count: number
  /** Who lives there. */
  readonly members: number
  readonly #facts: (FactOf | undefined)[]

  constructor(pool: Pool, persons: readonly string[]) {
    this.#pool = pool
    this.#persons = persons
    this.#width = persons.length + 1
    this.#policies = pool.facts.length * this.#width
    this.#parameters = this.#policies + pool.policies.length * this.#width
    const last = this.#parameters + pool.parameters.length
    const known = pool.factNumbers.get('household.members')
    this.members = known === undefined ? last : this.fact(known, -1)
    this.count = last + 1
    this.#facts = Array<FactOf | undefined>(this.count)
  }

  /** @param who -1 is the household */
  fact(number: number, who: number): number {
    return number * this.#width + who + 1
  }

  met(policy: number, who: number): number {
    return this.#policies + policy * this.#width + who + 1
  }

  parameter(number: number): number {
    return this.#parameters + number
  }

  isFact(key: number): boolean {
    return key < this.#policies
  }

  isMet(key: number): boolean {
    return key >= this.#policies && key < this.#parameters
  }

  /** Of a fact or a policy: its number. */
  numberOf(key: number): number {
    return Math.floor((key < this.#policies ? key : key - this.#policies) / this.#width)
  }

  /** Of a fact or a policy, the person; else -1. */
  whoOf(key: number): number {
    return key < this.#parameters ? (key % this.#width) - 1 : -1
  }

  /** The key of what can be asked; undefined where there is no such fact or person. */
  find({ fact, person }: FactOf): number | undefined {
    const who = person === undefined ? -1 : this.#persons.indexOf(person)
    if (person !== undefined && who < 0) return undefined
    const number = this.#pool.factNumbers.get(fact)
    return number === undefined ? (fact === membersOf ? this.members : undefined) : this.fact(number, who)
  }

  /** A fact, a figure as `params.…`, or the members, in words of the rules; the same object each time. */
  factOf(key: number): FactOf {
    return (this.#facts[key] ??= this.#made(key))
  }

  factsOf(keys: readonly number[]): readonly FactOf[] {
    return keys.length === 0 ? noFacts : keys.map(key => this.factOf(key))
  }

  #made(key: number): FactOf {
    if (key >= this.#parameters)
      return {
        fact: key === this.members ? membersOf : `params.${this.#pool.parameters[key - this.#parameters]?.name}`,
      }
    const fact = this.#pool.facts[this.numberOf(key)]?.name ?? ''
    const who = this.whoOf(key)
    return who < 0 ? { fact } : { fact, person: this.#persons[who] ?? '' }
  }

  /** To gather with, until its `take`. */
  gather(): Gathering {
    const found = free.pop()
    return found?.holds(this.count) ? found : new Gathering(this.count)
  }

  /** Each key of the lists once, as they come. */
  union(lists: readonly (readonly number[])[]): readonly number[] {
    const found = this.gather()
    for (const list of lists) found.addAll(list)
    return found.take()
  }
}

/** Empty ones that wait for the next, of whatever household: made anew they cost more than what is gathered in them. */
const free: Gathering[] = []
const membersOf = 'household.members'
const nothing: readonly number[] = []
const noFacts: readonly FactOf[] = []

/** Of few keys a copy in ascending order: for so few the language's own sort costs more than what is sorted. */
export function ascending(keys: readonly number[]): readonly number[] {
  if (keys.length < 2) return keys
  if (keys.length > 24) return keys.toSorted((a, b) => a - b)
  const found = keys.slice()
  for (let i = 1; i < found.length; i++) {
    const key = found[i] as number
    let at = i
    for (; at > 0 && (found[at - 1] as number) > key; at--) found[at] = found[at - 1] as number
    found[at] = key
  }
  return found
}

/** Keys found one after the other, each kept once, in the order they were found. */
export class Gathering {
  readonly #has: Uint8Array
  #list: number[] = []

  constructor(count: number) {
    this.#has = new Uint8Array(count)
  }

  /** Is there room for so many keys? */
  holds(count: number): boolean {
    return count <= this.#has.length
  }

  add(key: number): void {
    if (this.#has[key] === 1) return
    this.#has[key] = 1
    this.#list.push(key)
  }

  addAll(keys: readonly number[]): void {
    for (let i = 0; i < keys.length; i++) this.add(keys[i] as number)
  }

  get size(): number {
    return this.#list.length
  }

  /** Forgets what was found from a place on. */
  cut(from: number): void {
    if (from >= this.#list.length) return
    for (let i = from; i < this.#list.length; i++) this.#has[this.#list[i] as number] = 0
    this.#list.length = from
  }

  /** What was found. The gathering is given back and serves another. */
  take(): readonly number[] {
    const list = this.#list
    free.push(this)
    if (list.length === 0) return nothing
    for (let i = 0; i < list.length; i++) this.#has[list[i] as number] = 0
    this.#list = []
    return list
  }
}
