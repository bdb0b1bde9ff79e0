import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { Environment } from '@marcbachmann/cel-js'
import { Engine } from 'json-rules-engine'
import { openDatabase } from '../../server/src/platform/database/index.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { silentLog } from '../../server/src/platform/log.ts'
import { atomsOf, dayText, factOf, facts, languageOf, rowOf, valueAt, type Table, type Tree } from './made-up-rules.ts'

export interface Peer {
  readonly name: string
  /** Processor time of all rules over all rows of the table, milliseconds. */
  readonly ms: number
  /** Of a rule for a row: yes, no, or unknown; undefined where it was not asked. */
  readonly at: (rule: number, row: number) => 0 | 1 | 2 | undefined
}

/** Processor time of this process, milliseconds. */
export const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] as number
const threeValued = (value: unknown): 0 | 1 | 2 => (value === true ? 2 : value === false ? 0 : 1)

/** Rows one by one for about so long; the time is of the whole table. */
async function rowByRow(
  name: string,
  rules: readonly Tree[],
  table: Table,
  row: (facts: Record<string, unknown>, out: (0 | 1 | 2)[]) => void | Promise<void>,
  forMs = 1500,
): Promise<Peer> {
  const rows = Array.from({ length: Math.min(table.rows, 4000) }, (_, i) => rowOf(table, i))
  const results = rows.map(() => Array<0 | 1 | 2>(rules.length).fill(1))
  const once = async (until: number): Promise<number> => {
    let done = 0
    for (const started = cpu(); done < rows.length && cpu() - started < until; done++)
      await row(rows[done] as Record<string, unknown>, results[done] as (0 | 1 | 2)[])
    return done
  }
  await once(forMs / 3)
  const started = cpu()
  const done = await once(forMs)
  const ms = ((cpu() - started) / done) * table.rows
  return { name, ms, at: (rule, i) => (i < done ? results[i]?.[rule] : undefined) }
}

export function celJs(rules: readonly Tree[], table: Table): Promise<Peer> {
  const environment = new Environment()
  for (const { name, kind } of facts)
    environment.registerVariable(name, kind === 'truth' ? 'bool' : kind === 'choice' ? 'string' : 'double')
  const ready = rules.map(rule => environment.parse(languageOf(rule, '', false)))
  return rowByRow('cel-js 8, typed', rules, table, (known, out) => {
    for (let q = 0; q < ready.length; q++) {
      try {
        out[q] = threeValued(ready[q]?.(known))
      } catch {
        out[q] = 1
      }
    }
  })
}

/** Its results are two-valued: what is not known does not hold. */
export function jsonRulesEngine(rules: readonly Tree[], table: Table): Promise<Peer> {
  const orders = {
    '<': 'lessThan',
    '<=': 'lessThanInclusive',
    '>': 'greaterThan',
    '>=': 'greaterThanInclusive',
  } as const
  const sumName = (terms: unknown) => `sum ${JSON.stringify(terms)}`
  type Condition = Record<string, unknown>
  const of = (t: Tree): Condition => {
    switch (t.op) {
      case 'all':
        return { all: t.args.map(of) }
      case 'any':
        return { any: t.args.map(of) }
      case 'not':
        return { not: of(t.arg) }
      case 'is':
        return { fact: t.fact, operator: 'equal', value: true }
      case 'compare':
        return { fact: t.fact, operator: orders[t.order], value: t.than }
      case 'pair':
        return { fact: t.fact, operator: orders[t.order], value: { fact: t.other } }
      case 'in':
        return { fact: t.fact, operator: 'in', value: t.values }
      case 'sum':
        return { fact: sumName(t.terms), operator: orders[t.order], value: t.than }
    }
  }
  const engine = new Engine([], { allowUndefinedFacts: true })
  rules.forEach((rule, q) => {
    const condition = of(rule)
    const top = 'all' in condition || 'any' in condition || 'not' in condition ? condition : { all: [condition] }
    engine.addRule({ conditions: top as never, event: { type: 'holds', params: { q } } })
  })
  for (const atom of rules.flatMap(atomsOf))
    if (atom.op === 'sum')
      engine.addFact(sumName(atom.terms), async (_params, almanac) => {
        let sum = 0
        for (const [factor, fact] of atom.terms) sum += factor * (await almanac.factValue<number>(fact))
        return sum
      })
  return rowByRow('json-rules-engine 7', rules, table, async (known, out) => {
    const { results } = await engine.run(known)
    out.fill(0)
    for (const { event } of results) out[event?.params?.['q'] as number] = 2
  })
}

// — SQL —

function sqlOf(tree: Tree): string {
  switch (tree.op) {
    case 'all':
      return `(${tree.args.map(sqlOf).join(' and ')})`
    case 'any':
      return `(${tree.args.map(sqlOf).join(' or ')})`
    case 'not':
      return `not (${sqlOf(tree.arg)})`
    case 'is':
      return `"${tree.fact}"`
    case 'compare':
      return `"${tree.fact}" ${tree.order} ${factOf(tree.fact).kind === 'day' ? `date '${dayText(tree.than)}'` : tree.than}`
    case 'pair':
      return `"${tree.fact}" ${tree.order} "${tree.other}"`
    case 'in':
      return `"${tree.fact}" in (${tree.values.map(v => `'${v}'`).join()})`
    case 'sum':
      return `(${tree.terms.map(([c, f]) => `${c} * "${f}"`).join(' + ')}) ${tree.order} ${tree.than}`
  }
}
const sqlType = { whole: 'integer', money: 'double precision', truth: 'boolean', choice: 'text', day: 'date' } as const
const create = `create table household (id integer, ${facts.map(f => `"${f.name}" ${sqlType[f.kind]}`).join(', ')})`
const judged = (rules: readonly Tree[]) => rules.map((rule, q) => `(${sqlOf(rule)}) as r${q}`).join(', ')

function sqlValue(table: Table, row: number, name: string): string | null {
  const value = valueAt(table, name, row)
  if (value === undefined) return null
  const fact = factOf(name)
  if (fact.kind === 'choice') return fact.values[value] as string
  return fact.kind === 'day' ? dayText(value) : fact.kind === 'truth' ? String(value === 1) : String(value)
}

export async function duckDb(rules: readonly Tree[], table: Table): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'zhulian-duck-'))
  const csv = join(folder, 'household.csv')
  const lines: string[] = []
  for (let row = 0; row < table.rows; row++)
    lines.push([String(row), ...facts.map(f => sqlValue(table, row, f.name) ?? '')].join())
  await writeFile(csv, `${lines.join('\n')}\n`)
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  await connection.run(create)
  await connection.run(`copy household from '${csv}' (format csv, header false, nullstr '')`)
  await rm(folder, { recursive: true })
  const times: number[] = []
  for (let i = 0; i < 6; i++) {
    const started = cpu()
    await connection.run(`create or replace table result as select id, ${judged(rules)} from household`)
    if (i > 0) times.push(cpu() - started)
  }
  const rows = (await connection.runAndReadAll('select * from result order by id')).getRowObjects()
  connection.closeSync()
  return { name: 'DuckDB 1.5, one thread', ms: median(times), at: (q, row) => threeValued(rows[row]?.[`r${q}`]) }
}

/** The house's own PostgreSQL, without compilation of queries. Undefined where the server's processor time cannot be read. */
export async function postgreSql(rules: readonly Tree[], table: Table): Promise<Peer | undefined> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zhulian-bench-'))
  const database = await openDatabase(readConfig({ ...process.env, ZHULIAN_DATA: dataDir, PORT: '0' }), silentLog)
  const client = await database.owner.connect()
  try {
    await client.query(
      'create schema bench; set search_path = bench; set jit = off; set max_parallel_workers_per_gather = 0',
    )
    await client.query(create)
    const columns = facts.map(f => Array.from({ length: table.rows }, (_, row) => sqlValue(table, row, f.name)))
    const ids = Array.from({ length: table.rows }, (_, row) => row)
    const unnested = ['$1::integer[]', ...facts.map((f, i) => `$${i + 2}::text[]::${sqlType[f.kind]}[]`)]
    await client.query(`insert into household select * from unnest(${unnested.join()})`, [ids, ...columns])
    await client.query('analyze household')
    const { rows: who } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const spent = async () => {
      const stat = (await readFile(`/proc/${who[0]?.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
      return (Number(stat[11]) + Number(stat[12])) * 10
    }
    if (Number.isNaN(await spent().catch(() => Number.NaN))) return undefined
    const make = async () => {
      await client.query('drop table if exists result')
      await client.query(`create unlogged table result as select id, ${judged(rules)} from household`)
    }
    await make()
    const before = await spent()
    for (let i = 0; i < 5; i++) await make()
    const ms = ((await spent()) - before) / 5
    const { rows } = await client.query<Record<string, boolean | null>>('select * from result order by id')
    return {
      name: `PostgreSQL ${database.server.version}, no JIT`,
      ms,
      at: (q, row) => threeValued(rows[row]?.[`r${q}`]),
    }
  } finally {
    client.release()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
