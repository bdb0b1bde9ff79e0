import type { Channel, Day, Id, Words } from '@zhulian/kernel'
import type { Explanation, Weights } from '@zhulian/linkage'
import type { ColumnType, Generated, Selectable } from 'kysely'

/** Written as text, read as the platform reads columns. */
type Json<T> = ColumnType<T, string | null, string | null>

export interface RegistryTables {
  'registry.division': DivisionRow
  'registry.household': HouseholdRow
  'registry.person': PersonRow
  'registry.person_shown': PersonShownRow
  'registry.name_gram': NameGramRow
  'registry.membership': MembershipRow
  'registry.statement': StatementRow
  'registry.sealed_fact': SealedFactRow
  'registry.circle_change': CircleChangeRow
  'registry.link_weights': LinkWeightsRow
  'registry.pair_review': PairReviewRow
  'registry.person_merge': PersonMergeRow
  'registry.circle_decision': CircleDecisionRow
  'registry.minor_grant': MinorGrantRow
}

export type Circle = 1 | 2 | 3
export const tiers = ['none', 'tekun', 'dibao', 'dibian', 'zhichu'] as const
export type Tier = (typeof tiers)[number]
export const sources = ['declared', 'feed', 'verified'] as const
export type Source = (typeof sources)[number]

export interface DivisionRow {
  district: string
  code: string
  name: string
  kind: string
  parent: string
  /** Where it lies, where the district says so; with its tag of provenance. */
  lon: number | null
  lat: number | null
  ground: 'plain' | 'hills' | null
  position_provenance: string | null
}

export interface HouseholdRow {
  district: string
  id: Id
  division: string
  register_no: string | null
  head_id: Id | null
  size: number
  tier: Tier | null
  tier_since: Day | null
  tier_until: Day | null
  circle: Circle | null
  judged_circle: Circle | null
  judged_since: Day | null
  circle_because: Json<Words | null>
  /** Since when tier and circle are what they are; null for who has not moved since that is kept. */
  standing_at: Generated<Date | null>
  classes: Generated<string[]>
  traits: Generated<string[]>
  pool_version: string | null
  judged_on: Day | null
  version: Generated<number>
  made_up: boolean
  batch_id: Id | null
  /** Null where nobody wrote down how it was found. */
  channel: Channel | null
  created_at: Date
  created_by: Id
  changed_at: Date
  withdrawn_at: Date | null
}

/** Written here; read in {@link PersonShownRow} alone. */
type WrittenOnly<T> = ColumnType<never, T, T>

export interface PersonRow {
  district: string
  id: Id
  division: string
  household_id: Id | null
  name: WrittenOnly<string>
  pinyin: WrittenOnly<string>
  birth_date: WrittenOnly<Day | null>
  sex: WrittenOnly<'male' | 'female' | null>
  alive: boolean | null
  relation: string
  id_number: WrittenOnly<Buffer | null>
  id_blind: Buffer | null
  phone: WrittenOnly<Buffer | null>
  phone_blind: Buffer | null
  tier: Tier | null
  circle: Circle | null
  judged_circle: Circle | null
  judged_since: Day | null
  circle_because: Json<Words | null>
  made_up: boolean
  batch_id: Id | null
  created_at: Date
  created_by: Id
  withdrawn_at: Date | null
  merged_into: Generated<Id | null>
}

/** A person as far as who asks may know them: of a child who is closed a masked name, and none of the rest that tells who it is. */
export interface PersonShownRow
  extends Omit<PersonRow, 'name' | 'pinyin' | 'birth_date' | 'sex' | 'id_number' | 'phone'> {
  readonly name: string
  readonly pinyin: string
  readonly birth_date: Day | null
  readonly sex: 'male' | 'female' | null
  readonly id_number: Buffer | null
  readonly phone: Buffer | null
  readonly closed: boolean
}

export interface NameGramRow {
  district: string
  gram: Buffer
  division: string
  person_id: Id
  household_id: Id
}

export interface MembershipRow {
  district: string
  household_id: Id
  person_id: Id
  from_on: Day
  until_on: Day | null
  /** When that was written down. */
  ended_at: Date | null
  relation: string
  division: string
  batch_id: Id | null
  ended_batch_id: Id | null
  recorded_at: Date
  recorded_by: Id
  withdrawn_at: Date | null
}

export interface StatementRow {
  district: string
  id: Id
  household_id: Id
  person_id: Id | null
  division: string
  source: Source
  origin: string
  as_of: Day
  facts: Json<Record<string, unknown>>
  batch_id: Id | null
  recorded_at: Date
  recorded_by: Id
  withdrawn_at: Date | null
  /** The day the person it is about comes of age; null for all others. */
  minor_until: Day | null
  /** Read by the machine alone. */
  for_health: Generated<boolean>
}

export interface MinorGrantRow {
  district: string
  id: Id
  household_id: Id
  division: string
  reader_id: Id
  reader_name: string
  until_on: Day
  sealed_reason: Buffer
  granted_at: Date
  granted_by: Id
  granted_name: string
  ended_at: Date | null
  ended_by: Id | null
}

export interface SealedFactRow {
  district: string
  id: Id
  statement_id: Id
  household_id: Id
  division: string
  fact: string
  sealed: Buffer
  blind: Buffer
  recorded_at: Date
}

export interface CircleChangeRow {
  district: string
  id: Id
  household_id: Id
  person_id: Id | null
  division: string
  from_circle: Circle | null
  to_circle: Circle | null
  because: Json<Words | null>
  pool_version: string
  changed_on: Day
  recorded_at: Date
  recorded_by: Id
  basis: 'before' | 'file' | 'certified' | 'inward' | 'twoPeople'
  decision_id: Id | null
  proposed_by: Id | null
  confirmed_by: Id | null
}

export interface LinkWeightsRow {
  district: string
  feed: string
  weights: ColumnType<Weights, string, string>
  rows: number
  learnt_at: Date
}

/** `withdrawn`: the delivery was taken back, and nobody need look. */
export type PairState = 'open' | 'same' | 'different' | 'withdrawn'

export interface PairReviewRow {
  district: string
  id: Id
  division: string
  person_id: Id
  other_id: Id | null
  delivery_id: Id | null
  row_id: string | null
  clues: Buffer | null
  probability: number
  reason: string | null
  explanation: ColumnType<Explanation, string, string>
  state: Generated<PairState>
  raised_at: Date
  decided_at: Date | null
  decided_by: Id | null
  told_at: Date | null
}

/** How both stood before a merge: ids, days and names of columns, no value of anybody. */
export interface BeforeMerge {
  /** Columns of the one who was kept that were empty and were filled from the other. */
  readonly filled: readonly ('phone' | 'birth_date' | 'sex')[]
  readonly kept: StoodBefore
  readonly merged: StoodBefore
  /** Memberships that ended with the merge. */
  readonly ended: readonly { readonly household: Id; readonly person: Id; readonly from: Day }[]
  /** The membership the merge began, where the one who was kept had none there. */
  readonly begun: { readonly household: Id; readonly from: Day } | null
  /** What was said of a household that was emptied, and is said of the other one now. */
  readonly statements: readonly Id[]
  readonly emptied: Id | null
}

interface StoodBefore {
  readonly household: Id | null
  readonly relation: string
  readonly division: string
}

export interface PersonMergeRow {
  district: string
  id: Id
  division: string
  kept_id: Id
  merged_id: Id
  pair_id: Id | null
  household_id: Id | null
  left_household_id: Id | null
  reason: string
  before: ColumnType<BeforeMerge, string, never>
  merged_at: Date
  merged_by: Id
  undone_at: Date | null
  undone_by: Id | null
  undone_reason: string | null
}
export const decisionStates = ['proposed', 'confirmed', 'refused', 'withdrawn'] as const
export type DecisionState = (typeof decisionStates)[number]

export interface CircleMove {
  readonly person: Id | null
  readonly from: Circle | null
  readonly to: Circle | null
  readonly because: Words | null
}

interface OfWhom {
  readonly id: string
  readonly name: Words
  /** null of the household. */
  readonly person: Id | null
}

/** What help ends for a household, as two people read it before they decide. */
export interface HelpThatEnds {
  /** Compared are this day and that; null where nothing was known of the household before. */
  readonly before: Day | null
  readonly on: Day
  readonly lines: readonly (OfWhom & {
    readonly how: 'ends' | 'less' | 'unclear' | 'begins'
    /** Yuan a period; null where there is no figure. */
    readonly amount: number | null
    readonly atLeast: boolean
    readonly period: 'month' | 'year' | null
    readonly received: boolean
    /** Rests on an illustrative figure. */
    readonly example: boolean
  })[]
  readonly services: readonly OfWhom[]
  readonly notKnownBefore: readonly OfWhom[]
  /** Yuan a month. */
  readonly perMonth: number
  readonly isWhole: boolean
  /** What the household has a month by itself; null where that is not known. */
  readonly income: number | null
}

export interface CircleDecisionRow {
  district: string
  id: Id
  household_id: Id
  division: string
  kind: 'entry' | 'outward'
  moves: Json<readonly CircleMove[]>
  state: DecisionState
  alert_id: Id | null
  /** Whole yuan a month that would fall away; where `ends` is null, at the next step of income. */
  cliff_amount: number | null
  /** Outward: the help that ends, as it stood when it was proposed. */
  ends: Json<HelpThatEnds | null>
  sealed_reason: Buffer
  sealed_bridge: Buffer | null
  proposed_by: Id
  proposed_name: string
  proposed_role: string
  proposed_at: Date
  decided_by: Id | null
  decided_name: string | null
  decided_role: string | null
  decided_at: Date | null
  sealed_note: Buffer | null
}

export type CircleDecision = Selectable<CircleDecisionRow>
