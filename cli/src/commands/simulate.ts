import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Day, type Id, parseDay } from '@zhulian/kernel'
import { problemLine } from '@zhulian/pool'
import { readPool } from '@zhulian/pool/files'
import { demoPeople, demoSeed, madeUpDistrict, townships } from '@zhulian/seed'
import {
  registryInMemory,
  simulateFigures,
  simulationData,
  tryFigures,
} from '../../../server/src/modules/entitlements/index.ts'
import { LoadedPool } from '../../../server/src/modules/pools/index.ts'
import { judgeableOf } from '../../../server/src/modules/registry/index.ts'
import { systemClock } from '../../../server/src/platform/clock.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { type Command, Usage } from '../command.ts'
import { type Tried, triedWords } from '../tried-words.ts'
import { withApp } from '../with-app.ts'

const help = `zhulian simulate --set 参数=数值 [--set …] [--on 日期] [--people 人数] [--json]

政策推演：把参数换一个数，看谁多得、谁失去、在哪些镇街、要多少钱。什么也不保存；少于 5 人的数不显示。
Tries other figures: who gains, who loses, where, at what cost. Nothing is kept; counts under 5 are not shown.

  zhulian simulate --set dibaoStandard=1400 --set dibianMultiple=1.8

本机的数据库里有人，就用数据库；没有，就用内存里编造的示例区。
Over the installation's database when it holds people, else over the made-up district in memory.

  --set 参数=数值 NAME=VALUE  参数名见 data/parameters.yaml，可以写几次 / named as in data/parameters.yaml; may be given several times
  --on 日期 DAY              按哪一天的政策（缺省为今天） / the day to judge by (today)
  --people 人数 N            不看数据库，用这么多编造的人 / as many made-up people, without the database (${demoPeople})
  --json                    输出一个 JSON 对象 / one JSON object
  --lang zh|en              摘要的语言 / language of the summary

退出码 Exit code: 0 算好了 done; 2 用法不对 wrong usage
`

interface Options {
  readonly parameters: Readonly<Record<string, number>>
  readonly on: Day
  readonly people: number | undefined
  readonly json: boolean
  readonly lang: 'zh' | 'en'
}

export const simulate: Command = {
  name: 'simulate',
  summary: { zh: '改一改标准，看谁得谁失、要多少钱', en: 'try other figures: who gains, who loses, what it costs' },
  help,
  run: async args => {
    const options = optionsOf(args)
    const tried = (await overDatabase(options)) ?? (await overMadeUp(options))
    process.stdout.write(options.json ? `${JSON.stringify(tried)}\n` : triedWords(tried, options.lang))
    return 0
  },
}

function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      set: { type: 'string', multiple: true },
      on: { type: 'string' },
      people: { type: 'string' },
      json: { type: 'boolean', default: false },
      lang: { type: 'string', default: 'zh' },
    },
  })
  const lang = values.lang
  if (lang !== 'zh' && lang !== 'en') throw new Usage({ zh: '--lang 只有 zh 和 en', en: '--lang is zh or en' })
  const on = values.on === undefined ? systemClock(readConfig().zone).today() : parseDay(values.on)
  if (!on)
    throw new Usage({
      zh: `--on ${values.on} 不是真实的日子，应写成 2021-09-26`,
      en: `--on ${values.on} is not a real day; write 2021-09-26`,
    })
  return { parameters: figuresOf(values.set ?? []), on, people: peopleOf(values.people), json: values.json, lang }
}

function figuresOf(given: readonly string[]): Record<string, number> {
  if (given.length === 0)
    throw new Usage({
      zh: '要说改哪个参数：zhulian simulate --set dibaoStandard=1400',
      en: 'say which figure to try: zhulian simulate --set dibaoStandard=1400',
    })
  return Object.fromEntries(
    given.map(text => {
      const [, name, figure] = /^([A-Za-z][\w.]*)=(\d+(?:\.\d+)?)$/.exec(text) ?? []
      if (name === undefined)
        throw new Usage({
          zh: `--set 要写成 参数=数值，不是「${text}」`,
          en: `--set wants NAME=VALUE, not "${text}"`,
        })
      return [name, Number(figure)]
    }),
  )
}

function peopleOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const n = Number(text)
  if (Number.isInteger(n) && n > 0 && n <= mostMadeUp) return n
  throw new Usage({
    zh: `--people 要 1 到 ${mostMadeUp} 之间的整数，不是「${text}」`,
    en: `--people wants a whole number from 1 to ${mostMadeUp}, not "${text}"`,
  })
}
/** Whom the memory of one process holds. */
const mostMadeUp = 1_000_000

/** Nothing where there is no installation, it holds nobody, or made-up people are asked for. */
async function overDatabase({ parameters, on, people }: Options): Promise<Tried | undefined> {
  const config = readConfig()
  const isInstalled = config.databaseUrl !== undefined || existsSync(path.join(config.dataDir, 'database'))
  if (people !== undefined || !isInstalled) return undefined
  const answer = await withApp(app => app.asMachine(ctx => simulateFigures({ ...ctx, today: on }, parameters)))
  return answer.people > 0 ? { ...answer, over: 'registry' } : undefined
}

async function overMadeUp({ parameters, on, people = demoPeople }: Options): Promise<Tried> {
  const read = await readPool(readConfig().shippedDir)
  if (!read.ok) {
    const [first] = read.problems
    throw new Usage({
      zh: `政策数据有错：${first ? problemLine(first, 'zh') : ''}`,
      en: `the policy data are wrong: ${first ? problemLine(first, 'en') : ''}`,
    })
  }
  const households = [...madeUpDistrict({ people, seed: demoSeed, today: on })].map((made, i) => {
    const members = made.members.map((m, n) => ({ ...m, id: `${i}-${n}` as Id }))
    return [
      String(i) as Id,
      { division: made.division, facts: judgeableOf(made.division, made.statements, members as never) },
    ] as const
  })
  const whole = registryInMemory(new LoadedPool('', read.pool.documents), households, on, new Date())
  const { budgets } = await simulationData()
  const about = {
    townships: new Map(townships().map(({ code, name }) => [code, name])),
    asOf: new Date(`${on}T00:00:00Z`),
    budgets,
  }
  return { ...tryFigures(whole, parameters, about), over: 'madeUp' }
}
