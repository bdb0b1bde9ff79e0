import type { InputOf } from '@zhulian/kernel/contract'
import type { RequestEdges } from '../../platform/route.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool, type DictionaryFact } from '../pools/index.ts'
import { faultOf } from './check-answer.ts'
import { answerNotFitting, type guidanceContract, notAsked, nothingToUndo, rosterFirst } from './contract.ts'
import { type Answer, backTo, type Interview, keyOf, splitKey, type Value, withAnswer } from './interview.ts'
import { keepInterview, lockInterview } from './kept-interview.ts'
import { raiseSignals } from './raise-signals.ts'
import { asksGuide } from './state.ts'

type Input = InputOf<(typeof guidanceContract)['PUT /interviews/:interviewId/answers']>
type Given = Input['body']['answers'][number]

/** Takes one or several answers; all of them or, when one does not fit, none. */
export async function answerQuestions(ctx: Ctx, { params, body, ifMatch }: Input & RequestEdges) {
  const { row, interview } = await lockInterview(ctx, params.interviewId, body.expectedVersion ?? ifMatch)
  if (interview.members === null) throw rosterFirst()
  const loaded = await currentPool(ctx)
  let changed: Interview = { ...interview, possibleBefore: interview.possible }
  for (const given of body.answers) {
    const { fact, person } = splitKey(given.question)
    const document = loaded.fact(fact)
    if (!document || !mayBeAsked(changed, document, person, asksGuide(ctx)))
      throw notAsked({ question: given.question })
    changed = withAnswer(changed, answerOf(ctx, changed, document, person, given))
  }
  return await keepInterview(ctx, row, await raiseSignals(ctx, row, changed))
}

function mayBeAsked(interview: Interview, fact: DictionaryFact, person: string | undefined, guide: boolean): boolean {
  if (!fact.question || fact.ask === 'never' || (fact.ask === 'guide' && !guide)) return false
  if (fact.name.startsWith('household.')) return person === undefined && fact.name !== 'household.members'
  if (person === '*') return fact.questionForAll !== undefined
  return interview.members?.some(m => m.key === person) ?? false
}

function answerOf(
  ctx: Ctx,
  interview: Interview,
  fact: DictionaryFact,
  person: string | undefined,
  given: Given,
): Answer {
  const key = keyOf(fact.name, person)
  const members = interview.members ?? []
  const keys = members.map(m => m.key)
  const about =
    person === '*' ? { about: keys.filter(k => !interview.answers.some(a => a.key === keyOf(fact.name, k))) } : {}
  if ('unknown' in given) return { key, from: 'unknown', ...about }
  if ('confirmed' in given) {
    const value = interview.known[key]
    if (value === undefined) throw notAsked({ question: key })
    return { key, value, from: 'confirmed' }
  }
  const value = given.value as Value
  const fault = person === '*' ? whoFault(value, keys) : faultOf(fact, value, ctx.today, keys)
  if (fault) throw answerNotFitting({ question: key, reason: fault })
  return { key, value, from: 'answer', ...about }
}

const whoFault = (value: Value, keys: readonly string[]) =>
  Array.isArray(value) && (value as unknown[]).every(v => typeof v === 'string' && keys.includes(v))
    ? undefined
    : { zh: '请从家里人里选，没有就什么都不选。', en: 'Please choose from the family; choose nobody if there is none.' }

/** Back to the last question, or a named one, without losing what came after. */
export async function goBack(
  ctx: Ctx,
  { params, body, ifMatch }: InputOf<(typeof guidanceContract)['POST /interviews/:interviewId/back']> & RequestEdges,
) {
  const { row, interview } = await lockInterview(ctx, params.interviewId, body.expectedVersion ?? ifMatch)
  const back = backTo(interview, body.to)
  if (back) return await keepInterview(ctx, row, back)
  if (interview.members === null || body.to !== undefined) throw nothingToUndo()
  // Before the first answer stands the roster.
  return await keepInterview(ctx, row, { ...interview, members: null, rosterDraft: interview.members })
}
