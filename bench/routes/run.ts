import { demoPassword } from '@zhulian/seed'
import { loadDemo } from '../../cli/src/load-demo.ts'
import { testClock } from '../../server/src/platform/clock.ts'
import { Client } from '../../server/test/client.ts'
import { matrix } from '../../server/test/matrix.ts'
import { writeNeeds } from '../needs/write-needs.ts'
import { openGround, percentile } from '../screening/ground.ts'

/**
 * How long everything that is read takes in a district of 42,000 people with 5,000 open needs: every list, and one of each list where a
 * page needs no more than its id; for an officer, the hub, a clerk and a guide. `npm run bench routes`; BENCH_PEOPLE (42,000),
 * BENCH_TURNS (20), BENCH_ROUTES a part of the path.
 */
const people = Number(process.env['BENCH_PEOPLE'] ?? 42_000)
const turns = Number(process.env['BENCH_TURNS'] ?? 20)
const only = process.env['BENCH_ROUTES'] ?? ''
const goalMs = 200
const askers = [
  ['officer', 'districtOfficer'],
  ['operator', 'operator'],
  ['clerk', 'townshipClerk'],
  ['guide', 'guide'],
] as const
/** What a list cannot be asked without. */
const queries: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET /workbench/reading': { text: 'person.age >= 60 && household.housingCount <= 1', scope: 'person' },
  'GET /rules': { kind: 'policy' },
  'GET /projects/design': { item: 'S-B1' },
  'GET /network/suggestion': { division: '330111109' },
  'GET /entitlements/findings': { kind: 'unclaimed' },
  'GET /entitlements/summary': { kind: 'unclaimed' },
}
const ground = await openGround({ clock: testClock(new Date()) })
const { app, url } = ground

try {
  await loadDemo(app, { people })
  await writeNeeds(app, 5_000)
  const missed: string[] = []
  for (const [signInName, role] of askers) {
    const client = new Client(url, () => Promise.resolve({ token: undefined, account: undefined }))
    const entered = await client.post('POST /session', { body: { signInName, password: demoPassword } })
    if (entered.problem) throw new Error(entered.text)
    const first = new Map<string, string>()
    for (const { key } of app.http.routes.toSorted((a, b) => a.path.length - b.path.length)) {
      const may = matrix[key] ?? []
      const mayAsk = may === 'everyone' || may === 'signedIn' || may.includes(role)
      const [, list = '', param] = /^GET \/([^/]+)(?:.*?:(\w+))?/.exec(key) ?? []
      const id = param === undefined ? '' : first.get(list)
      if (!list || !mayAsk || !key.includes(only) || id === undefined || key.split(':').length > 2) continue
      const call = { query: queries[key] ?? {}, params: param === undefined ? {} : { [param]: id } }
      let last = await client.ask(key, call)
      if (last.status === 404 || (param !== undefined && last.status === 400)) continue
      const took: number[] = []
      for (let turn = 0; turn < turns; turn++) {
        const since = performance.now()
        last = await client.ask(key, call)
        took.push(performance.now() - since)
      }
      const one: unknown = last.body?.items?.[0]?.id
      if (key === `GET /${list}` && typeof one === 'string') first.set(list, one)
      const [half, most] = [percentile(took, 0.5), percentile(took, 0.95)]
      if (most > goalMs || last.status === 400 || last.status >= 500) missed.push(`${role} ${key}`)
      console.log(
        `${role.padEnd(16)} ${key.slice(4).padEnd(40)} ${half.toFixed(0).padStart(5)} ${most.toFixed(0).padStart(5)} ms  ${last.text.length} bytes ${last.problem?.code ?? ''}`,
      )
    }
  }
  console.log(`over ${goalMs} ms at p95, or not answered: ${missed.join(', ') || 'none'}`)
  if (missed.length > 0) process.exitCode = 1
} finally {
  await ground.close()
}
