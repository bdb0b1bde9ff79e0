import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { documents, facts, policy, poolOf } from '../test/small-pool.ts'
import { interview, judgeAndAsk, priorsOf, type HouseholdFacts } from './index.ts'

const on = day('2021-09-26')
const home = (household: HouseholdFacts['household']): HouseholdFacts => ({
  household,
  persons: [{ key: 'm', alive: true, age: 30, p: true }],
})
const priced = (cost: Readonly<Record<string, number>>) =>
  facts.map(f => ({ ...f, cost: cost[f.name.replace('household.', '')] ?? 1 }))
const names = (questions: readonly { readonly fact: string }[]) => questions.map(q => q.fact.replace('household.', ''))
const known = (a: boolean, b: boolean) => home({ a, b, c: false, x: 0, y: 0 })

describe('the order of questions', () => {
  it('asks first what is likeliest to settle a conjunction for what it costs', () => {
    const registry = [known(true, false), known(true, false), known(true, true), known(false, false)]
    const asked = (cost: Readonly<Record<string, number>>) => {
      const pool = poolOf(documents([policy('P01', 'household.a && household.b')], { facts: priced(cost) }))
      return names(
        interview(pool, home({}), on, { wanted: ['P01'], priors: priorsOf(pool, registry, on) }).questions,
      )[0]
    }
    expect(asked({})).toBe('b')
    expect(asked({ b: 5 })).toBe('a')
  })

  it('asks first, of a disjunction, what is likeliest to hold', () => {
    const pool = poolOf(documents([policy('P01', 'household.a || household.b')]))
    const asked = (registry: readonly HouseholdFacts[]) =>
      names(interview(pool, home({}), on, { wanted: ['P01'], priors: priorsOf(pool, registry, on) }).questions)[0]
    expect(asked([known(true, false), known(true, false)])).toBe('a')
    expect(asked([known(false, true), known(false, true)])).toBe('b')
  })
})

describe('what one is likely to get', () => {
  const pool = poolOf(documents([policy('P01', 'household.a && household.x > 2'), policy('P02', 'household.b')]))
  const registry = Array.from({ length: 100 }, (_, i) => home({ a: i === 0, b: i % 2 === 0, x: 0 }))
  const priors = priorsOf(pool, registry, on)

  it('leaves the improbable open, and says which', () => {
    const options = { wanted: ['P01', 'P02'], priors, likely: 0.02 }
    const { questions, openCount, improbable } = interview(pool, home({}), on, options)
    expect([names(questions), openCount]).toEqual([['b'], 1])
    expect(improbable).toEqual([{ id: 'P01', probability: expect.closeTo(0, 2) as number }])
    expect(interview(pool, home({ a: true, x: 3, b: false }), on, options).improbable).toEqual([])
  })

  it('decides everything when nobody says otherwise', () => {
    expect(interview(pool, home({}), on, { wanted: ['P01', 'P02'], priors }).openCount).toBe(2)
  })
})

describe('whether an answer matters', () => {
  it('is told beside the judgement', () => {
    const pool = poolOf(
      documents([policy('P01', 'household.x < 18 || household.x >= 18'), policy('P02', 'household.a')]),
    )
    const { matters, interview: asked } = judgeAndAsk(pool, home({}), on)
    expect(names(asked.questions).toSorted()).toEqual(['a', 'x'])
    expect([matters({ fact: 'household.a' }), matters({ fact: 'household.x' })]).toEqual([true, false])
  })
})
