import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testServer } from '../../../../test/database.ts'
import type { Worker } from '../../../../test/work-until-killed.ts'
import { csv, deliveredHouse } from '../test/delivered.ts'

let words: Awaited<ReturnType<typeof deliveredHouse>>
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zhulian-keys-'))
  words = await deliveredHouse(400, join(folder, 'keys', 'keys.json'))
}, 60_000)
afterAll(async () => {
  await words.house.close()
  rmSync(folder, { recursive: true })
})

/** Keeps everybody from putting one part away. @returns what lets go */
async function hold(delivery: string, part: number): Promise<() => Promise<void>> {
  const holder = await words.house.database.app.connect()
  const scope = ['district', 'role', 'lo', 'hi'].map(
    (name, i) => `set local app.${name} = '${['330111', 'machine', '330111', '330111:'][i]}'`,
  )
  await holder.query(['begin', ...scope].join('; '))
  await holder.query('delete from feeds.delivery_part where delivery_id = $1 and part_no = $2', [delivery, part])
  return async () => {
    await holder.query('rollback')
    holder.release()
  }
}

async function somebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await words.house.sql(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (waiting.length > 0) return
    await new Promise(soon => setTimeout(soon, 20))
  }
}

it('a delivery whose process is killed while it is read goes on where it was, and no row is counted twice', async () => {
  const ours = Array.from({ length: 10 }, (_, n) => words.about(words.person(n)))
  const strangers = Array.from({ length: 9000 }, () => words.about(words.stranger()))
  const taken = await words.handIn(csv([...ours, ...strangers]))
  expect(taken.problem).toBeUndefined()
  const id = taken.body.delivery.id
  const server = await testServer()
  const worker: Worker = {
    server: { source: server.source, folder: server.folder, socket: server.socket, version: '' } as never,
    name: words.house.database.name,
    at: '2021-09-26T09:00:00+08:00',
    district: '330111',
    keys: join(folder, 'keys', 'keys.json'),
  }
  const script = fileURLToPath(new URL('../../../../test/work-until-killed.ts', import.meta.url))
  // It works at some parts for as long as it may, and is killed in the middle of the next: a part later, for on a busy machine
  // several might take as long as it may.
  const [first, next] = [await hold(id, 4), await hold(id, 6)]
  const child = spawn(process.execPath, [script, JSON.stringify(worker)], { stdio: 'inherit' })
  const ended = once(child, 'exit')
  await somebodyWaits()
  await new Promise(past => setTimeout(past, 2300))
  await first()
  for (;;) {
    const { state, account } = await words.seen(id)
    expect(state === 'received' || state === 'reading').toBe(true)
    if (account.waiting < account.rows) break
    expect(child.exitCode).toBeNull()
    await new Promise(soon => setTimeout(soon, 20))
  }
  await somebodyWaits()
  child.kill('SIGKILL')
  await ended
  await next()
  const there = await words.seen(id)
  expect(there).toMatchObject({ state: 'reading', account: { rows: 9010 } })
  expect(there.account.waiting).toBe(9010 - 4000)
  expect(there.progress).toEqual({ done: 9010 - there.account.waiting, of: 9010 })

  // What the queue does by itself when the heart of the job has stopped beating.
  await words.house.sql(`update jobs.job set state = 'retry' where name = 'feeds.readDelivery' and state = 'active'`)
  await words.settled()
  expect(await words.seen(id)).toMatchObject({
    state: 'read',
    account: { rows: 9010, waiting: 0, accepted: 10, notInRegistry: 9000 },
  })
}, 120_000)
