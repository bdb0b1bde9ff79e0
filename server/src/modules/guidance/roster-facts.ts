import { completedYears, type Day } from '@zhulian/kernel'

type Facts = Record<string, unknown>

/**
 * What the roster and earlier answers say already is not asked again, unless it was answered otherwise: who lives alone,
 * where the members are registered, whose parents and children are at home.
 */
export function followFromRoster(household: Facts, persons: readonly Facts[], homeDistrict: string, on: Day): void {
  const registered = household['hukouDivisionCode']
  if (typeof registered === 'string' && registered.startsWith(homeDistrict)) household['hasLocalHukouOrPermit'] ??= true
  for (const person of persons) {
    person['livingAlone'] ??= persons.length === 1
    if (registered !== undefined) person['hukouDivisionCode'] ??= registered
  }
  const [only] = persons
  if (only && persons.length === 1) {
    only['relationToHead'] ??= headOfHousehold
    // What the only member has is what the household has.
    const savings = household['financialAssets'] ?? only['financialAssets']
    if (savings !== undefined) {
      household['financialAssets'] ??= savings
      only['financialAssets'] ??= savings
    }
  }
  followFromKin(persons, on)
}

/** GB/T 4761. */
export const headOfHousehold = '02'
const spouses = new Set(['11', '12'])
const children = new Set(['20', '30'])
const parents = new Set(['51', '52'])

/** A parent is older than a child by at least so many years; a roster that says otherwise was mistyped. */
const generation = 14

/**
 * Who lives with a parent who can care is no orphan; who has kin at home that must support has at least so many; and
 * where one of them can, they are not all unable. Reads only what is plain: of working age, neither disabled nor ill.
 */
function followFromKin(persons: readonly Facts[], on: Day): void {
  const age = (person: Facts) =>
    typeof person['birthDate'] === 'string' ? completedYears(person['birthDate'] as Day, on) : undefined
  const is = (codes: ReadonlySet<string>) => (person: Facts) => codes.has(String(person['relationToHead']))
  const head = persons.find(person => person['relationToHead'] === headOfHousehold)
  if (!head) return
  const spouse = persons.find(is(spouses))
  const couple = spouse ? [head, spouse] : [head]
  const older = (one: Facts, other: Facts) => (age(one) ?? 0) - (age(other) ?? 0) >= generation
  const able = (person: Facts) => {
    const years = age(person)
    return (
      years !== undefined &&
      years >= 18 &&
      years < 60 &&
      person['hasDisabilityCertificate'] === false &&
      person['seriousIllness'] === false
    )
  }
  const supported = (person: Facts, by: readonly Facts[]) => {
    if (by.length === 0) return
    person['obligorCount'] ??= by.length
    if (by.some(able)) person['allObligorsUnable'] ??= false
  }
  const sons = persons.filter(is(children))
  for (const child of sons) {
    const atHome = couple.filter(parent => older(parent, child))
    if ((age(child) ?? 18) >= 18) continue
    supported(child, atHome)
    if (atHome.length > 0) child['leftBehind'] ??= false
    if (!atHome.some(able)) continue
    child['orphanClass'] ??= 'none'
    if (atHome.length === 2 && atHome.every(able)) child['parents'] ??= bothAtHome
  }
  const grown = (person: Facts) => (age(person) ?? 0) >= 18
  for (const parent of persons.filter(is(parents))) supported(parent, older(parent, head) && grown(head) ? [head] : [])
  for (const one of couple) {
    const other = couple.find(person => person !== one)
    supported(one, [...(other ? [other] : []), ...sons.filter(child => grown(child) && older(one, child))])
  }
}

const bothAtHome = [
  { relation: 'father', state: 'present' },
  { relation: 'mother', state: 'present' },
]
