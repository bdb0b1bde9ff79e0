import type { App } from './app.ts'
import { whoseAccounts } from './modules/identity/index.ts'
import { hasHouseholds } from './modules/registry/index.ts'
import { SetupProblem } from './platform/setup-problem.ts'

/**
 * The made-up district has sign-ins whose password is printed, so it never lies beside real people: it goes into an empty
 * installation only, and is served in demo mode only.
 * @throws SetupProblem when the installation is not of the kind wanted
 */
export async function keepApart(app: Pick<App, 'asMachine'>, wanted: 'made up' | 'real'): Promise<void> {
  const { madeUp, real } = await app.asMachine(async ctx => {
    const accounts = await whoseAccounts(ctx)
    return { madeUp: accounts.madeUp, real: accounts.real || (await hasHouseholds(ctx)) }
  })
  if (wanted === 'real' && madeUp) throw isMadeUp
  // Who tries the made-up district out adds people of their own to it.
  if (wanted === 'made up' && real && !madeUp) throw isReal
}

const isMadeUp = new SetupProblem({
  zh: '这个数据库里是编造的示例区，登录名和密码是公开的，只能用示例模式启动（npm start，或 zhulian serve --demo）。真实使用请用 ZHULIAN_DATA 换一个数据目录，或用 DATABASE_URL 换一个数据库。',
  en: 'This database holds the made-up district, whose sign-ins everybody knows: it is served in demo mode only (npm start, or zhulian serve --demo). For real use name another data folder with ZHULIAN_DATA, or another database with DATABASE_URL.',
})

const isReal = new SetupProblem({
  zh: '这个数据库里已有真实的账号或家庭，不能放进编造的示例区。真实使用请设 ZHULIAN_DEMO=0；想看示例区，请用 ZHULIAN_DATA 换一个数据目录。',
  en: 'This database holds accounts or households of real people, beside whom the made-up district must not lie. For real use set ZHULIAN_DEMO=0; to see the made-up district name another data folder with ZHULIAN_DATA.',
})
