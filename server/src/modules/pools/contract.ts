import { refusal } from '@zhulian/kernel'
import { contract, daySchema, idSchema, text, wordsSchema, z } from '@zhulian/kernel/contract'
import { workbenchContract } from './workbench-contract.ts'

export const policyNotFound = refusal<{ id: string }>('pools.policyNotFound', 404, ({ id }) => ({
  zh: `没有编号为“${id}”的政策。可以到政策池里按名称查找。`,
  en: `There is no policy “${id}”. Look it up by name in the policy pool.`,
}))

export const serviceNotFound = refusal<{ id: string }>('pools.serviceNotFound', 404, ({ id }) => ({
  zh: `没有编号为“${id}”的服务。可以到服务池里按名称查找。`,
  en: `There is no service “${id}”. Look it up by name in the service pool.`,
}))

export const versionNotFound = refusal<{ id: string }>('pools.versionNotFound', 404, ({ id }) => ({
  zh: `没有这一版政策池（${id.slice(0, 12)}）。`,
  en: `There is no such version of the pool (${id.slice(0, 12)}).`,
}))

/** Where a line comes from; `example` is true when it rests on an illustrative figure and must be shown as 示例. */
const sourced = { provenance: z.array(z.string()), example: z.boolean() }
const line = z.object({ words: wordsSchema, ...sourced })
const named = z.object({ id: z.string(), name: wordsSchema })
const unit = z.object({ slug: z.string(), name: wordsSchema })

export const benefitKinds = ['cash', 'reduction', 'inKind', 'service', 'status', 'loan'] as const
export const deciders = ['village', 'township', 'district', 'unit'] as const

const policySummary = z.object({
  id: z.string(),
  slug: z.string(),
  name: wordsSchema,
  summary: wordsSchema,
  unit,
  kind: z.enum(['basic', 'joint']),
  scope: z.enum(['household', 'person']),
  /** Who decides. */
  level: z.enum(deciders),
  benefit: z.enum(benefitKinds).nullable(),
  /** The first day of the version in force on the day asked about; null when none is. */
  inForceFrom: daySchema.nullable(),
  example: z.boolean(),
})

const policyVersion = z.object({
  from: daySchema,
  /** The first day on which it no longer holds; null while it does. */
  until: daySchema.nullable(),
  inForce: z.boolean(),
  /** The rule as it is written. */
  condition: z.string(),
  /** The rule in sentences, one for each thing that must hold. */
  sentences: z.array(wordsSchema),
  benefit: z
    .object({
      kind: z.enum(benefitKinds),
      period: z.enum(['month', 'year', 'once']).nullable(),
      formula: z.string().nullable(),
      atLeast: z.string().nullable(),
      words: wordsSchema,
      ...sourced,
    })
    .nullable(),
  rulings: z.array(z.string()),
  ...sourced,
})

const parameter = z.object({
  key: z.string(),
  label: wordsSchema,
  unit: wordsSchema.nullable(),
  rows: z.array(
    z.object({ from: daySchema, value: z.union([z.number(), z.string()]), inForce: z.boolean(), ...sourced }),
  ),
})

const factOption = z.object({ value: z.union([z.string(), z.number(), z.boolean()]), label: wordsSchema })
/** A part of one line of a list. */
const factField = z.object({
  name: z.string(),
  label: wordsSchema,
  type: z.string(),
  unit: wordsSchema.nullable(),
  options: z.array(factOption),
  none: wordsSchema.nullable(),
})
const fact = z.object({
  name: z.string(),
  label: wordsSchema,
  type: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  unit: wordsSchema.nullable(),
  options: z.array(factOption),
  /** The words of a known “none”, where it can be one. */
  none: wordsSchema.nullable(),
  /** Of a list. */
  fields: z.array(factField).nullable(),
  question: wordsSchema.nullable(),
  why: wordsSchema.nullable(),
  ask: z.enum(['person', 'guide', 'never']),
  sensitive: z.boolean(),
  feed: z.string().nullable(),
  derived: z.boolean(),
  formula: z.string().nullable(),
  ...sourced,
})

const service = z.object({
  id: z.string(),
  slug: z.string(),
  category: z.enum(['A', 'B', 'C', 'D']),
  name: wordsSchema,
  summary: wordsSchema,
  provider: wordsSchema.nullable(),
  dose: wordsSchema.nullable(),
  outcome: wordsSchema.nullable(),
  price: wordsSchema.nullable(),
  level: z.string(),
  ...sourced,
})

const on = daySchema.optional()

export const poolsContract = contract({
  ...workbenchContract,
  'GET /policies': {
    summary: 'The policies of the district, in the order of their numbers.',
    query: z.object({
      on,
      unit: z.string().max(60).optional(),
      scope: z.enum(['household', 'person']).optional(),
      kind: z.enum(['basic', 'joint']).optional(),
      level: z.enum(deciders).optional(),
      inForce: z.enum(['true', 'false']).optional(),
      search: text(1, 40).optional(),
    }),
    answer: z.object({ items: z.array(policySummary), on: daySchema, poolVersion: z.string() }),
  },
  'GET /policies/:policyId': {
    summary: 'One policy: rule, dated versions and figures, benefit, papers, procedure, law.',
    params: z.object({ policyId: text(1, 60) }),
    query: z.object({ on }),
    answer: policySummary.extend({
      on: daySchema,
      poolVersion: z.string(),
      opens: z.array(named),
      versions: z.array(policyVersion),
      figures: z.array(parameter),
      facts: z.array(z.object({ name: z.string(), label: wordsSchema })),
      materials: z.array(line),
      procedure: z.object({
        apply: wordsSchema,
        level: z.enum(deciders),
        /** The working days of all steps that have a limit. */
        workingDays: z.number().nullable(),
        steps: z.array(
          z.object({ who: z.string(), workingDays: z.number().nullable(), words: wordsSchema, ...sourced }),
        ),
      }),
      legalBasis: z.array(line),
      notes: z.array(line),
      exclusions: z.array(z.object({ with: named, winner: z.string(), note: wordsSchema.nullable() })),
      casesCount: z.number().int(),
      rulings: z.array(z.string()),
    }),
    refusals: [policyNotFound],
  },
  'GET /services': {
    summary: 'The services of the district, in the order of their numbers.',
    query: z.object({ category: z.enum(['A', 'B', 'C', 'D']).optional(), search: text(1, 40).optional() }),
    answer: z.object({ items: z.array(service), poolVersion: z.string() }),
  },
  'GET /services/:serviceId': {
    summary: 'One service: for whom, how much, by whom.',
    params: z.object({ serviceId: text(1, 60) }),
    answer: service.extend({
      poolVersion: z.string(),
      condition: z.string(),
      sentences: z.array(wordsSchema),
      facts: z.array(z.object({ name: z.string(), label: wordsSchema })),
      rulings: z.array(z.string()),
    }),
    refusals: [serviceNotFound],
  },
  'GET /units': {
    summary: 'The units that give help, with how many policies each has.',
    answer: z.object({
      items: z.array(
        z.object({
          slug: z.string(),
          name: wordsSchema,
          /** For which its officers work, as their accounts name it. */
          organisation: idSchema,
          basic: z.number().int(),
          joint: z.number().int(),
          example: z.boolean(),
        }),
      ),
    }),
  },
  'GET /facts': {
    summary: 'The dictionary of facts: what can be known of a household or a person.',
    query: z.object({ search: text(1, 40).optional() }),
    answer: z.object({ items: z.array(fact), poolVersion: z.string() }),
  },
  'GET /sources': {
    summary: 'What the tags of provenance stand for.',
    answer: z.object({
      items: z.array(z.object({ key: z.string(), title: wordsSchema, on: z.string().nullable() })),
    }),
  },
  'GET /parameters': {
    summary: 'The dated figures that the rules use.',
    query: z.object({ on }),
    answer: z.object({ items: z.array(parameter), on: daySchema, poolVersion: z.string() }),
  },
})
