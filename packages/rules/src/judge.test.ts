import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { derived, documents, exclusion, policy, poolOf } from '../test/small-pool.ts'
import {
  judge,
  interview,
  type HouseholdFacts,
  type PolicyDocument,
  type PolicyResult,
  type PoolDocuments,
} from './index.ts'

const on = day('2021-09-26')
const alone = (household: HouseholdFacts['household'], person: Record<string, unknown> = {}): HouseholdFacts => ({
  household,
  persons: [{ key: 'm', alive: true, ...person }],
})
const of = (policies: readonly PolicyDocument[], facts: HouseholdFacts, more: Partial<PoolDocuments> = {}, when = on) =>
  judge(poolOf(documents(policies, more)), facts, when).policies as Record<string, PolicyResult>

const cash = (id: string, condition: string, amount: string) => policy(id, condition, { amount })
const a = cash('P01', 'household.a', '100')
const b = cash('P02', 'household.b', 'household.x')

describe('what one cannot have together', () => {
  const line = (winner: string, more = {}) => ({ exclusions: [exclusion(['P01', 'P02'], winner, more)] })

  it('the loser is ineligible, names the winner and keeps its own reasons', () => {
    const { P01, P02 } = of([a, b], alone({ a: true, b: true, x: 1 }), line('P01'))
    expect(P01?.verdict).toBe('eligible')
    expect(P02).toMatchObject({
      verdict: 'ineligible',
      excludedBy: 'P01',
      missing: [],
      reasons: [{ fact: 'household.b', value: true }],
    })
  })

  it('while the winner is open so is the loser, with the facts of the winner', () => {
    expect(of([a, b], alone({ b: true, x: 1 }), line('P01'))['P02']).toMatchObject({
      verdict: 'undetermined',
      missing: [{ fact: 'household.a' }],
    })
    expect(of([a, b], alone({ a: false, b: true, x: 1 }), line('P01'))['P02']?.verdict).toBe('eligible')
    expect(of([a, b], alone({ b: false }), line('P01'))['P02']?.verdict).toBe('ineligible')
  })

  it('the higher amount stays, at equal amounts the one that is named', () => {
    const held = (x: number) => {
      const { P01, P02 } = of([a, b], alone({ a: true, b: true, x }), line('higher', { tie: 'P02' }))
      return [P01?.verdict, P02?.verdict]
    }
    expect(held(99)).toEqual(['eligible', 'ineligible'])
    expect(held(100)).toEqual(['ineligible', 'eligible'])
    expect(held(101)).toEqual(['ineligible', 'eligible'])
  })

  it('a sure amount goes before a lower one that is open, and waits for a higher one', () => {
    const held = (x: number) => {
      const { P01, P02 } = of([a, b], alone({ a: true, x }), line('higher', { tie: 'P01' }))
      return [P01?.verdict, P02?.verdict, P02?.excludedBy, P02?.missing]
    }
    expect(held(99)).toEqual(['eligible', 'ineligible', 'P01', []])
    expect(held(100)).toEqual(['eligible', 'ineligible', 'P01', []])
    expect(held(101)).toEqual(['undetermined', 'undetermined', undefined, [{ fact: 'household.b' }]])
  })

  it('amounts are compared by what they bring in a year', () => {
    const once = { ...b, versions: b.versions.map(v => ({ ...v, benefit: { ...v.benefit, period: 'once' as const } })) }
    const { P01, P02 } = of([a, once], alone({ a: true, b: true, x: 1199 }), line('higher'))
    expect([P01?.verdict, P02?.verdict]).toEqual(['eligible', 'ineligible'])
  })

  it('while an amount is open both are, with the facts of the amount', () => {
    const { P01, P02 } = of([a, b], alone({ a: true, b: true }), line('higher'))
    expect(P01).toMatchObject({ verdict: 'undetermined', missing: [{ fact: 'household.x' }] })
    expect(P02?.verdict).toBe('undetermined')
  })

  it('while one of them is open the facts of both amounts are named too, for they can settle it', () => {
    const { P01, P02 } = of([a, b], alone({ a: true }), line('higher'))
    expect(P01).toMatchObject({
      verdict: 'undetermined',
      missing: [{ fact: 'household.b' }, { fact: 'household.x' }],
    })
    expect(P02?.missing).toEqual(P01?.missing)
  })

  it('a choice leaves both', () => {
    const { P01, P02 } = of([a, b], alone({ a: true, b: true, x: 1 }), line('choose'))
    expect([P01?.choiceWith, P02?.choiceWith]).toEqual([['P02'], ['P01']])
  })

  it('a benefit of all members shuts out that of the household, or of any where the line says so', () => {
    const single = policy('P03', 'person.p', { scope: 'person' })
    const persons = [
      { key: 'm', alive: true, p: true },
      { key: 'n', alive: true, p: false },
    ]
    const judged = (members: 'all' | 'any') =>
      of(
        [a, single],
        { household: { a: true }, persons },
        { exclusions: [exclusion(['P03', 'P01'], 'P03', { members })] },
      )['P01']
    expect(judged('all')?.verdict).toBe('eligible')
    expect(judged('any')).toMatchObject({ verdict: 'ineligible', excludedBy: 'P03' })
  })

  it('a benefit may hang on what another policy came to after the pass', () => {
    const c = cash('P03', 'household.c', 'held.P02 ? 1 : 2')
    const facts = alone({ a: true, b: true, c: true, x: 5 })
    expect(of([a, b, c], facts, line('P01'))['P03']?.amount).toBe(2)
    expect(of([a, b, c], facts)['P03']?.amount).toBe(1)
  })
})

describe('dates', () => {
  it('before its first day a policy is not in force', () => {
    const result = of([a], alone({ a: true }), {}, day('1999-12-31'))['P01']
    expect(result).toMatchObject({ verdict: 'ineligible', reasons: [{ kind: 'notInForce', from: '2000-01-01' }] })
  })
  it('a version and a figure hold from their day on', () => {
    const changed = {
      ...a,
      versions: [...a.versions, { ...a.versions[0], from: '2021-09-26', condition: 'household.b' }],
    } as PolicyDocument
    const facts = alone({ a: true, b: false })
    expect([of([changed], facts, {}, day('2021-09-25'))['P01']?.verdict, of([changed], facts)['P01']?.verdict]).toEqual(
      ['eligible', 'ineligible'],
    )
    const figure = cash('P01', 'household.a', 'params.line')
    expect([
      of([figure], facts, {}, day('2020-12-31'))['P01']?.amount,
      of([figure], facts, {}, day('2021-01-01'))['P01']?.amount,
    ]).toEqual([10, 20])
  })
  it('without a figure for the day a rule is open and names the figure', () => {
    const parameters = [
      { name: 'line', label: { zh: '线', en: 'line' }, rows: [{ from: '2020-01-01', until: '2021-01-01', value: 5 }] },
    ]
    expect(of([policy('P01', 'household.x > params.line')], alone({ x: 1 }), { parameters })['P01']).toMatchObject({
      verdict: 'undetermined',
      missing: [{ fact: 'params.line' }],
    })
  })
})

describe('a tier that nobody has granted yet', () => {
  const predicts = derived.map(d =>
    d.name === 'household.predictedTier'
      ? { ...d, formula: 'met.P01 ? "dibao" : "none"' }
      : d.name === 'household.tier'
        ? { ...d, formula: 'household.b ? "dibao" : household.predictedTier' }
        : d,
  )
  const onTier = cash('P02', 'household.tier == "dibao" || household.c', 'household.tier == "dibao" ? 2 : 1')
  const judged = (household: Record<string, boolean>) => of([a, onTier], alone(household), { derived: predicts })['P02']

  it('is named where the result would not hold without it', () => {
    expect(judged({ a: true, b: false, c: false })).toMatchObject({
      verdict: 'eligible',
      conditionalOn: 'dibao',
      amount: 2,
    })
  })
  it('is not named where it is certified', () => {
    expect(judged({ a: true, b: true, c: false })).toEqual(expect.not.objectContaining({ conditionalOn: 'dibao' }))
  })
  it('is named for the amount alone where only that hangs on it', () => {
    const result = judged({ a: true, b: false, c: true })
    expect(result).toMatchObject({ verdict: 'eligible', amountConditionalOn: 'dibao' })
    expect(result?.conditionalOn).toBeUndefined()
  })
})

describe('amounts', () => {
  it('are rounded half up to the whole yuan', () => {
    expect(of([cash('P01', 'household.a', 'household.money')], alone({ a: true, money: 477.5 }))['P01']?.amount).toBe(
      478,
    )
  })
  it('are left out while open, with the least they can be and what would settle them', () => {
    const result = of([cash('P01', 'household.a', 'household.b ? 300 : 200')], alone({ a: true }))['P01']
    expect(result).toMatchObject({
      verdict: 'eligible',
      atLeast: 200,
      amountMissing: [{ fact: 'household.b' }],
      missing: [],
    })
    expect(result?.amount).toBeUndefined()
  })
})

describe('questions', () => {
  const pool = poolOf(
    documents([
      policy('P01', 'household.a && household.b'),
      policy('P02', 'household.b || household.c'),
      policy('P03', 'household.members.exists(m, m.wage > 5)'),
    ]),
  )
  const asked = (facts: HouseholdFacts) => interview(pool, facts, on).questions.map(q => q.fact)

  it('the one that settles most comes first, and none that can change nothing', () => {
    expect(asked(alone({}, { age: 10 }))[0]).toBe('household.b')
    expect(asked(alone({ b: false }, { age: 10 }))).toEqual(['household.c'])
    expect(asked(alone({ a: false, b: true }, { age: 10 }))).toEqual([])
  })
  it('a question waits for the one it hangs on', () => {
    expect(asked(alone({ a: false, b: true }))).toEqual(['person.age'])
    expect(asked(alone({ a: false, b: true }, { age: 30 }))).toEqual(['person.wage'])
  })
  it('only what is wanted is asked', () => {
    expect(
      interview(pool, alone({}), on, { wanted: ['P01'] })
        .questions.map(q => q.fact)
        .toSorted(),
    ).toEqual(['household.a', 'household.b'])
    expect(interview(pool, alone({}), on).openCount).toBe(3)
  })
})

describe('what is missing', () => {
  it('names only what can change the test that was put to it', () => {
    const words = { zh: '词', en: 'word' }
    const health = {
      name: 'household.health',
      label: words,
      type: 'enum' as const,
      values: ['none', 'some', 'full'].map(value => ({ value, label: words })),
      formula: 'household.a ? "none" : household.b ? "some" : "full"',
    }
    const more = { derived: [...derived, health] }
    const missing = (condition: string) => of([policy('P01', condition)], alone({}), more)['P01']?.missing
    expect(missing('household.health in ["some", "full"]')).toEqual([{ fact: 'household.a' }])
    expect(missing('household.health == "none"')).toEqual([{ fact: 'household.a' }])
    expect(missing('household.health == "full"')).toEqual([{ fact: 'household.a' }, { fact: 'household.b' }])
  })
})
