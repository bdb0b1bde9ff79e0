import { channels, refusal, type Words } from '@zhulian/kernel'
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
import { leadStates, leadSteps } from './lead.ts'

export const leadNotFound = refusal('outreach.leadNotFound', 404, () => ({
  zh: '没有找到这条线索，或它不在您的片区。',
  en: 'This lead was not found, or is not in your area.',
}))
export const leadStepNotOpen = refusal<{ state: Words }>('outreach.leadStepNotOpen', 409, ({ state }) => ({
  zh: `这条线索现在是“${state.zh}”，这一步不能做了。请刷新看看。`,
  en: `This lead is “${state.en}”; that step is not open. Please reload.`,
}))
export const leadChanged = refusal<{ version: number }>('outreach.leadChanged', 409, () => ({
  zh: '这条线索刚有人动过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this lead. Please look at it again; what you wrote is kept.',
}))
export const leadJoinsClosed = refusal<{ state: Words }>('outreach.leadJoinsClosed', 409, ({ state }) => ({
  zh: `那一条现在是“${state.zh}”，并过去就没有人看了。请选还没办完的，或先让那一条“重新看”。`,
  en: `The other lead is “${state.en}”: joined to it, nobody would look at this one. Please choose one that is open, or take the other up again first.`,
}))
export const leadNoteMissing = refusal('outreach.leadNoteMissing', 422, () => ({
  zh: '请写一句看到了什么、帮了什么，或为什么。',
  en: 'Please write a sentence: what was seen, what helped, or why.',
}))
export const leadNamesNothing = refusal('outreach.leadNamesNothing', 422, () => ({
  zh: '请先选是哪一家；还没有登记的，先登记。',
  en: 'Please choose the family first; where it is not registered yet, register it.',
}))
export const noSuchVillageToTell = refusal('outreach.noSuchVillageToTell', 422, () => ({
  zh: '没有认出这个村（社区），或它不在您的片区。请从名单里选一个。',
  en: 'This village is not known, or not in your area. Please choose one from the list.',
}))
export const toldTooOften = refusal('outreach.toldTooOften', 429, () => ({
  zh: '今天从这里收到的已经够多了。急事请打12345，或直接找村里；明天可以再写。',
  en: 'Enough has come in from here today. If it is urgent call 12345 or speak to the village; you can write again tomorrow.',
}))
export const notWords = refusal('outreach.notWords', 422, () => ({
  zh: '请用自己的话写清是谁家、怎么了，不要放链接，也不要只写符号。',
  en: 'Please say in your own words whose home it is and what is the matter, without links.',
}))

const leadId = z.object({ leadId: idSchema })
const channel = z.enum(channels)
const line = z.object({
  id: idSchema,
  /** Masked. */
  name: z.string(),
  village: z.object({ code: z.string(), name: z.string() }),
  channel: z.object({ id: channel, words: wordsSchema }),
  state: z.enum(leadStates),
  stateWords: wordsSchema,
  careful: z.boolean(),
  foundOn: daySchema,
  dueOn: daySchema.nullable(),
  daysLeft: z.number().int().nullable(),
  household: idSchema.nullable(),
  version: z.number().int(),
})
const family = z.object({ household: idSchema, name: z.string(), size: z.number().int() })
const whole = line.extend({
  whom: z.object({ name: z.string(), where: z.string().nullable(), phone: z.string().nullable() }),
  words: z.string(),
  /** Of residents nothing is said but that it was one. */
  foundBy: z.string(),
  task: idSchema.nullable(),
  joined: idSchema.nullable(),
  /** The family a person said is meant. */
  family: family.nullable(),
  /** Families of the registry who may be meant; a person says whether. */
  likely: z.array(family),
  /** Open leads of the village that may tell of the same family. */
  alike: z.array(line),
  steps: z.array(z.object({ at: instantSchema, words: wordsSchema, by: z.string(), note: z.string().nullable() })),
  next: z.array(
    z.object({
      step: z.enum(leadSteps),
      words: wordsSchema,
      asksNote: z.boolean(),
      names: z.enum(['household', 'lead']).nullable(),
    }),
  ),
})
const counts = {
  found: z.number().int(),
  verified: z.number().int(),
  helped: z.number().int(),
  notSo: z.number().int(),
}

export const leadsContract = {
  'POST /my/leads': {
    summary: 'A resident tells of a neighbour, or of themselves. Nothing is told back but that it came in.',
    body: z.strictObject({
      village: divisionSchema,
      who: text(2, 60),
      words: text(4, 300),
      /** It is about whoever writes. */
      self: z.boolean().optional(),
    }),
    answer: z.object({
      /** Numbers to call, where what was written goes to a trained person first. */
      calm: z
        .object({ words: wordsSchema, numbers: z.array(z.object({ number: z.string(), words: wordsSchema })) })
        .nullable(),
    }),
    refusals: [noSuchVillageToTell, toldTooOften, notWords],
  },
  'POST /leads': {
    summary: 'Notes that a family was found, by whom and what was said.',
    body: z.strictObject({
      village: divisionSchema,
      channel,
      name: text(1, 30),
      where: text(1, 80).optional(),
      phone: text(3, 30).optional(),
      words: text(4, 500),
      foundOn: daySchema.optional(),
    }),
    answer: z.object({ id: idSchema, careful: z.boolean() }),
    refusals: [noSuchVillageToTell],
  },
  'GET /leads': {
    summary: 'The leads of my area; those due first.',
    query: z.object({
      ...pageQuery,
      show: z.enum(['open', 'late', 'found', 'verified', 'helped', 'notSo', 'counted', 'all']).default('open'),
      channel: channel.optional(),
      division: divisionSchema.optional(),
    }),
    answer: pageOf(line),
  },
  'GET /leads/conversion': {
    summary:
      'By channel how many were found, how many of them turned out to be so, and how many were helped; each figure is a list.',
    query: z.object({ division: divisionSchema.optional() }),
    answer: z.object({
      items: z.array(z.object({ channel: z.object({ id: channel, words: wordsSchema }), ...counts })),
      total: z.object(counts),
    }),
  },
  'GET /leads/:leadId': {
    summary: 'One lead: what was said, who may be meant, what can be done now.',
    params: leadId,
    answer: whole,
    refusals: [leadNotFound],
  },
  'POST /leads/:leadId/steps': {
    summary:
      'Says which family is meant, asks for a visit, says whether it is so and what came of it, or joins it to another.',
    params: leadId,
    body: z.strictObject({
      step: z.enum(leadSteps),
      household: idSchema.optional(),
      lead: idSchema.optional(),
      note: text(2, 500).optional(),
      expectedVersion: z.number().int().positive().optional(),
    }),
    answer: whole,
    refusals: [leadNotFound, leadStepNotOpen, leadChanged, leadNoteMissing, leadNamesNothing, leadJoinsClosed],
  },
} as const
