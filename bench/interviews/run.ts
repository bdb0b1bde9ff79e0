import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '../../server/test/client.ts'
import { oldLady, usual, village } from '../../server/test/talk.ts'
import { ms, openGround, percentile } from '../screening/ground.ts'

/**
 * A thousand interviews open at the same time, each answered as fast as the platform takes it, on one machine that also plays
 * the thousand browsers. When the platform says it is busy (503) a browser of ours waits and sends the very same
 * request again under its key. Nobody may end with an error, nothing may be lost, nothing may be there twice.
 */
const people = Number(process.env['PEOPLE'] ?? 1000)
const ground = await openGround()
const waits: number[] = []
const faults = new Map<string, number>()
let busy = 0
let answered = 0

type Loose = ReturnType<typeof JSON.parse>

/** The same request again under its key, later and later, as our browsers do when the platform is busy or out of reach. */
async function send(who: Client, key: string, call: Record<string, unknown>): Promise<Loose> {
  const once = randomUUID()
  for (let tries = 0; ; tries++) {
    const answer = await who.ask(key, { ...call, key: once }).catch(() => undefined)
    if (answer && answer.status !== 503) {
      if (answer.problem) throw new Error(`${key} ${answer.status} ${answer.problem.code}`)
      return answer.body
    }
    await later(tries)
  }
}

async function later(tries: number): Promise<void> {
  busy++
  await wait(Math.min(30_000, 1000 * 2 ** tries) * (0.5 + Math.random()))
}

async function one(): Promise<void> {
  const who = await newcomer()
  let state = await send(who, 'POST /interviews', { body: { village } })
  const params = { interviewId: state.id }
  state = await send(who, 'POST /interviews/:interviewId/members', {
    params,
    body: { expectedVersion: state.version, members: oldLady },
  })
  while (state.next) {
    const asked = performance.now()
    state = await send(who, 'PUT /interviews/:interviewId/answers', {
      params,
      body: { expectedVersion: state.version, answers: [usual(state.next)] },
    })
    waits.push(performance.now() - asked)
    answered++
  }
  await send(who, 'POST /interviews/:interviewId/finish', { params, body: { expectedVersion: state.version } })
}

async function newcomer(): Promise<Client> {
  for (let tries = 0; ; tries++) {
    const client = await ground.visitor(village).catch(() => undefined)
    if (client) return client
    await later(tries)
  }
}

const start = performance.now()
await Promise.all(
  Array.from({ length: people }, () =>
    one().catch((error: unknown) => {
      const said = error instanceof Error ? error.message.slice(0, 120) : String(error)
      faults.set(said, (faults.get(said) ?? 0) + 1)
    }),
  ),
)
const seconds = (performance.now() - start) / 1000
const kept = await ground.app.asMachine(async ctx => {
  const { sql } = await import('kysely')
  const { rows } = await sql<{ screenings: number; answers: number }>`
    select count(*)::int as screenings, coalesce(sum(answered), 0)::int as answers from guidance.screening`.execute(
    ctx.transaction,
  )
  return rows[0] ?? { screenings: 0, answers: 0 }
})
console.log(
  `${people} interviews at once: ${seconds.toFixed(0)} s, ${answered} answers, ${(answered / seconds).toFixed(0)} answers/s; wait p50 ${ms(percentile(waits, 0.5))}, p95 ${ms(percentile(waits, 0.95))}; told "busy" ${busy} times`,
)
console.log(
  `errors: ${faults.size === 0 ? 'none' : JSON.stringify(Object.fromEntries(faults))}; results kept ${kept.screenings} of ${people}, answers kept ${kept.answers} of ${answered}`,
)
await ground.close()
process.exitCode = faults.size === 0 && kept.screenings === people && kept.answers === answered ? 0 : 1
