import { describe, expect, it } from 'vitest'
import { fastest } from '../test/fastest.ts'
import { compiled, documents, exclusion, policy, derived } from '../test/small-pool.ts'
import type { PoolDocuments, Problem } from './index.ts'

const problems = (docs: PoolDocuments): readonly Problem[] => {
  const result = compiled(docs)
  return result.ok ? [] : result.problems
}
const problem = (condition: string, scope: 'household' | 'person' = 'household') =>
  problems(documents([policy('P01', condition, { scope }), policy('P02', 'person.p', { scope: 'person' })]))[0]

describe('a mistake in a condition is found before anything is judged', () => {
  it.each([
    [
      'household.a && household.mony > 3',
      'There is no fact "household.mony". Did you mean "household.money"?',
      'household.mony',
    ],
    ['household.kind == "gren"', '"gren" is not one of red, green, blue. Did you mean "green"?', '"gren"'],
    ['household.kind in ["red", "grey"]', '"grey" is not one of red, green, blue.', '"grey"'],
    ['household.money > "3"', 'Only numbers and days can be compared by order; this is a word', '"3"'],
    [
      'household.money == household.kind',
      'a number cannot be compared with a word',
      'household.money == household.kind',
    ],
    ['household.money', 'yes or no is wanted here, this is a number', 'household.money'],
    ['household.a + 1 > 2', 'a number is wanted here, this is yes or no', 'household.a'],
    [
      'person.p',
      'This rule is about the household; person has no meaning here. Use household.members.exists(m, …)',
      'person.p',
    ],
    ['household.p', 'There is no fact "household.p". It is a fact of a person.', 'household.p'],
    ['met.P02', 'P02 is about a person and none is named here. Use household.members.exists(m, m.met.P02)', 'met.P02'],
    ['met.P99', 'There is no policy "P99".', 'met.P99'],
    ['held.P02', 'held may only stand in a benefit', 'held.P02'],
    ['params.lime > 3', 'There is no parameter "params.lime". Did you mean "line"?', 'params.lime'],
    ['household.day < date("2021-02-30")', 'date takes a real day, such as date("2021-09-26")', 'date("2021-02-30")'],
    ['household.members.any(m, m.p)', '".any(…)" cannot stand here.', 'household.members.any(m, m.p)'],
    ['household.members.map(m, m.age) == 1', 'After .map(…) stands one of .sum(), .max(), .min()', '.map(m, m.age)'],
    [
      'household.members.filter(m, m.p)',
      'After .filter(…) stands one of .exists(…), .all(…), .size()',
      '.filter(m, m.p)',
    ],
    ['household.members.exists(m, m.q)', 'There is no fact "person.q".', 'm.q'],
    ['household.events.exists(e, e.kin == "fire")', 'Items of this list have no "kin". Did you mean "kind"?', 'e.kin'],
    ['household.events', '"household.events" is a list; ask it with .exists(…) and the like', 'household.events'],
    [
      'household.members.exists(m, household.members.exists(n, n.age > m.age))',
      'This list is being asked already; it cannot be asked again inside',
      'household.members.exists(n, n.age > m.age)',
    ],
    ['household.x / 0 > 1', 'Nothing can be divided by zero', '0'],
    ['household.x % 2 == 0', '"%" is not part of the language', 'household.x % 2'],
    ['household.members[0].p', '"[]" is not part of the language', 'household.members[0]'],
    ['rond(household.x) == 1', 'There is no function "rond". Did you mean "round"?', 'rond(household.x)'],
    ['(household.a ? 1 : "b") == 1', 'One branch is a number, the other a word', 'household.a ? 1 : "b"'],
    ['household.a &&', 'Cannot read this; something is missing or too much', ''],
  ])('%s', (text, words, place) => {
    const found = problem(text)
    expect(found?.words.en).toContain(words)
    expect(found?.words.zh).toMatch(/[一-鿿]/)
    expect(text.slice(found?.at?.start, found?.at?.end)).toContain(place)
  })

  it('with line and column, and the document', () => {
    const found = problem('household.a\n&& household.bb')
    expect([found?.where, found?.at?.line, found?.at?.column]).toEqual(['policies/p01 versions[0].condition', 2, 4])
  })

  it('and all of them are told, not the first only', () => {
    expect(problems(documents([policy('P01', 'household.q'), policy('P02', 'household.r')]))).toHaveLength(2)
  })
})

describe('a hostile text', () => {
  const terms = (n: number, term: (i: number) => string, glue: string) =>
    Array.from({ length: n }, (_, i) => term(i)).join(glue)
  const nested = (n: number) => {
    let text = 'household.a'
    for (let i = 0; i < n; i++) text = `(${text} ${i % 2 ? '&&' : '||'} household.x ${i % 2 ? '<' : '!='} ${i})`
    return text
  }
  it.each([
    ['of 1 MB', 'household.a && '.repeat(70_000)],
    ['that is one name of 1 MB', 'x'.repeat(1_000_000)],
    ['of 1 MB of brackets', '('.repeat(1_000_000)],
    ['of exclusions', terms(800, i => `household.x != ${i}`, ' && ')],
    ['of lists', terms(80, i => `household.x in [${terms(60, j => String(i + j), ', ')}]`, ' || ')],
    ['of a conjunction of choices', terms(350, i => `(household.a || household.x == ${i}) `, ' && ')],
    ['nested as deep as it may be', nested(99)],
    ['of quantifiers', terms(150, i => `household.members.exists(m${i}, m${i}.age > ${i} && m${i}.p)`, ' && ')],
    ['of comparisons with a figure', terms(500, i => `household.x < params.line * ${i + 2}`, ' && ')],
    ['of names that are nearly right', terms(900, i => `household.mony${i}`, ' && ')],
    ['of a long sum', `${terms(240, () => 'household.x', ' + ')} > 3`],
  ])('%s is answered within a second', (_, text) => {
    let found = compiled(documents([]))
    expect(fastest(() => (found = compiled(documents([policy('P01', text)]))), 1000)).toBeLessThan(1000)
    for (const p of found.ok ? [] : found.problems) expect(p.words.en.length).toBeLessThan(500)
  })

  it('and many of them are told up to a hundred', () => {
    const found = problems(documents(Array.from({ length: 250 }, (_, i) => policy(`P${i}`, 'household.q'))))
    expect([found.length, found.at(-1)?.words.en]).toEqual([101, 'and 150 more problems'])
  })
})

describe('documents that do not fit together', () => {
  it('rules that wait for each other in a circle', () => {
    const found = problems(documents([policy('P01', '!met.P02'), policy('P02', 'household.a || met.P01')]))
    expect(found.map(p => p.words.en)).toEqual([
      'These rules wait for each other in a circle: met.P01 → met.P02 → met.P01',
    ])
  })

  it('versions that overlap', () => {
    const twice = policy('P01', 'household.a')
    const found = problems(documents([{ ...twice, versions: [...twice.versions, ...twice.versions] }]))
    expect(found[0]?.words.en).toBe('Versions stand in the order of their days and may not overlap')
  })

  it('versions of a formula that overlap', () => {
    const dated = derived.map(({ formula, ...d }) => ({
      ...d,
      versions: ['2021-01-01', '2020-01-01'].map(from => ({ from, formula, provenance: ['C'] })),
    }))
    const found = problems(documents([], { derived: dated as PoolDocuments['derived'] }))
    expect(found.map(p => p.words.en)).toContain('Versions stand in the order of their days and may not overlap')
  })

  it('an exclusion of a policy that is not there, or won by a third', () => {
    const pair = [policy('P01', 'household.a'), policy('P02', 'household.b')]
    expect(problems(documents(pair, { exclusions: [exclusion(['P01', 'P09'], 'P01')] }))[0]?.words.en).toBe(
      'There is no policy "P09"',
    )
    const third = [...pair, policy('P03', 'household.c')]
    expect(problems(documents(third, { exclusions: [exclusion(['P01', 'P02'], 'P03')] }))[0]?.words.en).toBe(
      'The winner must be one of the pair',
    )
  })

  it('a derived enum whose formula names a value it does not have', () => {
    const wrong = derived.map(d => (d.name === 'household.predictedTier' ? { ...d, formula: '"dibau"' } : d))
    expect(problems(documents([], { derived: wrong }))[0]?.words.en).toContain('"dibau" is not one of none, dibao')
  })
})
