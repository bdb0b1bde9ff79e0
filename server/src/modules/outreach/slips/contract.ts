import { refusal, type Words } from '@zhulian/kernel'
import {
  daySchema,
  divisionSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  text,
  wordsSchema,
  z,
} from '@zhulian/kernel/contract'
import { slipStates, slipSteps, usualDays } from './slip.ts'

export const slipNotFound = refusal('outreach.slipNotFound', 404, () => ({
  zh: '没有找到这张转介单，或它不归您看。',
  en: 'This slip was not found, or is not for you to see.',
}))
export const slipStepNotOpen = refusal<{ state: Words; open: Words }>(
  'outreach.slipStepNotOpen',
  409,
  ({ state, open }) => ({
    zh: `这张转介单现在是“${state.zh}”，这一步还不能做。现在能做：${open.zh}。`,
    en: `This slip is “${state.en}”; that step is not open. Open now: ${open.en}.`,
  }),
)
export const slipChanged = refusal<{ version: number }>('outreach.slipChanged', 409, () => ({
  zh: '这张转介单刚有人动过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this slip. Please look at it again; what you wrote is kept.',
}))
export const wordsMissing = refusal('outreach.wordsMissing', 422, () => ({
  zh: '请写一句：办了什么、为什么办不了，或要补充什么。',
  en: 'Please write a sentence: what was done, why it cannot be done, or what is asked.',
}))
export const whoAnsweredMissing = refusal('outreach.whoAnsweredMissing', 422, () => ({
  zh: '代部门登记答复，请写清是部门哪一位答复的。',
  en: 'To note an answer that came on paper, please say who at the bureau gave it.',
}))
export const unknownUnit = refusal<{ unit: string }>('outreach.unknownUnit', 422, ({ unit }) => ({
  zh: `单位名单里没有“${unit}”。请从名单里选一个。`,
  en: `There is no unit “${unit}”. Please choose one from the list.`,
}))
export const unknownSubject = refusal<{ subject: string }>('outreach.unknownSubject', 422, ({ subject }) => ({
  zh: `政策池和服务池里没有“${subject}”。可以不选，只写需要。`,
  en: `There is no “${subject}” among policies and services. You may leave it open and write the need alone.`,
}))
export const otherUnits = refusal<{ policy: Words; unit: Words }>('outreach.otherUnits', 422, ({ policy, unit }) => ({
  zh: `“${policy.zh}”由${unit.zh}办。请改送${unit.zh}，或换一项。`,
  en: `“${policy.en}” is given by the ${unit.en}. Please send the slip there, or choose another.`,
}))
export const notAgreed = refusal('outreach.notAgreed', 422, () => ({
  zh: '请先和这家人说好：要把名字、联系办法和需要告诉部门。说好了再勾选。',
  en: 'Please first tell the family that their name, how to reach them and the need go to the bureau, and tick that they agree.',
}))

export const carefulIsTownships = refusal('outreach.carefulIsTownships', 403, () => ({
  zh: '涉及人身安全的转介单由镇街来写。请直接告诉镇街；有危险先打110。',
  en: 'A slip about somebody’s safety is written by the township. Please tell the township; in danger call 110 first.',
}))

const slipId = z.object({ slipId: idSchema })
const unit = z.object({ slug: z.string(), name: wordsSchema })

const line = z.object({
  id: idSchema,
  number: z.string(),
  unit,
  subject: z.object({ id: z.string(), name: wordsSchema }).nullable(),
  /** Masked. */
  name: z.string(),
  place: z.string(),
  state: z.enum(slipStates),
  stateWords: wordsSchema,
  careful: z.boolean(),
  sentOn: daySchema,
  sentBy: z.string(),
  dueOn: daySchema.nullable(),
  /** Working days; negative when late. */
  daysLeft: z.number().int().nullable(),
  /** Whose turn it is. */
  turn: z.enum(['bureau', 'sender', 'nobody']),
  version: z.number().int(),
})
const whole = line.extend({
  /** Whom it is about and how to reach them; null once it was taken back. */
  whom: z.object({ name: z.string(), reach: z.string().nullable() }).nullable(),
  need: z.string(),
  days: z.number().int(),
  /** For those who may open the household; a bureau reads the slip alone. */
  household: idSchema.nullable(),
  steps: z.array(
    z.object({
      at: instantSchema,
      words: wordsSchema,
      by: z.string(),
      office: z.string(),
      answeredBy: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
  next: z.array(
    z.object({
      step: z.enum(slipSteps),
      words: wordsSchema,
      asks: z.enum(['answer', 'reason', 'question']).nullable(),
      /** An office notes what came on paper, and says from whom. */
      onPaper: z.boolean(),
    }),
  ),
})

export const slipsContract = {
  'POST /households/:householdId/slips': {
    summary: 'Hands a need of a family to a bureau as a slip, with a clock.',
    params: z.object({ householdId: idSchema }),
    body: z.strictObject({
      unit: text(1, 60),
      /** A policy or a service of the pool, where the need is one. */
      subject: z.string().max(60).optional(),
      person: idSchema.optional(),
      need: text(4, 500),
      /** A telephone, or where to find them. */
      reach: text(2, 80).optional(),
      days: z.number().int().min(1).max(60).default(usualDays),
      agreed: z.boolean(),
      /** For the township alone; guides do not see it. */
      careful: z.boolean().optional(),
    }),
    answer: whole,
    refusals: [unknownUnit, unknownSubject, otherUnits, notAgreed, carefulIsTownships],
  },
  'GET /slips': {
    summary: 'The slips of my area, or to my bureau; those due first.',
    query: z.object({
      ...pageQuery,
      show: z.enum(['open', 'late', 'yours', 'below', 'bureau', 'sender', 'closed', 'all']).default('open'),
      unit: z.string().max(60).optional(),
      household: idSchema.optional(),
      division: divisionSchema.optional(),
    }),
    answer: pageOf(line).extend({
      counts: z.object({ open: z.number().int(), late: z.number().int(), askedBack: z.number().int() }),
    }),
  },
  'GET /slips/yours': {
    summary:
      'How many slips ran past their time and wait for who asks: for the answer of a bureau, or the reply of who sent them; and how many with somebody whom who asks stands above.',
    answer: z.object({ late: z.number().int(), below: z.number().int() }),
  },
  'GET /slips/sheet': {
    summary: 'The open slips to one bureau with all that they say, to be printed and handed over; at most 200.',
    query: z.object({ unit: z.string().max(60).optional() }),
    answer: z.object({
      unit: unit.nullable(),
      on: daySchema,
      items: z.array(line.extend({ whom: whole.shape.whom, need: z.string() })),
      more: z.boolean(),
    }),
    refusals: [unknownUnit],
  },
  'GET /slips/:slipId': {
    summary: 'One slip: whom it is about, what is needed, what was answered, what can be done now.',
    params: slipId,
    answer: whole,
    refusals: [slipNotFound],
  },
  'POST /slips/:slipId/steps': {
    summary: 'Answers a slip, replies to a question, takes a slip or an answer back.',
    params: slipId,
    body: z.strictObject({
      step: z.enum(slipSteps),
      note: text(2, 1000).optional(),
      /** Who at the bureau said so, where an office notes what came on paper. */
      answeredBy: text(1, 40).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: whole,
    refusals: [slipNotFound, slipStepNotOpen, slipChanged, wordsMissing, whoAnsweredMissing],
  },
} as const
