import type { Fact } from './dictionary.ts'
import { jsonFaultAt } from './json-fault.ts'

/** Facts of a household or person as a worked household has them, such as `{ adl: { eating: "able" } }`. */
export type Facts = Readonly<Record<string, unknown>>
type Owner = 'household' | 'person'

export interface FactLine {
  /** Below its owner: `financialAssets`, `adl.eating`. */
  readonly path: string
  readonly value: unknown
  /** undefined for a name that the dictionary does not have. */
  readonly fact: Fact | undefined
}

export const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is said of one of them, one line a fact, in the order in which it was written. */
export function factLines(facts: Facts, owner: Owner, dictionary: ReadonlyMap<string, Fact>): readonly FactLine[] {
  const under = (inner: Facts, before: string): readonly FactLine[] =>
    Object.entries(inner).flatMap(([key, value]): readonly FactLine[] => {
      const path = `${before}${key}`
      if (owner === 'person' && path === 'key') return []
      const fact = dictionary.get(`${owner}.${path}`)
      return fact === undefined && isFacts(value) ? under(value, `${path}.`) : [{ path, value, fact }]
    })
  return under(facts, '')
}

/** With another value at a path; undefined takes the fact out. */
export function withFact(facts: Facts, path: string, value: unknown): Facts {
  const [first = '', ...rest] = path.split('.')
  if (rest.length > 0) {
    const inner = withFact(isFacts(facts[first]) ? facts[first] : {}, rest.join('.'), value)
    return withFact(facts, first, Object.keys(inner).length === 0 ? undefined : inner)
  }
  if (value !== undefined) return { ...facts, [first]: value }
  const { [first]: _, ...others } = facts
  return others
}

/** What stands there when a fact is added, before anybody chose. */
export function firstValue(type: string, options: readonly { readonly value: unknown }[], on: string): unknown {
  if (type === 'boolean') return true
  if (type === 'set' || type === 'list') return []
  if (type === 'date') return on
  if (options[0]) return options[0].value
  return type === 'string' || type === 'code' ? '' : 0
}

/** A number as it was typed; what is none stays as it is, so that it can be told what is wrong with it. */
export const numberOr = (typed: string): number | string => {
  const plain = typed.trim().replaceAll(/[,，]/g, '')
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : typed
}

/** A mark of its own for one more member: the first letter that is free. */
export function freeKey(taken: readonly string[]): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  return letters.find(letter => !taken.includes(letter)) ?? `p${String(taken.length + 1)}`
}

export interface JsonFault {
  readonly line: number
  readonly column: number
}

/** A text as JSON, or where it cannot be read any further. */
export function readJson(text: string): { readonly value: unknown } | { readonly fault: JsonFault } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    const before = text.slice(0, jsonFaultAt(text))
    return { fault: { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') } }
  }
}
