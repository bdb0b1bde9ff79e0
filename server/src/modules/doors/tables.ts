import type { Id } from '@zhulian/kernel'
import { tablesOf } from '../../platform/ctx.ts'
import type { MessageKind } from './kinds.ts'

export interface DoorsTables {
  'doors.subscription': SubscriptionRow
  'doors.message': MessageRow
  'doors.attempt': AttemptRow
  'doors.nonce': { district: string; key_id: Id; nonce: string; at: Date }
  'doors.province_batch': ProvinceBatchRow
  'doors.province_need': ProvinceNeedRow
}
export const doors = tablesOf<DoorsTables>()

export const subscriptionForms = ['webhook', 'province'] as const
export const subscriptionStates = ['active', 'paused', 'ended'] as const
export const pauseReasons = ['byPerson', 'gone', 'refused'] as const

export interface SubscriptionRow {
  district: string
  id: Id
  form: (typeof subscriptionForms)[number]
  name: string
  url: string
  kinds: MessageKind[]
  state: (typeof subscriptionStates)[number]
  why: (typeof pauseReasons)[number] | null
  version: number
  sealed_secret: Buffer
  sealed_old_secret: Buffer | null
  old_until: Date | null
  /** Calls in a row that brought nothing. */
  failures: number
  /** Answers in a row by which it says that it will never take them. */
  refusals: number
  not_before: Date | null
  heard_at: Date | null
  cursor: string | null
  /** Of the province: the page that was fetched last. */
  page_digest: Buffer | null
  pulled_at: Date | null
  made_at: Date
  made_by: Id
  changed_at: Date
  changed_by: Id
}

export const messageStates = ['waiting', 'delivered', 'dead'] as const
export const deathReasons = ['triesOver', 'daysOver', 'ended'] as const

export interface MessageRow {
  district: string
  id: Id
  subscription_id: Id
  kind: MessageKind
  about_id: Id
  body: string
  said_at: Date
  state: (typeof messageStates)[number]
  why: (typeof deathReasons)[number] | null
  tries: number
  replays: number
  next_at: Date | null
  since_at: Date
  ended_at: Date | null
}

export const attemptOutcomes = ['delivered', 'failed', 'refused', 'gone', 'slowDown'] as const

export interface AttemptRow {
  district: string
  id: Id
  message_id: Id
  at: Date
  ms: number
  outcome: (typeof attemptOutcomes)[number]
  status: number | null
  answer: string | null
}

export interface ProvinceBatchRow {
  district: string
  id: Id
  way: 'push' | 'pull'
  came_at: Date
  messages: number
  accepted: number
  duplicate: number
  quarantined: number
}

export const provinceStates = ['accepted', 'quarantined', 'setAside'] as const
export const provinceFaults = [
  'fieldWrong',
  'idNumberWrong',
  'notInRegistry',
  'otherName',
  'noHousehold',
  'contentChanged',
  'notProcessed',
] as const

export interface ProvinceNeedRow {
  district: string
  id: Id
  division: string
  subscription_id: Id
  external_id: string
  digest: Buffer
  state: (typeof provinceStates)[number]
  why: (typeof provinceFaults)[number] | null
  sealed_content: Buffer | null
  need_id: Id | null
  household_id: Id | null
  came: number
  version: number
  came_at: Date
  again_at: Date | null
  ended_at: Date | null
  ended_by: Id | null
  ended_name: string | null
}
