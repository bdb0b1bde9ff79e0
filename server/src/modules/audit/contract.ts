import { refusal } from '@zhulian/kernel'
import {
  contract,
  daySchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
  z,
} from '@zhulian/kernel/contract'

const entry = z.object({
  id: idSchema,
  at: instantSchema,
  accountId: idSchema,
  /** The name of a member of staff; residents are not named here. */
  who: z.string().nullable(),
  role: z.string(),
  scope: z.string().nullable(),
  action: z.string(),
  words: wordsSchema,
  purpose: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  refusal: z.string().nullable(),
  reason: z.string().nullable(),
  /** Named where it is the account of a member of staff. */
  subject: z.object({ kind: z.string(), id: idSchema, name: z.string().nullable() }).nullable(),
  /** How many households or persons the same request was about. */
  subjectCount: z.number().int(),
  requestId: z.string(),
  address: z.string().nullable(),
})

const opening = z.object({
  at: instantSchema,
  role: z.string(),
  scope: z.string().nullable(),
  words: wordsSchema,
  purpose: z.string(),
})

export const yearToCome = refusal('audit.yearToCome', 422, () => ({
  zh: '这一年还没有开始。请选今年或以前的年份。',
  en: 'That year has not begun. Please choose this year or an earlier one.',
}))

export const auditContract = contract({
  'GET /audit/minors': {
    summary:
      'The yearly account of what is held of children, who may open it, who did, and what was refused, in sums: to be printed, completed and signed.',
    query: z.strictObject({ year: z.coerce.number().int().min(2020).max(2100).optional() }),
    answer: z.object({
      year: z.number().int(),
      /** The last day it speaks of. */
      lastOn: daySchema,
      isOver: z.boolean(),
      /** Null where few could point at one. */
      children: z.number().int().nullable(),
      ages: z.array(z.number().int().nullable()),
      households: z.number().int().nullable(),
      statements: z.array(z.object({ source: z.string(), n: z.number().int() })),
      grants: z.object({
        given: z.number().int(),
        takenBack: z.number().int(),
        ranOut: z.number().int(),
        standing: z.number().int(),
        readers: z.number().int(),
      }),
      /** Requests about households in which children live, by role. */
      openings: z.array(z.object({ role: z.string(), n: z.number().int() })),
      /** Requests that were refused because no approval stood. */
      refused: z.number().int(),
    }),
    refusals: [yearToCome],
  },
  'GET /audit': {
    summary: 'The trail, newest first: who did what to whom, for what, and how it ended.',
    query: z.strictObject({
      ...pageQuery,
      account: idSchema.optional(),
      subject: idSchema.optional(),
      action: z
        .string()
        .regex(/^[a-zA-Z]+(\.[a-zA-Z]+)?$/)
        .max(80)
        .optional(),
      outcome: z.enum(['done', 'refused', 'failed']).optional(),
      from: daySchema.optional(),
      until: daySchema.optional(),
    }),
    answer: pageOf(entry),
  },
  'GET /my/record/openings': {
    summary: "Who opened the asking resident's own record, newest first: role, place and purpose.",
    query: z.strictObject({ ...pageQuery }),
    answer: pageOf(opening),
  },
})
