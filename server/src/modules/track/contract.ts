import { refusal } from '@zhulian/kernel'
import { contract, daySchema, idSchema, instantSchema, pageOf, wordsSchema, z } from '@zhulian/kernel/contract'
import { quarterPattern } from './quarter.ts'
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

export const noFamilyYet = refusal('track.noFamilyYet', 409, () => ({
  zh: '导服员还没有确认您是哪一家。请先把情况告诉导服员。',
  en: 'Your guide has not confirmed yet which household is yours. Please tell your guide first.',
}))

export const proofGoesOn = refusal('track.proofGoesOn', 409, () => ({
  zh: '已经有一次核验正在进行，请等它做完。',
  en: 'A check is going on already. Please wait until it has ended.',
}))

const broken = z.object({
  household: idSchema,
  fault: z.enum(faults),
  record: idSchema.nullable(),
  turn: z.number().int(),
})
const proof = z.object({
  id: idSchema,
  state: z.enum(['running', 'done', 'failed']),
  begunAt: instantSchema,
  endedAt: instantSchema.nullable(),
  /** Empty of those that began by the clock. */
  by: z.string(),
  role: z.string(),
  /** How many there were to go through when it began. */
  households: z.number().int(),
  chains: z.number().int(),
  records: z.number().int(),
  faults: z.number().int(),
  /** The first of them. */
  broken: z.array(broken),
  nights: z.number().int(),
  /** The first night whose mark does not hold. */
  firstWrong: daySchema.nullable(),
  newest: z.object({ on: daySchema, mark: z.string() }).nullable(),
})

export const lanes = ['event', 'help', 'service', 'visit', 'wish', 'promise'] as const

const target = z.object({
  screen: z.enum(['need', 'alert', 'slip', 'finding', 'visits', 'help', 'facts']),
  id: idSchema.nullable(),
})
const mark = z.object({
  id: z.string(),
  from: daySchema,
  /** As `from` for what happened on a day; null for what goes on. */
  until: daySchema.nullable(),
  words: wordsSchema,
  note: wordsSchema.nullable(),
  late: z.boolean(),
  /** Where it comes from. */
  to: target.nullable(),
})
const quarter = z.string().regex(quarterPattern).optional()
const lineOfFamily = kept.extend({ role: z.string() })
const sheet = z.object({
  quarter: z.string(),
  from: daySchema,
  until: daySchema,
  name: z.string(),
  place: z.string(),
  /** Whose help code stands on it. */
  village: z.string(),
  madeUp: z.boolean(),
  benefits: z.array(
    z.object({
      id: z.string(),
      name: wordsSchema,
      amount: wordsSchema.nullable(),
      from: daySchema,
      until: daySchema.nullable(),
      /** Whole yuan in the quarter; null where that cannot be told. */
      cameTo: z.number().int().nullable(),
    }),
  ),
  sum: z.number().int(),
  /** Whether all of it is in the sum. */
  isWhole: z.boolean(),
  services: z.array(lineOfFamily),
  visits: z.array(lineOfFamily),
  items: z.array(item),
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
  'GET /households/:householdId/whole': {
    summary: 'Everything of a family by time, in lanes, what lies ahead of it, and what could best be done next.',
    params: z.object({ householdId: idSchema }),
    answer: z.object({
      today: daySchema,
      name: z.string(),
      place: z.string(),
      village: z.string(),
      size: z.number().int(),
      circle: z.number().int().nullable(),
      /** Too little is known to say. */
      undecided: z.boolean(),
      madeUp: z.boolean(),
      lanes: z.array(z.object({ lane: z.enum(lanes), items: z.array(mark) })),
      acts: z.array(
        z.object({
          kind: z.string(),
          words: wordsSchema,
          because: wordsSchema,
          dueOn: daySchema.nullable(),
          to: target,
        }),
      ),
    }),
  },
  'GET /households/:householdId/quarter': {
    summary:
      'What a family received and who was with it in a quarter, to be printed; the present one unless another is named.',
    params: z.object({ householdId: idSchema }),
    query: z.strictObject({ quarter }),
    answer: sheet,
  },
  'GET /my/quarter': {
    summary: 'What the asking resident’s own family received in a quarter.',
    query: z.strictObject({ quarter }),
    answer: sheet,
    refusals: [noFamilyYet],
  },
  'GET /my/track': {
    summary: 'What was done for the asking resident’s own family, newest first.',
    query: z.strictObject({
      after: idSchema.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    answer: pageOf(kept.extend({ role: z.string() })),
  },
  'GET /track/proofs': {
    summary: 'The times the whole track was proved, the newest first: how far, by whom, and what was found.',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(60).default(14) }),
    answer: z.object({ items: z.array(proof) }),
  },
  'GET /track/proofs/yours': {
    summary: 'How many chains, and nights, the newest proof of the track found not to be as they were written.',
    answer: z.object({ faults: z.number().int() }),
  },
  'POST /track/proofs': {
    summary: 'Begins to prove the whole track now.',
    answer: proof,
    refusals: [proofGoesOn],
  },
  'GET /track/check': {
    summary: 'Proves that no record of a track was changed or taken away since it was written; some chains at a time.',
    query: z.strictObject({ household: idSchema.optional(), after: idSchema.optional() }),
    answer: z.object({
      chains: z.number().int(),
      records: z.number().int(),
      broken: z.array(broken),
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
