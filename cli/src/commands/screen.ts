import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseDay, type Day, type Words } from '@zhulian/kernel'
import { problemLine } from '@zhulian/pool'
import { readPool, shippedData } from '@zhulian/pool/files'
import { checkFacts, clipped, householdLine, judge, type FactOf, type Judgement, type Pool } from '@zhulian/rules'
import { Usage, type Command } from '../command.ts'
import { repeatedName } from '../household-file.ts'
import { linesOf, type Line } from '../lines.ts'
import { mustBeReadable } from '../readable.ts'
import { todayAtOffice } from '../today.ts'
import { summary } from '../summary.ts'

const help = `zhulian screen 文件 [--on 日期] [--json]

逐户判断：每行一户（JSON Lines），给出每项政策、服务、圈层和发展类别。文件写 - 时从标准输入读。
Judges households: one JSON object a line, - reads standard input.

  {"household": {"certifiedTier": "none", …}, "persons": [{"key": "a", "birthDate": "1976-03-01", …}], "on": "2021-09-26"}

文件用 UTF-8，一行最多 4 MB；有错的行只说错在哪里，别的行照常判断。
UTF-8, at most 4 MB a line; a line with faults is answered by what is wrong with it, the others are judged.

事实的名称见 data/facts，不带 household.、person. 前缀；没写就是不知道，null 表示明确没有；别的名称不看，但会列出来。
Facts are named as in data/facts without their prefix; absent is unknown, null a known none; other names are left aside and listed.

  --on 日期 DAY     按哪一天的政策判断（缺省为今天；每户自己的 on 优先） / the day to judge by (today; a household's own "on" goes first)
  --json           每户输出一行 JSON / one JSON object a line
  --data 目录 DIR   另一套政策数据 / another district's data
  --lang zh|en     摘要的语言 / language of the summary

退出码 Exit code: 0 全部判断 all judged; 1 有的行有错 some lines had faults; 2 用法不对或文件不存在 wrong usage or no such file
`

interface Options {
  readonly file: string
  readonly on: Day
  readonly json: boolean
  readonly data: string
  readonly language: 'zh' | 'en'
}

export const screen: Command = {
  name: 'screen',
  summary: { zh: '判断文件里的每一户', en: 'judge every household of a file' },
  help,
  run: async args => {
    const options = optionsOf(args)
    await mustBeReadable(options.file)
    const pool = await poolOf(options.data)
    const input: AsyncIterable<Uint8Array> = options.file === '-' ? process.stdin : createReadStream(options.file)
    let [households, faulty] = [0, false]
    for await (const row of linesOf(input)) {
      const answer = screenLine(pool, row, options.on)
      if (!answer) continue
      const line = row.number
      households++
      if (!answer.ok) faulty = true
      const output = !answer.ok
        ? options.json
          ? JSON.stringify({ error: answer.words.zh, errorEn: answer.words.en, line })
          : `第 ${line} 行 / line ${line}: ${answer.words[options.language]}`
        : options.json
          ? JSON.stringify({
              ...outputOf(answer.judgement),
              ...(answer.ignored.length > 0 && { ignored: answer.ignored }),
            })
          : `${summary(pool, answer.judgement, line, options.language)}${leftAside(answer.ignored, options.language)}`
      if (!process.stdout.write(`${output}\n`)) await once(process.stdout, 'drain')
    }
    if (households === 0) process.stderr.write('zhulian: 文件里一户也没有 / no household in the file\n')
    return faulty ? 1 : 0
  },
}

function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      on: { type: 'string' },
      json: { type: 'boolean' },
      data: { type: 'string' },
      lang: { type: 'string' },
    },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new Usage({
      zh: '要给一个文件：zhulian screen 文件 [--on 日期] [--json]',
      en: 'give one file: zhulian screen FILE [--on DAY] [--json]',
    })
  const on = values.on === undefined ? todayAtOffice() : parseDay(values.on)
  if (!on)
    throw new Usage({
      zh: `--on ${values.on} 不是真实的日子，应写成 2021-09-26`,
      en: `--on ${values.on} is not a real day; write 2021-09-26`,
    })
  const language = values.lang ?? 'zh'
  if (language !== 'zh' && language !== 'en') throw new Usage({ zh: '--lang 只有 zh 和 en', en: '--lang is zh or en' })
  return { file, on, json: values.json ?? false, data: values.data ?? shippedData, language }
}

/** The pool of a folder, read to the letter. */
export async function poolOf(dir: string, literal = true): Promise<Pool> {
  const read = await readPool(dir, { literal }).catch((error: NodeJS.ErrnoException) => {
    throw new Usage({
      zh: `读不了数据目录 ${dir}（${error.code}）`,
      en: `cannot read the data folder ${dir} (${error.code})`,
    })
  })
  if (read.ok) return read.pool
  const [first] = read.problems
  throw new Usage({
    zh: `政策数据有 ${read.problems.length} 处错误，第一处：${first ? problemLine(first, 'zh') : ''}`,
    en: `the policy data have ${read.problems.length} problems, the first: ${first ? problemLine(first, 'en') : ''}`,
  })
}

/** Of one line; whoever mends these sees the rest. */
const mostFaults = 20

type Answer =
  | { readonly ok: true; readonly judgement: Judgement; readonly ignored: readonly FactOf[] }
  | { readonly ok: false; readonly words: Words }

/** One line of the file: judged, or said in words what is wrong with it; nothing for a blank line. */
function screenLine(pool: Pool, line: Line, on: Day): Answer | undefined {
  if ('fault' in line) return { ok: false, words: line.fault }
  if (line.text.trim() === '') return undefined
  let input: unknown
  try {
    input = JSON.parse(line.text)
  } catch {
    return { ok: false, words: { zh: '这一行不是 JSON', en: 'This line is not JSON' } }
  }
  const twice = repeatedName(line.text)
  if (twice !== undefined)
    return {
      ok: false,
      words: {
        zh: `「${clipped(twice)}」在同一个对象里写了两次`,
        en: `"${clipped(twice)}" stands twice in the same object`,
      },
    }
  const own = typeof input === 'object' && input !== null && 'on' in input ? (input.on ?? undefined) : undefined
  const day = own === undefined ? on : typeof own === 'string' ? parseDay(own) : undefined
  if (!day) {
    const given = typeof own === 'object' ? '{…}' : clipped(JSON.stringify(own))
    return {
      ok: false,
      words: {
        zh: `on「${given}」不是真实的日子，应写成 2021-09-26`,
        en: `on ${given} is not a real day; write 2021-09-26`,
      },
    }
  }
  const { input: facts, ignored } = householdLine(pool, input, day)
  const checked = checkFacts(pool, facts, day)
  if (!checked.ok) {
    const more = checked.faults.length - mostFaults
    const say = (language: 'zh' | 'en', last: string) =>
      [...checked.faults.slice(0, mostFaults).map(fault => fault.words[language]), ...(more > 0 ? [last] : [])].join(
        language === 'zh' ? '；' : '; ',
      )
    return { ok: false, words: { zh: say('zh', `还有 ${more} 处`), en: say('en', `and ${more} more`) } }
  }
  return { ok: true, judgement: judge(pool, checked.facts, day), ignored }
}

function leftAside(ignored: readonly FactOf[], language: 'zh' | 'en'): string {
  if (ignored.length === 0) return ''
  const names = ignored.map(({ fact, person }) => (person === undefined ? fact : `${fact}#${person}`))
  return language === 'zh'
    ? `  没有用到（没有这些事实）：${names.join('、')}\n`
    : `  Left aside (no such facts): ${names.join(', ')}\n`
}

/** The answer for one household, as `data/README.md` describes it. */
export function outputOf(judgement: Judgement): Record<string, unknown> {
  return {
    on: judgement.on,
    policies: judgement.policies,
    services: judgement.services,
    circle: Object.fromEntries(
      Object.entries(judgement.circles).flatMap(([key, { circle }]) => (circle === undefined ? [] : [[key, circle]])),
    ),
    ...(judgement.householdCircle.circle !== undefined && { householdCircle: judgement.householdCircle.circle }),
    class: judgement.classes,
    tier: judgement.tier,
  }
}
