import { refusal } from '@zhulian/kernel'
import { daySchema, idSchema, text, wordsSchema, z } from '@zhulian/kernel/contract'
import { helperKinds, helperVisits } from './pairing.ts'

export const pairingNotFound = refusal('outreach.pairingNotFound', 404, () => ({
  zh: '没有找到这次结对，或它已经结束。',
  en: 'This pairing was not found, or is over.',
}))
export const helperNotFound = refusal('outreach.helperNotFound', 422, () => ({
  zh: '没有找到这位帮扶人。请从名单里选；没有账号的，请管理员先建。',
  en: 'This helper was not found. Please choose from the list; the administrator makes accounts.',
}))
export const alreadyPaired = refusal('outreach.alreadyPaired', 409, () => ({
  zh: '这位帮扶人已经和这家结对。',
  en: 'This helper is paired with the family already.',
}))
export const pairingDaysWrong = refusal('outreach.pairingDaysWrong', 422, () => ({
  zh: '日期不对：结束要在开始之后，上门不能是还没到的日子。',
  en: 'The days are not right: a pairing ends after it began, and a visit was made on a day that has come.',
}))

const pairingId = z.object({ pairingId: idSchema })
const pairing = z.object({
  id: idSchema,
  helper: z.string(),
  kind: z.object({ id: z.enum(helperKinds), words: wordsSchema }),
  fromOn: daySchema,
  untilOn: daySchema.nullable(),
  nextOn: daySchema.nullable(),
  lastOn: daySchema.nullable(),
  ended: z.boolean(),
  reason: z.string().nullable(),
})

export const pairingContract = {
  'GET /helpers': {
    summary: 'Helpers who can be paired with a family, by name; at most 50.',
    query: z.object({ name: text(1, 20).optional() }),
    answer: z.object({ items: z.array(z.object({ account: idSchema, name: z.string() })) }),
  },
  'POST /households/:householdId/pairings': {
    summary:
      'Pairs a helper with a family. The helper reads the name, how to reach them and when to go, and nothing else.',
    params: z.object({ householdId: idSchema }),
    body: z.strictObject({
      helper: idSchema,
      kind: z.enum(helperKinds),
      fromOn: daySchema.optional(),
      untilOn: daySchema.optional(),
      reach: text(2, 80).optional(),
      nextOn: daySchema.optional(),
    }),
    answer: pairing,
    refusals: [helperNotFound, alreadyPaired, pairingDaysWrong],
  },
  'GET /households/:householdId/pairings': {
    summary: 'Who stands by a family and stood, and what they wrote; newest first.',
    params: z.object({ householdId: idSchema }),
    answer: z.object({
      pairings: z.array(pairing),
      visits: z.array(
        z.object({
          id: idSchema,
          on: daySchema,
          how: wordsSchema,
          helper: z.string(),
          by: z.string(),
          met: z.boolean(),
          words: z.string(),
          need: z.string().nullable(),
          careful: z.boolean(),
        }),
      ),
    }),
  },
  'POST /pairings/:pairingId/end': {
    summary: 'Ends a pairing; the helper reads nothing of the family from then on.',
    params: pairingId,
    body: z.strictObject({ reason: text(2, 200) }),
    answer: pairing,
    refusals: [pairingNotFound],
  },
  'POST /pairings/:pairingId/visits': {
    summary: 'A helper was with the family, or a guide or clerk notes it for them: what was heard, and what is needed.',
    params: pairingId,
    body: z.strictObject({
      how: z.enum(helperVisits),
      on: daySchema.optional(),
      met: z.boolean(),
      words: text(2, 500),
      need: text(4, 300).optional(),
      nextOn: daySchema.optional(),
    }),
    answer: z.object({ id: idSchema, nextOn: daySchema.nullable() }),
    refusals: [pairingNotFound, pairingDaysWrong],
  },
  'GET /my/pairings': {
    summary: 'The families I stand by: a name, how to reach them, and when to go next.',
    answer: z.object({
      items: z.array(
        z.object({
          id: idSchema,
          name: z.string(),
          reach: z.string().nullable(),
          place: z.string(),
          nextOn: daySchema.nullable(),
          lastOn: daySchema.nullable(),
          late: z.boolean(),
        }),
      ),
    }),
  },
} as const
