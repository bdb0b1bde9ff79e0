import { machineActor } from './platform/actor.ts'
import type { Calendar } from './platform/calendar.ts'
import type { Clock } from './platform/clock.ts'
import { fieldCrypto } from './platform/crypto.ts'
import type { Ctx } from './platform/ctx.ts'
import type { Database } from './platform/database/index.ts'
import { type Http, openHttp } from './platform/http/serve.ts'
import type { Limits } from './platform/http/limits.ts'
import { forgetAnswers } from './platform/idempotency.ts'
import { type Installation, openCtx } from './platform/installation.ts'
import { type Jobs, openJobs } from './platform/jobs.ts'
import type { Keyring } from './platform/keyring.ts'
import type { Log } from './platform/log.ts'
import type { Module } from './platform/module.ts'
import { reachOf } from './platform/reach.ts'
import { inTransaction } from './platform/scope.ts'
import { writeTrail } from './modules/audit/index.ts'
import { alertsJobs } from './modules/alerts/jobs.ts'
import { alertsRoutes } from './modules/alerts/routes.ts'
import { auditRoutes } from './modules/audit/routes.ts'
import { dashboardRoutes } from './modules/dashboard/routes.ts'
import { entitlementsRoutes } from './modules/entitlements/routes.ts'
import { forgetRegistry } from './modules/entitlements/registry-memory.ts'
import { doorsJobs } from './modules/doors/jobs.ts'
import { doorsRoutes } from './modules/doors/routes.ts'
import { entitlementsJobs } from './modules/entitlements/run.ts'
import { guidanceJobs } from './modules/guidance/jobs.ts'
import { guidanceRoutes } from './modules/guidance/routes.ts'
import { openShares } from './modules/guidance/shares.ts'
import { feedsJobs } from './modules/feeds/jobs.ts'
import { feedsRoutes } from './modules/feeds/routes.ts'
import { identityDoor } from './modules/identity/index.ts'
import { identityRoutes } from './modules/identity/routes.ts'
import { openHubs } from './modules/organisations/hubs.ts'
import { organisationsJobs } from './modules/organisations/jobs.ts'
import { organisationsRoutes } from './modules/organisations/routes.ts'
import { outreachJobs } from './modules/outreach/jobs.ts'
import { outreachRoutes } from './modules/outreach/routes.ts'
import { openPools } from './modules/pools/open-pools.ts'
import { poolsRoutes } from './modules/pools/routes.ts'
import { projectsJobs } from './modules/projects/jobs.ts'
import { projectsRoutes } from './modules/projects/routes.ts'
import { registryJobs } from './modules/registry/jobs.ts'
import { openRegistry } from './modules/registry/open-registry.ts'
import { forgetPeople } from './modules/registry/people-index.ts'
import { registryRoutes } from './modules/registry/routes.ts'
import { trackJobs } from './modules/track/jobs.ts'
import { trackRoutes } from './modules/track/routes.ts'
import { forgetPlacings } from './modules/linking/kept-placings.ts'
import { linkingJobs } from './modules/linking/jobs.ts'
import { linkingRoutes } from './modules/linking/routes.ts'
import { wishesJobs } from './modules/wishes/jobs.ts'
import { wishesRoutes } from './modules/wishes/routes.ts'

/** Every room of the house. */
export const modules: readonly Module[] = [
  { name: 'identity', routes: identityRoutes },
  { name: 'audit', routes: auditRoutes },
  { name: 'pools', routes: poolsRoutes, open: openPools },
  { name: 'registry', routes: registryRoutes, jobs: registryJobs, open: openRegistry, close: forgetPeople },
  { name: 'feeds', routes: feedsRoutes, jobs: feedsJobs },
  { name: 'track', routes: trackRoutes, jobs: trackJobs },
  { name: 'guidance', routes: guidanceRoutes, jobs: guidanceJobs, open: openShares },
  { name: 'outreach', routes: outreachRoutes, jobs: outreachJobs },
  { name: 'organisations', routes: organisationsRoutes, jobs: organisationsJobs, open: openHubs },
  { name: 'wishes', routes: wishesRoutes, jobs: wishesJobs },
  { name: 'projects', routes: projectsRoutes, jobs: projectsJobs },
  { name: 'linking', routes: linkingRoutes, jobs: linkingJobs, close: forgetPlacings },
  { name: 'entitlements', routes: entitlementsRoutes, jobs: entitlementsJobs, close: forgetRegistry },
  { name: 'alerts', routes: alertsRoutes, jobs: alertsJobs },
  { name: 'doors', routes: doorsRoutes, jobs: doorsJobs },
  { name: 'dashboard', routes: dashboardRoutes },
]

export interface AppOptions {
  readonly district: string
  readonly database: Database
  readonly clock: Clock
  readonly calendar: Calendar
  readonly keyring: Keyring
  readonly log: Log
  /** Folder of the built pages. */
  readonly dist: string
  /** `https://…` as people type it; undefined on a local machine. */
  readonly origin?: string | undefined
  readonly trustedProxy?: string | undefined
  /** Origins of other systems that may be called although they lie inside. */
  readonly insideOrigins?: readonly string[]
  readonly limits?: Partial<Limits>
  /** Jobs run only when they are told to. */
  readonly jobsByHand?: boolean
  /** Only for the test of row-level security. */
  readonly mayIsOff?: boolean
  /** Other rooms than {@link modules}, for tests of the platform. */
  readonly modules?: readonly Module[]
}

export interface App {
  readonly installation: Installation
  readonly http: Http
  readonly jobs: Jobs
  /** Runs `work` as the district's machine account in one transaction: for the command line, the seed and tests. */
  asMachine<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Answers no more requests and ends its jobs. The database stays open. */
  stop(): Promise<void>
}

/** Puts the rooms together on an open, migrated database. Listens to nothing yet. */
export async function openApp(options: AppOptions): Promise<App> {
  const { district, database, clock, calendar, log } = options
  const rooms = options.modules ?? modules
  const installation: Installation = {
    district,
    database,
    clock,
    calendar,
    log,
    crypto: fieldCrypto(options.keyring, district),
    writeJob: (...job) => jobs.write(...job),
    reach: reachOf(options.insideOrigins),
  }
  const door = identityDoor(installation)
  const http = await openHttp({
    installation,
    modules: rooms,
    door,
    writeTrail,
    dist: options.dist,
    origin: options.origin,
    trustedProxy: options.trustedProxy,
    ...(options.limits ? { limits: options.limits } : {}),
    mayIsOff: options.mayIsOff ?? false,
  })
  const jobs: Jobs = await openJobs({
    database,
    clock,
    log,
    jobs: [forgetAnswers, ...rooms.flatMap(room => room.jobs ?? [])],
    districts: [district],
    installation: () => installation,
    trail: async (ctx, job, said) => {
      if (said.subjects.length === 0) return
      await writeTrail(ctx.transaction, {
        at: ctx.now,
        actor: ctx.actor,
        action: job.name,
        words: { zh: '系统任务', en: 'a job of the system' },
        purpose: 'operation',
        outcome: 'done',
        code: undefined,
        reason: said.reasons.join('；') || undefined,
        subjects: said.subjects,
        requestId: ctx.requestId,
        address: '',
      })
    },
    tell: events => http.hub.tell(events),
    byHand: options.jobsByHand ?? false,
  })

  async function asMachine<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
    const actor = machineActor(district)
    const { result, events } = await inTransaction(database, actor, {}, async (transaction, client) => {
      const { ctx, said } = openCtx(installation, actor, transaction, client, { language: 'zh', requestId: 'machine' })
      return { result: await work(ctx), events: said.events }
    })
    http.hub.tell(events)
    return result
  }

  const stop = async () => {
    await Promise.all([http.stop(), jobs.stop()])
    for (const room of rooms) await room.close?.(installation)
  }
  try {
    for (const room of rooms) if (room.open) await asMachine(room.open)
  } catch (error) {
    await stop()
    throw error
  }

  return {
    installation,
    http,
    jobs,
    asMachine,
    stop,
  }
}
