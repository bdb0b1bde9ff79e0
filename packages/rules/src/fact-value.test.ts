import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { derived, documents, poolOf } from '../test/small-pool.ts'
import { factValue } from './index.ts'

const pool = poolOf(
  documents([], {
    derived: [
      ...derived,
      {
        name: 'household.wages',
        label: { zh: '词', en: 'word' },
        type: 'money',
        formula: 'household.members.map(m, m.wage).sum()',
      },
    ],
  }),
)
const facts = {
  household: { x: 3 },
  persons: [
    { key: 'm', alive: true, age: 40, wage: 900 },
    { key: 'n', alive: true, age: 9 },
  ],
}
const valueOf = (fact: string, person?: string, of = facts) =>
  factValue(pool, of, day('2021-09-26'), person === undefined ? { fact } : { fact, person })

describe('the value of a fact', () => {
  it('is what was given, or worked out from that', () => {
    expect([valueOf('household.x'), valueOf('person.wage', 'm'), valueOf('person.wage', 'n')]).toEqual([3, 900, 0])
    expect([valueOf('household.wages'), valueOf('person.tier', 'm')]).toEqual([900, 'none'])
  })

  it('is not known where a part of it is not', () => {
    const { persons } = facts
    expect(
      valueOf('household.wages', undefined, {
        ...facts,
        persons: [...persons, { key: 'o', alive: true, age: 30, wage: undefined as never }],
      }),
    ).toBeUndefined()
    expect(valueOf('household.y')).toBeUndefined()
  })

  it('is nobody’s where the fact is of a household and a person is named, or the other way round', () => {
    expect([
      valueOf('household.tier', 'm'),
      valueOf('person.tier'),
      valueOf('person.wage', 'q'),
      valueOf('person.q', 'm'),
    ]).toEqual(Array(4).fill(undefined))
  })
})
