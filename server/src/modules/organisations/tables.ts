import type { Day, Id } from '@zhulian/kernel'
import { tablesOf } from '../../platform/ctx.ts'

export const organisationKinds = ['socialOrganisation', 'firm', 'publicBody'] as const
export type OrganisationKind = (typeof organisationKinds)[number]

export const stages = ['seedling', 'incubating', 'mature', 'left'] as const
export type Stage = (typeof stages)[number]

export const qualificationKinds = [
  'registration',
  'socialWork',
  'medical',
  'rehabilitation',
  'counselling',
  'training',
  'employmentAgency',
  'childCare',
  'food',
  'other',
] as const

/** `operation`: runs a hub; `services`: is paid for services; `cooperation`: helps without pay. */
export const contractKinds = ['operation', 'services', 'cooperation'] as const

export const proofs = ['returned', 'deleted', 'nothingHeld'] as const

export const organisationSteps = [
  'add',
  'stage',
  'write',
  'sign',
  'discard',
  'end',
  'warn',
  'askProof',
  'proof',
] as const

export interface OrganisationRow {
  district: string
  id: Id
  kind: OrganisationKind
  name: string
  credit_code: string | null
  /** Six, nine or twelve digits: where it has its office. */
  seat: string
  purpose: string
  stage: Stage
  /** Anybody may read of it. */
  shown: boolean
  sealed_contact: Buffer | null
  version: number
  added_on: Day
  added_at: Date
  added_by: Id
  added_name: string
}

export interface QualificationRow {
  district: string
  id: Id
  organisation_id: Id
  kind: (typeof qualificationKinds)[number]
  number: string
  issuer: string | null
  /** The last day; null: it does not run out. */
  valid_until: Day | null
  checked_on: Day
  checked_at: Date
  checked_by: Id
  checked_name: string
  withdrawn_on: Day | null
  withdrawn_by: Id | null
  withdrawn_name: string | null
}

export interface CapacityRow {
  district: string
  organisation_id: Id
  /** Of the pool. */
  service: string
  /** At the same time; 0: not any more. */
  places: number
  /** Townships and villages; the district's six digits stand for all. */
  area: string[]
  version: number
  set_at: Date
  set_by: Id
  set_name: string
}

export interface ContractRow {
  district: string
  id: Id
  organisation_id: Id
  kind: (typeof contractKinds)[number]
  number: string | null
  subject: string
  /** Of the pool; none named: all that it can give. */
  services: string[]
  /** The hub it runs. */
  hub: string | null
  /** PostgreSQL gives a bigint as text. */
  amount_fen: string | number
  provenance: string | null
  from_on: Day
  /** The last day on which it holds, unless it was ended before. */
  until_on: Day
  renews_id: Id | null
  version: number
  written_at: Date
  written_by: Id
  written_name: string
  signed_at: Date | null
  signed_by: Id | null
  signed_name: string | null
  discarded_at: Date | null
  discarded_by: Id | null
  ended_on: Day | null
  ended_at: Date | null
  ended_by: Id | null
  ended_name: string | null
  end_reason: string | null
  warned_on: Day | null
  proof_asked_on: Day | null
  proof: (typeof proofs)[number] | null
  proof_note: string | null
  proof_on: Day | null
  proof_by: Id | null
  proof_name: string | null
}

export interface AccessRow {
  district: string
  contract_id: Id
  organisation_id: Id
  from_on: Day
  until_on: Day
  /** Of the contract. */
  signed_by: Id | null
}

export interface StepRow {
  district: string
  id: Id
  organisation_id: Id
  contract_id: Id | null
  step: (typeof organisationSteps)[number]
  from_stage: Stage | null
  to_stage: Stage | null
  note: string | null
  at: Date
  on_day: Day
  by_id: Id
  by_name: string
}

export interface OrganisationsTables {
  'organisations.organisation': OrganisationRow
  'organisations.qualification': QualificationRow
  'organisations.capacity': CapacityRow
  'organisations.contract': ContractRow
  'organisations.access': AccessRow
  'organisations.step': StepRow
}

export const organisations = tablesOf<OrganisationsTables>()
