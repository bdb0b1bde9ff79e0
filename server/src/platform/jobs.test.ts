import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { freshDatabase, type FreshDatabase } from '../../test/database.ts'
import { machineActor } from './actor.ts'
import { calendarOf } from './calendar.ts'
import { systemClock, testClock } from './clock.ts'
import { fieldCrypto } from './crypto.ts'
import type { Ctx, LiveEvent } from './ctx.ts'
import { openCtx, type Installation } from './installation.ts'
import { installJobs, openJobs, type Jobs } from './jobs.ts'
import { passingKeyring } from './keyring.ts'
import { silentLog } from './log.ts'
import type { Job } from './module.ts'
import { reachOf } from './reach.ts'
import { inTransaction } from './scope.ts'

const district = '330111'
const machine = machineActor(district)
const clock = testClock('2021-09-26T09:00:00+08:00')
const told: LiveEvent[] = []
const ran: string[] = []
let failures = 0
let database: FreshDatabase
let jobs: Jobs
let installation: Installation

const note = async (ctx: Ctx, text: string) => {
  await sql`insert into trial.effect (district, text) values (${ctx.district}, ${text})`.execute(ctx.transaction)
}

const list: Job[] = [
  { name: 'trial.note', do: async (ctx, payload) => void ran.push(`${payload['id']} ${ctx.today} ${ctx.actor.role}`) },
  {
    name: 'trial.stumble',
    do: async ctx => {
      await note(ctx, 'stumbled')
      if (failures-- > 0) throw new Error('stumbled after the effect')
    },
  },
  {
    name: 'trial.giveUp',
    do: async ctx => {
      await note(ctx, 'half done')
      throw new Error('never works')
    },
    giveUp: { after: 3, do: (ctx, payload) => note(ctx, `gave up ${payload['id']}`) },
  },
  {
    name: 'trial.chain',
    do: async ctx => {
      await ctx.later('trial.note', { id: 'chained' })
      ctx.tell({ name: 'trial.chained', to: { roles: ['guide'], division: district }, id: ctx.actor.account })
    },
  },
]

beforeAll(async () => {
  database = await freshDatabase()
  await database.sql(`create schema trial`)
  await database.sql(`create table trial.effect (district text not null, text text not null)`)
  await database.sql(`grant usage on schema trial to zhulian_app`)
  await database.sql(`grant select, insert on trial.effect to zhulian_app`)
  jobs = await openJobs({
    database,
    clock,
    log: silentLog,
    jobs: list,
    districts: [district],
    installation: () => installation,
    tell: events => void told.push(...events),
    byHand: true,
  })
  const crypto = fieldCrypto(passingKeyring(), district)
  installation = {
    district,
    database,
    clock,
    calendar: calendarOf([]),
    crypto,
    log: silentLog,
    writeJob: jobs.write,
    reach: reachOf(),
  }
})
afterAll(async () => {
  await jobs.stop()
  await database.drop()
})

const asking = (work: (ctx: Ctx) => Promise<void>) =>
  inTransaction(database, machine, {}, (transaction, client) =>
    work(openCtx(installation, machine, transaction, client, { language: 'zh', requestId: 'r' }).ctx),
  )
const takeRan = () => ran.splice(0)

test('a job runs after the commit that wanted it, as the district’s machine', async () => {
  await asking(ctx => ctx.later('trial.note', { id: 'a' }))
  expect(takeRan()).toEqual([])
  expect(await jobs.settle()).toEqual({ done: 1, failures: [] })
  expect(takeRan()).toEqual(['a 2021-09-26 machine'])
  expect((await jobs.settle()).done).toBe(0)
})

test('a job is gone with the transaction that is rolled back', async () => {
  const attempt = asking(async ctx => {
    await ctx.later('trial.note', { id: 'never' })
    throw new Error('no')
  })
  await expect(attempt).rejects.toThrow('no')
  expect((await jobs.settle()).done).toBe(0)
})

test('of one key only one waits, and the next may be sent when it has run', async () => {
  await asking(async ctx => {
    await ctx.later('trial.note', { id: 'first' }, { key: 'case-1' })
    await ctx.later('trial.note', { id: 'second' }, { key: 'case-1' })
    await ctx.later('trial.note', { id: 'other' }, { key: 'case-2' })
    await ctx.later('trial.note', { id: 'no-key' })
    await ctx.later('trial.note', { id: 'no-key' })
  })
  expect((await jobs.settle()).done).toBe(4)
  expect(
    takeRan()
      .map(r => r.slice(0, 5))
      .sort(),
  ).toEqual(['first', 'no-ke', 'no-ke', 'other'])
  await asking(ctx => ctx.later('trial.note', { id: 'third' }, { key: 'case-1' }))
  expect((await jobs.settle()).done).toBe(1)
  takeRan()
})

test('a job for a later day waits for the clock', async () => {
  await asking(ctx =>
    ctx.later('trial.note', { id: 'in-three-days' }, { after: new Date('2021-09-29T09:00:00+08:00') }),
  )
  expect((await jobs.settle()).done).toBe(0)
  clock.set('2021-09-29T08:59:00+08:00')
  expect((await jobs.settle()).done).toBe(0)
  clock.set('2021-09-29T09:00:00+08:00')
  expect((await jobs.settle()).done).toBe(1)
  expect(takeRan()).toEqual(['in-three-days 2021-09-29 machine'])
})

test('a job that stumbles twice after its effect has had it once', async () => {
  failures = 2
  await asking(ctx => ctx.later('trial.stumble', {}))
  for (let i = 0; i < 3; i++) {
    await jobs.settle()
    clock.advance(3_600_000)
  }
  expect(await database.sql(`select count(*)::int as n from trial.effect where text = 'stumbled'`)).toEqual([{ n: 1 }])
  expect(await jobs.counts()).toEqual({ waiting: 0, running: 0, dead: 0 })
})

test('a job that cannot be done is tried twelve times and then lies with the dead', async () => {
  failures = 1000
  await asking(ctx => ctx.later('trial.stumble', {}))
  let attempts = 0
  for (let i = 0; i < 20; i++) {
    attempts += (await jobs.settle()).failures.length
    clock.advance(3_600_000)
  }
  expect(attempts).toBe(12)
  expect(await jobs.counts()).toEqual({ waiting: 0, running: 0, dead: 1 })
})

test('a job somebody waits for is given up after a few tries, says so, and is not tried again', async () => {
  await asking(ctx => ctx.later('trial.giveUp', { id: 'a' }))
  const failed = []
  for (let i = 0; i < 5; i++) {
    failed.push((await jobs.settle()).failures.length)
    clock.advance(3_600_000)
  }
  expect(failed).toEqual([1, 1, 0, 0, 0])
  expect(await database.sql(`select text from trial.effect where text like 'gave up%' or text = 'half done'`)).toEqual([
    { text: 'gave up a' },
  ])
  expect(await jobs.counts()).toMatchObject({ waiting: 0, running: 0 })
})

test('a job whose process was killed counts as lost after half a minute without a sign of life', async () => {
  await asking(ctx => ctx.later('trial.note', { id: 'beating' }))
  const [job] = await database.sql<{ seconds: number }>(
    `select heartbeat_seconds as seconds from jobs.job where name = 'trial.note' and state = 'created'`,
  )
  expect(job?.seconds).toBe(30)
  await jobs.settle()
  takeRan()
})

test('what a job wants later and tells is kept', async () => {
  await jobs.run('trial.chain')
  expect(takeRan()).toHaveLength(1)
  expect(told).toMatchObject([{ name: 'trial.chained' }])
})

test('a worker that runs by itself tries again after a stumble, and the effect is there once', async () => {
  const own = await freshDatabase()
  await own.sql(`create table public.effect (id int)`)
  await own.sql(`grant insert on public.effect to zhulian_app`)
  let attempts = 0
  const job: Job = {
    name: 'trial.alone',
    do: async ctx => {
      await sql`insert into public.effect values (1)`.execute(ctx.transaction)
      if (++attempts === 1) throw new Error('stumbled after the effect')
    },
  }
  const real = systemClock('Asia/Shanghai')
  const alone: Installation = {
    ...installation,
    database: own,
    clock: real,
    writeJob: (...all) => worker.write(...all),
  }
  const worker = await openJobs({
    database: own,
    clock: real,
    log: silentLog,
    jobs: [job],
    districts: [district],
    installation: () => alone,
  })
  await worker.start()
  await inTransaction(own, machine, {}, (_, client) => worker.write(client, district, 'trial.alone', {}))
  await expect
    .poll(() => own.sql(`select count(*)::int as n from public.effect`), { timeout: 20_000, interval: 200 })
    .toEqual([{ n: 1 }])
  await worker.stop()
  expect(attempts).toBe(2)
  expect(await worker.counts()).toEqual({ waiting: 0, running: 0, dead: 0 })
  await own.drop()
})

test('whoever had a job looks for the next at once, and what can wait begins after all that somebody waits for', async () => {
  const own = await freshDatabase()
  const real = systemClock('Asia/Shanghai')
  const done: { readonly name: string; readonly at: number }[] = []
  const job = (name: string, how: Pick<Job, 'canWait' | 'isAwaited'>): Job => ({
    name,
    ...how,
    do: () => Promise.resolve(void done.push({ name, at: performance.now() })),
  })
  const worker = await openJobs({
    database: own,
    clock: real,
    log: silentLog,
    jobs: [job('trial.later', { canWait: true }), job('trial.soon', { isAwaited: true })],
    districts: [district],
    installation: () => ({ ...installation, database: own, clock: real }),
  })
  await inTransaction(own, machine, {}, async (_, client) => {
    await worker.write(client, district, 'trial.later', {})
    for (let i = 0; i < 8; i++) await worker.write(client, district, 'trial.soon', {})
  })
  await worker.start()
  await expect.poll(() => done.length, { timeout: 20_000, interval: 100 }).toBe(9)
  await worker.stop()
  await own.drop()
  expect(done.map(d => d.name)).toEqual([...Array<string>(8).fill('trial.soon'), 'trial.later'])
  const times = done.slice(0, 8).map(d => d.at)
  // Looked for when it is time again, the eighth comes after fourteen seconds.
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(6000)
})

test('a job that fails holds up none of its kind', async () => {
  const own = await freshDatabase()
  const real = systemClock('Asia/Shanghai')
  const begun = new Map<number, number>()
  const worker = await openJobs({
    database: own,
    clock: real,
    log: silentLog,
    jobs: [
      {
        name: 'trial.failing',
        do: (_, { no }) => {
          if (!begun.has(no as number)) begun.set(no as number, performance.now())
          return Promise.reject(new Error('as planned'))
        },
      },
    ],
    districts: [district],
    installation: () => ({ ...installation, database: own, clock: real }),
  })
  await inTransaction(own, machine, {}, async (_, client) => {
    for (let no = 0; no < 6; no++) await worker.write(client, district, 'trial.failing', { no })
  })
  await worker.start()
  await expect.poll(() => begun.size, { timeout: 20_000, interval: 100 }).toBe(6)
  await worker.stop()
  await own.drop()
  const times = [...begun.values()]
  // Looked for when it is time again, the sixth comes after ten seconds.
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(5000)
})

test('what is gone with the memory of a server is done again at each start, and a command beside it does nothing', async () => {
  const own = await freshDatabase()
  let done = 0
  const job: Job = { name: 'trial.remember', atStart: true, do: () => Promise.resolve(void done++) }
  const base = {
    database: own,
    clock: systemClock('Asia/Shanghai'),
    log: silentLog,
    jobs: [job],
    districts: [district],
    installation: () => ({ ...installation, database: own, clock: systemClock('Asia/Shanghai') }),
  }
  for (const start of [1, 2]) {
    const server = await openJobs(base)
    await server.start()
    await expect.poll(() => done, { timeout: 20_000, interval: 100 }).toBe(start)
    await server.stop()
  }
  const command = await openJobs({ ...base, byHand: true })
  expect(await command.settle()).toEqual({ done: 0, failures: [] })
  await command.stop()
  await own.drop()
})

test('a command beside a server writes for the server and leaves its time alone', async () => {
  const own = await freshDatabase()
  const done: string[] = []
  const job: Job = { name: 'trial.beside', do: async (_, payload) => void done.push(String(payload['id'])) }
  const real = systemClock('Asia/Shanghai')
  const base = {
    database: own,
    clock: real,
    log: silentLog,
    jobs: [job],
    districts: [district],
    installation: () => ({ ...installation, database: own, clock: real }),
  }
  const command = await openJobs({ ...base, byHand: true })
  const write = (id: string, after?: Date) =>
    inTransaction(own, machine, {}, (_, client) =>
      command.write(client, district, 'trial.beside', { id }, after ? { after } : {}),
    )
  await write('now')
  await write('tomorrow', new Date(real.now().getTime() + 86_400_000))
  expect(await command.settle()).toEqual({ done: 1, failures: [] })
  expect(done).toEqual(['now'])
  expect(
    await own.sql(`select jobs.job_now() = now() as same, to_regclass('jobs.clock_by_hand') is null as clean`),
  ).toEqual([{ same: true, clean: true }])
  expect(
    await own.sql(
      `select round(extract(epoch from start_after - now()) / 3600)::int as hours from jobs.job where state = 'created'`,
    ),
  ).toEqual([{ hours: 24 }])
  await command.stop()
  await own.drop()
})

test('what runs by the clock is sent in the office’s time zone, and no longer when the module drops it', async () => {
  const own = await freshDatabase()
  const open = async (cron: string | undefined) => {
    const job: Job = { name: 'trial.nightly', ...(cron ? { cron } : {}), do: async () => {} }
    const worker = await openJobs({
      database: own,
      clock: systemClock('Asia/Shanghai'),
      log: silentLog,
      jobs: [job],
      districts: [district],
      installation: () => installation,
    })
    await worker.start()
    const rows = await own.sql(`select name, key, cron, timezone from jobs.schedule`)
    await worker.stop()
    return rows
  }
  expect(await open('0 3 * * *')).toEqual([
    { name: 'trial.nightly', key: district, cron: '0 3 * * *', timezone: 'Asia/Shanghai' },
  ])
  expect(await open('30 4 * * *')).toMatchObject([{ cron: '30 4 * * *' }])
  expect(await open(undefined)).toEqual([])
  await own.drop()
})

test.each([{ name: '王伟芳' }, { idNumber: '330111195001010008' }, { text: 'two words' }])(
  'a job may not carry %j',
  async payload => {
    await expect(asking(ctx => ctx.later('trial.note', payload as never))).rejects.toThrow('ids, codes and days only')
  },
)

test('a job nobody has is refused when it is written', async () => {
  await expect(asking(ctx => ctx.later('trial.nothing', {}))).rejects.toThrow('no module has a job')
})

test('requests may write and finish jobs, never remove them', async () => {
  await expect(database.app.query('delete from jobs.job')).rejects.toMatchObject({ code: '42501' })
  await expect(database.jobs.query('select * from audit.entry')).rejects.toMatchObject({ code: '42501' })
})

test('two that set up the schema of jobs together take turns', async () => {
  const own = await freshDatabase()
  const grant = 'grant select, insert, update on all tables in schema jobs to zhulian_app'
  await own.sql('revoke all on all tables in schema jobs from zhulian_app')
  const first = await own.jobs.connect()
  await first.query(`begin; select pg_advisory_xact_lock(hashtext('zhulian jobs')); ${grant}`)
  const second = installJobs(own)
  await new Promise(done => setTimeout(done, 1000))
  await first.query('commit')
  first.release()
  await expect(second).resolves.toBeUndefined()
  await own.drop()
})
