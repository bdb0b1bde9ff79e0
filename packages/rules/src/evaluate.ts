import { parseDay, type Words } from '@zhulian/kernel'
import type { ValueForm } from './documents.ts'
import { Failure, settled } from './exact.ts'
import { Fault, placeOf, type FaultCode } from './fault.ts'
import type { World } from './ir.ts'
import type { Problem } from './judgement.ts'
import { lower } from './lower.ts'
import type { Scalar, Value } from './value.ts'
import type { FactWord, Vocabulary } from './vocabulary.ts'

/** What a name may be; a list is one of objects with fields. */
export type NameType =
  | 'bool'
  | 'int'
  | 'double'
  | 'string'
  | 'date'
  | { readonly list: Readonly<Record<string, NameType>> }

export type Evaluated =
  /** `unknown`: it hangs on what was left out. */
  | {
      readonly ok: true
      readonly value: boolean | number | string
      readonly type: 'bool' | 'int' | 'double' | 'string' | 'date'
    }
  | { readonly ok: true; readonly unknown: true }
  | { readonly ok: false; readonly code: FaultCode | 'case'; readonly words: Words; readonly at?: Problem['at'] }

/**
 * One expression over names of the caller's own, by CEL's arithmetic to the letter: a value equals CEL's, what is outside
 * the language is refused (`unsupported`), what is left out of the bindings is unknown.
 * @param types by name, `{ age: 'int', members: { list: { income: 'double' } } }`
 * @param bindings values by name; a day is `{ date: '2024-03-01' }`; null is not a value
 * @example evaluate('age >= 18 || member', { age: 'int', member: 'bool' }, { age: 20 }) // { ok: true, value: true, type: 'bool' }
 */
export function evaluate(expression: string, types: unknown, bindings: unknown): Evaluated {
  try {
    const facts = wordsOf(types)
    const values = [...facts].map(([name, word]) => bound(own(bindings, name), word, name))
    const vocabulary: Vocabulary = { facts, parameters: new Map(), policies: new Map(), exact: true }
    const node = lower(expression, { vocabulary, person: false }, 'any')
    const value = settled(node.run({ world: new Bound(values), slots: [] }))
    if (value === undefined || value === null) return { ok: true, unknown: true }
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new Failure(node.at, 'unsupported', { zh: '结果不是有限的数', en: 'The result is not a finite number' })
    const type =
      node.type.is === 'number' ? (node.type.as ?? 'double') : typeNames[typeof value as 'string' | 'boolean']
    return { ok: true, value, type: node.type.is === 'date' ? 'date' : type }
  } catch (error) {
    if (error instanceof WrongCase) return { ok: false, code: error.code, words: error.words }
    if (!(error instanceof Fault) && !(error instanceof Failure)) throw error
    return { ok: false, code: error.code, words: error.words, at: placeOf(error.at, expression) }
  }
}

const typeNames = { string: 'string', boolean: 'bool' } as const

/** Names or values that are not of the form. */
class WrongCase extends Error {
  readonly words: Words
  readonly code: 'case' | 'unsupported'
  constructor(zh: string, en: string, code: 'case' | 'unsupported' = 'case') {
    super('wrong case')
    this.code = code
    this.words = { zh: zh.slice(0, 400).toWellFormed(), en: en.slice(0, 400).toWellFormed() }
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (object: unknown, name: string): unknown =>
  isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined

const forms = { bool: 'boolean', int: 'integer', double: 'number', string: 'string', date: 'date' } as const

function formOf(type: unknown, name: string): ValueForm {
  if (typeof type === 'string' && Object.hasOwn(forms, type)) return { type: forms[type as keyof typeof forms] }
  throw new WrongCase(
    `「${name}」的类型不对`,
    `The type of "${name}" is not one of bool, int, double, string, date`,
    'unsupported',
  )
}

function wordsOf(types: unknown): ReadonlyMap<string, FactWord> {
  if (types !== undefined && !isObject(types)) throw new WrongCase('types 应该是对象', 'types must be an object')
  return new Map(
    Object.entries(types ?? {}).map(([name, type], fact): [string, FactWord] => {
      const fields = own(type, 'list')
      if (!isObject(fields)) return [name, { fact, form: formOf(type, name) }]
      const forms = Object.entries(fields).map(([field, of]): [string, ValueForm] => [
        field,
        formOf(of, `${name}.${field}`),
      ])
      return [name, { fact, form: { type: 'list' }, fields: Object.fromEntries(forms) }]
    }),
  )
}

function bound(value: unknown, word: FactWord, name: string): Value {
  if (value === undefined) return undefined
  if (word.form.type !== 'list') return scalar(value, word.form, name)
  if (!Array.isArray(value)) throw new WrongCase(`「${name}」应该是列表`, `"${name}" must be a list`)
  return value.map((item: unknown) => {
    if (!isObject(item)) throw new WrongCase(`「${name}」里应该是对象`, `"${name}" must hold objects`)
    const fields = Object.entries(word.fields ?? {}).map(([field, form]): [string, Value] => {
      const given = own(item, field)
      return [field, given === undefined ? undefined : scalar(given, form, `${name}.${field}`)]
    })
    return Object.assign(Object.create(null) as object, Object.fromEntries(fields))
  })
}

function scalar(value: unknown, { type }: ValueForm, name: string): Scalar {
  switch (type) {
    case 'boolean':
      if (typeof value === 'boolean') return value
      break
    case 'integer':
      if (Number.isSafeInteger(value)) return (value as number) + 0
      break
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value
      break
    case 'date': {
      const day = own(value, 'date')
      if (typeof day === 'string' && parseDay(day)) return day
      break
    }
    default:
      if (typeof value === 'string' && value.isWellFormed()) return value
  }
  throw new WrongCase(
    `「${name}」的值不是 ${type}；不知道就不要写`,
    `The value of "${name}" is not ${type === 'integer' ? 'an' : 'a'} ${type}; leave it out when it is not known`,
  )
}

/** Only names that are bound, in the order of their types. */
class Bound implements World {
  readonly today = ''
  readonly size = 0
  readonly rosterKnown = false
  readonly #values: readonly Value[]
  constructor(values: readonly Value[]) {
    this.#values = values
  }
  fact(number: number): Value {
    return this.#values[number]
  }
  parameter(): undefined {}
  met(): undefined {}
  held(): undefined {}
  living(): undefined {}
  key(): string {
    return ''
  }
}
