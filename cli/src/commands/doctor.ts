import { parseArgs } from 'node:util'
import type { Finding } from '@zhulian/server/platform'
import { Usage, type Command } from '../command.ts'
import { endBySignal } from '../ending.ts'

const help = `zhulian doctor [--json] [--lang zh|en]

看一遍本机的安装：运行环境、数据目录、密钥、节假日、数据库版本与新旧、数据结构、后台任务、时钟。
Looks the installation over: runtime, data folder, keys, holidays, version and age of the database, schema, jobs, clocks.

不改动任何数据；自带的数据库若未运行，会临时启动，看完即停。
Changes nothing; a built-in database that does not run is started for the look and stopped after it.

退出码 Exit code: 0 没有问题 nothing wrong; 1 有需要马上处理的问题 something wants attention today; 2 用法或设置不对 wrong usage or settings
`

export const doctor: Command = {
  name: 'doctor',
  summary: { zh: '检查本机的安装', en: 'look the installation over' },
  help,
  run: async args => {
    const { json, lang } = optionsOf(args)
    const findings = await look()
    process.stdout.write(json ? `${JSON.stringify(findings)}\n` : findings.map(f => line(f, lang)).join(''))
    return findings.some(f => f.state === 'bad') ? 1 : 0
  },
}

const marks = { good: '✓', warn: '!', bad: '✗' }

const line = ({ about, state, words }: Finding, lang: 'zh' | 'en' | undefined): string => {
  const text = lang === undefined ? `${words.zh}\n${' '.repeat(13)}${words.en}` : words[lang]
  return `${marks[state]} ${about.padEnd(10)} ${text}\n`
}

function optionsOf(args: readonly string[]): { json: boolean; lang: 'zh' | 'en' | undefined } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, lang: { type: 'string' } },
    })
    const lang = values.lang === 'zh' || values.lang === 'en' ? values.lang : undefined
    if (values.lang !== undefined && lang === undefined) throw new TypeError('--lang')
    return { json: values.json, lang }
  } catch {
    throw new Usage({
      zh: '用法：zhulian doctor [--json] [--lang zh|en]',
      en: 'usage: zhulian doctor [--json] [--lang zh|en]',
    })
  }
}

async function look(): Promise<Finding[]> {
  const { examine, readConfig, SetupProblem } = await import('@zhulian/server/platform')
  endBySignal()
  try {
    return await examine(readConfig())
  } catch (error) {
    if (error instanceof SetupProblem) throw new Usage(error.words)
    throw error
  }
}
