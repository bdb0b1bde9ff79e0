import { begin, usual, village } from '../../server/test/talk.ts'
import { ms, openGround, percentile } from '../screening/ground.ts'

/**
 * A thousand people answer at once, each as fast as the platform lets them: nothing may fail and nothing may be lost. Said are
 * also whole interviews a minute; people who think ten seconds a page need 1,000 / 10 = 100 answers a second at most.
 */
const people = Number(process.env['PEOPLE'] ?? 1000)
const ground = await openGround()
const waits: number[] = []
const faults = new Map<string, number>()
const start = performance.now()

async function one(): Promise<number> {
  const resident = await ground.visitor(village)
  let state = await begin(resident)
  let pages = 0
  while (state.next) {
    const asked = performance.now()
    const answer = await resident.put('PUT /interviews/:interviewId/answers', {
      params: { interviewId: state.id },
      body: { expectedVersion: state.version, answers: [usual(state.next)] },
    })
    waits.push(performance.now() - asked)
    if (answer.problem) throw new Error(`${answer.status} ${answer.problem.code}`)
    state = answer.body
    pages++
  }
  const done = await resident.post('POST /interviews/:interviewId/finish', {
    params: { interviewId: state.id },
    body: {},
  })
  if (done.problem) throw new Error(`${done.status} ${done.problem.code}`)
  return pages
}

const pages = await Promise.all(
  Array.from({ length: people }, () =>
    one().catch((error: unknown) => {
      const said = error instanceof Error ? error.message.slice(0, 80) : String(error)
      faults.set(said, (faults.get(said) ?? 0) + 1)
      return 0
    }),
  ),
)
const seconds = (performance.now() - start) / 1000
const { rows } = await ground.app.installation.database.owner
  .query<{ n: number }>(`select set_config('app.district', '330111', false), set_config('app.role', 'machine', false)`)
  .then(() =>
    ground.app.installation.database.owner.query<{ n: number }>(
      `select count(*)::int as n from guidance.screening where district = '330111'`,
    ),
  )
console.log(
  `${people} interviews at once: ${seconds.toFixed(1)} s, ${waits.length} answers, ${(waits.length / seconds).toFixed(0)} answers/s, wait p50 ${ms(percentile(waits, 0.5))}, p95 ${ms(percentile(waits, 0.95))}; ${pages[0]} pages each`,
)
console.log(
  `faults: ${faults.size === 0 ? 'none' : JSON.stringify(Object.fromEntries(faults))}; results kept: ${rows[0]?.n}`,
)
await ground.close()
process.exitCode = faults.size === 0 ? 0 : 1
