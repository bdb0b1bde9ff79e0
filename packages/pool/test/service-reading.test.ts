import { judge, type PersonPolicyResult } from '@zhulian/rules'
import { expect, it } from 'vitest'
import { readPool, shippedData } from '../src/files.ts'
import { anyDayOfReading, anyHousehold, numbers } from './any-household.ts'
import { secondReading, type Tier } from './second-reading.ts'
import { serviceReading, type Home, type Neighbour } from './service-reading.ts'

const read = await readPool(shippedData, { literal: true })
if (!read.ok) throw new Error(read.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
const rules = read.pool

/** The same household with what services and circles ask beside. */
function anyNeighbours(seed: number): { home: Home; neighbours: Neighbour[] } {
  const { household, persons } = anyHousehold(seed, anyDayOfReading(seed))
  const next = numbers(seed + 40_000)
  const chance = (share: number) => next() < share
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return {
    home: {
      ...household,
      internetAccess: chance(0.5),
      barrierFreeNeed: chance(0.3),
      conflict: pick(['none', 'some', 'serious']),
      exitedTierWithin: household.certifiedTier === 'none' ? pick([null, null, null, 4, 12, 13]) : null,
      openAlertLevel: pick(['none', 'none', 'none', 'blue', 'yellow', 'orange', 'red']),
      index: pick([null, 34.9, 35, 60]),
    },
    neighbours: persons.map(p => ({
      ...p,
      parents: chance(0.1) && p.orphanClass === 'none' ? [{ relation: 'father', state: pick(odd) }] : p.parents,
      livingAlone: chance(0.3),
      leftBehind: chance(0.2),
      carerForOther: chance(0.1),
      lonelyFeeling: pick(['never', 'sometimes', 'often']),
      phq2: pick([null, 0, 2, 3, 6]),
      activityFreq: pick(['weekly', 'monthly', 'rarely', 'never']),
      willingToHelpOthers: chance(0.4),
      suicideRiskFlag: chance(0.05),
    })),
  }
}
const odd = ['present', 'notCaring'] as const

it('services, circles and classes as data say of 1,000 households what a second reading says', () => {
  const differences: string[] = []
  let compared = 0
  for (let seed = 1; seed <= 1000; seed++) {
    const on = anyDayOfReading(seed)
    const { home, neighbours } = anyNeighbours(seed)
    const judged = judge(rules, { household: { ...home }, persons: neighbours.map(p => ({ ...p })) }, on)
    const policies = secondReading(home, neighbours, on)
    const tier = judged.tier.household
    if (!policies || !tier) continue
    const reading = serviceReading(home, neighbours, on, {
      tier,
      tierOf: key => judged.tier.persons[key] as Tier,
      holds: (policy, key) => policies[policy]?.[key]?.eligible ?? false,
    })
    const differ = (what: string, found: unknown, wanted: unknown) => {
      compared++
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        differences.push(`${what} of ${seed} on ${on}: ${JSON.stringify(found)}, read ${JSON.stringify(wanted)}`)
    }
    for (const [key, wanted] of Object.entries(reading.circle))
      differ(`circle ${key}`, judged.circles[key]?.circle, wanted)
    differ('circle of the household', judged.householdCircle.circle, reading.householdCircle)
    differ('classes', judged.classes.toSorted(), reading.classes.toSorted())
    for (const [id, byKey] of Object.entries(reading.services))
      for (const { person, verdict } of judged.services[id] as readonly PersonPolicyResult[])
        differ(`${id} ${person}`, verdict, byKey[person] ? 'eligible' : 'ineligible')
  }
  expect(compared).toBeGreaterThan(30_000)
  expect(differences.slice(0, 10)).toEqual([])
})
