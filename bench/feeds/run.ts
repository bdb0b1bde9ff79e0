import { spawnSync } from 'node:child_process'
import { createWriteStream, openAsBlob } from 'node:fs'
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { type Day, type Id, idCheckCharacter } from '@zhulian/kernel'
import { withApp } from '../../cli/src/with-app.ts'
import type { App } from '../../server/src/app.ts'
import { createDemoAccounts } from '../../server/src/modules/identity/index.ts'
import { csrfOf } from '../../server/src/platform/http/cookie.ts'
import { keepHeapSmall } from '../../server/src/platform/heap.ts'
import { tableStream } from '../../server/src/platform/table-file.ts'
import { Client } from '../../server/test/client.ts'
import { line } from '../screening/ground.ts'

// A bureau's list of a whole district, with planted faults, into the real server on a PostgreSQL that writes as in earnest: how many
// rows a second are staged, in how much memory, whether each is accounted for, and how others are answered meanwhile.
// `node bench/feeds/run.ts`; BENCH_ROWS, BENCH_PEOPLE.

const rows = Number(process.env['BENCH_ROWS'] ?? 420_000)
const registered = Number(process.env['BENCH_PEOPLE'] ?? 42_000)
const faults = 0.035
const village = '330111109203'
const password = 'bench-only-2021-river'

/** In processes of their own, so that what they need is not taken for what the server needs. */
function inChild(what: 'registry' | 'file', where: string): void {
  const since = performance.now()
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), what, where], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`the ${what} could not be made`)
  console.log(`${what} made: ${((performance.now() - since) / 1000).toFixed(1)} s`)
}

/** A tenth of the rows are about the registry's people, the others about people it does not know. */
async function writeList(to: string): Promise<void> {
  const { listedPeople, madeUpDelivery } = await import('@zhulian/seed')
  const today = new Date().toISOString().slice(0, 10) as Day
  const ours = listedPeople({ people: registered, today }).slice(0, Math.round(rows / 10))
  const others = listedPeople({ people: 30_000, today, seed: 7 }).map((person, i) => ({
    ...person,
    idNumber: strangersNumber(person.birthDate, i),
  }))
  const mixed = Array.from({ length: rows }, (_, i) =>
    i % 10 === 0 ? ours[(i / 10) % ours.length] : others[i % others.length],
  )
  const made = madeUpDelivery('unemployment', mixed as typeof ours, { today, rows, faults })
  const cells = (function* () {
    for (const row of made) yield row.cells
  })()
  await pipeline(tableStream('csv', '名单', cells), createWriteStream(to))
}

/** Of a place that does not exist, so that nobody of the registry has it. */
function strangersNumber(birthDate: Day, i: number): string {
  const first17 = `3359${String(10 + (Math.floor(i / 1000) % 90))}${birthDate.replaceAll('-', '')}${String(i % 1000).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}

async function bench(): Promise<void> {
  keepHeapSmall()
  const data = await mkdtemp(path.join(tmpdir(), 'zhulian-bench-'))
  // Run by root, the database has a user of its own, who must get in.
  await chmod(data, 0o755)
  Object.assign(process.env, { ZHULIAN_DATA: data, PORT: '0' })
  console.log(`${rows} rows, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`)
  const file = path.join(data, 'list.csv')
  inChild('registry', data)
  inChild('file', file)
  // What runs by the clock stands still, or it would be measured along.
  try {
    await withApp(app => measure(app, file))
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

async function measure(app: App, file: string): Promise<void> {
  const url = await app.http.listen('127.0.0.1', 0)
  const [officer, guide] = [await enter('districtOfficer', '330111'), await enter('guide', village)]
  const quiet: number[] = []
  for (let i = 0; i < 60; i++) await ask(guide, quiet)
  const before = megabytes()
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, megabytes())), 50)

  const staged = await meanwhile(guide, async () => await handIn(officer, url, file))
  const rate = rows / (staged.ms / 1000)
  const stagedMost = most
  console.log(
    `staged: ${(staged.ms / 1000).toFixed(2)} s for ${((await stat(file)).size / 1e6).toFixed(0)} MB; rss ${before} → ≤ ${most} MB`,
  )
  const read = await meanwhile(guide, async () => await untilRead(app, officer, staged.result))
  console.log(`read and compared: ${(read.ms / 1000).toFixed(1)} s more; rss ≤ ${most} MB`)
  clearInterval(watch)

  const { account } = read.result
  const sum = Object.entries(account).reduce(
    (all, [name, n]) => (name === 'rows' || name === 'leftOut' ? all : all + n),
    0,
  )
  console.log(JSON.stringify(account))
  const planted = Math.floor(rows * faults)
  const held = [
    goal('rows staged a second', rate, 50_000, rate >= 50_000),
    goal('memory of the server while it stages, MB', stagedMost, 256, stagedMost <= 256),
    goal('rows accounted for', sum, rows, sum === rows && account.rows === rows && account.waiting === 0),
    goal('planted faults found', account.quarantined, planted, account.quarantined === planted),
    line('the first page of a guide, quiet', quiet, 200),
    line('the first page of a guide, while a list is staged', staged.answers, 200),
    line('the first page of a guide, while a list is compared', read.answers, 200),
  ]
  if (held.includes(false)) process.exitCode = 1

  async function enter(role: 'districtOfficer' | 'guide', scope: string): Promise<Client> {
    const signInName = `bench-${role}`
    await app.asMachine(ctx =>
      createDemoAccounts(ctx, [{ name: '徐小英', signInName, role, scope: scope as never }], password),
    )
    const client = new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
    const answer = await client.post('POST /session', { body: { signInName, password } })
    if (answer.problem) throw new Error(answer.text)
    return client
  }
}

const megabytes = () => Math.round(process.memoryUsage().rss / 1_048_576)

/** The way of a browser: the file goes from the disk, never into memory as a whole. */
async function handIn(officer: Client, url: string, file: string): Promise<Id> {
  const token = (await officer.token()) ?? ''
  const form = new FormData()
  form.append('file', await openAsBlob(file), 'list.csv')
  const response = await fetch(`${url}/api/deliveries?source=unemployment`, {
    method: 'POST',
    body: form,
    headers: { cookie: `zhulian=${token}`, 'x-csrf-token': csrfOf(token), 'idempotency-key': crypto.randomUUID() },
  })
  const answer = (await response.json()) as { delivery: { id: Id } }
  if (!response.ok) throw new Error(JSON.stringify(answer))
  return answer.delivery.id
}

async function untilRead(app: App, officer: Client, deliveryId: Id) {
  const { failures } = await app.jobs.settle()
  if (failures[0]) throw failures[0].error
  const { body } = await officer.get('GET /deliveries/:deliveryId', { params: { deliveryId } })
  if (body.state !== 'read') throw new Error(`it is ${body.state}`)
  return body
}

async function ask(guide: Client, into: number[]): Promise<void> {
  const since = performance.now()
  const answer = await guide.get('GET /today', {})
  if (answer.problem) throw new Error(answer.text)
  into.push(performance.now() - since)
}

async function meanwhile<T>(guide: Client, work: () => Promise<T>) {
  const answers: number[] = []
  const since = performance.now()
  let ms = 0
  let isOver = false
  const working = work().finally(() => {
    ms = performance.now() - since
    isOver = true
  })
  while (!isOver) {
    await ask(guide, answers)
    await Promise.race([working, sleep(50)])
  }
  return { result: await working, ms, answers }
}

function goal(what: string, is: number, wanted: number, holds: boolean): boolean {
  console.log(`${what}: ${Math.round(is)}; goal ${wanted}: ${holds ? 'held' : 'MISSED'}`)
  return holds
}

const [mode, folder = ''] = process.argv.slice(2)
if (mode === 'registry')
  await withApp(async app => (await import('@zhulian/seed')).loadDistrict(app, { people: registered }))
else if (mode === 'file') await writeList(folder)
else await bench()
