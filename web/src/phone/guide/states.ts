import {
  alert,
  both,
  finding,
  id,
  offline,
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
import type { AlertListViewProps } from './alerts/list.tsx'
import type { AlertViewProps } from './alerts/one.tsx'
import type { DutiesViewProps } from './duties/screen.tsx'
import type { UnclaimedListViewProps } from './unclaimed/list.tsx'
import type { UnclaimedViewProps } from './unclaimed/one.tsx'

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
const day: TodayViewProps = { today, session, fresh: [], seen: nothing, connected: true, unclaimed: 7, loaded: quiet }
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
  'nothing due': { ...day, unclaimed: 0, today: nothingToDo },
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

const list: UnclaimedListViewProps = {
  list: 'open',
  choose: nothing,
  items: [
    finding,
    {
      ...finding,
      id: id(73),
      policy: { id: 'P12', name: both('重度残疾人护理补贴', 'Care subsidy') },
      amountAYear: 3000,
    },
    { ...finding, id: id(74), household: { id: id(75), head: '方*兰', size: 1 }, person: null, amountAYear: null },
  ],
  loaded: quiet,
  more: nothing,
  loading: idle,
}

export const unclaimedListStates: Readonly<Record<string, UnclaimedListViewProps>> = {
  'two families': list,
  loading: { ...list, items: undefined, more: undefined },
  'nothing waits': { ...list, items: [], more: undefined },
  offline: { ...list, items: undefined, more: undefined, loaded: { ...quiet, problem: offline.problem } },
  'old lines, with their time': {
    ...list,
    loaded: { ...quiet, problem: faulty.problem, at: new Date('2026-11-24T02:00:00.000Z') },
  },
}

const waiting: UnclaimedViewProps = {
  one: finding,
  take: nothing,
  giveBack: nothing,
  taking: idle,
  close: nothing,
  closing: idle,
}
const mine = {
  ...finding,
  state: 'taken' as const,
  stateWords: both('有人在看', 'Being looked into'),
  takenBy: '徐晓雯',
  steps: [
    { step: 'giveBack' as const, words: both('放回去', 'Put it back') },
    { step: 'close' as const, words: both('记下结果', 'Write down the outcome') },
  ],
}

export const unclaimedStates: Readonly<Record<string, UnclaimedViewProps>> = {
  waiting,
  'somebody was quicker': {
    ...waiting,
    one: { ...mine, takenBy: '羊利民', steps: [] },
    taking: refused('羊利民已经在看这一条了。您可以看下一条。'),
  },
  taken: { ...waiting, one: mine },
  'hangs on another grant': { ...waiting, one: { ...mine, conditionalOn: 'dibao', amountAYear: null } },
  saving: { ...waiting, one: mine, closing: busy },
  'no network while saving': { ...waiting, one: mine, closing: offline },
  'changed meanwhile': {
    ...waiting,
    one: mine,
    closing: refused('这一条刚有人改过。请看一眼新的内容再办，您写的还在。'),
  },
  closed: {
    ...waiting,
    one: {
      ...mine,
      state: 'closed',
      stateWords: both('有结果了', 'Done'),
      outcome: 'applied',
      outcomeWords: both('已经帮忙申请', 'Applied for'),
      note: '材料齐了，交到镇里。',
      closedBy: '徐晓雯',
      closedAt: '2026-11-24T03:00:00.000Z' as never,
      steps: [],
    },
  },
}

const alerts: AlertListViewProps = {
  items: [alert, { ...alert, id: id(81), level: 'yellow', times: 2 }],
  loaded: quiet,
}
export const alertListStates: Readonly<Record<string, AlertListViewProps>> = {
  'one red, one yellow': alerts,
  loading: { ...alerts, items: undefined },
  'nothing to look at': { ...alerts, items: [] },
  offline: { items: undefined, loaded: { ...quiet, problem: offline.problem } },
}

const raised: AlertViewProps = { one: alert, act: nothing, acting: idle, verify: nothing, verifying: idle }
const takenAlert = {
  ...alert,
  state: 'triaged' as const,
  stateWords: both('已接手', 'Taken'),
  holder: '徐晓雯',
  mine: true,
  next: [
    { step: 'assign' as const, words: both('派入户核查', 'Send somebody to the home'), asks: [], main: true },
    { step: 'verify' as const, words: both('记下核实结果', 'Write down what was found'), asks: [], main: false },
  ],
}
export const alertStates: Readonly<Record<string, AlertViewProps>> = {
  raised,
  taken: { ...raised, one: takenAlert },
  'somebody was quicker': {
    ...raised,
    one: { ...alert, holder: '羊利民', next: [] },
    acting: refused('羊利民已经接手了这条预警。您可以看下一条。'),
  },
  'several together': {
    ...raised,
    one: {
      ...alert,
      rule: 'R27',
      name: both('短时间内几项预警', 'Several alerts in a short time'),
      counted: [
        {
          id: id(83),
          name: both('单次高额医疗费', 'A single large medical bill'),
          level: 'orange',
          stateWords: both('待接手', 'Waiting'),
          occurredOn: alert.occurredOn,
        },
      ],
    },
  },
  'for health workers': {
    ...raised,
    one: {
      ...alert,
      rule: null,
      name: both('请联系镇街', 'Please call the township'),
      firstAction: null,
      why: [],
      facts: [],
      next: [],
      audience: 'health',
    },
  },
  'no network while saving': { ...raised, one: takenAlert, verifying: offline },
}

const duty: DutiesViewProps['open'][number] = {
  id: '019370c0-0000-7000-8000-000000000041' as never,
  duty: 'linking',
  dutyWords: both('资源链接', 'Linking resources'),
  household: '019370c0-0000-7000-8000-000000000042' as never,
  name: '俞*国',
  place: '常绿镇青龙村',
  origin: 'hand',
  begunOn: '2026-11-20' as never,
  doneOn: null,
  by: '徐晓雯',
  mine: true,
  mayTakeBack: true,
}
const duties: DutiesViewProps = {
  month: { filing: 3, advice: 12, linking: 2, plan: 1 },
  open: [duty],
  done: [{ ...duty, duty: 'advice', origin: 'case', doneOn: '2026-11-23' as never, mayTakeBack: false }],
  said: '',
  noting: false,
  setNoting: nothing,
  find: nothing,
  finding: idle,
  found: undefined,
  start: nothing,
  starting: idle,
  finish: nothing,
  takeBack: nothing,
  changing: idle,
}

export const dutyStates: Readonly<Record<string, DutiesViewProps>> = {
  'some done, one open': duties,
  'nothing yet': { ...duties, month: { filing: 0, advice: 0, linking: 0, plan: 0 }, open: [], done: [] },
  'just noted': { ...duties, said: 'noted' },
  'looking for a family': { ...duties, noting: true, found: [] },
  'no network while noting': { ...duties, noting: true, starting: offline },
  'too late to take back': { ...duties, changing: refused('做完的当天还能撤回，过后就不能改了。') },
}

const away = {
  id: '019370c0-0000-7000-8000-000000000051' as never,
  guide: { account: '019370c0-0000-7000-8000-000000000052' as never, name: '羊利民' },
  fromOn: '2026-11-24' as never,
  backOn: '2026-12-01' as never,
  standIn: { account: '019370c0-0000-7000-8000-000000000053' as never, name: '徐晓雯' },
  standInWords: both('由徐晓雯代班', '徐晓雯 stands in'),
}

export const networkStates: Readonly<Record<string, TodayViewProps>> = {
  'stands in, and got a village': {
    ...day,
    duties: { done: 18, open: 1 },
    network: {
      away: null,
      standsInFor: [away],
      handings: [{ id: away.id, village: '黄弹村', got: true, other: '何美', on: '2026-11-20' as never, by: '李敏' }],
    },
  },
}
