import { addDays, type Day, fromEpochDay, epochDay } from '@zhulian/kernel'
import type { Household, Person, Tier } from './second-reading.ts'

/** A stream of numbers in [0, 1), the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const kinds = ['visual', 'hearing', 'speech', 'physical', 'intellectual', 'mental', 'multiple'] as const
const parentsOf = {
  none: ['present', 'present'],
  orphan: ['deceased', 'missing'],
  deFactoUnsupported: ['deceased', 'lostContact6m'],
} as const
const stages = [
  'preschool',
  'primary',
  'junior',
  'seniorHigh',
  'vocational',
  'juniorCollege',
  'undergraduate',
  'postgraduate',
  'newlyAdmittedUndergraduate',
  'specialSchool',
] as const
const work = [
  'employed',
  'selfEmployed',
  'flexible',
  'farming',
  'unemployed',
  'unableToWork',
  'retired',
  'homemaker',
] as const
const events = [
  'fire',
  'trafficAccident',
  'suddenIllness',
  'accidentalInjury',
  'deathOfBreadwinner',
  'naturalDisaster',
  'disaster',
  'violence',
  'jobLoss',
  'divorce',
  'birth',
  'other',
] as const

/** A household of which everything is known, close to the lines that decide. */
export function anyHousehold(seed: number, on: Day): { household: Household; persons: Person[] } {
  const next = numbers(seed)
  const chance = (share: number) => next() < share
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const money = (most: number) =>
    chance(0.4) ? 0 : chance(0.25) ? whole(0, most * 100) / 100 : whole(0, most / 50) * 50
  const poor = chance(0.7)
  const size = whole(1, 5)
  const someAgo = (days: number) => addDays(on, -whole(0, days))

  const persons: Person[] = Array.from({ length: size }, (_, i) => {
    const age = i === 0 ? whole(18, 90) : pick([whole(0, 17), whole(14, 20), whole(18, 65), whole(55, 90)])
    // Birthdays on the very day happen.
    const birthDate = chance(0.2)
      ? (`${Number(on.slice(0, 4)) - age}${on.slice(4)}` as Day)
      : addDays(on, -Math.floor((age + next()) * 365.25))
    const certificate = chance(0.35)
    const kind = certificate ? pick(kinds) : null
    const student = age >= 3 && age <= 24 && chance(0.7)
    const stage = student ? pick(stages) : 'none'
    const fullTime = student && stage !== 'preschool' && chance(0.9)
    const status = age < 16 ? 'underAge' : fullTime ? 'student' : pick(work)
    const unemployed = status === 'unemployed' && chance(0.7)
    const illnesses = chance(0.15)
      ? [pick(['breastCancerInvasive', 'cervicalCancerIIBPlus', 'otherCancer', 'uremia', 'stroke'])]
      : []
    const child = age < 20
    const orphanClass = child && chance(0.15) ? pick(['orphan', 'deFactoUnsupported'] as const) : 'none'
    return {
      key: 'abcdefgh'[i] as string,
      alive: i === 0 || !chance(0.05),
      birthDate,
      sex: pick(['male', 'female'] as const),
      relationToHead: i === 0 ? '02' : '40',
      maritalStatus: age < 20 ? 'single' : pick(['single', 'married', 'widowed', 'divorced']),
      hukouDivisionCode: pick(['330111109203', '330111001003', '330106001001', '330203001001', '340102001001']),
      careSetting: chance(0.2) ? 'institution' : 'home',
      orphanClass,
      // Either answer settles it (D11), so the two agree.
      parents: parentsOf[orphanClass].map((state, j) => ({ relation: j === 0 ? 'father' : 'mother', state })),
      choseOrphanAllowance: chance(0.5),
      obligorCount: whole(0, 3),
      allObligorsUnable: chance(0.4),
      isVeteran: age >= 18 && chance(0.15),
      veteranPriorityGroup: chance(0.05),
      isMartyrFamily: chance(0.05),
      childOfMartyr: child && chance(0.05),
      isUnionMember: age >= 18 && chance(0.2),
      onlyChildState:
        age >= 45 && chance(0.2) ? pick(['living', 'deceased', 'disabledLevel1to3'] as const) : 'notApplicable',
      hasNoOtherLivingChild: chance(0.5),
      wifeBirthDate: chance(0.3) ? null : addDays(on, -whole(40 * 365, 60 * 365)),
      hasDisabilityCertificate: certificate,
      disabilityKind: kind,
      disabilityLevel: kind ? whole(1, 4) : null,
      disabilityParts:
        kind === 'multiple'
          ? [
              { kind: pick(kinds.slice(0, 6)), level: whole(1, 4) },
              { kind: pick(kinds.slice(0, 6)), level: whole(1, 4) },
            ]
          : [],
      disabilityDiagnosis: chance(0.1),
      lostWorkCapacityDisabled: certificate && chance(0.2),
      seriousIllness: illnesses.length > 0,
      seriousIllnessKinds: illnesses,
      rareDisease: chance(0.05),
      chronicDiseaseCount: chance(0.6) ? 0 : whole(1, 4),
      adl: Object.fromEntries(
        ['eating', 'dressing', 'transferring', 'toileting', 'walking', 'bathing'].map(k => [
          k,
          chance(age > 65 ? 0.5 : 0.05) ? 'unable' : pick(['able', 'able', 'partial'] as const),
        ]),
      ) as Person['adl'],
      cognitiveImpairment: age > 60 && chance(0.2),
      rehabNeedConfirmed: chance(0.4),
      assistiveDeviceNeed: chance(0.4),
      studentStage: stage,
      isFullTimeStudent: fullTime,
      boarding: student && chance(0.3),
      graduatedWithinMonths: age >= 18 && chance(0.3) ? whole(0, 30) : null,
      employmentStatus: status,
      registeredUnemployed: unemployed,
      registeredUnemployedMonths: unemployed ? whole(0, 15) : 0,
      unemploymentBenefitMonths: unemployed ? whole(0, 15) : 0,
      jobDifficultyRecognised: chance(0.3),
      willingToWork: age >= 16 && chance(0.6),
      paysEmployeePensionAsIndividual: chance(0.4),
      pensionScheme: pick(['none', 'resident', 'employee', 'government']),
      medicalInsurance: pick(['none', 'resident', 'employee']),
      trainingSubsidyCountYear: whole(0, 4),
      wageMonthly: ['employed', 'flexible'].includes(status) ? money(poor ? 4000 : 12000) : 0,
      businessIncomeMonthly: status === 'selfEmployed' || chance(0.1) ? money(3000) : 0,
      propertyIncomeMonthly: chance(0.1) ? money(1500) : 0,
      pensionMonthly: age >= 60 ? money(poor ? 1500 : 4000) : 0,
      basicResidentPensionMonthly: 0,
      otherTransferMonthly: chance(0.3) ? money(1600) : 0,
      uncountedIncomeMonthly: chance(0.2) ? money(600) : 0,
      newJobSince: chance(0.2) ? someAgo(400) : null,
      financialAssets: chance(0.6) ? whole(0, 20_000) : whole(0, 120_000),
      inScopeSelfPaidYear: chance(0.4) ? money(160_000) : 0,
      legalMatterNeed: chance(0.2),
      exemptFromMeansCheck: chance(0.1),
      receivedTwoCancersAid: chance(0.2),
      diedInDisaster: false,
    }
  })
  const [head, other] = persons
  if (head && other && head.sex !== other.sex && chance(0.6))
    persons[1] = { ...other, relationToHead: other.sex === 'female' ? '12' : '11' }
  const tier: Tier = chance(0.6) ? 'none' : pick(['tekun', 'dibao', 'dibian', 'zhichu'] as const)
  const account = () => (chance(0.6) ? String(whole(100_000, 999_999)) : null)
  const housingCount = pick([0, 1, 1, 1, 2, 3])
  const household: Household = {
    hukouDivisionCode: chance(0.85) ? '330111109203' : '330106001001',
    hukouNature: pick(['rural', 'urban'] as const),
    residenceType: pick(['rural', 'urban'] as const),
    hasLocalHukouOrPermit: chance(0.92),
    meansTestConsent: chance(0.92),
    income12m: money(poor ? 60_000 : 200_000),
    financialAssets: chance(0.7) ? money(60_000 * size) : money(110_000 * size),
    motorVehicleCount: pick([0, 0, 0, 1, 2]),
    motorVehicleValue: money(200_000),
    nonResidentialPropertyCount: chance(0.92) ? 0 : 1,
    housingCount,
    soldHousingWithin5y: chance(0.1),
    enterpriseCapital: pick([0, 0, 0, 0, 100_000, 150_000, 200_000]),
    housingTenure: housingCount ? 'owned' : pick(['rentedPrivate', 'borrowed']),
    housingArea: whole(10, 80) * size,
    dwellingDangerLevel: pick(['A', 'B', 'C', 'D']),
    isOnlyDwelling: chance(0.7),
    housingFacilitiesMissing: whole(0, 5),
    barrierFreeDone: chance(0.4),
    electricityAccountNo: account(),
    waterAccountNo: account(),
    gasAccountNo: account(),
    cableTvAccountNo: account(),
    receivedShanju: chance(0.2),
    medicalSelfPaid12m: chance(0.5) ? money(150_000) : 0,
    educationExpense12m: chance(0.4) ? money(30_000) : 0,
    rehabExpense12m: chance(0.2) ? money(20_000) : 0,
    housingExpense12m: chance(0.2) ? money(30_000) : 0,
    accidentExpense12m: chance(0.2) ? money(30_000) : 0,
    financialDifficultyForTuition: chance(0.5),
    creditDefault: chance(0.1),
    events12m: chance(0.5) ? [] : [{ kind: pick(events), date: someAgo(360) }],
    basicLivingInterrupted: chance(0.5),
    evacuated: chance(0.1),
    dwellingDamage: pick(['none', 'general', 'severe', 'collapsed']),
    seasonalLivingDifficulty: chance(0.2),
    certifiedTier: tier,
    tierSince: tier === 'none' ? null : someAgo(1000),
    lowIncomeFarmer: chance(0.25),
    formerLowIncome4600: chance(0.1),
    formerPoor: chance(0.1),
    monitorClass: chance(0.8) ? 'none' : pick(['unstable', 'marginal', 'suddenHardship']),
    hasProductionPlan: chance(0.5),
  }
  return { household, persons }
}

/** Every other one is of 2021, the year of which every figure is known; the rest up to the end of 2026. */
export const anyDayOfReading = (seed: number): Day =>
  fromEpochDay(epochDay('2021-01-01' as Day) + ((Math.imul(seed, 2654435761) >>> 0) % (seed % 2 ? 365 : 6 * 365)))
