import { day } from '@zhulian/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents, exclusion, facts, policy, poolOf } from '../test/small-pool.ts'
import { completions, names, smallRule } from '../test/small-rules.ts'
import {
  judge,
  judgeBare,
  nearestChange,
  type ChangedFact,
  type HouseholdFacts,
  type PolicyResult,
  type Pool,
} from './index.ts'

const on = day('2021-09-26')
const fixed = new Set(['household.b', 'household.y'])
const cost: Readonly<Record<string, number>> = { a: 1, b: 1, c: 2, x: 5, y: 1, kind: 2 }
const dictionary = facts.map(f => ({
  ...f,
  cost: cost[f.name.replace('household.', '')] ?? 1,
  fixed: fixed.has(f.name),
}))
const ofRules = (rules: readonly string[], more = {}) =>
  poolOf(
    documents(
      rules.map((rule, i) => policy(`P0${i + 1}`, rule)),
      { facts: dictionary, ...more },
    ),
  )
const home = (household: HouseholdFacts['household']): HouseholdFacts => ({
  household,
  persons: [{ key: 'm', alive: true, age: 30 }],
})
const verdict = (pool: Pool, household: HouseholdFacts['household']) =>
  (judgeBare(pool, home(household), on).policies['P01'] as PolicyResult).verdict
const after = (known: HouseholdFacts['household'], changes: readonly ChangedFact[]) => ({
  ...known,
  ...Object.fromEntries(changes.map(c => [c.fact.replace('household.', ''), c.to])),
})
const subsets = <T>(list: readonly T[]): T[][] =>
  list.reduce<T[][]>((all, one) => [...all, ...all.map(set => [...set, one])], [[]])
const known = fc.record({
  a: fc.boolean(),
  b: fc.boolean(),
  c: fc.boolean(),
  x: fc.integer({ min: -1, max: 4 }),
  y: fc.integer({ min: -1, max: 4 }),
  kind: fc.constantFrom('red', 'green', 'blue'),
})

describe('the nearest change', () => {
  it('turns the no, names nothing fixed, can spare nothing, and takes the least effort there is', () => {
    let [turned, impossible] = [0, 0]
    fc.assert(
      fc.property(smallRule, known, (rule, facts) => {
        const pool = ofRules([rule])
        if (verdict(pool, facts) !== 'ineligible') return
        const { b, y } = facts
        const efforts = completions({ b, y })
          .filter(c => verdict(pool, c) === 'eligible')
          .map(c => names.reduce((sum, n) => sum + (c[n] === facts[n] ? 0 : (cost[n] ?? 1)), 0))
        const found = nearestChange(pool, home(facts), on, 'P01')
        if (!found) {
          expect(efforts).toEqual([])
          impossible++
          return
        }
        turned++
        expect(verdict(pool, after(facts, found.changes))).toBe('eligible')
        expect(found.changes.filter(c => fixed.has(c.fact))).toEqual([])
        for (const some of subsets(found.changes))
          if (some.length < found.changes.length) expect(verdict(pool, after(facts, some))).not.toBe('eligible')
        expect(found.effort).toBe(Math.min(...efforts))
      }),
      { numRuns: 600 },
    )
    expect([turned > 100, impossible > 10]).toEqual([true, true])
  }, 120_000)

  it('says nothing of a yes, of what is open, and where only what is fixed would turn it', () => {
    const pool = ofRules(['household.a && household.b'])
    expect(nearestChange(pool, home({ a: true, b: true }), on, 'P01')).toBeUndefined()
    expect(nearestChange(pool, home({ a: true }), on, 'P01')).toBeUndefined()
    expect(nearestChange(pool, home({ a: true, b: false }), on, 'P01')).toBeUndefined()
    expect(nearestChange(pool, home({ a: false, b: true }), on, 'P01', undefined, { may: () => false })).toBeUndefined()
  })

  it('is as near as a figure can be, through sums too', () => {
    const pool = ofRules(['household.money * 2.0 + 7.0 < 1000.0'])
    expect(nearestChange(pool, home({ money: 4321 }), on, 'P01')?.changes).toEqual([
      { fact: 'household.money', from: 4321, to: 496 },
    ])
  })

  it('is of the person asked about', () => {
    const pool = poolOf(
      documents([policy('P01', 'person.p && person.age >= 16', { scope: 'person' })], { facts: dictionary }),
    )
    const two = { household: {}, persons: ['m', 'n'].map(key => ({ key, alive: true, age: 30, p: false })) }
    expect(nearestChange(pool, two, on, 'P01', 'n')?.changes).toEqual([
      { fact: 'person.p', person: 'n', from: false, to: true },
    ])
  })

  it('does not count as turned what another policy then goes before', () => {
    const pool = ofRules(['household.a', 'household.a || household.c'], {
      exclusions: [exclusion(['P01', 'P02'], 'P02')],
    })
    expect(nearestChange(pool, home({ a: false, c: false }), on, 'P01')).toBeUndefined()
  })
})

describe('reasons', () => {
  it('can spare no fact, and are the smallest there are in 98 of 100', () => {
    let [all, smallest] = [0, 0]
    fc.assert(
      fc.property(smallRule, known, (rule, facts) => {
        const pool = ofRules([rule])
        const result = judge(pool, home(facts), on).policies['P01'] as PolicyResult
        const used = result.reasons.map(r => (r.kind === 'fact' ? r.fact.replace('household.', '') : ''))
        const only = (kept: readonly string[]) =>
          verdict(pool, Object.fromEntries(kept.map(n => [n, (facts as Record<string, unknown>)[n]])))
        const enough = subsets(names).filter(kept => only(kept) === result.verdict)
        expect(only(used)).toBe(result.verdict)
        for (const some of subsets(used)) if (some.length < used.length) expect(only(some)).toBe('undetermined')
        all++
        if (used.length === Math.min(...enough.map(kept => kept.length))) smallest++
      }),
      { numRuns: 1000, seed: 20_210_926 },
    )
    expect(smallest / all).toBeGreaterThanOrEqual(0.98)
  }, 120_000)
})
