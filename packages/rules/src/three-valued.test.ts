import { run } from '@bufbuild/cel'
import { day } from '@zhulian/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents, policy, poolOf } from '../test/small-pool.ts'
import { judge, type HouseholdFacts, type PolicyResult } from './index.ts'

const on = day('2021-09-26')
type Truth = boolean | undefined
type Known = Readonly<Record<string, unknown>>
interface World {
  readonly household: Known
  readonly persons: readonly ({ readonly key: string } & Known)[]
}
/** An expression as text, and what plain Kleene logic says of it. */
interface Sample {
  readonly text: string
  readonly kleene: (world: World, member?: Known) => Truth
}

const not = (v: Truth): Truth => (v === undefined ? undefined : !v)
const all = (vs: readonly Truth[]): Truth => (vs.includes(false) ? false : vs.includes(undefined) ? undefined : true)
const any = (vs: readonly Truth[]): Truth => not(all(vs.map(not)))
const compare: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}
const ops = fc.constantFrom(...Object.keys(compare))
const numberOf = (known: Known, name: string) => known[name] as number | undefined

const atom: fc.Arbitrary<Sample> = fc.oneof(
  fc
    .constantFrom('a', 'b', 'c')
    .map(name => ({ text: `household.${name}`, kleene: (w: World) => w.household[name] as Truth })),
  fc.tuple(fc.constantFrom('x', 'y'), ops, fc.integer({ min: 0, max: 4 })).map(([name, op, n]) => ({
    text: `household.${name} ${op} ${n}.0`,
    kleene: (w: World) => {
      const v = numberOf(w.household, name)
      return v === undefined ? undefined : compare[op]?.(v, n)
    },
  })),
  fc.tuple(ops, fc.integer({ min: 0, max: 8 })).map(([op, n]) => ({
    text: `household.x + household.y * 2.0 ${op} ${n}.0`,
    kleene: (w: World) => {
      const [x, y] = [numberOf(w.household, 'x'), numberOf(w.household, 'y')]
      return x === undefined || y === undefined ? undefined : compare[op]?.(x + y * 2, n)
    },
  })),
  fc.subarray(['red', 'green', 'blue'], { minLength: 1 }).map(values => ({
    text: `household.kind in [${values.map(v => `"${v}"`).join(', ')}]`,
    kleene: (w: World) =>
      w.household['kind'] === undefined ? undefined : values.includes(w.household['kind'] as string),
  })),
)
const memberAtom: fc.Arbitrary<Sample> = fc.oneof(
  fc.constant({ text: 'm.p', kleene: (_: World, m?: Known) => m?.['p'] as Truth }),
  fc.integer({ min: 0, max: 4 }).map(n => ({
    text: `m.age >= ${n}.0`,
    kleene: (_: World, m?: Known) => {
      const age = m && numberOf(m, 'age')
      return age === undefined ? undefined : age >= n
    },
  })),
)

const combine = (leaf: fc.Arbitrary<Sample>, depth: number): fc.Arbitrary<Sample> => {
  if (depth === 0) return leaf
  const inner = combine(leaf, depth - 1)
  const pair = fc.tuple(inner, inner)
  return fc.oneof(
    leaf,
    inner.map(s => ({ text: `!(${s.text})`, kleene: (w: World, m?: Known) => not(s.kleene(w, m)) })),
    pair.map(([s, t]) => ({
      text: `(${s.text} && ${t.text})`,
      kleene: (w: World, m?: Known) => all([s.kleene(w, m), t.kleene(w, m)]),
    })),
    pair.map(([s, t]) => ({
      text: `(${s.text} || ${t.text})`,
      kleene: (w: World, m?: Known) => any([s.kleene(w, m), t.kleene(w, m)]),
    })),
    fc.tuple(inner, inner, inner).map(([c, s, t]) => ({
      text: `(${c.text} ? ${s.text} : ${t.text})`,
      kleene: (w: World, m?: Known) => {
        const [test, then, otherwise] = [c.kleene(w, m), s.kleene(w, m), t.kleene(w, m)]
        return test === undefined ? (then === otherwise ? then : undefined) : test ? then : otherwise
      },
    })),
  )
}

/** Elements, each in the list for sure or perhaps. */
const quantified: fc.Arbitrary<Sample> = fc
  .tuple(fc.constantFrom('exists', 'all', 'count'), combine(memberAtom, 1), fc.integer({ min: 0, max: 3 }))
  .map(([how, body, n]) => {
    const list =
      how === 'count'
        ? `household.members.filter(m, ${body.text}).size() >= ${n}`
        : `household.members.${how}(m, ${body.text})`
    return {
      text: list,
      kleene: (w: World) => {
        const each = w.persons.map(m => [m['alive'] as Truth, body.kleene(w, m)] as const)
        if (how === 'exists') return any(each.map(([alive, v]) => all([alive, v])))
        if (how === 'all') return all(each.map(([alive, v]) => any([not(alive), v])))
        const inside = each.map(([alive, v]) => all([alive, v]))
        const sure = inside.filter(v => v === true).length
        const possible = inside.filter(v => v !== false).length
        return sure >= n ? true : possible < n ? false : undefined
      },
    }
  })

const expressions = combine(fc.oneof({ weight: 3, arbitrary: atom }, { weight: 1, arbitrary: quantified }), 3)
const small = fc.integer({ min: 0, max: 4 })
const knownHousehold = fc.record({
  a: fc.boolean(),
  b: fc.boolean(),
  c: fc.boolean(),
  x: small,
  y: small,
  kind: fc.constantFrom('red', 'green', 'blue'),
})
const knownPerson = fc.record({ p: fc.boolean(), age: small })
const some = <T extends Known>(of: fc.Arbitrary<T>): fc.Arbitrary<Known> =>
  fc
    .tuple(of, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
    .map(([known, drop]) => Object.fromEntries(Object.entries(known).filter((_, i) => !drop[i])))
const keyed = (persons: readonly Known[]) => persons.map((p, i) => ({ ...p, key: `m${i}` }))
const partly = fc.record({
  household: some(knownHousehold),
  // The first member is alive, so that it is known that there is a household.
  persons: fc
    .array(some(knownPerson.chain(p => fc.constantFrom(true, false).map(alive => ({ ...p, alive })))), { maxLength: 3 })
    .map(rest => keyed([{ alive: true }, ...rest])),
})
const wholly = fc.record({
  household: knownHousehold,
  persons: fc.array(knownPerson, { minLength: 1, maxLength: 3 }).map(ps => keyed(ps.map(p => ({ ...p, alive: true })))),
})

const verdict = (text: string, facts: HouseholdFacts): PolicyResult =>
  judge(poolOf(documents([policy('P01', text)])), facts, on).policies['P01'] as PolicyResult
const truth = { eligible: true, ineligible: false, undetermined: undefined }

describe('a condition', () => {
  it('is true, false or open exactly as Kleene logic says', () => {
    fc.assert(
      fc.property(expressions, partly, (sample, world) => {
        expect(truth[verdict(sample.text, world).verdict]).toBe(sample.kleene(world))
      }),
      { numRuns: 1500 },
    )
  })

  it('says what another implementation of the language says where everything is known', () => {
    fc.assert(
      fc.property(expressions, wholly, (sample, world) => {
        const household = { ...world.household, members: world.persons }
        expect(truth[verdict(sample.text, world).verdict]).toBe(run(sample.text, { household } as never))
      }),
      { numRuns: 500 },
    )
  })

  it('has missing facts exactly while it is open', () => {
    fc.assert(
      fc.property(expressions, partly, (sample, world) => {
        const result = verdict(sample.text, world)
        expect(result.missing.length > 0).toBe(result.verdict === 'undetermined')
      }),
      { numRuns: 500 },
    )
  })

  it('stays open whatever the facts are that it does not name as missing', () => {
    fc.assert(
      fc.property(expressions, partly, knownHousehold, knownPerson, (sample, world, household, person) => {
        const { missing } = verdict(sample.text, world)
        fc.pre(missing.length > 0)
        const named = (fact: string, key?: string) => missing.some(m => m.fact === fact && m.person === key)
        const rest = (known: Known, prefix: string, key?: string) =>
          Object.fromEntries(Object.entries(known).filter(([name]) => !named(`${prefix}.${name}`, key)))
        const filled = {
          household: { ...rest(household, 'household'), ...world.household },
          persons: world.persons.map(p => ({ ...rest({ ...person, alive: true }, 'person', p.key), ...p })),
        }
        expect(verdict(sample.text, filled).verdict).toBe('undetermined')
      }),
      { numRuns: 500 },
    )
  })

  it('gives reasons that suffice, and none that could be spared', () => {
    fc.assert(
      fc.property(expressions, partly, (sample, world) => {
        const result = verdict(sample.text, world)
        fc.pre(result.verdict !== 'undetermined')
        const reasons = result.reasons.flatMap(r => (r.kind === 'fact' ? [r] : []))
        const only = (kept: typeof reasons): HouseholdFacts => ({
          household: Object.fromEntries(kept.filter(r => r.person === undefined).map(r => [r.fact.slice(10), r.value])),
          persons: world.persons.map(p => ({
            key: p.key,
            ...Object.fromEntries(kept.filter(r => r.person === p.key).map(r => [r.fact.slice(7), r.value])),
          })),
        })
        expect(verdict(sample.text, only(reasons)).verdict).toBe(result.verdict)
        for (const spared of reasons)
          expect(verdict(sample.text, only(reasons.filter(r => r !== spared))).verdict).toBe('undetermined')
      }),
      { numRuns: 500 },
    )
  })
})

describe('values', () => {
  const facts = (household: Known): HouseholdFacts => ({ household, persons: [{ key: 'm', alive: true }] })
  it.each([
    ['household.level <= 3', { level: null }, 'ineligible'],
    ['household.level > 3', { level: null }, 'ineligible'],
    ['household.level in [1, 2]', { level: null }, 'ineligible'],
    ['household.level == null', { level: null }, 'eligible'],
    ['household.level != null', { level: 1 }, 'eligible'],
    ['household.level == null', {}, 'undetermined'],
    ['household.level <= 3', {}, 'undetermined'],
    ['household.x / household.y > 1', { x: 1, y: 0 }, 'ineligible'],
    ['round(household.money) == 331', { money: 330.5 }, 'eligible'],
    ['household.money * 3 == 0.3', { money: 0.1 }, 'eligible'],
    ['household.money < 0.3', { money: 0.1 + 0.2 }, 'ineligible'],
    ['params.line == 20', {}, 'eligible'],
    ['(household.a ? 1 : 2) <= 2', {}, 'eligible'],
    ['(household.a ? "red" : household.kind) in ["red", "blue"]', { kind: 'blue' }, 'eligible'],
    ['(household.a ? "red" : household.kind) == "green"', { kind: 'blue' }, 'ineligible'],
    ['household.day <= date("2021-09-26")', { day: '2021-09-26' }, 'eligible'],
    ['monthsBetween(household.day, today) == 0', { day: '2021-08-27' }, 'eligible'],
    ['monthsBetween(household.day, today) == 1', { day: '2021-08-26' }, 'eligible'],
    ['addMonths(household.day, 1) == date("2021-02-28")', { day: '2021-01-31' }, 'eligible'],
    ['household.events.exists(e, e.kind == "fire")', { events: [] }, 'ineligible'],
    ['household.events.exists(e, e.kind == "fire")', { events: [{ kind: 'flood' }, {}] }, 'undetermined'],
    ['household.events.exists(e, daysBetween(e.on, today) <= 90)', { events: [{ on: '2021-06-28' }] }, 'eligible'],
  ] as const)('%s with %j is %s', (text, household, expected) => {
    expect(verdict(text, facts(household)).verdict).toBe(expected)
  })

  it('sums and extremes over members are open while a needed part is', () => {
    const of = (text: string, persons: HouseholdFacts['persons']) => verdict(text, { household: {}, persons }).verdict
    const [rich, poor, unknown, dead] = [
      { key: 'a', alive: true, age: 40, wage: 900 },
      { key: 'b', alive: true, age: 30, wage: 100 },
      { key: 'c', alive: true, age: 30 },
      { key: 'd', alive: false, age: 80 },
    ]
    const child = { key: 'e', alive: true, age: 10 }
    expect(of('household.members.map(m, m.wage).sum() == 1000', [rich, poor, child, dead])).toBe('eligible')
    expect(of('household.members.map(m, m.wage).sum() >= 1000', [rich, poor, unknown])).toBe('undetermined')
    expect(of('household.members.map(m, m.wage).max() == 900', [rich, poor, dead])).toBe('eligible')
    expect(of('household.everyone.map(m, m.age).max() == 80', [rich, dead])).toBe('eligible')
    expect(of('household.members.map(m, m.age).min() == null', [dead])).toBe('undetermined')
    expect(of('household.members.exists(m, m.skills.exists(k, k == "cook"))', [{ ...rich, skills: ['cook'] }])).toBe(
      'eligible',
    )
  })

  it('a household in which nobody is known to live is not known', () => {
    const { verdict: v, missing } = verdict('household.members.size() == 0', {
      household: {},
      persons: [{ key: 'a', alive: false }],
    })
    expect([v, missing]).toEqual(['undetermined', [{ fact: 'household.members' }]])
  })
})
