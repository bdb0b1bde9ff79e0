import type { Day, Id } from '@zhulian/kernel'
import type { OrderState, OrderStep } from './order.ts'

export interface OrderTables {
  'projects.work_order': OrderRow
  'projects.order_count': { district: string; township: string; on_day: Day; n: number }
  'projects.order_step': OrderStepRow
  'projects.order_visit': OrderVisitRow
  'projects.order_evidence': OrderEvidenceRow
  'projects.adult': AdultRow
  'projects.volunteer': VolunteerRow
  'projects.class_day': ClassDayRow
  'projects.training_class': ClassRow
  'projects.class_seat': SeatRow
  'projects.attendance': AttendanceRow
  'projects.placement': PlacementRow
  'projects.placement_check': PlacementCheckRow
  'projects.device': DeviceRow
  'projects.loan': LoanRow
  'projects.work_month': WorkMonthRow
}

/** Why the house called an order off or asked for it again. */
export const orderSaid = ['metOtherwise', 'needGone', 'needBack'] as const

export interface OrderRow {
  district: string
  id: Id
  /** As it stands on paper. */
  number: string
  /** The village where the family lives. */
  division: string
  need_id: Id
  household_id: Id
  person_id: Id | null
  /** Of a need told in another home: not for the telephone of this one. */
  elsewhere: boolean
  /** For the township and above, and for who delivers. */
  careful: boolean
  /** It is about a child, who comes of age on this day. */
  minor_until: Day | null
  project_id: Id | null
  provider_id: Id
  provider_name: string
  /** A service of the pool. */
  service: string
  /** A child is there. */
  guarded: boolean
  planned_units: number
  /** Fen; the driver gives whole numbers of this width as text. */
  unit_price: number | string
  start_by: Day
  due_by: Day
  state: OrderState
  version: number
  masked_name: string
  sealed_whom: Buffer
  sealed_what: Buffer
  sealed_code: Buffer
  code_misses: number
  due_on: Day | null
  since_on: Day
  created_on: Day
  created_by: Id
  created_name: string
  changed_at: Date
  ended_at: Date | null
  done_by: Id | null
  checked_by: Id | null
}

export interface OrderStepRow {
  district: string
  id: Id
  order_id: Id
  turn: number
  division: string
  provider_id: Id
  careful: boolean
  minor_until: Day | null
  minor_household: Id | null
  step: OrderStep | 'create' | 'newCode' | 'asked' | 'corrected'
  from_state: OrderState | null
  to_state: OrderState
  at: Date
  on_day: Day
  by_id: Id
  by_name: string
  by_role: string
  sealed_note: Buffer | null
  /** What the house says of it, for whoever shows it to put into words. */
  said: (typeof orderSaid)[number] | null
}

export interface OrderVisitRow {
  district: string
  id: Id
  order_id: Id
  division: string
  provider_id: Id
  careful: boolean
  minor_until: Day | null
  minor_household: Id | null
  on_day: Day
  units: number
  proved: 'code' | 'signature' | null
  adults: Id[]
  score: number | null
  sealed_words: Buffer
  by_id: Id
  by_name: string
  at: Date
  flagged: boolean
  seen_by: Id | null
  seen_name: string | null
  seen_at: Date | null
  sealed_seen: Buffer | null
}

export const evidenceKinds = ['photo', 'signature'] as const

export interface OrderEvidenceRow {
  district: string
  id: Id
  order_id: Id
  visit_id: Id
  division: string
  provider_id: Id
  careful: boolean
  minor_until: Day | null
  minor_household: Id | null
  kind: (typeof evidenceKinds)[number]
  agreed: boolean
  type: string
  bytes: number
  digest: string
  sealed_content: Buffer
  at: Date
  by_id: Id
  by_name: string
}

export interface AdultRow {
  district: string
  id: Id
  provider_id: Id
  name: string
  vetted_on: Day
  valid_until: Day
  vetted_by: Id
  vetted_name: string
  ended_on: Day | null
  ended_why: string | null
  ended_by: Id | null
  /** Who offered to help, where they did so before. */
  volunteer_id: Id | null
}

export const callings = ['student', 'teacher', 'retired', 'worker', 'other'] as const

export interface VolunteerRow {
  district: string
  id: Id
  provider_id: Id
  name: string
  calling: (typeof callings)[number]
  helped: boolean | null
  agreed_on: Day
  offered_by: Id
  offered_name: string
  offered_at: Date
  gone_on: Day | null
  gone_why: string | null
  gone_by: Id | null
}

export interface ClassDayRow {
  district: string
  class_id: Id
  on_day: Day
  provider_id: Id
  hours: number
  adults: Id[]
  by_id: Id
  by_name: string
  at: Date
}

export interface ClassRow {
  district: string
  id: Id
  provider_id: Id
  project_id: Id | null
  name: string
  from_on: Day
  until_on: Day
  days: number
  places: number
  added_by: Id
  added_at: Date
}

export interface SeatRow {
  district: string
  class_id: Id
  order_id: Id
  provider_id: Id
  certificate: string | null
  certified_on: Day | null
  certified_by: Id | null
}

export interface AttendanceRow {
  district: string
  class_id: Id
  on_day: Day
  order_id: Id
  provider_id: Id
  came: boolean
  by_id: Id
  at: Date
}

export interface PlacementRow {
  district: string
  order_id: Id
  division: string
  provider_id: Id
  careful: boolean
  minor_until: Day | null
  minor_household: Id | null
  employer: string
  job: string
  began_on: Day
  noted_by: Id
  noted_at: Date
}

export interface PlacementCheckRow {
  district: string
  order_id: Id
  month: number
  division: string
  provider_id: Id
  careful: boolean
  minor_until: Day | null
  minor_household: Id | null
  kept: boolean
  on_day: Day
  by_id: Id
  by_name: string
}

export interface DeviceRow {
  district: string
  id: Id
  provider_id: Id
  name: string
  mark: string
  gone_on: Day | null
  added_by: Id
  added_at: Date
}

export const returnedStates = ['good', 'worn', 'broken', 'lost'] as const

export interface LoanRow {
  district: string
  id: Id
  device_id: Id
  order_id: Id
  provider_id: Id
  lent_on: Day
  due_on: Day
  returned_on: Day | null
  returned_state: (typeof returnedStates)[number] | null
  returned_by: Id | null
  lent_by: Id
  lent_at: Date
}

export interface WorkMonthRow {
  district: string
  order_id: Id
  /** Its first day. */
  month: Day
  division: string
  provider_id: Id
  careful: boolean
  minor_until: Day | null
  minor_household: Id | null
  days: number
  hours: number
  pieces: number | null
  /** The driver gives whole numbers of this width as text. */
  pay_fen: number | string
  paid_on: Day | null
  noted_by: Id
  noted_name: string
  noted_at: Date
}
