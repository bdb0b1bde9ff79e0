import { contract, daySchema, idSchema, instantSchema, pageOf, wordsSchema, z } from '@zhulian/kernel/contract'
import { faults, recordKinds } from './record.ts'

const item = z.object({ id: z.string(), name: wordsSchema })
const line = z.object({ label: wordsSchema, said: wordsSchema })
const kept = z.object({
  id: idSchema,
  kind: z.enum(recordKinds),
  kindWords: wordsSchema,
  words: wordsSchema,
  on: daySchema,
  item: item.nullable(),
  lines: z.array(line),
})

export const trackContract = contract({
  'GET /households/:householdId/track': {
    summary:
      'The track of a family: one line for each need and project and one for the household, each with its records in their order.',
    params: z.object({ householdId: idSchema }),
    answer: z.object({
      lines: z.array(
        z.object({
          need: z.object({ id: idSchema, number: z.string().nullable() }).nullable(),
          project: idSchema.nullable(),
          item: item.nullable(),
          /** Which of the four there are. */
          has: z.array(z.enum(recordKinds)),
          lastOn: daySchema,
          records: z.array(
            kept.extend({
              at: instantSchema,
              by: z.string(),
              role: z.string(),
              careful: z.boolean(),
              source: z.object({ kind: z.string(), id: idSchema }),
            }),
          ),
        }),
      ),
      /** Older ones are left out. */
      isCut: z.boolean(),
    }),
  },
  'GET /my/track': {
    summary: 'What was done for the asking resident’s own family, newest first.',
    query: z.strictObject({
      after: idSchema.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    answer: pageOf(kept.extend({ role: z.string() })),
  },
  'GET /track/check': {
    summary: 'Proves that no record of a track was changed or taken away since it was written; some chains at a time.',
    query: z.strictObject({ household: idSchema.optional(), after: idSchema.optional() }),
    answer: z.object({
      chains: z.number().int(),
      records: z.number().int(),
      broken: z.array(
        z.object({ household: idSchema, fault: z.enum(faults), record: idSchema.nullable(), turn: z.number().int() }),
      ),
      /** With the first page. */
      anchors: z
        .object({
          nights: z.number().int(),
          firstWrong: daySchema.nullable(),
          newest: z.object({ on: daySchema, mark: z.string() }).nullable(),
        })
        .nullable(),
      next: idSchema.nullable(),
    }),
  },
})
