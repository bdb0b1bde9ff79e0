import { refusal } from '@zhulian/kernel'
import { contract, daySchema, idSchema, text, z } from '@zhulian/kernel/contract'

export const alreadyKept = refusal('doors.alreadyKept', 409, () => ({
  zh: '已经不告诉合作系统了，不用再设。',
  en: 'This family is kept from partners already.',
}))
export const notKept = refusal('doors.notKept', 409, () => ({
  zh: '现在没有这个标记，可能刚被收回。请刷新后再看。',
  en: 'There is no such mark now; it may just have been taken back. Please reload.',
}))
export const keptByTownship = refusal('doors.keptByTownship', 403, () => ({
  zh: '这个标记是镇街或区里设的，由他们收回。请和镇街说明情况。',
  en: 'The township or the district set this mark, and takes it back. Tell the township why it should.',
}))
export const noHousehold = refusal('doors.noHousehold', 409, () => ({
  zh: '还没有确认您是哪一家的。请找村里的导服员办理。',
  en: 'Which household is yours has not been confirmed yet. Ask the guide of your village.',
}))

const householdId = z.object({ householdId: idSchema })

/** Households that partners are not told of because somebody said so. */
export const keptContract = contract({
  'GET /households/:householdId/kept-from-partners': {
    summary: 'Who said of a household that partners are not told of it, from when until when; the newest first.',
    params: householdId,
    answer: z.object({
      items: z
        .array(
          z.object({
            id: idSchema,
            setBy: z.enum(['family', 'office']),
            from: daySchema,
            by: z.string(),
            /** For who wrote it and for the offices. */
            reason: z.string().nullable(),
            ended: z.object({ on: daySchema, by: z.string(), reason: z.string().nullable() }).nullable(),
            mayTakeBack: z.boolean(),
          }),
        )
        .max(50),
      mayKeep: z.boolean(),
    }),
  },
  'POST /households/:householdId/kept-from-partners': {
    summary: 'Keeps a household from partners from now on: for all of them it is as if it were not registered.',
    params: householdId,
    body: z.strictObject({ reason: text(2, 300) }),
    answer: z.object({ id: idSchema }),
    refusals: [alreadyKept],
  },
  'POST /households/:householdId/kept-from-partners/take-back': {
    summary: 'Takes the mark of an office back, with a reason; what the family itself said stays.',
    params: householdId,
    body: z.strictObject({ reason: text(2, 300) }),
    answer: z.object({}),
    refusals: [notKept, keptByTownship],
  },
  'GET /my/kept-from-partners': {
    summary: 'Whether the family itself said that partners are not told of it.',
    answer: z.object({
      /** Null as long as nobody has confirmed which household is one’s own. */
      kept: z.boolean().nullable(),
      since: daySchema.nullable(),
    }),
  },
  'PUT /my/kept-from-partners': {
    summary: 'Says of one’s own household that partners are not told of it, or takes that back.',
    body: z.strictObject({ kept: z.boolean() }),
    answer: z.object({}),
    refusals: [noHousehold],
  },
})
