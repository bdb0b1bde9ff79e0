import type { Frame, List, Node, World } from './ir.ts'
import { whoIn } from './ir.ts'
import type { FactOf, Reason, Test } from './judgement.ts'
import { inForce, type Fact } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { compare, Either, equal, isKnown, possibilities, within, type Scalar, type Value } from './value.ts'
import type { Household } from './world.ts'

/** A fact, or the own conditions of a policy, of one person or the household, as a number; with how it was tested. */
type Leaves = Map<number, Test[]>

/**
 * Why a verdict is what it is, and what could still change it. Reasons are found bottom-up (a conjunction that fails
 * needs its cheapest failing part, one that holds needs all) and then thinned one by one, so that none can be spared.
 * @source prime implicants of a decision, as in Shih, Choi, Darwiche 2018
 */
export class Explainer {
  readonly #world: Household
  readonly #width: number
  readonly #given = new Map<number, ReadonlySet<number>>()
  readonly #open = new Map<number, ReadonlySet<string>>()

  constructor(world: Household) {
    this.#world = world
    this.#width = world.size + 1
  }

  /** The smallest facts found that keep a decided condition decided. */
  reasons(node: Node, who: number): Reason[] {
    const frame = this.#world.frame(who)
    const value = node.run(frame)
    const leaves = this.#support(node, frame)
    const masked = new Masked(this.#world, leaves, this.#width)
    const heaviest = [...leaves.keys()].sort((a, b) => this.#weight(b) - this.#weight(a))
    for (const leaf of heaviest) {
      const tests = leaves.get(leaf) as Test[]
      leaves.delete(leaf)
      if (node.run({ world: masked, slots: [who] }) !== value) leaves.set(leaf, tests)
    }
    return [...leaves].sort((a, b) => a[0] - b[0]).map(([leaf, tests]) => this.#reason(leaf, tests))
  }

  /** The given facts that could still change an open expression, in no order. */
  missing(node: Node, who: number): Set<string> {
    const found = new Set<string>()
    this.#missing(node, this.#world.frame(who), found)
    return found
  }

  /** As {@link missing}, of a part of an expression where its variables are bound. */
  missingIn(node: Node, frame: Frame): Set<string> {
    const found = new Set<string>()
    this.#missing(node, { world: frame.world, slots: [...frame.slots] }, found)
    return found
  }

  #weight(leaf: number): number {
    return this.#rest(leaf).size
  }

  #reason(leaf: number, tests: readonly Test[]): Reason {
    const { world } = this
    const [number, who] = this.#split(leaf)
    const from = [...this.#rest(leaf)].sort((a, b) => a - b).map(l => this.#factOf(l))
    const policy = world.pool.policies[number - world.pool.facts.length]
    const person = who < 0 ? {} : { person: world.key(who) }
    if (policy)
      return { kind: 'policy', policy: policy.id, ...person, holds: world.met(policy.number, who) === true, from }
    const fact = world.pool.facts[number] as Fact
    const value = world.fact(number, who)
    return {
      kind: 'fact',
      fact: fact.name,
      ...person,
      value: value instanceof Either ? value.values : value,
      tests,
      from,
    }
  }

  get world(): Household {
    return this.#world
  }

  #leaf(number: number, who: number): number {
    return number * this.#width + who + 1
  }

  #split(leaf: number): [number, number] {
    return [Math.floor(leaf / this.#width), (leaf % this.#width) - 1]
  }

  #factOf(leaf: number): FactOf {
    const [number, who] = this.#split(leaf)
    const fact = this.#world.pool.facts[number] as Fact
    return who < 0 ? { fact: fact.name } : { fact: fact.name, person: this.#world.key(who) }
  }

  // — reasons —

  /** The given facts a leaf rests on. */
  #rest(leaf: number): ReadonlySet<number> {
    const kept = this.#given.get(leaf)
    if (kept) return kept
    const found = new Set<number>()
    this.#given.set(leaf, found)
    const [number, who] = this.#split(leaf)
    const { pool, given } = this.#world
    const into = (node: Node) => {
      for (const below of this.#support(node, this.#world.frame(who)).keys())
        for (const l of this.#rest(below)) found.add(l)
    }
    const policy = pool.policies[number - pool.facts.length]
    if (policy) {
      const rule = inForce(policy.rules, this.#world.today)
      if (rule) into(rule.condition)
      return found
    }
    const fact = pool.facts[number] as Fact
    const row = given[who + 1] as readonly Value[]
    const kinds = fact.impliedBy === undefined ? undefined : row[fact.impliedBy]
    if (fact.impliedBy !== undefined && Array.isArray(kinds) && kinds.length > 0)
      found.add(this.#leaf(fact.impliedBy, who))
    else if (row[number] !== undefined) found.add(leaf)
    else if (fact.when && fact.when.run(this.#world.frame(who)) === false) into(fact.when)
    else {
      const formula = inForce(fact.formulas, this.#world.today)
      if (formula) into(formula.node)
    }
    return found
  }

  /** Facts enough for what is known of a node's value; nothing where nothing is known. */
  #support(node: Node, frame: Frame): Leaves {
    const value = node.run(frame)
    if (value === undefined) return new Map()
    switch (node.op) {
      case 'fact':
        return new Map([[this.#leaf(node.fact, whoIn(frame, node.of)), []]])
      case 'field':
        return new Map([[this.#leaf(node.source.fact, whoIn(frame, node.source.of)), []]])
      case 'met':
        return new Map([[this.#leaf(this.#world.pool.facts.length + node.policy, whoIn(frame, node.of)), []]])
      case 'and':
      case 'or': {
        const decisive = node.op === 'or'
        if (value !== decisive) return union(node.args.map(arg => this.#support(arg, frame)))
        return cheapest(node.args.filter(arg => arg.run(frame) === decisive).map(arg => this.#support(arg, frame)))
      }
      case 'order':
      case 'equal':
        return this.#compared(node, frame, value as boolean)
      case 'in': {
        const leaves = this.#support(node.arg, frame)
        return note(leaves, node.arg, frame, { is: 'in', than: node.values, holds: value as boolean }, this)
      }
      case 'choice': {
        const test = node.test.run(frame)
        if (test === undefined) return union([this.#support(node.yes, frame), this.#support(node.no, frame)])
        return union([this.#support(node.test, frame), this.#support(test ? node.yes : node.no, frame)])
      }
      case 'some':
      case 'every':
        return this.#quantified(node, frame, value as boolean)
      case 'count':
        return this.#listed(node.list, frame, undefined)
      case 'sum':
      case 'most':
      case 'least':
        return this.#listed(node.list, frame, { slot: node.slot, body: node.body })
      default:
        return union(children(node).map(child => this.#support(child, frame)))
    }
  }

  #compared(node: Node & { op: 'order' | 'equal' }, frame: Frame, holds: boolean): Leaves {
    const [left, right] = [node.left.run(frame), node.right.run(frame)]
    const is = node.op === 'equal' ? (node.negated ? '!=' : '==') : node.order
    if (node.op === 'order' && (left === null || right === null))
      return left === null ? this.#support(node.left, frame) : this.#support(node.right, frame)
    const a = note(this.#support(node.left, frame), node.left, frame, { is, than: plain(right), holds }, this)
    const b =
      node.left.op === 'fact'
        ? this.#support(node.right, frame)
        : note(this.#support(node.right, frame), node.right, frame, { is: flipped[is], than: plain(left), holds }, this)
    return union([a, b])
  }

  #quantified(node: Node & { op: 'some' | 'every' }, frame: Frame, value: boolean): Leaves {
    const some = node.op === 'some'
    const found: Leaves[] = []
    visit(node.list, frame, (element, inside) => {
      frame.slots[node.slot] = element
      const holds = node.body.run(frame)
      if (value === some) {
        // one sure element suffices
        if (inside && holds === some)
          found.push(union([this.#inside(node.list, frame, element), this.#support(node.body, frame)]))
      } else if (holds === !some) found.push(this.#support(node.body, frame))
    })
    return value === some ? cheapest(found) : union([...found, this.#outside(node.list, frame)])
  }

  #listed(list: List, frame: Frame, mapped: { readonly slot: number; readonly body: Node } | undefined): Leaves {
    const found: Leaves[] = []
    visit(list, frame, (element, inside) => {
      if (mapped) {
        frame.slots[mapped.slot] = element
        found.push(this.#support(mapped.body, frame))
      }
      if (inside) found.push(this.#inside(list, frame, element))
    })
    found.push(this.#outside(list, frame))
    return union(found)
  }

  /** What makes an element surely belong to a list. */
  #inside(list: List, frame: Frame, element: unknown): Leaves {
    switch (list.op) {
      case 'everyone':
        return new Map()
      case 'members':
        return new Map([[this.#leaf(this.#world.pool.known.alive, element as number), []]])
      case 'items':
        return new Map([[this.#leaf(list.source.fact, whoIn(frame, list.source.of)), []]])
      case 'filter':
        frame.slots[list.slot] = element
        return union([this.#inside(list.list, frame, element), this.#support(list.body, frame)])
    }
  }

  /** What keeps the others out of a list. */
  #outside(list: List, frame: Frame): Leaves {
    switch (list.op) {
      case 'everyone':
        return new Map()
      case 'members': {
        const dead: Leaves = new Map()
        for (let i = 0; i < this.#world.size; i++)
          if (this.#world.living(i) === false) dead.set(this.#leaf(this.#world.pool.known.alive, i), [])
        return dead
      }
      case 'items':
        return new Map([[this.#leaf(list.source.fact, whoIn(frame, list.source.of)), []]])
      case 'filter': {
        const found: Leaves[] = []
        visit(list.list, frame, element => {
          frame.slots[list.slot] = element
          if (list.body.run(frame) !== false) return
          frame.slots[list.slot] = element
          found.push(this.#support(list.body, frame))
        })
        found.push(this.#outside(list.list, frame))
        return union(found)
      }
    }
  }

  /** Adds a test to the leaf of a node that is itself a fact. */
  noted(node: Node, frame: Frame): number | undefined {
    return node.op === 'fact' ? this.#leaf(node.fact, whoIn(frame, node.of)) : undefined
  }

  // — what is missing —

  /** `settled`: which values, though open, decide the test they are put to, so that nothing below them is asked. */
  #missing(node: Node, frame: Frame, found: Set<string>, settled?: (value: Value) => boolean): void {
    const value = node.run(frame)
    if (isKnown(value) || settled?.(value)) return
    switch (node.op) {
      case 'fact':
        return this.#missingFact(node.fact, whoIn(frame, node.of), found, settled)
      case 'in':
        return this.#missing(node.arg, frame, found, v => within(v, node.values) !== undefined)
      case 'equal':
      case 'order': {
        const [left, right] = [node.left.run(frame), node.right.run(frame)]
        const test = (a: Value, b: Value) =>
          (node.op === 'equal' ? equal(a, b) : compare(node.order, a, b)) !== undefined
        this.#missing(node.left, frame, found, isKnown(right) ? v => test(v, right) : undefined)
        this.#missing(node.right, frame, found, isKnown(left) ? v => test(left, v) : undefined)
        return
      }
      case 'field':
        return this.#add(node.source.fact, whoIn(frame, node.source.of), found)
      case 'parameter':
        found.add(`params.${this.#world.pool.parameters[node.parameter]?.name}`)
        return
      case 'met':
        return this.#missingBelow(this.#leaf(this.#world.pool.facts.length + node.policy, whoIn(frame, node.of)), found)
      case 'choice': {
        const test = node.test.run(frame)
        if (test === undefined) this.#missing(node.test, frame, found)
        else this.#unanswered(node.test, frame, found)
        if (test !== false) this.#missing(node.yes, frame, found, settled)
        if (test !== true) this.#missing(node.no, frame, found, settled)
        return
      }
      case 'some':
      case 'every': {
        const harmless = node.op === 'every'
        return this.#missingList(node.list, frame, found, element => {
          frame.slots[node.slot] = element
          if (node.body.run(frame) === harmless) return false
          this.#missing(node.body, frame, found)
          return true
        })
      }
      case 'count':
        return this.#missingList(node.list, frame, found, () => true)
      case 'sum':
      case 'most':
      case 'least':
        return this.#missingList(node.list, frame, found, element => {
          frame.slots[node.slot] = element
          this.#missing(node.body, frame, found)
          return true
        })
      default:
        for (const child of children(node)) this.#missing(child, frame, found)
    }
  }

  /** `known(x) ? x : y`: an answer to x would settle it too. */
  #unanswered(test: Node, frame: Frame, found: Set<string>): void {
    if (test.op === 'known') this.#missing(test.arg, frame, found)
    else for (const child of children(test)) this.#unanswered(child, frame, found)
  }

  /** `matters` looks at an element's own part and says whether its belonging to the list matters too. */
  #missingList(list: List, frame: Frame, found: Set<string>, matters: (element: unknown) => boolean): void {
    if (list.op === 'filter') {
      return this.#missingList(list.list, frame, found, element => {
        frame.slots[list.slot] = element
        const passes = list.body.run(frame)
        if (passes === false || !matters(element)) return false
        frame.slots[list.slot] = element
        if (passes === undefined) this.#missing(list.body, frame, found)
        return true
      })
    }
    const known = visit(list, frame, (element, inside) => {
      if (matters(element) && inside === undefined) this.#add(this.#world.pool.known.alive, element as number, found)
    })
    if (known) return
    if (list.op === 'items') this.#missingFact(list.source.fact, whoIn(frame, list.source.of), found)
    else found.add('household.members')
  }

  #missingFact(number: number, who: number, found: Set<string>, settled?: (value: Value) => boolean): void {
    const fact = this.#world.pool.facts[number] as Fact
    if (fact.document && (fact.document.ask !== 'never' || fact.formulas.length === 0)) this.#add(number, who, found)
    const formula = inForce(fact.formulas, this.#world.today)?.node
    if (settled && !fact.when && formula?.op === 'choice')
      this.#missing(formula, this.#world.frame(who), found, settled)
    else if (fact.formulas.length > 0 || fact.when) this.#missingBelow(this.#leaf(number, who), found)
  }

  #missingBelow(leaf: number, found: Set<string>): void {
    let kept = this.#open.get(leaf)
    if (!kept) {
      const below = new Set<string>()
      this.#open.set(leaf, below)
      const [number, who] = this.#split(leaf)
      const { pool, today } = this.#world
      const policy = pool.policies[number - pool.facts.length]
      const fact = pool.facts[number]
      const nodes = policy
        ? [inForce(policy.rules, today)?.condition]
        : [inForce(fact?.formulas ?? [], today)?.node, fact?.when]
      for (const node of nodes) if (node) this.#missing(node, this.#world.frame(who), below)
      kept = below
    }
    for (const key of kept) found.add(key)
  }

  #add(number: number, who: number, found: Set<string>): void {
    const name = this.#world.pool.facts[number]?.name ?? ''
    found.add(who < 0 ? name : `${name}#${this.#world.key(who)}`)
  }
}

/** As the household, but only what is allowed is known. */
class Masked implements World {
  readonly today: string
  readonly size: number
  readonly #base: Household
  readonly #allowed: Leaves
  readonly #width: number

  constructor(base: Household, allowed: Leaves, width: number) {
    this.#base = base
    this.#allowed = allowed
    this.#width = width
    this.today = base.today
    this.size = base.size
  }
  fact(number: number, who: number): Value {
    return this.#allowed.has(number * this.#width + who + 1) ? this.#base.fact(number, who) : undefined
  }
  met(policy: number, who: number): boolean | undefined {
    return this.#allowed.has((this.#base.pool.facts.length + policy) * this.#width + who + 1)
      ? this.#base.met(policy, who)
      : undefined
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

function note(leaves: Leaves, node: Node, frame: Frame, test: Test, by: Explainer): Leaves {
  const leaf = by.noted(node, frame)
  if (leaf !== undefined && leaves.has(leaf)) leaves.set(leaf, [test])
  return leaves
}

function union(all: readonly Leaves[]): Leaves {
  const [first, ...rest] = all
  if (!first) return new Map()
  if (rest.length === 0) return first
  const result: Leaves = new Map(first)
  for (const leaves of rest)
    for (const [leaf, tests] of leaves) {
      const before = result.get(leaf)
      result.set(leaf, before ? [...before, ...tests] : tests)
    }
  return result
}

function cheapest(all: readonly Leaves[]): Leaves {
  let best: Leaves | undefined
  for (const leaves of all) if (!best || leaves.size < best.size) best = leaves
  return best ?? new Map()
}

/** `person.age#a` as a fact of a person. */
export function factOfKey(key: string): FactOf {
  const at = key.indexOf('#')
  return at < 0 ? { fact: key } : { fact: key.slice(0, at), person: key.slice(at + 1) }
}
