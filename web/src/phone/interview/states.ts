import { busy, calm, idle, interview, kinds, nothing, offline, question, refused } from '../states/made-up.ts'
import type { QuestionViewProps } from './question.tsx'

const base: QuestionViewProps = {
  interview,
  question,
  answer: nothing,
  answering: idle,
  back: nothing,
  goingBack: idle,
  leave: nothing,
  asked: 0,
}

export const questionStates: Readonly<Record<string, QuestionViewProps>> = {
  ...Object.fromEntries(Object.entries(kinds).map(([name, one]) => [name, { ...base, question: one }])),
  'first question': {
    ...base,
    interview: { ...interview, progress: { ...interview.progress, answered: 0, justGone: 0 } },
  },
  'on behalf': { ...base, interview: { ...interview, onBehalfOf: { household: null, name: '盛大爷' } } },
  'numbers to call': { ...base, interview: { ...interview, calm } },
  sending: { ...base, answering: busy },
  'no network': { ...base, answering: offline },
  'answered elsewhere': { ...base, answering: refused('这次导服刚在另一处往下答了。已换成最新的进度。') },
}
