import { parseArgs } from 'node:util'
import { demoPassword, knownColleagues } from '@zhulian/seed'
import { start } from '../../../server/src/main.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { makeLog } from '../../../server/src/platform/log.ts'
import { type Command, Usage } from '../command.ts'
import { toldToEnd } from '../ending.ts'
import { loadDemo } from '../load-demo.ts'

const help = `zhulian serve [--demo] [--people 42000]

启动平台，直到收到结束信号（Ctrl-C）。
Starts the platform until it is told to end (Ctrl-C).

  --demo        空的数据库先装入编造的示例区，并打印每个角色的登录名 / loads the made-up district into an empty database
  --people N    示例区的人数 / how many people the made-up district has

  PORT  ZHULIAN_DATA  DATABASE_URL  …   见 docs/operating.md / see docs/operating.md
`

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean', default: false }, people: { type: 'string', default: '42000' } },
  })
  const people = Number(values.people)
  if (!Number.isInteger(people) || people < 1 || people > 20_000_000)
    throw new Usage({ zh: '--people 要一个正整数', en: '--people wants a positive whole number' })

  const ended = toldToEnd()
  const config = readConfig()
  const demo = values.demo || config.demo
  const started = await start({ ...config, demo }, makeLog())
  const loading = new AbortController()
  try {
    const loaded = demo ? loadDemo(started.app, { people, signal: loading.signal }) : undefined
    const told = await Promise.race([ended.then(() => 'to end'), loaded])
    if (told !== 'to end') process.stdout.write(ready(started.url, demo))
    await ended
  } finally {
    loading.abort()
    await started.stop()
  }
  return 0
}

function ready(url: string, demo: boolean): string {
  if (!demo) return `助联已就绪 Zhulian is ready: ${url}\n`
  const roles = new Map<string, string>()
  for (const { role, signInName } of knownColleagues) if (!roles.has(role)) roles.set(role, signInName)
  const names = [...roles].map(([role, name]) => `  ${role.padEnd(16)}${name}`).join('\n')
  return `
助联已就绪 Zhulian is ready: ${url}

  居民 resident   ${url}/#/v/330111109203   （不用登录 no sign-in）
  导服员 guide     ${url}/#/guide
  工作台 desk      ${url}/console

  示例登录名 demo sign-ins，密码 password: ${demoPassword}
${names}

  示例数据全是编造的人；只在示例模式有这些登录名。 Everybody in it is made up; these names exist in demo mode only.
  Ctrl-C 结束 to stop
`
}

export const serve: Command = {
  name: 'serve',
  summary: { zh: '启动平台', en: 'start the platform' },
  help,
  run,
}
