import path from 'node:path'
import { type App, type AppOptions, openApp } from './app.ts'
import { readCalendar } from './platform/calendar.ts'
import { systemClock } from './platform/clock.ts'
import { checkout, type Config, readConfig } from './platform/config.ts'
import { migrate, openDatabase } from './platform/database/index.ts'
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
  try {
    await migrate(database)
    await checkKeys(database, keyring, clock.now())
    await installJobs(database)
    const app = await openApp({
      district: config.district,
      database,
      clock,
      calendar: readCalendar(path.join(config.shippedDir, 'calendar')),
      keyring,
      log,
      dist: path.join(checkout, 'web', 'dist'),
      origin: config.origin,
      trustedProxy: config.trustedProxy,
      ...(options.limits ? { limits: options.limits } : {}),
    })
    await app.jobs.start()
    const url = await app.http.listen(config.host, config.port)
    log.info('listening', { port: Number(new URL(url).port) })
    return {
      url,
      app,
      stop: async () => {
        // A job that takes longer is rolled back and runs again when somebody starts the platform.
        await Promise.race([app.stop(), new Promise(done => setTimeout(done, patienceMs).unref())])
        await database.stop()
      },
    }
  } catch (error) {
    await database.stop()
    throw error
  }
}

/** Until the process is told to end. A second signal ends it at once. */
export async function serve(): Promise<void> {
  const log = makeLog()
  try {
    const started = await start(readConfig(), log)
    process.stdout.write(`助联 Zhulian  ${started.url}\n`)
    const leave = () => {
      process.once('SIGINT', () => process.exit(1))
      void started.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('stop', {}, error)
          process.exit(1)
        },
      )
    }
    process.once('SIGTERM', leave)
    process.once('SIGINT', leave)
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

if (import.meta.main) await serve()
