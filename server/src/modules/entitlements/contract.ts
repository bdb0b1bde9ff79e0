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
import { tryDraftContract } from './try-draft-contract.ts'

export const findingNotFound = refusal('entitlements.findingNotFound', 404, () => ({
  zh: '没有找到这一条，或它不在您的片区。',
  en: 'This line was not found, or is not in your area.',
}))

export const alreadyTaken = refusal<{ by: string }>('entitlements.alreadyTaken', 409, ({ by }) => ({
  zh: `${by}已经在看这一条了。您可以看下一条。`,
  en: `${by} is looking into this already. You can go on to the next.`,
}))

export const stepNotOpen = refusal<{ state: Words }>('entitlements.stepNotOpen', 409, ({ state }) => ({
  zh: `这一条现在是“${state.zh}”，这一步还不能做。请刷新后再看。`,
  en: `This line is “${state.en}” now; that step is not open. Please reload it.`,
}))

export const changedElsewhere = refusal<{ version: number }>('entitlements.changedElsewhere', 409, () => ({
  zh: '这一条刚有人改过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this line. Please look at it again; what you wrote is kept.',
}))

export const outcomeNotFitting = refusal('entitlements.outcomeNotFitting', 422, () => ({
  zh: '这个结果不适用于这张清单。请从列出的结果里选一个。',
  en: 'That outcome does not belong to this list. Please choose one of those shown.',
}))

export const noteWanted = refusal('entitlements.noteWanted', 422, () => ({
  zh: '请写一句看到了什么（至少 4 个字），以后有人问起来说得清。',
  en: 'Please write a sentence about what you saw (at least 4 characters), so that it can be explained later.',
}))

export const runGoesOn = refusal('entitlements.runGoesOn', 409, () => ({
  zh: '正在研判，等这一次做完再开始新的。',
  en: 'A run is going on. Begin another when it is done.',
}))

export const runNotFound = refusal('entitlements.runNotFound', 404, () => ({
  zh: '没有这一次研判。',
  en: 'There is no such run.',
}))

export const runOver = refusal('entitlements.runOver', 409, () => ({
  zh: '这一次已经结束了，不用再取消。',
  en: 'This run is over; there is nothing to call off.',
}))

export const nothingJudged = refusal('entitlements.nothingJudged', 404, () => ({
  zh: '这一户还没有研判过。登记以后一两分钟内会自动研判。',
  en: 'This household has not been judged yet. It will be within a minute or two of being registered.',
}))

export const policyUnknown = refusal<{ policy: string }>('entitlements.policyUnknown', 422, ({ policy }) => ({
  zh: `政策池里没有“${policy}”。`,
  en: `There is no “${policy}” in the policy pool.`,
}))

export const personMissing = refusal('entitlements.personMissing', 422, () => ({
  zh: '这项政策是给个人的，请选是家里的哪一位。',
  en: 'This policy is for a person. Please say which member it is.',
}))

export const dayNotFitting = refusal('entitlements.dayNotFitting', 422, () => ({
  zh: '日期不对：开始的日子不能在将来，结束的日子不能早于开始。',
  en: 'The days do not fit: it cannot begin in the future, nor end before it began.',
}))

export const receiptNotFound = refusal('entitlements.receiptNotFound', 404, () => ({
  zh: '没有这条领取记录。',
  en: 'There is no such record.',
}))

export const receiptOver = refusal('entitlements.receiptOver', 409, () => ({
  zh: '这条领取记录已经写过结束了。',
  en: 'The end of this record was written down already.',
}))

export const figureUnknown = refusal<{ name: string }>('entitlements.figureUnknown', 422, ({ name }) => ({
  zh: `没有“${name}”这个参数。请从列出的参数里选。`,
  en: `There is no figure “${name}”. Please choose one of those listed.`,
}))

export const figureNotFitting = refusal<{ zh: string; en: string }>(
  'entitlements.figureNotFitting',
  422,
  ({ zh, en }) => ({
    zh: `“${zh}”要填 0 到 10 亿之间的数。`,
    en: `“${en}” wants a number from 0 to 1,000 million.`,
  }),
)

const kind = z.enum(['unclaimed', 'recheck'])
const state = z.enum(['open', 'taken', 'closed'])
const outcome = z.enum([
  'applied',
  'receives',
  'notWanted',
  'factsWrong',
  'notFitting',
  'unreachable',
  'stays',
  'officeActs',
])
const tier = z.enum(['none', 'tekun', 'dibao', 'dibian', 'zhichu'])
const period = z.enum(['month', 'year', 'once'])
const policy = z.object({ id: z.string(), name: wordsSchema })
const person = z.object({ id: idSchema, name: z.string() })
const step = z.object({ step: z.enum(['take', 'giveBack', 'close', 'reopen']), words: wordsSchema })

const line = z.object({
  id: idSchema,
  kind,
  state,
  stateWords: wordsSchema,
  version: z.number().int(),
  policy,
  household: z.object({ id: idSchema, head: z.string(), size: z.number().int() }),
  /** Whom it is about; null where it is the whole household. */
  person: person.nullable(),
  place: z.object({ code: divisionSchema, name: z.string(), township: z.string() }),
  amountAYear: z.number().int().nullable(),
  /** The tier that has to be granted first. */
  conditionalOn: tier.nullable(),
  example: z.boolean(),
  foundOn: daySchema,
  /** The rules or facts have changed since: it would not be found today. */
  goneOn: daySchema.nullable(),
  takenBy: z.string().nullable(),
  outcome: outcome.nullable(),
  outcomeWords: wordsSchema.nullable(),
  closedAt: instantSchema.nullable(),
})

const reason = z.object({ words: wordsSchema, holds: z.boolean() })
const receipt = z.object({
  id: idSchema,
  policy,
  person: person.nullable(),
  fromOn: daySchema,
  untilOn: daySchema.nullable(),
  amount: z.number().int().nullable(),
  period: period.nullable(),
  source: z.enum(['declared', 'feed', 'verified']),
  origin: z.string(),
  asOf: daySchema,
  running: z.boolean(),
  endedReason: z.string().nullable(),
})

const run = z.object({
  id: idSchema,
  kind: z.enum(['everybody', 'changed', 'differing']),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  judgedOn: daySchema,
  poolVersion: z.string(),
  /** Gone through in columns to find who differs; null where households are judged one by one. */
  looked: z.number().int().nullable(),
  households: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  workMs: z.number().int(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
})

const cell = z.number().int().nullable()
const touched = z.object({ people: cell, households: cell })

const ofHousehold = z.object({
  policy,
  person: person.nullable(),
  verdict: z.enum(['eligible', 'undetermined', 'excluded']),
  amount: z.number().nullable(),
  atLeast: z.number().nullable(),
  period: period.nullable(),
  conditionalOn: tier.nullable(),
  excludedBy: policy.nullable(),
  receives: z.boolean(),
  example: z.boolean(),
})

/** Other figures, as they stand in an address: `dibaoStandard-1216_dibianMultiple-1.8`. */
const figures = z.string().max(6000).optional()

export const entitlementsContract = contract({
  ...tryDraftContract,
  'GET /entitlements/findings': {
    summary: 'The working lists: entitled and not receiving, or receiving and no longer matching.',
    query: z.object({
      kind,
      state: state.default('open'),
      policy: z.string().max(60).optional(),
      division: divisionSchema.optional(),
      household: idSchema.optional(),
      ...pageQuery,
    }),
    /** `count` and `households` of the whole list come with its first page. */
    answer: pageOf(line).extend({ count: z.number().int().nullable(), households: z.number().int().nullable() }),
  },
  'GET /entitlements/findings/:findingId': {
    summary: 'One line with why, from which facts, and what may be done with it.',
    params: z.object({ findingId: idSchema }),
    answer: line.extend({
      judgedOn: daySchema,
      poolVersion: z.string(),
      because: z.array(reason),
      receives: z.array(receipt),
      benefit: wordsSchema,
      apply: wordsSchema,
      materials: z.array(wordsSchema),
      note: z.string().nullable(),
      closedBy: z.string().nullable(),
      steps: z.array(step),
      outcomes: z.array(z.object({ outcome, words: wordsSchema })),
    }),
    refusals: [findingNotFound],
  },
  'POST /entitlements/findings/:findingId/take': {
    summary: 'Somebody looks into it.',
    params: z.object({ findingId: idSchema }),
    body: z.strictObject({ expectedVersion: z.number().int().optional() }),
    answer: line,
    refusals: [findingNotFound, alreadyTaken, stepNotOpen, changedElsewhere],
  },
  'POST /entitlements/findings/:findingId/give-back': {
    summary: 'Put back for somebody else.',
    params: z.object({ findingId: idSchema }),
    body: z.strictObject({ expectedVersion: z.number().int().optional() }),
    answer: line,
    refusals: [findingNotFound, stepNotOpen, changedElsewhere],
  },
  'POST /entitlements/findings/:findingId/close': {
    summary: 'What a person found, in their own name. Nothing else changes by it.',
    params: z.object({ findingId: idSchema }),
    body: z.strictObject({ outcome, note: text(0, 1000).optional(), expectedVersion: z.number().int().optional() }),
    answer: line,
    refusals: [findingNotFound, stepNotOpen, changedElsewhere, outcomeNotFitting, noteWanted],
  },
  'POST /entitlements/findings/:findingId/reopen': {
    summary: 'The office asks to look again.',
    params: z.object({ findingId: idSchema }),
    body: z.strictObject({ note: text(4, 1000), expectedVersion: z.number().int().optional() }),
    answer: line,
    refusals: [findingNotFound, stepNotOpen, changedElsewhere],
  },
  'GET /entitlements/summary': {
    summary: 'Both lists counted by policy and by township; small counts are hidden.',
    query: z.object({ kind }),
    answer: z.object({
      on: daySchema.nullable(),
      total: cell,
      households: cell,
      /** Whole yuan a year that nobody has claimed; null where the count is hidden. */
      amountAYear: cell,
      policies: z.array(policy.extend({ count: cell, amountAYear: cell })),
      townships: z.array(z.object({ code: divisionSchema, name: z.string(), count: cell })),
      outcomes: z.array(z.object({ outcome, words: wordsSchema, count: cell })),
    }),
  },
  'GET /households/:id/entitlements': {
    summary: 'What the rules say of a household beside what it receives.',
    params: z.object({ id: idSchema }),
    answer: z.object({
      judgedOn: daySchema,
      judgedAt: instantSchema,
      confirmedAt: instantSchema,
      poolVersion: z.string(),
      lines: z.array(ofHousehold),
      receipts: z.array(receipt),
      findings: z.array(line),
    }),
    refusals: [nothingJudged],
  },
  'GET /households/:id/entitlements/replay': {
    summary: 'Judges again with the facts and the rules of that moment; the answer must be the same.',
    params: z.object({ id: idSchema }),
    query: z.object({ judgedAt: instantSchema.optional() }),
    answer: z.object({
      same: z.boolean(),
      judgedOn: daySchema,
      judgedAt: instantSchema,
      poolVersion: z.string(),
      storedHash: z.string(),
      replayedHash: z.string(),
    }),
    refusals: [nothingJudged],
  },
  'POST /households/:id/receipts': {
    summary: 'Writes down that a benefit is received.',
    params: z.object({ id: idSchema }),
    body: z.strictObject({
      policy: text(1, 60),
      person: idSchema.optional(),
      fromOn: daySchema,
      amount: z.number().int().min(0).max(10_000_000).optional(),
      period: period.optional(),
      origin: text(1, 60).default('经办登记'),
    }),
    answer: receipt,
    refusals: [policyUnknown, personMissing, dayNotFitting],
  },
  'POST /households/:id/receipts/:receiptId/end': {
    summary: 'A person of the office writes down that it ended, from which day and why.',
    params: z.object({ id: idSchema, receiptId: idSchema }),
    body: z.strictObject({ untilOn: daySchema, reason: text(4, 300) }),
    answer: receipt,
    refusals: [receiptNotFound, receiptOver, dayNotFitting],
  },
  'GET /simulations/sliders': {
    summary: 'Figures that can be tried, with what is in force and a range that makes sense.',
    answer: z.object({
      on: daySchema,
      households: z.number().int(),
      items: z.array(
        z.object({
          parameter: z.string(),
          label: wordsSchema,
          unit: wordsSchema.nullable(),
          value: z.number(),
          from: z.string(),
          min: z.number(),
          max: z.number(),
          step: z.number(),
          /** One of those the district puts on top. */
          first: z.boolean(),
          example: z.boolean(),
        }),
      ),
      /** The schematic map of the district: one tile a township, places counted from 0, lengths in units of the drawing. */
      map: z.object({
        note: wordsSchema,
        columns: z.number().int(),
        rows: z.number().int(),
        tile: z.object({ width: z.number(), height: z.number(), gap: z.number() }),
        river: z
          .object({
            name: wordsSchema,
            width: z.number(),
            path: z.string(),
            label: z.object({ x: z.number(), y: z.number() }),
          })
          .nullable(),
        tiles: z.array(
          z.object({ code: divisionSchema, name: z.string(), column: z.number().int(), row: z.number().int() }),
        ),
      }),
    }),
  },
  'GET /simulations/reading': {
    summary: 'How far the registry is read into memory for the first question; nothing where none is being read.',
    answer: z.object({ reading: z.object({ read: z.number().int(), of: z.number().int() }).nullable() }),
  },
  'GET /simulations': {
    summary:
      'Tries other figures on everybody in the registry: who gains, who loses, where, at what cost. Nothing is kept.',
    query: z.object({ set: figures }),
    answer: z.object({
      on: daySchema,
      asOf: instantSchema,
      people: z.number().int(),
      households: z.number().int(),
      poolVersion: z.string(),
      policies: z.array(
        policy.extend({
          gained: touched,
          lost: touched,
          /** Decided as things are, open with the other figures. */
          opened: touched,
          /** Whole yuan a year. */
          costNow: z.number(),
          costTried: z.number(),
          example: z.boolean(),
          /** People who gain and who lose, in the order of `townships`; hidden where few. */
          townships: z.array(z.tuple([cell, cell])),
        }),
      ),
      townships: z.array(z.object({ code: divisionSchema, name: z.string() })),
      fairness: z.array(
        z.object({
          age: z.enum(['child', 'adult', 'elder']),
          disabled: z.boolean(),
          people: cell,
          /** Of a thousand; null where few. */
          gained: z.number().nullable(),
          lost: z.number().nullable(),
        }),
      ),
      cost: z.object({ now: z.number(), tried: z.number() }),
      budgets: z.array(
        z.object({
          id: z.string(),
          name: wordsSchema,
          yuan: z.number(),
          example: z.boolean(),
          now: z.number(),
          tried: z.number(),
        }),
      ),
      ms: z.number(),
      /** Of it, until everybody was judged. */
      judgedMs: z.number(),
    }),
    refusals: [figureUnknown, figureNotFitting],
  },
  'GET /simulations/file': {
    summary: 'What a trial came to, as a table: the figures tried, the day, the version of the rules, all counts.',
    query: z.object({ set: figures, format: z.enum(['csv', 'xlsx']).default('xlsx') }),
    answer: 'file',
    refusals: [figureUnknown, figureNotFitting],
  },
  'GET /simulations/cliffs': {
    summary:
      'Who stands within ten percent of a fall: earning a little more would leave the household with less. By township; by other figures too.',
    query: z.object({ set: figures }),
    answer: z.object({
      on: daySchema,
      asOf: instantSchema,
      households: cell,
      /** The largest fall, whole yuan a month; null where few. */
      largest: cell,
      /** By the figures in force; the same as above where none are tried. */
      inForce: z.object({ households: cell, largest: cell }),
      /** Households that stand there only by the figures tried, and that no longer would; both null where one is few. */
      added: cell,
      removed: cell,
      townships: z.array(z.object({ code: divisionSchema, name: z.string(), households: cell })),
    }),
    refusals: [figureUnknown, figureNotFitting],
  },
  'GET /households/:id/cliff': {
    summary: 'What a household has in a month at each wage of the one who can earn most, all policies together.',
    params: z.object({ id: idSchema }),
    query: z.object({ person: idSchema.optional(), set: figures }),
    answer: z.object({
      on: daySchema,
      /** None where nobody can work, or the income is not known. */
      curve: z
        .object({
          person,
          wage: z.number().nullable(),
          points: z.array(z.object({ wage: z.number(), income: z.number(), help: z.number(), net: z.number() })),
          falls: z.array(
            z.object({
              from: z.number(),
              to: z.number(),
              by: z.number(),
              because: z.array(policy.extend({ less: z.number() })),
              /** Not further than ten percent of its income away. */
              near: z.boolean(),
            }),
          ),
        })
        .nullable(),
    }),
    refusals: [figureUnknown, figureNotFitting],
  },
  'GET /entitlements/runs': {
    summary: 'Each time the registry was judged, the newest first.',
    query: z.object(pageQuery),
    answer: pageOf(run),
  },
  'POST /entitlements/runs': {
    summary: 'Judges everybody in the registry again.',
    body: z.strictObject({}),
    answer: z.object({ run: run.nullable() }),
    refusals: [runGoesOn],
  },
  'POST /entitlements/runs/:runId/cancel': {
    summary: 'Calls a run off; what was judged so far stays.',
    params: z.object({ runId: idSchema }),
    body: z.strictObject({}),
    answer: run,
    refusals: [runNotFound, runOver],
  },
})
