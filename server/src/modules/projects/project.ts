import type { Day, Id, Words } from '@zhulian/kernel'
import type { Calendar } from '../../platform/calendar.ts'
import { projectTransitions } from './project-transitions.ts'

/**
 * What a project is (帮扶项目): the same need of many families, met together, with money and an organisation. The states are here, the
 * ways between them in `project-transitions.ts`; what the server lets through, buttons, clocks, the words of its steps and the picture in
 * docs/projects.md all come from these two tables.
 * @source domain §7.6; days are illustrative [I]
 */
export const projectStates = [
  'draft',
  'callOpen',
  'contracted',
  'running',
  'ended',
  'evaluated',
  'settled',
  'archived',
] as const
export type ProjectState = (typeof projectStates)[number]

interface StateWords {
  readonly words: Words
  /** Working days within which somebody has to do something; `period`: until the project's last day; `call`: until offers are in. */
  readonly within?: number | 'period' | 'call'
}

export const projectStateWords: Readonly<Record<ProjectState, StateWords>> = {
  draft: { words: { zh: '草稿', en: 'Draft' }, within: 20 },
  callOpen: { words: { zh: '征集承接方', en: 'Call open' }, within: 'call' },
  contracted: { words: { zh: '已签约', en: 'Contracted' }, within: 10 },
  running: { words: { zh: '实施中', en: 'Running' }, within: 'period' },
  ended: { words: { zh: '已结束', en: 'Ended' }, within: 20 },
  evaluated: { words: { zh: '已评估', en: 'Evaluated' }, within: 20 },
  settled: { words: { zh: '已结算', en: 'Settled' }, within: 20 },
  archived: { words: { zh: '已归档', en: 'Archived' } },
}

export const budgetStates = ['none', 'asked', 'approved'] as const
export type BudgetState = (typeof budgetStates)[number]

/** Brands of the source document: 助学、助医、助困、助残. */
export const brands = ['study', 'medical', 'hardship', 'disability'] as const
export type Brand = (typeof brands)[number]
export const brandWords: Readonly<Record<Brand, Words>> = {
  study: { zh: '助学', en: 'Study' },
  medical: { zh: '助医', en: 'Medical care' },
  hardship: { zh: '助困', en: 'Hardship' },
  disability: { zh: '助残', en: 'Disability' },
}

/** The hub's people and the district's officers write projects; the officers alone approve money, sign and settle. */
export type By = 'hub' | 'officer'
/** What has to be given besides the step. */
export type Ask = 'reason' | 'note' | 'amount' | 'organisation' | 'until' | 'places'
/** Who may not be the same person as who takes the step. */
export type NotBy = 'budgetAsker' | 'organisationNamer' | 'evaluator'
export type When = 'noBudget' | 'budgetAsked' | 'budgetApproved' | 'named' | 'unsigned'

export const projectSteps = [
  'askBudget',
  'takeBackBudget',
  'approveBudget',
  'refuseBudget',
  'reopenBudget',
  'openCall',
  'closeCall',
  'name',
  'sign',
  'start',
  'changePlaces',
  'end',
  'resume',
  'evaluate',
  'sendBack',
  'settle',
  'archive',
  'drop',
  'revive',
] as const
export type ProjectStep = (typeof projectSteps)[number]

export interface ProjectTransition {
  readonly step: ProjectStep
  readonly from: readonly ProjectState[]
  readonly to: ProjectState | 'same'
  readonly by: By
  readonly when?: readonly When[]
  readonly notBy?: NotBy
  readonly asks: readonly Ask[]
  /** On the button. */
  readonly words: Words
  /** In the list of steps. */
  readonly done: Words
}

/** What a step depends on. */
export interface ProjectStand {
  readonly state: ProjectState
  readonly budget: BudgetState
  readonly named: boolean
  readonly signed: boolean
  readonly budgetAsker: Id | null
  readonly organisationNamer: Id | null
  readonly evaluator: Id | null
}

const holds: Readonly<Record<When, (stand: ProjectStand) => boolean>> = {
  noBudget: stand => stand.budget === 'none',
  budgetAsked: stand => stand.budget === 'asked',
  budgetApproved: stand => stand.budget === 'approved',
  named: stand => stand.named,
  unsigned: stand => !stand.signed,
}

const isBy = (by: By, role: string): boolean => role === 'districtOfficer' || (by === 'hub' && role === 'operator')

/** Steps that fit where the project is and the role, also those that another person has to take. */
const fitting = (stand: ProjectStand, role: string): ProjectTransition[] =>
  projectTransitions.filter(
    t => t.from.includes(stand.state) && isBy(t.by, role) && (t.when ?? []).every(when => holds[when](stand)),
  )

/** What somebody may do with a project now. */
export const projectStepsOpen = (stand: ProjectStand, role: string, account: Id): ProjectTransition[] =>
  fitting(stand, role).filter(t => t.notBy === undefined || stand[t.notBy] !== account)

/** The step is there, but not for who took the one before it. */
export const isForAnother = (stand: ProjectStand, role: string, account: Id, step: ProjectStep): boolean =>
  fitting(stand, role).some(t => t.step === step && t.notBy !== undefined && stand[t.notBy] === account)

/** The charter is written while nobody has asked for money by it. */
export const isWritable = (stand: ProjectStand): boolean => stand.state === 'draft' && stand.budget === 'none'

/** The day on which somebody should have done something. */
export function projectDue(
  state: ProjectState,
  from: Day,
  { until, call }: { readonly until: Day; readonly call?: Day | undefined },
  calendar: Calendar,
): Day | null {
  const { within } = projectStateWords[state]
  if (within === undefined) return null
  if (within === 'period') return until
  if (within === 'call') return call ?? null
  return calendar.addWorkingDays(from, within)
}

/** A need in a project. */
export const enrolmentStates = ['designed', 'waiting', 'placed', 'left'] as const
export type EnrolmentState = (typeof enrolmentStates)[number]
export const enrolmentStateWords: Readonly<Record<EnrolmentState, Words>> = {
  designed: { zh: '为它设计', en: 'Designed for' },
  waiting: { zh: '排队', en: 'Waiting' },
  placed: { zh: '有名额', en: 'Has a place' },
  left: { zh: '已离开', en: 'Gone' },
}

export interface InTurn {
  readonly id: Id
  readonly urgent: boolean
  readonly circle: number | null
  readonly told_on: Day
  /** As it stands on paper; they count on within a day. */
  readonly number: string
}

/** Whose turn it is: what is urgent, then the inner circle, then who said it first. */
export const byTurn = (a: InTurn, b: InTurn): number =>
  Number(b.urgent) - Number(a.urgent) ||
  (a.circle ?? 9) - (b.circle ?? 9) ||
  (a.told_on < b.told_on ? -1 : a.told_on > b.told_on ? 1 : 0) ||
  (a.number < b.number ? -1 : 1)
