import { day } from '@zhulian/kernel'
import { describe, expect, it } from 'vitest'
import { documents, exclusion, policy, poolOf } from '../../test/small-pool.ts'
import {
  amountAt,
  changes,
  countOf,
  judge,
  judgeAll,
  lanesOf,
  registryOf,
  tableOf,
  verdictAt,
  withParameters,
  yearlyCost,
  type ExclusionDocument,
  type HouseholdFacts,
  type PersonPolicyResult,
  type PolicyResult,
  type Pool,
  type Registry,
  type RegistryJudgement,
} from '../index.ts'

const on = day('2021-09-26')
const cash = (id: string, scope: 'household' | 'person', condition: string, amount: string) =>
  policy(id, condition, { scope, amount })

/** Two policies of the household, two of a person; figures that are equal, open, and hang on what is held. */
const policies = [
  cash('P01', 'household', 'household.a', '4 * params.line + 20'),
  cash('P02', 'household', 'household.b', 'household.x * 20'),
  cash('P03', 'person', 'person.p', '300'),
  cash('P04', 'person', 'person.age > params.line', 'person.wage'),
  cash('P05', 'person', 'true', 'held.P04 ? 1 : held.P03 ? 2 : 3'),
]

/** Every combination of a few values, also of what is not known. */
function households(): HouseholdFacts[] {
  const made: HouseholdFacts[] = []
  const set = <T>(key: string, value: T | undefined) => (value === undefined ? {} : { [key]: value })
  for (const a of [true, false, undefined])
    for (const b of [true, false, undefined])
      for (const x of [4, 5, 6, undefined])
        for (const p of [true, false, undefined])
          for (const [age, wage] of [
            [30, 300],
            [22, 400],
            [10, 0],
            [undefined, undefined],
            [30, undefined],
          ] as const)
            for (const alive of [true, false, undefined])
              made.push({
                household: { ...set('a', a), ...set('b', b), ...set('x', x) },
                persons: [
                  { key: 'm', ...set('alive', alive), ...set('p', p), ...set('age', age), ...set('wage', wage) },
                  { key: 'n', alive: true, p: a ?? false, age: 40, wage: 300 },
                ].slice(0, made.length % 3 === 0 ? 1 : 2),
              })
  return made
}

function differences(all: RegistryJudgement, pool: Pool, registry: Registry, of: readonly HouseholdFacts[]): string[] {
  const has = (plane: Int32Array, lane: number) => (((plane[lane >>> 5] ?? 0) >>> (lane & 31)) & 1) === 1
  return of.flatMap((facts, h) => {
    const judgement = judge(pool, facts, on)
    return pool.policies.flatMap(({ id, scope }) => {
      const outcome = all.policies.get(id)
      if (!outcome) return [`${id} is missing`]
      const lanes = scope === 'household' ? [h] : facts.persons.map((_, i) => (registry.first[h] ?? 0) + i)
      const found = lanes
        .filter(lane => verdictAt(outcome, lane))
        .map(lane => {
          const by = outcome.excludedBy?.[lane] ?? -1
          const choiceWith = outcome.choices.filter(c => has(c.plane, lane)).map(c => c.with)
          return [
            verdictAt(outcome, lane),
            amountAt(outcome, lane),
            by < 0 ? undefined : pool.policies[by]?.id,
            choiceWith,
          ]
        })
      const results = judgement.policies[id] as PolicyResult | readonly PersonPolicyResult[]
      const wanted = (Array.isArray(results) ? (results as readonly PolicyResult[]) : [results as PolicyResult]).map(
        r => [r.verdict, r.amount, r.excludedBy, r.choiceWith ?? []],
      )
      const [x, y] = [JSON.stringify(found), JSON.stringify(wanted)]
      return x === y ? [] : [`${id} of ${JSON.stringify(facts)}: ${x}, by judge ${y}`]
    })
  })
}

const lines: Readonly<Record<string, readonly ExclusionDocument[]>> = {
  'the first before the second': [exclusion(['P01', 'P02'], 'P01')],
  'the higher, the first where they are equal': [exclusion(['P01', 'P02'], 'higher', { tie: 'P01' })],
  'the higher, the second where they are equal': [exclusion(['P01', 'P02'], 'higher', { tie: 'P02' })],
  'the higher of two of a person': [exclusion(['P03', 'P04'], 'higher', { tie: 'P04' })],
  'a choice': [exclusion(['P01', 'P02'], 'choose'), exclusion(['P04', 'P03'], 'choose')],
  "the household's before a person's": [exclusion(['P01', 'P03'], 'P01')],
  "a person's, held by all, before the household's": [exclusion(['P01', 'P03'], 'P03')],
  "a person's, held by any, before the household's": [exclusion(['P03', 'P02'], 'P03', { members: 'any' })],
  "a choice between the household's and a person's": [exclusion(['P02', 'P04'], 'choose')],
  'several, one after another': [
    exclusion(['P03', 'P04'], 'P03'),
    exclusion(['P01', 'P04'], 'P04', { members: 'any' }),
    exclusion(['P01', 'P02'], 'higher', { tie: 'P02' }),
  ],
}

describe('what one cannot have together, for a whole registry', () => {
  const all = households()
  // Some whom no column can hold.
  const some = all.map((facts, i) =>
    i % 7 === 0 ? { ...facts, household: { ...facts.household, money: '12' } } : facts,
  )

  it.each(Object.entries(lines))('%s: as for each household', (_, exclusions) => {
    const pool = poolOf(documents(policies, { exclusions }))
    for (const facts of [all, some]) {
      const registry = registryOf(pool, facts)
      const run = judgeAll(pool, registry, on)
      expect(differences(run.judgement, pool, registry, facts).slice(0, 3)).toEqual([])
      for (const line of [25, 35, 20]) {
        const by = withParameters(pool, { line }, on)
        expect(differences(run.withParameters({ line }), by, registry, facts).slice(0, 3)).toEqual([])
        expect(differences(run.rerun(), by, registry, facts).slice(0, 3)).toEqual([])
      }
    }
  })
})

describe('a registry of several blocks', () => {
  // Shorter pieces keep every column; of this one most are only there while their block is.
  const [rows, piece] = [40_100, 10_000]
  const next = (seed: number) => () => ((seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >>> 8) / 2 ** 23
  const drawn = (seed: number, draw: (random: number) => unknown) => {
    const random = next(seed)
    return Array.from({ length: rows }, () => (random() < 0.1 ? undefined : draw(random())))
  }
  const table = {
    a: drawn(1, r => r < 0.5),
    b: drawn(2, r => r < 0.3),
    x: drawn(3, r => Math.floor(r * 9)),
    y: drawn(4, r => Math.floor(r * 300)),
    money: drawn(5, r => Math.floor(r * 4000) / 100),
  }
  const pool = poolOf(
    documents(
      [
        cash('P01', 'household', 'household.a && household.money < params.line', '4 * params.line + 20'),
        cash('P02', 'household', 'household.b || (household.x > 3 && household.y > 150)', 'params.line'),
        cash('P03', 'household', 'household.money < params.line && household.y < 200', '300'),
        cash('P04', 'household', '!(household.a && household.x > 2)', 'household.x * params.line'),
        cash('P05', 'household', '!(household.a && household.x > 2) || household.b', '1'),
        cash('P06', 'household', 'household.a', 'held.P02 ? 1 : 2'),
      ],
      { exclusions: [exclusion(['P02', 'P03'], 'P03'), exclusion(['P01', 'P04'], 'higher', { tie: 'P01' })] },
    ),
  )
  const registry = (from: number, to: number) =>
    tableOf(
      pool,
      to - from,
      Object.fromEntries(Object.entries(table).map(([name, all]) => [name, all.slice(from, to)])),
    )
  const told = (judgement: RegistryJudgement, count: number) =>
    [...judgement.policies.values()].map(outcome =>
      Array.from({ length: count }, (_, lane) =>
        [verdictAt(outcome, lane), amountAt(outcome, lane), outcome.excludedBy?.[lane] ?? -1].join(),
      ),
    )

  it('is judged as its pieces are, whole or after a change, and keeps what it said before', () => {
    const run = judgeAll(pool, registry(0, rows), on)
    const pieces = Array.from({ length: Math.ceil(rows / piece) }, (_, i) => {
      const [from, to] = [i * piece, Math.min(rows, (i + 1) * piece)]
      return { run: judgeAll(pool, registry(from, to), on), size: to - from }
    })
    const wrong = (judgement: RegistryJudgement, figures: Readonly<Record<string, number>>) => {
      const wanted = pieces.map(p => told(p.run.withParameters(figures), p.size))
      return told(judgement, rows).flatMap((found, policy) => {
        const all = wanted.flatMap(p => p[policy] ?? [])
        return found.flatMap((one, lane) =>
          one === all[lane] ? [] : [`P0${policy + 1} ${lane}: ${one}, ${all[lane]}`],
        )
      })
    }
    const own = run.judgement
    expect(wrong(own, {}).slice(0, 3)).toEqual([])
    for (const line of [12, 30, 12, 20]) {
      expect(wrong(run.withParameters({ line }), { line }).slice(0, 3)).toEqual([])
      expect(wrong(run.rerun(), { line }).slice(0, 3)).toEqual([])
    }
    expect(wrong(own, {}).slice(0, 3)).toEqual([])
    for (const outcome of own.policies.values())
      expect([outcome.eligible, outcome.ineligible].map(plane => lanesOf(plane).some(lane => lane >= rows))).toEqual([
        false,
        false,
      ])
  })
})

describe('a change of a figure', () => {
  it('says who gains, who loses, who is open now, and what it costs a year', () => {
    const pool = poolOf(
      documents([
        cash('P01', 'household', 'household.money < params.line', '100'),
        cash('P02', 'household', 'household.money > params.line', 'params.line'),
        cash('P03', 'household', 'household.a', '7'),
      ]),
    )
    const money = [10, 19.99, 20, 22, 30, undefined]
    const registry = registryOf(
      pool,
      money.map(m => ({ household: { a: true, ...(m !== undefined && { money: m }) }, persons: [{ key: 'm' }] })),
    )
    const run = judgeAll(pool, registry, on)
    const own = run.judgement
    const tried = run.withParameters({ line: 25 })
    const [first, second, ...rest] = changes(own, tried)
    expect(rest).toEqual([])
    expect(first).toMatchObject({ id: 'P01', gainers: 2, losers: 0, newlyOpen: 0, cost: 2 * 1200 })
    expect(lanesOf(first?.gained ?? new Int32Array(0))).toEqual([2, 3])
    // One loses 20 a month, the other has 25 for 20.
    expect(second).toMatchObject({ id: 'P02', gainers: 0, losers: 1, cost: 12 * (25 - 2 * 20) })
    expect(lanesOf(second?.lost ?? new Int32Array(0))).toEqual([3])
    expect(tried.policies.get('P03')).toBe(own.policies.get('P03'))
    const outcome = own.policies.get('P01')
    expect(outcome && [countOf(outcome.eligible), yearlyCost(outcome), verdictAt(outcome, 5)]).toEqual([
      2,
      2400,
      'undetermined',
    ])
    expect(changes(own, run.withParameters({}))).toEqual([])
  })
})
