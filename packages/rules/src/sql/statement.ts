import { joined, quoted, sql, written, type Row, type Sql, type Values } from './fragment.ts'
import type { Translation } from './translation.ts'

/** A condition with the name it is selected under. */
export interface Asked {
  readonly name: string
  readonly of: 'household' | 'person'
  readonly value: Sql
}

/** PostgreSQL takes 1,600. */
export const mostColumns = 1500

/**
 * The block that judges one household: it stands beside a row `household` of the tables, and gives one row, or one for
 * each person, with what was asked. Columns come stage by stage; MATERIALIZED keeps them from being put together into one
 * expression that works the same thing out again and again.
 * @param beside the block stands beside a row `person` too, and is about that person alone
 */
export function block(
  translation: Translation,
  asked: readonly Asked[],
  values: Values,
  schema: string | undefined,
  beside: boolean,
): string {
  const { household, person } = translation.lanes
  const of = asked[0]?.of ?? 'household'
  const needsPersons =
    of === 'person' || person.columns.length > 0 || household.columns.some(c => c.definition.parts.some(isPersons))
  const steps: string[] = []
  let [h, p] = ['h0', 'p0']
  const put = (name: string, query: Sql) => steps.push(`${name} AS MATERIALIZED (${written(query, values, p)})`)
  const tables = schema === undefined ? sql`` : sql`${quoted(schema)}.`
  put(h, sql`SELECT household.id${at(household, 0)} FROM (SELECT household.facts) AS h`)
  if (needsPersons)
    put(p, sql`SELECT p.place, p.key${at(person, 0)} FROM ${tables}person AS p WHERE p.household = household.id`)
  const last = Math.max(0, ...[...household.columns, ...person.columns].map(c => c.stage))
  for (let stage = 1; stage <= last; stage++) {
    const [lastH, lastP] = [h, p]
    if (household.columns.some(c => c.stage === stage)) {
      put(`h${stage}`, sql`SELECT h.*${at(household, stage)} FROM ${raw(lastH)} AS h`)
      h = `h${stage}`
    }
    if (person.columns.some(c => c.stage === stage)) {
      put(`p${stage}`, sql`SELECT p.*${at(person, stage)} FROM ${raw(lastP)} AS p CROSS JOIN ${raw(lastH)} AS h`)
      p = `p${stage}`
    }
  }
  const selected = joined(
    asked.map(({ name, value }) => sql`${value} AS ${quoted(name)}`),
    sql`, `,
  )
  const from =
    of === 'household'
      ? sql`FROM ${raw(h)} AS h`
      : sql`FROM ${raw(p)} AS p CROSS JOIN ${raw(h)} AS h${beside ? sql` WHERE p.place = person.place` : sql``}`
  const place = of === 'person' && !beside ? sql`p.place, ` : sql``
  return `WITH ${steps.join(',\n')}\n${written(sql`SELECT ${place}${selected} ${from}`, values, p)}`
}

const isPersons = (part: Sql['parts'][number]) => typeof part === 'object' && 'persons' in part
/** A name this file made. */
const raw = (name: string): Sql => quoted(name)

const at = (row: Row, stage: number): Sql =>
  joined(
    row.columns.filter(c => c.stage === stage).map(c => sql`,\n  ${c.definition} AS ${quoted(c.name)}`),
    sql``,
  )
