import { describe, expect, it } from 'vitest'
import { documents, facts, policy } from '../test/small-pool.ts'
import { compile, type FactDocument, type ParameterDocument, type PolicyDocument, type Problem } from './index.ts'

const words = { zh: '词', en: 'word' }
const unit = (zh: string) => ({ zh, en: 'a unit' })
const money = (name: string, zh: string): FactDocument => ({
  name,
  label: words,
  type: 'money',
  ask: 'person',
  unit: unit(zh),
})
const figure = (name: string, zh: string, measure?: string): ParameterDocument => ({
  name,
  label: words,
  unit: unit(zh),
  measure,
  rows: [{ from: '2000-01-01', value: 7 }],
})
const dictionary = [
  ...facts,
  money('household.income', '元/月'),
  money('household.income12m', '元/年'),
  money('household.savings', '元'),
  money('household.strange', '两'),
  money('person.pay', '元/月'),
  { name: 'person.years', label: words, type: 'integer', ask: 'person', unit: unit('岁') },
  { name: 'person.months', label: words, type: 'integer', ask: 'person', unit: unit('个月') },
  { name: 'household.area', label: words, type: 'number', ask: 'person', unit: unit('平方米') },
] as readonly FactDocument[]
const parameters = [
  figure('standard', '元/人/月'),
  figure('yearly', '元/人/年'),
  figure('share', '比例'),
  figure('percent', '百分比'),
  figure('assetYears', '倍年标准', 'year'),
  figure('wage', '元/月', 'yuan/person/month'),
]
const problems = (document: PolicyDocument): readonly Problem[] => {
  const compiled = compile(documents([document], { facts: dictionary, parameters }))
  return compiled.ok ? [] : compiled.problems
}
const of = (condition: string) => problems(policy('P01', condition, { scope: 'person' }))

describe('figures of unlike units', () => {
  it.each([
    ['household.income < params.standard', '元/月和元/人/月', 'yuan/month and yuan/person/month'],
    ['household.income12m < household.income', '元/年和元/月', 'yuan/year and yuan/month'],
    [
      'household.income / household.members.size() < params.yearly',
      '元/人/月和元/人/年',
      'yuan/person/month and yuan/person/year',
    ],
    ['household.members.map(m, m.pay).sum() < params.standard', '元/月和元/人/月', 'yuan/month and yuan/person/month'],
    ['household.savings + household.income > 3', '元和元/月', 'yuan and yuan/month'],
    ['min(household.savings, params.standard) > 3', '元和元/人/月', 'yuan and yuan/person/month'],
    ['(household.a ? household.savings : household.income) > 3', '元和元/月', 'yuan and yuan/month'],
    ['person.years < person.months', '年和月', 'year and month'],
    ['params.share > household.savings', '比例和元', 'share and yuan'],
    ['params.share > params.percent', '比例和百分比', 'share and per cent'],
    ['household.area < household.savings', '平方米和元', 'm² and yuan'],
    ['addMonths(household.day, person.years) < today', '年和月', 'year and month'],
    ['household.members.exists(m, m.pay < params.yearly)', '元/月和元/人/年', 'yuan/month and yuan/person/year'],
  ])('%s', (condition, zh, en) => {
    const [problem, ...more] = of(condition)
    expect([problem?.code, more]).toEqual(['unit', []])
    expect(problem?.words.zh).toContain(zh)
    expect(problem?.words.en).toContain(en)
  })

  it.each([
    'household.income / household.members.size() < params.standard',
    'household.income < params.standard * household.members.size()',
    'household.income * 12 < household.income12m',
    '12 * household.income / household.members.size() < params.yearly',
    'household.income12m / 12 < household.income',
    'household.savings / household.members.size() < params.assetYears * 12 * params.standard',
    'person.pay < params.standard && person.pay < household.income',
    'household.members.map(m, 12 * m.pay).sum() < household.income12m',
    'household.members.map(m, m.pay).max() < params.wage',
    'household.income < 3000 && household.savings * 0.5 < 100 + household.savings',
    'household.income12m > household.income12m * params.share',
    'household.savings / household.income12m < 3 || household.savings / household.savings < params.share',
    'params.share * 100 < params.percent && params.share < params.percent / 100',
    'person.years * 12 < person.months',
    'addMonths(household.day, 12 * person.years) < today',
    'completedYears(household.day, today) < person.years',
    'household.strange < household.savings',
    'round(clamp(household.savings, 0, 100)) > 3',
  ])('%s goes together', condition => {
    expect(of(condition)).toEqual([])
  })

  it('are told of a benefit that is not in yuan for its period', () => {
    const amount = (text: string) =>
      problems(policy('P01', 'household.a', { amount: text })).map(p => p.words.en.slice(0, 42))
    expect(amount('params.standard * household.members.size()')).toEqual([])
    expect(amount('300')).toEqual([])
    expect(amount('household.income12m')).toEqual(['Unlike units: yuan/year and yuan/month can'])
    expect(amount('params.standard')).toEqual(['Unlike units: yuan/person/month and yuan/m'])
  })

  it('are told of a formula whose unit is not the one it is said to have', () => {
    const derived = [
      ...documents([]).derived,
      {
        name: 'household.perHead',
        label: words,
        type: 'money' as const,
        unit: unit('元/人/月'),
        formula: 'household.income',
      },
    ]
    const compiled = compile(documents([], { facts: dictionary, parameters, derived }))
    expect(!compiled.ok && compiled.problems.map(p => [p.where, p.code])).toEqual([
      ['facts household.perHead formula', 'unit'],
    ])
  })

  it('and of a measure that is none', () => {
    const wrong = [...parameters, figure('x', '倍', 'yuan/fortnight')]
    const compiled = compile(documents([], { facts: dictionary, parameters: wrong }))
    expect(!compiled.ok && compiled.problems.map(p => p.words.en)).toEqual([
      '"yuan/fortnight" is not a unit; write yuan/person/month',
    ])
  })
})
