import { epochDay, fromEpochDay, parseDay } from '@zhulian/kernel'
import { Between, Either, type Scalar, type Value } from '../value.ts'
import { Plane, type Arena } from './arena.ts'

/**
 * What is known of one expression for every lane. Each kind can say a lane's value in the terms of value.ts (`read`),
 * and take one (`put`, on a lane that was cleared), so that what has no dense form goes through the scalar functions.
 */
export type Column = Truth | Numbers | Choices | Narrow

/** Two planes: known to be true, known to be false. `none`, where there is one: known to be null. */
export class Truth {
  readonly kind = 'truth'
  readonly yes: Plane
  readonly no: Plane
  readonly none: Plane | undefined

  constructor(yes: Plane, no: Plane, none?: Plane) {
    this.yes = yes
    this.no = no
    this.none = none
  }

  static of(arena: Arena, lanes: number, none = false): Truth {
    return new Truth(new Plane(arena, lanes), new Plane(arena, lanes), none ? new Plane(arena, lanes) : undefined)
  }

  read(lane: number): Value {
    return this.yes.has(lane) ? true : this.no.has(lane) ? false : this.none?.has(lane) ? null : undefined
  }

  put(lane: number, value: Value): void {
    if (value === true) this.yes.add(lane)
    else if (value === false) this.no.add(lane)
    else if (value === null) {
      if (!this.none) throw new Error('this column has no room for null')
      this.none.add(lane)
    }
  }

  clear(from: number, to: number): void {
    for (const plane of [this.yes, this.no, this.none]) plane?.words.fill(0, from >>> 5, to >>> 5)
  }
}

/** Words that are not of a closed list, as numbers; and each set of possible values once, so that it can be told by identity. */
export class Lexicon {
  readonly #texts: string[]
  readonly #codes: Map<string, number>
  readonly #possible = new Map<string, Value>()

  constructor(before?: Lexicon) {
    this.#texts = before ? [...before.#texts] : []
    this.#codes = before ? new Map(before.#codes) : new Map()
  }

  code(text: string): number {
    let code = this.#codes.get(text)
    if (code === undefined) {
      code = this.#texts.push(text) - 1
      this.#codes.set(text, code)
    }
    return code
  }

  /** The same value, as the one object there is for it. Sets of amounts that hardly recur are left as they are. */
  once(value: Value): Value {
    if (!(value instanceof Either || value instanceof Between) || this.#possible.size > 10_000) return value
    const key = value instanceof Either ? value.values.map(v => `${typeof v} ${v}`).join() : `${value.min}…${value.max}`
    const before = this.#possible.get(key)
    if (before === undefined) this.#possible.set(key, value)
    return before ?? value
  }

  text(code: number): string {
    return this.#texts[code] as string
  }
}

export type Is = 'number' | 'date' | 'text'

/**
 * Numbers, days (since 1970) or codes of words, eight bytes each. A lane is known, none, or `other`: one of a few values
 * or between bounds, kept beside the column; else it is unknown. `most` bounds the known ones' size.
 */
export class Numbers {
  readonly kind = 'numbers'
  readonly is: Is
  readonly at: number
  readonly known: Plane
  readonly none: Plane
  readonly other: Plane
  /** Some lane is `other`, or was. */
  hasOthers = false
  #others: Value[] = []
  readonly lexicon: Lexicon
  values: Float64Array = new Float64Array(0)
  most = 0
  /** Every lane is known or wholly unknown: nothing is null, nothing lies beside the column. */
  plain = false

  constructor(arena: Arena, lanes: number, is: Is, lexicon: Lexicon) {
    this.is = is
    this.lexicon = lexicon
    this.at = arena.reserve(lanes * 8)
    this.known = new Plane(arena, lanes)
    this.none = new Plane(arena, lanes)
    this.other = new Plane(arena, lanes)
    arena.whenOpen(() => {
      this.values = new Float64Array(arena.buffer, this.at, lanes)
    })
  }

  read(lane: number): Value {
    if (this.known.has(lane)) return scalarOf(this.is, this.values[lane] as number, this.lexicon)
    return this.none.has(lane) ? null : this.possible(lane)
  }

  put(lane: number, value: Value): void {
    if (value === undefined) return
    if (value === null) return this.none.add(lane)
    const number = this.number(value)
    if (number === undefined) return this.putOther(lane, value)
    this.known.add(lane)
    this.values[lane] = number
    if (Math.abs(number) > this.most) this.most = Math.abs(number)
  }

  /** What a lane may be that is neither known nor wholly unknown; undefined of other lanes. */
  possible(lane: number): Value {
    return this.hasOthers && this.other.has(lane) ? this.#others[lane] : undefined
  }

  putOther(lane: number, value: Value): void {
    if (this.#others.length === 0) this.#others = Array<Value>(this.values.length)
    this.hasOthers = true
    this.other.add(lane)
    this.#others[lane] = value
  }

  /** Undefined for what is not one plain value of this column. */
  number(value: Value): number | undefined {
    if (this.is === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : undefined
    if (typeof value !== 'string') return undefined
    if (this.is === 'text') return this.lexicon.code(value)
    const day = parseDay(value)
    return day && epochDay(day)
  }

  clear(from: number, to: number): void {
    for (const plane of [this.known, this.none, this.other]) plane.words.fill(0, from >>> 5, to >>> 5)
    if (from === 0 && to === this.values.length) this.hasOthers = false
  }
}

export const scalarOf = (is: Is, number: number, lexicon: Lexicon): Scalar =>
  is === 'number' ? number : is === 'date' ? fromEpochDay(number) : lexicon.text(number)

/** null among the possible values of a closed list. */
export const noneBit = 1 << 30

/** A word of a closed list of at most thirty: the set of those it may be, one bit each. No bit is unknown. */
export class Choices {
  readonly kind = 'choices'
  readonly choices: readonly string[]
  readonly at: number
  masks: Int32Array = new Int32Array(0)
  /** By mask: those that occur are few, and one object for each is found again by what remembers it. */
  readonly #values = new Map<number, Value>()

  constructor(arena: Arena, lanes: number, choices: readonly string[]) {
    this.choices = choices
    this.at = arena.reserve(lanes * 4)
    arena.whenOpen(() => {
      this.masks = new Int32Array(arena.buffer, this.at, lanes)
    })
  }

  read(lane: number): Value {
    const mask = this.masks[lane] as number
    let value = this.#values.get(mask)
    if (value === undefined && mask !== 0) this.#values.set(mask, (value = valueOfMask(mask, this.choices)))
    return value
  }

  put(lane: number, value: Value): void {
    this.masks[lane] = maskOf(value, this.choices) ?? fail(value)
  }

  clear(from: number, to: number): void {
    this.masks.fill(0, from, to)
  }
}

const fail = (value: Value): never => {
  throw new Error(`${JSON.stringify(value)} is not in the list of this column`)
}

export function valueOfMask(mask: number, choices: readonly string[]): Value {
  if (mask === 0) return undefined
  const found: Scalar[] = []
  for (let bits = mask; bits !== 0; bits &= bits - 1) {
    const bit = 31 - Math.clz32(bits & -bits)
    found.push(bit === 30 ? null : (choices[bit] as string))
  }
  return found.length === 1 ? found[0] : new Either(found)
}

/** Undefined when the value is not one this list can hold. */
export function maskOf(value: Value, choices: readonly string[]): number | undefined {
  if (value === undefined || value instanceof Between) return 0
  let mask = 0
  for (const v of value instanceof Either ? value.values : [value as Scalar]) {
    const bit = v === null ? 30 : choices.indexOf(v as string)
    if (bit < 0) return undefined
    mask |= 1 << bit
  }
  return mask
}

/** A given fact as the registry keeps it: in as few bytes as its values take, times `by` (100 for fen). */
export class Narrow {
  readonly kind = 'narrow'
  readonly is: Is | 'choice'
  readonly choices: readonly string[]
  readonly bytes: 1 | 2 | 4 | 8
  readonly by: number
  readonly at: number
  readonly known: Plane
  readonly none: Plane | undefined
  readonly most: number
  readonly lexicon: Lexicon
  values: Int8Array | Int16Array | Int32Array | Float64Array = new Int8Array(0)

  constructor(arena: Arena, lanes: number, given: Given, lexicon: Lexicon) {
    this.is = given.is as Is | 'choice'
    this.choices = given.choices ?? []
    this.bytes = given.values.BYTES_PER_ELEMENT as 1 | 2 | 4 | 8
    this.by = given.by
    this.most = given.most
    this.lexicon = lexicon
    this.at = arena.reserve(lanes * this.bytes)
    this.known = new Plane(arena, lanes)
    this.none = given.none && new Plane(arena, lanes)
    arena.whenOpen(() => {
      const kind = given.values.constructor as Int8ArrayConstructor
      this.values = new kind(arena.buffer, this.at, lanes)
      this.values.set(given.values)
      this.known.words.set(given.known)
      if (given.none) this.none?.words.set(given.none)
    })
  }

  read(lane: number): Value {
    if (this.none?.has(lane)) return null
    if (!this.known.has(lane)) return undefined
    const value = this.values[lane] as number
    return this.is === 'choice' ? this.choices[value] : scalarOf(this.is, value / this.by, this.lexicon)
  }
}

/** A column of the registry, apart from any run. `values` of a truth is the plane of what is true. */
export interface Given {
  readonly is: Is | 'choice' | 'truth'
  readonly values: Int8Array | Int16Array | Int32Array | Float64Array
  readonly known: Int32Array
  readonly none: Int32Array | undefined
  readonly by: number
  readonly most: number
  readonly choices?: readonly string[] | undefined
}
