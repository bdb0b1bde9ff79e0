import type { Frame, List, Node } from './ir.ts'
import { whoIn } from './ir.ts'
import type { Gathering, Keys } from './keys.ts'
import type { Fact } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { compare, either, equal, isKnown, within, type Value } from './value.ts'
import type { Household } from './world.ts'

/** A test that a value, though open, may decide: then nothing below it is asked. */
interface Put {
  readonly to: Node & { readonly op: 'order' | 'equal' | 'in' }
  /** Of a comparison, what stands on the other side, and which. */
  readonly other: Value
  readonly on: 'left' | 'right'
}

function settles({ to, other, on }: Put, value: Value): boolean {
  if (to.op === 'in') return within(value, to.values) !== undefined
  const [a, b] = on === 'left' ? [value, other] : [other, value]
  return (to.op === 'equal' ? equal(a, b) : compare(to.order, a, b)) !== undefined
}

const names = new WeakMap<Node, { readonly other: Value; readonly on: Put['on']; readonly name: string }>()

/** The same for two tests exactly when they make the same of every value. */
function named({ to, other, on }: Put): string {
  const kept = names.get(to)
  if (kept && kept.on === on && Object.is(kept.other, other)) return kept.name
  const name =
    to.op === 'in' ? JSON.stringify(to.values) : `${to.op === 'order' ? to.order : '='} ${on} ${JSON.stringify(other)}`
  names.set(to, { other, on, name })
  return name
}

const asked = new WeakMap<Node, readonly Node[]>()

/** What a test asks whether it is known. */
function knownIn(test: Node): readonly Node[] {
  let found = asked.get(test)
  if (!found) asked.set(test, (found = test.op === 'known' ? [test.arg] : children(test).flatMap(knownIn)))
  return found
}

/**
 * The given facts that could still change an open expression. A part is worked out once where it stands and its value
 * handed down; what a derived fact or a policy rests on is looked for once. Where a fact is supposed otherwise it is made
 * anew: sets of text, and every part worked out at every step, took more than twice as long for a whole interview.
 */
export class Missing {
  readonly #world: Household
  readonly #keys: Keys
  /** By key of a derived fact or a policy. */
  readonly #below = new Map<number, readonly number[]>()
  /** By key of a derived fact and the test it is put to. */
  readonly #tested = new Map<number, Map<string, readonly number[]>>()

  constructor(world: Household) {
    this.#world = world
    this.#keys = world.keys
  }

  /**
   * In the order they are met.
   * @param value of the node, where it was worked out already
   */
  of(node: Node, who: number, ...value: [] | [Value]): readonly number[] {
    const frame = this.#world.frame(who)
    const found = this.#keys.gather()
    this.#valued(node, frame, value.length > 0 ? value[0] : node.run(frame), found)
    return found.take()
  }

  /** As {@link of}, of a part of an expression where its variables are bound. */
  in(node: Node, frame: Frame, value: Value): readonly number[] {
    const found = this.#keys.gather()
    this.#valued(node, frame, value, found)
    return found.take()
  }

  /** What was found when the condition of a policy was worked out. */
  keep(policy: number, who: number, found: readonly number[]): void {
    this.#below.set(this.#keys.met(policy, who), found)
  }

  /** As {@link of}, of the condition in force of a policy that is open; kept. */
  ofPolicy(policy: number, who: number): readonly number[] {
    return this.#underneath(this.#keys.met(policy, who))
  }

  /** Of a part of which nothing is known. */
  open(node: Node, frame: Frame, found: Gathering): void {
    this.#valued(node, frame, undefined, found)
  }

  /** Of the two sides of a comparison that is open. */
  compared(
    node: Node & { readonly op: 'order' | 'equal' },
    frame: Frame,
    left: Value,
    right: Value,
    found: Gathering,
  ): void {
    const [leftKnown, rightKnown] = [isKnown(left), isKnown(right)]
    if (!leftKnown)
      this.#valued(node.left, frame, left, found, rightKnown ? { to: node, other: right, on: 'left' } : undefined)
    if (!rightKnown)
      this.#valued(node.right, frame, right, found, leftKnown ? { to: node, other: left, on: 'right' } : undefined)
  }

  /** Of what is looked for in a list, while that is open. */
  tested(node: Node & { readonly op: 'in' }, frame: Frame, value: Value, found: Gathering): void {
    this.#valued(node.arg, frame, value, found, { to: node, other: undefined, on: 'left' })
  }

  #part(node: Node, frame: Frame, found: Gathering, put?: Put): void {
    this.#valued(node, frame, node.run(frame), found, put)
  }

  #valued(node: Node, frame: Frame, value: Value, found: Gathering, put?: Put): void {
    if (isKnown(value) || (put && settles(put, value))) return
    switch (node.op) {
      case 'and':
      case 'or':
        for (const arg of node.args) this.#part(arg, frame, found)
        return
      case 'not':
        return this.#valued(node.arg, frame, value, found)
      case 'fact':
        return this.#fact(node.fact, whoIn(frame, node.of), found, put)
      case 'in':
        return this.tested(node, frame, node.arg.run(frame), found)
      case 'equal':
      case 'order':
        return this.compared(node, frame, node.left.run(frame), node.right.run(frame), found)
      case 'field':
        return found.add(this.#keys.fact(node.source.fact, whoIn(frame, node.source.of)))
      case 'parameter':
        return found.add(this.#keys.parameter(node.parameter))
      case 'met':
        return found.addAll(this.ofPolicy(node.policy, whoIn(frame, node.of)))
      case 'choice':
        this.#branches(node, frame, found, put)
        return
      case 'some':
      case 'every': {
        const harmless = node.op === 'every'
        return this.#list(node.list, frame, found, element => {
          frame.slots[node.slot] = element
          const holds = node.body.run(frame)
          if (holds === harmless) return false
          this.#valued(node.body, frame, holds, found)
          return true
        })
      }
      case 'count':
        return this.#list(node.list, frame, found, () => true)
      case 'sum':
      case 'most':
      case 'least':
        return this.#list(node.list, frame, found, element => {
          frame.slots[node.slot] = element
          this.#part(node.body, frame, found)
          return true
        })
      default:
        for (const child of children(node)) this.#part(child, frame, found)
    }
  }

  /** @returns the value: so each branch of a long chain is worked out once */
  #branches(node: Node & { readonly op: 'choice' }, frame: Frame, found: Gathering, put?: Put): Value {
    const test = node.test.run(frame)
    if (test === undefined) this.#valued(node.test, frame, test, found)
    // `known(x) ? x : y`: an answer to x would settle it too.
    else for (const arg of knownIn(node.test)) this.#part(arg, frame, found)
    const yes = test === false ? undefined : this.#branch(node.yes, frame, found, put)
    const no = test === true ? undefined : this.#branch(node.no, frame, found, put)
    if (test === undefined) return either([yes, no])
    return test ? yes : no
  }

  #branch(node: Node, frame: Frame, found: Gathering, put?: Put): Value {
    if (node.op !== 'choice') {
      const value = node.run(frame)
      this.#valued(node, frame, value, found, put)
      return value
    }
    const { size } = found
    const value = this.#branches(node, frame, found, put)
    if (isKnown(value) || (put && settles(put, value))) found.cut(size)
    return value
  }

  /** `matters` looks at an element's own part and says whether its belonging to the list matters too. */
  #list(list: List, frame: Frame, found: Gathering, matters: (element: unknown) => boolean): void {
    if (list.op === 'filter') {
      return this.#list(list.list, frame, found, element => {
        frame.slots[list.slot] = element
        const passes = list.body.run(frame)
        if (passes === false || !matters(element)) return false
        frame.slots[list.slot] = element
        if (passes === undefined) this.#valued(list.body, frame, passes, found)
        return true
      })
    }
    const known = visit(list, frame, (element, inside) => {
      if (matters(element) && inside === undefined)
        found.add(this.#keys.fact(this.#world.pool.known.alive, element as number))
    })
    if (known) return
    if (list.op === 'items') this.#fact(list.source.fact, whoIn(frame, list.source.of), found)
    else found.add(this.#keys.members)
  }

  #fact(number: number, who: number, found: Gathering, put?: Put): void {
    const fact = this.#world.pool.facts[number] as Fact
    const key = this.#keys.fact(number, who)
    if (fact.formulas.length === 0 && !fact.when) {
      if (fact.document) found.add(key)
      return
    }
    if (fact.document && (fact.document.ask !== 'never' || fact.formulas.length === 0)) found.add(key)
    const formula = put && !fact.when ? this.#world.inForce.formulas[number] : undefined
    if (put && formula?.op === 'choice') found.addAll(this.#underTest(key, formula, put))
    else found.addAll(this.#underneath(key))
  }

  /** What a choice rests on, of whose values one needs to know only what a test makes of them. */
  #underTest(key: number, formula: Node, put: Put): readonly number[] {
    let tested = this.#tested.get(key)
    if (!tested) this.#tested.set(key, (tested = new Map()))
    const name = named(put)
    const kept = tested.get(name)
    if (kept) return kept
    const who = this.#keys.whoOf(key)
    const value = this.#world.fact(this.#keys.numberOf(key), who)
    const found = this.#keys.gather()
    this.#valued(formula, this.#world.frame(who), value, found, put)
    const all = found.take()
    tested.set(name, all)
    return all
  }

  #underneath(key: number): readonly number[] {
    const kept = this.#below.get(key)
    if (kept) return kept
    const { pool, inForce } = this.#world
    const [number, who] = [this.#keys.numberOf(key), this.#keys.whoOf(key)]
    const found = this.#keys.gather()
    const frame = this.#world.frame(who)
    if (this.#keys.isMet(key)) {
      const condition = inForce.rules[number]?.condition
      if (condition) this.#valued(condition, frame, undefined, found)
    } else {
      const { when } = pool.facts[number] as Fact
      const formula = inForce.formulas[number]
      if (formula) this.#valued(formula, frame, this.#world.fact(number, who), found)
      if (when) this.#part(when, frame, found)
    }
    const all = found.take()
    this.#below.set(key, all)
    return all
  }
}
