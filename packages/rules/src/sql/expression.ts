import type { Type } from '../ir.ts'
import type { Scalar, Value } from '../value.ts'
import { bound, boundList, conjunction, isNotNull, sql, typeName, type Sql, type SqlType } from './fragment.ts'
import { ofConstant, type Reach } from './reach.ts'

/**
 * What a value of three-valued evaluation is in SQL. Every piece is an expression; which pieces there are is known when the
 * rule is translated, so a fact that is simply given is one column and a comparison with it is a comparison.
 */
export interface Expression {
  readonly type: SqlType
  /** The known value; NULL when there is none or it is not known. */
  readonly value: Sql
  /** Never NULL: is it a known "none"? Left out where it cannot be. */
  readonly none?: Sql | undefined
  /** What it may be: an array, of one element when it is known, in which NULL is "none"; NULL when it may be anything. */
  readonly several?: Sql | undefined
  /** Bounds of a number that is neither known nor unknown; NULL when it is not between any. */
  readonly between?: { readonly min: Sql; readonly max: Sql } | undefined
  /** It is the same for everybody. */
  readonly constant?: { readonly value: Value } | undefined
  /** Of numbers: between what their magnitudes lie. */
  readonly reach?: Reach | undefined
  /** Of several: no more than that many, for certain. */
  readonly atMost?: number | undefined
  /** Never unknown. */
  readonly certain?: boolean | undefined
}

export const saidNo: Sql = sql`false`

export function constantOf(value: Scalar | undefined, type: SqlType): Expression {
  const known = value !== undefined && value !== null
  return {
    type,
    value: bound(known ? value : null, type),
    none: value === null ? sql`true` : undefined,
    constant: { value },
    certain: value !== undefined,
    reach: type === 'float8' ? ofConstant(typeof value === 'number' ? value : 0) : undefined,
  }
}

/** More than that are not told apart: it is then not known at all. */
const mostSeveral = 12
/** Nor are more combinations than that looked at. */
export const mostCombined = 24

/** How many it may be at most. */
export const countOf = ({ several, atMost }: Expression): number => (several ? (atMost ?? mostSeveral) : 1)

/** An expression of which only a column of possibilities is there. */
export function ofSeveral(type: SqlType, several: Sql, reach: Reach | undefined, atMost = mostSeveral): Expression {
  return {
    type,
    value: sql`CASE WHEN cardinality(${several}) = 1 THEN (${several})[1] END`,
    none: sql`((cardinality(${several}) = 1 AND (${several})[1] IS NULL) IS TRUE)`,
    several,
    reach,
    atMost,
  }
}

/** The possibilities as an array; NULL for what is unknown or between bounds. */
export function possibilities({ type, value, none, several, constant: fixed }: Expression): Sql {
  if (several) return several
  if (fixed) return boundList(fixed.value === undefined ? null : [fixed.value as Scalar], type)
  const array = sql`ARRAY[${value}]::${typeName(type)}[]`
  return none
    ? sql`CASE WHEN ${none} OR ${value} IS NOT NULL THEN ${array} END`
    : sql`CASE WHEN ${value} IS NOT NULL THEN ${array} END`
}

/** Never NULL: one value, or none, for certain. */
export function isKnown({ value, none, several, constant: fixed }: Expression): Sql {
  if (fixed) return fixed.value === undefined ? saidNo : sql`true`
  if (several) return sql`((cardinality(${several}) = 1) IS TRUE)`
  return none ? sql`(${value} IS NOT NULL OR ${none})` : sql`(${value} IS NOT NULL)`
}

/**
 * What a query gives as `v`, each once, as an array; NULL where there are more than are told apart.
 * @param atMost how many there can be
 */
export const distinct = (query: Sql, atMost = Number.POSITIVE_INFINITY): Sql =>
  atMost <= mostSeveral
    ? sql`(SELECT array_agg(DISTINCT v) FROM ${query})`
    : sql`(SELECT CASE WHEN count(*) <= 12 THEN array_agg(v) END FROM (SELECT DISTINCT v FROM ${query}) AS d)`

/** Both told apart, or unknown where one is. */
export function either(a: Sql, b: Sql, atMost: number): Sql {
  const both = distinct(sql`unnest(${a} || ${b}) AS u(v)`, atMost)
  if (a.isFixed && b.isFixed) return both
  return sql`CASE WHEN ${conjunction([isNotNull(a), isNotNull(b)])} THEN ${both} END`
}

/** Truths: what is "none" counts as `as` says. */
export function settled({ value, none }: Expression, as: boolean): Sql {
  if (!none) return value
  return as ? sql`(${none} OR ${value})` : sql`(NOT ${none} AND ${value})`
}

/** What the pieces of an expression are called, after its name. */
export const suffixes = { value: '', none: ' none', min: ' at least', max: ' at most' } as const
type PieceOf = keyof typeof suffixes

/** The same with each of its pieces made into another. */
export function mapped(expression: Expression, by: (piece: Sql, of: PieceOf) => Sql): Expression {
  const { value, none, several, between } = expression
  if (several) {
    const mappedSeveral = by(several, 'value')
    return {
      ...expression,
      ...ofSeveral(expression.type, mappedSeveral, expression.reach, expression.atMost),
      between: between && { min: by(between.min, 'min'), max: by(between.max, 'max') },
    }
  }
  return {
    ...expression,
    value: by(value, 'value'),
    none: none && by(none, 'none'),
    between: between && { min: by(between.min, 'min'), max: by(between.max, 'max') },
  }
}

/** A written null is of whatever kind is wanted. */
export const typed = (expression: Expression, type: SqlType): Expression =>
  expression.type === type ? expression : constantOf(expression.constant?.value as Scalar | undefined, type)

export function sqlType(type: Type): SqlType {
  switch (type.is) {
    case 'number':
      return 'float8'
    case 'null':
      return 'text'
    default:
      return type.is
  }
}
