import { distinct, possibilities, type Expression } from './expression.ts'
import { sql, type Row, type Sql } from './fragment.ts'
import { added, ofCounts, type Reach } from './reach.ts'
import type { Range } from '../fault.ts'

/** What is gone through: rows, whether each belongs (NULL: perhaps; left out: all do), and whether it is known what there is. */
export interface Elements {
  readonly row: Row
  /** What stands after FROM. */
  readonly from: Sql
  readonly inside?: Sql | undefined
  readonly known?: Sql | undefined
}

/** A query over the elements that belong or may belong. */
const over = ({ row, from, inside }: Elements, select: Sql): Sql =>
  (inside
    ? sql`(SELECT ${select} FROM ${from} WHERE ${inside} IS NOT FALSE)`
    : sql`(SELECT ${select} FROM ${from})`
  ).closed(row)

const open = ({ known }: Elements, otherwise: Sql): Sql => (known ? sql`NOT ${known} OR ${otherwise}` : otherwise)

/**
 * `exists` and `all`. Neither EXISTS nor bool_or alone will do: both take what is not known for a no, which was wrong for
 * one household in seven. Here a no is said only when every element that is or may be there says no.
 */
export function quantified(of: Elements, body: Sql, some: boolean): Sql {
  const decides = some ? body : sql`NOT ${body}`
  const sure = of.inside ? sql`bool_or(${decides} AND ${of.inside})` : sql`bool_or(${decides})`
  const perhaps = of.inside
    ? sql`bool_or(${body} IS NOT ${some ? sql`FALSE` : sql`TRUE`})`
    : sql`bool_or(${body} IS NULL)`
  const [yes, no] = some ? [sql`true`, sql`false`] : [sql`false`, sql`true`]
  return over(of, sql`CASE WHEN ${sure} THEN ${yes} WHEN ${open(of, perhaps)} THEN NULL ELSE ${no} END`)
}

/** How many are there for certain, and how many at most. */
export function counted(of: Elements): { readonly min: Sql; readonly max: Sql } {
  const { inside, known } = of
  const min = over(of, inside ? sql`(count(*) FILTER (WHERE ${inside}))::float8` : sql`count(*)::float8`)
  const most = known ? sql`CASE WHEN ${known} THEN count(*)::float8 ELSE 'Infinity'::float8 END` : sql`count(*)::float8`
  return { min, max: over(of, most) }
}

/** In the order of the elements: sums of doubles depend on it. */
export function summed(
  of: Elements,
  body: Expression,
  place: Sql,
  at: Range,
): { readonly value?: Sql; readonly several?: Sql; readonly reach: Reach } {
  const reach = added([body.reach ?? ofCounts], 6, at)
  const { inside } = of
  if (!body.several) {
    const outside = inside ? sql` OR (${body.value} <> 0 AND ${inside} IS NOT TRUE)` : sql``
    const wanting = sql`(${body.value} IS NULL${outside})`
    const lacking = sql`bool_or(${body.none ? sql`NOT ${body.none} AND ${wanting}` : wanting})`
    const total = sql`coalesce(sum(${body.value} ORDER BY ${place}), 0)`
    return { value: over(of, sql`CASE WHEN ${open(of, lacking)} THEN NULL ELSE ${total} END`), reach }
  }
  const set = possibilities(body)
  const nothing = sql`(cardinality(${set}) = 1 AND coalesce((${set})[1], 0) = 0)`
  const lacking = sql`bool_or(${set} IS NULL${inside ? sql` OR (NOT ${nothing} AND ${inside} IS NOT TRUE)` : sql``})`
  const plain = sql`ARRAY[coalesce(sum((${set})[1] ORDER BY ${place}), 0)]`
  const each = over(of, sql`row_number() OVER (ORDER BY ${place}) AS n, ${set} AS may`)
  const step = distinct(
    sql`unnest(so.may) AS a(w), unnest(e.may) AS b(w), LATERAL (SELECT a.w + coalesce(b.w, 0) AS v) AS c`,
  )
  const folded = sql`(WITH RECURSIVE e AS ${each}, so AS (SELECT 0::bigint AS n, ARRAY[0::float8] AS may UNION ALL SELECT e.n, ${step} FROM so JOIN e ON e.n = so.n + 1 WHERE cardinality(so.may) * cardinality(e.may) <= 24) SELECT so.may FROM so WHERE so.n = (SELECT count(*) FROM e))`
  const isPlain = over(
    of,
    sql`CASE WHEN ${open(of, lacking)} THEN NULL WHEN max(cardinality(${set})) > 1 THEN ARRAY[]::float8[] ELSE ${plain} END`,
  )
  return {
    several: sql`(SELECT CASE WHEN cardinality(s.may) = 0 THEN ${folded} ELSE s.may END FROM (SELECT ${isPlain} AS may) AS s)`,
    reach,
  }
}

/** The largest or smallest of those that have one, as what it may be. */
export function extremeOf(of: Elements, body: Expression, most: boolean): Sql {
  const { inside } = of
  const set = possibilities(body)
  const may = inside
    ? sql`CASE WHEN ${inside} THEN ${set} WHEN ${set} IS NOT NULL THEN ${set} || ARRAY[NULL::float8] END`
    : set
  const best = most ? sql`max` : sql`min`
  // A value is possible when one element can have it and all others can stay on its worse side, or have none.
  const worse = sql`x IS NULL OR (c.v IS NOT NULL AND x ${most ? sql`<=` : sql`>=`} c.v)`
  const candidates = sql`(SELECT v FROM e, unnest(e.may) AS u(v)) AS c WHERE NOT EXISTS (SELECT FROM e WHERE NOT EXISTS (SELECT FROM unnest(e.may) AS w(x) WHERE ${worse}))`
  const e = over(of, sql`${may} AS may`)
  const known = of.known ?? sql`true`
  return sql`(WITH e AS ${e} SELECT CASE WHEN NOT ${known} OR bool_or(e.may IS NULL) THEN NULL WHEN coalesce(max(cardinality(e.may)), 1) = 1 THEN ARRAY[${best}((e.may)[1])] ELSE ${distinct(candidates)} END FROM e)`
}

/** Does it belong to what is filtered? What is "none" neither belongs for certain nor stays out. */
export const filtered = (inside: Sql | undefined, body: Expression): Sql =>
  inside ? sql`(${inside} AND ${body.value})` : body.value
