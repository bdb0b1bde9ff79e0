import { refusal } from '@zhulian/kernel'
import { contract, daySchema, divisionSchema, idSchema, text, wordsSchema, z } from '@zhulian/kernel/contract'

export const takerNotFound = refusal('linking.takerNotFound', 404, () => ({
  zh: '没有找到这一项资源或项目，或它不在您这里。请重新算一次。',
  en: 'This resource or project was not found, or is not yours to use. Please suggest anew.',
}))
export const declinedNotFound = refusal('linking.declinedNotFound', 404, () => ({
  zh: '没有找到这一条，可能已经收回了。',
  en: 'This was not found; it may have been taken back already.',
}))

const takerKey = z.object({ kind: z.enum(['resource', 'project']), id: idSchema })
const taker = takerKey.extend({
  name: z.string(),
  /** Whose it is, or where it works. */
  place: z.string(),
  places: z.number().int(),
  free: z.number().int(),
})
const service = z.object({ id: z.string(), name: wordsSchema })
const need = z.object({
  id: idSchema,
  number: z.string(),
  /** Masked. */
  name: z.string(),
  title: z.string(),
  village: z.object({ code: z.string(), name: z.string() }),
  item: service.nullable(),
  /** What its words may be about, where nobody has sorted it. */
  guess: service.nullable(),
  urgent: z.boolean(),
  toldOn: daySchema,
  waitedDays: z.number().int(),
  version: z.number().int(),
})
/** What the rule of a project says of the family. */
const meant = z.object({
  /** `unasked`: what is shown has a bound; the rule is asked when it is accepted. */
  verdict: z.enum(['eligible', 'ineligible', 'undetermined', 'noRule', 'unasked']),
  reasons: z.array(wordsSchema),
  unknown: z.array(wordsSchema),
})
const km = z.number().nullable()
const other = z.object({
  taker,
  km,
  why: z.enum(['full', 'dearer', 'closed', 'elsewhere', 'otherService', 'unsorted', 'notMeant', 'saidNo']),
  /** Of `full`: who has the places instead, the closest call first. */
  before: z.array(
    z.object({ number: z.string(), name: z.string(), waitedDays: z.number().int(), urgent: z.boolean() }),
  ),
  /** By how many kilometres farther than the one suggested; null where that is not known or not why. */
  farther: km,
  /** Of `saidNo`: who said so and why, and by what to take it back. */
  declined: z.object({ id: idSchema, by: z.string(), reason: z.string() }).nullable(),
})
const link = z.object({ need: idSchema, taker: takerKey, expectedVersion: z.number().int().positive() })

export const linkingContract = contract({
  'POST /linking/suggestion': {
    summary:
      'Which of what there is might take on which need of my level, so that the whole costs least; with reasons, and which places are short. Nothing is decided by it.',
    body: z.strictObject({
      division: divisionSchema.optional(),
      show: z.enum(['given', 'open']).default('given'),
      from: z.number().int().min(0).max(5_000).default(0),
    }),
    answer: z.object({
      given: z.number().int(),
      open: z.number().int(),
      rows: z.array(
        z.object({
          need,
          taker: taker.nullable(),
          km,
          meant: meant.nullable(),
          /** Of those that might have been, the nearest to being chosen first. */
          others: z.array(other),
        }),
      ),
      /** Whether more follow. */
      more: z.boolean(),
      /** Needs that look for a way beyond those that were looked at, which are the urgent and those who wait longest. */
      beyond: z.number().int(),
      /** Where one more place would save most. */
      wanted: z.array(
        z.object({
          taker,
          /** One more family would be helped; else ways are saved. */
          meets: z.boolean(),
          km: z.number(),
          /** So many places save as much each; null: any number. */
          upTo: z.number().int().nullable(),
        }),
      ),
      /** Services that are needed and that nothing within reach gives. */
      lacking: z.array(z.object({ item: service, needs: z.number().int() })),
      /** Ways are reckoned from illustrative positions. */
      illustrative: z.boolean(),
    }),
  },
  'GET /needs/:needId/candidates': {
    summary: 'The best three that might take on a need: how far, how many free places, whether the family is meant.',
    params: z.object({ needId: idSchema }),
    answer: z.object({
      items: z.array(z.object({ taker, km, fits: z.enum(['listed', 'unsaid', 'guessed']), meant: meant.nullable() })),
      /** Why others are not among them. */
      others: z.array(other),
      illustrative: z.boolean(),
    }),
  },
  'POST /linking/links': {
    summary: 'Accepts suggestions, one or many: each need goes to its taker, or it is said why not.',
    body: z.strictObject({ links: z.array(link).min(1).max(100) }),
    answer: z.object({ items: z.array(z.object({ need: idSchema, refused: wordsSchema.nullable() })) }),
  },
  'POST /linking/declined': {
    summary: 'Says that a taker does not fit a need, and why: it is suggested for it no more.',
    body: z.strictObject({ need: idSchema, taker: takerKey, reason: text(2, 300) }),
    answer: z.object({ id: idSchema }),
    refusals: [takerNotFound],
  },
  'DELETE /linking/declined/:declinedId': {
    summary: 'Takes that back.',
    params: z.object({ declinedId: idSchema }),
    answer: z.object({ done: z.literal(true) }),
    refusals: [declinedNotFound],
  },
})
