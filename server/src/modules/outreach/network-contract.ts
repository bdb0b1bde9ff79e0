import { refusal } from '@zhulian/kernel'
import { daySchema, divisionSchema, idSchema, wordsSchema, z } from '@zhulian/kernel/contract'

export const guideNotFound = refusal('outreach.guideNotFound', 404, () => ({
  zh: '没有找到这位导服员，或其工作范围不全在您的片区。',
  en: 'This guide was not found, or does not work in your area alone.',
}))
export const absenceNotFound = refusal('outreach.absenceNotFound', 404, () => ({
  zh: '没有找到这次请假，或它不在您的片区。',
  en: 'This absence was not found, or is not in your area.',
}))
export const absenceDaysWrong = refusal('outreach.absenceDaysWrong', 422, () => ({
  zh: '日期不对：回来上班的那天要在开始那天之后，也不能已经过去。',
  en: 'The days are not right: the first day back comes after the first day away, and is not in the past.',
}))
export const alreadyAway = refusal<{ from: string; back: string }>('outreach.alreadyAway', 409, ({ from, back }) => ({
  zh: `这几天已经登记过请假（${from}起，${back}回来）。要改，请先撤销原来的。`,
  en: `An absence is noted for these days already (from ${from}, back on ${back}). To change it, take that one back first.`,
}))
export const cannotStandIn = refusal<{ name: string }>('outreach.cannotStandIn', 422, ({ name }) => ({
  zh: `${name || '所选的人'}不能代班：代班的人要能管到同一个村，且这几天自己在岗。请换一位，或交给镇里。`,
  en: `${name || 'Whom you chose'} cannot stand in: they must work in the same village and be at work on these days. Choose another, or the township.`,
}))
export const absenceOver = refusal('outreach.absenceOver', 409, () => ({
  zh: '这次请假已经结束，不用再交接。',
  en: 'This absence is over; there is nothing to hand over.',
}))

const absenceId = z.object({ absenceId: idSchema })
export const absence = z.object({
  id: idSchema,
  guide: z.object({ account: idSchema, name: z.string() }),
  fromOn: daySchema,
  /** The first day at work again. */
  backOn: daySchema,
  /** Null: the township. */
  standIn: z.object({ account: idSchema, name: z.string() }).nullable(),
  standInWords: wordsSchema,
})
const count = z.number().int()
/** `lateDays`: working days since the day the longest overdue of it was due. */
const load = { openTasks: count, openCases: count, late: count, lateDays: count }
const held = z.object({
  kind: z.enum(['task', 'case']),
  id: idSchema,
  place: z.string(),
  stateWords: wordsSchema,
  dueOn: daySchema.nullable(),
  late: z.boolean(),
})
const ids = z.array(idSchema).max(500)

export const networkContract = {
  'GET /network': {
    summary:
      'The guides and clerks of my area with what each has open and late, who is away and who stands in; villages without a guide.',
    answer: z.object({
      guides: z.array(
        z.object({
          account: idSchema,
          name: z.string(),
          places: z.array(z.object({ code: divisionSchema, name: z.string() })),
          ...load,
          /** Today's, or else the next. */
          away: absence.nullable(),
          awayToday: z.boolean(),
          /** Names of those this guide stands in for today. */
          standsInFor: z.array(z.string()),
        }),
      ),
      /** With what each looks after for the township; `township` has all of it, taken up or not. */
      clerks: z.array(
        z.object({
          account: idSchema,
          name: z.string(),
          places: z.array(z.object({ code: divisionSchema, name: z.string() })),
          ...load,
        }),
      ),
      /** No guide of their own and none of the township: the township serves them. */
      withoutGuide: z.array(z.object({ code: divisionSchema, name: z.string() })),
      township: z.object(load),
      /** Still held by somebody who no longer works here as a guide. */
      leftBehind: z.array(z.object({ account: idSchema, name: z.string(), ...load })),
    }),
  },
  'POST /absences': {
    summary: 'Notes that a guide is away, and who stands in. What comes in goes there from the first day on.',
    body: z.strictObject({
      guide: idSchema,
      fromOn: daySchema,
      backOn: daySchema,
      standIn: z.union([idSchema, z.literal('township')]),
    }),
    answer: absence,
    refusals: [guideNotFound, absenceDaysWrong, alreadyAway, cannotStandIn],
  },
  'GET /absences/:absenceId': {
    summary:
      'An absence with what the guide still holds, the most urgent first, to be looked at before it is handed over.',
    params: absenceId,
    answer: absence.extend({ held: z.array(held), handedOver: z.number().int() }),
    refusals: [absenceNotFound],
  },
  'POST /absences/:absenceId/hand-over': {
    summary: 'Hands what was shown to who stands in. What has changed hands meanwhile is left as it is.',
    params: absenceId,
    body: z.strictObject({ tasks: ids, cases: ids }),
    answer: z.object({ moved: z.number().int(), left: z.number().int() }),
    refusals: [absenceNotFound, absenceOver, cannotStandIn],
  },
  'DELETE /absences/:absenceId': {
    summary: 'The guide is at work again, or never went: what nobody has touched since goes back.',
    params: absenceId,
    answer: z.object({ back: z.number().int(), left: z.number().int() }),
    refusals: [absenceNotFound, guideNotFound],
  },
} as const
