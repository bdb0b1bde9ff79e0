import { addMonths } from '@zhulian/kernel'
import type { Family, Member } from './family.ts'

// What is said of people in one kind of life or another, in the names of the fact dictionary. `pool` is what the
// bureaus share, `check` the means check, `guide` what a village guide wrote down.
const pool = '数据归集'
const check = '经济状况核对'
const guide = '导服员登记'

const noIncome = {
  wageMonthly: 0,
  businessIncomeMonthly: 0,
  propertyIncomeMonthly: 0,
  pensionMonthly: 0,
  basicResidentPensionMonthly: 0,
  otherTransferMonthly: 0,
  uncountedIncomeMonthly: 0,
}

/** What is known of everybody; the kinds of life below say more. */
export function anybody(family: Family, m: Member): Member {
  const { random } = family
  const adult = m.age >= 18
  const relations = ['weekly', 'monthly', 'yearly', 'rarely']
  return m
    .say('feed', pool, {
      alive: true,
      hasDisabilityCertificate: false,
      seriousIllness: false,
      seriousIllnessKinds: [],
      severeMentalDisorder: false,
      medicalInsurance: random.weighted([
        [85, 'resident'],
        [12, 'employee'],
        [3, 'none'],
      ]),
      ...(adult && {
        isVeteran: m.sex === 'male' && random.chance(0.03),
        isMartyrFamily: false,
        veteranPriorityGroup: false,
        onlyChildState: 'notApplicable',
        jobDifficultyRecognised: false,
        registeredUnemployed: false,
        pensionScheme: random.weighted([
          [75, 'resident'],
          [22, 'employee'],
          [3, 'none'],
        ]),
        allObligorsUnable: false,
        obligorCount: random.int(1, 3),
      }),
    })
    .say('feed', check, { ...noIncome, financialAssets: adult ? random.money(3000, 3000) : 0 })
    .say('declared', guide, {
      ...(adult && { maritalStatus: m.marital ?? (m.age < 26 ? 'single' : 'married') }),
      livingAlone: false,
      ...(m.age >= 6 && {
        supportPeople: random.int(0, 6),
        relativesContactFreq: random.pick(relations),
        activityFreq: random.pick(['weekly', 'monthly', 'rarely', 'never']),
      }),
    })
}

export function retired(family: Family, m: Member, pension = family.random.money(420, 320, 260)): Member {
  const { random } = family
  anybody(family, m).say('feed', pool, {
    employmentStatus: 'retired',
    studentStage: 'none',
    isFullTimeStudent: false,
  })
  m.say('feed', check, { pensionMonthly: pension, basicResidentPensionMonthly: Math.min(pension, 250) })
  m.say('declared', guide, {
    chronicDiseaseCount: random.weighted([
      [3, 0],
      [4, 1],
      [3, 2],
      [1, 3],
    ]),
    longTermMedication: random.chance(0.55),
    lonelyFeeling: random.pick(['never', 'sometimes', 'often']),
    cognitiveImpairment: m.age > 75 && random.chance(0.12),
  })
  if (m.age >= 60 && random.chance(0.02 + (m.age - 60) * 0.005)) disabled(family, m, random.chance(0.45))
  if (m.age >= 60 && random.chance(0.15))
    m.say('feed', '民政', {
      careLevelAssessed: random.weighted([
        [4, 'none'],
        [3, 'mild'],
        [2, 'moderate'],
        [1, 'severe'],
      ]),
    })
  return m
}

/** An adult with a job. Now and then the person's own figure is not the bureau's. */
export function working(family: Family, m: Member, wage: number): Member {
  const { random } = family
  anybody(family, m).say('feed', pool, {
    employmentStatus: 'employed',
    studentStage: 'none',
    isFullTimeStudent: false,
    monthsInCurrentJob: random.int(2, 120),
  })
  m.say('feed', check, { wageMonthly: wage, newJobSince: null })
  // Last year's check, for those who were there already.
  const before = addMonths(family.today, -random.int(13, 16))
  if (before > family.since && random.chance(0.5))
    m.saidOn(before, 'feed', check, { wageMonthly: Math.round((wage * (0.8 + random.next() * 0.2)) / 10) * 10 })
  if (random.chance(0.12)) m.say('declared', guide, { wageMonthly: Math.max(0, wage - random.money(400, 300, 100)) })
  return m
}

export function farming(family: Family, m: Member, income: number): Member {
  anybody(family, m).say('feed', pool, { employmentStatus: 'farming', studentStage: 'none', isFullTimeStudent: false })
  m.say('declared', guide, { workSkill: ['farming'], willingToWork: true })
  m.say('feed', check, { businessIncomeMonthly: income, newJobSince: null })
  return m
}

export function jobless(family: Family, m: Member, months: number, recognised: boolean): Member {
  const { random } = family
  anybody(family, m).say('feed', pool, { studentStage: 'none', isFullTimeStudent: false })
  m.say('feed', '人社', {
    employmentStatus: 'unemployed',
    registeredUnemployed: true,
    registeredUnemployedMonths: months,
    unemploymentBenefitMonths: Math.min(months, random.int(0, 12)),
    jobDifficultyRecognised: recognised,
    paysEmployeePensionAsIndividual: random.chance(0.3),
  })
  m.say('feed', check, { newJobSince: null })
  m.say('declared', guide, {
    willingToWork: random.chance(0.8),
    workSkill: [random.pick(['manual', 'craft', 'cooking', 'caregiving', 'driving', 'sales'])],
    educationAttained: random.pick(['primary', 'junior', 'junior', 'senior', 'college']),
    carerForOther: random.chance(0.15),
  })
  return m
}

export function atHome(family: Family, m: Member): Member {
  anybody(family, m).say('feed', pool, { studentStage: 'none', isFullTimeStudent: false })
  m.say('declared', guide, {
    employmentStatus: 'homemaker',
    carerForOther: family.random.chance(0.6),
    willingToWork: family.random.chance(0.4),
  })
  return m.say('feed', check, { newJobSince: null })
}

/** A child or a young person, at the school that fits the age. */
export function young(family: Family, m: Member): Member {
  const { random } = family
  const stage =
    m.age < 3
      ? 'none'
      : m.age < 6
        ? 'preschool'
        : m.age < 12
          ? 'primary'
          : m.age < 15
            ? 'junior'
            : m.age < 18
              ? random.pick(['seniorHigh', 'vocational'])
              : random.pick(['juniorCollege', 'undergraduate'])
  anybody(family, m).say('feed', '教育', {
    studentStage: stage,
    isFullTimeStudent: stage !== 'none',
    boarding: m.age > 12 && random.chance(0.35),
    dropoutRisk: m.age > 9 && random.chance(0.03) ? 'oftenAbsent' : 'none',
  })
  m.say('feed', pool, {
    employmentStatus: m.age < 16 ? 'underAge' : 'student',
    ...(m.age < 18 && {
      orphanClass: 'none',
      choseOrphanAllowance: false,
      parents: [
        { relation: 'father', state: 'present' },
        { relation: 'mother', state: 'present' },
      ],
      allObligorsUnable: false,
      obligorCount: 2,
    }),
  })
  if (m.age < 16) m.say('declared', guide, { leftBehind: random.chance(0.08) })
  return m.say('feed', check, { newJobSince: null, financialAssets: 0 })
}

/** @source shares of the second national sample survey of disability, 2006, for certificate holders, rounded */
const kindsOf = (age: number) =>
  [
    [age < 18 ? 5 : 14, 'visual'],
    [age < 18 ? 14 : 16, 'hearing'],
    [3, 'speech'],
    [age < 18 ? 25 : 48, 'physical'],
    [age < 18 ? 40 : 9, 'intellectual'],
    [age < 18 ? 13 : 10, 'mental'],
  ] as const

/** With a certificate; severe is level 1 or 2. */
export function disabled(family: Family, m: Member, severe: boolean): Member {
  const { random } = family
  const kind = random.weighted(kindsOf(m.age))
  const level = severe ? random.int(1, 2) : random.int(3, 4)
  m.say('feed', pool, { hasDisabilityCertificate: true })
  m.say('feed', '残联', {
    hasDisabilityCertificate: true,
    disabilityKind: kind,
    disabilityLevel: level,
    lostWorkCapacityDisabled: severe && random.chance(0.6),
  })
  if (severe && m.age >= 18 && m.age < 60) m.say('feed', pool, { employmentStatus: 'unableToWork' })
  if (severe) {
    const able = () =>
      random.weighted([
        [5, 'able'],
        [3, 'partial'],
        [2, 'unable'],
      ])
    m.say('declared', guide, {
      'adl.eating': able(),
      'adl.dressing': able(),
      'adl.transferring': able(),
      'adl.toileting': able(),
      'adl.walking': able(),
      'adl.bathing': able(),
      assistiveDeviceNeed: random.chance(0.35),
    })
  }
  return m.say('feed', check, { uncountedIncomeMonthly: severe ? 500 : 125 })
}

export function ill(family: Family, m: Member): Member {
  const { random } = family
  const grown = m.age >= 18 ? 1 : 0
  const illness = random.weighted([
    [grown ? 4 : 2, 'otherCancer'],
    [3 * grown, 'uremia'],
    [3 * grown, 'stroke'],
    [grown ? 1 : 4, 'leukaemia'],
    [grown, 'organTransplant'],
    [grown ? 1 : 4, 'congenitalHeart'],
    [2, 'other'],
  ])
  m.say('feed', pool, { seriousIllness: true, seriousIllnessKinds: [illness] })
  return m.say('feed', '医保', {
    inScopeSelfPaidYear: random.money(9000, 7000, 500),
    outOfScopeSelfPaidYear: random.money(6000, 6000, 0),
    rareDisease: random.chance(0.03),
    longTermMedication: true,
  })
}

export interface Means {
  readonly assets: number
  readonly medical: number
  readonly education?: number
  readonly cars?: number
}

/** What the means check found of the household, and what the guide saw of the house. */
export function means(family: Family, { assets, medical, education = 0, cars = 0 }: Means): Family {
  const { random } = family
  const rural = random.chance(0.78)
  family.say('feed', check, {
    financialAssets: assets,
    motorVehicleCount: cars,
    motorVehicleValue: cars ? random.money(60_000, 30_000, 20_000) : 0,
    nonResidentialPropertyCount: 0,
    housingCount: random.weighted([
      [92, 1],
      [5, 0],
      [3, 2],
    ]),
    soldHousingWithin5y: false,
    enterpriseCapital: 0,
    highConsumption: false,
    medicalSelfPaid12m: medical,
    educationExpense12m: education,
    housingExpense12m: 0,
    accidentExpense12m: random.chance(0.03) ? random.money(6000, 4000, 500) : 0,
    creditDefault: random.chance(0.02),
    rehabExpense12m: random.chance(0.06) ? random.money(4000, 3000, 500) : 0,
  })
  return family.say('declared', guide, {
    hasLocalHukouOrPermit: true,
    meansTestConsent: random.chance(0.97),
    hukouNature: rural ? 'rural' : 'urban',
    residenceType: rural ? 'rural' : 'urban',
    housingTenure: random.weighted([
      [88, 'owned'],
      [5, 'rentedPublic'],
      [4, 'rentedPrivate'],
      [3, 'borrowed'],
    ]),
    housingArea: random.money(95, 50, 20, 220),
    dwellingDangerLevel: random.weighted([
      [70, 'A'],
      [22, 'B'],
      [5, 'C'],
      [1, 'D'],
    ]),
    isOnlyDwelling: true,
    housingFacilitiesMissing: random.weighted([
      [75, 0],
      [15, 1],
      [7, 2],
      [3, 3],
    ]),
    debtTotal: random.chance(0.3) ? random.money(30_000, 25_000, 1000) : 0,
    internetAccess: random.chance(0.7),
    contactTime: random.pick(['morning', 'afternoon', 'evening']),
    conflict: random.weighted([
      [92, 'none'],
      [6, 'some'],
      [2, 'serious'],
    ]),
    barrierFreeNeed: random.chance(0.12),
    basicLivingInterrupted: false,
    evacuated: false,
    dwellingDamage: 'none',
    ...(random.chance(0.85) && { events12m: [] }),
  })
}

export interface Standing {
  readonly tier: 'none' | 'tekun' | 'dibao' | 'dibian' | 'zhichu'
  /** Completed months since a tier was left. */
  readonly left?: number
  readonly lowIncomeFarmer?: boolean
  readonly formerPoor?: boolean
  readonly monitor?: 'none' | 'unstable' | 'marginal' | 'suddenHardship'
}

export function standing(family: Family, s: Standing): Family {
  const { random, today } = family
  const drawn = addMonths(today, -random.int(3, 96))
  const since = drawn > family.since ? drawn : addMonths(family.since, 1)
  family.say('feed', '民政', {
    certifiedTier: s.tier,
    ...(s.tier !== 'none' ? { tierSince: since, tierUntil: null } : s.left !== undefined && { tierSince: null }),
    exitedTierWithin: s.left ?? null,
  })
  // What the bureau said before: nothing until the tier was granted, or the tier that was left.
  if (s.tier !== 'none') {
    family.saidOn(family.since, 'feed', '民政', { certifiedTier: 'none', exitedTierWithin: null })
    family.saidOn(since, 'feed', '民政', { certifiedTier: s.tier, tierSince: since, tierUntil: null })
  } else if (s.left !== undefined)
    family.saidOn(addMonths(today, -s.left - 13), 'feed', '民政', {
      certifiedTier: random.chance(0.6) ? 'dibao' : 'dibian',
      tierSince: addMonths(today, -s.left - 30),
      exitedTierWithin: null,
    })
  return family.say('feed', '农业农村', {
    lowIncomeFarmer: s.lowIncomeFarmer ?? (s.tier !== 'none' && s.tier !== 'tekun' && random.chance(0.6)),
    formerPoor: s.formerPoor ?? false,
    formerLowIncome4600: s.formerPoor ?? false,
    monitorClass: s.monitor ?? 'none',
  })
}
