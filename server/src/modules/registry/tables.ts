import type { Day, Id, Words } from '@zhulian/kernel'
import type { ColumnType, Generated } from 'kysely'

/** Written as text, read as the platform reads columns. */
type Json<T> = ColumnType<T, string | null, string | null>

export interface RegistryTables {
  'registry.division': DivisionRow
  'registry.household': HouseholdRow
  'registry.person': PersonRow
  'registry.name_gram': NameGramRow
  'registry.membership': MembershipRow
  'registry.statement': StatementRow
  'registry.sealed_fact': SealedFactRow
  'registry.circle_change': CircleChangeRow
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
  classes: Generated<string[]>
  traits: Generated<string[]>
  pool_version: string | null
  judged_on: Day | null
  version: Generated<number>
  made_up: boolean
  batch_id: Id | null
  created_at: Date
  created_by: Id
  changed_at: Date
  withdrawn_at: Date | null
}

export interface PersonRow {
  district: string
  id: Id
  division: string
  household_id: Id | null
  name: string
  pinyin: string
  birth_date: Day | null
  sex: 'male' | 'female' | null
  alive: boolean | null
  relation: string
  id_number: Buffer | null
  id_blind: Buffer | null
  phone: Buffer | null
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
}
