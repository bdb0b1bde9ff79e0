import { availableParallelism, loadavg } from 'node:os'
import { begin, usual, village } from '../../server/test/talk.ts'
import { line, ms, openGround } from './ground.ts'

/**
 * How long one answer takes a person who answers alone, from the click to the next question, and how long until the guide's
 * browser knows of a result that was handed in. Both through HTTP on a database that writes to disk.
 */
const ground = await openGround()
const family = [
  { callName: '我', age: 40, sex: 'male', self: true },
  { callName: '妈妈', age: 70, sex: 'female' },
  { callName: '妻子', age: 38, sex: 'female' },
  { callName: '小禾', age: 12, sex: 'female' },
] as const

const answers: number[] = []
const reads: number[] = []
const finishes: number[] = []
const results: number[] = []
const told: number[] = []
const guide = await ground.guide(village)
const stream = await guide.live()

let cpu = process.cpuUsage()
for (let round = 0; round < 14; round++) {
  const warm = round >= 2
  if (round === 2) cpu = process.cpuUsage()
  const resident = await ground.visitor(village)
  let state = await begin(resident, family)
  const interviewId = state.id as string
  while (state.next) {
    const start = performance.now()
    const answer = await resident.put('PUT /interviews/:interviewId/answers', {
      params: { interviewId },
      body: { expectedVersion: state.version, answers: [usual(state.next)] },
    })
    if (warm) answers.push(performance.now() - start)
    if (answer.problem) throw new Error(answer.text)
    state = answer.body
  }
  const timed = async <T>(into: number[], work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const value = await work()
    if (warm) into.push(performance.now() - start)
    return value
  }
  await timed(reads, () => resident.get('GET /interviews/:interviewId', { params: { interviewId } }))
  const done = await timed(finishes, () =>
    resident.post('POST /interviews/:interviewId/finish', { params: { interviewId }, body: {} }),
  )
  const screeningId = done.body.screening
  await timed(results, () => resident.get('GET /screenings/:screeningId', { params: { screeningId } }))
  await resident.put('PUT /screenings/:screeningId/consent', {
    params: { screeningId },
    body: { kind: 'tellGuide', textVersion: '2021-09' },
  })
  await timed(told, async () => {
    const given = await resident.post('POST /screenings/:screeningId/submission', {
      params: { screeningId },
      body: { name: '陆桂香', village },
    })
    if (given.problem) throw new Error(given.text)
    await stream.next('outreach.caseCameIn', 2000)
  })
}
const held = [
  line('one answer, a family of four', answers, 30),
  line('taking an interview up again', reads, 30),
  line('finish and judge', finishes, 60),
  line('reading the result', results, 60),
  line('handing in until the guide knows', told, 1000),
]
const used = process.cpuUsage(cpu)
const requests = answers.length + reads.length * 6
console.log(
  `processor time a request, server and browser together: ${ms((used.user + used.system) / 1000 / requests)}; load of the machine ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`,
)
stream.close()
await ground.close()
process.exitCode = held.every(Boolean) ? 0 : 1
