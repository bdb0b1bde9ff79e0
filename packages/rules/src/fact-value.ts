import type { Day } from '@zhulian/kernel'
import type { FactOf, HouseholdFacts } from './judgement.ts'
import type { Pool } from './pool.ts'
import { isKnown, type Scalar } from './value.ts'
import { Household } from './world.ts'

/**
 * What a given or derived fact comes to, in the unit the dictionary gives it.
 * @returns undefined where it is not known, or there is no such fact or person, or it is none of theirs
 * @example factValue(pool, facts, day('2021-09-26'), { fact: 'household.incomePerCapitaMonthly' }) // 500
 */
export function factValue(
  pool: Pool,
  facts: HouseholdFacts,
  on: Day,
  { fact, person }: FactOf,
): Scalar | null | undefined {
  const number = pool.factNumbers.get(fact)
  const world = new Household(pool, facts, on)
  const who = person === undefined ? -1 : world.persons.indexOf(person)
  const isOf = number !== undefined && pool.facts[number]?.owner === (person === undefined ? 'household' : 'person')
  if (!isOf || (person !== undefined && who < 0)) return undefined
  const value = world.fact(number, who)
  return isKnown(value) ? (value as Scalar | null) : undefined
}
