import { day } from '@zhulian/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derived, documents, policy, poolOf } from '../test/small-pool.ts'
import { judge, type FactOf, type HouseholdFacts, type PolicyResult } from './index.ts'

const on = day('2021-09-26')
const words = { zh: '词', en: 'word' }
const steps = ['low', 'middle', 'high', 'none']

/** A word that hangs on three answers one after the other. */
const step = {
  name: 'household.step',
  label: words,
  type: 'enum' as const,
  values: steps.map(value => ({ value, label: words })),
  formula: 'household.a ? "low" : household.b ? "middle" : household.c ? "high" : "none"',
}

function results(conditions: readonly string[], household: HouseholdFacts['household']): readonly PolicyResult[] {
  const policies = conditions.map((condition, i) => policy(`P0${i + 1}`, condition))
  const pool = poolOf(documents(policies, { derived: [...derived, step] }))
  const { policies: found } = judge(pool, { household, persons: [{ key: 'm', alive: true }] }, on)
  return policies.map(({ id }) => found[id] as PolicyResult)
}
const reasonsOf = (condition: string, household: HouseholdFacts['household']) =>
  results([condition], household)[0]?.reasons.map(r => (r.kind === 'fact' ? r.fact : r.kind))

describe('reasons', () => {
  it('name no fact where a figure of the district or the day decides', () => {
    for (const figure of ['params.line == 20', 'today >= date("2021-01-01")', '!(params.line < 20)'])
      for (const condition of [`household.a || ${figure}`, `${figure} || household.a`])
        expect([condition, reasonsOf(condition, { a: true })]).toEqual([condition, []])
  })

  it('take the part that needs fewest facts, wherever it stands', () => {
    const known = { a: true, b: true, c: true, x: 2 }
    for (const condition of [
      '(household.a && household.b) || household.c',
      'household.c || (household.a && household.b)',
      '(household.a && household.x > 1) || (household.b && household.x > 1) || household.c',
    ])
      expect([condition, reasonsOf(condition, known)]).toEqual([condition, ['household.c']])
  })
})

describe('reasons of rules over lists', () => {
  const part = fc.constantFrom(
    'household.a',
    'household.x > 1',
    'household.x * 2 < params.line',
    'household.level == null',
    'household.events.exists(e, e.kind == "fire")',
    'household.events.all(e, e.kind == "flood")',
    'household.events.exists(e, e.on >= household.day || e.kind == "fire")',
    'household.events.filter(e, e.kind == "fire").exists(f, f.on < today)',
    'household.members.exists(m, m.p)',
    'household.members.all(m, m.age > 3 || household.a)',
    'household.members.filter(m, m.age > 3).exists(n, n.p)',
    'household.members.exists(m, m.p && (m.age > 3 || household.x > 1))',
    'household.members.size() >= 1',
    'household.members.exists(m, m.skills.exists(k, k == "cook"))',
  )
  const condition = fc.letrec<{ rule: string }>(tie => ({
    rule: fc.oneof(
      { maxDepth: 3 },
      part,
      tie('rule').map(rule => `!(${rule})`),
      fc.tuple(fc.constantFrom('&&', '||'), tie('rule'), tie('rule')).map(([op, a, b]) => `(${a} ${op} ${b})`),
    ),
  })).rule
  const event = fc.record({ kind: fc.constantFrom('fire', 'flood'), on: fc.constantFrom('2021-09-01', '2021-10-01') })
  const family: fc.Arbitrary<HouseholdFacts> = fc.record({
    household: fc.record({
      a: fc.boolean(),
      x: fc.integer({ min: 0, max: 3 }),
      level: fc.constantFrom(null, 1),
      day: fc.constant('2021-09-15'),
      events: fc.array(event, { maxLength: 2 }),
    }),
    persons: fc
      .array(
        fc.record({
          alive: fc.constantFrom(true, true, false),
          p: fc.boolean(),
          age: fc.constantFrom(2, 20),
          skills: fc.subarray(['cook', 'drive']),
        }),
        { minLength: 1, maxLength: 2 },
      )
      .map(all => all.map((one, i) => ({ ...one, key: `m${i}` }))),
  })

  it('suffice, and none of them could be spared', () => {
    const seen = { one: 0, several: 0 }
    fc.assert(
      fc.property(condition, family, (text, { household, persons }) => {
        const pool = poolOf(documents([policy('P01', text)]))
        const found = (facts: HouseholdFacts) => judge(pool, facts, on).policies['P01'] as PolicyResult
        const { verdict, reasons } = found({ household, persons })
        const given = reasons.flatMap(r => (r.kind === 'fact' ? [r] : []))
        const only = (kept: typeof given) => {
          const of = (person?: string) =>
            Object.fromEntries(
              kept.flatMap(r => (r.person === person ? [[r.fact.slice(r.fact.indexOf('.') + 1), r.value]] : [])),
            )
          return found({ household: of(), persons: persons.map(({ key }) => ({ ...of(key), key })) }).verdict
        }
        expect(only(given)).toBe(verdict)
        for (const spared of given) expect(only(given.filter(r => r !== spared))).toBe('undetermined')
        seen[given.length > 1 ? 'several' : 'one']++
      }),
      { numRuns: 400 },
    )
    expect(Math.min(seen.one, seen.several)).toBeGreaterThan(50)
  })
})

describe('what a result rests on', () => {
  const test = fc.oneof(
    fc.subarray(steps, { minLength: 1, maxLength: 3 }).map(list => `household.step in ${JSON.stringify(list)}`),
    fc.constantFrom(...steps).map(word => `household.step == "${word}"`),
    fc.constantFrom(...steps).map(word => `"${word}" != household.step`),
  )
  const known = fc.constantFrom<HouseholdFacts['household']>({}, { a: false }, { b: true }, { b: false }, { c: false })

  it('is the same whichever other results were looked at before', () => {
    let differ = 0
    fc.assert(
      fc.property(fc.array(test, { minLength: 2, maxLength: 4 }), known, (tests, household) => {
        const together = results(tests, household)
        tests.forEach((one, i) => expect(together[i]).toEqual(results([one], household)[0]))
        const rests = together.map(r => r.missing.map((m: FactOf) => m.fact).join()).filter(text => text !== '')
        if (new Set(rests).size > 1) differ++
      }),
      { numRuns: 300 },
    )
    // What one test leaves open is not what another does.
    expect(differ).toBeGreaterThan(20)
  })
})
