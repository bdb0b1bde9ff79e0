import type { Day, Id, Words } from '@zhulian/kernel'
import type { AlertLevel, FactOf, Reason } from '@zhulian/rules'
import type { ColumnType, Selectable } from 'kysely'
import type { StoodBefore } from './follow-merge.ts'
import type { AlertState, AlertStep, Audience, Cause, MachineStep, Opinion, Verdict } from './alert.ts'

/** Written as text, read as the platform reads columns. */
type Json<T> = ColumnType<T, string | null, string | null>

export interface AlertsTables {
  'alerts.alert': AlertColumns
  /** As somebody's list shows them: the alerts that are for them, and of health matters that there are some. */
  'alerts.listed': AlertColumns
  'alerts.notice': NoticeRow
  'alerts.seen': SeenRow
  'alerts.ground': GroundColumns
  'alerts.minor_ground': MinorGroundColumns
  'alerts.step': StepColumns
  'alerts.turning': { district: string; household_id: Id; turns_on: Day; pool_version: string }
  'alerts.outcome': OutcomeColumns
  'alerts.merged_work': {
    district: string
    merge_id: Id
    alert_id: Id
    before: ColumnType<StoodBefore, string, never>
    moved_at: Date
    put_back_at: Date | null
  }
  'registry.v_household': { district: string; id: Id; division: string; circle: 1 | 2 | 3 | null; size: number }
  'registry.v_person': {
    district: string
    id: Id
    household_id: Id | null
    division: string
    birth_date: Day | null
    sex: 'male' | 'female' | null
    circle: 1 | 2 | 3 | null
  }
}

interface AlertColumns {
  district: string
  id: Id
  rule: string
  household_id: Id
  person_id: Id | null
  /** Who may see it: the village, or the township alone. */
  division: string
  village: string
  careful: boolean
  audience: Audience
  level: AlertLevel
  state: AlertState
  version: number
  /** The day of the happening, or the day on which it began to hold. */
  occurred_on: Day
  dated: boolean
  /** How bad it is hangs on what is not known. */
  open_question: boolean
  raised_at: Date
  judged_on: Day
  judged_at: Date
  pool_version: string
  given: Json<Readonly<Record<string, unknown>>>
  said_hash: string
  points: number | null
  points_parts: Json<readonly PointsPart[] | null>
  holder_id: Id | null
  holder_name: string | null
  sealed_who: Buffer | null
  due_at: Date | null
  due_on: Day | null
  near_told_at: Date | null
  late_told_at: Date | null
  task_id: Id | null
  verdict: Verdict | null
  verified_on: Day | null
  found_kind: string | null
  opinion: Opinion | null
  cause: Cause | null
  closed_at: Date | null
  changed_at: Date
  /** When the next step will have been taken, as fast as it usually goes; null where that is not known. */
  expected_at: Date | null
  /** The alert about the same happening that was there when this one followed a merge. */
  twin_of: Id | null
}
export type AlertRow = Selectable<AlertColumns>

/** Of a health matter what others learn: that there is one, how urgent, and with whom. */
interface NoticeRow {
  district: string
  alert_id: Id
  household_id: Id
  division: string
  level: AlertLevel
  state: AlertState
  version: number
  raised_at: Date
  raised_on: Day
  due_at: Date | null
  due_on: Day | null
  holder_id: Id | null
  holder_name: string | null
  pool_version: string
  changed_at: Date
}

export interface PointsPart {
  readonly item: string
  readonly dimension: string
  readonly label: Words
  readonly points: number
  readonly because: Words | null
}

export interface SeenRow {
  district: string
  alert_id: Id
  household_id: Id
  division: string
  audience: Audience
  careful: boolean
  times: number
  last_on: Day
  ceased_on: Day | null
}

/** A fact an alert rests on: who said it, and the day it speaks of. */
export interface GroundFact extends FactOf {
  readonly value: unknown
  readonly source: 'declared' | 'feed' | 'verified' | 'platform'
  readonly origin: string
  readonly asOf: Day
}

interface GroundColumns {
  district: string
  alert_id: Id
  /** The version of the alert that it made. */
  turn: number
  household_id: Id
  division: string
  audience: Audience
  careful: boolean
  facts: Json<readonly GroundFact[]>
  reasons: Json<readonly Reason[]>
  missing: Json<readonly FactOf[]>
  /** The alerts that were counted, by a rule that looks at several together. */
  counted: Json<readonly Id[]>
  tells_of_child: boolean
  judged_on: Day
  at: Date
}
export type GroundRow = Selectable<GroundColumns>

/** What of a ground tells of a child, behind the wall of the children's records. */
interface MinorGroundColumns
  extends Pick<
    GroundColumns,
    | 'district'
    | 'alert_id'
    | 'turn'
    | 'household_id'
    | 'division'
    | 'audience'
    | 'careful'
    | 'facts'
    | 'reasons'
    | 'missing'
  > {
  /** The day the last of the children it tells of comes of age. */
  minor_until: Day
}

interface StepColumns {
  district: string
  id: Id
  alert_id: Id
  turn: number
  household_id: Id
  division: string
  audience: Audience
  careful: boolean
  step: AlertStep | MachineStep
  from_state: AlertState | null
  to_state: AlertState
  at: Date
  on_day: Day
  by_id: Id
  by_name: string
  by_role: string
  facts: Json<Readonly<Record<string, string | number | boolean | null>>>
  sealed_note: Buffer | null
}
export type StepRow = Selectable<StepColumns>

interface OutcomeColumns {
  district: string
  id: Id
  alert_id: Id
  rule: string
  household_id: Id
  division: string
  audience: Audience
  /** `verdict.confirmed`, `finding.handled`, `opinion.helpNow`, `closed.helped`, `circle.entry` … */
  kind: string
  on_day: Day
  points: number | null
  points_parts: Json<readonly PointsPart[] | null>
  at: Date
}
