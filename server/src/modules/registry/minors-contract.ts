import { refusal } from '@zhulian/kernel'
import { daySchema, idSchema, instantSchema, text, z } from '@zhulian/kernel/contract'

export const minorClosed = refusal('registry.minorClosed', 403, () => ({
  zh: '这是未满18岁的人，记录要有批准才能打开。请联系镇里批准。',
  en: 'This person is under 18; the record opens only with a standing grant. Please ask the township for one.',
}))
export const grantNotFound = refusal('registry.grantNotFound', 404, () => ({
  zh: '没有找到这一条批准，或者已经收回了。请刷新后再看。',
  en: 'This grant was not found, or has been taken back. Please reload.',
}))
export const noSuchReader = refusal('registry.noSuchReader', 422, () => ({
  zh: '这个人不在这个村（社区）工作，不能批准。请从列表中选择。',
  en: 'This person does not work in this village, so no grant can be given. Please choose from the list.',
}))
export const untilWrong = refusal('registry.untilWrong', 422, () => ({
  zh: '批准要有期限：从明天起，最长一年。请重新选日期。',
  en: 'A grant ends on a day: tomorrow at the earliest, a year from now at the latest. Please choose another.',
}))

export const minorsContract = {
  'GET /households/:id/minor-grants': {
    summary: 'Who may open the records of a family’s children, the newest first, and who could be let in.',
    params: z.object({ id: idSchema }),
    answer: z.object({
      /** How many members are under 18 today. */
      children: z.number().int(),
      items: z.array(
        z.object({
          id: idSchema,
          reader: z.object({ id: idSchema, name: z.string() }),
          /** The first day on which it no longer holds. */
          until: daySchema,
          reason: z.string(),
          by: z.string(),
          at: instantSchema,
          endedAt: instantSchema.nullable(),
          holds: z.boolean(),
        }),
      ),
      /** Who works in the village today. */
      readers: z.array(z.object({ id: idSchema, name: z.string() })),
      /** The last day that can be given. */
      longest: daySchema,
    }),
  },
  'POST /households/:id/minor-grants': {
    summary:
      'Lets a guide or a member of the village group open the records of a family’s children, for at most a year.',
    params: z.object({ id: idSchema }),
    body: z.strictObject({ reader: idSchema, until: daySchema.optional(), reason: text(4, 200) }),
    answer: z.object({ id: idSchema, until: daySchema }),
    refusals: [noSuchReader, untilWrong],
  },
  'DELETE /minor-grants/:grantId': {
    summary: 'Takes a grant back; the telephone loses what it had of the children at its next contact.',
    params: z.object({ grantId: idSchema }),
    answer: z.object({ id: idSchema }),
    refusals: [grantNotFound],
  },
} as const
