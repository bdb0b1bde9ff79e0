import { completedYears, type Day, type Words } from '@zhulian/kernel'
import type { HouseholdFacts, PersonFacts, Standing as Judged } from '@zhulian/rules'
import type { Circle, Tier } from './tables.ts'

/** What follows from a household's facts on a day, as the registry keeps it. */
export interface Standing {
  readonly on: Day
  readonly poolVersion: string
  readonly tier: Tier | null
  readonly circle: Circle | null
  readonly because: Words | null
  /** Which circle cannot be told yet. */
  readonly undecided: boolean
  readonly classes: readonly string[]
  readonly traits: readonly Trait[]
  readonly persons: Readonly<Record<string, PersonStanding>>
}
export interface PersonStanding {
  readonly tier: Tier | null
  readonly circle: Circle | null
  readonly because: Words | null
  /** Which circle cannot be told yet. */
  readonly undecided: boolean
}

/** What a list of households can be narrowed by. */
export const traits = [
  'child',
  'elder',
  'elder80',
  'alone',
  'disabled',
  'severelyDisabled',
  'seriousIllness',
  'unemployed',
  'student',
  'dropoutRisk',
  'dangerousHouse',
  'undecided',
] as const
export type Trait = (typeof traits)[number]

const ageOf = (person: PersonFacts, on: Day) =>
  person['birthDate'] ? completedYears(person['birthDate'] as Day, on) : undefined
type Test = (person: PersonFacts, age: number | undefined) => boolean

const personTraits: Partial<Record<Trait, Test>> = {
  child: (_, age) => age !== undefined && age < 18,
  elder: (_, age) => age !== undefined && age >= 60,
  elder80: (_, age) => age !== undefined && age >= 80,
  alone: p => p['livingAlone'] === true,
  disabled: p => p['hasDisabilityCertificate'] === true,
  severelyDisabled: p => typeof p['disabilityLevel'] === 'number' && p['disabilityLevel'] <= 2,
  seriousIllness: p => p['seriousIllness'] === true,
  unemployed: p => p['registeredUnemployed'] === true,
  student: p => p['isFullTimeStudent'] === true,
  dropoutRisk: p => p['dropoutRisk'] === 'oftenAbsent' || p['dropoutRisk'] === 'droppedOut',
}

/** @param undecided the circle of somebody hangs on a fact nobody has given */
export function traitsOf(facts: HouseholdFacts, on: Day, undecided: boolean): Trait[] {
  const living = facts.persons.filter(p => p['alive'] !== false)
  const found = Object.entries(personTraits)
    .filter(([, test]) => living.some(p => test(p, ageOf(p, on))))
    .map(([trait]) => trait as Trait)
  if (['C', 'D'].includes(String(facts.household['dwellingDangerLevel']))) found.push('dangerousHouse')
  if (undecided) found.push('undecided')
  return found
}

/** Where it cannot be told which circle, an open red or orange alert says: in the outermost at least. @source domain §4.1 */
const byAlert: Words = { zh: '有未处理的红色、橙色预警', en: 'Open red or orange alert' }

/** A circle that cannot be told yet counts as none, with the trait `undecided`; it is no reason to move outward. */
export function standingOf(facts: HouseholdFacts, judgement: Judged, poolVersion: string): Standing {
  const alerted = ['red', 'orange'].includes(String(facts.household['openAlertLevel']))
  const where = (own: { readonly circle?: Circle | null; readonly because?: Words }) => ({
    ...(own.circle === undefined && alerted
      ? { circle: 3 as const, because: byAlert }
      : { circle: own.circle ?? null, because: own.because ?? null }),
    undecided: own.circle === undefined,
  })
  const undecided = Object.values(judgement.circles).some(c => c.circle === undefined)
  const persons = Object.fromEntries(
    Object.entries(judgement.circles).map(([key, c]) => [
      key,
      { tier: judgement.tier.persons[key] ?? null, ...where(c) },
    ]),
  )
  return {
    on: judgement.on,
    poolVersion,
    tier: judgement.tier.household ?? null,
    ...where(judgement.householdCircle),
    classes: judgement.classes,
    traits: traitsOf(facts, judgement.on, undecided),
    persons,
  }
}
