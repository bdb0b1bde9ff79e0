import type { Day, Words } from '@zhulian/kernel'
import type { Actor } from '../../platform/actor.ts'
import type { Calendar } from '../../platform/calendar.ts'
import { daysLeft } from '../../platform/days-left.ts'

/**
 * What a case is: one table of transitions that decides what the server lets through, which buttons a screen shows, what
 * the trail says, when the next step is due, and what the family reads under 我的事.
 */

export const states = [
  'new',
  'accepted',
  'contacted',
  'visited',
  'filed',
  'handedOver',
  'returned',
  'closed',
  'withdrawn',
] as const
export type State = (typeof states)[number]
export const openStates = [
  'new',
  'accepted',
  'contacted',
  'visited',
  'filed',
  'handedOver',
  'returned',
] as const satisfies readonly State[]

export type Step = 'accept' | 'contact' | 'visit' | 'file' | 'handOver' | 'takeOver' | 'return' | 'close' | 'reopen'
export type Ask = 'note' | 'day' | 'how' | 'policy' | 'papers' | 'filedAt' | 'to' | 'reason' | 'outcome'
export type Outcome =
  | 'granted'
  | 'refused'
  | 'notEligible'
  | 'declined'
  | 'helpedOtherwise'
  | 'unreachable'
  | 'moved'
  | 'duplicate'

/**
 * Who may take a step. `free`: whoever reaches the case while nobody holds it. `holder`: who looks after it. `invited`: to
 * whom it was handed. `township`: a clerk while the township holds it. `anyClerk`: clerks and officers who reach it.
 */
type By = 'free' | 'holder' | 'invited' | 'township' | 'anyClerk'

export interface Transition {
  readonly step: Step
  readonly from: readonly State[]
  /** `before`: where it was when it was handed over. */
  readonly to: State | 'before'
  readonly by: readonly By[]
  readonly asks: readonly Ask[]
  /** On the button. */
  readonly words: Words
  /** In the list of steps, for colleagues and in the trail. */
  readonly done: Words
  /** For the family. */
  readonly told: Words
}

const contact = {
  asks: ['how', 'note'],
  words: { zh: '记下联系', en: 'Note a contact' },
  done: { zh: '联系了这家人', en: 'reached the family' },
  told: { zh: '和您联系过了', en: 'We have been in touch with you' },
} as const
const visit = {
  asks: ['day', 'note'],
  words: { zh: '记下上门', en: 'Note a visit' },
  done: { zh: '上门看过', en: 'visited at home' },
  told: { zh: '到您家看过', en: 'We visited you at home' },
} as const
const file = {
  asks: ['policy', 'papers', 'filedAt', 'day'],
  words: { zh: '代办申请', en: 'File an application' },
  done: { zh: '代办了申请', en: 'filed an application' },
  told: { zh: '申请已经递交', en: 'An application was handed in for you' },
} as const

export const transitions: readonly Transition[] = [
  {
    step: 'accept',
    from: ['new', 'returned'],
    to: 'accepted',
    by: ['free'],
    asks: [],
    words: { zh: '我来办', en: 'I take it' },
    done: { zh: '接下了这件事', en: 'took the case' },
    told: { zh: '有人接手了', en: 'Somebody is looking after it' },
  },
  { step: 'contact', from: ['accepted'], to: 'contacted', by: ['holder'], ...contact },
  { step: 'contact', from: ['contacted'], to: 'contacted', by: ['holder'], ...contact },
  { step: 'contact', from: ['visited'], to: 'visited', by: ['holder'], ...contact },
  { step: 'contact', from: ['filed'], to: 'filed', by: ['holder'], ...contact },
  { step: 'visit', from: ['accepted', 'contacted', 'visited'], to: 'visited', by: ['holder'], ...visit },
  { step: 'visit', from: ['filed'], to: 'filed', by: ['holder'], ...visit },
  { step: 'file', from: ['contacted', 'visited', 'filed'], to: 'filed', by: ['holder'], ...file },
  {
    step: 'handOver',
    from: ['accepted', 'contacted', 'visited', 'filed'],
    to: 'handedOver',
    by: ['holder'],
    asks: ['to', 'reason'],
    words: { zh: '转交', en: 'Hand over' },
    done: { zh: '转交了这件事', en: 'handed the case over' },
    told: { zh: '转给别的同事接着办', en: 'Passed on to a colleague' },
  },
  {
    step: 'takeOver',
    from: ['handedOver'],
    to: 'before',
    by: ['invited', 'township'],
    asks: [],
    words: { zh: '接手', en: 'Take over' },
    done: { zh: '接手了这件事', en: 'took the case over' },
    told: { zh: '有人接手了', en: 'Somebody is looking after it' },
  },
  {
    step: 'return',
    from: ['handedOver', 'accepted', 'contacted', 'visited', 'filed'],
    to: 'returned',
    by: ['township'],
    asks: ['reason'],
    words: { zh: '退回村里', en: 'Give back to the village' },
    done: { zh: '退回了村里', en: 'gave the case back to the village' },
    told: { zh: '转回村里接着办', en: 'Passed back to the village' },
  },
  {
    step: 'close',
    from: ['accepted', 'contacted', 'visited', 'filed'],
    to: 'closed',
    by: ['holder'],
    asks: ['outcome', 'note'],
    words: { zh: '办结', en: 'Close' },
    done: { zh: '办结了', en: 'closed the case' },
    told: { zh: '办结了', en: 'Finished' },
  },
  {
    step: 'reopen',
    from: ['closed'],
    to: 'accepted',
    by: ['holder', 'anyClerk'],
    asks: ['reason'],
    words: { zh: '重新办', en: 'Take up again' },
    done: { zh: '重新办这件事', en: 'took the case up again' },
    told: { zh: '重新办起来了', en: 'It was taken up again' },
  },
]

/** Steps that nobody presses: the family's own, and the clock's. */
export const otherSteps: Readonly<Record<string, { done: Words; told: Words }>> = {
  handIn: { done: { zh: '交来了结果', en: 'handed a result in' }, told: { zh: '您交来了', en: 'You handed it in' } },
  noAnswer: {
    done: { zh: '联系了，没联系上', en: 'tried to reach the family' },
    told: { zh: '联系过您，没联系上', en: 'We tried to reach you' },
  },
  knowFamily: {
    done: { zh: '对上了登记的家庭', en: 'said which family of the register it is' },
    told: { zh: '确认了您是哪一户', en: 'It is known which family you are' },
  },
  unknowFamily: {
    done: { zh: '撤回了对上的家庭', en: 'took back which family it is' },
    told: { zh: '您是哪一户还要再核对', en: 'Which family you are is being checked again' },
  },
  takeBack: { done: { zh: '撤回了', en: 'took it back' }, told: { zh: '您撤回了', en: 'You took it back' } },
  withdrawConsent: {
    done: { zh: '收回了同意', en: 'withdrew consent' },
    told: { zh: '您收回了同意', en: 'You withdrew your consent' },
  },
  giveConsent: {
    done: { zh: '重新同意了', en: 'gave consent again' },
    told: { zh: '您重新同意了', en: 'You agreed again' },
  },
  ask: {
    done: { zh: '问了一个问题', en: 'asked a question' },
    told: { zh: '您问了一个问题', en: 'You asked a question' },
  },
  reply: {
    done: { zh: '回复了提问', en: 'answered the question' },
    told: { zh: '回复了您的问题', en: 'Your question was answered' },
  },
  standIn: {
    done: { zh: '经办人不在，交给了代班的', en: 'passed to who stands in' },
    told: { zh: '经办人不在，由同事接着办', en: 'A colleague stands in' },
  },
  handOn: {
    done: { zh: '村子换了导服员，交给了接手的', en: 'passed to the guide who took the village over' },
    told: { zh: '换了导服员，由新的接着办', en: 'Another guide looks after it now' },
  },
  putBack: {
    done: { zh: '交还给原来的经办人', en: 'given back to who held it' },
    told: { zh: '原来的经办人接着办', en: 'Back with who looked after it before' },
  },
  overdue: {
    done: { zh: '超过了时限，已告诉镇里', en: 'ran past its time; the township was told' },
    told: { zh: '超过了时限，镇里已经知道', en: 'It ran late; the township knows' },
  },
}

export const stateWords: Readonly<Record<State, Words>> = {
  new: { zh: '待接手', en: 'Waiting' },
  accepted: { zh: '已接手', en: 'Accepted' },
  contacted: { zh: '已联系', en: 'In touch' },
  visited: { zh: '已上门', en: 'Visited' },
  filed: { zh: '已递交', en: 'Filed' },
  handedOver: { zh: '待转接', en: 'Handed over' },
  returned: { zh: '退回村里', en: 'Returned' },
  closed: { zh: '已办结', en: 'Closed' },
  withdrawn: { zh: '已撤回', en: 'Taken back' },
}

export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  granted: { zh: '批下来了', en: 'Granted' },
  refused: { zh: '没有批', en: 'Refused' },
  notEligible: { zh: '核实后不符合', en: 'Found not to fit' },
  declined: { zh: '家里不想办了', en: 'The family declined' },
  helpedOtherwise: { zh: '用别的办法帮上了', en: 'Helped in another way' },
  unreachable: { zh: '多次联系不上', en: 'Could not be reached' },
  moved: { zh: '搬走了', en: 'Moved away' },
  duplicate: { zh: '和另一件是同一件', en: 'The same as another case' },
}

/** Working days in which the next step is due, and what that step is. The limits are illustrative until a district sets its own. */
export const clocks: Readonly<Partial<Record<State, { days: number; words: Words }>>> = {
  new: { days: 1, words: { zh: '接手', en: 'Take it' } },
  returned: { days: 1, words: { zh: '接手', en: 'Take it' } },
  handedOver: { days: 1, words: { zh: '接手', en: 'Take over' } },
  accepted: { days: 2, words: { zh: '联系', en: 'Get in touch' } },
  contacted: { days: 5, words: { zh: '上门或递交', en: 'Visit or file' } },
  visited: { days: 5, words: { zh: '递交或办结', en: 'File or close' } },
  filed: { days: 23, words: { zh: '问到结果', en: 'Learn the decision' } },
}

/** The part of a case that decides what may be done with it. */
export interface CaseStand {
  readonly state: State
  readonly holder_id: string | null
  readonly held_by: 'village' | 'township'
  readonly consent: boolean
}
type Who = Pick<Actor, 'account' | 'role'>

export const nextDue = (state: State, today: Day, calendar: Calendar): Day | null => {
  const clock = clocks[state]
  return clock ? calendar.addWorkingDays(today, clock.days) : null
}

/** The row of the table for a step, whoever asks. */
export const transitionOf = (step: Step, state: State): Transition | undefined =>
  transitions.find(t => t.step === step && t.from.includes(state))

export function mayStep(transition: Transition, stand: CaseStand, who: Who): boolean {
  if (who.role !== 'guide' && who.role !== 'townshipClerk' && who.role !== 'districtOfficer') return false
  const clerk = who.role === 'townshipClerk'
  // Once consent is gone all that is left is to close.
  if (!stand.consent && transition.step !== 'close') return false
  return transition.by.some(by => {
    if (by === 'free') return stand.held_by === 'township' ? clerk : who.role !== 'districtOfficer'
    if (by === 'holder') return stand.holder_id === who.account
    if (by === 'invited') return stand.holder_id === who.account && stand.held_by === 'village'
    if (by === 'township') return clerk && stand.held_by === 'township'
    return clerk || who.role === 'districtOfficer'
  })
}

/** The buttons for who asks, the main one first. */
export const stepsOpen = (stand: CaseStand, who: Who): Transition[] =>
  transitions.filter(t => t.from.includes(stand.state) && mayStep(t, stand, who))

const mainOf: Readonly<Partial<Record<State, Step>>> = {
  new: 'accept',
  returned: 'accept',
  accepted: 'contact',
  contacted: 'visit',
  visited: 'file',
  filed: 'close',
  handedOver: 'takeOver',
}
export const isMain = (transition: Transition, state: State): boolean => mainOf[state] === transition.step

export interface ClockView {
  readonly words: Words | null
  readonly dueOn: Day | null
  readonly daysLeft: number | null
  readonly state: 'plenty' | 'near' | 'late' | 'none'
}

export function clockOf(state: State, dueOn: Day | null, today: Day, calendar: Calendar): ClockView {
  const clock = clocks[state]
  if (!clock || !dueOn) return { words: null, dueOn: null, daysLeft: null, state: 'none' }
  const left = daysLeft({ today, calendar }, dueOn)
  return { words: clock.words, dueOn, daysLeft: left, state: left < 0 ? 'late' : left <= 1 ? 'near' : 'plenty' }
}

/** 10 minutes in which what was handed in can be taken back. */
export const takeBackMs = 600_000

export type Office = 'resident' | 'village' | 'township' | 'district' | 'clock'
export const officeWords: Readonly<Record<Office, Words>> = {
  resident: { zh: '您本人', en: 'You' },
  village: { zh: '村里的导服员', en: 'Your village guide' },
  township: { zh: '镇街民政窗口', en: 'Township civil affairs' },
  district: { zh: '区民政局', en: 'District Civil Affairs Bureau' },
  clock: { zh: '系统', en: 'The system' },
}
export const officeOf = (role: Actor['role']): Office =>
  role === 'guide' || role === 'villageGroup'
    ? 'village'
    : role === 'townshipClerk'
      ? 'township'
      : role === 'districtOfficer'
        ? 'district'
        : role === 'machine'
          ? 'clock'
          : 'resident'
