import { epochDay, parseDay } from '@zhulian/kernel'
import { tolerance, type Order, type Value } from '../value.ts'
import type { Is, Narrow, Numbers } from './column.ts'

/** Numbers within these bounds, both included. Empty where low > high. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

/**
 * The numbers x for which `compare(order, x, c)` is true. x - c, rounded as it is, grows with x, so there is one number
 * up to which x is less than c by the tolerance or more; all orders follow from it.
 */
export function boundsOf(order: Order | '==', c: number): Bounds {
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  switch (order) {
    case '<':
      return { low: least, high: lastBelow(c) }
    case '>=':
      return { low: next(lastBelow(c)), high: most }
    case '>':
      return { low: -lastBelow(-c), high: most }
    case '<=':
      return { low: least, high: -next(lastBelow(-c)) }
    case '==':
      return { low: next(lastBelow(c)), high: -next(lastBelow(-c)) }
  }
}

const float = new Float64Array(1)
const raw = new BigInt64Array(float.buffer)
/** The next number up. */
export function next(x: number): number {
  if (x === 0) return Number.MIN_VALUE
  float[0] = x
  raw[0] = (raw[0] as bigint) + (x > 0 ? 1n : -1n)
  return float[0]
}

/** The largest x with x - c <= -tolerance. */
function lastBelow(c: number): number {
  const below = (x: number) => x - c <= -tolerance
  let x = c - tolerance
  for (let i = 0; i < 64 && !below(x); i++) x = -next(-x)
  for (let i = 0; i < 64; i++) {
    const up = next(x)
    if (!below(up)) return x
    x = up
  }
  // Close to the tolerance itself numbers lie far denser than their differences.
  let [low, high] = [x, x + tolerance]
  for (let i = 0; i < 1100 && next(low) < high; i++) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) break
    if (below(middle)) low = middle
    else high = middle
  }
  return low
}

export const exact = (order: Order | '==', c: number): Bounds => ({
  low: order === '>' ? c + 1 : order === '>=' || order === '==' ? c : Number.NEGATIVE_INFINITY,
  high: order === '<' ? c - 1 : order === '<=' || order === '==' ? c : Number.POSITIVE_INFINITY,
})

/** The number by which a column holds a value; undefined when it is no single value of the column's kind. */
export function numberOf(is: Is | 'choice', column: Numbers | Narrow, value: Value): number | undefined {
  if (is === 'number') return typeof value === 'number' ? value : undefined
  if (typeof value !== 'string') return undefined
  if (is === 'choice') {
    const code = column.kind === 'narrow' ? column.choices.indexOf(value) : -1
    return code < 0 ? -1 : code
  }
  if (is === 'text') return column.lexicon.code(value)
  const day = parseDay(value)
  return day && epochDay(day)
}

/** The least whole n with n / by >= x, and the greatest with n / by <= x. */
export function wholeFrom(x: number, by: number): number {
  // Far beyond what four bytes hold; and there n - 1 may be n.
  if (!(Math.abs(x) < 2 ** 40)) return x
  let n = Math.ceil(x * by)
  while ((n - 1) / by >= x) n--
  while (n / by < x) n++
  return n
}
export const wholeTo = (x: number, by: number): number => -wholeFrom(-x, by)
