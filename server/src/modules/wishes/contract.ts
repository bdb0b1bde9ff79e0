import { refusal, type Words } from '@zhulian/kernel'
import {
  contract,
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
import { lanes, levels, needStates, needSteps } from './need.ts'
import { needKinds, origins, resourceKinds, saidCodes } from './tables.ts'
import { item, publishedContract } from './wishes-contract.ts'

export const needNotFound = refusal('wishes.needNotFound', 404, () => ({
  zh: '没有找到这条需求，或它不归您看。',
  en: 'This need was not found, or is not for you to see.',
}))
export const needStepNotOpen = refusal<{ state: Words; open: Words }>(
  'wishes.needStepNotOpen',
  409,
  ({ state, open }) => ({
    zh: `这条需求现在是“${state.zh}”，这一步不能做了。现在能做：${open.zh}。`,
    en: `This need is “${state.en}”; that step is not open. Open now: ${open.en}.`,
  }),
)
export const needChanged = refusal<{ version: number }>('wishes.needChanged', 409, () => ({
  zh: '这条需求刚有人动过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this need. Please look at it again; what you wrote is kept.',
}))
export const needWordsMissing = refusal('wishes.needWordsMissing', 422, () => ({
  zh: '请写一句：为什么，做了什么，或这家人怎么说。',
  en: 'Please write a sentence: why, what was done, or what the family says.',
}))
export const needKindMissing = refusal('wishes.needKindMissing', 422, () => ({
  zh: '请选这是政策、服务、心愿还是急事。',
  en: 'Please choose whether this is a policy, a service, a wish or an emergency.',
}))
export const ratingMissing = refusal('wishes.ratingMissing', 422, () => ({
  zh: '请问问这家人，从1到5打几分。',
  en: 'Please ask the family how it was, from 1 to 5.',
}))
export const unknownItem = refusal<{ item: string }>('wishes.unknownItem', 422, ({ item }) => ({
  zh: `政策池和服务池里没有“${item}”。请从名单里选，或不选。`,
  en: `There is no “${item}” among policies and services. Please choose from the list, or none.`,
}))
export const otherNeedMissing = refusal('wishes.otherNeedMissing', 422, () => ({
  zh: '请选它和哪一条是一回事：要是同一家、还没办结的。',
  en: 'Please choose the need it is the same as: of the same family, and still open.',
}))
export const nobodyMayRead = refusal('wishes.nobodyMayRead', 409, () => ({
  zh: '这条需求是关于孩子的，那个村还没有人获准查看这家孩子的情况。先在这一家给一位导服员长期查看授权，再转给村里。',
  en: 'This need is about a child, and nobody of that village may open the records of this family’s children. First grant it to a guide, at the family; then hand it down.',
}))
export const slipMissing = refusal('wishes.slipMissing', 422, () => ({
  zh: '请选这一家还没办完、没有跟着别的需求的转介单；涉及人身安全的需求，转介单也要勾“涉及人身安全”。',
  en: 'Please choose a slip of this family that is still open and goes with no other need; where the need is about safety, the slip has to say so too.',
}))
export const resourceMissing = refusal('wishes.resourceMissing', 422, () => ({
  zh: '请选用哪一项资源：要是您这一级的、还在用的。',
  en: 'Please choose what is used: something of your own level that is still there.',
}))
export const resourceFull = refusal<{ name: string; places: number }>(
  'wishes.resourceFull',
  409,
  ({ name, places }) => ({
    zh: `“${name}”的${places}个名额都用上了。请选别的，或等有人办完。`,
    en: `All ${places} places of “${name}” are taken. Please choose another, or wait until one is free.`,
  }),
)
export const toldTooMuch = refusal('wishes.toldTooMuch', 429, () => ({
  zh: '还没办好的已经不少了，导服员正在想办法。急事请直接打电话给导服员或12345。',
  en: 'Quite a few needs of yours are open already. If it is urgent please call your guide or 12345.',
}))
export const noHouseholdYet = refusal('wishes.noHouseholdYet', 409, () => ({
  zh: '导服员还没有确认您是哪一家。请先把情况告诉导服员。',
  en: 'Your guide has not confirmed yet which household is yours. Please tell your guide first.',
}))
export const resourceNotFound = refusal('wishes.resourceNotFound', 404, () => ({
  zh: '没有找到这项资源，或它不归您这一级管。',
  en: 'This resource was not found, or is not of your level.',
}))
export const resourceChanged = refusal<{ version: number }>('wishes.resourceChanged', 409, () => ({
  zh: '这项资源刚有人改过。请看一眼新的再改，您写的还在。',
  en: 'Somebody has just changed this resource. Please look at it again; what you wrote is kept.',
}))
export const notYourPlace = refusal('wishes.notYourPlace', 422, () => ({
  zh: '请选您自己的村、镇街或区；别处的资源由那里来登记。',
  en: 'Please choose your own village, township or district; what others have is written down there.',
}))

export const noSuchLevel = refusal('wishes.noSuchLevel', 404, () => ({
  zh: '没有认出这个码。请再扫一次，或问问村里。',
  en: 'This code was not recognised. Please scan it again, or ask in the village.',
}))

const needId = z.object({ needId: idSchema })
const card = z.object({
  id: idSchema,
  number: z.string(),
  /** Masked. */
  name: z.string(),
  /** The first words of what was said. */
  title: z.string(),
  village: z.object({ code: z.string(), name: z.string() }),
  state: z.enum(needStates),
  stateWords: wordsSchema,
  level: z.enum(levels),
  lane: z.enum(lanes).nullable(),
  careful: z.boolean(),
  /** In the village it is read by a standing grant alone. */
  aboutChild: z.boolean(),
  urgent: z.boolean(),
  kind: z.enum(needKinds).nullable(),
  item: item.nullable(),
  origin: z.object({ id: z.enum(origins), words: wordsSchema }),
  toldOn: daySchema,
  /** Since when it is in its state. */
  sinceOn: daySchema,
  dueOn: daySchema.nullable(),
  /** Working days; negative once it is over. */
  daysLeft: z.number().int().nullable(),
  version: z.number().int(),
})
const step = z.object({
  step: z.enum(needSteps),
  words: wordsSchema,
  /** The column in which it lies afterwards; null: in none. */
  lands: z.enum(lanes).nullable(),
  asks: z.array(z.enum(['reason', 'note', 'kind', 'resource', 'rating', 'need', 'other', 'slip'])),
})
const whole = card.extend({
  household: idSchema,
  words: z.string(),
  toldBy: z.string(),
  resource: z.object({ id: idSchema, name: z.string() }).nullable(),
  joined: idSchema.nullable(),
  /** What it may be about, from its words alone; a person sorts. */
  suggestions: z.array(z.object({ kind: z.enum(needKinds), item: item.nullable() })),
  /** Who took it, where it was published. */
  wish: z
    .object({
      id: idSchema,
      by: z.string(),
      agreed: z.boolean(),
      thanks: z.string().nullable(),
      version: z.number().int(),
    })
    .nullable(),
  /** The need after which this one was found. */
  after: idSchema.nullable(),
  rating: z.number().int().nullable(),
  /** By which a bureau was asked. */
  slip: z.object({ id: idSchema, number: z.string(), unit: wordsSchema, stateWords: wordsSchema }).nullable(),
  /** Open needs of the same people, which may be the same thing; the likely first. */
  alike: z.array(card.extend({ likely: z.boolean(), elsewhere: z.boolean() })),
  steps: z.array(
    z.object({
      at: instantSchema,
      words: wordsSchema,
      by: z.string(),
      /** Of who did it; null: of none of the three. */
      level: z.enum(levels).nullable(),
      note: z.string().nullable(),
      /** What the house says of it. */
      said: z
        .object({
          code: z.enum(saidCodes),
          /** Who told it, or what it was heard from. */
          from: wordsSchema.optional(),
          on: daySchema.optional(),
        })
        .nullable(),
    }),
  ),
  next: z.array(step),
})
const mine = z.object({
  id: idSchema,
  words: z.string(),
  told: wordsSchema,
  toldOn: daySchema,
  sinceOn: daySchema,
  closed: z.boolean(),
  version: z.number().int(),
  next: z.array(z.object({ step: z.enum(needSteps), words: wordsSchema, asksReason: z.boolean() })),
})
const resource = z.object({
  id: idSchema,
  level: z.enum(levels),
  place: z.object({ code: z.string(), name: z.string() }),
  kind: z.enum(resourceKinds),
  name: z.string(),
  offers: z.string(),
  items: z.array(item),
  places: z.number().int(),
  free: z.number().int(),
  hours: z.string().nullable(),
  /** Anybody may read of it, by the code of the level. */
  shown: z.boolean(),
  contact: z.string().nullable(),
  fromOn: daySchema,
  untilOn: daySchema.nullable(),
  version: z.number().int(),
})
const resourceBody = {
  kind: z.enum(resourceKinds),
  name: text(2, 60),
  offers: text(2, 300),
  items: z.array(z.string().max(60)).max(45).default([]),
  places: z.number().int().min(1).max(100_000),
  hours: text(1, 80).optional(),
  contact: text(3, 80).optional(),
  shown: z.boolean().default(false),
  untilOn: daySchema.optional(),
}

export const wishesContract = contract({
  ...publishedContract,
  'POST /households/:householdId/needs': {
    summary: 'Writes down what a family needs.',
    params: z.object({ householdId: idSchema }),
    body: z.strictObject({
      words: text(4, 500),
      person: idSchema.optional(),
      item: z.string().max(60).optional(),
      origin: z.enum(['guide', 'visit', 'helper', 'partner', 'alert']).default('guide'),
      urgent: z.boolean().default(false),
      careful: z.boolean().default(false),
    }),
    answer: z.object({
      id: idSchema,
      careful: z.boolean(),
      /** Whether who wrote it may read it: what is about safety, or about a child, goes to the township. */
      isYours: z.boolean(),
    }),
    refusals: [unknownItem],
  },
  'GET /needs': {
    summary: 'Needs of my area; those due first.',
    query: z.object({
      ...pageQuery,
      show: z.enum(['open', 'late', 'yours', 'alike', 'closed', 'all']).default('open'),
      lane: z.enum(lanes).optional(),
      state: z.enum(needStates).optional(),
      origin: z.enum(origins).optional(),
      item: z.string().max(60).optional(),
      division: divisionSchema.optional(),
      household: idSchema.optional(),
    }),
    answer: pageOf(card),
  },
  'GET /needs/board': {
    summary:
      'The board: each column with its first cards, how many there are, how many late; where it is stuck; the week.',
    query: z.object({ division: divisionSchema.optional() }),
    answer: z.object({
      lanes: z.array(
        z.object({
          lane: z.enum(lanes),
          count: z.number().int(),
          late: z.number().int(),
          states: z.array(z.object({ state: z.enum(needStates), words: wordsSchema, count: z.number().int() })),
          cards: z.array(card.extend({ next: z.array(step) })),
        }),
      ),
      /** Townships in which most is late, the latest first. */
      stuck: z.array(
        z.object({
          place: z.object({ code: z.string(), name: z.string() }),
          lane: z.enum(lanes),
          late: z.number().int(),
          /** Calendar days in the state, half of those late wait longer. */
          days: z.number().int(),
        }),
      ),
      /** The same need of at least five households that nobody met: enough for a project. The most first. */
      together: z.array(
        z.object({
          item,
          households: z.number().int(),
          townships: z.number().int(),
          /** Calendar days that half of them have waited, or longer. */
          days: z.number().int(),
        }),
      ),
      /** Open needs of families that have another which is likely the same. */
      alike: z.number().int(),
      week: z.object({
        from: daySchema,
        told: z.number().int(),
        rose: z.number().int(),
        handedDown: z.number().int(),
        linked: z.number().int(),
        confirmed: z.number().int(),
        closed: z.number().int(),
      }),
    }),
  },
  'GET /needs/yours': {
    summary:
      'How many needs wait for my level: urgent ones that nobody opened, those that ran past their time, and those whose source was taken back.',
    answer: z.object({ urgent: z.number().int(), late: z.number().int(), lookAgain: z.number().int() }),
  },
  'GET /needs/:needId': {
    summary: 'One need: what was said, where it is, what was done, what can be done now.',
    params: needId,
    answer: whole,
    refusals: [needNotFound],
  },
  'POST /needs/:needId/steps': {
    summary: 'Moves a need on, up, down, or to its end.',
    params: needId,
    body: z.strictObject({
      step: z.enum(needSteps),
      note: text(2, 500).optional(),
      kind: z.enum(needKinds).optional(),
      item: z.string().max(60).optional(),
      resource: idSchema.optional(),
      other: idSchema.optional(),
      slip: idSchema.optional(),
      rating: z.number().int().min(1).max(5).optional(),
      need: text(4, 500).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: whole,
    refusals: [
      nobodyMayRead,
      needNotFound,
      needStepNotOpen,
      needChanged,
      needWordsMissing,
      needKindMissing,
      ratingMissing,
      unknownItem,
      otherNeedMissing,
      resourceMissing,
      resourceFull,
      slipMissing,
    ],
  },
  'POST /my/needs': {
    summary: 'A resident says what their family needs.',
    body: z.strictObject({ words: text(4, 300), item: z.string().max(60).optional() }),
    answer: z.object({
      /** Numbers to call, where what was written goes to a trained person first. */
      calm: z
        .object({ words: wordsSchema, numbers: z.array(z.object({ number: z.string(), words: wordsSchema })) })
        .nullable(),
    }),
    refusals: [noHouseholdYet, toldTooMuch, unknownItem],
  },
  'GET /my/needs': {
    summary: 'What my family said it needs, and where each stands: all that is open, the newest first.',
    answer: z.object({
      items: z.array(mine),
      /** There was more, longer ago. */
      more: z.boolean(),
    }),
  },
  'POST /my/needs/:needId/steps': {
    summary: 'Says that it helped, that it is not done, or that it is no longer needed.',
    params: needId,
    body: z.strictObject({
      step: z.enum(['confirm', 'dispute', 'withdraw']),
      note: text(2, 300).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: mine,
    refusals: [needNotFound, needStepNotOpen, needChanged, needWordsMissing],
  },
  'GET /resources': {
    summary: 'What villages, townships and the district can take on by themselves; with free places.',
    query: z.object({ ...pageQuery, need: idSchema.optional(), ended: z.enum(['yes', 'no']).default('no') }),
    answer: pageOf(resource),
    refusals: [needNotFound],
  },
  'GET /levels/:code': {
    summary:
      'What a village, a township or the district says of itself to anybody who scans its code: what it can take on.',
    params: z.object({ code: divisionSchema }),
    answer: z.object({
      code: z.string(),
      level: z.enum(levels),
      name: z.string(),
      resources: z.array(
        z.object({
          id: idSchema,
          kind: z.enum(resourceKinds),
          name: z.string(),
          offers: z.string(),
          hours: z.string().nullable(),
          /** Whether a place is free. */
          room: z.boolean(),
        }),
      ),
      /** There is more than is told here. */
      more: z.boolean(),
      /** Wishes open to be taken, of the township or of the district. */
      wishes: z.number().int(),
    }),
    refusals: [noSuchLevel],
  },
  'POST /resources': {
    summary: 'Adds something a level can take on.',
    body: z.strictObject({ division: divisionSchema, ...resourceBody }),
    answer: resource,
    refusals: [notYourPlace, unknownItem],
  },
  'PUT /resources/:resourceId': {
    summary: 'Changes it, or says until when it is there.',
    params: z.object({ resourceId: idSchema }),
    body: z.strictObject({ ...resourceBody, expectedVersion: z.number().int().positive().optional() }),
    answer: resource,
    refusals: [resourceNotFound, resourceChanged, unknownItem],
  },
})
