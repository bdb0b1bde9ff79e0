import { celEnv, isCelError, parse, plan } from '@bufbuild/cel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformanceCases, verdict } from '../test/conformance.ts'
import { fastest } from '../test/fastest.ts'
import { evaluate, type Evaluated } from './index.ts'

const said = (result: Evaluated): unknown =>
  !result.ok ? `error ${result.code}` : 'unknown' in result ? 'unknown' : result.value

describe('the standard’s own cases', () => {
  const cases = conformanceCases()
  const results = cases.map(test => ({ test, result: evaluate(test.expr, test.types, test.bindings) }))
  const by = (is: ReturnType<typeof verdict>) => results.filter(({ test, result }) => verdict(test, result) === is)

  it('are answered as the standard says or refused, never wrongly', () => {
    expect(by('wrong').map(({ test, result }) => [test.name, test.expr, said(result)])).toEqual([])
    expect({ supported: by('supported').length, refused: by('refused').length }).toEqual({
      supported: 337,
      refused: 834,
    })
  })

  it('are errors where the standard wants an error', () => {
    const wanted = results.filter(({ test }) => test.expected === 'error')
    expect(wanted.length).toBeGreaterThan(80)
    expect(wanted.filter(({ result }) => result.ok).map(({ test }) => test.name)).toEqual([])
  })

  it('of logic, whole numbers and doubles are nearly all answered', () => {
    const inside = results.filter(
      ({ test: { name, expr, expected, unchecked } }) =>
        /^(logic|integer_math\/int64|fp_math)/.test(name) &&
        !unchecked &&
        expected !== 'error' &&
        !/[%]|\du|9223372/.test(expr),
    )
    // Infinity is no JSON number.
    expect(inside.filter(({ result }) => !result.ok).map(({ test }) => test.expr.trim())).toEqual([
      '15.75 / 0.0',
      '2.0 * 8.988466e+307',
      '2.0 * -8.988466e+307',
    ])
  })
})

const types = {
  a: 'bool',
  b: 'bool',
  x: 'int',
  y: 'int',
  d: 'double',
  s: 'string',
  l: { list: { p: 'bool', k: 'int', w: 'double' } },
  n: { list: { q: 'bool', j: 'int' } },
} as const
type Known = Readonly<Record<string, unknown>>

const int = fc.constantFrom(-7, -1, 0, 1, 2, 3, 5)
const double = fc.constantFrom(-2.5, -1, -0, 0, 0.1, 0.2, 0.3, 1, 3)
const text = fc.constantFrom('', 'a', 'b', 'unknown')
const item = fc.record({ p: fc.boolean(), k: int, w: double })
const other = fc.record({ q: fc.boolean(), j: int })
const whole: fc.Arbitrary<Known> = fc.record({
  a: fc.boolean(),
  b: fc.boolean(),
  x: int,
  y: int,
  d: double,
  s: text,
  l: fc.array(item, { maxLength: 3 }),
  n: fc.array(other, { maxLength: 2 }),
})
/** A tenth of the names and fields is left out. */
const holes = fc.infiniteStream(fc.integer({ min: 0, max: 9 }))
const withHoles = (known: Known, hole: () => boolean): Known =>
  Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) =>
      hole() ? [] : [[name, Array.isArray(value) ? value.map(v => withHoles(v as Known, hole)) : value]],
    ),
  )
const filled = (partly: Known, by: Known): Known =>
  Object.fromEntries(
    Object.entries(by).map(([name, value]) => {
      const given = partly[name]
      if (!Array.isArray(given)) return [name, given ?? value]
      const items = name === 'l' ? { p: true, k: 2, w: -0 } : { q: false, j: 0 }
      return [name, given.map(v => ({ ...((by[name] as Known[])[0] ?? items), ...(v as Known) }))]
    }),
  )

interface Scope {
  readonly bool: readonly string[]
  readonly int: readonly string[]
  readonly double: readonly string[]
}
const top: Scope = {
  bool: ['a', 'b', 'true', 'false'],
  int: ['x', 'y', '0', '2', '-3'],
  double: ['d', '0.5', '-0.0', '3.0'],
}
const inL: Scope = { bool: ['m.p', 'a'], int: ['m.k', 'x', '1'], double: ['m.w', 'd', '0.5'] }
const inN: Scope = { bool: ['o.q', 'm.p'], int: ['o.j', 'm.k', 'x'], double: ['m.w', '0.5'] }

const wrapped = (parts: fc.Arbitrary<readonly string[]>) => parts.map(texts => `(${texts.join(' ')})`)
const ops = (...all: string[]) => fc.constantFrom(...all)
const compared = ops('<', '<=', '>', '>=', '==', '!=')

function number(kind: 'int' | 'double', scope: Scope, depth: number): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(...scope[kind])
  if (depth === 0) return leaf
  const inner = number(kind, scope, depth - 1)
  const all = [
    leaf,
    wrapped(fc.tuple(inner, ops('+', '-', '*', '/'), inner)),
    inner.map(n => `(-${n})`),
    wrapped(fc.tuple(bool(scope, depth - 1), fc.constant('?'), inner, fc.constant(':'), inner)),
  ]
  return fc.oneof(
    ...all,
    ...(scope === top && kind === 'int' ? [bool(inL, depth - 1).map(p => `l.filter(m, ${p}).size()`)] : []),
  )
}

function bool(scope: Scope, depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    fc.constantFrom(...scope.bool),
    wrapped(fc.tuple(fc.constantFrom(...scope.int), compared, fc.constantFrom(...scope.int))),
    ops(
      '(s == "a")',
      '(s in ["a", "unknown"])',
      '(s != "")',
      '(x in [1, 2, 3])',
      '(x == d)',
      '(d < x)',
      '(d in [0, 0.1])',
      '(0.1 + 0.2 == 0.3)',
    ),
  )
  if (depth === 0) return leaf
  const inner = bool(scope, depth - 1)
  const [ints, doubles] = [number('int', scope, depth - 1), number('double', scope, depth - 1)]
  const all = [
    wrapped(fc.tuple(inner, ops('&&', '||', '==', '!='), inner)),
    wrapped(fc.tuple(inner, ops('&&', '||'), inner, ops('&&', '||'), inner)),
    inner.map(p => `!${p}`),
    wrapped(fc.tuple(inner, fc.constant('?'), inner, fc.constant(':'), inner)),
    wrapped(fc.tuple(ints, compared, ints)),
    wrapped(fc.tuple(doubles, compared, doubles)),
    wrapped(fc.tuple(ints, compared, doubles)),
  ]
  if (scope === top)
    all.push(
      fc.tuple(ops('exists', 'all'), bool(inL, depth - 1)).map(([how, p]) => `l.${how}(m, ${p})`),
      fc
        .tuple(bool(inL, depth - 1), ops('exists', 'all'), bool(inL, depth - 1))
        .map(([f, how, p]) => `l.filter(m, ${f}).${how}(m, ${p})`),
    )
  if (scope === inL)
    all.push(fc.tuple(ops('exists', 'all'), bool(inN, depth - 1)).map(([how, p]) => `n.${how}(o, ${p})`))
  return fc.oneof(leaf, ...all)
}

const env = celEnv()
/** Numbers as the oracle takes them: whole ones are bigint. */
const toCel = (known: Known): Known =>
  Object.fromEntries(
    Object.entries(known).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map(v => toCel(v as Known))
        : typeof value === 'number' && !['d', 'w'].includes(name)
          ? BigInt(value)
          : value,
    ]),
  )
const failed = Symbol('error')
function oracle(text: string): (bindings: Known) => unknown {
  const program = plan(env, parse(text))
  return bindings => {
    const value = program(toCel(bindings) as never)
    return isCelError(value) ? failed : typeof value === 'bigint' ? Number(value) : value
  }
}

describe('an expression over declared names', () => {
  const expression = fc.oneof(bool(top, 3), number('int', top, 3), number('double', top, 2))

  it('has the value another implementation of CEL finds, whatever is left out', () => {
    const counts = { known: 0, unknown: 0, errors: 0, refused: 0 }
    fc.assert(
      fc.property(
        expression,
        whole,
        holes,
        fc.array(whole, { minLength: 4, maxLength: 4 }),
        (expr, all, hole, others) => {
          const partly = withHoles(all, () => hole.next().value === 0)
          const result = said(evaluate(expr, types, partly))
          const cel = oracle(expr)
          const found = cel(partly)
          if (result === 'error unsupported') counts.refused++
          else if (result === 'unknown') {
            counts.unknown++
            // Absorbed errors decide for CEL what is decided here.
            expect(found).toBe(failed)
          } else if (String(result).startsWith('error ')) {
            counts.errors++
            for (const by of [all, ...others]) expect(cel(filled(partly, by))).toBe(failed)
          } else if (found !== failed) {
            counts.known++
            expect(result).toBe(found)
          } else for (const by of [all, ...others]) expect(cel(filled(partly, by))).toBe(result)
        },
      ),
      { numRuns: 20_000 },
    )
    expect(counts.known).toBeGreaterThan(8_000)
    expect(counts.unknown).toBeGreaterThan(1_500)
    expect(counts.errors).toBeGreaterThan(80)
    expect(counts.refused).toBeLessThan(2_000)
  }, 120_000)
})

describe('a list of members', () => {
  const members = { m: { list: { age: 'int', income: 'double', able: 'bool' } }, k: 'int' }
  const of = (expr: string, m?: readonly Known[]) => said(evaluate(expr, members, m === undefined ? {} : { m }))
  const [ann, bo, unknown] = [{ age: 40, income: 0.1, able: true }, { age: 9, income: 0.2, able: false }, { age: 30 }]
  it.each([
    ['m.map(p, p.income).sum()', [ann, bo], 0.1 + 0.2],
    ['m.map(p, p.age).sum()', [ann, bo], 49],
    ['m.map(p, p.age / 2).max()', [ann, bo], 20],
    ['m.map(p, p.age).min()', [ann, bo], 9],
    ['m.map(p, p.age).sum()', [], 0],
    ['m.map(p, p.age).max()', [], 'error unsupported'],
    ['m.map(p, p.income).sum() > 0.0', [ann, unknown], 'unknown'],
    ['m.filter(p, p.able).map(p, p.income).sum()', [ann, bo], 0.1],
    ['m.filter(p, p.able).map(p, p.age).max()', [ann, unknown], 'unknown'],
    ['m.filter(p, p.able).size() >= 1', [ann, unknown], true],
    ['m.filter(p, p.able).size() == 2', [ann, unknown], 'unknown'],
    ['m.filter(p, p.able).size() > 2', [ann, unknown], false],
    ['m.filter(p, p.age / 0 > 1).exists(p, true)', [ann], 'error division_by_zero'],
    ['m.exists(p, p.age / (p.age - 9) > 0)', [bo, ann], true],
    ['m.all(p, p.age / (p.age - 9) > 0)', [bo, ann], 'error division_by_zero'],
    ['m.all(p, p.age / (p.age - 9) < 0)', [bo, ann], false],
    ['m.size() >= 0', undefined, true],
    ['m.size()', undefined, 'unknown'],
    ['m.exists(p, p.able)', undefined, 'unknown'],
    ['m.exists(p, p.able) && false', undefined, false],
    ['m.exists(p, p.able == (k > 1))', [], false],
    ['m.exists(p, p.nme == 1)', [ann], 'error unsupported'],
    ['m.map(p, p.age)', [ann], 'error unsupported'],
    ['m', [ann], 'error unsupported'],
    ['[1, 2].exists(e, e > 1)', [ann], 'error unsupported'],
  ] as const)('%s of %j is %s', (expr, given, expected) => {
    expect(of(expr, given)).toBe(expected)
  })
})

describe('what is refused', () => {
  it.each([
    ['1 + 1.0', 'type'],
    ['x + 1', 'unknown_name'],
    ['x || true', 'unsupported'],
    ['lenght("a")', 'unknown_name'],
    ['true || 1', 'unsupported'],
    ['null == null', 'unsupported'],
    ['"a" + "b"', 'unsupported'],
    ['"a" < "b"', 'unsupported'],
    ['1u == 1u', 'unsupported'],
    ['5 % 2', 'unsupported'],
    ['{"a": 1}.a', 'unsupported'],
    ['[1][0]', 'unsupported'],
    ['.5 < 1.0', 'unsupported'],
    ['A{} == A{}', 'unsupported'],
    ['1 == "a"', 'unsupported'],
    ['true ? 1 : 1.0', 'unsupported'],
    ['a == b < c', 'unsupported'],
    ['true ? true ? 1 : 2 : 3', 'syntax'],
    ['true &&', 'syntax'],
    ['"a', 'syntax'],
    ['7 / 0', 'division_by_zero'],
    ['9007199254740991 + 1', 'unsupported'],
    ['9007199254740992', 'unsupported'],
    ['1.0 / 0.0', 'unsupported'],
    ['date("2024-02-30") == date("2024-02-29")', 'type'],
    ['addMonths(date("2024-02-29"), 99999) == date("2024-02-29")', 'unsupported'],
    ['"\0" == ""', 'unsupported'],
    ['"\ud800" == ""', 'unsupported'],
  ])('%s: %s', (expr, code) => {
    const result = evaluate(expr, {}, {})
    expect(result).toMatchObject({ ok: false, code, at: { line: 1 } })
    expect(!result.ok && result.words.zh).toMatch(/[一-鿿]/)
  })

  it.each([
    [{ x: 'uint' }, {}, 'unsupported'],
    [{ x: 'int' }, { x: 1.5 }, 'case'],
    [{ x: 'int' }, { x: 2 ** 53 }, 'case'],
    [{ x: 'int' }, { x: null }, 'case'],
    [{ x: 'date' }, { x: '2024-03-01' }, 'case'],
    [{ x: 'date' }, { x: { date: '2023-02-29' } }, 'case'],
    [{ x: 'string' }, { x: '\ud800' }, 'case'],
    [{ x: { list: { a: 'int' } } }, { x: [1] }, 'case'],
    [[], {}, 'case'],
  ])('types %j with %j: %s', (given, bindings, code) => {
    expect(evaluate('true', given, bindings)).toMatchObject({ ok: false, code })
  })

  it('names inherited from objects are nobody’s', () => {
    expect(said(evaluate('toString == 1', {}, {}))).toBe('error unknown_name')
    expect(
      said(evaluate('l.exists(m, m.constructor == 1)', { l: { list: { constructor: 'int' } } }, { l: [{}] })),
    ).toBe('unknown')
  })

  it.each([
    ['10 MB of brackets', '('.repeat(10_000_000)],
    ['as many negations as fit', '!'.repeat(19_000)],
    ['20,000 terms', Array(20_000).fill('true').join(' || ')],
    ['a long sum', Array(4_000).fill('1').join('+')],
    ['1 MB of one name', 'x'.repeat(1_000_000)],
    ['deep lists', '['.repeat(19_000)],
    ['deep choices', 'true ? 1 : '.repeat(1_500)],
    ['comments alone', '//'.repeat(9_000)],
  ])('%s: at once, with a short message', (_, expr) => {
    let result = evaluate('', {}, {})
    expect(fastest(() => (result = evaluate(expr, {}, {})), 500)).toBeLessThan(500)
    expect(!result.ok && result.at && result.words.en.length < 500).toBe(true)
  })
})
