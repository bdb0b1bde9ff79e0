/**
 * Values of three-valued evaluation. `undefined` is unknown, `null` a known "none". Between knowing and not knowing stand
 * {@link Either} (one of a few values, from a choice whose test is open) and {@link Between} (a count within bounds): they
 * decide a comparison when every possibility decides it the same way.
 */
export type Scalar = boolean | number | string | null
export type Value = undefined | Scalar | Either | Between | readonly unknown[]

export class Either {
  readonly values: readonly Scalar[]
  constructor(values: readonly Scalar[]) {
    this.values = values
  }
}

/** Inclusive bounds of a number. */
export class Between {
  readonly min: number
  readonly max: number
  constructor(min: number, max: number) {
    this.min = min
    this.max = max
  }
}

export const between = (min: number, max: number): number | Between => (min === max ? min : new Between(min, max))

export const isKnown = (value: Value): value is Scalar | readonly unknown[] =>
  value !== undefined && !(value instanceof Either) && !(value instanceof Between)

/** One value when all agree, unknown when one is unknown or too many differ; booleans that differ are simply unknown. */
export function either(values: readonly Value[]): Value {
  const [a, b] = values
  if (values.length === 2) {
    if (a === undefined || b === undefined) return undefined
    if (typeof a === 'boolean' && typeof b === 'boolean') return a === b ? a : undefined
    if (typeof a === 'string' && typeof b === 'string') return a === b ? a : new Either([a, b])
  } else if (values.includes(undefined)) return undefined
  const found: Scalar[] = []
  const add = (value: Scalar) => {
    if (!found.includes(value)) found.push(value === 0 ? 0 : value)
  }
  for (const value of values) {
    if (value instanceof Either) value.values.forEach(add)
    else if (value === undefined || (typeof value === 'object' && value !== null)) return undefined
    else add(value)
  }
  if (found.length === 1) return found[0]
  if (found.length > 12 || found.includes(true) || found.includes(false)) return undefined
  return new Either(found)
}

// Figures are multiples of a fen divided by at most a few dozen; two that differ at all differ by far more than this,
// and binary fractions of them err by far less.
export const tolerance = 1e-6

export const sameNumber = (a: number, b: number): boolean => Math.abs(a - b) < tolerance

/** To the whole number, half up. */
export const roundHalfUp = (x: number): number => Math.floor(x + 0.5 + tolerance)

const same = (a: Scalar, b: Scalar): boolean =>
  typeof a === 'number' && typeof b === 'number' ? sameNumber(a, b) : a === b

/** `==`: null equals null only. */
export function equal(a: Value, b: Value): boolean | undefined {
  if (a === undefined || b === undefined) return undefined
  if (a instanceof Either || b instanceof Either) return agree(a, b, same)
  if (a instanceof Between || b instanceof Between) {
    if (a === null || b === null) return false
    const [x, y] = [bounds(a), bounds(b)]
    return x && y && (x.max < y.min || y.max < x.min) ? false : undefined
  }
  return same(a as Scalar, b as Scalar)
}

export type Order = '<' | '<=' | '>' | '>='

/** Of numbers, as {@link compare}. */
export const orderOf: Record<Order, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b && !sameNumber(a, b),
  '<=': (a, b) => a <= b || sameNumber(a, b),
  '>': (a, b) => a > b && !sameNumber(a, b),
  '>=': (a, b) => a >= b || sameNumber(a, b),
}
const orderOfDays: Record<Order, (a: string, b: string) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}
const inOrder = (order: Order, a: number | string, b: number | string): boolean =>
  typeof a === 'number' && typeof b === 'number' ? orderOf[order](a, b) : orderOfDays[order](a as string, b as string)

/** Numbers and days in order. With null every order is false, whatever the other side may be. */
export function compare(order: Order, a: Value, b: Value): boolean | undefined {
  if (a === null || b === null) return false
  if (a === undefined || b === undefined) return undefined
  if (typeof a === 'number' && typeof b === 'number') return orderOf[order](a, b)
  if (a instanceof Between || b instanceof Between) {
    const [x, y] = [bounds(a), bounds(b)]
    if (!x || !y) return undefined
    const [low, high] =
      order[0] === '<'
        ? [orderOf[order](x.max, y.min), orderOf[order](x.min, y.max)]
        : [orderOf[order](x.min, y.max), orderOf[order](x.max, y.min)]
    return low ? true : high ? undefined : false
  }
  if (a instanceof Either || b instanceof Either)
    return agree(a, b, (x, y) => x !== null && y !== null && inOrder(order, x as number, y as number))
  return inOrder(order, a as string, b as string)
}

function bounds(value: Value): { min: number; max: number } | undefined {
  if (typeof value === 'number') return { min: value, max: value }
  if (value instanceof Between) return value
  if (!(value instanceof Either) || value.values.some(v => typeof v !== 'number')) return undefined
  const numbers = value.values as readonly number[]
  return { min: Math.min(...numbers), max: Math.max(...numbers) }
}

/** `in` over a list of known values; null is in no list. */
export function within(a: Value, list: readonly Scalar[]): boolean | undefined {
  if (a === undefined || a instanceof Between) return undefined
  if (a instanceof Either) return agree(a, true, x => x !== null && list.some(v => same(x, v)))
  return a !== null && list.some(v => same(a as Scalar, v))
}

function agree(a: Value, b: Value, test: (x: Scalar, y: Scalar) => boolean): boolean | undefined {
  const [xs, ys] = [possibilities(a), possibilities(b)]
  if (!xs || !ys) return undefined
  let result: boolean | undefined
  for (const x of xs)
    for (const y of ys) {
      const holds = test(x, y)
      if (result === undefined) result = holds
      else if (result !== holds) return undefined
    }
  return result
}

export const possibilities = (value: Value): readonly Scalar[] | undefined =>
  value instanceof Either
    ? value.values
    : value === undefined || value instanceof Between || Array.isArray(value)
      ? undefined
      : [value as Scalar]

/** Applies a calculation to known values; unknown stays unknown, a few possibilities stay a few. */
export function lift(calculate: (...args: readonly Scalar[]) => Scalar, args: readonly Value[]): Value {
  let open = false
  for (const arg of args) {
    if (arg === undefined || arg instanceof Between) return undefined
    if (arg instanceof Either) open = true
  }
  if (!open) return calculate(...(args as readonly Scalar[]))
  let rows: Scalar[][] = [[]]
  for (const arg of args) {
    rows = rows.flatMap(row => (possibilities(arg) ?? []).map(v => [...row, v]))
    if (rows.length > 24) return undefined
  }
  return either(rows.map(row => calculate(...row)))
}
