import { Grounds, tellingOf, type Leaves } from './grounds.ts'
import type { List, Node, World } from './ir.ts'
import type { FactOf, Reason, Test } from './judgement.ts'
import { ascending, type Keys } from './keys.ts'
import { Missing } from './missing.ts'
import type { Fact } from './pool.ts'
import { children } from './references.ts'
import { Either, type Value } from './value.ts'
import type { Household } from './world.ts'

const nothing: readonly number[] = []
const noReasons: readonly Reason[] = []
const noLeaves: Leaves = { keys: [], tests: [] }

/** A condition worked out: the facts that keep it what it is, or what is missing while it is open. */
interface Told {
  readonly value: boolean | undefined
  readonly leaves: Leaves
  readonly missing: readonly number[]
}

/**
 * Why a verdict is what it is, and what could still change it. The grounds of a condition are thinned one by one, so that
 * none can be spared.
 * @source prime implicants of a decision, as in Shih, Choi, Darwiche 2018
 */
export class Explainer {
  readonly world: Household
  readonly missing: Missing
  readonly #keys: Keys
  readonly #grounds: Grounds
  readonly #masked: Masked
  /** Of the conditions of policies that are decided, by key. */
  readonly #met: (Leaves | undefined)[]
  /** The given facts that a fact or a policy rests on: as keys, and in words. */
  readonly #given: (readonly number[] | undefined)[]
  readonly #from: (readonly FactOf[] | undefined)[]

  constructor(world: Household, missing = new Missing(world)) {
    this.world = world
    this.#keys = world.keys
    this.missing = missing
    this.#grounds = new Grounds(world, this.missing)
    this.#masked = new Masked(world)
    this.#met = Array<Leaves | undefined>(world.keys.count)
    this.#given = Array<readonly number[] | undefined>(world.keys.count)
    this.#from = Array<readonly FactOf[] | undefined>(world.keys.count)
  }

  /** Works out a condition with its grounds, and what is missing while it is open. */
  tell(node: Node, who: number): Told {
    const grounds = this.#grounds
    const [from, lacks] = [grounds.size, grounds.lacks]
    const missing = (grounds.lacks = this.#keys.gather())
    const value = tellingOf(node)(this.world.frame(who), grounds) as boolean | undefined
    grounds.lacks = lacks
    return { value, leaves: value === undefined ? noLeaves : grounds.take(from), missing: missing.take() }
  }

  /** From now on a policy's condition is worked out together with its grounds. */
  tellPolicies(): void {
    this.world.workOut = ({ number }, condition, who) => {
      const { value, leaves, missing } = this.tell(condition, who)
      if (value === undefined) this.missing.keep(number, who, missing)
      else this.#met[this.#keys.met(number, who)] = leaves
      return value
    }
  }

  /** After {@link tellPolicies}. */
  reasonsOfPolicy(policy: number, condition: Node, who: number): readonly Reason[] {
    const value = this.world.met(policy, who)
    const leaves = this.#met[this.#keys.met(policy, who)]
    return leaves ? this.reasonsOf(condition, who, { value, leaves }) : noReasons
  }

  /** The smallest facts found that keep a decided condition decided. */
  reasons(node: Node, who: number): readonly Reason[] {
    return this.reasonsOf(node, who, this.tell(node, who))
  }

  /** As {@link reasons}, of what was told of it. */
  reasonsOf(
    node: Node,
    who: number,
    { value, leaves: { keys, tests } }: Pick<Told, 'value' | 'leaves'>,
  ): readonly Reason[] {
    if (keys.length === 0) return noReasons
    if (keys.length === 1 && node.needsFact) return [this.#reason(keys[0] as number, tests[0] as readonly Test[])]
    const found: Reason[] = []
    for (const key of ascending(this.#standOnce(node, keys) ? keys : this.#thinned(node, who, value, keys)))
      found.push(this.#reason(key, tests[keys.indexOf(key)] as readonly Test[]))
    return found
  }

  /** Facts enough for what is known of an expression; undefined where that is nothing. */
  #leavesOf(node: Node, who: number): Leaves | undefined {
    const grounds = this.#grounds
    const { size, lacks } = grounds
    grounds.lacks = undefined
    const value = tellingOf(node)(this.world.frame(who), grounds)
    grounds.lacks = lacks
    return value === undefined ? undefined : grounds.take(size)
  }

  /**
   * Each of the facts stands in the node once, in a test that is open without it: then none of them can be spared. Without it
   * that test is open, so is what was held by it alone, and no other part knows anything.
   */
  #standOnce(node: Node, found: readonly number[]): boolean {
    const repeated = repeatedIn(node, this.world.pool.facts.length)
    if (!repeated) return false
    if (repeated.size === 0) return true
    const { facts } = this.world.pool
    return !found.some(key => repeated.has(this.#keys.numberOf(key) + (this.#keys.isMet(key) ? facts.length : 0)))
  }

  /** Of the keys, those none of which can be spared; what rests on most is tried first. */
  #thinned(node: Node, who: number, value: Value, keys: readonly number[]): readonly number[] {
    const masked = this.#masked
    const frame = { world: masked, slots: [who] }
    const heaviest = keys.length > 1 ? keys.toSorted((a, b) => this.#rest(b).length - this.#rest(a).length) : keys
    let needed = keys
    for (const key of heaviest) {
      masked.known = needed.filter(other => other !== key)
      if (node.run(frame) === value) needed = masked.known
    }
    return needed
  }

  #reason(key: number, tests: readonly Test[]): Reason {
    const { world } = this
    const from = this.#inWords(key)
    const [number, who] = [this.#keys.numberOf(key), this.#keys.whoOf(key)]
    if (this.#keys.isMet(key)) {
      const policy = world.pool.policies[number]?.id ?? ''
      const person = who < 0 ? {} : { person: world.key(who) }
      return { kind: 'policy', policy, ...person, holds: world.met(number, who) === true, from }
    }
    const found = world.fact(number, who)
    const value = found instanceof Either ? found.values : found
    const { fact, person } = this.#keys.factOf(key)
    return person === undefined
      ? { kind: 'fact', fact, value, tests, from }
      : { kind: 'fact', fact, person, value, tests, from }
  }

  #inWords(key: number): readonly FactOf[] {
    return (this.#from[key] ??= this.#keys.factsOf(ascending(this.#rest(key))))
  }

  /** The given facts a leaf rests on. */
  #rest(key: number): readonly number[] {
    return (this.#given[key] ??= this.#findRest(key))
  }

  #findRest(key: number): readonly number[] {
    const { pool, given, inForce } = this.world
    const [number, who] = [this.#keys.numberOf(key), this.#keys.whoOf(key)]
    if (this.#keys.isMet(key)) {
      const leaves = this.#met[key]
      if (leaves) return this.#restUnder(leaves)
      return this.#restOf(inForce.rules[number]?.condition, who)
    }
    const fact = pool.facts[number] as Fact
    const row = given[who + 1] as readonly Value[]
    if (fact.impliedBy !== undefined) {
      const kinds = row[fact.impliedBy]
      if (Array.isArray(kinds) && kinds.length > 0) return [this.#keys.fact(fact.impliedBy, who)]
    }
    if (row[number] !== undefined) return [key]
    if (fact.when && fact.when.run(this.world.frame(who)) === false) return this.#restOf(fact.when, who)
    return this.#restOf(inForce.formulas[number], who)
  }

  #restOf(node: Node | undefined, who: number): readonly number[] {
    const leaves = node && this.#leavesOf(node, who)
    return leaves ? this.#restUnder(leaves) : nothing
  }

  #restUnder({ keys }: Leaves): readonly number[] {
    if (keys.length === 1) return this.#rest(keys[0] as number)
    const found = this.#keys.gather()
    for (const key of keys) found.addAll(this.#rest(key))
    return found.take()
  }
}

/** As the household, but little of it is known. */
class Masked implements World {
  readonly today: string
  readonly size: number
  known: readonly number[] = []
  readonly #base: Household
  readonly #keys: Keys

  constructor(base: Household) {
    this.#base = base
    this.#keys = base.keys
    this.today = base.today
    this.size = base.size
  }
  fact(number: number, who: number): Value {
    return this.known.includes(this.#keys.fact(number, who)) ? this.#base.fact(number, who) : undefined
  }
  met(policy: number, who: number): boolean | undefined {
    return this.known.includes(this.#keys.met(policy, who)) ? this.#base.met(policy, who) : undefined
  }
  held(): undefined {
    return undefined
  }
  parameter(number: number): Value {
    return this.#base.parameter(number)
  }
  living(who: number): boolean | undefined {
    return this.fact(this.#base.pool.known.alive, who) as boolean | undefined
  }
  get rosterKnown(): boolean {
    return this.#base.rosterKnown
  }
  key(who: number): string {
    return this.#base.key(who)
  }
}

const repeated = new WeakMap<Node, ReadonlySet<number> | 'otherwise'>()

/**
 * The facts that stand in a node more than once, by number, policies after all facts; undefined where it is more than tests,
 * of facts or of the items of one, joined by and, or, not: elsewhere a part may be known though a fact of it is not.
 */
function repeatedIn(node: Node, facts: number): ReadonlySet<number> | undefined {
  let found = repeated.get(node)
  if (found === undefined) {
    const more = new Set<number>()
    repeated.set(node, (found = count(node, facts, new Set(), more) ? more : 'otherwise'))
  }
  return found === 'otherwise' ? undefined : found
}

/** @returns false where the node is of another form */
function count(node: Node, facts: number, seen: Set<number>, more: Set<number>): boolean {
  const stands = (number: number): true => {
    if (seen.has(number)) more.add(number)
    seen.add(number)
    return true
  }
  switch (node.op) {
    case 'fact':
      return stands(node.fact)
    case 'met':
      return stands(facts + node.policy)
    case 'constant':
    case 'parameter':
    case 'today':
      return true
    case 'and':
    case 'or':
    case 'not':
    case 'order':
    case 'equal':
    case 'in':
    case 'calculate':
      return children(node).every(child => count(child, facts, seen, more))
    case 'some':
    case 'every': {
      const source = itemsOf(node.list)
      return source !== undefined && readsItems(node.body) && stands(source)
    }
    default:
      return false
  }
}

/** The fact whose items, and nothing else, a list goes through: a test of them is a test of that one fact. */
function itemsOf(list: List): number | undefined {
  if (list.op === 'items') return list.source.fact
  return list.op === 'filter' && readsItems(list.body) ? itemsOf(list.list) : undefined
}

function readsItems(node: Node): boolean {
  switch (node.op) {
    case 'field':
    case 'element':
    case 'constant':
    case 'parameter':
    case 'today':
      return true
    default: {
      const parts = children(node)
      return parts.length > 0 && parts.every(readsItems)
    }
  }
}
