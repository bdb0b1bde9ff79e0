import type { Frame, List, Node } from './ir.ts'
import { whoIn } from './ir.ts'
import {
  between,
  compare,
  either,
  equal,
  isKnown,
  lift,
  orderOf,
  possibilities,
  within,
  type Scalar,
  type Value,
} from './value.ts'

/** Turns a tree into closures, bottom up, once. No code is generated. */
export function runner(node: Node): (frame: Frame) => Value {
  switch (node.op) {
    case 'constant': {
      const { value } = node
      return () => value
    }
    case 'today':
      return frame => frame.world.today
    case 'parameter': {
      const { parameter } = node
      return frame => frame.world.parameter(parameter)
    }
    case 'fact': {
      const { fact, of } = node
      if (of === 'household') return frame => frame.world.fact(fact, -1)
      return frame => frame.world.fact(fact, frame.slots[of] as number)
    }
    case 'key':
      return frame => frame.world.key(whoIn(frame, node.of))
    case 'field': {
      const { of, field } = node
      return frame => {
        const value = (frame.slots[of as number] as Record<string, unknown>)[field]
        return value === 'unknown' ? undefined : (value as Value)
      }
    }
    case 'element':
      return frame => frame.slots[node.of as number] as Value
    case 'met':
      return frame => frame.world.met(node.policy, whoIn(frame, node.of))
    case 'held':
      return frame => frame.world.held(node.policy, whoIn(frame, node.of))
    case 'and':
    case 'or':
      return junction(
        node.args.map(arg => arg.run),
        node.op === 'or',
      )
    case 'not': {
      const { run } = node.arg
      return frame => {
        const value = run(frame)
        return value === undefined ? undefined : !value
      }
    }
    case 'order': {
      const { order } = node
      const [left, right, holds] = [node.left.run, node.right.run, orderOf[order]]
      return frame => {
        const [a, b] = [left(frame), right(frame)]
        return typeof a === 'number' && typeof b === 'number' ? holds(a, b) : compare(order, a, b)
      }
    }
    case 'equal': {
      const { negated } = node
      const [left, right] = [node.left.run, node.right.run]
      return frame => {
        const [a, b] = [left(frame), right(frame)]
        const value = typeof a === 'string' && typeof b === 'string' ? a === b : equal(a, b)
        return value === undefined ? undefined : value !== negated
      }
    }
    case 'in': {
      const { values } = node
      const { run } = node.arg
      return frame => {
        const value = run(frame)
        return typeof value === 'string' ? values.includes(value) : within(value, values)
      }
    }
    case 'choice': {
      const [test, yes, no] = [node.test.run, node.yes.run, node.no.run]
      return frame => {
        const value = test(frame)
        if (value === undefined) return either([yes(frame), no(frame)])
        return value ? yes(frame) : no(frame)
      }
    }
    case 'known': {
      const { run } = node.arg
      return frame => isKnown(run(frame))
    }
    case 'calculate':
      return calculation(
        node.args.map(arg => arg.run),
        node.by,
      )
    case 'some':
    case 'every':
      return frame => quantify(node.list, node.slot, node.body, frame, node.op === 'some')
    case 'count':
      return frame => count(node.list, frame)
    case 'sum':
      return frame => sum(node.list, node.slot, node.body, frame)
    case 'most':
    case 'least':
      return frame => extreme(node.list, node.slot, node.body, frame, node.op === 'most')
  }
}

function calculation(
  args: readonly ((frame: Frame) => Value)[],
  by: (...args: readonly Scalar[]) => Scalar,
): (frame: Frame) => Value {
  const [first, second] = args
  if (!first || !second || args.length > 2)
    return frame =>
      lift(
        by,
        args.map(run => run(frame)),
      )
  return frame => {
    const [a, b] = [first(frame), second(frame)]
    return isPlain(a) && isPlain(b) ? by(a, b) : lift(by, [a, b])
  }
}

const isPlain = (value: Value): value is number | string => typeof value === 'number' || typeof value === 'string'

function junction(args: readonly ((frame: Frame) => Value)[], decisive: boolean): (frame: Frame) => Value {
  return frame => {
    let open = false
    for (const run of args) {
      const value = run(frame)
      if (value === decisive) return decisive
      if (value === undefined) open = true
    }
    return open ? undefined : !decisive
  }
}

/**
 * Visits the elements that are or may be in a list; `inside` is true or unknown. Stops when `visit` returns true.
 * @returns false when it is not known what the list holds
 */
export function visit(
  list: List,
  frame: Frame,
  each: (element: unknown, inside: true | undefined) => boolean | void,
): boolean {
  const { world } = frame
  switch (list.op) {
    case 'everyone':
      for (let i = 0; i < world.size; i++) if (each(i, true)) return true
      return world.size > 0
    case 'members':
      for (let i = 0; i < world.size; i++) {
        const inside = world.living(i)
        if (inside !== false && each(i, inside)) return true
      }
      return world.rosterKnown
    case 'items': {
      const items = world.fact(list.source.fact, whoIn(frame, list.source.of))
      if (!Array.isArray(items)) return items === null
      for (const item of items) if (each(item, true)) return true
      return true
    }
    case 'filter':
      return visit(list.list, frame, (element, inside) => {
        frame.slots[list.slot] = element
        const passes = list.body.run(frame)
        if (passes === false) return false
        return each(element, inside && (passes as true | undefined))
      })
  }
}

function quantify(list: List, slot: number, body: Node, frame: Frame, some: boolean): boolean | undefined {
  let open = false
  let decided = false
  const known = visit(list, frame, (element, inside) => {
    frame.slots[slot] = element
    const value = body.run(frame)
    if (value === some && inside) decided = true
    else if (value !== !some) open = true
    return decided
  })
  if (decided) return some
  return open || !known ? undefined : !some
}

function count(list: List, frame: Frame): Value {
  let [sure, possible] = [0, 0]
  const known = visit(list, frame, (_, inside) => {
    possible++
    if (inside) sure++
  })
  return between(sure, known ? possible : Number.POSITIVE_INFINITY)
}

function sum(list: List, slot: number, body: Node, frame: Frame): Value {
  let total: Value = 0
  const known = visit(list, frame, (element, inside) => {
    frame.slots[slot] = element
    const value = body.run(frame)
    if (value === 0 || value === null) return false
    total = inside ? plus(total, value) : undefined
    return total === undefined
  })
  return known ? total : undefined
}

const plus = (a: Value, b: Value): Value =>
  typeof a === 'number' && typeof b === 'number' ? a + b : lift((x, y) => (x as number) + (y as number), [a, b])

/** The largest or smallest of the elements that have one; null when none has. */
function extreme(list: List, slot: number, body: Node, frame: Frame, most: boolean): Value {
  const columns: (readonly Scalar[])[] = []
  let open = false
  const known = visit(list, frame, (element, inside) => {
    frame.slots[slot] = element
    const values = possibilities(body.run(frame))
    if (values === undefined) open = true
    else columns.push(inside ? values : [...values, null])
    return open
  })
  return known && !open ? extremeOf(columns, most) : undefined
}

/** By element, what it may be; null where it may have no value or not belong. */
export function extremeOf(columns: readonly (readonly Scalar[])[], most: boolean): Value {
  if (columns.every(values => values.length === 1))
    return best(
      columns.map(values => values[0] as Scalar),
      most,
    )
  // A value is possible when one element can have it and all others can stay on its worse side, or have none.
  const candidates = new Set<Scalar>(columns.flat())
  const worse = (a: Scalar, b: Scalar) => a === null || (b !== null && (most ? a <= b : a >= b))
  return either([...candidates].filter(v => columns.every(values => values.some(x => worse(x, v)))))
}

function best(values: readonly Scalar[], most: boolean): Scalar {
  let found: Scalar = null
  for (const value of values)
    if (value !== null && (found === null || (most ? value > found : value < found))) found = value
  return found
}
