import { day } from '@zhulian/kernel'
import { expect, it } from 'vitest'
import { documents, policy, poolOf } from '../test/small-pool.ts'
import { interview } from './index.ts'

it('asks who lives there, however many results rest on it and though the dictionary has no such fact', () => {
  const ids = Array.from({ length: 30 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`)
  const pool = poolOf(documents(ids.map((id, i) => policy(id, `household.members.exists(m, m.age > ${i + 1})`))))
  const nobodyNamed = { household: { a: true }, persons: [] }
  const asked = interview(pool, nobodyNamed, day('2021-09-26'), { wanted: ['P01', 'P02'] })
  expect(asked).toEqual({ questions: [{ fact: 'household.members', settles: 2 }], openCount: 2 })
})
