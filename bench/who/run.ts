import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { loadDistrict, randomOf } from '@zhulian/seed'
import { sql } from 'kysely'
import { withApp } from '../../cli/src/with-app.ts'
import { whoIs } from '../../server/src/modules/registry/index.ts'
import { likelyPeople } from '../../server/src/modules/registry/likely.ts'

// How long somebody who types a person into a form waits until they are compared with a whole district, database and thread
// included: wanted is p95 at most 20 ms at 42,000 people, and at most 300 MB for those who stand ready to be compared. Then a file of
// 6,000 rows. `node bench/who/run.ts [people]`

const people = Number(process.argv[2] ?? 42_000)
const folder = await mkdtemp(path.join(tmpdir(), 'zhulian-bench-'))
// Run by root, the database has a user of its own, who must get in.
await chmod(folder, 0o755)
process.env['ZHULIAN_DATA'] = folder
const rounds = 500

try {
  process.stdout.write(`${people} people, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`)
  await withApp(async app => {
    await loadDistrict(app, { people })
    const { rows } = await app.asMachine(ctx =>
      sql<{ name: string; birth_date: string; division: string }>`
        select name, birth_date, division from registry.person_shown where district = ${ctx.district} and birth_date is not null
        order by md5(id::text) limit 6000`.execute(ctx.transaction),
    )
    globalThis.gc?.()
    const before = process.memoryUsage.rss()
    const typed = (row: (typeof rows)[number], n: number) => ({
      // Half of them as they stand, half with a slip of the pen.
      name: n % 2 ? row.name : `${row.name.slice(0, -1)}珍`,
      birthDate: row.birth_date,
    })
    const ask = (members: object[]) =>
      app.asMachine(ctx => likelyPeople(ctx, { params: {}, query: undefined, body: { members } } as never))
    const loading = performance.now()
    await ask([{}])
    await ask(rows.slice(0, 1).map(typed))
    process.stdout.write(`loaded and ready: ${((performance.now() - loading) / 1000).toFixed(1)} s\n`)
    const random = randomOf(7, 7)
    await measure('one person in a form', n => ask([typed(random.pick(rows), n)]))
    await measure('a family of five', n => ask(Array.from({ length: 5 }, () => typed(random.pick(rows), n))))
    process.stdout.write(`memory: ${((process.memoryUsage.rss() - before) / 2 ** 20).toFixed(0)} MB more\n`)
    const clues = rows.map((row, n) => ({ ...typed(row, n), division: row.division }))
    const began = performance.now()
    const answers = await app.asMachine(ctx => whoIs(ctx, clues, { feed: 'bench' }))
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const count = (band: string) => answers.filter(a => a.band === band).length
    process.stdout.write(
      `a file of ${clues.length}: ${seconds} s, ${count('same')} same, ${count('look')} to look at\n`,
    )
    process.stdout.write(`memory after it: ${((process.memoryUsage.rss() - before) / 2 ** 20).toFixed(0)} MB more\n`)
  })
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function measure(what: string, once: (n: number) => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let i = 0; i < rounds + 20; i++) {
    const since = performance.now()
    await once(i)
    if (i >= 20) times.push(performance.now() - since)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
  process.stdout.write(`${what.padEnd(24)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms\n`)
}
