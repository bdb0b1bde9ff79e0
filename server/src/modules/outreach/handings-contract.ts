import { refusal } from '@zhulian/kernel'
import { daySchema, divisionSchema, idSchema, instantSchema, text, z } from '@zhulian/kernel/contract'
import { absence, guideNotFound } from './network-contract.ts'

export const handingNotFound = refusal('outreach.handingNotFound', 404, () => ({
  zh: '没有找到这次交接，或它不在您的片区。',
  en: 'This hand-over was not found, or is not in your area.',
}))
export const cannotTakeVillage = refusal<{ name: string }>('outreach.cannotTakeVillage', 422, ({ name }) => ({
  zh: `${name || '所选的人'}不能接这个村：要已经是您片区里的导服员，而且不是现在管它的那一位。`,
  en: `${name || 'Whom you chose'} cannot take this village: they must be a guide of your area already, and not who serves it now.`,
}))
export const notTheirVillage = refusal('outreach.notTheirVillage', 409, () => ({
  zh: '这个村现在不归这位导服员单独管，可能刚刚交出去了。请刷新再看。',
  en: 'This village is not this guide’s own now; it may just have been handed over. Please look again.',
}))
export const handingOver = refusal('outreach.handingOver', 409, () => ({
  zh: '这次交接已经不能撤回：它撤回过，或村子后来又交给了别人，或原来的人已经离岗。需要的话，请再交接一次。',
  en: 'This hand-over can no longer be undone: it was undone, the village changed hands again, or who had it has left. Hand it over once more instead.',
}))

const person = z.object({ account: idSchema, name: z.string() })
const place = z.object({ code: divisionSchema, name: z.string() })
const handing = z.object({
  id: idSchema,
  village: place,
  /** Null: from nobody, they serve it beside those who do. */
  from: person.nullable(),
  to: person,
  by: z.string(),
  at: instantSchema,
  undone: z.boolean(),
  mayUndo: z.boolean(),
})
const handingId = z.object({ handingId: idSchema })

export const handingsContract = {
  'POST /handings': {
    summary: 'Hands a village to another guide for good; what is open there goes with it, and both are told.',
    body: z.strictObject({
      village: divisionSchema,
      from: idSchema.nullable(),
      to: idSchema,
      reason: text(2, 300),
    }),
    answer: handing.extend({ moved: z.number().int() }),
    refusals: [guideNotFound, cannotTakeVillage, notTheirVillage],
  },
  'GET /handings': {
    summary: 'Villages handed over in my area, the newest first; at most a hundred.',
    query: z.object({ guide: idSchema.optional() }),
    answer: z.object({ items: z.array(handing.extend({ reason: z.string() })) }),
  },
  'DELETE /handings/:handingId': {
    summary: 'Undoes a hand-over: who had the village has it again, with what is open there.',
    params: handingId,
    answer: z.object({ back: z.number().int(), left: z.number().int() }),
    refusals: [handingNotFound, handingOver],
  },
  'GET /network/mine': {
    summary: 'What concerns me as a guide: villages I got or gave lately, my absence, for whom I stand in.',
    answer: z.object({
      handings: z.array(
        z.object({
          id: idSchema,
          village: z.string(),
          got: z.boolean(),
          other: z.string().nullable(),
          on: daySchema,
          by: z.string(),
        }),
      ),
      away: absence.nullable(),
      standsInFor: z.array(absence),
    }),
  },
} as const
