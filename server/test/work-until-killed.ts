/** A process that runs the jobs that are due in a test's database, by a clock that stands still, until somebody kills it. */
import path from 'node:path'
import { openApp } from '../src/app.ts'
import { readCalendar } from '../src/platform/calendar.ts'
import { testClock } from '../src/platform/clock.ts'
import { checkout } from '../src/platform/config.ts'
import { connect } from '../src/platform/database/connect.ts'
import { loginsOf } from '../src/platform/database/find.ts'
import { openKeyring, passingKeyring } from '../src/platform/keyring.ts'
import { silentLog } from '../src/platform/log.ts'
import type { ServerFacts } from '../src/platform/database/open.ts'

export interface Worker {
  readonly server: ServerFacts & { readonly socket: Parameters<typeof loginsOf>[0]['socket'] }
  readonly name: string
  readonly at: string
  readonly district: string
  /** The key file of the house, for work on what lies sealed. */
  readonly keys?: string
}

if (process.argv[2]) {
  const { server, name, at, district, keys } = JSON.parse(process.argv[2]) as Worker
  const app = await openApp({
    district,
    database: connect(loginsOf(server, name), server, silentLog),
    clock: testClock(at),
    calendar: readCalendar(path.join(checkout, 'data', 'calendar')),
    keyring: keys ? openKeyring(keys, 'aes') : passingKeyring(),
    log: silentLog,
    dist: path.join(checkout, 'no-pages'),
    jobsByHand: true,
  })
  await app.jobs.settle()
  process.exit(0)
}
