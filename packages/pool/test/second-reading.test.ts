import { judge, type PolicyResult } from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { readPool, shippedData } from '../src/files.ts'
import { anyDayOfReading, anyHousehold, numbers } from './any-household.ts'
import { secondReading } from './second-reading.ts'

const read = await readPool(shippedData, { literal: true })
if (!read.ok) throw new Error(read.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
const rules = read.pool

const byPerson = (answer: unknown): [string, PolicyResult][] =>
  Array.isArray(answer)
    ? answer.map((r: PolicyResult & { person: string }) => [r.person, r])
    : [['', answer as PolicyResult]]

const absentIsAnAnswer = new Set(['key', 'careSetting', 'uncountedIncomeMonthly'])

describe('the policies as data', () => {
  it('say of 2,000 households what a second reading of the regulations says', () => {
    const differences: string[] = []
    let compared = 0
    for (let seed = 1; seed <= 2000; seed++) {
      const on = anyDayOfReading(seed)
      const { household, persons } = anyHousehold(seed, on)
      const judged = judge(rules, { household: { ...household }, persons: persons.map(p => ({ ...p })) }, on)
      for (const [policy, expected] of Object.entries(secondReading(household, persons, on) ?? {}))
        for (const [key, result] of byPerson(judged.policies[policy])) {
          const wanted = expected[key]
          if (!wanted) continue
          compared++
          const own = result.verdict === 'eligible' || result.excludedBy !== undefined
          const sums = result.verdict === 'eligible' && wanted.amount !== undefined
          if (result.verdict === 'undetermined' || own !== wanted.eligible || (sums && result.amount !== wanted.amount))
            differences.push(
              `${policy} of ${seed}/${key} on ${on}: ${result.verdict} ${result.amount ?? ''}, read ${JSON.stringify(wanted)}`,
            )
        }
    }
    expect(compared).toBeGreaterThan(100_000)
    expect(differences.slice(0, 10)).toEqual([])
  })

  it('never take back a verdict when more becomes known', () => {
    const broken: string[] = []
    let decided = 0
    for (let seed = 1; seed <= 600; seed++) {
      const on = anyDayOfReading(seed)
      const { household, persons } = anyHousehold(seed, on)
      const next = numbers(seed + 90_000)
      const share = next()
      // Where a person is cared for means "at home" when it is not said (A10), and allowances not said are none, so
      // leaving them out is an answer.
      const some = <T extends object>(facts: T) =>
        Object.fromEntries(Object.entries(facts).filter(([name]) => absentIsAnAnswer.has(name) || next() < share))
      const all = judge(rules, { household: { ...household }, persons: persons.map(p => ({ ...p })) }, on)
      const partly = judge(
        rules,
        { household: some(household), persons: persons.map(p => ({ ...some(p), key: p.key })) },
        on,
      )
      for (const [policy, answer] of Object.entries(partly.policies)) {
        const final = new Map(byPerson(all.policies[policy]))
        for (const [key, result] of byPerson(answer)) {
          const whole = final.get(key)
          if (result.verdict === 'undetermined' || whole === undefined) continue
          decided++
          const changed = result.verdict !== whole.verdict
          // A member whose own support is open stays in the household's cash until known to have left it, so that may fall.
          const leaves = policy === 'P01' || policy === 'P03'
          const sum =
            !leaves && result.amount !== undefined && whole.amount !== undefined && result.amount !== whole.amount
          const floor = result.atLeast !== undefined && whole.amount !== undefined && whole.amount < result.atLeast
          if (changed || sum || floor)
            broken.push(
              `${policy} of ${seed}/${key} on ${on}: ${JSON.stringify(result)} became ${JSON.stringify(whole)}`,
            )
        }
      }
    }
    expect(decided).toBeGreaterThan(10_000)
    expect(broken.slice(0, 6)).toEqual([])
  })
})
