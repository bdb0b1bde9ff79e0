// A second reading of services, circles and classes, in plain code and knowing nothing of the data files. What the
// policies' own reading holds already is taken as given: tiers, and whether P09, P18 and P30 hold.
import { completedYears, type Day } from '@zhulian/kernel'
import { figureOf, type Household, type Person, type Tier } from './second-reading.ts'

export interface MoreOfPerson {
  readonly livingAlone: boolean
  readonly leftBehind: boolean
  readonly carerForOther: boolean
  readonly lonelyFeeling: 'never' | 'sometimes' | 'often'
  readonly phq2: number | null
  readonly activityFreq: 'weekly' | 'monthly' | 'rarely' | 'never'
  readonly willingToHelpOthers: boolean
  readonly suicideRiskFlag: boolean
}
export interface MoreOfHousehold {
  readonly internetAccess: boolean
  readonly barrierFreeNeed: boolean
  readonly conflict: 'none' | 'some' | 'serious'
  readonly exitedTierWithin: number | null
  readonly openAlertLevel: 'none' | 'blue' | 'yellow' | 'orange' | 'red'
  readonly index: number | null
}
export type Neighbour = Person & MoreOfPerson
export type Home = Household & MoreOfHousehold

/** What the policies' reading says of this household. */
export interface Known {
  readonly tier: Tier
  readonly tierOf: (person: string) => Tier
  readonly holds: (policy: 'P09' | 'P18' | 'P30', person: string) => boolean
}

export interface ServiceReading {
  readonly circle: Readonly<Record<string, 1 | 2 | 3 | null>>
  readonly householdCircle: 1 | 2 | 3 | null
  readonly classes: readonly string[]
  readonly services: Readonly<Record<string, Readonly<Record<string, boolean>>>>
}

/** Each line names the ruling that shaped it. */
export function serviceReading(h: Home, everyone: readonly Neighbour[], on: Day, known: Known): ServiceReading {
  const members = everyone.filter(m => m.alive) // A16
  const years = (m: Person) => completedYears(m.birthDate, on)
  const mind = (kind: string | null) => kind === 'intellectual' || kind === 'mental'
  const ill = (m: Person) => m.seriousIllness || m.seriousIllnessKinds.length > 0 // D33
  const severe = (m: Person) =>
    m.disabilityLevel === 1 || m.disabilityLevel === 2 || (mind(m.disabilityKind) && m.disabilityLevel === 3)
  const parts = (m: Person) =>
    m.disabilityKind === 'multiple' ? m.disabilityParts : [{ kind: m.disabilityKind, level: m.disabilityLevel ?? 9 }] // D6
  const able = (m: Person) =>
    years(m) >= 16 &&
    years(m) < 60 &&
    !m.isFullTimeStudent &&
    !m.lostWorkCapacityDisabled &&
    m.employmentStatus !== 'unableToWork' &&
    !parts(m).some(
      d =>
        (mind(d.kind) && d.level <= 3) ||
        (d.kind === 'physical' && d.level <= 2) ||
        (d.kind === 'visual' && d.level === 1),
    )
  const failed = (m: Person) => Object.values(m.adl).filter(v => v === 'unable').length
  const { tier, tierOf, holds } = known
  const poorChild = (m: Person) =>
    years(m) < 18 && (tier === 'dibao' || tier === 'dibian' || m.orphanClass !== 'none' || holds('P09', m.key))

  const adults = members.filter(m => years(m) >= 18 && years(m) < 60)
  const children = members.filter(m => years(m) < 18)
  const singleParent =
    adults.length === 1 &&
    children.length > 0 &&
    (['widowed', 'divorced', 'single'].includes(adults[0]?.maritalStatus ?? '') ||
      children.some(c => c.parents.some(p => ['missing', 'lostContact6m', 'inPrisonOrDetained6m'].includes(p.state))))
  // What is not counted of a new job matters to certified dibao households alone, and those stand in circle 1 or 2.
  const income = members.reduce(
    (sum, m) =>
      sum +
      m.wageMonthly +
      m.businessIncomeMonthly +
      m.propertyIncomeMonthly +
      m.pensionMonthly +
      m.otherTransferMonthly,
    0,
  )
  const modest = Math.round((100 * income) / members.length) / 100 <= 2 * figureOf('dibaoStandard', on)
  const alarmed = h.openAlertLevel === 'orange' || h.openAlertLevel === 'red'
  const atIndex = h.index !== null && h.index >= 35 // A14
  const left = h.exitedTierWithin !== null && h.exitedTierWithin <= 12

  const circleOf = (m: Neighbour): 1 | 2 | 3 | null => {
    const own = tierOf(m.key)
    const certified = own === 'dibao' || own === 'dibian'
    if (own === 'tekun') return 1
    if (certified && !able(m) && years(m) >= 18 && !m.isFullTimeStudent) return 1
    if (poorChild(m) || certified) return 2
    if (
      ((h.formerPoor || h.monitorClass !== 'none' || h.lowIncomeFarmer) && atIndex) ||
      m.jobDifficultyRecognised ||
      holds('P18', m.key) ||
      (singleParent && (modest || tier !== 'none')) ||
      tier === 'zhichu' ||
      left ||
      (members.some(severe) && modest) ||
      alarmed
    )
      return 3
    return null
  }
  const circle = Object.fromEntries(members.map(m => [m.key, circleOf(m)]))
  const innermost = Math.min(...members.map(m => circle[m.key] ?? 9))
  const householdCircle = innermost === 9 ? null : (innermost as 1 | 2 | 3)

  const atRisk =
    ((tier === 'none' || tier === 'zhichu') && (householdCircle === 3 || alarmed || atIndex)) ||
    (tier === 'none' && left) // D34
  const develops =
    (['dibao', 'dibian', 'zhichu'].includes(tier) && members.some(able)) ||
    members.some(m => m.studentStage === 'newlyAdmittedUndergraduate') ||
    (atRisk && members.some(m => m.registeredUnemployed && m.willingToWork))
  const classes = [
    ...(atRisk ? ['prevention'] : []),
    ...(['tekun', 'dibao', 'dibian'].includes(tier) ? ['support'] : []),
    ...(develops ? ['development'] : []),
  ]

  const within = (days: number, ...kinds: string[]) =>
    h.events12m.some(e => {
      const ago = (Date.parse(on) - Date.parse(e.date)) / 86_400_000
      return kinds.includes(e.kind) && ago >= 0 && ago <= days
    })
  const works = (m: Neighbour) =>
    able(m) && m.willingToWork && ['unemployed', 'flexible', 'farming', 'homemaker'].includes(m.employmentStatus)
  const rules: Record<string, (m: Neighbour) => boolean> = {
    'S-A1': m => (years(m) >= 60 || severe(m)) && (m.livingAlone || failed(m) >= 3) && tierOf(m.key) !== 'none',
    'S-A2': m => failed(m) >= 1 && (!members.some(able) || members.some(c => c.carerForOther)),
    'S-A3': m => (ill(m) || years(m) >= 70 || severe(m)) && (m.livingAlone || !h.internetAccess),
    'S-A4': m =>
      h.housingFacilitiesMissing >= 1 || (h.barrierFreeNeed && !h.barrierFreeDone) || (years(m) >= 75 && m.livingAlone),
    'S-A5': m =>
      years(m) < 12 && poorChild(m) && (singleParent || m.leftBehind || m.parents.some(p => p.state === 'notCaring')),
    'S-B1': () => householdCircle !== null,
    'S-B2': m =>
      m.lonelyFeeling === 'often' || (m.phq2 ?? 0) >= 3 || within(90, 'deathOfBreadwinner', 'divorce', 'suddenIllness'),
    'S-B3': m => m.suicideRiskFlag || within(30, 'death', 'deathOfBreadwinner', 'violence', 'fire'), // D9
    'S-B4': m => m.livingAlone || m.leftBehind || tierOf(m.key) === 'tekun',
    'S-C1': m => m.hasDisabilityCertificate || m.rehabNeedConfirmed,
    'S-C2': works,
    'S-C3': works,
    'S-C4': m =>
      (m.hasDisabilityCertificate &&
        ['intellectual', 'mental', 'physical', 'hearing'].includes(m.disabilityKind ?? '') &&
        able(m)) ||
      holds('P30', m.key),
    'S-D1': m => poorChild(m) && ['primary', 'junior', 'seniorHigh', 'vocational'].includes(m.studentStage),
    'S-D2': m => ['rarely', 'never'].includes(m.activityFreq) || householdCircle === 1 || householdCircle === 2,
    'S-D3': () => h.conflict !== 'none',
    'S-D4': m =>
      m.willingToHelpOthers &&
      years(m) >= 16 &&
      ((h.exitedTierWithin !== null && tier === 'none') || tierOf(m.key) !== 'none'),
  }
  const services = Object.fromEntries(
    Object.entries(rules).map(([id, rule]) => [id, Object.fromEntries(members.map(m => [m.key, rule(m)]))]),
  )
  return { circle, householdCircle, classes, services }
}
