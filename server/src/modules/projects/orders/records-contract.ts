import { refusal } from '@zhulian/kernel'
import { daySchema, idSchema, pageOf, pageQuery, text, z } from '@zhulian/kernel/contract'
import {
  contractOver,
  orderDaysWrong,
  orderNotFound,
  orderStepNotOpen,
  providerUnknown,
  recipientChanged,
  wholeOrder,
} from './contract.ts'
import { returnedStates } from './tables.ts'

export const notOfThisService = refusal('projects.notOfThisService', 409, () => ({
  zh: '这张工单的服务不记这一样。',
  en: 'The service of this order does not keep that.',
}))
export const adultNotFound = refusal('projects.adultNotFound', 404, () => ({
  zh: '没有找到这个人，或审查已经撤销。',
  en: 'This person was not found, or their vetting was taken back already.',
}))
export const ownVetting = refusal('projects.ownVetting', 409, () => ({
  zh: '审查由区里或运营方来登记，机构不登记自己的人。',
  en: 'Vetting is noted by the district or the hub; an organisation does not vet its own.',
}))
export const classNotFound = refusal('projects.classNotFound', 404, () => ({
  zh: '没有找到这个班，或它不归您管。',
  en: 'This class was not found, or is not yours.',
}))
export const classFull = refusal<{ places: number }>('projects.classFull', 409, ({ places }) => ({
  zh: `这个班${places}个名额都满了。`,
  en: `All ${places} places of this class are taken.`,
}))
export const classWantsTwo = refusal<{ vetted: number }>('projects.classWantsTwo', 409, ({ vetted }) => ({
  zh: `班里有孩子：要有两位当天审查有效的成年人在场，现在只有${vetted}位，这一天不能记。已经发生了的，请在孩子的工单里“记一次”写明，会有人来看。`,
  en: `There are children in the class: two adults whose vetting holds on the day must be there; there are ${vetted}, and the day cannot be noted. If it has happened, say so on the orders of the children; a person will look at it.`,
}))
export const seatTaken = refusal('projects.seatTaken', 409, () => ({
  zh: '这张工单已经在一个班里了。',
  en: 'This order has a seat in a class already.',
}))
export const seatNotFound = refusal('projects.seatNotFound', 404, () => ({
  zh: '这张工单不在这个班里。',
  en: 'This order has no seat in this class.',
}))
export const tooManyDays = refusal<{ days: number }>('projects.tooManyDays', 409, ({ days }) => ({
  zh: `这个班一共${days}天，已经记满了。`,
  en: `This class has ${days} days, and all are noted.`,
}))
export const notAttended = refusal<{ came: number; days: number; needed: number }>(
  'projects.notAttended',
  409,
  ({ came, days, needed }) => ({
    zh: `${days}天里来了${came}天，要${needed}天才能发证。`,
    en: `They came on ${came} of ${days} days; a certificate needs ${needed}.`,
  }),
)
export const alreadyCertified = refusal('projects.alreadyCertified', 409, () => ({
  zh: '已经发过证了。',
  en: 'There is a certificate already.',
}))
export const placementThere = refusal('projects.placementThere', 409, () => ({
  zh: '这张工单已经记了一个岗位。',
  en: 'There is a job for this order already.',
}))
export const checkNotOpen = refusal<{ month: number; from: string }>(
  'projects.checkNotOpen',
  409,
  ({ month, from }) => ({
    zh: `下一次该问第${month}个月，从${from}起。`,
    en: `The next to be asked about is month ${month}, from ${from} on.`,
  }),
)
export const nothingToAsk = refusal('projects.nothingToAsk', 409, () => ({
  zh: '没有要问的：还没有岗位，或结果已经定了。',
  en: 'There is nothing to ask: no job is noted, or the outcome is settled.',
}))
export const deviceNotThere = refusal('projects.deviceNotThere', 404, () => ({
  zh: '没有找到这件器材，或它不归您管。',
  en: 'This device was not found, or is not yours.',
}))
export const deviceMarkTaken = refusal('projects.deviceMarkTaken', 409, () => ({
  zh: '这个编号已经有一件器材了。',
  en: 'There is a device with this mark already.',
}))
export const deviceLent = refusal('projects.deviceLent', 409, () => ({
  zh: '这件器材正借在别人家，还没有还回来。',
  en: 'This device is with somebody else and has not come back yet.',
}))
export const deviceGone = refusal('projects.deviceGone', 409, () => ({
  zh: '这件器材坏了或丢了，不能再借。',
  en: 'This device is broken or lost and cannot be lent.',
}))
export const notLent = refusal('projects.notLent', 409, () => ({
  zh: '这件器材没有借出去。',
  en: 'This device is not lent.',
}))

const orderId = z.object({ orderId: idSchema })
const adult = z.object({
  id: idSchema,
  provider: idSchema,
  name: z.string(),
  vettedOn: daySchema,
  validUntil: daySchema,
  by: z.string(),
  holds: z.boolean(),
})
const trainingClass = z.object({
  id: idSchema,
  name: z.string(),
  /** Whose it is. */
  provider: z.string(),
  fromOn: daySchema,
  untilOn: daySchema,
  days: z.number().int(),
  places: z.number().int(),
  free: z.number().int(),
  /** Days that were noted. */
  held: z.number().int(),
  /** A child sits in it: two vetted adults. */
  guarded: z.boolean(),
  seats: z.array(
    z.object({
      order: idSchema,
      number: z.string(),
      name: z.string(),
      came: z.number().int(),
      missed: z.number().int(),
      certificate: z.string().nullable(),
    }),
  ),
})
const device = z.object({
  id: idSchema,
  name: z.string(),
  /** Whose it is. */
  provider: z.string(),
  mark: z.string(),
  gone: z.boolean(),
  loan: z
    .object({
      order: idSchema,
      number: z.string(),
      name: z.string(),
      lentOn: daySchema,
      dueOn: daySchema,
      overdue: z.boolean(),
    })
    .nullable(),
})

export const recordsContract = {
  'GET /adults': {
    summary: 'Adults who may be with children, of my organisation or of one; those whose vetting ends first.',
    query: z.object({ ...pageQuery, provider: idSchema.optional() }),
    answer: pageOf(adult),
  },
  'POST /adults': {
    summary: 'Notes that somebody was vetted, until when it holds.',
    body: z.strictObject({ provider: idSchema, name: text(2, 30), vettedOn: daySchema, validUntil: daySchema }),
    answer: adult,
    refusals: [providerUnknown, contractOver, orderDaysWrong, ownVetting],
  },
  'POST /adults/:adultId/end': {
    summary: 'Takes a vetting back, with the reason.',
    params: z.object({ adultId: idSchema }),
    body: z.strictObject({ reason: text(2, 200) }),
    answer: adult,
    refusals: [adultNotFound, ownVetting],
  },
  'GET /classes': {
    summary: 'Classes of my organisation, the newest first.',
    query: z.object({ ...pageQuery, provider: idSchema.optional() }),
    answer: pageOf(trainingClass),
  },
  'POST /classes': {
    summary: 'Adds a class.',
    body: z.strictObject({
      name: text(2, 60),
      fromOn: daySchema,
      untilOn: daySchema,
      days: z.number().int().min(1).max(200),
      places: z.number().int().min(1).max(500),
    }),
    answer: trainingClass,
    refusals: [orderDaysWrong, providerUnknown, contractOver],
  },
  'POST /classes/:classId/seats': {
    summary: 'Gives somebody a seat, by their order.',
    params: z.object({ classId: idSchema }),
    body: z.strictObject({ order: idSchema }),
    answer: trainingClass,
    refusals: [classNotFound, classFull, seatTaken, orderNotFound, orderStepNotOpen, notOfThisService],
  },
  'POST /classes/:classId/attendance': {
    summary:
      'Who came on a day, and with children for how many hours and which vetted adults were there; whoever of the class is not named did not come. Noted again it is corrected.',
    params: z.object({ classId: idSchema }),
    body: z.strictObject({
      on: daySchema,
      came: z.array(idSchema).max(500),
      hours: z.number().int().min(1).max(12).default(1),
      adults: z.array(idSchema).max(20).default([]),
    }),
    answer: trainingClass,
    refusals: [classNotFound, orderDaysWrong, tooManyDays, seatNotFound, classWantsTwo],
  },
  'POST /classes/:classId/certificates': {
    summary: 'Gives a certificate to somebody who came often enough.',
    params: z.object({ classId: idSchema }),
    body: z.strictObject({ order: idSchema, certificate: text(2, 60) }),
    answer: trainingClass,
    refusals: [classNotFound, seatNotFound, notAttended, alreadyCertified],
  },
  'POST /orders/:orderId/placement': {
    summary: 'The job somebody was found.',
    params: orderId,
    body: z.strictObject({ employer: text(2, 80), job: text(2, 60), beganOn: daySchema }),
    answer: wholeOrder,
    refusals: [
      orderNotFound,
      orderStepNotOpen,
      orderDaysWrong,
      notOfThisService,
      placementThere,
      recipientChanged,
      providerUnknown,
      contractOver,
    ],
  },
  'POST /orders/:orderId/placement/checks': {
    summary: 'Whether the job was still kept after one, two and three months.',
    params: orderId,
    body: z.strictObject({ kept: z.boolean() }),
    answer: wholeOrder,
    refusals: [orderNotFound, checkNotOpen, nothingToAsk],
  },
  'POST /orders/:orderId/work-months': {
    summary: 'A month of assistive work: days, hours, pieces, pay, and when it was paid. Noted again it is corrected.',
    params: orderId,
    body: z.strictObject({
      month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/),
      days: z.number().int().min(0).max(31),
      hours: z.number().int().min(0).max(744),
      pieces: z.number().int().min(0).max(1_000_000).optional(),
      payFen: z.number().int().min(0).max(10_000_000),
      paidOn: daySchema.optional(),
    }),
    answer: wholeOrder,
    refusals: [orderNotFound, orderStepNotOpen, orderDaysWrong, notOfThisService, providerUnknown, contractOver],
  },
  'GET /lending': {
    summary: 'Devices of my organisation by name: which are lent, to whom, which are overdue.',
    query: z.object({ ...pageQuery, provider: idSchema.optional() }),
    answer: pageOf(device),
  },
  'POST /lending': {
    summary: 'Adds a device.',
    body: z.strictObject({ name: text(2, 60), mark: text(1, 30) }),
    answer: device,
    refusals: [deviceMarkTaken, providerUnknown, contractOver],
  },
  'POST /lending/:deviceId/loans': {
    summary: 'Lends a device to somebody, by their order.',
    params: z.object({ deviceId: idSchema }),
    body: z.strictObject({ order: idSchema, dueOn: daySchema }),
    answer: device,
    refusals: [
      deviceNotThere,
      deviceLent,
      deviceGone,
      orderNotFound,
      orderStepNotOpen,
      orderDaysWrong,
      notOfThisService,
      recipientChanged,
      providerUnknown,
      contractOver,
    ],
  },
  'POST /lending/:deviceId/return': {
    summary: 'It came back, and how; or it is lost.',
    params: z.object({ deviceId: idSchema }),
    body: z.strictObject({ state: z.enum(returnedStates) }),
    answer: device,
    refusals: [deviceNotThere, notLent],
  },
}
