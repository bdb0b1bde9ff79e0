import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { evaluate, type Evaluated } from '@zhulian/rules'
import { Usage, type Command } from '../command.ts'
import { linesOf, type Line } from '../lines.ts'
import { mustBeReadable } from '../readable.ts'
import { explainHelp, explainHousehold } from './rules-explain.ts'
import { printSql, sqlHelp } from './rules-sql.ts'

const sharesHelp = `zhulian rules shares [--people 人数] [--on 日期] > data/shares.json

数出各项条件在登记的家庭里常不常见，供导服排题用；不足 10 人的数不显示，里面没有任何人的信息。
Counts how common each condition is among the registered households, for the order of questions; groups of fewer than ten
are hidden, nobody is in it. Over the installation's database, or with --people over so many made-up people.
`

const help = `zhulian rules eval 文件.jsonl

逐行计算表达式：名称和类型由每行自己声明，运算与 CEL 完全一致；文件写 - 时从标准输入读。
Evaluates expressions line by line, over names each line declares, by CEL's arithmetic to the letter; - reads standard input.

  {"expr": "age >= 18 && m.exists(p, p.able)",
   "types": {"age": "int", "born": "date", "m": {"list": {"able": "bool"}}},
   "bindings": {"age": 20, "born": {"date": "2004-03-01"}, "m": [{"able": true}, {}]}}

类型 Types: bool  int  double  string  date  {"list": {字段 field: 类型 type}}
没写的名称或字段就是不知道 / a name or field that is left out is unknown.

每行一个回答 One answer a line:
  {"value": true}  {"value": 3}  {"value": 0.5}  {"value": "a"}  {"value": "2024-03-01"}  {"value": "unknown"}
  {"error": "unsupported", "message": "…", "line": 1, "column": 7}

  syntax            读不懂 / cannot be read
  unknown_name      没有这个名字或函数 / no such name or function
  type              类型不合 / kinds that do not go together
  unsupported       不属于这个语言，或超出 ±2^53 / not part of the language, or beyond ±2^53
  division_by_zero  整数除以零 / a whole number divided by zero
  too_large         太长或套得太深 / too long or nested too deep
  case              这一行的格式、类型或值不对 / the line, a type or a value is not of the form

退出码 Exit code: 0 每行都有回答 every line answered; 2 用法不对或文件不存在 wrong usage or no such file

${explainHelp}
${sqlHelp}
${sharesHelp}`

export const rules: Command = {
  name: 'rules',
  summary: {
    zh: '计算表达式、说明结果、写成查询、数常不常见（rules eval、explain、sql、shares）',
    en: 'evaluate expressions, explain results, write queries, count shares (rules eval, explain, sql, shares)',
  },
  help,
  run: async args => {
    const [verb, file, ...more] = args
    if (verb === 'explain') return explainHousehold(args.slice(1))
    if (verb === 'sql') return printSql(args.slice(1))
    // It alone reads a database: with it comes the whole server, three quarters of the time the others take.
    if (verb === 'shares') return (await import('./rules-shares.ts')).countShares(args.slice(1))
    if (verb !== 'eval' || file === undefined || more.length > 0 || (file.startsWith('-') && file !== '-'))
      throw new Usage({ zh: '用法：zhulian rules eval 文件.jsonl', en: 'usage: zhulian rules eval FILE.jsonl' })
    await mustBeReadable(file)
    const input: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file)
    for await (const line of linesOf(input, 64 * 1024 * 1024)) {
      const blank = 'text' in line && line.text.trim() === ''
      if (!blank && !process.stdout.write(`${answerLine(line)}\n`)) await once(process.stdout, 'drain')
    }
    return 0
  },
}

/** The answer to one line, itself a line of JSON. */
function answerLine(line: Line): string {
  if (!('text' in line)) return JSON.stringify({ error: line.code, message: `${line.fault.zh} / ${line.fault.en}` })
  let input: unknown
  try {
    input = JSON.parse(line.text)
  } catch {
    return JSON.stringify({ error: 'case', message: '这一行不是 JSON / this line is not JSON' })
  }
  if (typeof input !== 'object' || input === null || !('expr' in input) || typeof input.expr !== 'string')
    return JSON.stringify({ error: 'case', message: '缺少 expr / expr is missing' })
  const { types, bindings } = input as { types?: unknown; bindings?: unknown }
  return lineOf(evaluate(input.expr, types, bindings))
}

function lineOf(said: Evaluated): string {
  if (!said.ok) {
    const { code, words, at } = said
    return JSON.stringify({
      error: code,
      message: `${words.zh} / ${words.en}`,
      ...(at && { line: at.line, column: at.column }),
    })
  }
  if ('unknown' in said) return '{"value":"unknown"}'
  const { value, type } = said
  // A double keeps its point, so that it is told from a whole number, and its sign: JSON.stringify(-0) is 0.
  if (type === 'double' && Number.isInteger(value) && Math.abs(value as number) < 1e21)
    return `{"value":${Object.is(value, -0) ? '-0' : String(value)}.0}`
  return JSON.stringify({ value })
}
