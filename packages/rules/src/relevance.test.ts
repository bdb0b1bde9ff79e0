import { day } from '@zhulian/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents, exclusion, policy, poolOf } from '../test/small-pool.ts'
import { completions, names, smallRule } from '../test/small-rules.ts'
import { interview, judgeBare, type HouseholdFacts, type PolicyResult, type Pool } from './index.ts'
import { Relevances } from './relevance.ts'
import { Household } from './world.ts'

const on = day('2021-09-26')
const home = (household: HouseholdFacts['household']): HouseholdFacts => ({
  household,
  persons: [{ key: 'm', alive: true, age: 30 }],
})
const verdicts = (pool: Pool, household: HouseholdFacts['household'], wanted: readonly string[]) =>
  wanted.map(id => (judgeBare(pool, home(household), on).policies[id] as PolicyResult).verdict).join()

/** By trying everything: facts of which two answers lead to two sets of verdicts, all else equal. */
function thatMatter(pool: Pool, known: HouseholdFacts['household'], wanted: readonly string[]): string[] {
  const all = completions(known).map(c => [c, verdicts(pool, c, wanted)] as const)
  return names.filter(name => {
    if (known[name] !== undefined) return false
    const rest = (c: HouseholdFacts['household']) => JSON.stringify({ ...c, [name]: null })
    const seen = new Map<string, string>()
    return all.some(([c, verdict]) => {
      const before = seen.get(rest(c))
      seen.set(rest(c), verdict)
      return before !== undefined && before !== verdict
    })
  })
}
const asked = (pool: Pool, known: HouseholdFacts['household'], wanted: readonly string[]) => {
  const { questions, unproven } = interview(pool, home(known), on, { proven: true, wanted })
  return { names: questions.map(q => q.fact.replace('household.', '')).toSorted(), unproven }
}

describe('a question', () => {
  it('is asked exactly when some completion of what is not known changes a verdict', () => {
    let irrelevant = 0
    fc.assert(
      fc.property(smallRule, smallRule, fc.subarray(['a', 'x', 'kind']), (one, two, given) => {
        const pool = poolOf(documents([policy('P01', one), policy('P02', two)]))
        const known = Object.fromEntries(given.map(name => [name, { a: true, x: 1, kind: 'red' }[name]]))
        for (const wanted of [['P01'], ['P01', 'P02']]) {
          const exact = thatMatter(pool, known, wanted)
          expect(asked(pool, known, wanted)).toEqual({ names: exact.toSorted(), unproven: 0 })
          irrelevant += interview(pool, home(known), on, { wanted }).questions.length - exact.length
        }
      }),
      { numRuns: 200 },
    )
    // What the text alone would have asked for nothing.
    expect(irrelevant).toBeGreaterThan(30)
  }, 120_000)

  it('is asked exactly so where one policy goes before another', () => {
    fc.assert(
      fc.property(smallRule, smallRule, (one, two) => {
        const more = { exclusions: [exclusion(['P01', 'P02'], 'P01')] }
        const pool = poolOf(documents([policy('P01', one), policy('P02', two)], more))
        expect(asked(pool, {}, ['P02'])).toEqual({ names: thatMatter(pool, {}, ['P02']).toSorted(), unproven: 0 })
      }),
      { numRuns: 100 },
    )
  }, 120_000)

  it('is not asked where another clause covers it', () => {
    for (const rule of [
      'household.x < 18 || household.x >= 18',
      'household.a || (!household.a && (household.b || !household.b))',
    ]) {
      const pool = poolOf(documents([policy('P01', rule)]))
      expect(interview(pool, home({}), on, { proven: true, wanted: ['P01'] })).toMatchObject({
        questions: [],
        openCount: 0,
      })
    }
  })

  it('is not asked by the quick search exactly where the whole search rules it out', () => {
    // Answers to a fact that is calculated with cannot all be tried.
    const calculated = fc.constantFrom('true', 'household.x + household.y > 3', 'household.x * 2 < 5')
    const found = { irrelevant: 0, other: 0 }
    fc.assert(
      fc.property(smallRule, calculated, fc.constantFrom(' || ', ' && '), (rule, sum, word) => {
        const pool = poolOf(documents([policy('P01', `(${rule})${word}(${sum})`)]))
        const world = new Household(pool, home({ c: true }), on)
        const goal = { id: 'P01', policy: pool.policies[0]!, who: -1 }
        for (const budget of [5, 2000]) {
          const [whole, quick] = [new Relevances(world, budget), new Relevances(world, budget, 'enough')]
          for (const name of names.filter(name => name !== 'c')) {
            const key = world.keys.find({ fact: `household.${name}` })!
            const irrelevant = whole.of(goal, key) === 'irrelevant'
            expect(quick.of(goal, key) === 'irrelevant').toBe(irrelevant)
            found[irrelevant ? 'irrelevant' : 'other']++
          }
        }
      }),
      { numRuns: 300 },
    )
    expect(found.irrelevant).toBeGreaterThan(100)
    expect(found.other).toBeGreaterThan(100)
  }, 120_000)
})
