import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { documents, facts, policy, poolOf } from '../test/small-pool.ts'
import { Counting, priorsFrom, type HouseholdFacts } from './index.ts'

const on = day('2021-09-26')
const pool = poolOf(
  documents([policy('P01', 'household.a && household.x > 2')], {
    facts: [...facts, { name: 'person.birthDate', label: { zh: '词', en: 'word' }, type: 'date', ask: 'person' }],
  }),
)
const home = (household: HouseholdFacts['household'], birthDate = '1980-01-01'): HouseholdFacts => ({
  household,
  persons: [{ key: 'm', alive: true, birthDate, p: true }],
})
const counted = (homes: readonly HouseholdFacts[]) => {
  const counting = new Counting(pool, on)
  for (const one of homes) counting.add(one)
  return counting.shares()
}
const many = (n: number, one: HouseholdFacts) => Array.from({ length: n }, () => one)

describe('the shares of a registry', () => {
  it('are of those of whom it is known, and by age where ages are known', () => {
    const old = many(40, home({ a: true, x: 5 }, '1940-01-01'))
    const shares = counted([...old, ...many(40, home({ a: false, x: 5 })), ...many(20, home({}))])
    expect(shares.answers['household.a']).toEqual({
      all: { true: 0.5, false: 0.5 },
      old: { true: 1 },
      adult: { false: 1 },
    })
    const condition = pool.policies[0]?.rules[0]?.condition
    const share = condition && priorsFrom(pool, shares, on).share(condition, 'old')
    expect(share).toBe(0.88)
    expect(condition && priorsFrom(pool, shares, on).share(condition, 'all')).toBeCloseTo(0.5)
  })

  it('tell one person from nobody, or from everybody, in no figure', () => {
    const with_ = (few: number) =>
      counted([...many(few, home({ a: true, x: 9 })), ...many(60 - few, home({ a: false, x: 1 }))])
    for (const few of [0, 1, 5, 9]) expect(with_(few).conditions).toEqual(with_(0).conditions)
    for (const few of [1, 5, 9])
      expect(with_(few).answers['household.a']).toEqual({ all: { false: 1 }, adult: { false: 1 } })
    expect(counted(many(19, home({ a: true, x: 9 })))).toEqual({ conditions: {}, answers: {} })
    // A figure that somebody gave is never in it: only on which side of the lines of the rules it is.
    expect(JSON.stringify(counted(many(60, home({ a: true, x: 7777 }))))).not.toContain('7777')
  })

  it('of a condition that was changed are not known', () => {
    const shares = counted(many(40, home({ a: true, x: 5 })))
    const changed = poolOf(documents([policy('P01', 'household.a && household.x > 3')]))
    const condition = changed.policies[0]?.rules[0]?.condition
    expect(condition && priorsFrom(changed, shares, on).share(condition, 'all')).toBeUndefined()
  })
})
