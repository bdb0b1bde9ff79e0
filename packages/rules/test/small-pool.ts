import {
  compile,
  type Compiled,
  type DerivedDocument,
  type ExclusionDocument,
  type FactDocument,
  type PolicyDocument,
  type PoolDocuments,
  type Pool,
} from '../src/index.ts'

const words = { zh: '词', en: 'word' }

/** A dictionary of a few facts of every kind, to try single conditions on. */
export const facts: readonly FactDocument[] = [
  { name: 'household.a', label: words, type: 'boolean', ask: 'person' },
  { name: 'household.b', label: words, type: 'boolean', ask: 'person' },
  { name: 'household.c', label: words, type: 'boolean', ask: 'person' },
  { name: 'household.x', label: words, type: 'integer', ask: 'person' },
  { name: 'household.y', label: words, type: 'integer', ask: 'person' },
  { name: 'household.money', label: words, type: 'money', ask: 'person' },
  {
    name: 'household.kind',
    label: words,
    type: 'enum',
    values: ['red', 'green', 'blue'].map(value => ({ value, label: words })),
    ask: 'person',
  },
  { name: 'household.level', label: words, type: 'integer', none: true, ask: 'person' },
  { name: 'household.day', label: words, type: 'date', ask: 'person' },
  {
    name: 'household.events',
    label: words,
    type: 'list',
    ask: 'person',
    fields: {
      kind: { type: 'enum', values: ['fire', 'flood'].map(value => ({ value, label: words })) },
      on: { type: 'date' },
    },
  },
  { name: 'person.alive', label: words, type: 'boolean', ask: 'guide' },
  { name: 'person.p', label: words, type: 'boolean', ask: 'person' },
  { name: 'person.age', label: words, type: 'integer', ask: 'person' },
  { name: 'person.wage', label: words, type: 'money', ask: 'person', when: 'person.age >= 16', otherwise: 0 },
  {
    name: 'person.skills',
    label: words,
    type: 'set',
    values: ['cook', 'drive'].map(value => ({ value, label: words })),
    ask: 'person',
  },
]

const tiers = ['none', 'dibao'].map(value => ({ value, label: words }))
export const derived: readonly DerivedDocument[] = [
  { name: 'household.predictedTier', label: words, type: 'enum', values: tiers, predicted: 'none', formula: '"none"' },
  { name: 'household.tier', label: words, type: 'enum', values: tiers, formula: 'household.predictedTier' },
  { name: 'person.tier', label: words, type: 'enum', values: tiers, formula: 'household.tier' },
]

export const policy = (
  id: string,
  condition: string,
  more: Partial<PolicyDocument> & { amount?: string } = {},
): PolicyDocument => {
  const { amount, ...rest } = more
  return {
    id,
    slug: id.toLowerCase(),
    name: words,
    summary: words,
    unit: 'unit',
    kind: 'basic',
    scope: 'household',
    materials: [],
    procedure: { apply: words, level: 'district', steps: [] },
    legalBasis: [],
    versions: [
      {
        from: '2000-01-01',
        condition,
        benefit: { kind: 'cash', words, ...(amount !== undefined && { amount, period: 'month' as const }) },
      },
    ],
    ...rest,
  }
}

export const documents = (policies: readonly PolicyDocument[], more: Partial<PoolDocuments> = {}): PoolDocuments => ({
  facts,
  derived,
  parameters: [
    {
      name: 'line',
      label: words,
      rows: [
        { from: '2000-01-01', value: 10 },
        { from: '2021-01-01', value: 20 },
      ],
    },
  ],
  policies,
  exclusions: [],
  services: [],
  circle: { lines: [{ circle: 1, label: words, condition: 'person.p' }] },
  class: { classes: [], primary: [] },
  units: [],
  ...more,
})

export const exclusion = (
  between: readonly [string, string],
  winner: string,
  more: Partial<ExclusionDocument> = {},
): ExclusionDocument => ({
  between,
  winner,
  of: 'household',
  note: words,
  ...more,
})

export const compiled = (docs: PoolDocuments): Compiled => compile(docs)

/** Conditions made up at random are often dead, and mix what they like. */
export function poolOf(docs: PoolDocuments): Pool {
  const result = compile(docs, { formOnly: true })
  if (!result.ok) throw new Error(result.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
  return result.pool
}
