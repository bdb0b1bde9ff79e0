import type { Day, Id } from '@zhulian/kernel'
import type { Lane, Level, NeedState, NeedStep } from './need.ts'
import type { WishState } from './wish.ts'

export interface WishesTables {
  'wishes.need': NeedRow
  'wishes.need_step': NeedStepRow
  'wishes.merged_need': MergedNeedRow
  'wishes.need_count': { district: string; township: string; on_day: Day; n: number }
  'wishes.resource': ResourceRow
  'wishes.wish': WishRow
}

export const needKinds = ['policy', 'service', 'wish', 'emergency'] as const
export type NeedKind = (typeof needKinds)[number]

export const origins = [
  'guide',
  'resident',
  'visit',
  'interview',
  'helper',
  'alert',
  'assessment',
  'evaluation',
  'partner',
  'province',
] as const
export type Origin = (typeof origins)[number]

/** What the house says of a step it took itself; the screen has the words. */
export const saidCodes = ['overTime', 'heardAgain', 'groundGone'] as const

export interface Said {
  readonly code: (typeof saidCodes)[number]
  /** Who told it again, or what it was heard from. */
  readonly origin?: Origin
  /** The day by which it was to be done. */
  readonly on?: Day
}

export interface NeedRow {
  district: string
  id: Id
  /** As it stands on paper. */
  number: string
  /** The village where the family lives. */
  division: string
  household_id: Id
  person_id: Id | null
  careful: boolean
  urgent: boolean
  state: NeedState
  level: Level
  /** The database works it out. */
  readonly lane: Lane | null
  version: number
  kind: NeedKind | null
  /** A policy or a service of the pool. */
  item: string | null
  origin: Origin
  origin_id: Id | null
  masked_name: string
  sealed_words: Buffer
  told_on: Day
  told_at: Date
  told_by: Id
  told_name: string
  due_on: Day | null
  since_on: Day
  changed_at: Date
  closed_at: Date | null
  late_told_on: Day | null
  resource_id: Id | null
  joined_id: Id | null
  after_id: Id | null
  /** By which a bureau was asked. */
  slip_id: Id | null
  /** What of the pool its words may be about, where nobody has sorted it. */
  guess: string | null
  /** From 1 to 5. */
  rating: number | null
  /** Told in another home, before two records became one person. */
  elsewhere: boolean
  /** It is about a child, who comes of age on this day. */
  minor_until: Day | null
  /** Who took back what it was heard from, where nobody had touched it. */
  ground_gone_by: Id | null
  /** What it was heard from was taken back after somebody had touched it; until who holds it takes a step. */
  look_again: boolean
}

export interface MergedNeedRow {
  district: string
  merge_id: Id
  need_id: Id
  household_id: Id
  person_id: Id | null
  village: string
  elsewhere: boolean
  moved_at: Date
  put_back_at: Date | null
}

export interface NeedStepRow {
  district: string
  id: Id
  need_id: Id
  turn: number
  division: string
  careful: boolean
  minor_until: Day | null
  minor_household: Id | null
  step: NeedStep | 'tell' | 'again' | 'overdue' | 'groundGone'
  from_state: NeedState | null
  to_state: NeedState
  from_level: Level | null
  to_level: Level
  at: Date
  on_day: Day
  by_id: Id
  by_name: string
  by_role: string
  sealed_note: Buffer | null
  /** What told it again. */
  origin_id: Id | null
  /** What the house says of it, for whoever shows it to put into words. */
  said: Said['code'] | null
  said_of: Omit<Said, 'code'> | null
}

export const resourceKinds = ['person', 'organisation', 'goods', 'skill', 'place'] as const

export interface ResourceRow {
  district: string
  id: Id
  /** Six, nine or twelve digits: whose it is. */
  division: string
  kind: (typeof resourceKinds)[number]
  name: string
  offers: string
  items: string[]
  places: number
  hours: string | null
  /** Anybody may read of it. */
  shown: boolean
  sealed_contact: Buffer | null
  version: number
  from_on: Day
  until_on: Day | null
  added_at: Date
  added_by: Id
  added_name: string
}

export interface WishRow {
  district: string
  id: Id
  need_id: Id
  /** Nine digits; null where there are too few people alike in one. */
  township: string | null
  band: string | null
  item: string | null
  words: string
  alike: number
  state: WishState
  version: number
  published_on: Day
  published_at: Date
  published_by: Id
  until_on: Day
  taken_by: Id | null
  taken_name: string | null
  taken_organisation: Id | null
  taken_at: Date | null
  taken_on: Day | null
  agreed_at: Date | null
  agreed_name: string | null
  sealed_whom: Buffer | null
  thanks: string | null
  ended_at: Date | null
}
