import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, openApp } from '../../server/src/app.ts'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { readCalendar } from '../../server/src/platform/calendar.ts'
import { type Clock, systemClock } from '../../server/src/platform/clock.ts'
import { checkout, readConfig } from '../../server/src/platform/config.ts'
import { migrate, openDatabase } from '../../server/src/platform/database/index.ts'
import { installJobs } from '../../server/src/platform/jobs.ts'
import { openKeyring } from '../../server/src/platform/keyring.ts'
import { silentLog } from '../../server/src/platform/log.ts'
import { Client } from '../../server/test/client.ts'

/** A whole installation on a private PostgreSQL that writes as in earnest, in a folder of its own. */
export interface Ground {
  readonly url: string
  readonly app: App
  /** A browser that came in by the code of the village. */
  visitor(village: string): Promise<Client>
  /** A guide of the village, signed in. */
  guide(village: string): Promise<Client>
  close(): Promise<void>
}

const password = 'bench-only-2021-river'

/** @param by a clock of one's own, then jobs run when they are told to; the built pages, where a browser comes */
export async function openGround(by: { readonly clock?: Clock; readonly dist?: string } = {}): Promise<Ground> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zhulian-bench-'))
  // Run by root, the database has a user of its own, who must get in.
  await chmod(dataDir, 0o755)
  const config = readConfig({ ...process.env, ZHULIAN_DATA: dataDir, PORT: '0' })
  const database = await openDatabase(config, silentLog)
  await migrate(database)
  await installJobs(database)
  const app = await openApp({
    district: config.district,
    database,
    clock: by.clock ?? systemClock(config.zone),
    jobsByHand: by.clock !== undefined,
    calendar: readCalendar(path.join(config.shippedDir, 'calendar')),
    keyring: openKeyring(config.keysPath, config.cipher),
    log: silentLog,
    dist: by.dist ?? path.join(checkout, 'no-pages'),
    limits: { writesPerMinute: 1e9, readsPerMinute: 1e9, doorsPerMinute: 1e9 },
  })
  const url = await app.http.listen('127.0.0.1', 0)
  const fresh = () => new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
  let guides = 0
  return {
    url,
    app,
    visitor: async village => {
      const client = fresh()
      const answer = await client.post('POST /visitors', { body: { village } })
      if (answer.problem) throw new Error(answer.text)
      return client
    },
    guide: async village => {
      const signInName = `guide-${++guides}`
      await app.asMachine(ctx =>
        createDemoAccounts(ctx, [{ name: '徐小英', signInName, role: 'guide', scope: village as never }], password),
      )
      const client = fresh()
      const answer = await client.post('POST /session', { body: { signInName, password } })
      if (answer.problem) throw new Error(answer.text)
      return client
    },
    close: async () => {
      await app.stop()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The value below which a share of the others lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

export const ms = (value: number): string => `${value.toFixed(1)} ms`

export function line(what: string, values: readonly number[], goalMs: number): boolean {
  const p95 = percentile(values, 0.95)
  const holds = p95 <= goalMs
  console.log(
    `${what}: p50 ${ms(percentile(values, 0.5))}, p95 ${ms(p95)}, p99 ${ms(percentile(values, 0.99))}, n ${values.length}; goal p95 ${goalMs} ms: ${holds ? 'held' : 'MISSED'}`,
  )
  return holds
}
