import type { Frame, List, Node, World } from './ir.ts'
import { whoIn } from './ir.ts'
import type { FactOf, Reason, Test } from './judgement.ts'
import type { Keys } from './keys.ts'
import { Missing } from './missing.ts'
import { inForce, type Fact } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { Either, isKnown, possibilities, type Scalar, type Value } from './value.ts'
import type { Household } from './world.ts'

const untested: readonly Test[] = []
const nothing: readonly number[] = []

/** Facts, or the own conditions of policies, of one person or the household, by key; with how each was tested. */
class Leaves {
  readonly keys: number[] = []
  readonly tests: (readonly Test[])[] = []

  add(key: number, tests: readonly Test[] = untested): void {
    const at = this.keys.indexOf(key)
    if (at < 0) {
      this.keys.push(key)
      this.tests.push(tests)
    } else if (tests.length > 0) {
      const before = this.tests[at] as readonly Test[]
      this.tests[at] = before.length > 0 ? [...before, ...tests] : tests
    }
  }

  addAll({ keys, tests }: Leaves): void {
    for (let i = 0; i < keys.length; i++) this.add(keys[i] as number, tests[i])
  }
}

/**
 * Why a verdict is what it is, and what could still change it. Reasons are found bottom-up (a conjunction that fails
 * needs its cheapest failing part, one that holds needs all) and then thinned one by one, so that none can be spared.
 * @source prime implicants of a decision, as in Shih, Choi, Darwiche 2018
 */
export class Explainer {
  readonly world: Household
  readonly missing: Missing
  readonly #keys: Keys
  readonly #masked: Masked
  /** The given facts that a fact or a policy rests on: as keys, and in words. */
  readonly #given: (readonly number[] | undefined)[]
  readonly #from: (readonly FactOf[] | undefined)[]

  constructor(world: Household) {
    this.world = world
    this.#keys = world.keys
    this.missing = new Missing(world)
    this.#masked = new Masked(world)
    this.#given = Array<readonly number[] | undefined>(world.keys.count)
    this.#from = Array<readonly FactOf[] | undefined>(world.keys.count)
  }

  /** The smallest facts found that keep a decided condition decided. */
  reasons(node: Node, who: number): Reason[] {
    const frame = this.world.frame(who)
    const value = node.run(frame)
    if (value === undefined) return []
    const { keys, tests } = this.#supportOf(node, frame, value)
    const needed = this.#standOnce(node, keys) ? keys.map((_, i) => i) : this.#thinned(node, who, value, keys)
    if (needed.length > 1) needed.sort((a, b) => (keys[a] as number) - (keys[b] as number))
    return needed.map(i => this.#reason(keys[i] as number, tests[i] as readonly Test[]))
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

  /** Of the keys, by their place, those none of which can be spared; what rests on most is tried first. */
  #thinned(node: Node, who: number, value: Value, keys: readonly number[]): number[] {
    const places = keys.map((_, i) => i)
    if (keys.length > 1) {
      const weights = keys.map(key => this.#rest(key).length)
      places.sort((a, b) => (weights[b] as number) - (weights[a] as number))
    }
    const masked = this.#masked
    for (const key of keys) masked.allow(key)
    const needed = places.filter(i => {
      const key = keys[i] as number
      masked.hide(key)
      if (node.run({ world: masked, slots: [who] }) === value) return false
      masked.allow(key)
      return true
    })
    for (const i of needed) masked.hide(keys[i] as number)
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
    return (this.#from[key] ??= this.#keys.factsOf(inOrder(this.#rest(key))))
  }

  /** The given facts a leaf rests on. */
  #rest(key: number): readonly number[] {
    return (this.#given[key] ??= this.#findRest(key))
  }

  #findRest(key: number): readonly number[] {
    const { pool, given, today } = this.world
    const [number, who] = [this.#keys.numberOf(key), this.#keys.whoOf(key)]
    if (this.#keys.isMet(key)) return this.#restOf(inForce(pool.policies[number]?.rules ?? [], today)?.condition, who)
    const fact = pool.facts[number] as Fact
    const row = given[who + 1] as readonly Value[]
    if (fact.impliedBy !== undefined) {
      const kinds = row[fact.impliedBy]
      if (Array.isArray(kinds) && kinds.length > 0) return [this.#keys.fact(fact.impliedBy, who)]
    }
    if (row[number] !== undefined) return [key]
    if (fact.when && fact.when.run(this.world.frame(who)) === false) return this.#restOf(fact.when, who)
    return this.#restOf(inForce(fact.formulas, today)?.node, who)
  }

  #restOf(node: Node | undefined, who: number): readonly number[] {
    const frame = this.world.frame(who)
    const value = node?.run(frame)
    if (!node || value === undefined) return nothing
    const found = this.#keys.gather()
    for (const key of this.#supportOf(node, frame, value).keys) found.addAll(this.#rest(key))
    return found.take()
  }

  // — facts enough for what is known of a node's value —

  #supportOf(node: Node, frame: Frame, value: Value): Leaves {
    const found = new Leaves()
    this.#support(node, frame, value, found)
    return found
  }

  /** Of a part that was not worked out yet; nothing where nothing is known of it. */
  #part(node: Node, frame: Frame, found: Leaves): void {
    const value = node.run(frame)
    if (value !== undefined) this.#support(node, frame, value, found)
  }

  /** @param value what the node was worked out to be: known, or one of a few */
  #support(node: Node, frame: Frame, value: Value, found: Leaves): void {
    switch (node.op) {
      case 'constant':
      case 'parameter':
        return
      case 'fact':
        return found.add(this.#keys.fact(node.fact, whoIn(frame, node.of)))
      case 'field':
        return found.add(this.#keys.fact(node.source.fact, whoIn(frame, node.source.of)))
      case 'met':
        return found.add(this.#keys.met(node.policy, whoIn(frame, node.of)))
      case 'and':
      case 'or': {
        const decisive = node.op === 'or'
        if (value === decisive) return this.#decisive(node.args, frame, decisive, found)
        for (const arg of node.args) this.#support(arg, frame, value, found)
        return
      }
      case 'not':
        return this.#support(node.arg, frame, value !== true, found)
      case 'order':
      case 'equal':
        return this.#compared(node, frame, value as boolean, found)
      case 'in':
        return this.#tested(node.arg, frame, { is: 'in', than: node.values, holds: value as boolean }, found)
      case 'choice': {
        const test = node.test.run(frame)
        if (test === undefined) {
          this.#part(node.yes, frame, found)
          this.#part(node.no, frame, found)
        } else {
          this.#support(node.test, frame, test, found)
          this.#support(test ? node.yes : node.no, frame, value, found)
        }
        return
      }
      case 'some':
      case 'every':
        return this.#quantified(node, frame, value as boolean, found)
      case 'count':
        return this.#listed(node.list, frame, undefined, found)
      case 'sum':
      case 'most':
      case 'least':
        return this.#listed(node.list, frame, node, found)
      default:
        for (const child of children(node)) this.#part(child, frame, found)
    }
  }

  /** Of the parts that decide it, the one that needs the fewest facts. */
  #decisive(args: readonly Node[], frame: Frame, decisive: boolean, found: Leaves): void {
    let best: Leaves | undefined
    let first: Node | undefined
    let most = Number.POSITIVE_INFINITY
    for (const arg of args) {
      if (most === 0 || (most === 1 && arg.needsFact) || arg.run(frame) !== decisive) continue
      if (!first) {
        first = arg
        if (arg.single) most = 1
        continue
      }
      best ??= this.#supportOf(first, frame, decisive)
      const other = this.#supportOf(arg, frame, decisive)
      if (other.keys.length < best.keys.length) best = other
      most = best.keys.length
    }
    if (best) found.addAll(best)
    else if (first) this.#support(first, frame, decisive, found)
  }

  #compared(node: Node & { op: 'order' | 'equal' }, frame: Frame, holds: boolean, found: Leaves): void {
    const [left, right] = [node.left.run(frame), node.right.run(frame)]
    const is = node.op === 'equal' ? (node.negated ? '!=' : '==') : node.order
    if (node.op === 'order' && (left === null || right === null))
      return left === null
        ? this.#support(node.left, frame, left, found)
        : this.#support(node.right, frame, right, found)
    if (node.left.op === 'fact') {
      this.#tested(node.left, frame, { is, than: plain(right), holds }, found)
      this.#support(node.right, frame, right, found)
    } else {
      this.#support(node.left, frame, left, found)
      this.#tested(node.right, frame, { is: flipped[is], than: plain(left), holds }, found)
    }
  }

  /** With the test, where what is put to it is itself a fact. */
  #tested(node: Node, frame: Frame, test: Test, found: Leaves): void {
    if (node.op === 'fact') found.add(this.#keys.fact(node.fact, whoIn(frame, node.of)), [test])
    else this.#part(node, frame, found)
  }

  #quantified(node: Node & { op: 'some' | 'every' }, frame: Frame, value: boolean, found: Leaves): void {
    const some = node.op === 'some'
    const sure: Leaves[] = []
    visit(node.list, frame, (element, inside) => {
      frame.slots[node.slot] = element
      const holds = node.body.run(frame)
      if (value !== some) {
        if (holds === value) this.#support(node.body, frame, holds, found)
      } else if (inside && holds === some) {
        // one sure element suffices
        const one = new Leaves()
        this.#inside(node.list, frame, element, one)
        this.#support(node.body, frame, holds, one)
        sure.push(one)
      }
    })
    if (value === some) found.addAll(cheapest(sure))
    else this.#outside(node.list, frame, found)
  }

  #listed(
    list: List,
    frame: Frame,
    mapped: { readonly slot: number; readonly body: Node } | undefined,
    found: Leaves,
  ): void {
    visit(list, frame, (element, inside) => {
      if (mapped) {
        frame.slots[mapped.slot] = element
        this.#part(mapped.body, frame, found)
      }
      if (inside) this.#inside(list, frame, element, found)
    })
    this.#outside(list, frame, found)
  }

  /** What makes an element surely belong to a list. */
  #inside(list: List, frame: Frame, element: unknown, found: Leaves): void {
    switch (list.op) {
      case 'everyone':
        return
      case 'members':
        return found.add(this.#keys.fact(this.world.pool.known.alive, element as number))
      case 'items':
        return found.add(this.#keys.fact(list.source.fact, whoIn(frame, list.source.of)))
      case 'filter':
        frame.slots[list.slot] = element
        this.#inside(list.list, frame, element, found)
        this.#part(list.body, frame, found)
    }
  }

  /** What keeps the others out of a list. */
  #outside(list: List, frame: Frame, found: Leaves): void {
    switch (list.op) {
      case 'everyone':
        return
      case 'members':
        for (let i = 0; i < this.world.size; i++)
          if (this.world.living(i) === false) found.add(this.#keys.fact(this.world.pool.known.alive, i))
        return
      case 'items':
        return found.add(this.#keys.fact(list.source.fact, whoIn(frame, list.source.of)))
      case 'filter':
        visit(list.list, frame, element => {
          frame.slots[list.slot] = element
          if (list.body.run(frame) !== false) return
          frame.slots[list.slot] = element
          this.#support(list.body, frame, false, found)
        })
        this.#outside(list.list, frame, found)
    }
  }
}

/** As the household, but only what is allowed is known. */
class Masked implements World {
  readonly today: string
  readonly size: number
  readonly #base: Household
  readonly #keys: Keys
  readonly #allowed: Uint8Array

  constructor(base: Household) {
    this.#base = base
    this.#keys = base.keys
    this.#allowed = new Uint8Array(base.keys.count)
    this.today = base.today
    this.size = base.size
  }
  allow(key: number): void {
    this.#allowed[key] = 1
  }
  hide(key: number): void {
    this.#allowed[key] = 0
  }
  fact(number: number, who: number): Value {
    return this.#allowed[this.#keys.fact(number, who)] === 1 ? this.#base.fact(number, who) : undefined
  }
  met(policy: number, who: number): boolean | undefined {
    return this.#allowed[this.#keys.met(policy, who)] === 1 ? this.#base.met(policy, who) : undefined
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

const flipped = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const

const plain = (value: Value): Test['than'] => (isKnown(value) ? (value as Scalar) : (possibilities(value) ?? null))

const repeated = new WeakMap<Node, ReadonlySet<number> | 'otherwise'>()

/**
 * The facts that stand in a node more than once, by number, policies after all facts; undefined where it is more than tests
 * joined by and, or, not: elsewhere a part may be known though a fact of it is not.
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
  switch (node.op) {
    case 'fact':
    case 'met': {
      const number = node.op === 'fact' ? node.fact : facts + node.policy
      if (seen.has(number)) more.add(number)
      seen.add(number)
      return true
    }
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
    default:
      return false
  }
}

const inOrder = (keys: readonly number[]): readonly number[] =>
  keys.length > 1 ? keys.toSorted((a, b) => a - b) : keys

const none = new Leaves()

function cheapest(all: readonly Leaves[]): Leaves {
  let best: Leaves | undefined
  for (const leaves of all) if (!best || leaves.keys.length < best.keys.length) best = leaves
  return best ?? none
}
