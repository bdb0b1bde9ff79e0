// A second reading of the policies, written from the regulations in plain code and knowing nothing of the data files,
// so that the two can be held against each other. It judges households of which everything is known; what the engine
// says of the unknown is held by another test. Each line names the ruling that shaped it.
import { addMonths, completedYears, type Day } from '@zhulian/kernel'

export type Sex = 'male' | 'female'
export type Tier = 'none' | 'tekun' | 'dibao' | 'dibian' | 'zhichu'

export interface Person {
  readonly key: string
  readonly alive: boolean
  readonly birthDate: Day
  readonly sex: Sex
  readonly relationToHead: string
  readonly maritalStatus: string
  readonly hukouDivisionCode: string
  readonly careSetting: 'home' | 'institution'
  readonly parents: readonly { relation: string; state: string }[]
  readonly orphanClass: 'none' | 'orphan' | 'deFactoUnsupported'
  readonly choseOrphanAllowance: boolean
  readonly obligorCount: number
  readonly allObligorsUnable: boolean
  readonly isVeteran: boolean
  readonly veteranPriorityGroup: boolean
  readonly isMartyrFamily: boolean
  readonly childOfMartyr: boolean
  readonly isUnionMember: boolean
  readonly onlyChildState: 'notApplicable' | 'living' | 'deceased' | 'disabledLevel1to3'
  readonly hasNoOtherLivingChild: boolean
  readonly wifeBirthDate: Day | null
  readonly hasDisabilityCertificate: boolean
  readonly disabilityKind: string | null
  readonly disabilityLevel: number | null
  readonly disabilityParts: readonly { kind: string; level: number }[]
  readonly disabilityDiagnosis: boolean
  readonly lostWorkCapacityDisabled: boolean
  readonly seriousIllness: boolean
  readonly seriousIllnessKinds: readonly string[]
  readonly rareDisease: boolean
  readonly chronicDiseaseCount: number
  readonly adl: Readonly<Record<string, 'able' | 'partial' | 'unable'>>
  readonly cognitiveImpairment: boolean
  readonly rehabNeedConfirmed: boolean
  readonly assistiveDeviceNeed: boolean
  readonly studentStage: string
  readonly isFullTimeStudent: boolean
  readonly boarding: boolean
  readonly graduatedWithinMonths: number | null
  readonly employmentStatus: string
  readonly registeredUnemployed: boolean
  readonly registeredUnemployedMonths: number
  readonly unemploymentBenefitMonths: number
  readonly jobDifficultyRecognised: boolean
  readonly willingToWork: boolean
  readonly paysEmployeePensionAsIndividual: boolean
  readonly pensionScheme: string
  readonly medicalInsurance: string
  readonly trainingSubsidyCountYear: number
  readonly wageMonthly: number
  readonly businessIncomeMonthly: number
  readonly propertyIncomeMonthly: number
  readonly pensionMonthly: number
  readonly basicResidentPensionMonthly: number
  readonly otherTransferMonthly: number
  readonly uncountedIncomeMonthly: number
  readonly newJobSince: Day | null
  readonly financialAssets: number
  readonly inScopeSelfPaidYear: number
  readonly legalMatterNeed: boolean
  readonly exemptFromMeansCheck: boolean
  readonly receivedTwoCancersAid: boolean
  readonly diedInDisaster: boolean
}

export interface Household {
  readonly hukouDivisionCode: string
  readonly hukouNature: 'rural' | 'urban'
  readonly residenceType: 'rural' | 'urban'
  readonly hasLocalHukouOrPermit: boolean
  readonly meansTestConsent: boolean
  readonly income12m: number
  readonly financialAssets: number
  readonly motorVehicleCount: number
  readonly motorVehicleValue: number
  readonly nonResidentialPropertyCount: number
  readonly housingCount: number
  readonly soldHousingWithin5y: boolean
  readonly enterpriseCapital: number
  readonly housingTenure: string
  readonly housingArea: number
  readonly dwellingDangerLevel: string
  readonly isOnlyDwelling: boolean
  readonly housingFacilitiesMissing: number
  readonly barrierFreeDone: boolean
  readonly electricityAccountNo: string | null
  readonly waterAccountNo: string | null
  readonly gasAccountNo: string | null
  readonly cableTvAccountNo: string | null
  readonly receivedShanju: boolean
  readonly medicalSelfPaid12m: number
  readonly educationExpense12m: number
  readonly rehabExpense12m: number
  readonly housingExpense12m: number
  readonly accidentExpense12m: number
  readonly financialDifficultyForTuition: boolean
  readonly creditDefault: boolean
  readonly events12m: readonly { kind: string; date: Day; memberId?: string }[]
  readonly basicLivingInterrupted: boolean
  readonly evacuated: boolean
  readonly dwellingDamage: string
  readonly seasonalLivingDifficulty: boolean
  readonly certifiedTier: Tier
  readonly tierSince: Day | null
  readonly lowIncomeFarmer: boolean
  readonly formerLowIncome4600: boolean
  readonly formerPoor: boolean
  readonly monitorClass: string
  readonly hasProductionPlan: boolean
}

export interface Reading {
  eligible: boolean
  amount?: number
  excludedBy?: string
}
/** Household policies under '', person policies under the person's key. */
export type Readings = Record<string, Record<string, Reading>>

const rows: Record<string, readonly (readonly [string, number])[]> = {
  dibaoStandard: [
    ['2019-01-01', 1041],
    ['2021-01-01', 1102],
    ['2022-10-01', 1216],
    ['2023-07-31', 1259],
    ['2025-01-01', 1301],
  ],
  tekunStandard: [
    ['2019-01-01', 1734],
    ['2021-01-01', 1837],
    ['2022-10-01', 2027],
    ['2023-07-31', 2098],
    ['2025-01-01', 2255],
  ],
  orphanInstitution: [
    ['2019-01-01', 2545],
    ['2021-01-01', 2571],
    ['2022-10-01', 2837],
    ['2023-07-31', 2937],
    ['2025-01-01', 3156],
  ],
  orphanScattered: [
    ['2019-01-01', 2036],
    ['2021-01-01', 2057],
    ['2022-10-01', 2270],
    ['2023-07-31', 2350],
    ['2025-01-01', 2525],
  ],
  childTopA: [
    ['2021-01-01', 955],
    ['2022-10-01', 1054],
    ['2023-07-31', 1091],
    ['2025-01-01', 1224],
    ['2025-01-01', 1224],
  ],
  childTopB: [
    ['2021-01-01', 478],
    ['2022-10-01', 527],
    ['2023-07-31', 546],
    ['2025-01-01', 612],
    ['2025-01-01', 612],
  ],
  childTopC: [
    ['2021-01-01', 287],
    ['2022-10-01', 316],
    ['2023-07-31', 327],
    ['2025-01-01', 368],
    ['2025-01-01', 368],
  ],
  minimumWage: [
    ['2019-01-01', 2010],
    ['2021-08-01', 2280],
    ['2024-01-01', 2490],
  ],
  dibianMultiple: [
    ['2019-01-01', 1.5],
    ['2022-01-01', 2],
  ],
}

export const figureOf = (key: string, on: Day): number =>
  (rows[key] ?? []).filter(([from]) => from <= on).at(-1)?.[1] ?? Number.NaN

const fen = (yuan: number) => Math.round(yuan * 100 + 1e-7) / 100
const round = (yuan: number) => Math.floor(yuan + 0.5 + 1e-9)
const clamp = (x: number, lo: number, hi: number) => Math.min(Math.max(x, lo), hi)

/**
 * The average income is known of one year only (B3). A household of another year that hangs on it cannot be read at all
 * (undefined), and a person whose care subsidy does is left out of what rests on that.
 * @param on from 2021-01-01
 */
export function secondReading(h: Household, everyone: readonly Person[], on: Day): Readings | undefined {
  const p = (key: string) => figureOf(key, on)
  const standard = p('dibaoStandard')
  const members = everyone.filter(m => m.alive) // A16
  const size = members.length
  const years = (m: Person) => completedYears(m.birthDate, on)
  const severe = (m: Person) => m.disabilityLevel === 1 || m.disabilityLevel === 2
  const mind = (kind: string | null) => kind === 'intellectual' || kind === 'mental'
  const disabilitySevere = (m: Person) => severe(m) || (mind(m.disabilityKind) && m.disabilityLevel === 3)
  const ill = (m: Person) => m.seriousIllness || m.seriousIllnessKinds.length > 0 // D33
  const each = (
    m: Person, // D6: a multiple disability is looked into by its parts
  ) =>
    m.disabilityKind === 'multiple'
      ? m.disabilityParts
      : m.disabilityKind && m.disabilityLevel
        ? [{ kind: m.disabilityKind, level: m.disabilityLevel }]
        : []
  const noCapacityByDisability = (m: Person) =>
    each(m).some(
      d =>
        (mind(d.kind) && d.level <= 3) ||
        (d.kind === 'physical' && d.level <= 2) ||
        (d.kind === 'visual' && d.level === 1),
    )

  const capacityUpTo = (m: Person, end: number): 'none' | 'partial' | 'full' => {
    const age = years(m)
    if (
      age < 16 ||
      age >= end ||
      noCapacityByDisability(m) ||
      m.lostWorkCapacityDisabled ||
      m.employmentStatus === 'unableToWork' ||
      m.isFullTimeStudent
    )
      return 'none'
    if (m.disabilityLevel !== null || m.chronicDiseaseCount > 0 || ill(m) || age >= (m.sex === 'male' ? 55 : 50))
      return 'partial'
    return 'full'
  }
  const capacity = (m: Person) => capacityUpTo(m, 60)
  const careLevel = (m: Person) => {
    const failed = Object.values(m.adl).filter(v => v === 'unable').length
    return failed === 0 ? 'none' : failed <= 2 ? 'mild' : failed <= 4 ? 'moderate' : 'severe'
  }

  const income = (m: Person) =>
    m.wageMonthly + m.businessIncomeMonthly + m.propertyIncomeMonthly + m.pensionMonthly + m.otherTransferMonthly // C2
  const disregarded = (m: Person) =>
    h.certifiedTier === 'dibao' &&
    m.newJobSince !== null &&
    h.tierSince !== null &&
    m.newJobSince >= h.tierSince &&
    m.newJobSince <= on &&
    on < addMonths(m.newJobSince, 6) // C4 C5
      ? Math.min(m.wageMonthly, 3 * standard)
      : 0
  // C2: the uncounted income is a sixth component beside the five, not added, so there is nothing to take off.
  const perHead = fen(members.reduce((sum, m) => sum + income(m) - disregarded(m), 0) / size) // C1
  const assetsPerHead = h.financialAssets / size
  const areaPerHead = h.housingArea / size
  const income12m = h.income12m
  const averageIncome = on < '2022-01-01' ? 68_666 : undefined // B3
  const ruleOf2025 = on >= '2025-01-01' // B8
  const rigid =
    h.medicalSelfPaid12m +
    h.educationExpense12m +
    h.rehabExpense12m +
    (ruleOf2025 ? h.housingExpense12m + h.accidentExpense12m : 0)
  const rigidPerHead = rigid / 12 / size

  const means = h.hasLocalHukouOrPermit && h.meansTestConsent
  const housing = h.housingCount <= 1 || (h.housingCount === 2 && areaPerHead <= 40.2)
  const lenientAssets = assetsPerHead < 6 * 12 * standard
  const lenientThings =
    h.nonResidentialPropertyCount === 0 &&
    housing &&
    (h.motorVehicleCount === 0 || (h.motorVehicleCount === 1 && h.motorVehicleValue < 12 * 12 * standard)) &&
    h.enterpriseCapital < 200_000

  const tekun = (m: Person): boolean => {
    const noWork = years(m) >= 60 || years(m) < 16 || noCapacityByDisability(m)
    const noMeans =
      income(m) - m.basicResidentPensionMonthly - m.uncountedIncomeMonthly < standard &&
      m.financialAssets < 4 * 12 * standard
    const noSupport = m.obligorCount === 0 || m.allObligorsUnable
    const unsupportedChild = m.orphanClass !== 'none' && m.choseOrphanAllowance
    return noWork && noMeans && noSupport && !unsupportedChild
  }
  const allTekun = members.every(tekun)
  const p01 =
    means &&
    perHead < standard &&
    assetsPerHead < 4 * 12 * standard &&
    h.motorVehicleCount === 0 &&
    h.nonResidentialPropertyCount === 0 &&
    housing &&
    h.enterpriseCapital <= 100_000 &&
    !allTekun
  const p03 =
    means &&
    !p01 &&
    perHead <= Math.min(p('dibianMultiple') * standard, p('minimumWage')) &&
    lenientAssets &&
    lenientThings
  const p04 =
    means &&
    !p01 &&
    !p03 &&
    perHead - rigidPerHead <= standard &&
    (!ruleOf2025 || rigid / Math.max(income12m, 1) >= 0.6) &&
    (averageIncome === undefined || perHead * 12 < averageIncome) &&
    lenientAssets &&
    lenientThings
  if (p04 && averageIncome === undefined) return undefined
  const predicted: Tier = allTekun ? 'tekun' : p01 ? 'dibao' : p03 ? 'dibian' : p04 ? 'zhichu' : 'none'
  const tier: Tier = h.certifiedTier === 'none' ? predicted : h.certifiedTier
  const inTier = (...tiers: Tier[]) => tiers.includes(tier)

  const p08 = (m: Person) => m.orphanClass !== 'none' && (years(m) < 18 || m.isFullTimeStudent) // D12
  const p02 = (m: Person): boolean =>
    (tier === 'dibian' && (severe(m) || (mind(m.disabilityKind) && m.disabilityLevel === 3) || ill(m))) ||
    (years(m) >= 18 &&
      severe(m) &&
      income(m) < standard &&
      ['unemployed', 'unableToWork'].includes(m.employmentStatus) &&
      size >= 2 &&
      means) // D2
  const personTier = (m: Person): Tier =>
    tekun(m) || tier === 'tekun' ? 'tekun' : tier === 'dibao' || p02(m) ? 'dibao' : tier // A15
  const personIn = (m: Person, ...tiers: Tier[]) => tiers.includes(personTier(m))

  const able = members.filter(m => capacity(m) !== 'none')
  const zeroEmployment =
    able.length > 0 &&
    able.every(m => m.employmentStatus === 'unemployed') &&
    members.every(m => m.businessIncomeMonthly === 0 && m.propertyIncomeMonthly === 0) // D19
  const eventIn = (...kinds: string[]) => h.events12m.some(e => kinds.includes(e.kind))
  const eventIn90 = (...kinds: string[]) =>
    h.events12m.some(e => kinds.includes(e.kind) && e.date >= addDaysBack(on, 90) && e.date <= on) // D9

  const careClass = (m: Person): number | null => {
    // P13, D16: the best-paid part
    const pay = each(m).map(({ kind, level }) =>
      (kind === 'physical' || mind(kind)) && level === 1
        ? 500
        : (kind === 'visual' && level === 1) || ((kind === 'physical' || mind(kind)) && level === 2)
          ? 250
          : (kind === 'visual' && level === 2) || (mind(kind) && level >= 3)
            ? 125
            : (kind === 'hearing' || kind === 'speech') && level <= 2
              ? 50
              : 0,
    )
    const best = Math.max(0, ...pay)
    return m.hasDisabilityCertificate && best > 0 ? best : null
  }

  const out: Readings = {}
  const household = (id: string, eligible: boolean, amount?: number) => {
    out[id] = { '': { eligible, ...(eligible && amount !== undefined ? { amount } : {}) } }
  }
  const person = (
    id: string,
    verdict: (m: Person) => boolean,
    amount?: (m: Person) => number | undefined,
    of = members,
  ) => {
    out[id] = Object.fromEntries(
      of.map(m => {
        const eligible = verdict(m)
        const sum = eligible ? amount?.(m) : undefined
        return [m.key, { eligible, ...(sum === undefined ? {} : { amount: sum }) }]
      }),
    )
  }

  household(
    'P01',
    p01,
    round(Math.max(0, standard - perHead) * members.filter(m => !(p02(m) && !p08(m)) && !tekun(m)).length),
  ) // C8 D1 D3
  person('P02', p02, () => standard)
  household('P03', p03)
  household('P04', p04, round(Math.max(0, standard - Math.max(0, perHead - rigidPerHead)) * size))
  const careRate = (m: Person) => ({ none: 0.1, mild: 0.2, moderate: 0.4, severe: 0.8 })[careLevel(m)]
  person('P05', tekun, m =>
    round(p('tekunStandard') + careRate(m) * p('minimumWage') * (m.careSetting === 'institution' ? 1 : 0.5)),
  )
  household(
    'P06',
    eventIn90(
      'fire',
      'trafficAccident',
      'suddenIllness',
      'accidentalInjury',
      'deathOfBreadwinner',
      'disaster',
      'naturalDisaster',
      'violence',
      'other',
    ) && h.basicLivingInterrupted,
  )
  const p07 = clamp(0.5 * (rigid - Math.max(0, income12m - 12 * standard * size)), 0, 6 * standard * size)
  household(
    'P07',
    rigid > income12m * 0.5 &&
      (inTier('dibao', 'dibian', 'zhichu') || perHead - rigidPerHead <= 2 * standard) &&
      lenientAssets &&
      round(p07) > 0,
    round(p07),
  ) // D10
  person('P08', p08, m =>
    round(
      p(m.careSetting === 'institution' ? 'orphanInstitution' : 'orphanScattered') -
        (m.orphanClass === 'deFactoUnsupported' && p01 ? Math.max(0, standard - perHead) : 0), // D12
    ),
  )
  const classA = (m: Person) =>
    severe(m) ||
    (mind(m.disabilityKind) && (m.disabilityLevel ?? 9) >= 3 && m.disabilityLevel !== null) ||
    ill(m) ||
    m.rareDisease
  person(
    'P09',
    m => years(m) < 18 && inTier('dibao', 'dibian'),
    m => (classA(m) ? p('childTopA') : tier === 'dibao' ? p('childTopB') : p('childTopC')),
  )
  if (on >= '2022-01-01')
    person(
      'P10',
      m => {
        const need = (years(m) >= 60 && (careLevel(m) !== 'none' || m.cognitiveImpairment)) || years(m) >= 80
        return need && (personIn(m, 'dibao', 'dibian') || averageIncome === undefined || perHead * 12 <= averageIncome)
      },
      m => {
        const care = careLevel(m)
        const full =
          m.careSetting === 'institution'
            ? careRate(m) * p('minimumWage')
            : care === 'severe'
              ? 500
              : care === 'moderate'
                ? 250
                : 125 // D14
        return round(full * (personIn(m, 'dibao') ? 1 : 0.5))
      },
    )
  else person('P10', () => false) // B4
  person(
    'P12',
    m =>
      m.hasDisabilityCertificate &&
      m.hukouDivisionCode.startsWith('33') &&
      (inTier('dibao', 'dibian') ||
        perHead <= 1.5 * standard ||
        (years(m) >= 16 && years(m) < 60 && income(m) <= 1.5 * standard)),
    () => round(0.3 * standard),
  )
  person(
    'P13',
    m => m.hukouDivisionCode.startsWith('33') && careClass(m) !== null,
    m => round((careClass(m) ?? 0) * (m.careSetting === 'institution' ? 1.5 : 1)),
  )
  person(
    'P14',
    m =>
      ['none', 'resident'].includes(m.medicalInsurance) &&
      (personIn(m, 'tekun', 'dibao', 'dibian', 'zhichu') || severe(m) || m.lostWorkCapacityDisabled),
  ) // D4
  person(
    'P15',
    m =>
      m.medicalInsurance !== 'none' &&
      (personIn(m, 'tekun', 'dibao', 'dibian', 'zhichu') || severe(m)) && // D4
      m.inScopeSelfPaidYear > 0,
    m =>
      personIn(m, 'tekun')
        ? round(m.inScopeSelfPaidYear)
        : round(Math.min(150_000, (personIn(m, 'dibao') || severe(m) ? 0.8 : 0.7) * m.inScopeSelfPaidYear)),
  )
  person(
    'P16',
    m =>
      tier === 'none' &&
      m.inScopeSelfPaidYear > 0 &&
      perHead - h.medicalSelfPaid12m / 12 / size <= p('dibianMultiple') * standard &&
      lenientAssets,
    m => round(Math.min(0.6 * m.inScopeSelfPaidYear, 80_000)),
  ) // D4
  person(
    'P17',
    m =>
      years(m) >= 16 &&
      years(m) < 60 &&
      !m.isFullTimeStudent &&
      ['none', 'resident'].includes(m.pensionScheme) &&
      (personIn(m, 'tekun', 'dibao') || severe(m) || h.lowIncomeFarmer),
    () => 100,
  )
  person(
    'P18',
    m =>
      m.employmentStatus === 'unemployed' &&
      m.registeredUnemployed &&
      capacity(m) !== 'none' &&
      ((m.registeredUnemployedMonths >= 6 && years(m) >= (m.sex === 'female' ? 45 : 55)) ||
        personIn(m, 'dibao', 'dibian') ||
        (m.unemploymentBenefitMonths >= 12 && m.registeredUnemployedMonths >= 12) ||
        (m.hasDisabilityCertificate && m.willingToWork) ||
        zeroEmployment),
  )
  person(
    'P19',
    m =>
      m.jobDifficultyRecognised &&
      m.employmentStatus === 'unemployed' &&
      (zeroEmployment || personIn(m, 'dibao', 'dibian') || m.hasDisabilityCertificate),
  )
  person(
    'P20',
    m => m.jobDifficultyRecognised && m.employmentStatus === 'flexible' && m.paysEmployeePensionAsIndividual,
    m => {
      // D20: less than two years before 60, for women before 50 or 55.
      const from = (age: number) => addMonths(m.birthDate, 12 * age)
      const soon = (age: number) => on < from(age) && from(age) < addMonths(on, 24)
      const near = m.sex === 'male' ? soon(60) || on >= from(60) : soon(50) || soon(55)
      return near ? 500 : personIn(m, 'dibao', 'dibian') ? 400 : 300
    },
  )
  person(
    'P21',
    m =>
      years(m) >= 16 &&
      capacity(m) !== 'none' &&
      (['unemployed', 'flexible'].includes(m.employmentStatus) ||
        personIn(m, 'dibao', 'dibian') ||
        h.lowIncomeFarmer ||
        (m.graduatedWithinMonths !== null && m.graduatedWithinMonths <= 24)) &&
      m.trainingSubsidyCountYear < 3,
  )
  const schoolAid = (m: Person) =>
    personIn(m, 'tekun', 'dibao', 'dibian', 'zhichu') ||
    m.orphanClass !== 'none' ||
    m.hasDisabilityCertificate ||
    m.childOfMartyr
  person('P22', m => m.studentStage === 'preschool' && schoolAid(m))
  person(
    'P23',
    m =>
      ['primary', 'junior'].includes(m.studentStage) &&
      (personIn(m, 'tekun', 'dibao', 'dibian', 'zhichu') ||
        h.lowIncomeFarmer ||
        h.formerPoor ||
        m.orphanClass !== 'none' ||
        m.childOfMartyr ||
        m.hasDisabilityCertificate ||
        eventIn('naturalDisaster', 'disaster', 'fire', 'trafficAccident', 'accidentalInjury', 'suddenIllness') || // D21
        members.some(ill)),
    m => {
      const fromAutumn2024 = on >= '2024-09-01' // B6
      if (m.boarding) return (m.studentStage === 'primary' ? 1000 : 1250) + 1000
      return (m.studentStage === 'primary' ? (fromAutumn2024 ? 625 : 500) : fromAutumn2024 ? 750 : 625) + 1000
    },
  )
  person(
    'P24',
    m => ['seniorHigh', 'vocational'].includes(m.studentStage) && schoolAid(m),
    () => 2000,
  )
  person(
    'P25',
    m =>
      ['undergraduate', 'juniorCollege', 'postgraduate', 'newlyAdmittedUndergraduate'].includes(m.studentStage) &&
      m.isFullTimeStudent &&
      h.hukouDivisionCode.startsWith('330111') &&
      h.financialDifficultyForTuition,
  ) // D23
  const ownArea = h.housingCount > 0 ? areaPerHead : 0 // D24
  household(
    'P26',
    h.hukouDivisionCode.startsWith('330111') &&
      ownArea <= 15 &&
      perHead * 12 <= (on < '2021-09-04' ? 66_068 : 68_666) &&
      !h.soldHousingWithin5y,
    (inTier('dibao', 'dibian') ? 48 : 24) * (size <= 2 ? 36 : size === 3 ? 45 : 60),
  )
  household(
    'P27',
    h.residenceType === 'rural' &&
      ['C', 'D'].includes(h.dwellingDangerLevel) &&
      h.isOnlyDwelling &&
      (inTier('tekun', 'dibao', 'dibian') || h.lowIncomeFarmer || members.some(disabilitySevere)),
    h.dwellingDangerLevel === 'C' ? 6000 : 20_000,
  )
  person(
    'P28',
    m =>
      years(m) <= 17 &&
      (m.hasDisabilityCertificate || (years(m) <= 6 && m.disabilityDiagnosis)) &&
      m.rehabNeedConfirmed,
  )
  person('P29a', m => m.hasDisabilityCertificate && m.assistiveDeviceNeed)
  household(
    'P29b',
    members.some(m => severe(m) && ['physical', 'visual', 'hearing'].includes(m.disabilityKind ?? '')) &&
      inTier('dibao', 'dibian', 'tekun') &&
      !h.barrierFreeDone,
  )
  person(
    'P30',
    m =>
      years(m) >= 16 &&
      years(m) < 60 &&
      m.hasDisabilityCertificate &&
      ((mind(m.disabilityKind) && m.disabilityLevel !== null) ||
        (['physical', 'multiple'].includes(m.disabilityKind ?? '') && (m.disabilityLevel ?? 9) <= 2)),
  )
  household(
    'P31',
    h.lowIncomeFarmer &&
      members.some(m => years(m) >= 18 && years(m) <= 65 && capacityUpTo(m, 66) !== 'none') &&
      h.hasProductionPlan &&
      !h.creditDefault,
  ) // D27
  household(
    'P32',
    h.hukouNature === 'rural' &&
      (inTier('tekun', 'dibao', 'dibian') ||
        h.formerLowIncome4600 ||
        ['unstable', 'marginal', 'suddenHardship'].includes(h.monitorClass)),
  )
  const wifeAge = (m: Person): number | null => {
    if (m.sex === 'female') return years(m)
    const hers = ['02', '11'].includes(m.relationToHead)
      ? everyone.find(w => w.sex === 'female' && ['02', '12'].includes(w.relationToHead))
      : undefined
    return hers ? years(hers) : m.wifeBirthDate && completedYears(m.wifeBirthDate, on)
  } // D28
  const holdsCareSubsidy = (m: Person) => {
    const [subsidy, allowance] = [out['P10']?.[m.key], out['P13']?.[m.key]]
    return subsidy?.eligible === true && !tekun(m) && (subsidy.amount ?? 0) > (allowance?.amount ?? 0) // A6
  }
  person(
    'P33',
    m =>
      (wifeAge(m) ?? 0) >= 49 &&
      ['deceased', 'disabledLevel1to3'].includes(m.onlyChildState) &&
      m.hasNoOtherLivingChild,
    m => {
      const higher = years(m) < 60 ? careLevel(m) === 'severe' : !holdsCareSubsidy(m)
      return on < '2024-01-01' ? (higher ? 800 : 600) : higher ? 1000 : 800
    },
  )
  household(
    'P34',
    eventIn('naturalDisaster') &&
      (['collapsed', 'severe', 'general'].includes(h.dwellingDamage) ||
        h.evacuated ||
        everyone.some(m => m.diedInDisaster) ||
        h.seasonalLivingDifficulty),
  )
  person(
    'P35',
    m =>
      m.legalMatterNeed &&
      (inTier('tekun', 'dibao', 'dibian', 'zhichu') ||
        perHead <= Math.min(p('dibianMultiple') * standard, p('minimumWage')) ||
        m.exemptFromMeansCheck),
  ) // D29
  person(
    'P36',
    m =>
      (m.isVeteran || m.isMartyrFamily) &&
      (inTier('tekun', 'dibao', 'dibian', 'zhichu') ||
        eventIn('suddenIllness', 'accidentalInjury', 'fire', 'disaster', 'naturalDisaster') ||
        ill(m)),
  ) // D8 D30
  household(
    'P37',
    members.some(m => m.isUnionMember) &&
      (inTier('dibao', 'dibian', 'zhichu') || (perHead <= 2 * standard && rigid / Math.max(income12m, 1) >= 0.4)),
  )
  person(
    'P38',
    m =>
      m.studentStage === 'newlyAdmittedUndergraduate' &&
      (personIn(m, 'tekun', 'dibao', 'dibian') || h.lowIncomeFarmer || m.orphanClass !== 'none'),
  )
  person(
    'P39',
    m =>
      m.sex === 'female' &&
      m.seriousIllnessKinds.some(k => k === 'breastCancerInvasive' || k === 'cervicalCancerIIBPlus') &&
      (personIn(m, 'tekun', 'dibao', 'dibian') || h.lowIncomeFarmer) &&
      !m.receivedTwoCancersAid,
    () => 10_000,
  )
  household(
    'P40',
    on >= '2022-01-01' &&
      inTier('tekun', 'dibao') &&
      h.isOnlyDwelling &&
      h.housingFacilitiesMissing >= 2 &&
      ['A', 'B', 'C'].includes(h.dwellingDangerLevel) &&
      !h.receivedShanju,
  ) // B5
  household('J1', inTier('tekun', 'dibao') && h.electricityAccountNo !== null)
  household('J2', inTier('tekun', 'dibao', 'dibian') && h.waterAccountNo !== null)
  household('J3', inTier('tekun', 'dibao', 'dibian') && h.gasAccountNo !== null, 10)
  household('J4', inTier('tekun', 'dibao', 'dibian') && h.cableTvAccountNo !== null)
  person('J5', m => m.hasDisabilityCertificate && (m.hukouDivisionCode.startsWith('3301') || severe(m))) // D32
  if (averageIncome === undefined)
    for (const m of members)
      if (out['P10']?.[m.key]?.eligible && !personIn(m, 'dibao', 'dibian'))
        for (const id of ['P10', 'P13', 'P33']) delete out[id]?.[m.key]
  return out
}

const addDaysBack = (on: Day, days: number): string =>
  new Date(Date.parse(`${on}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
