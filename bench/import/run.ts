import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Id } from '@zhulian/kernel'
import { readPool } from '@zhulian/pool/files'
import { madeUpDistrict, townships, villages } from '@zhulian/seed'
import { withApp } from '../../cli/src/with-app.ts'
import type { App } from '../../server/src/app.ts'
import { applyFile, checkFile, getFile, importRowsOf, takeFile } from '../../server/src/modules/feeds/index.ts'
import { keepHeapSmall } from '../../server/src/platform/heap.ts'
import { fileAt } from '../../server/src/platform/incoming-file.ts'
import { tableStream } from '../../server/src/platform/table-file.ts'

// How long a file of a whole district takes, and how much memory: wanted are a check in 15 s and an import in 30 s below
// 400 MB for 42,000 people. A fresh private database on disk, fsync on. `node bench/import/run.ts [people]`

keepHeapSmall()
const people = Number(process.argv[2] ?? 42_000)
const folder = await mkdtemp(path.join(tmpdir(), 'zhulian-bench-'))
// Run by root, the database has a user of its own, who must get in.
await chmod(folder, 0o755)
process.env['ZHULIAN_DATA'] = folder

const figures: Record<string, string> = {}
const megabytes = () => Math.round(process.memoryUsage().rss / 1_048_576)
let most = 0
const watch = setInterval(() => (most = Math.max(most, megabytes())), 50)

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const [since, cpu] = [performance.now(), process.cpuUsage()]
  most = 0
  const result = await work()
  const used = process.cpuUsage(cpu)
  figures[what] =
    `${((performance.now() - since) / 1000).toFixed(1)} s, own cpu ${((used.user + used.system) / 1e6).toFixed(1)} s, rss ≤ ${Math.max(most, megabytes())} MB`
  process.stdout.write(`${what}: ${figures[what]}\n`)
  return result
}

const empty = { query: {}, body: {} }
const settle = async (app: App) => {
  const { failures } = await app.jobs.settle()
  if (failures[0]) throw failures[0].error
}

try {
  process.stdout.write(`${people} people, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`)
  const file = path.join(folder, 'people.xlsx')
  await timed('write the file', () => writeFile(file))
  await withApp(async app => {
    const once = async (round: string) => {
      const taken = await timed(`${round}: take in`, async () => {
        const incoming = await fileAt(file)
        return app.asMachine(ctx => takeFile(ctx, incoming, { origin: '民政' }))
      })
      const params = { id: taken.id as Id }
      await timed(`${round}: check`, async () => {
        await app.asMachine(ctx => checkFile(ctx, { ...empty, params }))
        await settle(app)
      })
      await timed(`${round}: apply`, async () => {
        await app.asMachine(ctx => applyFile(ctx, { ...empty, params }))
        await settle(app)
      })
      const { report } = await app.asMachine(ctx => getFile(ctx, { params, query: {}, body: undefined }))
      process.stdout.write(
        `  new ${report?.newPersons}, changed ${report?.changedPersons}, unchanged ${report?.unchanged}, faulty ${report?.faulty}\n`,
      )
    }
    await once('first time')
    await once('same file again')
  })
} finally {
  clearInterval(watch)
  await rm(folder, { recursive: true, force: true })
}

async function writeFile(to: string): Promise<void> {
  const read = await readPool()
  if (!read.ok) throw new Error('the pool does not compile')
  const names = new Map(townships().map(t => [t.code, t.name]))
  const places = new Map(villages().map(v => [v.code, { name: v.name, township: names.get(v.code.slice(0, 9)) ?? '' }]))
  const today = new Date().toISOString().slice(0, 10) as never
  const rows = importRowsOf(madeUpDistrict({ people, today }), read.pool.documents.facts, places)
  await pipeline(tableStream('xlsx', '家庭成员', rows), createWriteStream(to))
}
