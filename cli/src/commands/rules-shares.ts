import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Id, parseDay } from '@zhulian/kernel'
import { Counting, type Shares } from '@zhulian/rules'
import { demoSeed, madeUpDistrict } from '@zhulian/seed'
import { learnShares } from '../../../server/src/modules/guidance/index.ts'
import { judgeableOf } from '../../../server/src/modules/registry/index.ts'
import { systemClock } from '../../../server/src/platform/clock.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { Usage } from '../command.ts'
import { withApp } from '../with-app.ts'
import { poolOf } from './screen.ts'

export async function countShares(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { people: { type: 'string' }, on: { type: 'string' } } })
  const config = readConfig()
  const on = values.on === undefined ? systemClock(config.zone).today() : parseDay(values.on)
  const people = values.people === undefined ? undefined : Number(values.people)
  const isInstalled = config.databaseUrl !== undefined || existsSync(path.join(config.dataDir, 'database'))
  if (!on || (people === undefined ? !isInstalled : !(Number.isInteger(people) && people > 0 && people <= 1_000_000)))
    throw new Usage({
      zh: '用法：zhulian rules shares [--people 12000] [--on 2026-11-20]；没有数据库时要写 --people',
      en: 'usage: zhulian rules shares [--people 12000] [--on 2026-11-20]; without a database give --people',
    })
  const counted =
    people === undefined
      ? await withApp(app => app.asMachine(ctx => learnShares({ ...ctx, today: on })))
      : await overMadeUp(people, on)
  process.stdout.write(written(counted.shares))
  process.stderr.write(`zhulian: ${counted.households} 户 / households\n`)
  return 0
}

async function overMadeUp(people: number, on: NonNullable<ReturnType<typeof parseDay>>) {
  const counting = new Counting(await poolOf(readConfig().shippedDir), on)
  let households = 0
  for (const made of madeUpDistrict({ people, seed: demoSeed, today: on })) {
    const members = made.members.map((m, i) => ({ ...m, id: `${households}-${i}` as Id }))
    counting.add(judgeableOf(made.division, made.statements, members as never))
    households++
  }
  return { households, shares: counting.shares() }
}

/** One condition or fact a line, so that two counts can be laid side by side. */
function written({ conditions, answers }: Shares): string {
  const lines = (of: object) =>
    Object.entries(of)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(',\n')
  return `{"conditions":{\n${lines(conditions)}\n},\n"answers":{\n${lines(answers)}\n}}\n`
}
