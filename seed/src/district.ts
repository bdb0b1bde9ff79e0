import type { Day } from '@zhulian/kernel'
import { villages } from './divisions.ts'
import { familyOf } from './family.ts'
import type { MadeUpHousehold } from './household.ts'
import { madeUpIdNumbers } from './id-numbers.ts'
import { kinds } from './kinds.ts'
import { type KnownFamily, knownFamilies, knownFamily } from './known-families.ts'
import { randomOf } from './random.ts'

export interface DistrictOptions {
  /** How many people to make up, at least. The last household may bring up to five more. @default 42000 */
  readonly people?: number
  /** The same seed and day always give the same people. @default 330111 */
  readonly seed?: number
  /** The day on which ages and dates hang. */
  readonly today: Day
}

export const demoPeople = 42_000
export const demoSeed = 330_111

/**
 * A made-up district, household by household, so that millions need no memory. The families the journeys tell of come
 * first. Household n is the same however many follow; only its identity numbers hang on who came before.
 */
export function* madeUpDistrict({
  people = demoPeople,
  seed = demoSeed,
  today,
}: DistrictOptions): Generator<MadeUpHousehold> {
  const idNumber = madeUpIdNumbers()
  let count = 0
  let stream = 0
  for (const which of Object.keys(knownFamilies) as KnownFamily[]) {
    const { registerNo, division } = knownFamilies[which]
    const household = knownFamily(which, randomOf(seed, stream++), today).build(registerNo, division, idNumber)
    count += household.members.length
    yield household
  }
  // A community of the town holds about twice the people of a village.
  const places = villages().map(v => [Number(v.code.slice(9)) < 200 ? 2 : 1, v.code] as const)
  for (let n = 1; count < people; n++) {
    const random = randomOf(seed, stream++)
    const division = random.weighted(places)
    const family = familyOf(random, today)
    random.weighted(kinds)(family)
    for (const m of family.members) m.say('feed', '数据归集', { hukouDivisionCode: division })
    family.say('feed', '数据归集', { hukouDivisionCode: division })
    const household = family.build(`FY-${division.slice(6, 9)}-${String(n).padStart(7, '0')}`, division, idNumber)
    count += household.members.length
    yield household
  }
}
