import { sqlOfAll, sqlTables, rowsOf, type HouseholdFacts, type Pool, type SqlStatement } from '@zhulian/rules'
import type { Day } from '@zhulian/kernel'
import pg from 'pg'
import { loginsOf } from '../src/platform/database/find.ts'
import { freshDatabase, testServer } from './database.ts'

type Truth = boolean | null
/** What a statement says: of a household, or of a person by its place, by the name of a rule. */
export interface Said {
  readonly household: number
  /** -1 for the household. */
  readonly who: number
  readonly rule: string
  readonly verdict: Truth
}

/** A database with the tables of the rules, in which households are judged. */
export async function judgedDatabase() {
  const database = await freshDatabase()
  const { maker } = loginsOf(await testServer(), database.name)
  // Compiling these statements takes a PostgreSQL with LLVM half a minute; running them, a second.
  const client = new pg.Client({ ...maker, options: '-c jit=off -c search_path=judged' })
  await client.connect()
  await client.query(`CREATE SCHEMA judged; ${sqlTables}`)
  const sql = async (text: string, values: readonly unknown[] = []) =>
    (await client.query<Record<string, unknown>>(text, [...values])).rows
  const load = async (pool: Pool, households: readonly HouseholdFacts[]) => {
    const rows = rowsOf(pool, households)
    await sql('TRUNCATE judged.household, judged.person')
    await sql(
      `INSERT INTO judged.household SELECT id, facts FROM jsonb_to_recordset($1) AS r(id bigint, facts jsonb)`,
      [JSON.stringify(rows.households)],
    )
    await sql(
      `INSERT INTO judged.person SELECT household, place, key, facts
       FROM jsonb_to_recordset($1) AS r(household bigint, place int, key text, facts jsonb)`,
      [JSON.stringify(rows.persons)],
    )
    return rows
  }
  const say = async (statement: SqlStatement, change: (text: string) => string = text => text): Promise<Said[]> => {
    if (statement.columns.length === 0) return []
    const found = await sql(
      change(statement.text),
      statement.parameters.map(p => (typeof p === 'string' ? change(p) : p)),
    )
    return found.flatMap(row =>
      statement.columns.map(rule => ({
        household: Number(row['id']),
        who: 'place' in row ? Number(row['place']) : -1,
        rule,
        verdict: row[rule] as Truth,
      })),
    )
  }
  return {
    sql,
    /** Several statements; the rows of the last. */
    all: async (text: string): Promise<Record<string, unknown>[]> =>
      ([await client.query<Record<string, unknown>>(text)].flat().at(-1) as pg.QueryResult).rows,
    drop: async () => {
      await client.end()
      await database.drop()
    },
    load,
    /** @param change a fault that is planted in the statement */
    say: async (pool: Pool, ids: readonly string[], on: Day, change?: (text: string) => string) => {
      const { household, person, refused } = sqlOfAll(pool, ids, on, { schema: 'judged' })
      return { said: [...(await say(household, change)), ...(await say(person, change))], refused }
    },
  }
}

/** Without what the tables do not take: null where there is no "none", numbers beyond every sum. */
export function storable(pool: Pool, { household, persons }: HouseholdFacts): HouseholdFacts {
  const of = (owner: string, facts: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(facts).flatMap(([key, value]) => {
        const form = pool.facts[pool.factNumbers.get(`${owner}.${key}`) ?? -1]?.form
        if (value === null && form && !form.none && form.type !== 'list' && form.type !== 'set') return []
        return [[key, smaller(value)]]
      }),
    )
  return { household: of('household', household), persons: persons.map(p => ({ ...of('person', p), key: p.key })) }
}

function smaller(value: unknown): unknown {
  if (value === 1e300) return 1e30
  if (Array.isArray(value)) return value.map(smaller)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, smaller(part)]))
}
