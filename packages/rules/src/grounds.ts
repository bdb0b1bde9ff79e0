import type { Frame, List, Node } from './ir.ts'
import { whoIn } from './ir.ts'
import type { Test } from './judgement.ts'
import type { Gathering, Keys } from './keys.ts'
import type { Missing } from './missing.ts'
import { visit } from './run.ts'
import { compare, either, equal, isKnown, possibilities, within, type Scalar, type Value } from './value.ts'
import type { Household } from './world.ts'

/** Facts, or the own conditions of policies, of one person or the household, by key; with how each was tested. */
export interface Leaves {
  readonly keys: readonly number[]
  readonly tests: readonly (readonly Test[])[]
}

/**
 * What a value stands on, gathered while it is worked out: where it is known, facts enough for it (a conjunction that fails
 * needs its cheapest failing part, one that holds needs all); where it is open, what is missing. An open part leaves no facts
 * and a known one nothing missing: what turns out not to be needed is cut off again. Working a rule out first and looking for
 * its grounds after took three times as many steps.
 */
export class Grounds {
  readonly keys: Keys
  readonly missing: Missing
  readonly world: Household
  /** Where what is missing is gathered; undefined where nobody asks. */
  lacks: Gathering | undefined
  /** How many leaves there are; one may stand among them twice. Beyond them stands what was cut off. */
  size = 0
  readonly #keys: number[] = []
  readonly #tests: (readonly Test[])[] = []

  constructor(world: Household, missing: Missing) {
    this.world = world
    this.keys = world.keys
    this.missing = missing
  }

  add(key: number): void {
    this.#keys[this.size] = key
    this.#tests[this.size++] = untested
  }

  /** Nobody asks what is missing. */
  silently<T>(work: () => T): T {
    const { lacks } = this
    this.lacks = undefined
    const value = work()
    this.lacks = lacks
    return value
  }

  /** How the leaf in a place was tested. */
  test(place: number, tests: readonly Test[]): void {
    this.#tests[place] = tests
  }

  /** Forgets the leaves from a place on. */
  cut(from: number): void {
    this.size = from
  }

  /** The leaves from `later` on, in the place of those from `from` on. */
  replace(from: number, later: number): void {
    if (from === later) return
    let to = from
    for (let i = later; i < this.size; i++) {
      this.#keys[to] = this.#keys[i] as number
      this.#tests[to++] = this.#tests[i] as readonly Test[]
    }
    this.size = to
  }

  /** {@link replace}, where that is fewer facts than the `most` there were; @returns how many there are then */
  fewer(from: number, later: number, most: number): number {
    let count = 0
    for (let i = later; i < this.size; i++) if (this.#keys.indexOf(this.#keys[i] as number, later) === i) count++
    if (count >= most) {
      this.size = later
      return most
    }
    this.replace(from, later)
    return count
  }

  /** Takes the leaves from a place on, each fact once with all its tests. */
  take(from: number): Leaves {
    const keys = this.#keys.slice(from, this.size)
    const tests = this.#tests.slice(from, this.size)
    this.size = from
    let count = 0
    for (let i = 0; i < keys.length; i++) {
      const test = tests[i] as readonly Test[]
      const at = keys.indexOf(keys[i] as number)
      if (at >= count) {
        keys[count] = keys[i] as number
        tests[count++] = test
      } else if (test.length > 0) tests[at] = [...(tests[at] as readonly Test[]), ...test]
    }
    if (count < keys.length) keys.length = tests.length = count
    return { keys, tests }
  }
}

const untested: readonly Test[] = []

/** Works out an expression and leaves its grounds. */
type Telling = (frame: Frame, found: Grounds) => Value

const tellings = new WeakMap<Node, Telling>()

/** As `run`, with its grounds, and gathers what is missing while it is open: closures, made once for a tree. */
export function tellingOf(node: Node): Telling {
  let telling = tellings.get(node)
  if (!telling) tellings.set(node, (telling = conditionOf(node)))
  return telling
}

/** The parts whose own parts say what is missing. */
const joins = (node: Node): boolean =>
  node.op === 'and' ||
  node.op === 'or' ||
  node.op === 'not' ||
  node.op === 'order' ||
  node.op === 'equal' ||
  node.op === 'in'

function conditionOf(node: Node): Telling {
  const telling = teller(node)
  if (joins(node)) return telling
  return (frame, found) => {
    const value = telling(frame, found)
    if (value === undefined && found.lacks) found.missing.open(node, frame, found.lacks)
    return value
  }
}

/** Of a part that is no condition of its own: what is missing of it is looked for from where it stands. */
function partOf(node: Node): Telling {
  const telling = teller(node)
  if (!joins(node)) return telling
  return (frame, found) => {
    const { lacks } = found
    found.lacks = undefined
    const value = telling(frame, found)
    found.lacks = lacks
    return value
  }
}

function teller(node: Node): Telling {
  const { run } = node
  switch (node.op) {
    case 'fact': {
      const { fact, of } = node
      return (frame, found) => {
        const who = whoIn(frame, of)
        const value = frame.world.fact(fact, who)
        if (value !== undefined) found.add(found.keys.fact(fact, who))
        return value
      }
    }
    case 'field': {
      const { fact, of } = node.source
      return (frame, found) => {
        const value = run(frame)
        if (value !== undefined) found.add(found.keys.fact(fact, whoIn(frame, of)))
        return value
      }
    }
    case 'met': {
      const { policy, of } = node
      return (frame, found) => {
        const who = whoIn(frame, of)
        const value = frame.world.met(policy, who)
        if (value !== undefined) found.add(found.keys.met(policy, who))
        return value
      }
    }
    case 'and':
    case 'or':
      return junction(node.args, node.op === 'or')
    case 'not': {
      const arg = conditionOf(node.arg)
      return (frame, found) => {
        const value = arg(frame, found)
        return value === undefined ? undefined : !value
      }
    }
    case 'order':
    case 'equal':
      return comparison(node)
    case 'in': {
      const { values } = node
      const arg = partOf(node.arg)
      const isFact = node.arg.op === 'fact'
      const tests = testing('in')
      return (frame, found) => {
        const from = found.size
        const value = arg(frame, found)
        const holds = within(value, values)
        if (holds === undefined) {
          found.cut(from)
          if (found.lacks) found.missing.tested(node, frame, value, found.lacks)
        } else if (isFact) found.test(from, tests(values, holds))
        return holds
      }
    }
    case 'choice': {
      const [test, yes, no] = [partOf(node.test), partOf(node.yes), partOf(node.no)]
      return (frame, found) => {
        const from = found.size
        const holds = test(frame, found)
        const value =
          holds === undefined
            ? either([yes(frame, found), no(frame, found)])
            : holds
              ? yes(frame, found)
              : no(frame, found)
        if (value === undefined) found.cut(from)
        return value
      }
    }
    case 'known': {
      const arg = partOf(node.arg)
      return (frame, found) => isKnown(arg(frame, found))
    }
    case 'calculate': {
      const args = node.args.map(partOf)
      return (frame, found) => {
        const value = run(frame)
        if (value !== undefined) for (const arg of args) arg(frame, found)
        return value
      }
    }
    case 'some':
    case 'every': {
      return (frame, found) => {
        const value = run(frame) as boolean | undefined
        if (value !== undefined) found.silently(() => quantified(node, frame, value, found))
        return value
      }
    }
    case 'count':
    case 'sum':
    case 'most':
    case 'least': {
      const mapped = node.op === 'count' ? undefined : node
      return (frame, found) => {
        const value = run(frame)
        if (value !== undefined) found.silently(() => listed(node.list, frame, mapped, found))
        return value
      }
    }
    default:
      return run
  }
}

/** Of the parts that decide it, the one that needs the fewest facts; all of them, where none decides it. */
function junction(nodes: readonly Node[], decisive: boolean): Telling {
  const args = nodes.map(conditionOf)
  const needFacts = nodes.map(node => node.needsFact)
  return (frame, found) => {
    const { size: from, lacks } = found
    const before = lacks?.size ?? 0
    let open = false
    let most = Number.POSITIVE_INFINITY
    for (let i = 0; i < args.length && most > 0; i++) {
      if (most === 1 && needFacts[i]) continue
      const at = found.size
      const value = (args[i] as Telling)(frame, found)
      if (value === decisive) {
        if (most === Number.POSITIVE_INFINITY && lacks) {
          lacks.cut(before)
          found.lacks = undefined
        }
        most = found.fewer(from, at, most)
      } else if (value === undefined) open = true
      else if (most < Number.POSITIVE_INFINITY) found.cut(at)
    }
    found.lacks = lacks
    if (most < Number.POSITIVE_INFINITY) return decisive
    if (!open) return !decisive
    found.cut(from)
    return undefined
  }
}

function comparison(node: Node & { readonly op: 'order' | 'equal' }): Telling {
  const [left, right] = [partOf(node.left), partOf(node.right)]
  const [leftIs, rightIs] = [node.left.op, node.right.op]
  const is = node.op === 'equal' ? (node.negated ? '!=' : '==') : node.order
  const tests = testing(leftIs === 'fact' ? is : flipped[is])
  const { negated, order } = { negated: false, order: undefined, ...node }
  return (frame, found) => {
    const from = found.size
    const a = left(frame, found)
    const middle = found.size
    const b = right(frame, found)
    const value = order === undefined ? equal(a, b) : compare(order, a, b)
    if (value === undefined) {
      found.cut(from)
      if (found.lacks) found.missing.compared(node, frame, a, b, found.lacks)
      return undefined
    }
    const holds = value !== negated
    // Of an order with "none" that one side is enough.
    if (order !== undefined && a === null) found.cut(middle)
    else if (order !== undefined && b === null) found.replace(from, middle)
    else if (leftIs === 'fact') found.test(from, tests(plain(b), holds))
    else if (rightIs === 'fact') found.test(middle, tests(plain(a), holds))
    return holds
  }
}

const flipped = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const

const plain = (value: Value): Test['than'] => (isKnown(value) ? (value as Scalar) : (possibilities(value) ?? null))

/** The same two tests for as long as a fact is put to the same. */
function testing(is: Test['is']): (than: Test['than'], holds: boolean) => readonly Test[] {
  let kept: Test['than'] | undefined
  let [yes, no]: (readonly Test[])[] = []
  return (than, holds) => {
    if (!yes || !no || !Object.is(kept, than)) {
      kept = than
      yes = [{ is, than, holds: true }]
      no = [{ is, than, holds: false }]
    }
    return holds ? yes : no
  }
}

function quantified(
  node: Node & { readonly op: 'some' | 'every' },
  frame: Frame,
  value: boolean,
  found: Grounds,
): void {
  const { list, slot } = node
  const body = tellingOf(node.body)
  const some = node.op === 'some'
  if (value !== some) {
    visit(list, frame, element => {
      frame.slots[slot] = element
      const at = found.size
      if (body(frame, found) !== value) found.cut(at)
    })
    return outside(list, frame, found)
  }
  // one sure element suffices
  const from = found.size
  let most = Number.POSITIVE_INFINITY
  visit(list, frame, (element, isInside) => {
    frame.slots[slot] = element
    if (!isInside || node.body.run(frame) !== some) return
    const at = found.size
    inside(list, frame, element, found)
    body(frame, found)
    most = found.fewer(from, at, most)
  })
}

function listed(
  list: List,
  frame: Frame,
  mapped: { readonly slot: number; readonly body: Node } | undefined,
  found: Grounds,
): void {
  visit(list, frame, (element, isInside) => {
    if (mapped) {
      frame.slots[mapped.slot] = element
      tellingOf(mapped.body)(frame, found)
    }
    if (isInside) inside(list, frame, element, found)
  })
  outside(list, frame, found)
}

/** What makes an element surely belong to a list. */
function inside(list: List, frame: Frame, element: unknown, found: Grounds): void {
  switch (list.op) {
    case 'everyone':
      return
    case 'members':
      return found.add(found.keys.fact(found.world.pool.known.alive, element as number))
    case 'items':
      return found.add(found.keys.fact(list.source.fact, whoIn(frame, list.source.of)))
    case 'filter':
      frame.slots[list.slot] = element
      inside(list.list, frame, element, found)
      tellingOf(list.body)(frame, found)
  }
}

/** What keeps the others out of a list. */
function outside(list: List, frame: Frame, found: Grounds): void {
  switch (list.op) {
    case 'everyone':
      return
    case 'members': {
      const { alive } = found.world.pool.known
      for (let i = 0; i < found.world.size; i++)
        if (found.world.living(i) === false) found.add(found.keys.fact(alive, i))
      return
    }
    case 'items':
      return found.add(found.keys.fact(list.source.fact, whoIn(frame, list.source.of)))
    case 'filter': {
      const body = tellingOf(list.body)
      visit(list.list, frame, element => {
        frame.slots[list.slot] = element
        const at = found.size
        if (body(frame, found) !== false) found.cut(at)
      })
      outside(list.list, frame, found)
    }
  }
}
