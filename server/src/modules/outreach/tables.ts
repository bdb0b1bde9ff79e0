import type { Day, Duty, Id } from '@zhulian/kernel'
import type { ColumnType } from 'kysely'
import type { Outcome, Office, State } from './case.ts'
import type { DutyOrigin } from './duty.ts'
import type { StoodBefore } from './follow-merge.ts'
import type { LeadTables } from './leads/tables.ts'
import type { PairingTables } from './pairing/tables.ts'
import type { SlipTables } from './slips/tables.ts'
import type { Level, OriginKind, TaskState, VisitKind } from './task.ts'
import type { Result, Risk } from './visit-forms.ts'

export interface OutreachTables extends SlipTables, LeadTables, PairingTables {
  'outreach.submission': SubmissionRow
  'outreach.case': CaseRow
  'outreach.step': StepRow
  'outreach.filing': FilingRow
  'outreach.question': QuestionRow
  'outreach.task': TaskRow
  'outreach.visit': VisitRow
  'outreach.visit_edit': VisitEditRow
  'outreach.finding': FindingRow
  'outreach.attachment': AttachmentRow
  'outreach.device': DeviceRow
  'outreach.protected_note': ProtectedNoteRow
  'outreach.protected_household': { district: string; household_id: Id }
  'outreach.absence': AbsenceRow
  'outreach.held_move': HeldMoveRow
  'outreach.duty': DutyRow
  'outreach.handing': HandingRow
  'outreach.declined_move': DeclinedMoveRow
  'outreach.merged_work': MergedWorkRow
  'registry.v_division': { district: string; code: string; name: string; kind: string; parent: string }
}

export interface SubmissionRow {
  district: string
  id: Id
  screening_id: Id
  case_id: Id
  account_id: Id
  state: 'handedIn' | 'withdrawn'
  handed_in_at: Date
  withdrawn_at: Date | null
}

export interface CaseRow {
  district: string
  id: Id
  division: string
  village: string
  account_id: Id
  household_id: Id | null
  screening_id: Id
  submission_id: Id
  careful: boolean
  state: State
  version: number
  masked_name: string
  sealed_name: Buffer | null
  sealed_phone: Buffer | null
  sealed_note: Buffer | null
  wants: string[]
  /** What the family said it needs most. */
  needs: string[]
  /** When that became needs of its household. */
  needs_heard_at: Date | null
  holder_id: Id | null
  holder_name: string | null
  held_by: 'village' | 'township'
  due_on: Day | null
  came_in_at: Date
  accepted_at: Date | null
  changed_at: Date
  closed_at: Date | null
  outcome: Outcome | null
  sealed_outcome_note: Buffer | null
  late_told_on: Day | null
}

export interface StepRow {
  district: string
  id: Id
  case_id: Id
  /** The version of the case that the step made. */
  turn: number
  division: string
  account_id: Id
  step: string
  from_state: State | null
  to_state: State
  at: Date
  done_on: Day
  by_id: Id
  by_name: string
  office: Office
  facts: Record<string, string | number | boolean | null>
  sealed_note: Buffer | null
}

export type PaperState = 'seen' | 'copied' | 'notNeeded' | 'missing'

export interface FilingRow {
  district: string
  id: Id
  case_id: Id
  division: string
  account_id: Id
  policy: string
  person: string | null
  filed_on: Day
  filed_at: string
  papers: { paper: string; state: PaperState }[]
  missing: number
  by_id: Id
  by_name: string
  at: Date
}

export interface QuestionRow {
  district: string
  id: Id
  case_id: Id
  division: string
  account_id: Id
  sealed_text: Buffer
  asked_at: Date
  due_on: Day
  sealed_answer: Buffer | null
  answered_at: Date | null
  answered_by: Id | null
}

export interface TaskRow {
  district: string
  id: Id
  division: string
  village: string
  careful: boolean
  household_id: Id
  person_id: Id | null
  kind: VisitKind
  origin_kind: OriginKind
  origin_id: Id
  /** Which of the four duties it is a piece of, where whoever opened it said so. */
  duty: Duty | null
  level: Level | null
  state: TaskState
  version: number
  sealed_why: Buffer | null
  holder_id: Id | null
  holder_name: string | null
  held_by: 'village' | 'township'
  due_on: Day
  opened_at: Date
  changed_at: Date
  closed_at: Date | null
  sealed_reason: Buffer | null
  late_told_on: Day | null
}

export interface VisitRow {
  district: string
  id: Id
  task_id: Id
  household_id: Id
  division: string
  careful: boolean
  form: VisitKind
  /** How many edits it has, so that a telephone knows whether it has seen them all. */
  edits: number
  opened_at: Date
  visited_on: Day | null
  submitted_at: Date | null
  submitted_by: Id | null
  submitted_name: string | null
}

export interface VisitEditRow {
  district: string
  id: Id
  visit_id: Id
  division: string
  careful: boolean
  field: string
  /** Of a field about a child: until when, and in which household. */
  minor_until: Day | null
  minor_household: Id | null
  device_id: Id
  counter: number
  base: string[]
  sealed_value: Buffer
  by_id: Id
  by_name: string
  made_at: Date
  received_at: Date
}

export interface FindingRow {
  district: string
  id: Id
  visit_id: Id
  task_id: Id
  household_id: Id
  person_id: Id | null
  division: string
  careful: boolean
  result: Result
  risk: Risk
  /** Services of the pool, or `other`. */
  needs: string[]
  next_on: Day | null
  sealed_note: Buffer | null
  found_on: Day
  found_at: Date
  found_by: Id
  found_name: string
}

export interface AttachmentRow {
  district: string
  id: Id
  visit_id: Id
  division: string
  careful: boolean
  kind: 'photo' | 'signature' | 'voice'
  type: string
  bytes: number
  digest: string
  sealed_content: Buffer
  taken_at: Date
  received_at: Date
  by_id: Id
  by_name: string
}

export interface DeviceRow {
  district: string
  id: Id
  account_id: Id
  name: string
  secret_hash: Buffer
  registered_at: Date
  seen_at: Date
  revoked_at: Date | null
  revoked_by: Id | null
}

export interface ProtectedNoteRow {
  district: string
  id: Id
  household_id: Id
  /** Accounts. */
  readers: string[]
  sealed_text: Buffer
  at: Date
  by_id: Id
  by_name: string
}

export interface AbsenceRow {
  district: string
  id: Id
  division: string
  guide_id: Id
  guide_name: string
  from_on: Day
  /** The first day at work again. */
  back_on: Day
  /** Null: the township. */
  stand_in_id: Id | null
  stand_in_name: string | null
  set_by: Id
  set_by_name: string
  set_at: Date
  ended_at: Date | null
  ended_by: Id | null
}

export interface HeldMoveRow {
  district: string
  id: Id
  handing_id: Id
  division: string
  kind: 'task' | 'case'
  subject_id: Id
  before_state: string
  before_due_on: Day | null
  version_after: number
  moved_by: Id
  moved_at: Date
  put_back_at: Date | null
}

export interface DutyRow {
  district: string
  id: Id
  division: string
  careful: boolean
  household_id: Id | null
  kind: Duty
  origin_kind: DutyOrigin
  origin_id: Id | null
  sealed_note: Buffer | null
  begun_on: Day
  done_on: Day | null
  by_id: Id
  by_name: string
  at: Date
  /** The office's day on which it was noted, or noted as done. */
  noted_on: Day
  taken_back_at: Date | null
}

export interface HandingRow {
  district: string
  id: Id
  division: string
  village: string
  /** Counts the hand-overs of a village. */
  turn: number
  /** Null: taken from nobody, the guide serves it beside those who do. */
  from_id: Id | null
  from_name: string | null
  to_id: Id
  to_name: string
  sealed_reason: Buffer
  from_grant: Id | null
  to_grant: Id | null
  handed_on: Day
  by_id: Id
  by_name: string
  at: Date
  undone_at: Date | null
  undone_by: Id | null
}

export interface DeclinedMoveRow {
  district: string
  id: Id
  division: string
  village: string
  from_id: Id | null
  to_id: Id
  sealed_reason: Buffer
  by_id: Id
  by_name: string
  at: Date
  /** Not suggested again before this day. */
  until_on: Day
  taken_back_at: Date | null
}

export interface MergedWorkRow {
  district: string
  merge_id: Id
  kind: 'task' | 'case'
  subject_id: Id
  /** Of a case the household alone. Written as text, read as the platform reads columns. */
  before: ColumnType<Partial<StoodBefore> & Pick<StoodBefore, 'household_id'>, string, never>
  version_after: number
  moved_at: Date
  put_back_at: Date | null
}
