import { refusal } from '@zhulian/kernel'
import { daySchema, divisionSchema, idSchema, text, wordsSchema, z } from '@zhulian/kernel/contract'
import { cannotTakeVillage } from './handings-contract.ts'
import { guideNotFound } from './network-contract.ts'

export const townshipNeeded = refusal('outreach.townshipNeeded', 422, () => ({
  zh: '请先选一个镇街：村子只在同一个镇街的导服员之间调整。',
  en: 'Please choose a township first: villages move among the guides of one township only.',
}))
export const declinedNotFound = refusal('outreach.declinedNotFound', 404, () => ({
  zh: '没有找到这条不采纳的记录，或它不在您的片区。',
  en: 'This declined suggestion was not found, or is not in your area.',
}))

const person = z.object({ account: idSchema, name: z.string() })
const place = z.object({ code: divisionSchema, name: z.string() })
const count = z.number().int()

export const suggestionContract = {
  'GET /network/suggestion': {
    summary:
      'Which villages might go to which guide so that the load of a township is about even, with reasons; nothing moves before a person says so.',
    query: z.object({ division: divisionSchema.optional() }),
    answer: z.object({
      township: place,
      guides: count,
      /** Visits a year for each guide. */
      mean: count,
      most: z.object({ name: z.string(), visits: count }).nullable(),
      moves: z.array(
        z.object({
          village: place,
          from: person.nullable(),
          to: person,
          /** A year, about. */
          visits: count,
          km: z.number().nullable(),
          reasons: z.array(wordsSchema),
        }),
      ),
      /** Not suggested again before their day. */
      declined: z.array(
        z.object({
          id: idSchema,
          village: place,
          to: z.string(),
          by: z.string(),
          reason: z.string(),
          untilOn: daySchema,
        }),
      ),
      /** Where villages lie is made up or unchecked. */
      illustrative: z.boolean(),
    }),
    refusals: [townshipNeeded],
  },
  'POST /network/declined': {
    summary: 'Declines a suggested move; it is not suggested again for a quarter of a year.',
    body: z.strictObject({ village: divisionSchema, from: idSchema.nullable(), to: idSchema, reason: text(2, 300) }),
    answer: z.object({ id: idSchema, untilOn: daySchema }),
    refusals: [guideNotFound, cannotTakeVillage],
  },
  'DELETE /network/declined/:declinedId': {
    summary: 'Takes back that a move was declined.',
    params: z.object({ declinedId: idSchema }),
    answer: z.object({ done: z.literal(true) }),
    refusals: [declinedNotFound],
  },
} as const
