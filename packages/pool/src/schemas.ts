import { parseDay, type Words } from '@zhulian/kernel'
import type {
  AlertDocument,
  CircleDocument,
  ClassDocument,
  DerivedDocument,
  ExclusionDocument,
  FactDocument,
  ParameterDocument,
  PointsDocument,
  PolicyDocument,
  ServiceDocument,
  UnitDocument,
} from '@zhulian/rules'
import { z } from 'zod'

/** The form of every data file; `data/README.md` says it in words. Unknown keys are refused. */

const day = z.string().refine(text => parseDay(text) !== undefined, 'not a day, such as 2021-09-26')
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const provenance = z.array(z.string().regex(/^(S\d\d[a-z]?\*?|R:[hml]|I|C)$/, 'not a provenance tag')).min(1)
const rulings = z.array(z.string().regex(/^[A-D]\d{1,2}$/, 'not a ruling')).optional()
const traced = { provenance, rulings }
const tracedWords = z.strictObject({ zh: z.string().min(1), en: z.string().min(1), ...traced })
const note = z.strictObject({
  zh: z.string().min(1),
  en: z.string().min(1),
  provenance: provenance.optional(),
  rulings,
})
/** The unit for calculating, where the words on the screen are not one; the engine reads it. */
const measure = z.string().optional()
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, 'not a slug')

const choices = z.array(z.strictObject({ value: z.string(), label: words, provenance: provenance.optional() })).min(1)
const form = {
  type: z.enum(['boolean', 'integer', 'number', 'money', 'enum', 'string', 'code', 'date', 'set', 'list']),
  min: z.number().optional(),
  max: z.number().optional(),
  none: z.boolean().optional(),
  values: choices.optional(),
}
const factName = z.string().regex(/^(household|person)(\.[a-z][A-Za-z0-9]*)+$/, 'not household.… or person.…')

export const factSchema = z.strictObject({
  name: factName,
  label: words,
  ...form,
  of: z.literal('person').optional(),
  pattern: z.string().optional(),
  noneLabel: words.optional(),
  unit: words.optional(),
  measure,
  bands: z
    .array(
      z.strictObject({
        label: words,
        value: z.number().optional(),
        min: z.number().optional(),
        max: z.number().optional(),
      }),
    )
    .optional(),
  fields: z
    .record(z.string(), z.strictObject({ label: words.optional(), unit: words.optional(), measure, ...form }))
    .optional(),
  question: words.optional(),
  /** Asked once for the whole household: who of you …? */
  questionForAll: words.optional(),
  hint: words.optional(),
  why: words.optional(),
  ask: z.enum(['person', 'guide', 'never']),
  cost: z.number().positive().optional(),
  when: z.string().optional(),
  otherwise: z.unknown().optional(),
  always: z.boolean().optional(),
  absent: z.unknown().optional(),
  impliedBy: factName.optional(),
  sensitivity: z.enum(['N', 'S']),
  restricted: z.enum(['health', 'office']).optional(),
  feed: z.string().optional(),
  fixed: z.boolean().optional(),
  note: words.optional(),
  ...traced,
}) satisfies z.ZodType<FactDocument>

export const derivedSchema = z
  .strictObject({
    name: factName,
    label: words,
    ...form,
    unit: words.optional(),
    measure,
    formula: z.string().optional(),
    versions: z
      .array(z.strictObject({ from: day, formula: z.string(), ...traced }))
      .min(1)
      .optional(),
    predicted: z.string().optional(),
    note: words.optional(),
    ...traced,
  })
  .refine(
    d => (d.formula === undefined) !== (d.versions === undefined),
    'either a formula or versions',
  ) satisfies z.ZodType<DerivedDocument>

export const parameterSchema = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/),
  label: words,
  unit: words.optional(),
  measure,
  rows: z.array(z.strictObject({ from: day, until: day.optional(), value: z.number(), ...traced })).min(1),
  note: words.optional(),
  provenance: provenance.optional(),
  rulings,
}) satisfies z.ZodType<ParameterDocument>

const expression = z.union([z.string().min(1), z.number()]).transform(String)

export const policySchema = z.strictObject({
  id: z.string().regex(/^(P\d\d[ab]?|J\d)$/, 'not P01 … P40 or J1 … J5'),
  slug,
  name: words,
  summary: words,
  unit: z.string(),
  kind: z.enum(['basic', 'joint']),
  scope: z.enum(['household', 'person']),
  persons: z.enum(['living', 'everyone']).optional(),
  opens: z.array(z.string()).optional(),
  versions: z
    .array(
      z.strictObject({
        from: day,
        condition: z.string().min(1),
        benefit: z
          .strictObject({
            kind: z.enum(['cash', 'reduction', 'inKind', 'service', 'status', 'loan']),
            period: z.enum(['month', 'year', 'once']).optional(),
            amount: expression.optional(),
            atLeast: expression.optional(),
            words,
            ...traced,
          })
          .refine(b => b.amount === undefined || b.period !== undefined, 'an amount without a period is never shown')
          .refine(b => b.atLeast === undefined || b.amount !== undefined, 'a lower bound stands beside an amount'),
        ...traced,
      }),
    )
    .min(1),
  materials: z.array(tracedWords),
  procedure: z.strictObject({
    apply: words,
    level: z.enum(['village', 'township', 'district', 'unit']),
    steps: z
      .array(
        z.strictObject({
          who: z.enum(['village', 'township', 'district', 'unit']),
          workingDays: z.number().int().nonnegative().optional(),
          zh: z.string().min(1),
          en: z.string().min(1),
          ...traced,
        }),
      )
      .min(1),
  }),
  legalBasis: z.array(tracedWords).min(1),
  notes: z.array(tracedWords).optional(),
}) satisfies z.ZodType<PolicyDocument, unknown>

export const exclusionSchema = z.strictObject({
  between: z.tuple([z.string(), z.string()]),
  winner: z.string(),
  tie: z.string().optional(),
  of: z.enum(['person', 'household']),
  members: z.enum(['all', 'any']).optional(),
  note: words,
  ...traced,
}) satisfies z.ZodType<ExclusionDocument>

export const serviceSchema = z.strictObject({
  id: z.string().regex(/^S-[A-D]\d$/, 'not S-A1 … S-D4'),
  slug,
  category: z.enum(['A', 'B', 'C', 'D']),
  name: words,
  summary: words,
  scope: z.literal('person'),
  condition: z.string().min(1),
  unitOfService: words,
  dose: words,
  provider: words,
  level: z.enum(['village', 'township', 'district']),
  output: words.optional(),
  outcome: words,
  price: z.strictObject({ amount: z.number().nonnegative().nullable(), per: words.optional() }).nullable().optional(),
  notes: z.array(note).optional(),
  ...traced,
}) satisfies z.ZodType<ServiceDocument>

export const circleSchema = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        circle: z.union([z.literal(1), z.literal(2), z.literal(3)]),
        label: words,
        condition: z.string(),
        ...traced,
      }),
    )
    .min(1),
}) satisfies z.ZodType<CircleDocument>

const planClass = z.enum(['prevention', 'support', 'development'])
export const classSchema = z.strictObject({
  classes: z.array(z.strictObject({ class: planClass, label: words, condition: z.string(), ...traced })).min(1),
  primary: z.array(z.strictObject({ class: planClass, condition: z.string(), ...traced })).min(1),
}) satisfies z.ZodType<ClassDocument>

const level = z.enum(['red', 'orange', 'yellow', 'blue'])
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'not a month and a day, such as 07-01')
export const alertSchema = z.strictObject({
  id: z.string().regex(/^R\d\d$/, 'not R01 … R99'),
  name: words,
  unit: z.string(),
  about: z.enum(['person', 'household']),
  persons: z.enum(['living', 'everyone']).optional(),
  levels: z
    .array(z.strictObject({ level, condition: z.string().min(1), ...traced }))
    .min(1)
    .max(4),
  occurrence: z.string().optional(),
  ifUnknown: level.optional(),
  goesTo: z.enum(['village', 'township', 'health']).optional(),
  careful: z.string().optional(),
  windowDays: z.number().int().min(1).max(366),
  proofMonths: z.number().int().min(1).max(24).optional(),
  firstAction: words,
  leadsTo: z.array(z.string()).optional(),
  turns: z
    .array(
      z.strictObject({
        fact: factName,
        days: z.array(z.number().int()).optional(),
        months: z.array(z.number().int()).optional(),
        before: z.number().int().min(0).optional(),
        yearly: z.array(monthDay).optional(),
      }),
    )
    .optional(),
  note: words.optional(),
  ...traced,
}) satisfies z.ZodType<AlertDocument>

/** The eight dimensions of the index. */
export const dimensions = [
  'population',
  'economy',
  'health',
  'education',
  'dwelling',
  'work',
  'participation',
  'rigidSpending',
] as const
export const pointsSchema = z.strictObject({
  label: words,
  items: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
        dimension: z.enum(dimensions),
        label: words,
        bands: z
          .array(
            z.strictObject({ condition: z.string().min(1), points: z.number().int().min(1).max(20), label: words }),
          )
          .min(1),
        ...traced,
      }),
    )
    .min(1)
    .max(12),
  ...traced,
}) satisfies z.ZodType<PointsDocument>

export const unitSchema = z.strictObject({
  id: slug,
  name: words,
  note: words.optional(),
  ...traced,
}) satisfies z.ZodType<UnitDocument>

const expectation = z.record(z.string(), z.unknown())
export const caseSchema = z.strictObject({
  name: z.string().min(1),
  on: day,
  household: z.record(z.string(), z.unknown()),
  persons: z.array(z.looseObject({ key: z.string() })),
  expect: expectation,
  provenance: provenance.optional(),
  note: z.union([z.string(), words]).optional(),
})
export type Case = z.output<typeof caseSchema>

/** As the files hold them: every field, also those the engine does not read. */
export type FactEntry = z.output<typeof factSchema>
export type ServiceEntry = z.output<typeof serviceSchema>
export type PolicyEntry = z.output<typeof policySchema>

/** Whatever rests on an illustrative figure is shown as an example (示例). */
export const isExample = (provenance: readonly string[] | undefined): boolean => provenance?.includes('I') ?? false

export const exampleMark: Words = { zh: '示例', en: 'example' }
