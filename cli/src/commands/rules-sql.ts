import { parseArgs } from 'node:util'
import { parseDay, type Day } from '@zhulian/kernel'
import { policyName } from '@zhulian/pool'
import { shippedData } from '@zhulian/pool/files'
import { sqlOf, sqlTables, type Pool, type SqlPredicate } from '@zhulian/rules'
import { Usage } from '../command.ts'
import { mustBeReadable } from '../readable.ts'
import { todayAtOffice } from '../today.ts'
import { insertsOf } from './rules-sql-rows.ts'
import { poolOf } from './screen.ts'

export const sqlHelp = `zhulian rules sql 编号 [--on 日期] [--tables] [--rows 家庭.jsonl]

把一项政策或服务自身的条件写成 PostgreSQL 查询，供审计人员核对；真、假、NULL 就是符合、不符合、还不能断定。
Writes the own conditions of a policy or service as a query for PostgreSQL, for an auditor to check by hand; true, false and
NULL are yes, no and cannot be told yet. Exclusion between benefits is not part of it.

  --on 日期 DAY     按哪一天的政策 / the day whose rules and figures apply (today)
  --tables         先写出查询所用的两张表 / the two tables the query reads, first
  --rows 文件 FILE  把文件里的每一户写进这两张表；户号是行号
                   rows for the households of a file, as screen reads it; their ids are the numbers of their lines
  --schema 名 NAME  两张表所在的模式 / the schema the tables are in
  --literal        没写的就是不知道，不作预设，同 screen / what is absent is unknown, nothing is presumed, as screen reads files
  --data 目录 DIR   另一套政策数据 / another district's data
`

export async function printSql(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      on: { type: 'string' },
      tables: { type: 'boolean' },
      rows: { type: 'string' },
      schema: { type: 'string' },
      literal: { type: 'boolean' },
      data: { type: 'string' },
    },
  })
  const [id, ...more] = positionals
  const on = values.on === undefined ? todayAtOffice() : parseDay(values.on)
  if (id === undefined || more.length > 0 || !on)
    throw new Usage({
      zh: '用法：zhulian rules sql P01 [--on 2021-09-26] [--tables]',
      en: 'usage: zhulian rules sql P01 [--on 2021-09-26] [--tables]',
    })
  const pool = await poolOf(values.data ?? shippedData, values.literal ?? false)
  if (values.rows !== undefined) await mustBeReadable(values.rows)
  const result = sqlOf(pool, id, on, values.schema === undefined ? {} : { schema: values.schema })
  if (!result.ok) {
    const { code, words } = result.refusal
    if (code === 'unknown_rule') throw new Usage({ zh: `没有 ${id} 这一项`, en: `there is no ${id}` })
    process.stderr.write(`zhulian: ${id} ${code}: ${words.zh} / ${words.en}\n`)
    return 1
  }
  const table = tableIn(values.schema)
  const rows = values.rows === undefined ? undefined : await insertsOf(pool, values.rows, on, table)
  if (values.tables) process.stdout.write(`${intoSchema(values.schema)}${sqlTables}\n`)
  if (rows) process.stdout.write(`${rows.text}\n`)
  process.stdout.write(queryOf(pool, id, on, result, table))
  for (const fault of rows?.faults ?? []) process.stderr.write(`zhulian: ${fault}\n`)
  return rows && rows.faults.length > 0 ? 1 : 0
}

/** So that the tables are made, and refer to one another, where the query looks for them. */
const intoSchema = (schema: string | undefined) =>
  schema === undefined ? '' : `SET search_path TO ${quoted(schema)};\n`
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const tableIn = (schema: string | undefined) => (name: string) =>
  schema === undefined ? name : `${quoted(schema)}.${name}`

function queryOf(
  pool: Pool,
  id: string,
  on: Day,
  { of, readable }: SqlPredicate,
  table: (name: string) => string,
): string {
  const name = { zh: policyName(pool, id, 'zh'), en: policyName(pool, id, 'en') }
  const [columns, from, order] =
    of === 'household'
      ? ['household.id', table('household'), 'household.id']
      : [
          'household.id, person.place, person.key',
          `${table('household')} JOIN ${table('person')} ON person.household = household.id`,
          'household.id, person.place',
        ]
  return [
    `-- ${id} ${name.zh} / ${name.en}, ${on}`,
    '-- 真 true 符合 eligible；假 false 不符合 ineligible；NULL 还不能断定 cannot be told yet',
    `SELECT ${columns},`,
    `${readable} AS verdict`,
    `FROM ${from}`,
    `ORDER BY ${order};`,
    '',
  ].join('\n')
}
