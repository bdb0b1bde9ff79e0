import { type Id, newId } from '@zhulian/kernel'
import { randomBytes, createHash } from 'node:crypto'
import path from 'node:path'
import { type App, type AppOptions, openApp } from '../src/app.ts'
import type { Role } from '../src/platform/actor.ts'
import { readCalendar } from '../src/platform/calendar.ts'
import { testClock } from '../src/platform/clock.ts'
import { checkout } from '../src/platform/config.ts'
import type { Ctx } from '../src/platform/ctx.ts'
import type { Settled } from '../src/platform/jobs.ts'
import { openKeyring, passingKeyring } from '../src/platform/keyring.ts'
import { makeLog } from '../src/platform/log.ts'
import { Client } from './client.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'

export { Client, type Answer, type Call, type Problem } from './client.ts'

export interface HouseOptions
  extends Partial<Pick<AppOptions, 'modules' | 'limits' | 'mayIsOff' | 'origin' | 'dist' | 'insideOrigins'>> {
  /** The moment the clock stands at first. */
  readonly at?: string
  /** A key file that another process may share; otherwise the keys live as long as this one. */
  readonly keys?: string
}

export interface Who {
  /** 6, 9 or 12 digits; by default a village, a township or the district, as the role has it. */
  readonly scope?: string
  readonly organisation?: Id
  /** A resident's own household. */
  readonly household?: Id
  /** A resident's village, as remembered from the QR code. */
  readonly village?: string
  readonly name?: string
  /** Whether a password was given just now; true unless said otherwise. */
  readonly proved?: boolean
}

/** One made-up district for one test file: its own database, the real server, a clock that stands still. */
export interface House {
  readonly url: string
  readonly app: App
  readonly database: FreshDatabase
  /** Lines of the log so far. */
  readonly log: readonly string[]
  /** A new person in a role, signed in. The session begins with the first request. */
  as(role: Role, who?: Who): Client
  /** A browser without a session. */
  nobody(): Client
  /** Sets the clock. */
  at(instant: string): void
  /** Moves the clock forward. */
  later(ms: number): void
  /** Runs jobs that are due, and what follows from them. */
  settle(): Promise<Settled>
  /** Sends one job now, as the clock would, and settles. */
  run(job: string, payload?: Readonly<Record<string, string | number>>): Promise<Settled>
  /** As the district's machine account, in one transaction: calls doors of modules directly. */
  inside<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Past row-level security. */
  sql: FreshDatabase['sql']
  /** The last lines of the trail, newest first. */
  trail(count?: number): Promise<TrailRow[]>
  close(): Promise<void>
}

export interface TrailRow {
  readonly action: string
  readonly outcome: string
  readonly refusal: string | null
  readonly role: string
  readonly account_id: Id
  readonly subject_kind: string | null
  readonly subject_id: Id | null
  readonly reason: string | null
  readonly purpose: string
}

const district = '330111'
const usualScope: Readonly<Record<Role, string | undefined>> = {
  resident: undefined,
  guide: '330111109203',
  villageGroup: '330111109203',
  townshipClerk: '330111109',
  districtOfficer: district,
  operator: district,
  provider: undefined,
  auditor: district,
  admin: district,
  healthWorker: '330111109',
  bureauOfficer: undefined,
  helper: undefined,
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const clock = testClock(options.at ?? '2021-09-26T09:00:00+08:00')
  const lines: string[] = []
  const log = makeLog(
    line => void lines.push(line),
    () => clock.now(),
  )
  const database = await freshDatabase(log)
  const app = await openApp({
    district,
    database,
    clock,
    calendar: readCalendar(path.join(checkout, 'data', 'calendar')),
    keyring: options.keys ? openKeyring(options.keys, 'aes') : passingKeyring(),
    log,
    dist: options.dist ?? path.join(checkout, 'no-pages'),
    jobsByHand: true,
    limits: { writesPerMinute: 1e6, readsPerMinute: 1e6, doorsPerMinute: 1e6, ...options.limits },
    ...(options.origin ? { origin: options.origin } : {}),
    ...(options.insideOrigins ? { insideOrigins: options.insideOrigins } : {}),
    ...(options.modules ? { modules: options.modules } : {}),
    ...(options.mayIsOff ? { mayIsOff: true } : {}),
  })
  const url = await app.http.listen('127.0.0.1', 0)

  return {
    url,
    app,
    database,
    log: lines,
    as: (role, who = {}) => new Client(url, () => arrive(database, role, who, clock.now())),
    nobody: () => new Client(url, () => Promise.resolve({ token: undefined, account: undefined })),
    at: instant => clock.set(instant),
    later: ms => clock.advance(ms),
    settle: () => app.jobs.settle(),
    run: (job, payload) => app.jobs.run(job, payload),
    inside: work => app.asMachine(work),
    sql: (text, values) => database.sql(text, values),
    trail: count => trailOf(database, count ?? 20),
    close: async () => {
      await app.stop()
      await database.drop()
    },
  }
}

/** The clock stands still, so lines of one instant come in the order they were written. */
const trailOf = (database: FreshDatabase, count: number) =>
  database.sql<TrailRow & Record<string, unknown>>(
    'select action, outcome, refusal, role, account_id, subject_kind, subject_id, reason, purpose from audit.entry order by at desc, ctid desc limit $1',
    [count],
  )

/**
 * Rights and session last as long as any test's clock may run. Seen just now: else all that is asked at once waits in turn to
 * note that it was seen.
 */
/** An organisation nobody put on the list before, under a contract that outlasts any test. */
const contractFor = (database: FreshDatabase, organisation: Id) =>
  database.sql(
    `with added as (
       insert into organisations.organisation (district, id, kind, name, seat, purpose, stage, added_on, added_at, added_by, added_name)
       values ($1, $2::uuid, 'socialOrganisation', '测试机构' || $2::text, $1, '测试', 'mature', '2000-01-01', '2000-01-01', $2::uuid, '测试')
       on conflict do nothing returning id)
     insert into organisations.access (district, contract_id, organisation_id, from_on, until_on)
     select $1, id, id, '2000-01-01', '2199-12-31' from added`,
    [district, organisation],
  )

async function arrive(
  database: FreshDatabase,
  role: Role,
  who: Who,
  now: Date,
): Promise<{ token: string; account: Id }> {
  const [account, grant, session] = [newId(), newId(), newId()]
  const token = randomBytes(32).toString('base64url')
  const kind = role === 'resident' ? 'resident' : 'staff'
  const organisation = who.organisation ?? (role === 'provider' || role === 'bureauOfficer' ? newId() : null)
  if (organisation !== null && role !== 'bureauOfficer') await contractFor(database, organisation)
  await database.sql(
    `with account as (
       insert into identity.account (district, id, kind, name, village, household_id, made_up, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6, true, '2000-01-01', $2)),
     held as (
       insert into identity.role_grant (district, id, account_id, role, scope, organisation_id, from_at, granted_by)
       values ($1, $7, $2, $8, $9, $10, '2000-01-01', $2))
     insert into identity.session (district, id, token_hash, account_id, grant_id, created_at, seen_at, expires_at, idle_seconds, proved_at)
     values ($1, $11, $12, $2, $7, '2000-01-01', $14, '2200-01-01', 2000000000, $13)`,
    [
      district,
      account,
      kind,
      who.name ?? (kind === 'staff' ? '测试人员' : ''),
      who.village ?? null,
      who.household ?? null,
      grant,
      role,
      who.scope ?? usualScope[role] ?? null,
      organisation,
      session,
      createHash('sha256').update(token).digest(),
      who.proved === false ? null : '2100-01-01',
      now,
    ],
  )
  return { token, account }
}
