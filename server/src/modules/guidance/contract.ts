import { refusal } from '@zhulian/kernel'
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

export const interviewNotFound = refusal('guidance.interviewNotFound', 404, () => ({
  zh: '没有找到这次导服，可能不是您开始的，或已经清掉。可以重新开始。',
  en: 'This interview was not found: someone else began it, or it was cleared. You can start a new one.',
}))

export const screeningNotFound = refusal('guidance.screeningNotFound', 404, () => ({
  zh: '没有找到这份结果。它只给本人和本人同意的导服员看。',
  en: 'This result was not found. Only its owner, and the guide its owner agreed to, can see it.',
}))

/** `state` is the interview as it now stands, so that nothing typed is lost. */
export const answeredElsewhere = refusal<{ version: number; state: unknown }>(
  'guidance.answeredElsewhere',
  409,
  () => ({
    zh: '这次导服刚在另一处往下答了。已换成最新的进度，您刚才填的还在，请再看一眼。',
    en: 'This interview was just continued elsewhere. Here is where it stands now; what you typed is kept. Please look again.',
  }),
)

export const interviewFinished = refusal<{ screening: string }>('guidance.interviewFinished', 409, () => ({
  zh: '这次导服已经答完，结果已经存好。情况变了可以重新答一次。',
  en: 'This interview is finished and its result is kept. If things changed, start again.',
}))

export const notAsked = refusal<{ question: string }>('guidance.notAsked', 422, () => ({
  zh: '这道题现在不用答。请从页面上的题目往下答。',
  en: 'This question is not open now. Please go on with the one on the page.',
}))

export const answerNotFitting = refusal<{ question: string; reason: { zh: string; en: string } }>(
  'guidance.answerNotFitting',
  422,
  ({ reason }) => reason,
)

export const rosterNotFitting = refusal<{ member: number; reason: { zh: string; en: string } }>(
  'guidance.rosterNotFitting',
  422,
  ({ reason }) => reason,
)

export const rosterFirst = refusal('guidance.rosterFirst', 409, () => ({
  zh: '请先说说家里有哪几个人。',
  en: 'Please say first who lives in the home.',
}))

export const nothingToUndo = refusal('guidance.nothingToUndo', 409, () => ({
  zh: '已经是第一题了。',
  en: 'This is the first question.',
}))

export const householdNotReachable = refusal('guidance.householdNotReachable', 404, () => ({
  zh: '没有找到这户，或这户不在您的村。可以先不选家庭，直接开始。',
  en: 'This family was not found, or is not in your village. You can begin without choosing one.',
}))

export const childAnswers = refusal('guidance.childAnswers', 422, () => ({
  zh: '14岁以下的孩子不用自己答，请家里的大人来答。',
  en: 'A child under 14 is never asked; a grown-up of the family answers.',
}))

export const signalNotFound = refusal('guidance.signalNotFound', 404, () => ({
  zh: '没有找到这件保护事项。',
  en: 'There is no such protected matter.',
}))

export const signalTaken = refusal<{ by: string }>('guidance.signalTaken', 409, ({ by }) => ({
  zh: `${by}已经接下这件事。`,
  en: `${by} has already taken this.`,
}))

export const answerValue = z.union([
  z.boolean(),
  z.number(),
  z.string().max(300),
  z.null(),
  z.array(z.string().max(60)).max(40),
  z.array(z.record(z.string().max(60), z.union([z.string().max(60), z.number(), z.boolean(), z.null()]))).max(40),
])

export const questionKinds = [
  'roster', // who lives in the home: POST …/members
  'confirm', // known already: yes keeps it, anything else replaces it
  'yesNo',
  'choice', // one of options
  'several', // any of options
  'who', // any of the members, by key; an empty list is nobody
  'number',
  'money',
  'date',
  'place', // a village code
  'text',
  'list', // items with fields
] as const

const option = z.object({ value: z.union([z.string(), z.number(), z.boolean()]), label: wordsSchema })
const formField = z.object({
  name: z.string(),
  label: wordsSchema,
  kind: z.enum(questionKinds),
  options: z.array(option),
  min: z.number().nullable(),
  max: z.number().nullable(),
  unit: wordsSchema.nullable(),
})

const question = z.object({
  /** Send it back with the answer: `household.certifiedTier`, or `b:person.disabilityLevel` for member b. */
  key: z.string(),
  fact: z.string(),
  person: z.object({ key: z.string(), callName: z.string() }).nullable(),
  kind: z.enum(questionKinds),
  /** With the name already filled in. */
  title: wordsSchema,
  hint: wordsSchema.nullable(),
  why: wordsSchema.nullable(),
  /** How many helps this question can settle, and some of them by name. */
  settles: z.object({ count: z.number().int(), names: z.array(wordsSchema) }),
  options: z.array(option),
  fields: z.array(formField),
  min: z.number().nullable(),
  max: z.number().nullable(),
  unit: wordsSchema.nullable(),
  /** Rough amounts to pick from; one with a `value` may be sent as it is, for the others ask for the figure. */
  bands: z.array(
    z.object({
      label: wordsSchema,
      value: z.number().nullable(),
      min: z.number().nullable(),
      max: z.number().nullable(),
    }),
  ),
  /** null may be sent as a known "none"; the label of that choice. */
  none: wordsSchema.nullable(),
  /** 不清楚 is always an answer. */
  unknown: wordsSchema,
  sensitive: z.boolean(),
  /** For `confirm`: what the registry says. `kindOf` is the input to show when it is wrong. */
  known: z
    .object({ value: answerValue, words: wordsSchema, source: wordsSchema, kindOf: z.enum(questionKinds) })
    .nullable(),
  /** What was answered here before going back. */
  draft: z.object({ value: answerValue.optional(), unknown: z.boolean() }).nullable(),
})

const member = z.object({
  key: z.string(),
  callName: z.string(),
  relation: z.string().nullable(),
  birthDate: daySchema.nullable(),
  age: z.number().int().nullable(),
  sex: z.enum(['male', 'female']).nullable(),
  self: z.boolean(),
})

export const tileStates = ['certain', 'possible', 'gone', 'not'] as const
const tile = z.object({
  id: z.string(),
  kind: z.enum(['policy', 'service']),
  name: wordsSchema,
  /** certain: fits; possible: open; gone: just left with the last answer; not: left before. */
  state: z.enum(tileStates),
  /** Why it left, in a sentence. */
  because: wordsSchema.nullable(),
})

/** A page of numbers to call, shown in the same calm form whatever was said. */
const calm = z.object({ words: wordsSchema, numbers: z.array(z.object({ number: z.string(), words: wordsSchema })) })

const onBehalfOf = z.object({ household: idSchema.nullable(), name: z.string() })

const interviewState = z.object({
  id: idSchema,
  /** Goes up by one with each change; send it as `expectedVersion`. */
  version: z.number().int(),
  state: z.enum(['open', 'finished']),
  /** The day the rules are read for. */
  on: daySchema,
  village: z.object({ code: z.string(), name: z.string() }).nullable(),
  onBehalfOf: onBehalfOf.nullable(),
  startedAt: instantSchema,
  changedAt: instantSchema,
  /** null: nothing asked can change a result any more; finish. */
  next: question.nullable(),
  progress: z.object({
    /** 还有 N 项可能适合您 */
    possible: z.number().int(),
    certain: z.number().int(),
    not: z.number().int(),
    justGone: z.number().int(),
    answered: z.number().int(),
    /** 最多还有 N 题 */
    atMostLeft: z.number().int(),
    /** 少问了 N 题: questions of the dictionary that need not be asked. */
    saved: z.number().int(),
    words: wordsSchema,
  }),
  /** likely: only what one is likely to get is asked about. */
  depth: z.enum(['likely', 'everything']),
  /** Open and not asked about any more: what hardly any family like this one has, and what one can say more about in the result. */
  undecided: z.object({ improbable: z.number().int(), others: z.number().int() }),
  pool: z.array(tile),
  /** As given; before that, as the registry has them, to be looked over. */
  members: z.array(member),
  answers: z.array(
    z.object({
      key: z.string(),
      title: wordsSchema,
      words: wordsSchema,
      person: z.object({ key: z.string(), callName: z.string() }).nullable(),
      from: z.enum(['answer', 'confirmed', 'unknown']),
    }),
  ),
  calm: calm.nullable(),
  consent: z.object({ useRegistry: z.boolean() }),
  screening: idSchema.nullable(),
})

const rosterMember = z.strictObject({
  /** Left out for somebody new. */
  key: z.string().max(8).optional(),
  callName: text(1, 20),
  relation: z.string().max(40).nullable().default(null),
  /** One of the three. A birth year means 1 July of it. */
  age: z.number().optional(),
  birthYear: z.number().optional(),
  birthDate: z.string().max(10).optional(),
  sex: z.enum(['male', 'female']).nullable().default(null),
  self: z.boolean().default(false),
})

const expectedVersion = z.number().int().positive().optional()
const interview = z.object({ interviewId: idSchema })
const screening = z.object({ screeningId: idSchema })

const money = z.object({
  amount: z.number().nullable(),
  /** A lower bound while the amount is open. */
  atLeast: z.number().nullable(),
  period: z.enum(['month', 'year', 'once']).nullable(),
  /** 约 2,403 元/月, or what it is where there is no figure. */
  words: wordsSchema,
  /** Shown as 示例. */
  example: z.boolean(),
})

const reason = z.object({
  words: wordsSchema,
  holds: z.boolean(),
  /** Who said what it rests on, and of which day that is: 本人说, 医保的数据, 已核实. */
  sources: z.array(z.object({ words: wordsSchema, on: daySchema })),
})
const missing = z.object({ question: z.string(), words: wordsSchema, askedOf: z.enum(['person', 'guide', 'nobody']) })

export const resultGroups = ['canApply', 'almost', 'notNow'] as const
const result = z.object({
  /** `P12` or `P12:b`: one line for each person it is about. */
  key: z.string(),
  id: z.string(),
  name: wordsSchema,
  summary: wordsSchema,
  person: z.object({ key: z.string(), callName: z.string() }).nullable(),
  unit: wordsSchema,
  group: z.enum(resultGroups),
  money: money.nullable(),
  reasons: z.array(reason),
  missing: z.array(missing),
  /** Of a no: what is lacking, as information; never what is fixed, and figures as a distance. */
  gap: z.array(wordsSchema),
  /** 低保批下来后才有 */
  conditional: wordsSchema.nullable(),
  /** Another benefit goes before this one. */
  excluded: wordsSchema.nullable(),
  /** One of them is to be chosen. */
  choice: wordsSchema.nullable(),
  /** How the amount comes about. */
  formula: wordsSchema.nullable(),
  materials: z.array(wordsSchema),
  whereToGo: wordsSchema,
  howLong: wordsSchema.nullable(),
  example: z.boolean(),
})

const serviceResult = z.object({
  key: z.string(),
  id: z.string(),
  name: wordsSchema,
  summary: wordsSchema,
  person: z.object({ key: z.string(), callName: z.string() }).nullable(),
  group: z.enum(resultGroups),
  reasons: z.array(reason),
  missing: z.array(missing),
  gap: z.array(wordsSchema),
  dose: wordsSchema.nullable(),
  price: wordsSchema.nullable(),
  example: z.boolean(),
})

const nearest = z.object({ name: z.string(), office: wordsSchema, phone: z.string().nullable() })

const consentView = z.object({
  kind: z.enum(['tellGuide', 'useRegistry']),
  given: z.boolean(),
  textVersion: z.string(),
  text: wordsSchema,
  givenAt: instantSchema.nullable(),
  withdrawnAt: instantSchema.nullable(),
})

const screeningAnswer = z.object({
  id: idSchema,
  interview: idSchema,
  on: daySchema,
  judgedAt: instantSchema,
  poolVersion: z.string(),
  village: z.object({ code: z.string(), name: z.string() }).nullable(),
  onBehalfOf: onBehalfOf.nullable(),
  /** One sentence to say aloud: 7项帮助，现在就能申请 */
  headline: wordsSchema,
  counts: z.object({
    canApply: z.number().int(),
    almost: z.number().int(),
    notNow: z.number().int(),
    answered: z.number().int(),
    saved: z.number().int(),
  }),
  /** Of what can be applied for and comes by the month. */
  perMonth: money.nullable(),
  policies: z.array(result),
  services: z.array(serviceResult),
  members: z.array(member),
  nearest: nearest.nullable(),
  /** What may be needed most, for who hands their own result in. */
  needs: z
    .object({ title: wordsSchema, options: z.array(z.object({ value: z.string(), label: wordsSchema })) })
    .nullable(),
  consents: z.array(consentView),
  calm: calm.nullable(),
  /** The words under every result: this is an indication, people decide. */
  caution: wordsSchema,
})

export const guidanceContract = contract({
  'POST /interviews': {
    summary: 'Begins an interview, for oneself or, by staff, on behalf of somebody.',
    body: z.strictObject({
      /** From the code that hangs in the village. */
      village: divisionSchema.optional(),
      /** Staff only. A household of the registry brings what is known as confirmations. */
      onBehalfOf: z.strictObject({ household: idSchema.optional(), name: text(1, 30).optional() }).optional(),
      /** Age of the person who answers, when it is asked at the door. */
      ageOfAnswerer: z.number().int().min(0).max(130).optional(),
      depth: z.enum(['likely', 'everything']).default('everything'),
      /** Goes on from one's own result with everything answered in it; the result stays as it is. */
      from: z.strictObject({ screening: idSchema, ask: text(1, 120).optional() }).optional(),
    }),
    answer: interviewState,
    refusals: [householdNotReachable, childAnswers, screeningNotFound],
  },
  'GET /interviews': {
    summary: 'My interviews that can be taken up again, the last touched first.',
    answer: z.object({
      items: z.array(
        z.object({
          id: idSchema,
          state: z.enum(['open', 'finished']),
          startedAt: instantSchema,
          changedAt: instantSchema,
          answered: z.number().int(),
          onBehalfOf: onBehalfOf.nullable(),
          village: z.object({ code: z.string(), name: z.string() }).nullable(),
          screening: idSchema.nullable(),
        }),
      ),
    }),
  },
  'GET /interviews/:interviewId': {
    summary: 'Where an interview stands: next question, progress, the pool.',
    params: interview,
    answer: interviewState,
    refusals: [interviewNotFound],
  },
  'POST /interviews/:interviewId/members': {
    summary: 'Who lives in the home; may be sent again to correct it.',
    params: interview,
    body: z.strictObject({ expectedVersion, members: z.array(rosterMember).min(1).max(20) }),
    answer: interviewState,
    refusals: [interviewNotFound, interviewFinished, answeredElsewhere, rosterNotFitting, childAnswers],
  },
  'PUT /interviews/:interviewId/answers': {
    summary: 'Answers one or several questions; 不清楚 is an answer.',
    params: interview,
    body: z.strictObject({
      expectedVersion,
      answers: z
        .array(
          z.union([
            z.strictObject({ question: text(1, 120), value: answerValue }),
            z.strictObject({ question: text(1, 120), unknown: z.literal(true) }),
            /** What the registry says is right. */
            z.strictObject({ question: text(1, 120), confirmed: z.literal(true) }),
          ]),
        )
        .min(1)
        .max(60),
    }),
    answer: interviewState,
    refusals: [interviewNotFound, interviewFinished, answeredElsewhere, notAsked, answerNotFitting, rosterFirst],
  },
  'POST /interviews/:interviewId/back': {
    summary: 'Goes back to the last question, or to a named one; what was answered from there on stays as drafts.',
    params: interview,
    body: z.strictObject({ expectedVersion, to: text(1, 120).optional() }),
    answer: interviewState,
    refusals: [interviewNotFound, interviewFinished, answeredElsewhere, nothingToUndo],
  },
  'PUT /interviews/:interviewId/depth': {
    summary: 'Whether only what one is likely to get is asked about, or everything; what was answered stays.',
    params: interview,
    body: z.strictObject({ expectedVersion, depth: z.enum(['likely', 'everything']) }),
    answer: interviewState,
    refusals: [interviewNotFound, interviewFinished, answeredElsewhere],
  },
  'DELETE /interviews/:interviewId': {
    summary: 'Clears an open interview with everything answered in it.',
    params: interview,
    answer: z.object({ id: idSchema }),
    refusals: [interviewNotFound, interviewFinished],
  },
  'PUT /interviews/:interviewId/consent': {
    summary: 'Agrees that what the registry knows of the family may be shown for confirmation.',
    params: interview,
    body: z.strictObject({ kind: z.literal('useRegistry'), textVersion: text(1, 20) }),
    answer: interviewState,
    refusals: [interviewNotFound, interviewFinished],
  },
  'DELETE /interviews/:interviewId/consent': {
    summary: 'Takes that back: what came from the registry leaves the interview.',
    params: interview,
    answer: interviewState,
    refusals: [interviewNotFound, interviewFinished],
  },
  'POST /interviews/:interviewId/finish': {
    summary: 'Ends the interview, judges and keeps the result. May be asked before the questions end.',
    params: interview,
    body: z.strictObject({ expectedVersion }),
    answer: z.object({ screening: idSchema }),
    refusals: [interviewNotFound, answeredElsewhere, rosterFirst],
  },
  'GET /screenings': {
    summary: 'My results, the newest first.',
    query: z.object(pageQuery),
    answer: pageOf(
      z.object({
        id: idSchema,
        on: daySchema,
        judgedAt: instantSchema,
        onBehalfOf: onBehalfOf.nullable(),
        canApply: z.number().int(),
        almost: z.number().int(),
        notNow: z.number().int(),
      }),
    ),
  },
  'GET /screenings/:screeningId': {
    summary: 'A result in three groups, each line with its reasons, papers and the person to call.',
    params: screening,
    answer: screeningAnswer,
    refusals: [screeningNotFound],
  },
  'GET /screenings/:screeningId/replay': {
    summary:
      'Judges again with the stored answers, day and version of the pool, and says whether every bit is the same.',
    params: screening,
    answer: z.object({
      same: z.boolean(),
      poolVersion: z.string(),
      on: daySchema,
      inputsHash: z.string(),
      storedHash: z.string(),
      replayedHash: z.string(),
    }),
    refusals: [screeningNotFound],
  },
  'GET /consents/texts': {
    summary: 'What one agrees to, in words, with the version of the text.',
    answer: z.object({
      items: z.array(
        z.object({ kind: z.enum(['tellGuide', 'useRegistry']), textVersion: z.string(), text: wordsSchema }),
      ),
    }),
  },
  'PUT /screenings/:screeningId/consent': {
    summary: 'Agrees that the guide of the village may see this result.',
    params: screening,
    body: z.strictObject({ kind: z.literal('tellGuide'), textVersion: text(1, 20) }),
    answer: consentView,
    refusals: [screeningNotFound],
  },
  'DELETE /screenings/:screeningId/consent': {
    summary: 'Takes that back: from now on the guide sees nothing of it.',
    params: screening,
    query: z.object({ kind: z.enum(['tellGuide', 'useRegistry']).default('tellGuide') }),
    answer: consentView,
    refusals: [screeningNotFound],
  },
  'GET /signals': {
    summary: 'Protected matters waiting for a trained person, the oldest first.',
    query: z.object({ ...pageQuery, state: z.enum(['open', 'taken', 'closed']).default('open') }),
    answer: pageOf(
      z.object({
        id: idSchema,
        kind: z.enum(['violence', 'suicide', 'childAbuse', 'homelessness']),
        words: wordsSchema,
        state: z.enum(['open', 'taken', 'closed']),
        foundAt: instantSchema,
        dueAt: instantSchema,
        late: z.boolean(),
        takenBy: z.string().nullable(),
      }),
    ),
  },
  'GET /signals/:signalId': {
    summary: 'One protected matter, with what was said and how the person can be reached.',
    params: z.object({ signalId: idSchema }),
    answer: z.object({
      id: idSchema,
      kind: z.enum(['violence', 'suicide', 'childAbuse', 'homelessness']),
      words: wordsSchema,
      said: wordsSchema,
      place: z.string(),
      state: z.enum(['open', 'taken', 'closed']),
      foundAt: instantSchema,
      dueAt: instantSchema,
      takenBy: z.string().nullable(),
      note: z.string().nullable(),
      duty: wordsSchema.nullable(),
      mayTake: z.boolean(),
    }),
    refusals: [signalNotFound],
  },
  'POST /signals/:signalId/take': {
    summary: 'Takes a protected matter: one person does it from here.',
    params: z.object({ signalId: idSchema }),
    answer: z.object({ id: idSchema, state: z.literal('taken') }),
    refusals: [signalNotFound, signalTaken],
  },
  'POST /signals/:signalId/close': {
    summary: 'Closes a protected matter with what was done.',
    params: z.object({ signalId: idSchema }),
    body: z.strictObject({ note: text(4, 1000) }),
    answer: z.object({ id: idSchema, state: z.literal('closed') }),
    refusals: [signalNotFound, signalTaken],
  },
})
