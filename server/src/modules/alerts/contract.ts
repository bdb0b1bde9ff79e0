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
import { alertStates, audiences, causes, opinions, verdicts } from './alert.ts'
const decisionStates = ['proposed', 'confirmed', 'refused', 'withdrawn'] as const

export const alertNotFound = refusal('alerts.notFound', 404, () => ({
  zh: '没有找到这条预警，或它不在您的片区。',
  en: 'This alert was not found, or is not in your area.',
}))
export const alertTaken = refusal<{ by: string | null }>('alerts.taken', 409, ({ by }) => ({
  zh: `${by ?? '同事'}已经接手了这条预警。您可以看下一条。`,
  en: `${by ?? 'A colleague'} has taken this alert. You can go on to the next.`,
}))
export const stepNotOpen = refusal<{ state: Words }>('alerts.stepNotOpen', 409, ({ state }) => ({
  zh: `这条预警现在是“${state.zh}”，这一步还不能做。请刷新后再看。`,
  en: `This alert is “${state.en}” now; that step is not open. Please reload it.`,
}))
export const changedElsewhere = refusal<{ version: number }>('alerts.changedElsewhere', 409, () => ({
  zh: '这条预警刚有人改过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this alert. Please look at it again; what you wrote is kept.',
}))
export const forHealthWorkers = refusal('alerts.forHealthWorkers', 403, () => ({
  zh: '这条预警由卫生人员处理。有情况请联系镇街。',
  en: 'This alert is for health workers. If something happens, please call the township.',
}))
export const proofWanted = refusal<{ months: number; from: string }>('alerts.proofWanted', 409, ({ months, from }) => ({
  zh: `风险消除要稳定满 ${months} 个月，${from} 起才能这样办结。`,
  en: `A risk counts as removed after ${months} months; it can be closed so from ${from}.`,
}))

export const countingStopped = refusal('alerts.countingStopped', 409, () => ({
  zh: '数到一半停下了，什么也没有改。要的话可以重新数。',
  en: 'The counting was stopped half-way; nothing was changed. You can count again.',
}))
export const draftNotReadable = refusal<{ problems: number }>('alerts.draftNotReadable', 409, ({ problems }) => ({
  zh: `草稿里还有 ${problems} 处问题，先按“检查”列出的改好，再来数会有哪些预警。`,
  en: `The check finds ${problems} ${problems === 1 ? 'problem' : 'problems'} in the draft. Mend what the check lists, then count the alerts.`,
}))

export const levels = ['red', 'orange', 'yellow', 'blue'] as const
const level = z.enum(levels)
const state = z.enum(alertStates)
const verdict = z.enum(verdicts)
const opinion = z.enum(opinions)
const cause = z.enum(causes)
const place = z.object({ code: z.string(), name: z.string(), township: z.string() })
const circle = z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable()
const clock = z.object({
  at: instantSchema.nullable(),
  on: daySchema.nullable(),
  state: z.enum(['plenty', 'near', 'late', 'none']),
  /** Where the next step, as fast as it usually goes, will come too late: when it will. */
  likelyAt: instantSchema.nullable(),
})

export const alertLine = z.object({
  id: idSchema,
  /** Null where it is for health workers and somebody else asks. */
  rule: z.string().nullable(),
  name: wordsSchema,
  level,
  state,
  stateWords: wordsSchema,
  version: z.number().int(),
  /** Masked; the head of the household. Null for who opens no register. */
  household: z.object({ id: idSchema, head: z.string(), size: z.number().int() }).nullable(),
  person: z.object({ id: idSchema, name: z.string() }).nullable(),
  place,
  occurredOn: daySchema,
  raisedAt: instantSchema,
  clock,
  holder: z.string().nullable(),
  mine: z.boolean(),
  /** How often it happened within its window. */
  times: z.number().int(),
  /** Since when the data no longer say so. */
  ceasedOn: daySchema.nullable(),
  careful: z.boolean(),
  audience: z.enum(audiences),
  points: z.number().int().nullable(),
  /** What to do first; null where it is for others. */
  firstAction: wordsSchema.nullable(),
})

const ground = z.object({
  label: wordsSchema,
  person: z.string().nullable(),
  value: wordsSchema,
  source: z.enum(['declared', 'feed', 'verified', 'platform']),
  origin: z.string(),
  asOf: daySchema,
})
const alertAnswer = alertLine.extend({
  why: z.array(wordsSchema),
  facts: z.array(ground),
  /** The other alerts about the family that it counts. */
  counted: z.array(
    z.object({ id: idSchema, name: wordsSchema, level, stateWords: wordsSchema, occurredOn: daySchema }),
  ),
  /** What is not known and decides how bad it is. */
  missing: z.array(wordsSchema),
  leadsTo: z.array(z.object({ id: z.string(), name: wordsSchema })),
  /** Hint points; they predict nothing. */
  card: z
    .object({
      points: z.number().int(),
      parts: z.array(z.object({ label: wordsSchema, because: wordsSchema.nullable(), points: z.number().int() })),
    })
    .nullable(),
  steps: z.array(
    z.object({
      step: z.string(),
      words: wordsSchema,
      at: instantSchema,
      by: z.string(),
      detail: wordsSchema.nullable(),
      note: z.string().nullable(),
    }),
  ),
  next: z.array(
    z.object({
      step: z.enum(['take', 'giveBack', 'assign', 'verify', 'opine', 'close', 'reopen']),
      words: wordsSchema,
      asks: z.array(z.enum(['note', 'verdict', 'opinion', 'cause'])),
      main: z.boolean(),
    }),
  ),
  task: z.object({ id: idSchema, state: z.string(), holder: z.string().nullable(), dueOn: daySchema }).nullable(),
  judgedOn: daySchema,
  poolVersion: z.string(),
})

const move = z.object({
  person: z.object({ id: idSchema, name: z.string() }).nullable(),
  from: circle,
  to: circle,
  because: wordsSchema.nullable(),
})
const candidate = z.object({
  household: z.object({ id: idSchema, head: z.string(), size: z.number().int() }),
  place,
  kind: z.enum(['entry', 'outward']),
  moves: z.array(move),
  since: daySchema.nullable(),
  from: daySchema.nullable(),
  visited: z.boolean(),
  ripe: z.boolean(),
})
const ofWhom = {
  id: z.string(),
  name: wordsSchema,
  /** Masked; null of the household. */
  person: z.object({ id: idSchema, name: z.string() }).nullable(),
}
const ends = z.object({
  /** The last day on which it stood otherwise; null where nothing was known of the household then. */
  before: daySchema.nullable(),
  on: daySchema,
  lines: z.array(
    z.object({
      ...ofWhom,
      /** `less`: it goes on with less; `unclear`: it cannot be told whether it goes on; `begins`: theirs from now on, not weighed against what ends. */
      how: z.enum(['ends', 'less', 'unclear', 'begins']),
      /** Yuan a period that fall away; null where there is no figure. */
      amount: z.number().nullable(),
      atLeast: z.boolean(),
      period: z.enum(['month', 'year']).nullable(),
      /** Written down as received; else the rules gave it. */
      received: z.boolean(),
      example: z.boolean(),
    }),
  ),
  services: z.array(z.object(ofWhom)),
  /** Not for them now, and whether it was before is not known. */
  notKnownBefore: z.array(z.object(ofWhom)),
  /** Yuan a month of all that ends or becomes less and has a figure. */
  perMonth: z.number().int(),
  isWhole: z.boolean(),
  /** What the household has a month by itself; null where that is not known. */
  income: z.number().int().nullable(),
})
const decision = z.object({
  id: idSchema,
  household: z.object({ id: idSchema, head: z.string(), size: z.number().int() }),
  place,
  kind: z.enum(['entry', 'outward']),
  moves: z.array(move),
  state: z.enum(decisionStates),
  alert: idSchema.nullable(),
  /** Whole yuan a month that fall away; of proposals without `ends` at the next step up in wages. */
  cliffAmount: z.number().int().nullable(),
  ends: ends.nullable(),
  reason: z.string(),
  bridge: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: instantSchema,
  decidedBy: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
  note: z.string().nullable(),
  /** Whether who asks may confirm, or only take back. */
  own: z.boolean(),
})

/** null where fewer than five households, or where the rest would give such a count away. */
const cell = z.number().int().nullable()
const side = z.object({ people: cell, households: cell })
const raised = {
  raised: side,
  /** The rule would no longer raise it; one that stands stays until a person closes it. */
  ceased: side,
  risen: side,
  fallen: side,
}

const params = z.object({ alertId: idSchema })
const expectedVersion = z.number().int().min(1)
const note = text(4, 500)
const moving = [alertNotFound, alertTaken, stepNotOpen, changedElsewhere, forHealthWorkers]

export const alertsContract = contract({
  'GET /alerts': {
    summary: 'Alerts in reach, the most severe first, then what is due first.',
    query: z.object({
      level: level.optional(),
      rule: z
        .string()
        .regex(/^R\d\d$/)
        .optional(),
      division: divisionSchema.optional(),
      household: idSchema.optional(),
      show: z.enum(['open', 'mine', 'late', 'closed', 'all']).default('open'),
      ...pageQuery,
    }),
    answer: pageOf(alertLine).extend({
      /** Of the whole list, by level; only with the first page. */
      counts: z
        .object({
          red: z.number(),
          orange: z.number(),
          yellow: z.number(),
          blue: z.number(),
          late: z.number(),
          /** Not late yet, and will be, as fast as it usually goes. */
          willBeLate: z.number(),
        })
        .nullable(),
    }),
  },
  'GET /alerts/rules': {
    summary: 'The rules of alerts in use, in order.',
    answer: z.object({
      items: z.array(z.object({ id: z.string(), name: wordsSchema, levels: z.array(level), firstAction: wordsSchema })),
    }),
  },
  'GET /alerts/by-township': {
    summary:
      'Open alerts by township, by level, with those that run late; on a schematic map where the district has one.',
    answer: z.object({
      tile: z.object({ width: z.number(), height: z.number(), gap: z.number() }),
      river: z.object({ path: z.string(), width: z.number() }).nullable(),
      items: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          /** As written on its tile. */
          short: z.string(),
          column: z.number().int().nullable(),
          row: z.number().int().nullable(),
          red: z.number().int(),
          orange: z.number().int(),
          yellow: z.number().int(),
          blue: z.number().int(),
          late: z.number().int(),
        }),
      ),
    }),
  },
  'GET /alerts/quality': {
    summary:
      'How good the rules are: false alarms by rule over 90 days, who was found by sex, age and township, and what came of it. Few are hidden.',
    answer: z.object({
      since: daySchema,
      rules: z.array(
        z.object({
          id: z.string(),
          name: wordsSchema,
          raised: z.number().int(),
          verified: z.number().int().nullable(),
          false: z.number().int().nullable(),
          /** Null of none and of few. */
          share: z.number().nullable(),
          /** More than six in ten were not so: the rule wants looking at. */
          flagged: z.boolean(),
        }),
      ),
      groups: z.array(
        z.object({
          by: z.enum(['sex', 'age', 'township']),
          key: z.string(),
          name: wordsSchema,
          people: z.number().int().nullable(),
          raised: z.number().int().nullable(),
          confirmed: z.number().int().nullable(),
          /** Confirmed among a thousand people. */
          perThousand: z.number().nullable(),
        }),
      ),
      outcomes: z.array(z.object({ kind: z.string(), words: wordsSchema, count: z.number().int().nullable() })),
    }),
  },
  'POST /alerts/drafts/:draftId': {
    summary:
      'Tries a saved draft on everybody in the registry: of whom the rules would raise an alert, of whom no longer, and where. Nothing is kept, and no alert is moved.',
    params: z.object({ draftId: idSchema }),
    answer: z.object({
      /** The version of the draft that was tried. */
      version: z.number().int(),
      on: daySchema,
      asOf: instantSchema,
      poolVersion: z.string(),
      people: z.number().int(),
      households: z.number().int(),
      all: z.object(raised),
      rules: z.array(z.object({ id: z.string(), name: wordsSchema, ...raised })),
      /** Reached too, and not counted: they rest on what few may see. */
      unseen: z.array(z.object({ id: z.string(), name: wordsSchema })),
      townships: z.array(z.object({ code: divisionSchema, name: z.string(), ...raised })),
    }),
    refusals: [draftNotReadable, countingStopped],
  },
  'GET /alerts/drafts/:draftId/counting': {
    summary: 'How far the counting of a draft is that oneself has begun; nothing where none goes on.',
    params: z.object({ draftId: idSchema }),
    answer: z.object({
      counting: z
        .object({
          /** The registry is read, then what the platform itself knows of each household, then the rules are tried. */
          step: z.enum(['reading', 'looking', 'counting']),
          done: z.number().int(),
          /** Households; 0 where it is not known yet. */
          of: z.number().int(),
        })
        .nullable(),
    }),
  },
  'POST /alerts/drafts/:draftId/counting/stop': {
    summary: 'Calls off the counting of a draft that oneself has begun; false where none goes on.',
    params: z.object({ draftId: idSchema }),
    body: z.strictObject({}),
    answer: z.object({ stopped: z.boolean() }),
  },
  'GET /alerts/:alertId': {
    summary: 'One alert: on what facts, why, what was done and what can be done next.',
    params,
    answer: alertAnswer,
    refusals: [alertNotFound],
  },
  'GET /alerts/:alertId/replay': {
    summary: 'Judges an alert again as it was: the facts of that moment, the rules of that version.',
    params,
    answer: z.object({ same: z.boolean(), judgedOn: daySchema, poolVersion: z.string() }),
    refusals: [alertNotFound],
  },
  'POST /alerts/:alertId/take': {
    summary: 'Takes an alert. The first who opens it has it; others are told who.',
    params,
    body: z.strictObject({ expectedVersion }),
    answer: alertAnswer,
    refusals: moving,
  },
  'POST /alerts/:alertId/give-back': {
    summary: 'Puts an alert back.',
    params,
    body: z.strictObject({ expectedVersion }),
    answer: alertAnswer,
    refusals: moving,
  },
  'POST /alerts/:alertId/assign': {
    summary: 'Sends the guide of the village, or of a careful matter the township, to the home.',
    params,
    body: z.strictObject({ expectedVersion }),
    answer: alertAnswer,
    refusals: moving,
  },
  'POST /alerts/:alertId/verify': {
    summary: 'Writes down whether it is so.',
    params,
    body: z.strictObject({ expectedVersion, verdict, note }),
    answer: alertAnswer,
    refusals: moving,
  },
  'POST /alerts/:alertId/opine': {
    summary: 'The township’s opinion on what follows.',
    params,
    body: z.strictObject({ expectedVersion, opinion, note }),
    answer: alertAnswer,
    refusals: moving,
  },
  'POST /alerts/:alertId/close': {
    summary: 'Closes an alert with its cause.',
    params,
    body: z.strictObject({ expectedVersion, cause, note }),
    answer: alertAnswer,
    refusals: [...moving, proofWanted],
  },
  'POST /alerts/:alertId/reopen': {
    summary: 'Takes a closed alert up again.',
    params,
    body: z.strictObject({ expectedVersion, note }),
    answer: alertAnswer,
    refusals: moving,
  },
  'GET /circle-candidates': {
    summary: 'Households of which the rules say something else than where they stand; those that wait longest first.',
    query: z.object({ household: idSchema.optional() }),
    answer: z.object({ items: z.array(candidate) }),
  },
  'GET /households/:id/leaving': {
    summary: 'What help ends for a household that would move outward: by benefit, with the sum a month. Stops nothing.',
    params: z.object({ id: idSchema }),
    answer: z.object({ ends: ends.nullable() }),
  },
  'GET /circle-decisions': {
    summary: 'Proposals to enter the base or to move outward, and what became of them; newest first.',
    query: z.object({ state: z.enum(decisionStates).optional(), household: idSchema.optional() }),
    answer: z.object({ items: z.array(decision) }),
  },
  'POST /circle-decisions': {
    summary:
      'Proposes that a household enters the base or moves outward, as the rules say. Another person has to confirm.',
    body: z.strictObject({
      household: idSchema,
      reason: text(4, 500),
      bridge: text(4, 1000).optional(),
      alert: idSchema.optional(),
    }),
    answer: z.object({ id: idSchema }),
    refusals: [alertNotFound],
  },
  'POST /circle-decisions/:decisionId': {
    summary: 'Another person confirms or refuses a proposal; who made it may take it back.',
    params: z.object({ decisionId: idSchema }),
    body: z.strictObject({ say: z.enum(['confirmed', 'refused', 'withdrawn']), note: text(4, 500) }),
    answer: decision,
  },
})
