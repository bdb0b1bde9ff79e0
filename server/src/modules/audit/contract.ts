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

export const auditContract = contract({
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
