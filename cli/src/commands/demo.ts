import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { readPool } from '@zhulian/pool/files'
import { demoPassword, demoPeople, demoSeed, madeUpDistrict, townships, villages } from '@zhulian/seed'
import { importRowsOf } from '../../../server/src/modules/feeds/index.ts'
import { keepApart } from '../../../server/src/made-up-or-real.ts'
import { tableStream } from '../../../server/src/platform/table-file.ts'
import { systemClock } from '../../../server/src/platform/clock.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { type Command, Usage } from '../command.ts'
import { loadDemo } from '../load-demo.ts'
import { withApp } from '../with-app.ts'

const help = `zhulian demo [--people 42000] [--seed 330111] [--xlsx FILE | --csv FILE]

把一个编造的区装进本机的数据库：真实的镇街和村，编造的人。种子相同，人就相同。
Loads a made-up district into the local database: real townships and villages, people who do not exist.

  --people N    人数，到两千万 / how many people, up to twenty million (${demoPeople})
  --seed S      种子 / the seed (${demoSeed})
  --xlsx FILE   不装数据库，写成导入表格 / writes the same people as a file to import, and touches no database
  --csv FILE    同上，CSV / the same as CSV
`

const whole = (text: string | undefined, otherwise: number, most: number): number => {
  const n = text === undefined ? otherwise : Number(text)
  if (Number.isInteger(n) && n > 0 && n <= most) return n
  throw new Usage({
    zh: `要 1 到 ${most} 之间的整数，不是「${text}」`,
    en: `a whole number from 1 to ${most} is wanted, not "${text}"`,
  })
}

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string' },
      seed: { type: 'string' },
      xlsx: { type: 'string' },
      csv: { type: 'string' },
    },
  })
  const people = whole(values.people, demoPeople, 20_000_000)
  const seed = whole(values.seed, demoSeed, 2 ** 31)
  if (values.xlsx !== undefined && values.csv !== undefined)
    throw new Usage({ zh: '--xlsx 和 --csv 只能写一个', en: '--xlsx or --csv, not both' })
  const file = values.xlsx ?? values.csv
  if (file !== undefined) return await writeFile(file, values.xlsx ? 'xlsx' : 'csv', people, seed)
  const loaded = await withApp(async app => {
    await keepApart(app, 'made up')
    return await loadDemo(app, { people, seed })
  })
  if (!loaded)
    throw new Usage({
      zh: '示例区已经在这里，没有改动。要另一个，请换一个 ZHULIAN_DATA 再运行',
      en: 'the made-up district is here already, and nothing was changed. For another run it with another ZHULIAN_DATA',
    })
  process.stdout.write(
    `登录名 sign-ins: guide, group, clerk, officer, operator, provider, auditor, admin  密码 password: ${demoPassword}\n启动 to start: npm start\n`,
  )
  return 0
}

async function writeFile(file: string, format: 'xlsx' | 'csv', people: number, seed: number): Promise<number> {
  const config = readConfig()
  const today = systemClock(config.zone).today()
  const read = await readPool(config.shippedDir)
  if (!read.ok)
    throw new Usage({
      zh: '政策数据有错，请先运行 zhulian screen 检查',
      en: 'the policy data are wrong; run zhulian screen to see where',
    })
  const names = new Map(townships().map(t => [t.code, t.name]))
  const places = new Map(villages().map(v => [v.code, { name: v.name, township: names.get(v.code.slice(0, 9)) ?? '' }]))
  const rows = importRowsOf(madeUpDistrict({ people, seed, today }), read.pool.documents.facts, places)
  await pipeline(tableStream(format, '家庭成员', rows), createWriteStream(file))
  process.stderr.write(`${file}\n`)
  return 0
}

export const demo: Command = {
  name: 'demo',
  summary: { zh: '装入编造的示例区', en: 'load the made-up district' },
  help,
  run,
}
