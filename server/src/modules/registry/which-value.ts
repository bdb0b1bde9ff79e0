import type { Day, Id } from '@zhulian/kernel'
import type { Source } from './tables.ts'

/** One source's word on one fact. */
export interface Said {
  readonly value: unknown
  readonly source: Source
  /** Who said it, as a person reads it: 人社, 医保, 导服员登记. */
  readonly origin: string
  /** The day it speaks of. */
  readonly asOf: Day
  readonly recordedAt: Date
  readonly recordedBy: Id
}

/** What decides which of several counts. */
export type Weighed = Omit<Said, 'recordedBy'>

// Money, and who somebody is before the law: a bureau's file goes before what a person said of it.
const money = [
  'wageMonthly',
  'businessIncomeMonthly',
  'propertyIncomeMonthly',
  'pensionMonthly',
  'basicResidentPensionMonthly',
  'otherTransferMonthly',
  'uncountedIncomeMonthly',
  'newJobSince',
  'income12m',
  'financialAssets',
  'motorVehicleCount',
  'motorVehicleValue',
  'nonResidentialPropertyCount',
  'housingCount',
  'soldHousingWithin5y',
  'enterpriseCapital',
  'medicalSelfPaid12m',
  'inScopeSelfPaidYear',
  'outOfScopeSelfPaidYear',
  'inScopeInpatientYear',
  'inScopeOutpatientYear',
  'educationExpense12m',
  'rehabExpense12m',
  'rentMonthly',
  'obligorSupportMonthly',
]
const identity = [
  'name',
  'idNumber',
  'birthDate',
  'sex',
  'ethnicity',
  'alive',
  'maritalStatus',
  'hukouDivisionCode',
  'hukouNature',
  'hasDisabilityCertificate',
  'disabilityKind',
  'disabilityLevel',
  'disabilityParts',
  'orphanClass',
  'parents',
  'certifiedTier',
  'tierSince',
  'tierUntil',
  'exitedTierWithin',
  'lowIncomeFarmer',
  'formerLowIncome4600',
  'formerPoor',
  'monitorClass',
  'jobDifficultyRecognised',
  'registeredUnemployed',
  'registeredUnemployedMonths',
  'isVeteran',
  'veteranPriorityGroup',
  'isMartyrFamily',
  'childOfMartyr',
  'medicalInsurance',
  'pensionScheme',
  'careLevelAssessed',
]
const feedFirst = new Set([...money, ...identity])

const strength = (fact: string, source: Source): number =>
  source === 'verified' ? 2 : source === 'feed' && feedFirst.has(fact) ? 1 : 0

/**
 * Orders what the sources say of one fact; the first is the value a judgement uses, the others stay beside it as rivals.
 * Verified goes before everything until somebody verifies again; for money and identities a feed goes before a
 * declaration; otherwise the newer day wins, then what was written down later.
 */
export function inOrderOfWeight<S extends Weighed>(fact: string, said: readonly S[]): S[] {
  return said.toSorted(
    (a, b) =>
      strength(fact, b.source) - strength(fact, a.source) ||
      (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : 0) ||
      b.recordedAt.getTime() - a.recordedAt.getTime(),
  )
}

/** The newest word of each source and origin: what an older file of the same bureau said is history, not a rival. */
export function newestOfEach<S extends Weighed>(said: readonly S[]): S[] {
  const newest = new Map<string, S>()
  for (const one of said) {
    const key = `${one.source} ${one.origin}`
    const known = newest.get(key)
    if (!known || one.asOf > known.asOf || (one.asOf === known.asOf && one.recordedAt >= known.recordedAt))
      newest.set(key, one)
  }
  return [...newest.values()]
}

/** The value a judgement uses. */
export const valueThatCounts = (fact: string, said: readonly Weighed[]): unknown =>
  inOrderOfWeight(fact, newestOfEach(said))[0]?.value
