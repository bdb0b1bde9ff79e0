import { parseArgs } from 'node:util'
import { demoPassword, knownColleagues, loadDistrict } from '@zhulian/seed'
import { seedCases } from '../../../server/src/modules/outreach/index.ts'
import { start, type Started } from '../../../server/src/main.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { keepHeapSmall } from '../../../server/src/platform/heap.ts'
import { makeLog } from '../../../server/src/platform/log.ts'
import { SetupProblem } from '../../../server/src/platform/setup-problem.ts'
import { type Command, Usage } from '../command.ts'
import { progressLine } from '../progress.ts'

const help = `zhulian serve [--demo] [--people 42000]

启动平台，直到收到结束信号（Ctrl-C）。
Starts the platform until it is told to end (Ctrl-C).

  --demo        空的数据库先装入编造的示例区，并打印每个角色的登录名 / loads the made-up district into an empty database
  --people N    示例区的人数 / how many people the made-up district has

  PORT  ZHULIAN_DATA  DATABASE_URL  HOST  ZHULIAN_ORIGIN   见 README / see README
`

async function run(args: readonly string[]): Promise<number> {
  keepHeapSmall()
  const { values } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean', default: false }, people: { type: 'string', default: '42000' } },
  })
  const people = Number(values.people)
  if (!Number.isInteger(people) || people < 1 || people > 20_000_000)
    throw new Usage({ zh: '--people 要一个正整数', en: '--people wants a positive whole number' })

  const ended = new Promise<void>(resolve => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', () => {
      process.once('SIGINT', () => process.exit(1))
      resolve()
    })
  })
  let started: Started
  try {
    started = await start(readConfig(), makeLog())
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  try {
    if (values.demo) await loadOnce(started, people)
    process.stdout.write(ready(started.url, values.demo))
    await ended
  } finally {
    await started.stop()
  }
  return 0
}

/** 青龙、五联、湖源、场口: where the named guides and clerks work. */
const villagesAtWork = ['330111109203', '330111109213', '330111205214', '330111110254']

/** Loads the made-up district unless people are registered; a load that was cut short is begun anew. */
async function loadOnce({ app }: Started, people: number): Promise<void> {
  const { owner } = app.installation.database
  const state = await owner.query<{ people: boolean; real: boolean; whole: boolean }>(`
    select exists (select from registry.household) as people,
           exists (select from registry.household where not made_up) as real,
           exists (select from platform.milestone where name = 'demo loaded') as whole`)
  const { people: some = false, real = false, whole = false } = state.rows[0] ?? {}
  if (whole || real) return
  if (some) await owner.query('truncate registry.household, outreach.case, guidance.interview cascade')
  process.stdout.write('正在装入编造的示例区… Loading the made-up district…\n')
  const line = progressLine('人 people')
  const loaded = await loadDistrict(app, { people, onProgress: ({ people: done, of }) => line.show(done, of) })
  line.end(`${loaded.people} 人 people · ${loaded.households} 户 households`)
  await app.asMachine(ctx => seedCases(ctx, villagesAtWork))
  await owner.query(`insert into platform.milestone (name, at) values ('demo loaded', now())`)
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
