import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import {
  dedupe,
  dedupeReport,
  guessColumns,
  link,
  openRegistry,
  type People,
  type Person,
  readTable,
  reportOf,
} from '@zhulian/linkage'
import { type Id, newId } from '@zhulian/kernel'
import type { Question, Told } from '../../server/src/modules/registry/people-thread.ts'
import { overWorker } from '../../server/src/platform/thread.ts'
import { districtOfFiles } from '../../cli/src/people-file.ts'
import { madeUpCopies } from '../../packages/linkage/test/made-up-copies.ts'
import { madeUpChinese } from '../../packages/linkage/test/made-up-chinese.ts'
import { type MadeUpList, madeUpFebrl, madeUpHistorical } from '../../packages/linkage/test/made-up-western.ts'

// How well and how fast people are linked, without an answer being known to the engine. Made-up sets always; sets with a name of
// their own (febrl4a.csv, febrl4b.csv, febrl1.csv, splink_fake_1000.csv, zh_feed.csv.gz …) where LINKAGE_SETS names their folder.
// Beside them what Splink 5.0.0.dev4 reached with the same fields: measured by the authors of the sets' comparison, not in this run.

const shipped = fileURLToPath(new URL('../../data', import.meta.url))
const district = await districtOfFiles(shipped)
const villages = districtVillages()
const large = process.argv[2] === 'large'
if (large) theLargeOne(Number(process.argv[3] ?? 100_000), Number(process.argv[4] ?? 400_000))
else await all()

async function all(): Promise<void> {
  line('set', 'pairs', 'P', 'R', 'F1', 'clusters F1', 'auto', 'wrong', 'look', 'CPU s', 'Splink, same fields')
  const sets = process.env['LINKAGE_SETS']
  if (sets !== undefined) named(sets)
  for (const seed of [1, 2]) {
    const made = madeUpFebrl({ originals: 2000, duplicates: 3000, seed, slips: 5 })
    within(`made-up febrl3 kind, seed ${seed}`, made, 'febrl3: 0.9996')
    within(`  without number`, { ...made, list: without(made.list, 'number') }, 'febrl3: 0.9977')
  }
  for (const seed of [3, 4])
    within(
      `made-up historical, 50,000 rows, seed ${seed}`,
      madeUpHistorical({ rows: 50_000, seed }),
      'hist_50k: 0.826, clusters 0.878',
    )
  for (const seed of [21, 22])
    within(
      `made-up spoilt copies, 50,000 rows, seed ${seed}`,
      madeUpCopies({ rows: 50_000, seed }),
      'hist_50k, as above',
    )
  for (const seed of [5, 6, 7]) {
    const { left, right, truth } = madeUpChinese({ people: 42_000, feed: 6000, seed, villages })
    between(`made-up Chinese 6,000 × 42,000, seed ${seed}`, left, right, truth, 'another set: 0.956')
  }
  oneAtATime()
  await whileAFileIsCompared()
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), 'large'], {
    encoding: 'utf8',
  })
  process.stdout.write(stdout || stderr)
}

function named(folder: string): void {
  const at = (name: string) => join(folder, name)
  const has = (...names: string[]) => names.every(name => existsSync(at(name)))
  const febrl = (people: People) => people.columns.id?.map(id => Number(/rec-(\d+)/.exec(id)?.[1])) ?? []
  if (has('febrl4a.csv', 'febrl4b.csv')) {
    const [a, b] = [peopleAt(at('febrl4a.csv')), peopleAt(at('febrl4b.csv'))]
    const rows = new Map(febrl(b).map((person, row) => [person, row]))
    const truth = new Map(febrl(a).map((person, row) => [row, rows.get(person) ?? -1]))
    between('febrl4', a, b, truth, '1.0000')
    between('  without number', without(a, 'number'), without(b, 'number'), truth, '0.9997')
  }
  for (const [name, splink] of [
    ['febrl1', ''],
    ['febrl2', ''],
    ['febrl3', '0.9996; without number 0.9977'],
  ] as const)
    if (has(`${name}.csv`)) {
      const list = peopleAt(at(`${name}.csv`))
      within(name, { list, person: febrl(list) }, splink)
      within('  without number', { list: without(list, 'number'), person: febrl(list) }, '')
    }
  if (has('splink_fake_1000.csv')) {
    const table = readTable(readFileSync(at('splink_fake_1000.csv')))
    const person = (table.columns[table.header.indexOf('cluster')] ?? []).map(Number)
    within('fake_1000', { list: peopleAt(at('splink_fake_1000.csv')), person }, '0.8557')
  }
  if (has('zh_feed.csv.gz', 'zh_registry.csv.gz', 'zh_truth.csv')) {
    const [feed, registry] = [peopleAt(at('zh_feed.csv.gz')), peopleAt(at('zh_registry.csv.gz'))]
    const rowOf = (people: People) => new Map(people.columns.id?.map((id, row) => [id, row]))
    const [left, right] = [rowOf(feed), rowOf(registry)]
    const [ids = [], others = []] = readTable(readFileSync(at('zh_truth.csv'))).columns
    const truth = new Map(ids.map((id, n) => [left.get(id) ?? -1, right.get(others[n] ?? '') ?? -1]))
    between('zh 6,000 × 42,000', feed, registry, truth, '0.9560, 40 wrong in 1,000')
  }
}

function between(name: string, left: People, right: People, truth: ReadonlyMap<number, number>, splink: string): void {
  const { result, seconds } = timed(() => link(left, right, district))
  const r = reportOf(result.pairs, { size: truth.size, has: (l, row) => truth.get(l) === row })
  line(name, r.pairs, r.precision, r.recall, r.f1, '', r.auto.n, r.auto.wrong, r.review, seconds.toFixed(1), splink)
}

function within(name: string, { list, person }: MadeUpList, splink: string): void {
  const { result, seconds } = timed(() => dedupe(list, district))
  let size = 0
  for (const rows of Map.groupBy(person, p => p).values()) size += (rows.length * (rows.length - 1)) / 2
  const r = dedupeReport(result, { size, has: (a, b) => person[a] === person[b] })
  line(
    name,
    r.pairs,
    r.precision,
    r.recall,
    r.f1,
    r.clusters.f1,
    r.auto.n,
    r.auto.wrong,
    r.review,
    seconds.toFixed(1),
    splink,
  )
}

/** One person typed into a form, against a registry that stands in memory. */
function oneAtATime(): void {
  const { left, right } = madeUpChinese({ people: 42_000, feed: 6000, seed: 5, villages })
  const { weights } = link(left, right, district)
  const registry = openRegistry(right, weights, district)
  const times: number[] = []
  for (let row = 0; row < 1200; row++) {
    const person = Object.fromEntries(Object.entries(left.columns).map(([field, texts]) => [field, texts[row] ?? '']))
    const since = performance.now()
    registry.find(person)
    if (row >= 200) times.push(performance.now() - since)
  }
  times.sort((a, b) => a - b)
  const p = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2)
  console.log(`one person against 42,000: p50 ${p(0.5)} ms, p95 ${p(0.95)} ms`)
}

/** As above, in the thread of the server, while it compares a file of everybody. */
async function whileAFileIsCompared(): Promise<void> {
  const { left, right } = madeUpChinese({ people: 42_000, feed: 42_000, seed: 5, villages })
  const rowOf = ({ columns }: People, row: number) =>
    Object.fromEntries(Object.entries(columns).map(([field, texts]) => [field, texts[row] ?? '']))
  const worker = new Worker(new URL('../../server/src/modules/registry/people-thread.ts', import.meta.url))
  const thread = overWorker<Told, Question>(worker)
  thread.give({ places: [], district: { above: [], homeCodes: [] } })
  const everybody = Array.from({ length: right.size }, (_, row) => {
    const { household, ...person } = rowOf(right, row) as Person
    return { id: newId(row), household: (household as Id) || null, division: '', homes: [], person }
  })
  thread.give({ households: [], put: everybody })
  thread.give({ isWhole: true })
  const type = (row: number) => thread.ask({ what: 'find', persons: [rowOf(left, row)] })
  for (let row = 0; row < 200; row++) await type(row)
  let isDone = false
  const began = performance.now()
  const file = thread.ask({ what: 'link', people: left, weights: undefined }).then(() => (isDone = true))
  const times: number[] = []
  while (!isDone) {
    const since = performance.now()
    await type(200 + times.length)
    times.push(performance.now() - since)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  const seconds = (performance.now() - began) / 1000
  await file
  await worker.terminate()
  times.sort((a, b) => a - b)
  const p = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
  console.log(
    `one person while a file of 42,000 is compared with 42,000 (${seconds.toFixed(1)} s): p50 ${p(0.5)} ms, p95 ${p(0.95)} ms, longest ${times.at(-1)?.toFixed(0)} ms, n ${times.length}`,
  )
}

function theLargeOne(feed: number, people: number): void {
  const { left, right, truth } = madeUpChinese({ people, feed, seed: 8, villages })
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  const { result, seconds } = timed(() => link(left, right, district))
  const r = reportOf(result.pairs, { size: truth.size, has: (l, row) => truth.get(l) === row })
  const peak = process.resourceUsage().maxRSS / 1024
  console.log(
    `${feed} × ${people}: ${seconds.toFixed(1)} s CPU, peak ${peak.toFixed(0)} MB (${(before / 2 ** 20).toFixed(0)} MB of it the lists themselves), F1 ${r.f1?.toFixed(4)}, ${r.auto.wrong} wrong of ${r.auto.n}, look ${r.review}`,
  )
}

function timed<T>(work: () => T): { result: T; seconds: number } {
  const began = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(began)
  return { result, seconds: (user + system) / 1e6 }
}

function peopleAt(file: string): People {
  const bytes = readFileSync(file)
  const table = readTable(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
  const columns = Object.entries(guessColumns(table.header)).map(([field, at]) => [field, table.columns[at]])
  return { size: table.size, columns: Object.fromEntries(columns) }
}

function without({ size, columns }: People, field: string): People {
  return { size, columns: Object.fromEntries(Object.entries(columns).filter(([name]) => name !== field)) }
}

function districtVillages() {
  const table = (name: string) => readTable(readFileSync(join(shipped, 'divisions', name)))
  const [codes = [], names = []] = table('townships.csv').columns
  const township = new Map(codes.map((code, row) => [code, names[row] ?? '']))
  const [, villageNames = [], , within = []] = table('villages.csv').columns
  return villageNames.map((name, row) => ({ name, township: township.get(within[row] ?? '') ?? '' }))
}

function line(...cells: (string | number | null)[]): void {
  const widths = [44, 8, 8, 8, 8, 12, 8, 7, 6, 7]
  const text = cells.map(cell =>
    typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(4) : `${cell ?? ''}`,
  )
  console.log(text.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(''))
}
