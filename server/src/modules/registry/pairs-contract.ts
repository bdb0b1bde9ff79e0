import { refusal } from '@zhulian/kernel'
import { idSchema, instantSchema, pageOf, pageQuery, text, wordsSchema, z } from '@zhulian/kernel/contract'

export const pairNotFound = refusal('registry.pairNotFound', 404, () => ({
  zh: '没有找到，或者不在您的工作范围内。请从列表重新打开。',
  en: 'Not found, or outside the area you work in. Please open it again from the list.',
}))
export const pairDecided = refusal('registry.pairDecided', 409, () => ({
  zh: '这一对刚才已经有人定了。请看下一对。',
  en: 'Somebody has decided this pair just now. Please go on to the next.',
}))
export const pairIsDouble = refusal('registry.pairIsDouble', 409, () => ({
  zh: '两个都是登记里的人。如果是同一人，请用“合并”，并写明理由。',
  en: 'Both are registered. If they are one person, please merge them, with a reason.',
}))
export const pairNotDecided = refusal('registry.pairNotDecided', 409, () => ({
  zh: '这一对还没有定，没有什么可以撤回。',
  en: 'This pair is not decided, so there is nothing to take back.',
}))
export const pairTold = refusal('registry.pairTold', 409, () => ({
  zh: '这一行已经按您的决定入库，不能在这里撤回。请到那一批数据里撤销。',
  en: 'The row has been taken in as decided and cannot be taken back here. Please undo it where the file is.',
}))
export const twoNumbers = refusal('registry.twoNumbers', 409, () => ({
  zh: '两个人都有有效的身份证号，号码不同就是两个人，不能合并。如果其中一个登记错了，请先更正。',
  en: 'Both have a valid identity number; numbers that differ are two people and are not merged. If one was registered wrongly, please put it right first.',
}))
export const keepTheNumbered = refusal('registry.keepTheNumbered', 409, () => ({
  zh: '请保留有身份证号的那一个。',
  en: 'Please keep the one who has an identity number.',
}))
export const chooseHousehold = refusal<{ kept: string; other: string }>('registry.chooseHousehold', 409, () => ({
  zh: '两个人登记在不同的户。请选择合并以后在哪一户。',
  en: 'The two are registered in different households. Please choose in which one the person stays.',
}))
export const changedSinceMerge = refusal('registry.changedSinceMerge', 409, () => ({
  zh: '合并以后，其中一人的情况又有变化，不能再拆开。请分别登记更正。',
  en: 'Something about one of them has changed since they were merged, so the merge cannot be undone. Please correct what is registered instead.',
}))
export const mergeUndone = refusal('registry.mergeUndone', 409, () => ({
  zh: '这次合并已经拆开了。',
  en: 'This merge has been undone already.',
}))

/** One thing two people were compared by. */
export const comparedField = z.object({
  key: z.string(),
  words: wordsSchema,
  /** Null where one of the two says nothing. */
  level: wordsSchema.nullable(),
  /** Bits for (positive) or against one person. */
  weight: z.number(),
})
export const pairReasons = ['ambiguous', 'sameNumberOtherName', 'twoValidNumbers', 'taken'] as const
export const pairStates = ['open', 'same', 'different'] as const
const state = z.enum(pairStates)
const source = z.enum(['delivery', 'registry'])

const pairLine = z.object({
  id: idSchema,
  source,
  /** Masked. */
  person: z.string(),
  place: z.string(),
  probability: z.number(),
  reason: z.enum(pairReasons).nullable(),
  state,
  raisedAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  /** Name of the colleague. */
  decidedBy: z.string().nullable(),
})

/** What one side says of the person; empty for nothing. Numbers are masked. */
const side = z.object({
  person: idSchema.nullable(),
  household: idSchema.nullable(),
  name: z.string(),
  idNumber: z.string(),
  birthDate: z.string(),
  sex: z.string(),
  phone: z.string(),
  address: z.string(),
  /** Of somebody registered: when that was. */
  registeredAt: instantSchema.nullable(),
})
const mergeSeen = z.object({
  id: idSchema,
  kept: idSchema,
  reason: z.string(),
  mergedAt: instantSchema,
  by: z.string(),
})
const pair = pairLine.extend({
  delivery: idSchema.nullable(),
  row: z.string().nullable(),
  /** What the delivery says, or the one registered later. */
  left: side,
  right: side,
  fields: z.array(comparedField),
  /** Others the same row might be, or the person may be merged with. */
  others: z.number().int(),
  /** Whether the decision can still be taken back. */
  canTakeBack: z.boolean(),
  /** By which the two are one now. */
  merge: mergeSeen.nullable(),
})

const pairParams = z.object({ pairId: idSchema })
const waiting = z.number().int()

export const pairsContract = {
  'GET /pairs': {
    summary: 'Pairs that may be one person, the likeliest first; decided ones the newest first. With how many wait.',
    query: z.object({ state: state.default('open'), ...pageQuery }),
    answer: pageOf(pairLine).extend({ waiting }),
  },
  'POST /pairs/find': {
    summary:
      'Looks through the registry for people who stand in it twice, as is done every night; what is found comes into the list.',
    answer: z.object({ started: z.literal(true) }),
  },
  'GET /pairs/:pairId': {
    summary: 'Two records beside each other, each field with how it agrees and what that weighs.',
    params: pairParams,
    answer: pair,
    refusals: [pairNotFound],
  },
  'POST /pairs/:pairId/decide': {
    summary:
      'Says whether the row of a delivery is this person; if so, nobody else whom it might be is. Two who are registered are merged instead.',
    params: pairParams,
    body: z.strictObject({ answer: z.enum(['same', 'different']) }),
    answer: z.object({ waiting }),
    refusals: [pairNotFound, pairDecided, pairIsDouble],
  },
  'POST /pairs/:pairId/take-back': {
    summary: 'Opens a decided pair again, as long as nothing followed from it.',
    params: pairParams,
    answer: z.object({ waiting }),
    refusals: [pairNotFound, pairNotDecided, pairTold],
  },
  'POST /persons/:id/merge': {
    summary:
      'Two who are registered are one person: the other one stands for this one from now on, and what was said of either counts.',
    params: z.object({ id: idSchema }),
    body: z.strictObject({
      other: idSchema,
      /** Where the person stays, if the two are in different households. */
      household: idSchema.optional(),
      /** The pair that was looked at. */
      pair: idSchema.optional(),
      reason: text(4, 200),
    }),
    answer: z.object({
      merge: idSchema,
      person: idSchema,
      household: idSchema.nullable(),
      /** A household in which nobody was left; it is in the registry no more. */
      emptied: idSchema.nullable(),
      waiting,
    }),
    refusals: [pairNotFound, pairDecided, twoNumbers, keepTheNumbered, chooseHousehold],
  },
  'POST /merges/:mergeId/undo': {
    summary: 'Both stand again as they stood before, as long as nothing was written down of either since.',
    params: z.object({ mergeId: idSchema }),
    body: z.strictObject({ reason: text(4, 200) }),
    answer: z.object({ person: idSchema, other: idSchema, waiting }),
    refusals: [pairNotFound, changedSinceMerge, mergeUndone],
  },
} as const
