import type { Fact } from '../pool.ts'
import type { Expression } from './expression.ts'
import { bound, sql, typeName, type SqlColumn, type Sql, type SqlType } from './fragment.ts'
import { ofFacts } from './reach.ts'

const own = (name: string): SqlColumn => ({ name, definition: sql``, stage: 0, isLocal: false })
export const keyColumn = own('key')
export const placeColumn = own('place')
export const factsColumn = own('facts')
export const itemColumn = own('item')

/** What the tables can hold and count alike: no NUL, nothing outside the basic plane. */
export const isPlainText = (text: string): boolean => !/[\0\ud800-\udfff]/.test(text)

/** A fact's key in its column: its name without the owner. */
export const keyOf = (fact: Fact): string => fact.name.slice(fact.name.indexOf('.') + 1)

/** A fact, or a field of an item, as it stands in the tables. */
export function readGiven(from: Sql, key: string, type: SqlType, mayBeNone: boolean): Expression {
  const name = bound(key, 'text')
  const none = mayBeNone ? sql`coalesce(jsonb_typeof(${from} -> ${name}) = 'null', false)` : undefined
  if (type === 'jsonb')
    return { type, value: sql`CASE WHEN jsonb_typeof(${from} -> ${name}) = 'array' THEN ${from} -> ${name} END`, none }
  const text = sql`(${from} ->> ${name})`
  return {
    type,
    value: type === 'text' ? text : sql`${text}::${typeName(type)}`,
    none,
    reach: type === 'float8' ? ofFacts : undefined,
  }
}

export function listConstant(value: unknown): Expression {
  const isList = Array.isArray(value)
  return {
    type: 'jsonb',
    value: bound(isList ? JSON.stringify(value) : null, 'jsonb'),
    none: value === null ? sql`true` : undefined,
    constant: { value: isList ? (value as readonly unknown[]) : value === null ? null : undefined },
  }
}
