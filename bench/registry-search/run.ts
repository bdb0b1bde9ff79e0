import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { loadDistrict, randomOf } from '@zhulian/seed'
import { sql } from 'kysely'
import { withApp } from '../../cli/src/with-app.ts'
import { listHouseholds, searchHouseholds } from '../../server/src/modules/registry/list-households.ts'

// How long one search takes among a whole district, from name, part of a name, pinyin, initials or number to the page of 50 with its
// counts, under row security: wanted is p95 below 50 ms at 42,000 people. `node bench/registry-search/run.ts [people]`

const people = Number(process.argv[2] ?? 42_000)
const folder = await mkdtemp(path.join(tmpdir(), 'zhulian-bench-'))
// Run by root, the database has a user of its own, who must get in.
await chmod(folder, 0o755)
process.env['ZHULIAN_DATA'] = folder
const rounds = 200

try {
  process.stdout.write(`${people} people, ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`)
  await withApp(async app => {
    const loading = performance.now()
    await loadDistrict(app, { people })
    process.stdout.write(
      `made-up district loaded, circles included: ${((performance.now() - loading) / 1000).toFixed(1)} s\n`,
    )
    const { rows } = await app.asMachine(ctx =>
      sql<{ name: string; pinyin: string }>`
        select name, pinyin from registry.person_shown where district = ${ctx.district} order by md5(name) limit 500`.execute(
        ctx.transaction,
      ),
    )
    const random = randomOf(7, 7)
    const kinds: Record<string, (p: { name: string; pinyin: string }) => string> = {
      'whole name': p => p.name,
      'part of a name': p => p.name.slice(-2),
      surname: p => p.name.slice(0, 1),
      pinyin: p => p.pinyin.replaceAll(' ', ''),
      'half a pinyin': p => p.pinyin.replaceAll(' ', '').slice(0, 5),
      initials: p =>
        p.pinyin
          .split(' ')
          .map(s => s[0])
          .join(''),
      nobody: () => '欧阳没有人',
    }
    const base = { sort: 'division', limit: 50 } as const
    for (const [kind, typed] of Object.entries(kinds))
      await measure(kind, () =>
        app.asMachine(ctx =>
          searchHouseholds(ctx, { params: {}, query: {}, body: { ...base, q: typed(random.pick(rows)) } }),
        ),
      )
    await measure('first page, no filter', () =>
      app.asMachine(ctx => listHouseholds(ctx, { params: {}, body: undefined, query: base })),
    )
    await measure('second circle by name', () =>
      app.asMachine(ctx =>
        listHouseholds(ctx, { params: {}, body: undefined, query: { ...base, circle: 2, sort: 'name' } }),
      ),
    )
  })
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function measure(what: string, once: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let i = 0; i < rounds + 20; i++) {
    const since = performance.now()
    await once()
    if (i >= 20) times.push(performance.now() - since)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
  process.stdout.write(`${what.padEnd(24)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms\n`)
}
