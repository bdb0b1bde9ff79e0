import path from 'node:path'
import { type App, type AppOptions, openApp } from './app.ts'
import { keepApart } from './made-up-or-real.ts'
import { readCalendar } from './platform/calendar.ts'
import { systemClock } from './platform/clock.ts'
import { checkout, type Config, readConfig } from './platform/config.ts'
import { migrate, openDatabase } from './platform/database/index.ts'
import { settleHeap } from './platform/heap.ts'
import { installJobs } from './platform/jobs.ts'
import { checkKeys } from './platform/key-check.ts'
import { openKeyring } from './platform/keyring.ts'
import { type Log, makeLog } from './platform/log.ts'
import { SetupProblem } from './platform/setup-problem.ts'

export interface Started {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string
  readonly app: App
  /** Finishes what is in flight, then stops the database: ten seconds at most. */
  stop(): Promise<void>
}

const patienceMs = 9_000

/** From nothing to listening: database found or started, migrated, rooms open. @throws SetupProblem in words */
export async function start(
  config: Config = readConfig(),
  log: Log = makeLog(),
  options: Pick<AppOptions, 'limits'> = {},
): Promise<Started> {
  const keyring = openKeyring(config.keysPath, config.cipher)
  const clock = systemClock(config.zone)
  const database = await openDatabase(config, log)
  let app: App | undefined
  const stop = async () => {
    // A job that takes longer is rolled back and runs again when somebody starts the platform.
    if (app) await Promise.race([app.stop(), new Promise(done => setTimeout(done, patienceMs).unref())])
    await database.stop()
  }
  try {
    await migrate(database)
    await checkKeys(database, keyring, clock.now())
    await installJobs(database)
    app = await openApp({
      district: config.district,
      database,
      clock,
      calendar: readCalendar(path.join(config.shippedDir, 'calendar')),
      keyring,
      log,
      dist: path.join(checkout, 'web', 'dist'),
      origin: config.origin,
      trustedProxy: config.trustedProxy,
      insideOrigins: config.insideOrigins,
      ...(options.limits ? { limits: options.limits } : {}),
    })
    await keepApart(app, config.demo ? 'made up' : 'real')
    settleHeap()
    const url = await app.http.listen(config.host, config.port).catch((error: unknown) => {
      throw cannotListen(config, error)
    })
    await app.jobs.start()
    log.info('listening', { port: Number(new URL(url).port) })
    return { url, app, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What `listen` says of a port or an address that cannot be had. */
function cannotListen({ host, port }: Config, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new SetupProblem(
      {
        zh: `端口 ${port} 已被别的程序占用（也可能助联已经启动）。请先停掉它，或用 PORT 换一个端口。`,
        en: `Port ${port} is taken by another program (perhaps Zhulian runs already). Stop that one, or choose another port with PORT.`,
      },
      error,
    )
  if (code === 'EACCES')
    return new SetupProblem(
      {
        zh: `当前用户不能使用端口 ${port}。请用 PORT 换一个 1024 以上的端口。`,
        en: `This user may not use port ${port}. Choose one above 1024 with PORT.`,
      },
      error,
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new SetupProblem(
      {
        zh: `地址 ${host} 不是本机的（${code}）。请改正环境变量 HOST，例如 127.0.0.1，或 0.0.0.0 表示全部。`,
        en: `The address ${host} is none of this machine (${code}). Correct the environment variable HOST: 127.0.0.1, or 0.0.0.0 for all.`,
      },
      error,
    )
  return error
}
