import type { Range } from '../fault.ts'
import { tolerance } from '../value.ts'
import { bound, conjunction, isNotNull, sql, joined, type Sql, type SqlType } from './fragment.ts'
import type { Expression } from './expression.ts'
import { added, divided, moved, multiplied, ofCounts, widest, type Reach } from './reach.ts'
import { SqlRefused } from './refusal.ts'

export interface Calculated {
  readonly type: SqlType
  /** Of arguments that may stand in several places; NULL exactly when one of them is, or where there is none. */
  readonly by: (...args: readonly Sql[]) => Sql
  /** It may be none although its arguments are not. */
  readonly mayBeNone?: boolean
  readonly reach?: Reach
}

const near = bound(tolerance, 'float8')

/** Days stay days of four figures a year. */
const mostMonths = 9600

/** The calculation of a node in SQL. @throws SqlRefused */
export function calculationOf(name: string, args: readonly Expression[], at: Range): Calculated {
  const reaches = args.flatMap(arg => arg.reach ?? [])
  const [a, b] = reaches as [Reach, Reach]
  switch (name) {
    case '+':
      return { type: 'float8', by: (x, y) => sql`(${x} + ${y})`, reach: added([a, b], 0.5, at) }
    case '-':
      return { type: 'float8', by: (x, y) => sql`(${x} - ${y})`, reach: added([a, b], 0.5, at) }
    case '*':
      return { type: 'float8', by: (x, y) => sql`(${x} * ${y})`, reach: multiplied(a, b, at) }
    case '/': {
      const divisor = args[1]?.constant?.value
      const isSafe = typeof divisor === 'number' && Math.abs(divisor) >= tolerance
      return {
        type: 'float8',
        by: (x, y) => (isSafe ? sql`(${x} / ${y})` : sql`(${x} / CASE WHEN abs(${y}) >= ${near} THEN ${y} END)`),
        mayBeNone: !isSafe,
        reach: divided(a, b, at),
      }
    }
    case 'min':
    case 'max':
      return { type: 'float8', by: (...all) => extreme(name, all), reach: widest(...reaches) }
    case 'clamp':
      return {
        type: 'float8',
        by: (x, low, high) =>
          allKnown([x, low, high], sql`least(greatest(${x as Sql}, ${low as Sql}), ${high as Sql})`),
        reach: widest(...reaches),
      }
    case 'round':
      return {
        type: 'float8',
        by: x => sql`floor(${x} + 0.5::float8 + ${near})`,
        reach: { ...added([a, ofCounts], 0.5, at), unit: 0 },
      }
    case 'completedYears':
      return {
        type: 'float8',
        by: (from, to) => sql`floor((${ymd(to)} - ${ymd(from)}) / 10000::float8)`,
        reach: ofCounts,
      }
    case 'monthsBetween':
      return { type: 'float8', by: (from, to) => months(from as Sql, to as Sql), reach: ofCounts }
    case 'daysBetween':
      return { type: 'float8', by: (from, to) => sql`(${to} - ${from})::float8`, reach: ofCounts }
    case 'addMonths':
      return addMonths(args, at)
    default:
      return prefix(args, at)
  }
}

const ymd = (date: Sql | undefined): Sql => sql`to_char(${date as Sql}, 'YYYYMMDD')::float8`

/** `least` and `greatest` leave NULL aside; here what is not known must stay so. */
const allKnown = (args: readonly (Sql | undefined)[], then: Sql): Sql =>
  sql`CASE WHEN ${conjunction(args.map(arg => isNotNull(arg as Sql)))} THEN ${then} END`

const extreme = (name: 'min' | 'max', args: readonly Sql[]): Sql => {
  const list = joined(args, sql`, `)
  return allKnown(args, name === 'min' ? sql`least(${list})` : sql`greatest(${list})`)
}

/** A month is completed on its day, or on the last day of a month that has no such day. */
function months(from: Sql, to: Sql): Sql {
  const part = (what: Sql, of: Sql) => sql`extract(${what} FROM ${of})`
  const whole = (of: Sql) => sql`(${part(sql`year`, of)} * 12 + ${part(sql`month`, of)})`
  const isLast = sql`${part(sql`month`, sql`(${to} + 1)`)} <> ${part(sql`month`, to)}`
  const early = sql`${part(sql`day`, from)} > ${part(sql`day`, to)} AND NOT ${isLast}`
  return sql`(${whole(to)} - ${whole(from)} - CASE WHEN ${early} THEN 1 ELSE 0 END)::float8`
}

function addMonths([day, by]: readonly Expression[], at: Range): Calculated {
  const count = by?.constant?.value
  if (count === undefined && by?.constant) return { type: 'date', by: () => sql`NULL::date` }
  const months = typeof count === 'number' && Number.isInteger(count) ? count : Number.NaN
  const reach = moved((day?.reach?.most ?? 0) + Math.abs(months))
  if (!(reach.most <= mostMonths))
    throw new SqlRefused(
      'months',
      at,
      '加的月数要是事先知道的整数',
      'The months to add must be a whole number known beforehand',
    )
  const interval = sql`make_interval(months => ${bound(months, 'float8')}::int)`
  return { type: 'date', by: date => sql`(${date} + ${interval})::date`, reach }
}

function prefix([, by]: readonly Expression[], at: Range): Calculated {
  const count = by?.constant?.value
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > 1000)
    throw new SqlRefused('prefix', at, '取前几位要写明几位', 'The length of a beginning must be a written number')
  return { type: 'text', by: text => sql`left(${text}, ${bound(count, 'float8')}::int)` }
}
