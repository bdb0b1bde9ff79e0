import { parseDay, type Words } from '@zhulian/kernel'
import { Fault, type FaultCode, type Range } from './fault.ts'
import type { Frame, List, Node } from './ir.ts'
import { whoIn } from './ir.ts'
import { children } from './references.ts'
import { runner } from './run.ts'
import { Between, Either, either, isKnown, lift, possibilities, type Order, type Scalar, type Value } from './value.ts'

/**
 * CEL to the letter, for expressions over names that a caller declares: whole numbers and doubles apart, comparisons
 * without tolerance, errors at run time that `&&`, `||`, `exists` and `all` absorb. The pool's conditions count in yuan
 * and fen instead, with a tolerance and with null; `docs/decisions/0012-two-arithmetics.md` says why.
 */
export class Failure extends Error {
  readonly code: FaultCode
  readonly at: Range
  readonly words: Words
  constructor(at: Range, code: FaultCode, words: Words) {
    super('failure at run time')
    this.at = at
    this.code = code
    this.words = words
  }
}

const tooLarge = (at: Range) =>
  new Failure(at, 'unsupported', {
    zh: `整数超出 ±${Number.MAX_SAFE_INTEGER}`,
    en: `A whole number beyond ±${Number.MAX_SAFE_INTEGER}`,
  })

/** -0 is not a whole number of its own. */
const whole = (at: Range, value: number): number => {
  if (!Number.isSafeInteger(value)) throw tooLarge(at)
  return value + 0
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}

/** A function of two numbers of one kind. Whole numbers are divided towards zero. */
export function exactly(op: string, kind: 'int' | 'double', at: Range): (...args: readonly Scalar[]) => Scalar {
  const by = arithmetic[op]
  if (!by) throw new Fault(at, { zh: `没有「${op}」`, en: `There is no "${op}"` }, 'unsupported')
  if (kind === 'double') return (a, b) => by(a as number, b as number)
  if (op !== '/') return (a, b) => whole(at, by(a as number, b as number))
  return (a, b) => {
    if (b === 0) throw new Failure(at, 'division_by_zero', { zh: '除以零', en: 'Division by zero' })
    return whole(at, ((a as number) - ((a as number) % (b as number))) / (b as number))
  }
}

/** Only days that a day can be; none of the year 9999. */
export const realDays =
  (by: (...args: readonly Scalar[]) => Scalar, at: Range) =>
  (...args: readonly Scalar[]): Scalar => {
    const value = by(...args)
    if (typeof value !== 'string' || parseDay(value)) return value
    throw new Failure(at, 'unsupported', { zh: '算出的日子太远', en: 'The day is too far away' })
  }

const orders: Record<Order, (a: number | string, b: number | string) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** Whether a test holds of every possibility of two values. */
function test(a: Value, b: Value, holds: (a: Scalar, b: Scalar) => boolean): boolean | undefined {
  const [xs, ys] = [possibilities(a), possibilities(b)]
  if (!xs || !ys) return undefined
  const found = new Set(xs.flatMap(x => ys.map(y => holds(x, y))))
  return found.size === 1 ? found.has(true) : undefined
}

/** Of a count that is not known to the last: its two ends decide. */
function testBounds(order: Order, a: Value, b: Value): boolean | undefined {
  const [x, y] = [ends(a), ends(b)]
  if (!x || !y) return undefined
  const found = new Set(x.flatMap(p => y.map(q => orders[order](p, q))))
  return found.size === 1 ? found.has(true) : undefined
}
const ends = (value: Value): readonly number[] | undefined =>
  value instanceof Between ? [value.min, value.max] : (possibilities(value) as readonly number[] | undefined)

function ordered(order: Order, a: Value, b: Value): boolean | undefined {
  if (a instanceof Between || b instanceof Between) return testBounds(order, a, b)
  return test(a, b, (x, y) => orders[order](x as number, y as number))
}

function equals(a: Value, b: Value): boolean | undefined {
  if (a instanceof Between || b instanceof Between) {
    const [below, above] = [testBounds('<', a, b), testBounds('>', a, b)]
    return below === true || above === true ? false : undefined
  }
  return test(a, b, (x, y) => x === y)
}

/** As {@link runner}, where CEL's arithmetic differs from the pool's. */
export function exactRunner(node: Node): (frame: Frame) => Value {
  switch (node.op) {
    case 'field': {
      const { of, field } = node
      return frame => (frame.slots[of as number] as Record<string, Value>)[field]
    }
    case 'and':
    case 'or':
      return junction(
        node.args.map(arg => arg.run),
        node.op === 'or',
      )
    case 'order':
      return frame => ordered(node.order, node.left.run(frame), node.right.run(frame))
    case 'equal':
      return frame => {
        const same = equals(node.left.run(frame), node.right.run(frame))
        return same === undefined ? undefined : same !== node.negated
      }
    case 'in':
      return frame => {
        const value = node.arg.run(frame)
        if (node.values.length === 0) return false
        return value instanceof Between ? undefined : test(value, true, x => node.values.some(v => v === x))
      }
    case 'calculate':
      return frame => calculate(node, frame)
    case 'choice': {
      const testCanFail = canFail(node.test)
      return frame => choose(node, frame, testCanFail)
    }
    case 'some':
    case 'every':
      return frame => quantify(node, frame)
    case 'count':
      return frame => {
        const { elements, whole: all } = elementsOf(node.list, frame)
        const sure = elements.filter(e => e.inside).length
        const possible = all ? elements.length : Number.POSITIVE_INFINITY
        return sure === possible ? sure : new Between(sure, possible)
      }
    case 'sum':
    case 'most':
    case 'least':
      return frame => fold(node, frame)
    default:
      return runner(node)
  }
}

/** Decided by one part, else open while a part is, else failed when a part failed. */
function junction(args: readonly ((frame: Frame) => Value)[], decisive: boolean): (frame: Frame) => Value {
  return frame => {
    let open = false
    let failure: Failure | undefined
    for (const run of args) {
      const value = attempt(() => run(frame))
      if (value === decisive) return decisive
      if (value instanceof Failure) failure ??= value
      else if (value === undefined) open = true
    }
    if (open) return undefined
    if (failure) throw failure
    return !decisive
  }
}

function attempt<T>(run: () => T): T | Failure {
  try {
    return run()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

/** With a few possible values it is open, not failed, while one of them would do. */
function calculate(node: Node & { op: 'calculate' }, frame: Frame): Value {
  const args = node.args.map(arg => arg.run(frame))
  if (!args.some(arg => arg instanceof Either)) return lift(node.by, args)
  const value = attempt(() => lift(node.by, args))
  return value instanceof Failure ? undefined : value
}

/** An open test that could yet fail leaves everything open: two equal branches are then no answer. */
function choose(node: Node & { op: 'choice' }, frame: Frame, testCanFail: boolean): Value {
  const decided = node.test.run(frame)
  if (decided !== undefined) return decided ? node.yes.run(frame) : node.no.run(frame)
  if (testCanFail) return undefined
  const [yes, no] = [attempt(() => node.yes.run(frame)), attempt(() => node.no.run(frame))]
  if (yes instanceof Failure) {
    if (no instanceof Failure) throw yes
    return undefined
  }
  if (no instanceof Failure) return undefined
  // 0.0 and -0.0 are equal and yet divide differently: a double is never one of a few.
  if (node.type.is === 'number' && node.type.as === 'double') return Object.is(yes, no) ? yes : undefined
  return either([yes, no])
}

/** Can it divide by zero or grow too large, once what is unknown is known? */
function canFail(node: Node): boolean {
  const known = fallible.get(node)
  if (known !== undefined) return known
  const isDouble = node.type.is === 'number' && node.type.as === 'double'
  const can =
    node.op === 'most' ||
    node.op === 'least' ||
    ((node.op === 'calculate' || node.op === 'sum') && !isDouble) ||
    children(node).some(canFail) ||
    ('body' in node && canFail(node.body)) ||
    ('list' in node && listCanFail(node.list))
  fallible.set(node, can)
  return can
}
const listCanFail = (list: List): boolean => list.op === 'filter' && (canFail(list.body) || listCanFail(list.list))
const fallible = new WeakMap<Node, boolean>()

interface Elements {
  /** `inside`: surely in the list; otherwise perhaps. */
  readonly elements: readonly { readonly element: unknown; readonly inside: boolean }[]
  /** Is it known that there are no others, and that finding out failed nowhere? */
  readonly whole: boolean
}

function elementsOf(list: List, frame: Frame): Elements {
  if (list.op === 'filter') {
    const before = elementsOf(list.list, frame)
    let { whole: all } = before
    const elements = before.elements.flatMap(({ element, inside }) => {
      frame.slots[list.slot] = element
      const passes = attempt(() => list.body.run(frame))
      if (passes instanceof Failure) {
        if (inside) throw passes
        all = false
        return []
      }
      if (passes === undefined && canFail(list.body)) all = false
      return passes === false ? [] : [{ element, inside: inside && passes === true }]
    })
    return { elements, whole: all }
  }
  if (list.op !== 'items') return { elements: [], whole: false }
  const items = frame.world.fact(list.source.fact, whoIn(frame, list.source.of))
  if (!Array.isArray(items)) return { elements: [], whole: false }
  return { elements: items.map(element => ({ element: element as unknown, inside: true })), whole: true }
}

function quantify(node: Node & { op: 'some' | 'every' }, frame: Frame): boolean | undefined {
  const some = node.op === 'some'
  const { elements, whole: all } = elementsOf(node.list, frame)
  let [decided, open] = [false, !all]
  let failure: Failure | undefined
  for (const { element, inside } of elements) {
    frame.slots[node.slot] = element
    const value = attempt(() => node.body.run(frame))
    if (value instanceof Failure) {
      if (inside) failure ??= value
      else open = true
    } else if (value === some && inside) decided = true
    else if (value !== !some) open = true
  }
  if (decided) return all ? some : undefined
  if (open) return undefined
  if (failure) throw failure
  return !some
}

function fold(node: Node & { op: 'sum' | 'most' | 'least' }, frame: Frame): Value {
  const { elements, whole: all } = elementsOf(node.list, frame)
  const values = elements.map(({ element, inside }) => {
    frame.slots[node.slot] = element
    const value = inside ? node.body.run(frame) : undefined
    return isKnown(value) ? (value as number) : undefined
  })
  if (!all || values.includes(undefined)) return undefined
  const numbers = values as readonly number[]
  if (node.op === 'sum') {
    const kind = node.type.is === 'number' ? (node.type.as ?? 'double') : 'double'
    const add = exactly('+', kind, node.at)
    return numbers.reduce((total, x) => add(total, x) as number, 0)
  }
  const [first] = numbers
  if (first === undefined)
    throw new Failure(node.at, 'unsupported', {
      zh: '空的列表没有最大和最小',
      en: 'An empty list has no largest and no smallest',
    })
  if (numbers.some(Number.isNaN)) throw new Failure(node.at, 'unsupported', { zh: '这里不是数', en: 'Not a number' })
  return numbers.reduce((best, x) => (node.op === 'most' ? Math.max(best, x) : Math.min(best, x)), first)
}

/** A known result, or undefined while it is open. */
export const settled = (value: Value): Scalar | undefined =>
  value instanceof Either || !isKnown(value) ? undefined : (value as Scalar)
