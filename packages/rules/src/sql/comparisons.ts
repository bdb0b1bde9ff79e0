import { tolerance, type Order, type Scalar } from '../value.ts'
import { isKnown, saidNo, possibilities, settled, type Expression } from './expression.ts'
import { bareNumber, boundList, conjunction, isNotNull, joined, sql, type Sql } from './fragment.ts'

const near = bareNumber(tolerance)
const minusNear = bareNumber(-tolerance)

/**
 * `<` and the others of two known values. Numbers are equal within the tolerance; one subtraction says it all, because a
 * difference of doubles has the sign of their order: a < b, and not near, is a - b <= -tolerance.
 */
function ordered(order: Order, a: Sql, b: Sql, isNumber: boolean): Sql {
  if (!isNumber) return sql`${a} ${orders[order]} ${b}`
  const difference = sql`${a} - ${b}`
  switch (order) {
    case '<':
      return sql`${difference} <= ${minusNear}`
    case '<=':
      return sql`${difference} < ${near}`
    case '>':
      return sql`${difference} >= ${near}`
    case '>=':
      return sql`${difference} > ${minusNear}`
  }
}
const orders: Readonly<Record<Order, Sql>> = { '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` }

const same = (a: Sql, b: Sql, isNumber: boolean): Sql => (isNumber ? sql`abs(${a} - ${b}) < ${near}` : sql`${a} = ${b}`)

/** True when it holds for all possibilities, false when for none; NULL when it depends, or they are not known. */
const agree = (holds: Sql, from: Sql): Sql =>
  sql`(SELECT CASE WHEN bool_and(${holds}) THEN true WHEN NOT bool_or(${holds}) THEN false END FROM ${from})`

const pairs = (a: Expression, b: Expression): Sql =>
  sql`unnest(${possibilities(a)}) AS x(v), unnest(${possibilities(b)}) AS y(v)`
const [x, y] = [sql`x.v`, sql`y.v`]

/** Of expressions whose pieces may stand in several places. */
export function compareSql(order: Order, a: Expression, b: Expression): Sql {
  const isNumber = a.type === 'float8'
  const cases: Sql[] = []
  const nones = [a.none, b.none].filter(none => none !== undefined)
  if (nones.length > 0) cases.push(sql`WHEN ${joined(nones, sql` OR `)} THEN false`)
  const known = sql`(${ordered(order, plain(a), plain(b), isNumber)})`
  const isBounded = Boolean(a.between ?? b.between)
  if (isBounded) {
    cases.push(sql`WHEN ${isKnown(a)} AND ${isKnown(b)} THEN ${known}`)
    const [p, q] = [boundsOf(a), boundsOf(b)]
    const [low, high] =
      order[0] === '<'
        ? [ordered(order, p.max, q.min, true), ordered(order, p.min, q.max, true)]
        : [ordered(order, p.min, q.max, true), ordered(order, p.max, q.min, true)]
    cases.push(sql`WHEN ${isBetween(a, b)} THEN CASE WHEN ${low} THEN true WHEN NOT (${high}) THEN false END`)
  }
  if (a.several ?? b.several) {
    if (isFigured(a) || isFigured(b)) {
      const [left, right] = [isFigured(a) ? plain(a) : x, isFigured(b) ? plain(b) : x]
      const holds = sql`coalesce(${ordered(order, left, right, isNumber)}, false)`
      const agreed = agree(holds, sql`unnest(${possibilities(isFigured(a) ? b : a)}) AS x(v)`)
      return isBounded ? chosen(cases, agreed) : agreed
    }
    const holds = sql`coalesce(${ordered(order, x, y, isNumber)}, false)`
    return chosen(cases, agree(holds, pairs(a, b)))
  }
  return chosen(cases, known)
}

const plain = ({ value, constant }: Expression): Sql =>
  typeof constant?.value === 'number' ? bareNumber(constant.value) : value

/** A written value. */
const isFigured = ({ constant }: Expression): boolean => constant !== undefined && isKnownValue(constant.value)
const isKnownValue = (value: unknown) => value !== undefined && value !== null

const chosen = (cases: readonly Sql[], otherwise: Sql): Sql =>
  cases.length === 0 ? otherwise : sql`CASE ${joined(cases, sql` `)} ELSE ${otherwise} END`

/** Of what is known, between bounds, or one of a few numbers. */
function boundsOf({ value, several, between }: Expression): { min: Sql; max: Sql } {
  const of = (which: 'min' | 'max') => {
    const found = several
      ? sql`(SELECT ${which === 'min' ? sql`min` : sql`max`}(v) FROM unnest(CASE WHEN array_position(${several}, NULL) IS NULL THEN ${several} END) AS u(v))`
      : value
    return between ? sql`coalesce(${between[which]}, ${found})` : found
  }
  return { min: of('min'), max: of('max') }
}

/** `==`: none equals none only. */
export function equalSql(a: Expression, b: Expression): Sql {
  const isNumber = a.type === 'float8'
  if (b.constant?.value === null) return isNone(a)
  if (a.constant?.value === null) return isNone(b)
  if (typeof b.constant?.value === 'string' && a.several) return withinSql(a, [b.constant.value])
  if (typeof a.constant?.value === 'string' && b.several) return withinSql(b, [a.constant.value])
  const cases: Sql[] = []
  if (a.between ?? b.between) {
    const [p, q] = [boundsOf(a), boundsOf(b)]
    const apart = [a.none, b.none, sql`${p.max} < ${q.min}`, sql`${q.max} < ${p.min}`].filter(
      piece => piece !== undefined,
    )
    const single = [a, b].flatMap(e => (e.several ? [sql` AND (cardinality(${e.several}) > 1) IS NOT TRUE`] : []))
    cases.push(
      sql`WHEN (${isBetween(a, b)})${joined(single, sql``)} THEN CASE WHEN ${joined(apart, sql` OR `)} THEN false END`,
    )
  }
  if (a.several ?? b.several) {
    const isSame = sql`CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN ${x} IS NULL AND ${y} IS NULL ELSE ${same(x, y, isNumber)} END`
    return chosen(cases, agree(isSame, pairs(a, b)))
  }
  if (a.none && b.none) cases.push(sql`WHEN ${a.none} AND ${b.none} THEN true`)
  for (const [p, q] of [
    [a, b],
    [b, a],
  ] as const)
    if (p.none) cases.push(sql`WHEN ${conjunction([p.none, isNotNull(q.value)])} THEN false`)
  return chosen(cases, sql`(${same(plain(a), plain(b), isNumber)})`)
}

const isBetween = (...all: readonly Expression[]): Sql =>
  joined(
    all.flatMap(e => (e.between ? [sql`${e.between.min} IS NOT NULL`] : [])),
    sql` OR `,
  )

/** Known to be a value rather than none. */
const isFigure = ({ value, between }: Expression): Sql =>
  between ? sql`(${value} IS NOT NULL OR ${between.min} IS NOT NULL)` : sql`${value} IS NOT NULL`

function isNone(a: Expression): Sql {
  if (a.several)
    return sql`CASE WHEN array_position(${a.several}, NULL) IS NULL AND ${a.several} IS NOT NULL THEN false WHEN cardinality(${a.several}) = 1 THEN true${a.between ? sql` WHEN ${a.between.min} IS NOT NULL THEN false` : sql``} END`
  const figure = sql`WHEN ${isFigure(a)} THEN false END`
  return a.none ? sql`CASE WHEN ${a.none} THEN true ${figure}` : sql`CASE ${figure}`
}

/** `in` a list of known values; none is in no list. */
export function withinSql(a: Expression, values: readonly Scalar[]): Sql {
  if (values.length === 0) return saidNo
  const list = boundList(values, a.type)
  if (a.type === 'float8') {
    const among = (of: Sql) =>
      joined(
        values.map(v => same(of, bareNumber(v as number), true)),
        sql` OR `,
      )
    if (a.several) return agree(sql`coalesce(${among(x)}, false)`, sql`unnest(${possibilities(a)}) AS x(v)`)
    return a.none ? sql`CASE WHEN ${a.none} THEN false ELSE ${among(a.value)} END` : sql`(${among(a.value)})`
  }
  if (a.several)
    return sql`CASE WHEN ${a.several} <@ ${list} THEN true WHEN NOT (${a.several} && ${list}) THEN false END`
  return settled({ ...a, value: sql`(${a.value} = ANY (${list}))` }, false)
}
