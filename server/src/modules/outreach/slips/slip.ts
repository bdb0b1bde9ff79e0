import type { Day, Words } from '@zhulian/kernel'
import type { Actor } from '../../../platform/actor.ts'
import type { Calendar } from '../../../platform/calendar.ts'

/**
 * What a slip is (清单式转介): one need of one family handed to a bureau, until somebody there has answered. One table of
 * transitions decides what the server lets through, which buttons a screen shows and what is said of it.
 */

export const slipStates = ['sent', 'takenOn', 'askedBack', 'done', 'declined', 'withdrawn'] as const
export type SlipState = (typeof slipStates)[number]
export const slipSteps = [
  'takeOn',
  'askBack',
  'finish',
  'decline',
  'reply',
  'sendAgain',
  'withdraw',
  'correct',
] as const
export type SlipStep = (typeof slipSteps)[number]
export type SlipOffice = 'village' | 'township' | 'district' | 'bureau' | 'clock'

/** `bureau`: an officer of the unit, or an office that notes what came on paper. `sender`: who wrote it, or an office. */
type By = 'bureau' | 'sender' | 'office'

export interface SlipTransition {
  readonly step: SlipStep
  readonly from: readonly SlipState[]
  readonly to: SlipState
  readonly by: By
  /** What has to be said in words. */
  readonly asks: 'answer' | 'reason' | 'question' | null
  readonly words: Words
  readonly done: Words
}

export const slipTransitions: readonly SlipTransition[] = [
  {
    step: 'takeOn',
    from: ['sent'],
    to: 'takenOn',
    by: 'bureau',
    asks: null,
    words: { zh: '受理', en: 'Take it on' },
    done: { zh: '受理了', en: 'took it on' },
  },
  {
    step: 'finish',
    from: ['sent', 'takenOn'],
    to: 'done',
    by: 'bureau',
    asks: 'answer',
    words: { zh: '办好了', en: 'Done' },
    done: { zh: '办好了', en: 'did it' },
  },
  {
    step: 'askBack',
    from: ['sent', 'takenOn'],
    to: 'askedBack',
    by: 'bureau',
    asks: 'question',
    words: { zh: '请补充', en: 'Ask back' },
    done: { zh: '请补充情况', en: 'asked back' },
  },
  {
    step: 'decline',
    from: ['sent', 'takenOn'],
    to: 'declined',
    by: 'bureau',
    asks: 'reason',
    words: { zh: '办不了', en: 'Cannot be done' },
    done: { zh: '说明了为什么办不了', en: 'said why it cannot be done' },
  },
  {
    step: 'reply',
    from: ['askedBack'],
    to: 'sent',
    by: 'sender',
    asks: 'answer',
    words: { zh: '补充好了', en: 'Reply' },
    done: { zh: '补充了情况', en: 'replied' },
  },
  {
    step: 'sendAgain',
    from: ['done', 'declined'],
    to: 'sent',
    by: 'office',
    asks: 'reason',
    words: { zh: '请再看一次', en: 'Ask to look again' },
    done: { zh: '请部门再看一次', en: 'asked the bureau to look again' },
  },
  {
    step: 'correct',
    from: ['takenOn', 'done', 'declined', 'askedBack'],
    to: 'sent',
    by: 'bureau',
    asks: 'reason',
    words: { zh: '撤回答复', en: 'Take the answer back' },
    done: { zh: '撤回了答复', en: 'took the answer back' },
  },
  {
    step: 'withdraw',
    from: ['sent', 'takenOn', 'askedBack'],
    to: 'withdrawn',
    by: 'sender',
    asks: 'reason',
    words: { zh: '撤回转介单', en: 'Take the slip back' },
    done: { zh: '撤回了转介单', en: 'took the slip back' },
  },
]

export const slipStateWords: Readonly<Record<SlipState, Words>> = {
  sent: { zh: '等部门受理', en: 'With the bureau' },
  takenOn: { zh: '部门在办', en: 'Taken on' },
  askedBack: { zh: '等补充', en: 'Asked back' },
  done: { zh: '办好了', en: 'Done' },
  declined: { zh: '办不了', en: 'Cannot be done' },
  withdrawn: { zh: '已撤回', en: 'Taken back' },
}

export const isClosed = (state: SlipState): boolean => state === 'done' || state === 'declined' || state === 'withdrawn'

/** Working days in which somebody has to answer at all, and in which a question has to be answered. Illustrative. */
export const slipClocks = { answer: 3, reply: 3 } as const
/** Working days in which a bureau should be done once it has taken a slip on, where the slip says nothing else. Illustrative. */
export const usualDays = 20

export function slipDue(state: SlipState, today: Day, days: number, calendar: Calendar): Day | null {
  if (isClosed(state)) return null
  const within =
    state === 'takenOn' ? days : state === 'askedBack' ? slipClocks.reply : Math.min(days, slipClocks.answer)
  return calendar.addWorkingDays(today, within)
}

export interface SlipStand {
  readonly state: SlipState
  readonly sent_by: string
}

export function maySlipStep(
  transition: SlipTransition,
  stand: SlipStand,
  who: Pick<Actor, 'account' | 'role'>,
): boolean {
  const office = who.role === 'townshipClerk' || who.role === 'districtOfficer'
  if (transition.by === 'bureau') return who.role === 'bureauOfficer' || office
  if (transition.by === 'office') return office
  return office || (who.role === 'guide' && stand.sent_by === who.account)
}

export const slipTransitionOf = (step: SlipStep, state: SlipState): SlipTransition | undefined =>
  slipTransitions.find(t => t.step === step && t.from.includes(state))

export const slipStepsOpen = (stand: SlipStand, who: Pick<Actor, 'account' | 'role'>): SlipTransition[] =>
  slipTransitions.filter(t => t.from.includes(stand.state) && maySlipStep(t, stand, who))

export const slipOfficeOf = (role: Actor['role']): SlipOffice =>
  role === 'guide'
    ? 'village'
    : role === 'townshipClerk'
      ? 'township'
      : role === 'bureauOfficer'
        ? 'bureau'
        : role === 'machine'
          ? 'clock'
          : 'district'
