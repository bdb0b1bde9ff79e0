import { type Day, dayOf, type Words } from '@zhulian/kernel'
import type { AlertLevel } from '@zhulian/rules'
import type { Actor, Role } from '../../platform/actor.ts'
import type { Calendar } from '../../platform/calendar.ts'

/**
 * What an alert is: a signal that somebody has to look at. One table of transitions decides what the server lets through,
 * which buttons a screen shows and what stands on the household's line. Nothing here touches a benefit, and the machine
 * raises and never closes.
 */

export const alertStates = ['raised', 'triaged', 'assigned', 'verified', 'handled', 'closed'] as const
export type AlertState = (typeof alertStates)[number]
export const audiences = ['village', 'township', 'health'] as const
export type Audience = (typeof audiences)[number]
export const verdicts = ['confirmed', 'false', 'duplicate', 'alreadyHandled'] as const
export type Verdict = (typeof verdicts)[number]
export const opinions = ['helpNow', 'filePolicy', 'proposeCircle', 'watch', 'nothingMore'] as const
export type Opinion = (typeof opinions)[number]
export const causes = [
  'helped',
  'riskRemoved',
  'notSo',
  'duplicate',
  'alreadyHandled',
  'declined',
  'moved',
  'died',
] as const
export type Cause = (typeof causes)[number]

export type AlertStep = 'take' | 'giveBack' | 'assign' | 'verify' | 'opine' | 'close' | 'reopen'
export type Ask = 'note' | 'verdict' | 'opinion' | 'cause'

/** `reaches`: whoever the alert is for. `holder`: who took it. `office`: clerks and officers, of a health matter health workers. */
type By = 'reaches' | 'holder' | 'office'

export interface AlertTransition {
  readonly step: AlertStep
  readonly from: readonly AlertState[]
  readonly to: AlertState
  readonly by: readonly By[]
  readonly asks: readonly Ask[]
  /** A visit by the village's guide follows; not of health matters. */
  readonly notHealth?: true
  readonly words: Words
  readonly done: Words
}

export const alertTransitions: readonly AlertTransition[] = [
  {
    step: 'take',
    from: ['raised'],
    to: 'triaged',
    by: ['reaches'],
    asks: [],
    words: { zh: '我来处理', en: 'I take it' },
    done: { zh: '接下了预警', en: 'took the alert' },
  },
  {
    step: 'assign',
    from: ['triaged'],
    to: 'assigned',
    by: ['holder', 'office'],
    asks: [],
    notHealth: true,
    words: { zh: '派入户核查', en: 'Send somebody to the home' },
    done: { zh: '派了入户核查', en: 'sent somebody to the home' },
  },
  {
    step: 'verify',
    from: ['triaged', 'assigned'],
    to: 'verified',
    by: ['holder', 'office'],
    asks: ['verdict', 'note'],
    words: { zh: '记下核实结果', en: 'Write down what was found' },
    done: { zh: '核实了', en: 'verified it' },
  },
  {
    step: 'opine',
    from: ['verified'],
    to: 'handled',
    by: ['office'],
    asks: ['opinion', 'note'],
    words: { zh: '写镇街意见', en: 'Give the township’s opinion' },
    done: { zh: '写了处理意见', en: 'gave an opinion' },
  },
  {
    step: 'close',
    from: ['verified', 'handled'],
    to: 'closed',
    by: ['office'],
    asks: ['cause', 'note'],
    words: { zh: '办结', en: 'Close' },
    done: { zh: '办结了预警', en: 'closed the alert' },
  },
  {
    step: 'giveBack',
    from: ['triaged'],
    to: 'raised',
    by: ['holder'],
    asks: [],
    words: { zh: '放回去', en: 'Put it back' },
    done: { zh: '放回了预警', en: 'put the alert back' },
  },
  {
    step: 'reopen',
    from: ['closed'],
    to: 'triaged',
    by: ['office'],
    asks: ['note'],
    words: { zh: '重新处理', en: 'Take it up again' },
    done: { zh: '重新处理预警', en: 'took the alert up again' },
  },
]

/** What the machine writes on the line: it raises, and says when the same happens again or becomes worse. */
export const machineSteps = {
  raise: { zh: '数据比对发现', en: 'found by comparing data' },
  again: { zh: '又发生了一次', en: 'it happened again' },
  rise: { zh: '级别升高了', en: 'the level rose' },
  found: { zh: '入户核查有了结果', en: 'a visit brought a result' },
  late: { zh: '超过了时限，已告诉上一级', en: 'ran past its time; the level above was told' },
} as const satisfies Record<string, Words>
export type MachineStep = keyof typeof machineSteps

export const stateWords: Readonly<Record<AlertState, Words>> = {
  raised: { zh: '待接手', en: 'Waiting' },
  triaged: { zh: '已接手', en: 'Taken' },
  assigned: { zh: '已派核查', en: 'Visit sent' },
  verified: { zh: '已核实', en: 'Verified' },
  handled: { zh: '已有意见', en: 'Opinion given' },
  closed: { zh: '已办结', en: 'Closed' },
}
export const levelWords: Readonly<Record<AlertLevel, Words>> = {
  red: { zh: '红', en: 'Red' },
  orange: { zh: '橙', en: 'Orange' },
  yellow: { zh: '黄', en: 'Yellow' },
  blue: { zh: '蓝', en: 'Blue' },
}
export const verdictWords: Readonly<Record<Verdict, Words>> = {
  confirmed: { zh: '属实', en: 'Confirmed' },
  false: { zh: '不属实', en: 'Not so' },
  duplicate: { zh: '和另一条重复', en: 'The same as another' },
  alreadyHandled: { zh: '已经处理过', en: 'Handled already' },
}
export const opinionWords: Readonly<Record<Opinion, Words>> = {
  helpNow: { zh: '马上救助', en: 'Help at once' },
  filePolicy: { zh: '帮办政策', en: 'File for a policy' },
  proposeCircle: { zh: '提出入库或变动', en: 'Propose entry or a move' },
  watch: { zh: '继续关注', en: 'Keep an eye on it' },
  nothingMore: { zh: '不需要再做', en: 'Nothing more to do' },
}
export const causeWords: Readonly<Record<Cause, Words>> = {
  helped: { zh: '已经帮上', en: 'Helped' },
  riskRemoved: { zh: '风险消除', en: 'Risk removed' },
  notSo: { zh: '不属实', en: 'Not so' },
  duplicate: { zh: '重复', en: 'Duplicate' },
  alreadyHandled: { zh: '此前已处理', en: 'Handled before' },
  declined: { zh: '家里不需要', en: 'The family declined' },
  moved: { zh: '搬走了', en: 'Moved away' },
  died: { zh: '人已去世', en: 'Died' },
}

interface Stand {
  readonly state: AlertState
  readonly audience: Audience
  readonly careful: boolean
  readonly verdict: Verdict | null
  readonly holder_id: string | null
}
type Who = Pick<Actor, 'account' | 'role'>

/** For whom an alert is. A guide is told of a health matter that there is one, and may do nothing with it. */
export function isFor(stand: Pick<Stand, 'audience' | 'careful'>, role: Actor['role']): boolean {
  if (stand.audience === 'health') return role === 'healthWorker'
  if (role === 'guide') return stand.audience === 'village' && !stand.careful
  return role === 'townshipClerk' || role === 'districtOfficer'
}

export function mayStep(transition: AlertTransition, stand: Stand, who: Who): boolean {
  if (!isFor(stand, who.role)) return false
  if (transition.notHealth && stand.audience === 'health') return false
  // What is confirmed wants an opinion before it can be closed; what is not so is closed at once.
  if (transition.step === 'close' && stand.state === 'verified' && stand.verdict === 'confirmed') return false
  return transition.by.some(by => {
    if (by === 'reaches') return true
    if (by === 'holder') return stand.holder_id === who.account
    return who.role !== 'guide'
  })
}

export const transitionOf = (step: AlertStep, state: AlertState): AlertTransition | undefined =>
  alertTransitions.find(t => t.step === step && t.from.includes(state))

export const stepsOpen = (stand: Stand, who: Who): AlertTransition[] =>
  alertTransitions.filter(t => t.from.includes(stand.state) && mayStep(t, stand, who))

// — clocks —

/** The more severe, the heavier. */
export const weight: Readonly<Record<AlertLevel, number>> = { red: 3, orange: 2, yellow: 1, blue: 0 }

/** Working days to the first contact; red counts hours. @source domain §6.2, §7.4 */
const contactDays: Readonly<Record<AlertLevel, number | null>> = { red: null, orange: 3, yellow: 10, blue: null }
const hour = 3_600_000
export const redTriageMs = 4 * hour
export const redContactMs = 24 * hour
const opinionDays = 5

export interface Due {
  readonly at: Date | null
  readonly on: Day | null
}

/** When the next thing has to be done: triage, then contact, then the township's opinion. Blue waits for the next visit. */
export function dueOf(
  state: AlertState,
  level: AlertLevel,
  raisedAt: Date,
  now: Date,
  today: Day,
  calendar: Calendar,
): Due {
  const days = (n: number): Due => endOf(calendar.addWorkingDays(today, n))
  const after = (from: Date, ms: number): Due => {
    const at = new Date(from.getTime() + ms)
    return { at, on: dayOf(at, 'Asia/Shanghai') }
  }
  switch (state) {
    case 'raised':
      return level === 'red' ? after(now, redTriageMs) : days(1)
    case 'triaged':
    case 'assigned': {
      if (level === 'red') return after(raisedAt, redContactMs)
      const n = contactDays[level]
      return n === null ? { at: null, on: null } : days(n)
    }
    case 'verified':
      return days(opinionDays)
    default:
      return { at: null, on: null }
  }
}

/** The last moment of a day in China. */
const endOf = (on: Day): Due => ({ at: new Date(`${on}T23:59:59.999+08:00`), on })

/** How long before a clock runs out its holder is told: a quarter of the way for hours, the last day otherwise. */
export const nearMs = (level: AlertLevel, state: AlertState): number =>
  level === 'red' ? (state === 'raised' ? hour : 6 * hour) : 24 * hour

export type ClockState = 'plenty' | 'near' | 'late' | 'none'
export function clockState(dueAt: Date | null, level: AlertLevel, state: AlertState, now: Date): ClockState {
  if (!dueAt) return 'none'
  const left = dueAt.getTime() - now.getTime()
  return left < 0 ? 'late' : left <= nearMs(level, state) ? 'near' : 'plenty'
}

/** Not late yet, and as fast as it usually goes the next step comes after its time. */
export const willBeLate = (
  { state, due_at, expected_at }: { state: AlertState; due_at: Date | null; expected_at: Date | null },
  now: Date,
): boolean => state !== 'closed' && due_at !== null && expected_at !== null && due_at >= now && expected_at > due_at

/** Who is told when it is raised: red calls the village, the township and the district at once. */
export function calledBy(level: AlertLevel, stand: Pick<Stand, 'audience' | 'careful'>): Role[] {
  if (stand.audience === 'health') return ['healthWorker']
  const village: Role[] = stand.audience === 'village' && !stand.careful ? ['guide'] : []
  if (level === 'red') return [...village, 'townshipClerk', 'districtOfficer']
  return village.length > 0 ? village : ['townshipClerk']
}

/** Who hears when a clock has run out: the level above. */
export function toldLate(stand: Pick<Stand, 'audience' | 'careful'>): Role[] {
  if (stand.audience === 'health') return ['healthWorker']
  return stand.audience === 'village' && !stand.careful ? ['townshipClerk'] : ['districtOfficer']
}
