import { spawnSync } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Id } from '@zhulian/kernel'
import { demoPassword } from '@zhulian/seed'
import { loadDemo } from '../../cli/src/load-demo.ts'
import { withApp } from '../../cli/src/with-app.ts'
import { csrfOf } from '../../server/src/platform/http/cookie.ts'
import { Client } from '../../server/test/client.ts'
import { line } from '../screening/ground.ts'
import { writeList } from './lists.ts'
import { phoneOf } from './phone.ts'
import { type Served, serveApart } from './server.ts'

// A bureau's list of a whole district, with planted faults, into the real server on a PostgreSQL that writes as in earnest: how many
// rows a second are staged, in how much memory of the server's process, whether each is accounted for, and how others are answered
// meanwhile; as CSV and as a workbook. Then a list of 42,000, a tenth of them about the registry's people and then all, released by two, until the guides' phones
// show what follows from it. `node bench/feeds/run.ts [staged] [phone] [everybody]`; BENCH_ROWS, BENCH_PEOPLE, BENCH_DATA.

const rows = Number(process.env['BENCH_ROWS'] ?? 420_000)
const registered = Number(process.env['BENCH_PEOPLE'] ?? 42_000)
const faults = 0.035

interface List {
  readonly file: string
  readonly rows: number
  /** Every which row is about somebody of the registry. */
  readonly each: number
}
const listsIn = (data: string) => ({
  csv: { file: path.join(data, 'list.csv'), rows, each: 10 },
  xlsx: { file: path.join(data, 'list.xlsx'), rows, each: 10 },
  usual: { file: path.join(data, 'usual.csv'), rows: rows / 10, each: 10 },
  // A tenth of the rows above are about people of the registry; all of these are.
  ours: { file: path.join(data, 'ours.csv'), rows: rows / 10, each: 1 },
})

/** In processes of their own, so that what they need is not taken for what the server needs. */
function inChild(what: 'registry' | 'lists', where: string): void {
  const since = performance.now()
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), what, where], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`the ${what} could not be made`)
  console.log(`${what} made: ${((performance.now() - since) / 1000).toFixed(1)} s`)
}

async function bench(parts: readonly string[]): Promise<void> {
  const kept = process.env['BENCH_DATA']
  const data = kept ?? (await mkdtemp(path.join(tmpdir(), 'zhulian-bench-')))
  // Run by root, the database has a user of its own, who must get in.
  await chmod(data, 0o755)
  process.env['ZHULIAN_DATA'] = data
  console.log(`${rows} rows, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`)
  const lists = listsIn(data)
  if (!kept || !(await isThere(lists.ours.file))) {
    inChild('registry', data)
    inChild('lists', data)
    // What follows from a new registry is worked off before anything is measured.
    await withServer(data, async () => {})
  }
  const held: boolean[] = []
  try {
    if (parts.includes('staged')) {
      held.push(...(await withServer(data, served => measureStaging(served, lists.csv))))
      held.push(...(await withServer(data, served => measureStaging(served, lists.xlsx))))
    }
    // The usual one first: after the other nobody's alert is new.
    for (const [part, list] of [
      ['phone', lists.usual],
      ['everybody', lists.ours],
    ] as const)
      if (parts.includes(part)) held.push(...(await withServer(data, served => measureToPhone(served, list))))
  } finally {
    if (!kept) await rm(data, { recursive: true, force: true })
  }
  if (held.includes(false)) process.exitCode = 1
}

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )

async function withServer<T>(data: string, work: (served: Served) => Promise<T>): Promise<T> {
  const served = await serveApart(data)
  try {
    while ((await served.jobs()) > 0) await sleep(200)
    return await work(served)
  } finally {
    await served.stop()
  }
}

async function measureStaging(served: Served, list: List): Promise<boolean[]> {
  const [officer, guide] = [await enter(served, 'officer'), await enter(served, 'guide')]
  const quiet: number[] = []
  for (let i = 0; i < 60; i++) await ask(guide, quiet)
  const before = await served.memory()
  const staged = await meanwhile(guide, async () => await handIn(officer, served.url, list.file))
  const { most } = await served.memory()
  const rate = list.rows / (staged.ms / 1000)
  const kind = path.extname(list.file).slice(1)
  console.log(
    `${kind} staged: ${(staged.ms / 1000).toFixed(2)} s for ${((await stat(list.file)).size / 1e6).toFixed(0)} MB; rss ${before.now} → ≤ ${most} MB`,
  )
  const read = await meanwhile(guide, async () => await untilRead(officer, staged.result))
  console.log(`read and compared: ${(read.ms / 1000).toFixed(1)} s more; rss ≤ ${(await served.memory()).most} MB`)
  await officer.post('POST /deliveries/:deliveryId/cancel', { params: { deliveryId: staged.result }, body: {} })

  const { account } = read.result
  const sum = Object.entries(account).reduce(
    (all, [name, n]) => (name === 'rows' || name === 'leftOut' ? all : all + n),
    0,
  )
  console.log(JSON.stringify(account))
  const planted = Math.floor(list.rows * faults)
  return [
    goal(`${kind}: rows staged a second`, rate, 50_000, kind !== 'csv' || rate >= 50_000),
    goal(`${kind}: memory of the server while it stages, MB`, most, 256, most <= 256),
    goal('rows accounted for', sum, list.rows, sum === list.rows && account.rows === sum && account.waiting === 0),
    goal('planted faults found', account.quarantined, planted, account.quarantined === planted),
    line('the first page of a guide, quiet', quiet, 200),
    line('the first page of a guide, while a list is staged', staged.answers, 200),
    line('the first page of a guide, while a list is compared', read.answers, 200),
  ]
}

/** From the drop of the file to the last alert on the last of some guides' phones; two officers release it without waiting. */
async function measureToPhone(served: Served, list: List): Promise<boolean[]> {
  const [one, other] = [await enter(served, 'officer'), await enter(served, 'officer-1')]
  const guides = await Promise.all(
    ['guide', 'guide-huyuan', 'guide-changkou'].map(async name => await phoneOf(await enter(served, name))),
  )
  const reader = await enter(served, 'guide')
  const since = performance.now()
  const at = () => (performance.now() - since) / 1000
  const stage = (what: string) => console.log(`${at().toFixed(1).padStart(6)} s  ${what}`)
  const through = await meanwhile(reader, async () => {
    const delivery = await handIn(one, served.url, list.file)
    stage('staged')
    const { account } = await untilRead(one, delivery)
    stage(`read and compared: ${JSON.stringify(account)}`)
    const call = { params: { deliveryId: delivery }, body: {} }
    const asked = await one.post('POST /deliveries/:deliveryId/release', call)
    if (asked.problem) throw new Error(asked.text)
    if (asked.body.state !== 'needsTwo') throw new Error('one person could release it')
    const agreed = await other.post('POST /deliveries/:deliveryId/confirm', call)
    if (agreed.problem) throw new Error(agreed.text)
    await untilState(one, delivery, 'released')
    stage('released')
    while ((await served.jobs()) > 0) await sleep(100)
    stage('every household judged')
    await Promise.all(guides.map(guide => guide.isUpToDate()))
    return guides
  })
  for (const phone of through.result) phone.close()
  const [first, last] = [Math.min(...guides.map(g => g.firstAt)), Math.max(...guides.map(g => g.lastAt))]
  const shown = guides.reduce((sum, guide) => sum + guide.alerts, 0)
  console.log(
    `${shown} alerts on ${guides.length} phones, the first after ${((first - since) / 1000).toFixed(1)} s; rss ≤ ${(await served.memory()).most} MB`,
  )
  const seconds = (last - since) / 1000
  return [
    goal('seconds from the drop of a file to the last alert on the phones', seconds, 60, shown > 0 && seconds <= 60),
    line('the first page of a guide meanwhile', through.answers, 200),
  ]
}

async function enter({ url }: Served, signInName: string): Promise<Client> {
  const client = new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
  const answer = await client.post('POST /session', { body: { signInName, password: demoPassword } })
  if (answer.problem) throw new Error(answer.text)
  return client
}

/** The way of a browser: the file goes from the disk, never into memory as a whole. */
async function handIn(officer: Client, url: string, file: string): Promise<Id> {
  const token = (await officer.token()) ?? ''
  const form = new FormData()
  form.append('file', await openAsBlob(file), path.basename(file))
  const response = await fetch(`${url}/api/deliveries?source=unemployment`, {
    method: 'POST',
    body: form,
    headers: { cookie: `zhulian=${token}`, 'x-csrf-token': csrfOf(token), 'idempotency-key': crypto.randomUUID() },
  })
  const answer = (await response.json()) as { delivery: { id: Id }; isAgain: boolean }
  if (!response.ok || answer.isAgain) throw new Error(JSON.stringify(answer))
  return answer.delivery.id
}

const untilRead = async (officer: Client, delivery: Id) => await untilState(officer, delivery, 'read')

async function untilState(officer: Client, deliveryId: Id, wanted: string) {
  for (;;) {
    const { body, problem, text } = await officer.get('GET /deliveries/:deliveryId', { params: { deliveryId } })
    if (problem || body.problem) throw new Error(text)
    if (body.state === wanted) return body
    await sleep(100)
  }
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
if (mode === 'registry') await withApp(app => loadDemo(app, { people: registered }))
else if (mode === 'lists')
  for (const { file, rows: long, each } of Object.values(listsIn(folder)))
    await writeList(file, { rows: long, registered, faults, each })
else await bench(mode ? process.argv.slice(2) : ['staged', 'phone', 'everybody'])
