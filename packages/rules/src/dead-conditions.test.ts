import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day } from '@zhulian/kernel'
import { documents, facts, policy, poolOf } from '../test/small-pool.ts'
import { compile, judge, type PolicyResult, type Problem } from './index.ts'

const problemsOf = (condition: string, more: Parameters<typeof documents>[1] = {}): readonly Problem[] => {
  const compiled = compile(documents([policy('P01', condition)], more))
  return compiled.ok ? [] : compiled.problems
}
const found = (condition: string) =>
  problemsOf(condition).map(({ at, words, code }) => [code, condition.slice(at?.start, at?.end), words.en])

const words = { zh: '词', en: 'word' }
const together = 'These can never hold together'
const always = 'One of these always holds'
const never = 'This never holds; there is no such value'
const ever = 'This always holds, whatever the value'

describe('a condition that can only come out one way', () => {
  it.each([
    ['household.x < 18 && household.x >= 60', 'household.x < 18 && household.x >= 60', together],
    [
      'household.level in [1, 2] && household.level == 3',
      'household.level in [1, 2] && household.level == 3',
      together,
    ],
    [
      'household.kind == "red" && household.kind != "red"',
      'household.kind == "red" && household.kind != "red"',
      together,
    ],
    ['household.x > 17 && household.x < 18', 'household.x > 17 && household.x < 18', together],
    ['household.a && household.b && !household.a', 'household.a && household.b && !household.a', together],
    [
      'household.x < household.y && household.y <= household.x',
      'household.x < household.y && household.y <= household.x',
      together,
    ],
    // Of many, the two that do it.
    ['household.a || household.x < 3 || household.x >= 3', 'household.x < 3 || household.x >= 3', always],
    [
      'household.a && household.x < 18 && household.x >= 60 && household.b',
      'household.x < 18 && household.x >= 60',
      together,
    ],
    [
      'household.kind != "red" || household.kind != "blue"',
      'household.kind != "red" || household.kind != "blue"',
      always,
    ],
    [
      'household.a && household.b || household.x < 3 && (household.x > 5 || household.x == 4)',
      'household.x < 3 && (household.x > 5 || household.x == 4',
      together,
    ],
    ['household.b || household.x < 3 && !(household.x < 5)', 'household.x < 3 && !(household.x < 5', together],
    [
      'household.day < date("2020-01-01") && household.day > date("2020-01-01")',
      'household.day < date("2020-01-01") && household.day > date("2020-01-01")',
      together,
    ],
    ['household.a && household.x < 0', 'household.x < 0', never],
    ['household.a && household.money >= 0', 'household.money >= 0', ever],
    ['household.members.exists(m, m.age < 6 && m.age > 6)', 'm.age < 6 && m.age > 6', together],
    ['household.members.filter(m, m.p && !m.p).size() > 1', 'm.p && !m.p', together],
    ['household.members.size() < 0 || household.a', 'household.members.size() < 0', never],
    ['household.x < params.line && household.x > 40', 'household.x < params.line && household.x > 40', together],
    [
      'household.x < 15 && household.x >= params.line',
      'household.x < 15 && household.x >= params.line',
      `${together} (with the figures from 2021-01-01)`,
    ],
    [
      'household.x < params.line * 2 && household.x > params.line * 3',
      'household.x < params.line * 2 && household.x > params.line * 3',
      together,
    ],
  ])('%s', (condition, place, en) => {
    expect(found(condition)).toEqual([['dead', place, en]])
  })

  it.each([
    'household.x < 60 && household.x >= 18',
    '!(household.level < 3) && !(household.level >= 3)',
    'household.level == null || household.level >= 1',
    'household.kind in ["red", "green"] && household.kind != "red"',
    'household.money > 17 && household.money < 18',
    'household.a || !household.b',
    'household.members.exists(m, m.age < 6) && household.members.exists(m, m.age > 60)',
    'household.x < 18 && (household.x >= 60 || household.a)',
    'household.x * 2 < 3 && household.x > 0',
    'household.x / household.y < 3 || household.x / household.y >= 3',
    'household.x < 25 && household.x > 15 && household.x < params.line + 10',
  ])('%s can come out both ways', condition => {
    expect(found(condition)).toEqual([])
  })

  it('is one by the figures of some day only while its version is in force', () => {
    const later = { ...policy('P01', 'household.x < 15 && household.x >= params.line') }
    const only2020 = {
      ...later,
      versions: [...later.versions, { ...later.versions[0], from: '2021-01-01', condition: 'household.a' }],
    }
    expect(compile(documents([only2020 as typeof later])).ok).toBe(true)
  })

  it('is seen through what a dictionary says of a fact', () => {
    const range = facts.map(f => (f.name === 'household.x' ? { ...f, min: -5, max: 4, none: true } : f))
    expect(problemsOf('household.a && household.x > 4', { facts: range })[0]?.words.en).toBe(never)
    expect(problemsOf('household.x < 0', { facts: range })).toEqual([])
    expect(problemsOf('household.a && household.x <= 4', { facts: range })).toEqual([])
    const derived = [{ name: 'household.x', label: words, type: 'integer' as const, formula: 'household.y - 5' }]
    expect(
      problemsOf('household.x < 0', {
        facts: facts.filter(f => f.name !== 'household.x'),
        derived: [...documents([]).derived, ...derived],
      }),
    ).toEqual([])
  })
})

describe('lines of which the first that holds counts', () => {
  const circles = (...conditions: readonly string[]) => ({
    circle: {
      lines: conditions.map((condition, i) => ({ circle: ((i % 3) + 1) as 1 | 2 | 3, label: words, condition })),
    },
  })
  const lost = (more: Parameters<typeof documents>[1]) => {
    const compiled = compile(documents([], more))
    return compiled.ok ? [] : compiled.problems.map(problem => [problem.where, problem.words.en])
  }
  const reached = 'This line is never reached: whenever it holds, one before it does'

  it.each([
    [['person.age >= 60', 'person.age >= 70'], 1],
    [['person.p && person.age >= 60', 'person.wage > 0', 'person.age >= 60 && person.p && household.a'], 2],
    [['person.age < 60', 'person.age >= 60', 'person.p'], 2],
    [['true', 'person.p'], 1],
    [['person.age >= params.line + 30', 'person.age >= params.line + 40'], 1],
  ])('%j: line %i is never reached', (conditions, line) => {
    expect(lost(circles(...conditions))).toEqual([[`circles/circle lines[${line}]`, reached]])
  })

  it.each([
    [['person.age >= 70', 'person.age >= 60']],
    [['person.p && person.age >= 60', 'person.p', 'person.age >= 60']],
    // By the figures of one day it is, by those of another it is not.
    [['person.age >= params.line', 'person.age >= 15']],
    [['household.a', 'household.b', 'true']],
  ])('%j are each reached by somebody', conditions => {
    expect(lost(circles(...conditions))).toEqual([])
  })

  it('say so where one cannot hold at all, once', () => {
    expect(lost(circles('false', 'person.p'))).toEqual([['circles/circle lines[0]', 'This line never holds']])
    expect(lost(circles('person.p', 'person.p && !person.p'))).toEqual([['circles/circle lines[1]', together]])
  })

  it('count for the primary class only where the class holds', () => {
    const line = (name: 'prevention' | 'support' | 'development', condition: string) => ({
      class: name,
      label: words,
      condition,
    })
    const classes = [line('support', 'household.a'), line('development', 'household.x > 3')]
    const all = (...primary: readonly ReturnType<typeof line>[]) => lost({ class: { classes, primary } })
    expect(all(line('support', 'true'), line('development', 'true'))).toEqual([])
    expect(all(line('support', 'household.b'), line('support', 'household.b'))).toEqual([
      ['circles/class primary[1]', reached],
    ])
    // Nobody has a class that no line gives.
    expect(all(line('prevention', 'true'))).toEqual([['circles/class primary[0]', 'This line never holds']])
  })
})

describe('what is reported', () => {
  const atoms = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('x', 'y', 'level', 'money'),
        fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
        fc.integer({ min: 0, max: 4 }),
      )
      .map(([name, op, n]) => `household.${name} ${op} ${n}`),
    fc.constantFrom(
      'household.a',
      'household.b',
      'household.x < household.y',
      'household.y <= household.x',
      'household.level == null',
      'household.level in [1, 2]',
      'household.x in [0, 3]',
      'household.kind == "red"',
      'household.kind != "blue"',
      'household.kind in ["red", "green"]',
      'household.x < params.line',
      '(household.a ? household.x < 2 : household.x > 3)',
    ),
  )
  const { condition } = fc.letrec<{ condition: string }>(tie => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      atoms,
      tie('condition').map(c => `!(${c})`),
      fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map(parts => `(${parts.join(' ')})`),
    ),
  }))
  const world = fc.record({
    a: fc.boolean(),
    b: fc.boolean(),
    x: fc.integer({ min: 0, max: 4 }),
    y: fc.integer({ min: 0, max: 4 }),
    level: fc.option(fc.integer({ min: 0, max: 4 })),
    money: fc.constantFrom(0, 0.5, 1, 2.25, 4),
    kind: fc.constantFrom('red', 'green', 'blue'),
  })
  const persons = [{ key: 'm', alive: true }]

  it('never comes out the other way in any household', () => {
    let dead = 0
    fc.assert(
      fc.property(condition, fc.array(world, { minLength: 30, maxLength: 30 }), (text, households) => {
        for (const { at, code, words: said } of problemsOf(text)) {
          expect(code).toBe('dead')
          dead++
          const part = bracketed(text.slice(at?.start, at?.end))
          const pool = poolOf(documents([policy('P01', part)]))
          const out = /never/.test(said.en) ? 'ineligible' : 'eligible'
          for (const household of households) {
            const { verdict } = judge(pool, { household, persons }, day('2021-09-26')).policies['P01'] as PolicyResult
            expect(verdict).toBe(out)
          }
        }
      }),
      { numRuns: 1500 },
    )
    expect(dead).toBeGreaterThan(50)
  })
})

/** A place leaves out the brackets around its ends. */
function bracketed(part: string): string {
  let [open, missing] = [0, 0]
  for (const character of part) {
    if (character === '(') open++
    if (character !== ')') continue
    if (open > 0) open--
    else missing++
  }
  return '('.repeat(missing) + part + ')'.repeat(open)
}
