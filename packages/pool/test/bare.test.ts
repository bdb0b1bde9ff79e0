import { judge, judgeBare, type Judgement } from '@zhulian/rules'
import { expect, it } from 'vitest'
import { readPool, shippedData } from '../src/files.ts'
import { anyDayOfReading, anyHousehold, numbers } from './any-household.ts'

const read = await readPool(shippedData)
if (!read.ok) throw new Error(read.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
const { pool } = read

const without = ['reasons', 'missing', 'amountMissing', 'classesMissing']
const bare = (judgement: Judgement): unknown =>
  JSON.parse(JSON.stringify(judgement, (key, value: unknown) => (without.includes(key) ? undefined : value)))

it('a judgement without reasons says the same as one with them, however much is known', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const on = anyDayOfReading(seed)
    const { household, persons } = anyHousehold(seed, on)
    const next = numbers(seed + 5_000)
    const share = next()
    const some = (facts: object) =>
      Object.fromEntries(Object.entries(facts).filter(([name]) => name === 'key' || next() < share))
    const facts = { household: some(household), persons: persons.map(some) as never }
    expect(bare(judgeBare(pool, facts, on))).toEqual(bare(judge(pool, facts, on)))
  }
})
