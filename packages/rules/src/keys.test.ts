import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents, policy, poolOf } from '../test/small-pool.ts'
import { Keys } from './keys.ts'
import type { Pool } from './pool.ts'

const small: Pool = poolOf(documents([policy('P01', 'household.a'), policy('P02', 'household.b')]))
const who = fc.constantFrom(-1, 0, 1, 2)
const keys = new Keys(small, ['a', 'b', 'c'])

describe('a key', () => {
  it('is another for each fact, policy, figure and person, and says what it was made of', () => {
    const made = new Map<number, string>()
    const facts = small.facts.map(fact => fact.number)
    for (const number of facts)
      for (const person of [-1, 0, 1, 2]) {
        const key = keys.fact(number, person)
        made.set(key, `fact ${number} ${person}`)
        expect([keys.isFact(key), keys.isMet(key), keys.numberOf(key), keys.whoOf(key)]).toEqual([
          true,
          false,
          number,
          person,
        ])
        expect(keys.find(keys.factOf(key))).toBe(key)
      }
    for (const { number } of small.policies)
      for (const person of [-1, 0, 1, 2]) {
        const key = keys.met(number, person)
        made.set(key, `policy ${number} ${person}`)
        expect([keys.isFact(key), keys.isMet(key), keys.numberOf(key), keys.whoOf(key)]).toEqual([
          false,
          true,
          number,
          person,
        ])
      }
    small.parameters.forEach((_, number) => made.set(keys.parameter(number), `parameter ${number}`))
    made.set(keys.members, 'members')
    expect(made.size).toBe((facts.length + 2) * 4 + small.parameters.length + 1)
    expect(Math.max(...made.keys())).toBeLessThan(keys.count)
    expect(keys.factOf(keys.parameter(0))).toEqual({ fact: 'params.line' })
    expect(keys.find(keys.factOf(keys.members))).toBe(keys.members)
  })

  it('of nothing in the dictionary, or of a stranger, is not found', () => {
    expect(keys.find({ fact: 'household.height' })).toBeUndefined()
    expect(keys.find({ fact: 'person.age', person: 'z' })).toBeUndefined()
  })

  it('is gathered once, where it was first found, and forgotten when the gathering serves another', () => {
    const some = fc.array(
      fc.tuple(fc.nat(small.facts.length - 1), who).map(([fact, person]) => keys.fact(fact, person)),
    )
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [outer, inner] = [keys.gather(), keys.gather()]
        outer.addAll(one)
        inner.addAll(other)
        expect(inner.take()).toEqual([...new Set(other)])
        outer.addAll(other)
        expect(outer.take()).toEqual([...new Set([...one, ...other])])
        expect(keys.union([other, one])).toEqual([...new Set([...other, ...one])])
      }),
    )
  })
})
