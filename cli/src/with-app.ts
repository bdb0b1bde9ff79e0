import path from 'node:path'
import { type App, openApp } from '../../server/src/app.ts'
import { readCalendar } from '../../server/src/platform/calendar.ts'
import { systemClock } from '../../server/src/platform/clock.ts'
import { checkout, readConfig } from '../../server/src/platform/config.ts'
import { migrate, openDatabase } from '../../server/src/platform/database/index.ts'
import { installJobs } from '../../server/src/platform/jobs.ts'
import { checkKeys } from '../../server/src/platform/key-check.ts'
import { openKeyring } from '../../server/src/platform/keyring.ts'
import { silentLog } from '../../server/src/platform/log.ts'
import { endBySignal } from './ending.ts'

/**
 * Opens the local installation for one command: the same database, keys and rooms as the server's, listening to nothing.
 * A server that runs beside it goes on. Jobs run in this process when they are told to.
 */
export async function withApp<T>(work: (app: App) => Promise<T>): Promise<T> {
  const config = readConfig()
  endBySignal()
  const keyring = openKeyring(config.keysPath, config.cipher)
  const clock = systemClock(config.zone)
  const database = await openDatabase(config, silentLog)
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
      log: silentLog,
      dist: path.join(checkout, 'no-pages'),
      jobsByHand: true,
    })
    try {
      return await work(app)
    } finally {
      await app.stop()
    }
  } finally {
    await database.stop()
  }
}
