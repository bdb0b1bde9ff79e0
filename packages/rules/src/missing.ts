import type { Frame, List, Node } from './ir.ts'
import { whoIn } from './ir.ts'
import type { Gathering, Keys } from './keys.ts'
import { inForce, type Fact } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { compare, equal, isKnown, within, type Value } from './value.ts'
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

const texts = new WeakMap<readonly unknown[], string>()

/** The same for two tests exactly when they make the same of every value. */
function named({ to, other, on }: Put): string {
  if (to.op !== 'in') return `${to.op === 'order' ? to.order : '='} ${on} ${JSON.stringify(other)}`
  let text = texts.get(to.values)
  if (text === undefined) texts.set(to.values, (text = JSON.stringify(to.values)))
  return text
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
  readonly #tested = new Map<string, readonly number[]>()

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

  /** As {@link of}, of the condition in force of a policy that is open; kept. */
  ofPolicy(policy: number, who: number): readonly number[] {
    return this.#underneath(this.#keys.met(policy, who))
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
        return this.#part(node.arg, frame, found, { to: node, other: undefined, on: 'left' })
      case 'equal':
      case 'order': {
        const [left, right] = [node.left.run(frame), node.right.run(frame)]
        const other = (side: 'left' | 'right', value: Value): Put | undefined =>
          isKnown(value) ? { to: node, other: value, on: side } : undefined
        this.#valued(node.left, frame, left, found, isKnown(left) ? undefined : other('left', right))
        this.#valued(node.right, frame, right, found, isKnown(right) ? undefined : other('right', left))
        return
      }
      case 'field':
        return found.add(this.#keys.fact(node.source.fact, whoIn(frame, node.source.of)))
      case 'parameter':
        return found.add(this.#keys.parameter(node.parameter))
      case 'met':
        return found.addAll(this.ofPolicy(node.policy, whoIn(frame, node.of)))
      case 'choice': {
        const test = node.test.run(frame)
        if (test === undefined) this.#valued(node.test, frame, test, found)
        else this.#unanswered(node.test, frame, found)
        if (test !== false) this.#part(node.yes, frame, found, put)
        if (test !== true) this.#part(node.no, frame, found, put)
        return
      }
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

  /** `known(x) ? x : y`: an answer to x would settle it too. */
  #unanswered(test: Node, frame: Frame, found: Gathering): void {
    if (test.op === 'known') this.#part(test.arg, frame, found)
    else for (const child of children(test)) this.#unanswered(child, frame, found)
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
    const formula = put && !fact.when ? inForce(fact.formulas, this.#world.today)?.node : undefined
    if (put && formula?.op === 'choice') found.addAll(this.#underTest(key, formula, put))
    else found.addAll(this.#underneath(key))
  }

  /** What a choice rests on, of whose values one needs to know only what a test makes of them. */
  #underTest(key: number, formula: Node, put: Put): readonly number[] {
    const name = `${key} ${named(put)}`
    const kept = this.#tested.get(name)
    if (kept) return kept
    const who = this.#keys.whoOf(key)
    const value = this.#world.fact(this.#keys.numberOf(key), who)
    const found = this.#keys.gather()
    this.#valued(formula, this.#world.frame(who), value, found, put)
    const all = found.take()
    this.#tested.set(name, all)
    return all
  }

  #underneath(key: number): readonly number[] {
    const kept = this.#below.get(key)
    if (kept) return kept
    const { pool, today } = this.#world
    const [number, who] = [this.#keys.numberOf(key), this.#keys.whoOf(key)]
    const found = this.#keys.gather()
    const frame = this.#world.frame(who)
    if (this.#keys.isMet(key)) {
      const condition = inForce(pool.policies[number]?.rules ?? [], today)?.condition
      if (condition) this.#valued(condition, frame, undefined, found)
    } else {
      const { formulas, when } = pool.facts[number] as Fact
      const formula = inForce(formulas, today)?.node
      if (formula) this.#valued(formula, frame, this.#world.fact(number, who), found)
      if (when) this.#part(when, frame, found)
    }
    const all = found.take()
    this.#below.set(key, all)
    return all
  }
}
