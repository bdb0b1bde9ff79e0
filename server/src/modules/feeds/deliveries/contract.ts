import { refusal, type Words } from '@zhulian/kernel'
import {
  contract,
  daySchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  text,
  wordsSchema,
  z,
} from '@zhulian/kernel/contract'
import { dayNotYet, fileUnreadable, severalSheets } from '../refusals.ts'
import { deliveryStates, deliverySteps, outcomes } from './delivery.ts'

export const deliveryNotFound = refusal('feeds.deliveryNotFound', 404, () => ({
  zh: '没有找到这份数据，或者它不在您的工作范围内。',
  en: 'This delivery was not found, or lies outside the area you work in.',
}))
export const sourceNotFound = refusal('feeds.sourceNotFound', 404, () => ({
  zh: '没有这个数据来源。请从列表里选择。',
  en: 'There is no such source. Please choose one from the list.',
}))
export const rowNotFound = refusal('feeds.rowNotFound', 404, () => ({
  zh: '这一行已经不在了：可能已经处理完，或者内容已按规定清除。请刷新后再看。',
  en: 'This row is no longer there: it was dealt with, or its content was forgotten as it must be. Please reload.',
}))
export const deliveryStepNotOpen = refusal<{ state: string; zh: string; en: string }>(
  'feeds.deliveryStepNotOpen',
  409,
  ({ zh, en }) => ({
    zh: `这份数据现在是“${zh}”，这一步还不能做。请刷新后再看。`,
    en: `This delivery is “${en}”; that step is not open. Please reload and look again.`,
  }),
)
export const sameNotTwo = refusal('feeds.sameNotTwo', 403, () => ({
  zh: '这份数据要由两个人放行：您已经放行过，请另一位同事确认。',
  en: 'Two people release this delivery, and you are the first. Please ask a colleague to confirm it.',
}))
export const nothingToRelease = refusal('feeds.nothingToRelease', 409, () => ({
  zh: '没有可以入库的行：内容都和库里一样，或者还要有人看、还要改。',
  en: 'There is nothing to release: the rows say what is known already, or wait for somebody to look or to mend them.',
}))
/** Which column is which cannot be told: no header, a missing column, the table of another source. */
export const tableUnclear = refusal<{ fault: string; words: Words }>('feeds.tableUnclear', 422, ({ words }) => words)
export const sentAsOther = refusal<{ sentAs: string }>('feeds.sentAsOther', 409, ({ sentAs }) => ({
  zh: `编号 ${sentAs} 已经收过一份，内容和这份不同。请换一个编号再发。`,
  en: `A delivery numbered ${sentAs} has come already, and its content was different. Send this one under another number.`,
}))
export const deliveryMoved = refusal<{ count: number; households: unknown }>(
  'feeds.deliveryMoved',
  409,
  ({ count }) => ({
    zh: `入库以后，有 ${count} 户又有了新的变动，不能整份撤销。下面列出了这些户，请逐户核对后更正。`,
    en: `${count} households have changed since the delivery was released, so it cannot be undone as a whole. They are listed below: check and correct them one by one.`,
  }),
)
export const notThatPerson = refusal('feeds.notThatPerson', 422, () => ({
  zh: '选的人不在可能的人里，或者已经不在库里。请刷新后重新选择。',
  en: 'The person chosen is none of those the row may mean, or is no longer in the registry. Please reload and choose again.',
}))
export const kept = refusal('feeds.rowsRestricted', 403, () => ({
  zh: '这个来源的内容只有卫生健康工作人员可以看，这里只给出计数。需要改的行，请退回来源单位改好再送。',
  en: 'Only health workers see what this source says; here are the counts. Rows that need mending go back to the sender.',
}))

const count = z.number().int()
const person = z.object({ name: z.string(), isMe: z.boolean() })
const account = z.object({
  rows: count,
  /** Lines that are no records: totals, notes, a header once more. */
  leftOut: count,
  waiting: count,
  accepted: count,
  duplicate: count,
  unchanged: count,
  look: count,
  notInRegistry: count,
  quarantined: count,
})
const delivery = z.object({
  id: idSchema,
  source: z.string(),
  sourceName: wordsSchema,
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx', 'json']),
  /** The machine that sent it; null for a file somebody handed in. */
  sender: z.string().nullable(),
  asOf: daySchema,
  state: z.enum(deliveryStates),
  stateWords: wordsSchema,
  account,
  createdAt: instantSchema,
  createdBy: person,
  appliedAt: instantSchema.nullable(),
  /** While something runs: rows done. */
  progress: z.object({ done: count, of: count }).nullable(),
  /** Why the last step did not end well. */
  problem: wordsSchema.nullable(),
})
const whole = delivery.extend({
  header: z.array(z.string()),
  /** Rows may not be shown: health workers only. */
  restricted: z.boolean(),
  /** How many people it would change, of those in the registry; null until it is read. */
  people: count.nullable(),
  peopleKnown: count.nullable(),
  /** Why two people must release it. */
  twoBecause: z.array(z.enum(['dangerous', 'share'])),
  /** Accepted rows that are not in the registry yet. */
  toRelease: count,
  releasedAt: instantSchema.nullable(),
  releasedBy: person.nullable(),
  confirmedAt: instantSchema.nullable(),
  confirmedBy: person.nullable(),
  endedAt: instantSchema.nullable(),
  endedBy: person.nullable(),
  /** What is wrong with quarantined rows, the commonest first. */
  reasons: z.array(z.object({ why: z.string(), words: wordsSchema, count })),
  steps: z.array(z.enum(deliverySteps)),
})
const row = z.object({
  no: count,
  version: count,
  outcome: z.enum(outcomes),
  /** In the order of the header; empty where nothing stands. */
  cells: z.array(z.string()),
  faults: z.array(z.object({ column: z.string().optional(), words: wordsSchema })),
  /** Whom the row may mean, the likeliest first. */
  candidates: z.array(
    z.object({
      person: idSchema,
      household: idSchema.nullable(),
      name: z.string(),
      place: z.string(),
      probability: z.number(),
    }),
  ),
  /** Of an accepted row. */
  household: idSchema.nullable(),
  isApplied: z.boolean(),
})
const params = z.object({ deliveryId: idSchema })
const rowParams = params.extend({ rowNo: z.coerce.number().int().min(1).max(10_000_000) })
const move = { params, body: z.strictObject({}), answer: whole, refusals: [deliveryNotFound, deliveryStepNotOpen] }
const unreadable = [fileUnreadable, severalSheets, tableUnclear, dayNotYet]

export const deliveriesContract = contract({
  'GET /feeds': {
    summary: 'Every source with its last delivery, and whether the next one is late.',
    answer: z.object({
      items: z.array(
        z.object({
          source: z.string(),
          code: z.string(),
          name: wordsSchema,
          content: wordsSchema,
          rhythm: wordsSchema,
          legalBasis: wordsSchema,
          isDangerous: z.boolean(),
          isRestricted: z.boolean(),
          last: delivery.nullable(),
          /** Days since the next one should have come; 0 while it is in time, null where there is no rhythm. */
          daysLate: count.nullable(),
          /** Deliveries that wait for somebody. */
          waiting: count,
        }),
      ),
    }),
  },
  'GET /deliveries': {
    summary: 'Deliveries, the newest first.',
    query: z.object({ source: z.string().max(60).optional(), ...pageQuery }),
    answer: pageOf(delivery),
  },
  'POST /deliveries': {
    summary:
      'Takes in a file of a source (xlsx or csv). Nothing changes yet. The same file again is answered with the delivery that is there.',
    takes: 'multipart',
    query: z.object({ source: z.string().max(60), asOf: daySchema.optional() }),
    answer: z.object({ delivery: whole, isAgain: z.boolean() }),
    refusals: [sourceNotFound, ...unreadable],
  },
  'GET /deliveries/:deliveryId': {
    summary: 'A delivery: the account of its rows, who released it, what can be done.',
    params,
    answer: whole,
    refusals: [deliveryNotFound],
  },
  'GET /deliveries/:deliveryId/rows': {
    summary: 'Rows of one outcome, in the order of the file.',
    params,
    query: z.object({
      outcome: z.enum(outcomes),
      after: z.coerce.number().int().min(0).default(0),
      limit: pageQuery.limit,
    }),
    answer: z.object({ items: z.array(row), next: count.nullable() }),
    refusals: [deliveryNotFound, kept],
  },
  'PUT /deliveries/:deliveryId/rows/:rowNo': {
    summary: 'Mends a quarantined row and reads it again.',
    params: rowParams,
    body: z.strictObject({ cells: z.array(z.string().max(2000)).max(300) }),
    answer: z.object({ row: row.nullable(), outcome: z.enum(outcomes), delivery: whole, version: count }),
    refusals: [deliveryNotFound, rowNotFound, deliveryStepNotOpen, kept],
  },
  'POST /deliveries/:deliveryId/rows/:rowNo/who': {
    summary: 'Says whom a row means, or that it means nobody in the registry.',
    params: rowParams,
    body: z.strictObject({ person: idSchema.nullable() }),
    answer: z.object({ outcome: z.enum(outcomes), delivery: whole }),
    refusals: [deliveryNotFound, rowNotFound, deliveryStepNotOpen, notThatPerson, kept],
  },
  'POST /deliveries/:deliveryId/rerun': {
    summary: 'Reads all quarantined rows again: somebody may have enrolled a village, or mended a list.',
    ...move,
  },
  'POST /deliveries/:deliveryId/release': {
    summary: 'Releases what was accepted; where two people are wanted, asks for the second.',
    ...move,
    refusals: [...move.refusals, nothingToRelease],
  },
  'POST /deliveries/:deliveryId/confirm': {
    summary: 'The second person agrees, and it goes into the registry.',
    ...move,
    refusals: [...move.refusals, sameNotTwo],
  },
  'POST /deliveries/:deliveryId/refuse': {
    summary: 'The second person does not agree.',
    ...move,
    body: z.strictObject({ reason: text(4, 200) }),
    refusals: [...move.refusals, sameNotTwo],
  },
  'POST /deliveries/:deliveryId/take-back': {
    summary: 'Whoever released it takes that back before a second person has confirmed.',
    ...move,
  },
  'POST /deliveries/:deliveryId/undo': {
    summary: 'Takes back all a delivery wrote. Refused where somebody has changed the same households since.',
    ...move,
    body: z.strictObject({ reason: text(4, 200) }),
    refusals: [...move.refusals, deliveryMoved],
  },
  'POST /deliveries/:deliveryId/cancel': {
    summary: 'Stops a delivery that is not in the registry yet, and forgets its rows.',
    ...move,
  },
})
