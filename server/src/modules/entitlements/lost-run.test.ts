import type { Day, Id } from '@zhulian/kernel'
import { madeUpDistrict } from '@zhulian/seed'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServer } from '../../../test/database.ts'
import { type Client, type House, openHouse } from '../../../test/house.ts'
import type { Worker } from '../../../test/work-until-killed.ts'
import { enrolHouseholds } from '../registry/index.ts'

let house: House
let officer: Client
let households = 0
const at = '2021-09-26T09:00:00+08:00'
const minute = 60_000

beforeAll(async () => {
  house = await openHouse({ at })
  officer = house.as('districtOfficer')
  const some = [...madeUpDistrict({ people: 4200, today: '2021-09-26' as Day })]
  households = some.length
  expect(households).toBeGreaterThan(1500)
  await house.inside(ctx => enrolHouseholds(ctx, some as never))
}, 60_000)
afterAll(() => house.close())

const newest = async () => {
  const [run] = (await officer.get('GET /entitlements/runs')).body.items
  if (!run) throw new Error('there is no run')
  return run
}
const followed = async () => {
  house.later(minute)
  return await house.run('entitlements.followChanges')
}
const kept = async () => (await house.sql<{ n: number }>('select count(*)::int as n from entitlements.verdict'))[0]?.n

/** What a killed process had sent already the database still finishes. */
const databaseIsIdle = () =>
  expect
    .poll(
      async () =>
        await house.sql(`select pid from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state is distinct from 'idle'`),
      { timeout: 10_000 },
    )
    .toEqual([])

/**
 * Holds the run as soon as a batch is kept, and lets go: the next one has begun when somebody else holds it. However slow this
 * process is, the other does not come to the end of the run meanwhile.
 */
async function amidTheNextBatch(): Promise<void> {
  const holder = await house.database.owner.connect()
  const scope = ['district', 'role', 'lo', 'hi'].map(
    (name, i) => `set local app.${name} = '${['330111', 'machine', '330111', '330111:'][i]}'`,
  )
  const held = async (how: string) => {
    await holder.query(['begin', ...scope].join('; '))
    return (
      await holder.query<{ done: number; state: string }>(`select done, state from entitlements.run for update ${how}`)
    ).rows[0]
  }
  for (;;) {
    const run = await held('')
    expect(run?.state).toBe('running')
    if (run?.done) break
    await holder.query('rollback')
    await new Promise(next => setTimeout(next, 20))
  }
  await holder.query('rollback')
  while (await held('skip locked')) await holder.query('rollback')
  await holder.query('rollback')
  holder.release()
}

/** Its process is gone, and with it what the queue knew. */
const loseWork = () => house.sql(`delete from jobs.job where name = 'entitlements.screen'`)

test('a run whose process is killed midway goes on by itself and judges everybody once', async () => {
  await officer.post('POST /entitlements/runs', { body: {} })
  const server = await testServer()
  const worker: Worker = {
    server: { source: server.source, folder: server.folder, socket: server.socket, version: '' } as never,
    name: house.database.name,
    at,
    district: '330111',
  }
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../../test/work-until-killed.ts', import.meta.url)), JSON.stringify(worker)],
    { stdio: 'inherit' },
  )
  const ended = once(child, 'exit')
  await amidTheNextBatch()
  expect(child.exitCode).toBeNull()
  child.kill('SIGKILL')
  await ended
  await databaseIsIdle()
  const { done, state } = await newest()
  expect(state).toBe('running')
  expect(done).toBeLessThan(households)
  expect(await kept()).toBe(done)

  await followed()
  expect(await newest()).toMatchObject({ state: 'running', done })
  house.later(5 * minute)
  expect((await followed()).failures).toEqual([])
  expect(await newest()).toMatchObject({ state: 'done', done: households, changed: households })
  expect(await kept()).toBe(households)
}, 90_000)

test('a run whose work is lost time after time has failed, and the next one begins', async () => {
  house.later(minute)
  const begun = await officer.post('POST /entitlements/runs', { body: {} })
  const id = begun.body.run?.id as Id
  await loseWork()
  for (let i = 0; i < 12; i++) {
    house.later(2 * minute)
    await house.inside(async ctx => {
      const { followRegistry } = await import('./run.ts')
      await followRegistry(ctx)
    })
    await loseWork()
    if ((await newest()).state !== 'running') break
  }
  expect(await newest()).toMatchObject({ id, state: 'failed', done: 0 })
  house.later(minute)
  const again = await officer.post('POST /entitlements/runs', { body: {} })
  expect(again.problem).toBeUndefined()
  await house.settle()
  expect(await newest()).toMatchObject({ state: 'done', done: households, changed: 0 })
}, 90_000)

test('a run that cannot be worked at is given up, said so, and tried again an hour later', async () => {
  await house.sql(
    `create function entitlements.broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$`,
  )
  house.later(minute)
  await house.sql(`create trigger broken before update on entitlements.verdict execute function entitlements.broken()`)
  await officer.post('POST /entitlements/runs', { body: {} })
  for (let i = 0; i < 8; i++) {
    await house.settle()
    house.later(2 * minute)
  }
  expect(await newest()).toMatchObject({ state: 'failed' })
  await house.sql('drop trigger broken on entitlements.verdict')
  await followed()
  expect(await newest()).toMatchObject({ kind: 'everybody', state: 'failed' })
  house.later(60 * minute)
  await followed()
  expect(await newest()).toMatchObject({ kind: 'differing', state: 'done', looked: households, households: 0 })
}, 90_000)
