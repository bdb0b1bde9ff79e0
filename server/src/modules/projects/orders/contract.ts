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
import { orderStates, orderSteps } from './order.ts'
import { recordKinds } from './record.ts'
import { evidenceKinds, orderSaid } from './tables.ts'

export const orderNotFound = refusal('projects.orderNotFound', 404, () => ({
  zh: '没有找到这张工单，或它不归您看。',
  en: 'This order was not found, or is not for you to see.',
}))
export const orderStepNotOpen = refusal<{ state: Words; open: Words }>(
  'projects.orderStepNotOpen',
  409,
  ({ state, open }) => ({
    zh: `这张工单现在是“${state.zh}”，这一步不能做了。现在能做：${open.zh}。`,
    en: `This order is “${state.en}”; that step is not open. Open now: ${open.en}.`,
  }),
)
export const orderChanged = refusal<{ version: number }>('projects.orderChanged', 409, () => ({
  zh: '这张工单刚有人动过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this order. Please look at it again; what you wrote is kept.',
}))
export const orderReasonMissing = refusal('projects.orderReasonMissing', 422, () => ({
  zh: '请写一句为什么。',
  en: 'Please say why.',
}))
export const deviationMissing = refusal<{ planned: number; done: number; unproved: number }>(
  'projects.deviationMissing',
  422,
  ({ planned, done, unproved }) =>
    done === planned
      ? {
          zh: `有${unproved}次没有验证码，也没有签名。请写一句为什么。`,
          en: `Of the times ${unproved} had neither a code nor a signature. Please say why.`,
        }
      : {
          zh: `计划${planned}，做了${done}。请写一句为什么不一样。`,
          en: `Planned were ${planned}, done were ${done}. Please say why they differ.`,
        },
)
export const orderDaysWrong = refusal('projects.orderDaysWrong', 422, () => ({
  zh: '日期不对：最晚开始不能早于今天，最晚做完不能早于最晚开始；上门不能是还没到的日子，也不能早于派单。',
  en: 'The days are not right: the start is today or later, the end not before the start; a visit was made on a day that has come, and not before the order.',
}))
export const orderServiceMissing = refusal('projects.orderServiceMissing', 422, () => ({
  zh: '请从服务池里选派哪一项服务。',
  en: 'Please choose the service of the pool that is asked for.',
}))
export const alreadyOrdered = refusal('projects.alreadyOrdered', 409, () => ({
  zh: '这条需求已经派了单，还没有办完。',
  en: 'There is an order for this need already, which is not over.',
}))
export const needNotForOrders = refusal('projects.needNotForOrders', 409, () => ({
  zh: '这件事只归镇街以上，不派给外面的人。',
  en: 'This matter is for the township and above, and is given to nobody outside.',
}))
export const recipientDied = refusal('projects.recipientDied', 409, () => ({
  zh: '登记的情况是：要帮的人已经去世。不能派单、也不能再记服务；如果登记有误，请先到家庭页更正。',
  en: 'By the register the person has died. No order and no service can be noted; where that is wrong, please correct the register first.',
}))
export const recipientAway = refusal('projects.recipientAway', 409, () => ({
  zh: '登记的情况是：要帮的人已经不在这一户了。不能派单、也不能再记服务；请先看看人在哪里。',
  en: 'By the register the person no longer lives in this household. No order and no service can be noted; please see first where they are.',
}))
/** All that who delivers is told of it. */
export const recipientChanged = refusal('projects.recipientChanged', 409, () => ({
  zh: '这一家的情况变了，先别上门。请联系派单的人。',
  en: 'Things have changed with this family: please do not go there, and call whoever sent the order.',
}))
export const providerUnknown = refusal('projects.providerUnknown', 422, () => ({
  zh: '没有找到这家机构。请从名单里选。',
  en: 'This organisation was not found. Please choose from the list.',
}))
export const contractOver = refusal<{ name: string }>('projects.contractOver', 409, ({ name }) => ({
  zh: `“${name}”现在没有有效的合同，不能派单，也不能再做。请先续签，或换一家。`,
  en: `“${name}” has no contract that holds today: nothing can be ordered of it or done by it. Please renew it first, or choose another.`,
}))
export const notTheCarrier = refusal<{ project: string; carrier: string }>(
  'projects.notTheCarrier',
  409,
  ({ project, carrier }) => ({
    zh: `这条需求在项目“${project}”里，由“${carrier}”来做。要请别家，先把它移出项目。`,
    en: `This need has a place in “${project}”, which “${carrier}” carries. To ask another, take it out of the project first.`,
  }),
)
export const sameHand = refusal('projects.sameHand', 409, () => ({
  zh: '这张单是您做的，要由别人来核对。',
  en: 'You had a hand in this order; somebody else checks it.',
}))
export const codeWrong = refusal<{ left: number }>('projects.codeWrong', 422, ({ left }) => ({
  zh: `验证码不对，还能试${left}次。请让这家人或导服员再念一遍。`,
  en: `The code is not right; ${left} more ${left === 1 ? 'try' : 'tries'}. Please have the family or the guide read it out again.`,
}))
export const codeLocked = refusal('projects.codeLocked', 409, () => ({
  zh: '验证码错了太多次，已经停用。请导服员换一个新的。',
  en: 'The code was wrong too often and is no longer used. Please ask the guide for a new one.',
}))
export const twoAdults = refusal<{ vetted: number }>('projects.twoAdults', 409, ({ vetted }) => ({
  zh: `和孩子在一起，要有两位当天审查有效的成年人，现在只有${vetted}位。这一次不能算。已经发生了的，请选“已经发生”并写明，会有人来看。`,
  en: `With a child there must be two adults whose vetting holds on the day; there are ${vetted}. This does not count. If it has happened, please say so and how; a person will look at it.`,
}))
export const visitNotFound = refusal('projects.visitNotFound', 404, () => ({
  zh: '没有找到这一次，或已经有人看过。',
  en: 'This time was not found, or somebody has looked at it already.',
}))
export const scoreMissing = refusal('projects.scoreMissing', 422, () => ({
  zh: '康复训练请记下功能分（0到100，5分一档）。',
  en: 'Please note the function score of the session (0 to 100, in fives).',
}))
export const evidenceWrong = refusal('projects.evidenceWrong', 422, () => ({
  zh: '这个文件收不了：要 JPEG 或 PNG，不超过2兆。请重拍。',
  en: 'This file cannot be taken: JPEG or PNG, at most 2 MB. Please take it again.',
}))
export const evidenceNotAgreed = refusal('projects.evidenceNotAgreed', 422, () => ({
  zh: '要先问过这家人愿不愿意留照片或签名。',
  en: 'The family has to be asked first whether a photograph or signature may be kept.',
}))
export const evidenceNotFound = refusal('projects.evidenceNotFound', 404, () => ({
  zh: '没有找到这张照片或签名。',
  en: 'This photograph or signature was not found.',
}))
export const outcomeOpen = refusal('projects.outcomeOpen', 409, () => ({
  zh: '岗位还没有问满三个月，结果还不能算。请到时候问过再核对。',
  en: 'The job has not been asked about for three months, so the outcome does not count yet. Please check it then.',
}))

export const payOpen = refusal<{ months: number }>('projects.payOpen', 409, ({ months }) => ({
  zh: `还有${months}个月的工钱没有记发放。发了、记好以后再做完。`,
  en: `The pay of ${months} ${months === 1 ? 'month is' : 'months are'} not noted as paid. Please pay and note it first.`,
}))
export const deviceOut = refusal('projects.deviceOut', 409, () => ({
  zh: '还有器材借在外面。收回来、记好以后再做完。',
  en: 'A device is still out. Please note its return first.',
}))
export const evidenceFull = refusal<{ most: number }>('projects.evidenceFull', 409, ({ most }) => ({
  zh: `这一次已经有${most}张了，够了。`,
  en: `There are ${most} for this time already; that is enough.`,
}))

const orderId = z.object({ orderId: idSchema })
const item = z.object({ id: z.string(), name: wordsSchema, unit: wordsSchema.nullable() })
const card = z.object({
  id: idSchema,
  number: z.string(),
  need: idSchema,
  /** Masked for the offices; for who delivers what to call them. */
  name: z.string(),
  service: item,
  place: z.string(),
  provider: z.object({ id: idSchema, name: z.string() }),
  state: z.enum(orderStates),
  stateWords: wordsSchema,
  plannedUnits: z.number().int(),
  doneUnits: z.number().int(),
  startBy: daySchema,
  dueBy: daySchema,
  dueOn: daySchema.nullable(),
  /** Working days; negative once it is over. */
  daysLeft: z.number().int().nullable(),
  /** A time with a child that nobody has looked at yet. */
  flagged: z.boolean(),
  version: z.number().int(),
})
const visit = z.object({
  id: idSchema,
  on: daySchema,
  units: z.number().int(),
  words: z.string(),
  proved: z.enum(['code', 'signature']).nullable(),
  adults: z.array(z.string()),
  score: z.number().int().nullable(),
  by: z.string(),
  flagged: z.boolean(),
  seen: z.object({ by: z.string(), at: instantSchema, words: z.string() }).nullable(),
  evidence: z.array(z.object({ id: idSchema, kind: z.enum(evidenceKinds) })),
})
export const wholeOrder = card.extend({
  /** Fen. */
  unitPrice: z.number().int(),
  project: idSchema.nullable(),
  /** All of the family that is told. */
  whom: z.object({ callName: z.string(), reach: z.string(), place: z.string() }),
  what: z.string(),
  /** A child is there: two vetted adults. */
  guarded: z.boolean(),
  records: z.array(z.enum(recordKinds)),
  createdOn: daySchema,
  createdBy: z.string(),
  /** To be read out; for who knows the family, never for who delivers. */
  code: z.string().nullable(),
  codeLocked: z.boolean(),
  visits: z.array(visit),
  score: z.object({ first: z.number().int(), last: z.number().int(), change: z.number().int() }).nullable(),
  seat: z
    .object({
      class: z.object({ id: idSchema, name: z.string(), days: z.number().int() }),
      came: z.number().int(),
      missed: z.number().int(),
      certificate: z.string().nullable(),
    })
    .nullable(),
  placement: z
    .object({
      employer: z.string(),
      job: z.string(),
      beganOn: daySchema,
      checks: z.array(z.object({ month: z.number().int(), kept: z.boolean(), on: daySchema, by: z.string() })),
      /** From when on the next month may be asked about; null: all were. */
      next: z.object({ month: z.number().int(), from: daySchema }).nullable(),
      outcome: z.enum(['open', 'kept', 'lost']),
    })
    .nullable(),
  loans: z.array(
    z.object({
      id: idSchema,
      device: z.string(),
      lentOn: daySchema,
      dueOn: daySchema,
      returnedOn: daySchema.nullable(),
      overdue: z.boolean(),
    }),
  ),
  /** Of assistive work. */
  workMonths: z.array(
    z.object({
      month: z.string(),
      days: z.number().int(),
      hours: z.number().int(),
      pieces: z.number().int().nullable(),
      payFen: z.number().int(),
      paidOn: daySchema.nullable(),
      by: z.string(),
    }),
  ),
  /** The need was met beside it: a person finishes the order or calls it off. */
  isMetByHand: z.boolean(),
  steps: z.array(
    z.object({
      at: instantSchema,
      words: wordsSchema,
      by: z.string(),
      note: z.string().nullable(),
      said: z.enum(orderSaid).nullable(),
    }),
  ),
  next: z.array(
    z.object({ step: z.enum(orderSteps), words: wordsSchema, asks: z.array(z.enum(['reason', 'deviation'])) }),
  ),
})
const theirs = z.object({
  need: idSchema,
  told: wordsSchema,
  service: wordsSchema,
  provider: z.string(),
  startBy: daySchema,
  dueBy: daySchema,
  /** To be read out to who comes; null where nobody is to come. */
  code: z.string().nullable(),
})

export const ordersContract = {
  'POST /needs/:needId/orders': {
    summary: 'Asks a provider to do something for a family; the need is assigned.',
    params: z.object({ needId: idSchema }),
    body: z.strictObject({
      provider: idSchema,
      service: z.string().max(60).optional(),
      plannedUnits: z.number().int().min(1).max(1_000),
      unitPrice: z.number().int().min(0).max(10_000_000),
      startBy: daySchema,
      dueBy: daySchema,
      what: text(2, 300),
      callName: text(1, 20),
      reach: text(2, 80),
      place: text(2, 80).optional(),
      /** The family was asked whether who comes may know this much. */
      agreed: z.literal(true),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: wholeOrder,
    refusals: [
      needNotForOrders,
      orderServiceMissing,
      orderDaysWrong,
      recipientDied,
      recipientAway,
      providerUnknown,
      contractOver,
      notTheCarrier,
      alreadyOrdered,
    ],
  },
  'GET /orders': {
    summary: 'Orders of my area, or of my organisation; those due first.',
    query: z.object({
      ...pageQuery,
      show: z.enum(['open', 'late', 'toCheck', 'flagged', 'ended', 'all']).default('open'),
      state: z.enum(orderStates).optional(),
      service: z.string().max(60).optional(),
      /** Of services that keep this besides their visits. */
      record: z.enum(recordKinds).optional(),
      provider: idSchema.optional(),
      project: idSchema.optional(),
      need: idSchema.optional(),
      division: divisionSchema.optional(),
    }),
    answer: pageOf(card),
  },
  'GET /orders/:orderId': {
    summary: 'One order: for whom, what, what was done each time, and what can be done now.',
    params: orderId,
    answer: wholeOrder,
    refusals: [orderNotFound],
  },
  'POST /orders/:orderId/steps': {
    summary: 'Moves an order on; its need moves with it.',
    params: orderId,
    body: z.strictObject({
      step: z.enum(orderSteps),
      note: text(2, 500).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: wholeOrder,
    refusals: [
      orderNotFound,
      orderStepNotOpen,
      orderChanged,
      orderReasonMissing,
      deviationMissing,
      recipientChanged,
      contractOver,
      sameHand,
      outcomeOpen,
      deviceOut,
      payOpen,
    ],
  },
  'POST /orders/:orderId/visits': {
    summary: 'Notes one time somebody was there, with the code the family read out where there is one.',
    params: orderId,
    body: z.strictObject({
      on: daySchema.optional(),
      units: z.number().int().min(1).max(100),
      words: text(2, 500),
      code: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
      /** Who was with the child. */
      adults: z.array(idSchema).max(10).default([]),
      score: z.number().int().min(0).max(100).multipleOf(5).optional(),
      /** With a child and without two vetted adults, and it has happened: counts for nothing and is looked at. */
      happened: z.boolean().default(false),
    }),
    answer: wholeOrder,
    refusals: [
      orderNotFound,
      orderStepNotOpen,
      orderDaysWrong,
      recipientChanged,
      contractOver,
      codeWrong,
      codeLocked,
      twoAdults,
      scoreMissing,
    ],
  },
  'POST /orders/:orderId/visits/:visitId/evidence': {
    summary: 'A photograph or a signature of a visit, where the family agreed to it.',
    params: z.object({ orderId: idSchema, visitId: idSchema }),
    query: z.object({ kind: z.enum(evidenceKinds), agreed: z.enum(['yes', 'no']).default('no') }),
    takes: 'multipart' as const,
    answer: z.object({ id: idSchema }),
    refusals: [orderNotFound, visitNotFound, evidenceWrong, evidenceNotAgreed, evidenceFull],
  },
  'GET /order-evidence/:evidenceId': {
    summary: 'A photograph or a signature.',
    params: z.object({ evidenceId: idSchema }),
    answer: 'file' as const,
    refusals: [evidenceNotFound],
  },
  'POST /orders/:orderId/visits/:visitId/look': {
    summary: 'What came of looking at a time with a child and without two vetted adults.',
    params: z.object({ orderId: idSchema, visitId: idSchema }),
    body: z.strictObject({ words: text(4, 500) }),
    answer: wholeOrder,
    refusals: [orderNotFound, visitNotFound, sameHand],
  },
  'POST /orders/:orderId/code': {
    summary: 'A new code, where the old one was wrong too often or got about.',
    params: orderId,
    body: z.strictObject({}),
    answer: wholeOrder,
    refusals: [orderNotFound, orderStepNotOpen],
  },
  'GET /my/orders': {
    summary: 'Who comes for what my family needs, and the code to read out; the newest first.',
    answer: z.object({ items: z.array(theirs) }),
  },
}
