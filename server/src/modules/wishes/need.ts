import type { Day, Words } from '@zhulian/kernel'
import type { Calendar } from '../../platform/calendar.ts'
import { needTransitions } from './need-transitions.ts'

/**
 * What a need is (需求): something a family lacks, until it has it or a person has said why not. The states are here, the ways
 * between them in `need-transitions.ts`; what the server lets through, buttons, clocks, the words of its steps, what the family
 * reads and the picture in docs/needs.md all come from these two tables.
 * @source domain §7.2; working days are illustrative [I]
 */
export const needStates = [
  'submitted',
  'acceptedVillage',
  'escalatedTownship',
  'escalatedDistrict',
  'screened',
  'policyReferral',
  'inWishPool',
  'projectDesigned',
  'claimed',
  'matched',
  'assigned',
  'inService',
  'suspended',
  'delivered',
  'disputed',
  'confirmed',
  'evaluated',
  'closed',
  'withdrawn',
  'rejected',
  'returned',
  'joined',
] as const
export type NeedState = (typeof needStates)[number]

/** Exactly one holds a need at a time. */
export const levels = ['village', 'township', 'district'] as const
export type Level = (typeof levels)[number]
/** Columns of the board: the three levels while they look, then whatever is done over the district. */
export const lanes = [...levels, 'project'] as const
export type Lane = (typeof lanes)[number]

interface StateWords {
  readonly words: Words
  /** For the family. */
  readonly told: Words
  /** Days within which somebody has to do something; undefined: nothing is waited for. */
  readonly within?: { readonly days: number; readonly of: 'work' | 'all' }
}

const work = (days: number) => ({ days, of: 'work' }) as const
const all = (days: number) => ({ days, of: 'all' }) as const

export const needStateWords: Readonly<Record<NeedState, StateWords>> = {
  submitted: {
    words: { zh: '待受理', en: 'To be taken up' },
    told: { zh: '您说的需要已经记下', en: 'What you need has been written down' },
    within: work(1),
  },
  acceptedVillage: {
    words: { zh: '村里在想办法', en: 'With the village' },
    told: { zh: '村里在想办法', en: 'Your village is looking for a way' },
    within: work(3),
  },
  escalatedTownship: {
    words: { zh: '镇街在想办法', en: 'With the township' },
    told: { zh: '镇街在想办法', en: 'The township is looking for a way' },
    within: work(3),
  },
  escalatedDistrict: {
    words: { zh: '待区级筛选', en: 'With the district, to be sorted' },
    told: { zh: '区里在看', en: 'The district is looking at it' },
    within: work(1),
  },
  screened: {
    words: { zh: '已筛选', en: 'Sorted' },
    told: { zh: '区里在想办法', en: 'The district is looking for a way' },
    within: work(2),
  },
  policyReferral: {
    words: { zh: '部门在办', en: 'With a bureau' },
    told: { zh: '已转给主管部门', en: 'It was handed to the bureau in charge' },
    within: work(20),
  },
  inWishPool: {
    words: { zh: '在心愿池', en: 'In the wish pool' },
    told: { zh: '正在找愿意帮忙的人', en: 'Somebody who can help is being looked for' },
    within: work(10),
  },
  projectDesigned: {
    words: { zh: '在做成项目', en: 'Becoming a project' },
    told: {
      zh: '好几家有同样的需要，正在一起想办法',
      en: 'Several families need the same; a way for all is being made',
    },
    within: work(20),
  },
  claimed: {
    words: { zh: '有人认领', en: 'Claimed' },
    told: { zh: '有人愿意帮忙，正在安排', en: 'Somebody will help; it is being arranged' },
    within: work(10),
  },
  matched: {
    words: { zh: '已链接', en: 'Linked' },
    told: { zh: '找到了能帮的，正在安排', en: 'Help was found; it is being arranged' },
    within: work(2),
  },
  assigned: {
    words: { zh: '已派单', en: 'Assigned' },
    told: { zh: '已经安排了人', en: 'Somebody has been asked to come' },
    within: work(1),
  },
  inService: {
    words: { zh: '在服务', en: 'In service' },
    told: { zh: '正在帮', en: 'Help is under way' },
    within: work(20),
  },
  suspended: {
    words: { zh: '暂停', en: 'Paused' },
    told: { zh: '先停一停', en: 'Paused for now' },
    within: all(14),
  },
  delivered: {
    words: { zh: '说做完了', en: 'Said to be done' },
    told: { zh: '帮忙的人说做完了，请您看看是不是', en: 'We are told it is done. Is it?' },
    within: all(7),
  },
  disputed: {
    words: { zh: '有异议', en: 'Disputed' },
    told: { zh: '您说还没好，正在问', en: 'You said it is not done; we are asking' },
    within: work(5),
  },
  confirmed: {
    words: { zh: '已确认', en: 'Confirmed' },
    told: { zh: '您说帮上了', en: 'You said it helped' },
    within: work(10),
  },
  evaluated: {
    words: { zh: '已评价', en: 'Rated' },
    told: { zh: '问过您怎么样了', en: 'You were asked how it was' },
    within: work(10),
  },
  closed: { words: { zh: '办结', en: 'Closed' }, told: { zh: '办好了', en: 'Done' } },
  withdrawn: { words: { zh: '撤回', en: 'Taken back' }, told: { zh: '已撤回', en: 'Taken back' } },
  rejected: {
    words: { zh: '不予受理', en: 'Not taken on' },
    told: {
      zh: '这件事这里办不了，导服员会告诉您为什么',
      en: 'This cannot be done here; your guide will tell you why',
    },
  },
  returned: {
    words: { zh: '退回', en: 'Sent back' },
    told: { zh: '要补充一些情况，导服员会问您', en: 'More has to be known; your guide will ask you' },
  },
  joined: {
    words: { zh: '已合并', en: 'Joined' },
    told: { zh: '和您说过的另一件事一起办', en: 'It is dealt with together with another' },
  },
}

export const closedStates = ['closed', 'withdrawn', 'rejected', 'returned', 'joined'] as const satisfies NeedState[]
export const isNeedClosed = (state: NeedState): boolean => (closedStates as readonly NeedState[]).includes(state)

/** As a level holds a need while it looks for a way. */
export const heldBy = {
  village: 'acceptedVillage',
  township: 'escalatedTownship',
  district: 'screened',
} as const satisfies Record<Level, NeedState>

/** What nobody looks at while it looks for a way is open to all; the rest is worked on. */
const lookedAt: readonly NeedState[] = [
  'submitted',
  'acceptedVillage',
  'escalatedTownship',
  'escalatedDistrict',
  'screened',
  'policyReferral',
]

/** Where it lies on the board; closed ones lie nowhere. The database keeps the same in a column of its own. */
export const laneOf = (state: NeedState, level: Level): Lane | null =>
  isNeedClosed(state) ? null : level === 'district' && !lookedAt.includes(state) ? 'project' : level

/** The day on which somebody should have done something, from the day the state began. */
export function needDue(state: NeedState, from: Day, calendar: Calendar, addDays: (on: Day, days: number) => Day) {
  const within = needStateWords[state].within
  if (!within) return null
  return within.of === 'work' ? calendar.addWorkingDays(from, within.days) : addDays(from, within.days)
}

/** Whose hand it is: a level, the family, the clock, or whoever takes back what it was heard from. */
export type By = Level | 'holder' | 'officer' | 'family' | 'claimant' | 'bureau' | 'clock' | 'source'
/** What has to be given besides the step. */
export type Ask = 'reason' | 'note' | 'kind' | 'resource' | 'rating' | 'need' | 'other' | 'slip'

export interface NeedTransition {
  readonly step: NeedStep
  readonly from: readonly NeedState[]
  /** `held`: as its level holds it. `before`: where it was. */
  readonly to: NeedState | 'held' | 'before'
  /** Who holds it afterwards; undefined: who held it. */
  readonly level?: Level
  readonly by: readonly By[]
  readonly only?: 'urgent' | 'notCareful'
  readonly asks: readonly Ask[]
  /** On the button. */
  readonly words: Words
  /** In the list of steps. */
  readonly done: Words
}

export const needSteps = [
  'accept',
  'rise',
  'handDown',
  'screen',
  'refer',
  'answered',
  'recall',
  'askAgain',
  'pool',
  'design',
  'claim',
  'unclaim',
  'match',
  'assign',
  'decline',
  'start',
  'suspend',
  'resume',
  'deliver',
  'confirm',
  'dispute',
  'redo',
  'evaluate',
  'close',
  'reExplore',
  'reject',
  'giveBack',
  'resubmit',
  'withdraw',
  'unsay',
  'join',
  'part',
  'reopen',
] as const
export type NeedStep = (typeof needSteps)[number]

/** What a step depends on. */
export interface NeedStand {
  readonly state: NeedState
  readonly level: Level
  readonly urgent: boolean
  readonly careful: boolean
}

export const levelOfRole = (role: string): Level | undefined =>
  role === 'guide' || role === 'villageGroup'
    ? 'village'
    : role === 'townshipClerk'
      ? 'township'
      : role === 'districtOfficer' || role === 'operator'
        ? 'district'
        : undefined

function isBy(by: By, stand: NeedStand, role: string): boolean {
  const level = levelOfRole(role)
  // What is urgent stays with all three until one of them takes it.
  if (by === 'clock') return role === 'machine' && !(stand.urgent && stand.state === 'submitted')
  if (by === 'family') return role === 'resident'
  if (by === 'officer') return role === 'districtOfficer'
  // Who takes a wish, a bureau that answers a slip, and who undoes a delivery see no need: it moves with theirs.
  if (by === 'claimant' || by === 'bureau' || by === 'source') return false
  return by === 'holder' ? level === stand.level : level === by
}

/** What somebody may do with a need now; of one step there may be several ways, which never fit at once. */
export const needStepsOpen = (stand: NeedStand, role: string): NeedTransition[] =>
  needTransitions.filter(
    t =>
      t.from.includes(stand.state) &&
      (t.only === undefined || (t.only === 'urgent' ? stand.urgent : !stand.careful)) &&
      t.by.some(by => isBy(by, stand, role)),
  )

/** Where a way leads. `before` is what the need was before it was joined or closed. */
export function landing(t: NeedTransition, stand: NeedStand, before: NeedStand | undefined): NeedStand {
  const level = t.level ?? (t.to === 'before' ? (before?.level ?? stand.level) : stand.level)
  const state = t.to === 'held' ? heldBy[level] : t.to === 'before' ? (before?.state ?? heldBy[level]) : t.to
  return { ...stand, level, state }
}
