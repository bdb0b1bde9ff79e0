import { setTimeout as sleep } from 'node:timers/promises'
import { isId } from '@zhulian/kernel'
import type pg from 'pg'
import { PgBoss, type Db, type JobWithMetadata, type WorkWithMetadataHandler } from 'pg-boss'
import { machineActor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Ctx, LiveEvent } from './ctx.ts'
import type { Database } from './database/index.ts'
import { openCtx, type Installation, type Said, type WriteJob } from './installation.ts'
import type { Log } from './log.ts'
import type { Job } from './module.ts'
import { inTransaction } from './scope.ts'

export interface JobsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly jobs: readonly Job[]
  /** The districts whose clockwork runs here. */
  readonly districts: readonly string[]
  /** What the district of a job stands on; asked when the job runs, not before. */
  readonly installation: (district: string) => Installation
  /** Writes the trail of a job in the job's own transaction. */
  readonly trail?: (ctx: Ctx, job: Job, said: Said) => Promise<void>
  /** Told after the commit. */
  readonly tell?: (events: readonly LiveEvent[]) => void
  /** Nothing runs but through `settle` and `run`: for commands, tests and the making of the seed. A server beside it goes on. */
  readonly byHand?: boolean
}

/**
 * What runs later or by the clock. A job is written in the transaction that wants it and gone if that is rolled back; it
 * runs in a transaction of its own, which also notes it as done, so its effect is there exactly once whatever is
 * killed when. A job that throws is tried again, later and later, and after {@link tries} lies with the dead until an
 * operator looks.
 */
export interface Jobs {
  readonly write: WriteJob
  /** Begins to work, and to send by the clock. */
  start(): Promise<void>
  /** By hand only: runs all that is due at the clock's time, and what follows from it. @returns how many ended well, and what failed */
  settle(): Promise<Settled>
  /** By hand only: sends a job now, as the clock would, and settles. */
  run(name: string, payload?: Payload): Promise<Settled>
  /** Jobs that wait, that run, and that lie with the dead. */
  counts(): Promise<{ readonly waiting: number; readonly running: number; readonly dead: number }>
  /** Lets running jobs end. */
  stop(): Promise<void>
}

export interface Settled {
  readonly done: number
  readonly failures: readonly { readonly job: string; readonly error: unknown }[]
}

type Payload = Readonly<Record<string, string | number>>
type Envelope = { readonly district: string; readonly payload: Payload }

const schema = 'jobs'
const graveyard = 'platform.dead'
const tries = 12
/** How long what can wait steps back behind what is awaited, and how often it looks. */
const stepBack = { ms: 180_000, everyMs: 500 }
/** A job whose process was killed is taken up again when its heart has not beaten for so long, not after a quarter of an hour. */
const heartbeatSeconds = 30
const habits = {
  retryLimit: tries - 1,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 3600,
  expireInSeconds: 900,
  heartbeatSeconds,
}

export async function openJobs(options: JobsOptions): Promise<Jobs> {
  const { database, clock, log, byHand = false } = options
  const jobs = new Map(options.jobs.map(job => [job.name, job]))
  const boss = new PgBoss({
    db: over(database.jobs),
    schema,
    createSchema: false,
    schedule: !byHand,
    supervise: !byHand,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: heartbeatSeconds,
    monitorIntervalSeconds: heartbeatSeconds,
  })
  boss.on('error', error => log.error('jobs', {}, error))
  await boss.start()
  await makeQueues(boss, [...jobs.keys()])
  // A clock that stands still counts for the queue too, in the sessions of `settle` alone.
  const standing = byHand && 'set' in clock
  if (standing) await letTimeBeSet(database.jobs)
  await openToRequests(database.jobs)

  const write: WriteJob = async (client, district, name, payload, { key, after, ifThere } = {}) => {
    if (!jobs.has(name) && ifThere) return
    if (!jobs.has(name)) throw new Error(`no module has a job ${name}`)
    assertIdsOnly(name, payload)
    const envelope: Envelope = { district, payload }
    const singletonKey = `${district} ${key ?? crypto.randomUUID()}`
    await boss.send(name, envelope, { db: over(client), singletonKey, ...beginning(after) })
  }

  /** Where the clock runs, in seconds from now, which holds whatever time the clock shows. */
  function beginning(after: Date | undefined): { startAfter?: Date | number } {
    if (standing) return { startAfter: after ?? clock.now() }
    const seconds = after === undefined ? 0 : Math.ceil((after.getTime() - clock.now().getTime()) / 1000)
    return seconds > 0 ? { startAfter: seconds } : {}
  }

  /** The job and the note that it is done, in one transaction. */
  async function perform(found: JobWithMetadata<Envelope>, job: Job, work: Job['do']): Promise<void> {
    const { district, payload } = found.data
    const installation = options.installation(district)
    const actor = machineActor(district)
    const events = await inTransaction(database, actor, { patient: true }, async (transaction, client) => {
      const { ctx, said } = openCtx(installation, actor, transaction, client, { language: 'zh', requestId: found.id })
      await work(ctx, payload)
      await options.trail?.(ctx, job, said)
      // The types of the package leave out what it returns.
      const noted = (await boss.complete(found.name, found, null, { db: over(client) })) as { affected?: number }
      if (noted.affected !== 1) throw new Error(`the job ${found.id} ran out of time and was given to another`)
      return said.events
    })
    options.tell?.(events)
  }

  async function attempt(found: JobWithMetadata<Envelope>): Promise<void> {
    const since = performance.now()
    const facts = { job: found.name, jobId: found.id, attempt: found.retryCount + 1, district: found.data.district }
    const job = jobs.get(found.name)
    if (!job) throw new Error(`no module has a job ${found.name}`)
    try {
      await perform(found, job, job.do)
      log.info('job done', { ...facts, ms: Math.round(performance.now() - since) })
    } catch (error) {
      log.warn('job failed', facts, error)
      if (!job.giveUp || facts.attempt < job.giveUp.after) throw error
      await perform(found, job, job.giveUp.do)
      log.error('job given up', facts)
    }
  }

  const awaited = options.jobs.filter(job => job.isAwaited).map(job => job.name)
  const stopping = new AbortController()
  /** Judging everybody for the lists of tomorrow, at the same time, kept alerts from a guide for half a minute. */
  async function letAwaitedPass(): Promise<void> {
    for (const since = performance.now(); performance.now() - since < stepBack.ms && !stopping.signal.aborted; ) {
      const { rowCount } = await database.jobs.query(
        `select from ${schema}.job where name = any($1) and (state = 'active' or (state in ('created', 'retry') and start_after <= now())) limit 1`,
        [awaited],
      )
      if (rowCount === 0) return
      await sleep(stepBack.everyMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  /** Workers of the queue do this by themselves. */
  async function alive<T>(found: JobWithMetadata<Envelope>, work: Promise<T>): Promise<T> {
    const touch = () => void boss.touch(found.name, found.id).catch(() => undefined)
    const timer = setInterval(touch, (heartbeatSeconds * 1000) / 3)
    try {
      return await work
    } finally {
      clearInterval(timer)
    }
  }

  async function settle(): Promise<Settled> {
    const settled = { done: 0, failures: [] as { job: string; error: unknown }[] }
    const session = await database.jobs.connect()
    try {
      if (standing) await session.query(`set app.job_now = '${clock.now().toISOString()}'`)
      const db = over(session)
      for (let found = await due(db); found.length > 0; found = await due(db)) {
        for (const job of found) {
          try {
            await alive(job, attempt(job))
            settled.done++
          } catch (error) {
            await boss.fail(job.name, job, { error: error instanceof Error ? error.name : 'unknown' }, { db })
            settled.failures.push({ job: job.name, error })
          }
        }
      }
      return settled
    } finally {
      // Its time must not reach whoever gets the connection next.
      session.release(standing)
    }
  }

  async function due(db: Db): Promise<JobWithMetadata<Envelope>[]> {
    const { rows } = await db.executeSql(
      `select distinct name from ${schema}.job where state in ('created', 'retry') and start_after <= ${schema}.job_now() and name = any($1) order by name`,
      [[...jobs.keys()]],
    )
    const found = []
    for (const { name } of rows as { name: string }[])
      found.push(...(await boss.fetch<Envelope>(name, { includeMetadata: true, batchSize: 100, db })))
    return found
  }

  return {
    write,
    settle,

    async start() {
      await keepSchedules(boss, options.jobs, options.districts, clock.zone)
      for (const { name, canWait, looksEverySeconds: pollingIntervalSeconds = 2 } of jobs.values()) {
        const handler: WorkWithMetadataHandler<Envelope> = async ([job]) => {
          if (canWait) await letAwaitedPass()
          try {
            if (job) await attempt(job)
          } finally {
            // Others of its kind may wait, or it wrote the next one: whoever had one looks again at once, and not when it is time again.
            boss.notifyWorker(await worker)
          }
        }
        const worker = boss.work(name, { includeMetadata: true, pollingIntervalSeconds }, handler)
        await worker
      }
      for (const { name } of options.jobs.filter(job => job.atStart))
        for (const district of options.districts)
          await boss.send(name, { district, payload: {} }, { singletonKey: `${district} by the clock` })
    },

    async run(name, payload = {}) {
      for (const district of options.districts)
        await boss.send(name, { district, payload }, { ...beginning(undefined), singletonKey: `${district} by hand` })
      return settle()
    },

    async counts() {
      const { rows } = await database.jobs.query<{ waiting: number; running: number; dead: number }>(
        `select count(*) filter (where name <> $1 and state in ('created', 'retry'))::int as waiting, count(*) filter (where name <> $1 and state = 'active')::int as running,
                count(*) filter (where name = $1 and state = 'created')::int as dead from ${schema}.job`,
        [graveyard],
      )
      return rows[0] ?? { waiting: 0, running: 0, dead: 0 }
    },

    stop: () => {
      stopping.abort()
      return boss.stop({ graceful: true, timeout: 20_000, close: false })
    },
  }
}

/** Brings the schema of jobs up to date without working: part of setting up a database. */
export async function installJobs(database: Pick<Database, 'jobs'>): Promise<void> {
  const boss = new PgBoss({
    db: over(database.jobs),
    schema,
    createSchema: false,
    schedule: false,
    supervise: false,
    registerInstance: false,
  })
  await boss.start()
  await boss.stop({ graceful: false, close: false })
  await openToRequests(database.jobs)
}

/** pg-boss on a pool, or on the connection of a transaction. */
const over = (connection: pg.Pool | pg.ClientBase): Db => ({
  executeSql: async (text, values) => {
    const result = (await connection.query(text, values)) as pg.QueryResult | pg.QueryResult[]
    return { rows: Array.isArray(result) ? result.flatMap(part => part.rows) : result.rows }
  },
})

async function makeQueues(boss: PgBoss, names: readonly string[]): Promise<void> {
  const queues = await boss.getQueues()
  const there = new Set(queues.map(queue => queue.name))
  if (!there.has(graveyard)) await boss.createQueue(graveyard, { retentionSeconds: 365 * 86_400 })
  // `short`: of one key only one waits. Jobs without a key get one of their own.
  const missing = names.filter(name => !there.has(name))
  for (const name of missing) await boss.createQueue(name, { ...habits, policy: 'short', deadLetter: graveyard })
  for (const queue of queues)
    if (names.includes(queue.name) && queue.heartbeatSeconds !== heartbeatSeconds)
      await boss.updateQueue(queue.name, { heartbeatSeconds })
}

/**
 * Requests write jobs, and a job's own transaction notes it as done. They never remove one. Two processes that start together
 * take turns: of two that grant the same at once PostgreSQL turns one away.
 */
async function openToRequests(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`begin; select pg_advisory_xact_lock(hashtext('zhulian jobs'))`)
    const { rowCount } = await client.query(
      `select from pg_class where relnamespace = '${schema}'::regnamespace and relkind in ('r', 'p') and not has_table_privilege('zhulian_app', oid, 'insert')`,
    )
    if (rowCount !== 0)
      await client.query(`grant select, insert, update on all tables in schema ${schema} to zhulian_app`)
    await client.query('commit')
  } finally {
    // One that failed takes its transaction along.
    client.release(client.getTransactionStatus() !== 'I')
  }
}

/** What is in the table and not in the modules would wait for ever; what a module no longer wants is no longer sent. */
async function keepSchedules(
  boss: PgBoss,
  jobs: readonly Job[],
  districts: readonly string[],
  zone: string,
): Promise<void> {
  const wanted = jobs.flatMap(job =>
    job.cron ? districts.map(district => ({ name: job.name, cron: job.cron as string, district })) : [],
  )
  for (const { name, key } of await boss.getSchedules()) {
    if (districts.includes(key) && !wanted.some(w => w.name === name && w.district === key))
      await boss.unschedule(name, key)
  }
  for (const { name, cron, district } of wanted) {
    // After a time in which nothing ran, once and not for every hour missed.
    await boss.schedule(
      name,
      cron,
      { district, payload: {} },
      { tz: zone, key: district, missed: 'once', singletonKey: `${district} by the clock` },
    )
  }
}

/** The queue's time may be set for a session; for all others it is the database's. */
async function letTimeBeSet(pool: pg.Pool): Promise<void> {
  await pool.query(
    `create or replace function ${schema}.job_now() returns timestamptz language sql stable as
     $$ select coalesce(nullif(current_setting('app.job_now', true), '')::timestamptz, pg_catalog.now()) $$`,
  )
}

const plain = /^[\w.:-]{0,80}$/
/** Some hundred ids with commas. */
const isIdList = (text: string) => text.length <= 20_000 && text.split(',').every(isId)

/** Jobs lie in a table that row-level security does not guard, so they name things and tell nothing of people. */
function assertIdsOnly(name: string, payload: Payload): void {
  for (const [key, value] of Object.entries(payload)) {
    const isPlain =
      typeof value === 'number'
        ? Number.isFinite(value)
        : (plain.test(value) && !/\d{15,}/.test(value)) || isIdList(value)
    if (!isPlain) throw new Error(`the job ${name} may carry ids, codes and days only: see ${key}`)
  }
}
