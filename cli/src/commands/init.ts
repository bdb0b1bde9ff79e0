import { parseArgs } from 'node:util'
import { createFirstAdmin } from '../../../server/src/modules/identity/index.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { type Command, Usage } from '../command.ts'
import { withApp } from '../with-app.ts'

const help = `zhulian init --name 姓名 --sign-in 登录名

给新装的平台建第一个管理员，打印一次性的启用码。此前没有任何账号能登录。
Makes the first administrator of a new installation and prints a set-up code that works once. Until then nobody can sign in.
`

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { name: { type: 'string' }, 'sign-in': { type: 'string' } },
  })
  const name = values.name?.trim()
  const signInName = values['sign-in']?.trim()
  if (!name || !signInName) throw new Usage({ zh: '请写明 --name 和 --sign-in', en: '--name and --sign-in are wanted' })
  const made = await withApp(app => app.asMachine(ctx => createFirstAdmin(ctx, { name, signInName })))
  process.stdout.write(
    `登录名 sign-in name: ${signInName}\n启用码 set-up code: ${made.setUpCode}\n有效到 valid until: ${inZone(made.validUntil)}\n到 /console 选“第一次登录”。 Open /console and choose “First time”.\n`,
  )
  return 0
}

/** As the clock on the office's wall shows it. */
function inZone(instant: string): string {
  const { zone } = readConfig()
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return `${shown.format(new Date(instant))} (${zone})`
}

export const init: Command = {
  name: 'init',
  summary: { zh: '建第一个管理员', en: 'make the first administrator' },
  help,
  run,
}
