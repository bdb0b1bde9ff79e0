import { duties, refusal } from '@zhulian/kernel'
import { daySchema, divisionSchema, idSchema, pageOf, pageQuery, wordsSchema, z } from '@zhulian/kernel/contract'
import { dutyOrigins } from './duty.ts'

export const dutyNotFound = refusal('outreach.dutyNotFound', 404, () => ({
  zh: '没有找到这件工作，或它不在您的片区。',
  en: 'This piece of work was not found, or is not in your area.',
}))
export const dutyNotYours = refusal<{ by: string }>('outreach.dutyNotYours', 403, ({ by }) => ({
  zh: `这件是${by}记的，只有本人能改。`,
  en: `${by} noted this one; only they can change it.`,
}))
export const dutyOver = refusal('outreach.dutyOver', 409, () => ({
  zh: '这件已经做完了。手记的，做完当天还能撤回，过后就不能改了；代办和走访里记上的，不在这里撤回。',
  en: 'This one is done. What was noted by hand can be taken back on that day, not later; what came of a case or a visit is not taken back here.',
}))
export const dutyDayWrong = refusal('outreach.dutyDayWrong', 422, () => ({
  zh: '日期不对：做完的那天不能还没到，也不能早于开始的那天。',
  en: 'The day is not right: it cannot lie ahead, nor before the work began.',
}))

const count = z.number().int()
const counts = { filing: count, advice: count, linking: count, plan: count }
const line = z.object({
  id: idSchema,
  duty: z.enum(duties),
  dutyWords: wordsSchema,
  household: idSchema.nullable(),
  /** Masked in lists. */
  name: z.string().nullable(),
  place: z.string(),
  origin: z.enum(dutyOrigins),
  begunOn: daySchema,
  doneOn: daySchema.nullable(),
  by: z.string(),
  mine: z.boolean(),
  mayTakeBack: z.boolean(),
})
const note = z.string().trim().max(1000).optional()
const dutyId = z.object({ dutyId: idSchema })
const monthSchema = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)

export const dutiesContract = {
  'POST /households/:householdId/duties': {
    summary: 'Begins a piece of one of the four duties for a household, or notes one that is done.',
    params: z.object({ householdId: idSchema }),
    body: z.strictObject({ duty: z.enum(duties), note, done: z.boolean().default(false), on: daySchema.optional() }),
    answer: line,
    refusals: [dutyDayWrong],
  },
  'GET /duties': {
    summary: 'Pieces of the four duties in my area, the newest first.',
    query: z.object({
      ...pageQuery,
      state: z.enum(['open', 'done', 'any']).default('any'),
      mine: z.enum(['true', 'false']).optional(),
      household: idSchema.optional(),
    }),
    answer: pageOf(line).extend({
      /** Mine of this month, done. */
      month: z.object(counts),
    }),
  },
  'GET /duties/:dutyId': {
    summary: 'One piece of work with its note.',
    params: dutyId,
    answer: line.extend({ note: z.string().nullable() }),
    refusals: [dutyNotFound],
  },
  'POST /duties/:dutyId/finish': {
    summary: 'What was begun is done.',
    params: dutyId,
    body: z.strictObject({ note, on: daySchema.optional() }),
    answer: line,
    refusals: [dutyNotFound, dutyNotYours, dutyOver, dutyDayWrong],
  },
  'DELETE /duties/:dutyId': {
    summary: 'Takes back what was noted by mistake: while it is open, or on the day it was noted.',
    params: dutyId,
    answer: line,
    refusals: [dutyNotFound, dutyNotYours, dutyOver],
  },
  'GET /network/duties': {
    summary: 'What each guide and clerk did of the four duties in a month, and the whole area in the months before it.',
    query: z.object({ month: monthSchema.optional(), division: divisionSchema.optional() }),
    answer: z.object({
      month: monthSchema,
      people: z.array(z.object({ account: idSchema, name: z.string(), ...counts, open: count })),
      /** The newest first; six of them. */
      months: z.array(z.object({ month: monthSchema, ...counts })),
    }),
  },
} as const
