import {
  both,
  busy,
  idle,
  line,
  lateLine,
  nothing,
  oneCase,
  refused,
  screening,
  today,
  faulty,
} from '../states/made-up.ts'
import type { StaffSession } from './staff-only.tsx'
import type { CaseViewProps } from './case/screen.tsx'
import type { StepViewProps } from './case/step.tsx'
import type { TodayViewProps } from './today/screen.tsx'

const session: StaffSession = {
  state: 'known',
  role: 'guide',
  name: '徐晓雯',
  scope: '330111109203',
  described: {
    signedIn: true,
    account: null,
    acting: null,
    grants: [],
    language: 'zh',
    csrf: null,
    hasHousehold: false,
    provedUntil: null,
  },
}
const quiet = { problem: undefined, again: nothing, at: undefined }
const day: TodayViewProps = { today, session, fresh: [], seen: nothing, connected: true, loaded: quiet }
const nothingToDo = {
  ...today,
  sentence: both('没有等着办的事。', 'Nothing is waiting.'),
  nextThree: [],
  due: [],
  cameIn: [],
}

export const todayStates: Readonly<Record<string, TodayViewProps>> = {
  'two things': day,
  'a case just came in': { ...day, fresh: [line.id] },
  'nothing due': { ...day, today: nothingToDo },
  'not connected': { ...day, connected: false },
  'old data, with their time': {
    ...day,
    loaded: { ...quiet, problem: faulty.problem, at: new Date('2026-11-24T02:00:00.000Z') },
  },
}

const one: CaseViewProps = { one: oneCase, screening, take: nothing, taking: idle, changed: nothing }
const contact = {
  step: 'contact',
  words: both('记下联系', 'Note a contact'),
  asks: ['how', 'note'],
  main: true,
} as const
const file = {
  step: 'file',
  words: both('代办申请', 'File an application'),
  asks: ['policy', 'papers', 'filedAt', 'day'],
  main: false,
} as const

export const caseStates: Readonly<Record<string, CaseViewProps>> = {
  'just came in': one,
  taking: { ...one, taking: busy },
  'a colleague was quicker': { ...one, taking: refused('羊利民刚接下了这件事。您可以看下一件。') },
  'late, and the family asks': {
    ...one,
    one: { ...oneCase, ...lateLine, next: [{ ...contact, asks: [...contact.asks] }] },
  },
  'consent withdrawn': {
    ...one,
    screening: undefined,
    one: { ...oneCase, consent: 'withdrawn', fullName: null, phone: null, note: null, screening: null, next: [] },
  },
  closed: {
    ...one,
    one: {
      ...oneCase,
      state: 'closed',
      outcome: { kind: 'granted', words: both('批下来了', 'Granted'), note: '12 月起发' },
      next: [],
    },
  },
}

const step: StepViewProps = {
  one: oneCase,
  next: { ...contact, asks: [...contact.asks] },
  colleagues: [],
  today: '2026-11-24',
  policies: [],
  papersOf: () => undefined,
  look: nothing,
  send: nothing,
  sending: idle,
}

export const stepStates: Readonly<Record<string, StepViewProps>> = {
  contact: step,
  file: { ...step, next: { ...file, asks: [...file.asks] } },
  'hand over': {
    ...step,
    next: { step: 'handOver', words: both('转交', 'Hand over'), asks: ['to', 'reason'], main: false },
  },
  close: { ...step, next: { step: 'close', words: both('办结', 'Close'), asks: ['outcome', 'note'], main: false } },
  saving: { ...step, sending: busy },
  'changed meanwhile': { ...step, sending: refused('这件事刚有人改过。请看一眼新的内容再办，您写的还在。') },
}
