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
/** Of fewer people nothing is told. */
const tenOf = (...homes: readonly HouseholdFacts[]) => homes.flatMap(one => Array<HouseholdFacts>(10).fill(one))

describe('the order of questions', () => {
  it('asks first what is likeliest to settle a conjunction for what it costs', () => {
    const registry = tenOf(known(true, false), known(true, false), known(true, true), known(false, false))
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
    expect(asked(tenOf(known(true, false), known(true, false)))).toBe('a')
    expect(asked(tenOf(known(false, true), known(false, true)))).toBe('b')
  })
})

describe('what one is likely to get', () => {
  const pool = poolOf(documents([policy('P01', 'household.a && household.x > 2'), policy('P02', 'household.b')]))
  const registry = Array.from({ length: 1000 }, (_, i) => home({ a: i === 0, b: i % 2 === 0, x: 0 }))
  const priors = priorsOf(pool, registry, on)

  it('leaves the improbable open, and says which', () => {
    const options = { wanted: ['P01', 'P02'], priors, likely: 0.02 }
    const { questions, openCount, improbable } = interview(pool, home({}), on, options)
    expect([names(questions), openCount]).toEqual([['b'], 1])
    expect(improbable).toEqual([{ id: 'P01', probability: 0.005 }])
    expect(interview(pool, home({ a: true, x: 3, b: false }), on, options).improbable).toEqual([])
  })

  it('decides everything when nobody says otherwise', () => {
    expect(interview(pool, home({}), on, { wanted: ['P01', 'P02'], priors }).openCount).toBe(2)
  })
})

describe('the order of questions of three rules together', () => {
  it('prefers what settles all of them to what settles one soonest', () => {
    const rules = ['household.a && household.b', 'household.b && household.c', 'household.b && household.x > 2']
    const pool = poolOf(documents(rules.map((rule, i) => policy(`P0${i + 1}`, rule))))
    const one = (a: boolean, b: boolean) => home({ a, b, c: a, x: a ? 5 : 0 })
    // Alone each rule would rather ask what fails more often.
    const registry = tenOf(one(false, true), one(false, false), one(true, true), one(false, true), one(true, false))
    const priors = priorsOf(pool, registry, on)
    const asked = (wanted: readonly string[]) => names(interview(pool, home({}), on, { wanted, priors }).questions)[0]
    expect([asked(['P01']), asked(['P01', 'P02', 'P03'])]).toEqual(['a', 'b'])
  })

  it('knows two tests of one fact for one question', () => {
    const rules = ['household.x < 3 && household.a', 'household.x >= 3 && household.b']
    const pool = poolOf(documents(rules.map((rule, i) => policy(`P0${i + 1}`, rule))))
    const registry = tenOf(...[1, 2, 4, 5].map(x => home({ a: true, b: true, x })))
    const options = { wanted: ['P01', 'P02'], priors: priorsOf(pool, registry, on) }
    expect(names(interview(pool, home({}), on, options).questions)[0]).toBe('x')
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
