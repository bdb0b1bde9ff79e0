import type { Id, Words } from '@zhulian/kernel'
import type { Client } from './house.ts'

/** Words of a talk for tests: begins, says who lives there, answers, finishes. */

export interface Person {
  readonly callName: string
  readonly age: number
  readonly sex?: 'male' | 'female'
  readonly self?: boolean
}

export const oldLady: readonly Person[] = [{ callName: '我', age: 76, sex: 'female', self: true }]
export const village = '330111109203'

type Loose = ReturnType<typeof JSON.parse>

/** An interview with its roster given. */
export async function begin(
  who: Client,
  members: readonly Person[] = oldLady,
  body: Record<string, unknown> = { village },
): Promise<Loose> {
  const begun = await who.post('POST /interviews', { body })
  if (begun.status !== 200) throw new Error(begun.text)
  return await say(who, begun.body as Loose, members)
}

export async function say(who: Client, state: Loose, members: readonly Person[]): Promise<Loose> {
  const given = await who.post('POST /interviews/:interviewId/members', {
    params: { interviewId: state.id },
    body: { expectedVersion: state.version, members },
  })
  if (given.status !== 200) throw new Error(given.text)
  return given.body
}

export const answer = (who: Client, state: Loose, answers: readonly Record<string, unknown>[]) =>
  who.put('PUT /interviews/:interviewId/answers', {
    params: { interviewId: state.id },
    body: { expectedVersion: state.version, answers },
  })

/** What an old lady with a small pension and nothing else says; whatever else is asked, the smallest answer. */
const said: Readonly<Record<string, unknown>> = {
  'household.certifiedTier': 'none',
  'household.hukouDivisionCode': village,
  'household.meansTestConsent': true,
  'household.housingCount': 1,
  'person.incomeKinds': ['pension'],
  'person.pensionMonthly': 300,
  'person.obligorCount': 2,
}

export function usual(question: Loose): Record<string, unknown> {
  const key = question.key as string
  if (question.kind === 'confirm') return { question: key, confirmed: true }
  const own = said[question.fact as string]
  if (own !== undefined) return { question: key, value: own }
  switch (question.kind) {
    case 'who':
    case 'several':
    case 'list':
      return { question: key, value: [] }
    case 'yesNo':
      return { question: key, value: false }
    case 'number':
    case 'money':
      return { question: key, value: question.none ? null : (question.min ?? 0) }
    case 'choice':
      return {
        question: key,
        value: (question.options.find((o: Loose) => o.value === 'none') ?? question.options[0]).value,
      }
    default:
      return { question: key, unknown: true }
  }
}

/** Answers until nothing is asked any more. */
export async function talk(
  who: Client,
  state: Loose,
  reply: (question: Loose) => Record<string, unknown> = usual,
): Promise<Loose> {
  let at = state
  for (let i = 0; at.next && i < 80; i++) {
    const next = await answer(who, at, [reply(at.next)])
    if (next.status !== 200) throw new Error(`${at.next.key}: ${next.text}`)
    at = next.body
  }
  return at
}

/** A whole interview to its result. */
export async function finished(
  who: Client,
  members: readonly Person[] = oldLady,
  reply = usual,
  body?: Record<string, unknown>,
): Promise<Id> {
  const state = await talk(who, await begin(who, members, body), reply)
  const done = await who.post('POST /interviews/:interviewId/finish', { params: { interviewId: state.id }, body: {} })
  if (done.status !== 200) throw new Error(done.text)
  return (done.body as Loose).screening
}

/** Finished, agreed and handed in. */
export async function handedIn(
  who: Client,
  options: {
    readonly to?: string
    readonly name?: string
    readonly members?: readonly Person[]
    readonly reply?: typeof usual
  } = {},
): Promise<{ screening: Id; submission: Id; case: Id; toldTo: Words }> {
  const to = options.to ?? village
  const screening = await finished(who, options.members ?? oldLady, options.reply ?? usual, { village: to })
  await who.put('PUT /screenings/:screeningId/consent', {
    params: { screeningId: screening },
    body: { kind: 'tellGuide', textVersion: '2021-09' },
  })
  const given = await who.post('POST /screenings/:screeningId/submission', {
    params: { screeningId: screening },
    body: { name: options.name ?? '陆桂香', phone: '13800000000', village: to },
  })
  if (given.status !== 200) throw new Error(given.text)
  const body = given.body as Loose
  return { screening, submission: body.id, case: body.case, toldTo: body.toldTo }
}
