import { day } from '@zhulian/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyone, inDictionary, number, ofPerson, poolWith, truth } from '../../test/any-expression.ts'
import type { HouseholdFacts } from '../index.ts'
import { Between, Either, type Value } from '../value.ts'
import { Household } from '../world.ts'
import { Plan } from './plan.ts'
import { registryOf, tableOf } from './registry.ts'
import { runSteps } from './run-steps.ts'

const on = day('2021-09-26')

const shown = (value: Value): string =>
  value instanceof Either
    ? `one of ${value.values.map(String).sort().join(' ')}`
    : value instanceof Between
      ? `${value.min} to ${value.max}`
      : typeof value === 'number'
        ? `${value + 0}`
        : JSON.stringify(value)

describe('any expression', () => {
  it('gives for each household and person what it gives by closures, whatever is known of them', {
    timeout: 120_000,
  }, () => {
    let compared = 0
    fc.assert(
      fc.property(
        fc.array(ofPerson(truth), { minLength: 3, maxLength: 6 }),
        fc.array(ofPerson(number), { minLength: 2, maxLength: 4 }),
        fc.array(anyone, { minLength: 20, maxLength: 60 }),
        (conditions, amounts, households) => {
          const pool = poolWith([
            ...conditions.map((text, i) => [`person.t${i}`, 'boolean', text] as const),
            ...amounts.map((text, i) => [`person.n${i}`, 'number', text] as const),
          ])
          const plan = new Plan(pool, registryOf(pool, households), on)
          const asked = pool.facts
            .filter(f => f.form.type !== 'list' && f.form.type !== 'set')
            .map(fact => ({ fact, column: plan.column(plan.fact(fact.number), fact.owner).column }))
          const program = plan.program()
          plan.open()
          runSteps(plan.steps, program)
          let first = 0
          households.forEach((facts, h) => {
            const world = new Household(pool, facts, on)
            for (const { fact, column } of asked)
              for (const [lane, who] of fact.owner === 'household'
                ? [[h, -1] as const]
                : facts.persons.map((_, i) => [first + i, i] as const)) {
                compared++
                const wanted = shown(world.fact(fact.number, who))
                if (shown(column.read(lane)) !== wanted)
                  expect(
                    `${fact.derived?.formula} of ${JSON.stringify(facts)} ${who}: ${shown(column.read(lane))}`,
                  ).toBe(wanted)
              }
            first += facts.persons.length
          })
        },
      ),
      // What fails is named above; households of this size take minutes to shrink.
      { numRuns: 250, endOnFailure: true },
    )
    expect(compared).toBeGreaterThan(100_000)
  })
})

describe('a registry', () => {
  it('keeps amounts in as few bytes as they take, and gives back the same numbers', () => {
    const pool = poolWith([])
    const money = [0, 1102, 1102.35, 0.1, 99_999.99, undefined, 20]
    const registry = tableOf(pool, money.length, { money })
    const column = registry.given.get('household.money')
    expect([column?.by, column?.values.BYTES_PER_ELEMENT]).toEqual([100, 4])
    expect(money.map((m, i) => m === undefined || (column?.values[i] ?? 0) / 100 === m)).not.toContain(false)
    expect(tableOf(pool, 2, { money: [0.1 + 0.2, 1] }).given.get('household.money')?.values).toBeInstanceOf(
      Float64Array,
    )
    expect(tableOf(pool, 2, { x: [127, 0] }).given.get('household.x')?.values).toBeInstanceOf(Int8Array)
    expect(tableOf(pool, 2, { x: [128, 0] }).given.get('household.x')?.values).toBeInstanceOf(Int16Array)
  })

  it('sets households aside whose facts are not what their forms allow', () => {
    const pool = poolWith([])
    const alone = (household: HouseholdFacts['household']) => ({ household, persons: [{ key: 'm' }] })
    const registry = registryOf(pool, [
      alone({ x: 1 }),
      alone({ x: '1' }),
      alone({ day: '2021-02-30' }),
      alone({ kind: 'pink' }),
      alone({ a: null }),
    ])
    expect([...registry.odd.keys()]).toEqual([1, 2, 3])
    expect(inDictionary('household.x')).toBe(true)
  })
})
