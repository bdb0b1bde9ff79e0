import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { answerQuestions } from './answer-questions.ts'
import { beginInterview } from './begin-interview.ts'
import { giveConsent } from './change-consent.ts'
import { consentText } from './consent-texts.ts'
import { finishInterview } from './finish-interview.ts'
import { giveMembers } from './give-members.ts'
import type { Value } from './interview.ts'
import type { Question } from './question.ts'

/** What a made-up family says in a whole interview. */
export interface MadeUpTalk {
  readonly village: string
  readonly members: readonly {
    readonly callName: string
    readonly age: number
    readonly sex: 'male' | 'female'
    readonly self?: boolean
    readonly relation?: string
  }[]
  /** By fact name; what is not here is answered with the least, or not known. */
  readonly says: Readonly<Record<string, Value>>
  /** Call names of those of whom a question about everybody is true. */
  readonly of?: Readonly<Record<string, readonly string[]>>
  readonly agrees: boolean
}

const edges: RequestEdges = { ifMatch: undefined } as RequestEdges

/** Begins, answers page after page, finishes and, if they agree, consents: by the same use cases as a browser. */
export async function talkThrough(ctx: Ctx, talk: MadeUpTalk): Promise<Id> {
  const begun = await beginInterview(ctx, {
    params: {},
    query: {},
    body: { village: talk.village as never, depth: 'everything' },
  })
  const params = { interviewId: begun.id }
  let state = await giveMembers(ctx, {
    ...edges,
    params,
    query: {},
    body: { expectedVersion: begun.version, members: talk.members.map(m => ({ relation: null, self: false, ...m })) },
  })
  for (let pages = 0; state.next && pages < 60; pages++) {
    state = await answerQuestions(ctx, {
      ...edges,
      params,
      query: {},
      body: { expectedVersion: state.version, answers: [said(state.next, talk)] },
    })
  }
  const { screening } = await finishInterview(ctx, {
    ...edges,
    params,
    query: {},
    body: { expectedVersion: state.version },
  })
  if (talk.agrees)
    await giveConsent(ctx, {
      params: { screeningId: screening },
      query: {},
      body: { kind: 'tellGuide', textVersion: consentText('tellGuide').textVersion },
    })
  return screening
}

function said(question: Question, talk: MadeUpTalk) {
  const { key, fact, kind, options } = question
  if (kind === 'who') {
    const names = talk.of?.[fact] ?? []
    const keys = options
      .filter(o => names.includes(o.label.zh === '我自己' ? '我' : o.label.zh))
      .map(o => String(o.value))
    return { question: key, value: keys }
  }
  const own = talk.says[fact]
  if (own !== undefined) return { question: key, value: own as never }
  if (kind === 'yesNo') return { question: key, value: false }
  if (kind === 'several' || kind === 'list') return { question: key, value: [] as string[] }
  if (kind === 'number' || kind === 'money') return { question: key, value: question.none ? null : (question.min ?? 0) }
  const nothing = options.find(o => o.value === 'none')
  return nothing ? { question: key, value: nothing.value } : { question: key, unknown: true as const }
}
