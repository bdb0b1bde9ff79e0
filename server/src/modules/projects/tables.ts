import type { Day, Id } from '@zhulian/kernel'
import type { Brand, BudgetState, EnrolmentState, ProjectState, ProjectStep } from './project.ts'

export interface ProjectsTables {
  'projects.project': ProjectRow
  'projects.step': ProjectStepRow
  'projects.project_count': { district: string; year: number; n: number }
  'projects.enrolment': EnrolmentRow
  'projects.spending': SpendingRow
  'projects.hand': { district: string; project_id: Id; step: HandStep; by_id: Id }
  'projects.card': CardRow
}

/** Steps whose hand stands in the project. */
export const handSteps = ['askBudget', 'approveBudget', 'name', 'sign', 'evaluate'] as const
export type HandStep = (typeof handSteps)[number]

export const fundKinds = ['enterprise', 'institution', 'personal', 'trust'] as const
export type FundKind = (typeof fundKinds)[number]

/** A service of the pool, how many units of it are planned, and what one costs in fen. */
export interface ProjectItem {
  readonly service: string
  readonly units: number
  readonly unitFen: number
}

/** What is to be reached and how it is seen. */
export interface Indicator {
  readonly words: string
  readonly target: number
  readonly unit: string
  readonly measured: string
}

export interface ProjectRow {
  district: string
  id: Id
  /** As it stands on paper. */
  number: string
  name: string
  brand: Brand
  state: ProjectState
  version: number
  purpose: string
  what_is_done: string
  for_whom: string
  limits: string
  safeguarding: string
  items: readonly ProjectItem[]
  services: string[]
  places: number
  /** Nine digits each; six: the whole district. */
  area: string[]
  /** In the language of the rules; null: for whoever a person says. */
  eligibility: string | null
  indicators: readonly Indicator[]
  from_on: Day
  until_on: Day
  fund_id: string | null
  fund_name: string | null
  fund_kind: FundKind | null
  /** The driver gives whole numbers of this width as text. */
  budget_fen: string | number | null
  budget_state: BudgetState
  budget_asked_at: Date | null
  budget_asked_by: Id | null
  budget_asked_name: string | null
  budget_approved_at: Date | null
  budget_approved_by: Id | null
  budget_approved_name: string | null
  organisation_id: Id | null
  organisation_name: string | null
  organisation_named_at: Date | null
  organisation_named_by: Id | null
  organisation_named_name: string | null
  signed_at: Date | null
  signed_by: Id | null
  signed_name: string | null
  evaluated_by: Id | null
  due_on: Day | null
  since_on: Day
  /** The service for which so many families had the same need that it was designed. */
  designed_item: string | null
  provenance: string[]
  made_up: boolean
  created_at: Date
  created_by: Id
  created_name: string
  changed_at: Date
}

export interface ProjectStepRow {
  district: string
  id: Id
  project_id: Id
  turn: number
  step: ProjectStep | 'begin' | 'change'
  from_state: ProjectState | null
  to_state: ProjectState
  at: Date
  on_day: Day
  by_id: Id
  by_name: string
  by_role: string
  sealed_note: Buffer | null
}

export const verdicts = ['eligible', 'ineligible', 'undetermined', 'noRule'] as const
export type EnrolmentVerdict = (typeof verdicts)[number]

export interface EnrolmentRow {
  district: string
  id: Id
  project_id: Id
  need_id: Id
  number: string
  /** The village where the family lives. */
  division: string
  household_id: Id
  person_id: Id | null
  masked_name: string
  careful: boolean
  /** It is about a child, who comes of age on this day. */
  minor_until: Day | null
  urgent: boolean
  circle: number | null
  told_on: Day
  state: EnrolmentState
  verdict: EnrolmentVerdict
  version: number
  asked_at: Date
  asked_on: Day
  asked_by: Id
  asked_name: string
  placed_at: Date | null
  placed_on: Day | null
  placed_by: Id | null
  placed_name: string | null
  left_at: Date | null
  left_on: Day | null
  left_as: 'served' | 'givenUp' | 'movedOn' | null
  left_by: Id | null
  sealed_despite: Buffer | null
  sealed_left: Buffer | null
}

/** What it says of itself to anybody, as a person read it. */
export interface CardRow {
  district: string
  project_id: Id
  name: string
  what_is_done: string
  for_whom: string
  limits: string
  /** Mark of the texts of the charter that were read. */
  charter: string
  shown: boolean
  version: number
  checked_at: Date
  checked_by: Id
  checked_name: string
}

export interface SpendingRow {
  district: string
  id: Id
  project_id: Id
  on_day: Day
  /** The driver gives whole numbers of this width as text. */
  amount_fen: string | number
  what: string
  /** Number of the bill or voucher. */
  paper: string
  needs_second: boolean
  version: number
  written_at: Date
  written_by: Id
  written_name: string
  confirmed_at: Date | null
  confirmed_by: Id | null
  confirmed_name: string | null
  struck_at: Date | null
  struck_by: Id | null
  struck_name: string | null
  struck_why: string | null
}
