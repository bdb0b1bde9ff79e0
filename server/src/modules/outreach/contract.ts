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
import { dutiesContract } from './duties-contract.ts'
import { handingsContract } from './handings-contract.ts'
import { networkContract } from './network-contract.ts'
import { suggestionContract } from './suggestion-contract.ts'
import { leadsContract } from './leads/contract.ts'
import { pairingContract } from './pairing/contract.ts'
import { slipsContract } from './slips/contract.ts'
import { visitsContract } from './visits-contract.ts'

export const caseNotFound = refusal('outreach.caseNotFound', 404, () => ({
  zh: '没有找到这件事，或它不在您的片区。',
  en: 'This case was not found, or is not in your area.',
}))

export const alreadyAccepted = refusal<{ by: string }>('outreach.alreadyAccepted', 409, ({ by }) => ({
  zh: `${by}刚接下了这件事。您可以看下一件。`,
  en: `${by} has just taken this. You can go on to the next.`,
}))

export const notYourCase = refusal<{ by: string }>('outreach.notYourCase', 403, ({ by }) => ({
  zh: `这件事现在由${by}办。要接手，请先和${by}或镇里说一声。`,
  en: `${by} is looking after this. To take over, speak to ${by} or to the township first.`,
}))

export const stepNotOpen = refusal<{ state: Words; open: Words }>('outreach.stepNotOpen', 409, ({ state, open }) => ({
  zh: `这件事现在是“${state.zh}”，这一步还不能做。现在能做：${open.zh}。`,
  en: `This case is “${state.en}”; that step is not open. Open now: ${open.en}.`,
}))

export const familyKnown = refusal('outreach.familyKnown', 409, () => ({
  zh: '这件事已经对上了另一户。要改，请先撤回对上的那一户，再选。',
  en: 'This case stands with another family already. Take that back first, then choose.',
}))

export const changedElsewhere = refusal<{ version: number }>('outreach.changedElsewhere', 409, () => ({
  zh: '这件事刚有人改过。请看一眼新的内容再办，您写的还在。',
  en: 'Somebody has just changed this case. Please look at it again; what you wrote is kept.',
}))

export const alreadySubmitted = refusal<{ submission: string }>('outreach.alreadySubmitted', 409, () => ({
  zh: '这份结果已经交给导服员了，不用再交一次。在“我的事”里能看到办到哪里。',
  en: 'This result is with your guide already. “My requests” shows how far it is.',
}))

export const consentNeeded = refusal('outreach.consentNeeded', 409, () => ({
  zh: '请先同意让导服员看这份结果，再请他帮您办。',
  en: 'Please first agree that the guide may see this result.',
}))

export const tooLateToTakeBack = refusal('outreach.tooLateToTakeBack', 409, () => ({
  zh: '交出去已经超过10分钟，不能直接撤回了。可以收回同意，或打电话请导服员停办。',
  en: 'More than 10 minutes have passed, so it cannot simply be taken back. You can withdraw your consent, or ask the guide to stop.',
}))

export const submissionNotFound = refusal('outreach.submissionNotFound', 404, () => ({
  zh: '没有找到这次提交。',
  en: 'There is no such submission.',
}))

export const noSuchVillage = refusal('outreach.noSuchVillage', 422, () => ({
  zh: '没有认出这个村（社区）。请从名单里选一个。',
  en: 'This village is not known. Please choose one from the list.',
}))

export const phoneNotFitting = refusal('outreach.phoneNotFitting', 422, () => ({
  zh: '手机号应是11位数字，固定电话请带区号。也可以先不填。',
  en: 'A mobile number has 11 digits; a landline needs its area code. You may also leave it out.',
}))

export const dayInFuture = refusal('outreach.dayInFuture', 422, () => ({
  zh: '日期还没到。请填已经发生的那一天。',
  en: 'That day has not come yet. Please give the day it happened.',
}))

export const unknownPolicy = refusal<{ policy: string }>('outreach.unknownPolicy', 422, ({ policy }) => ({
  zh: `政策池里没有“${policy}”。`,
  en: `There is no “${policy}” in the policy pool.`,
}))

export const materialsMissing = refusal<{ papers: string }>('outreach.materialsMissing', 422, ({ papers }) => ({
  zh: `材料清单还有没勾选的：${papers}。每一项请选“看过”“已复印”“不用带”或“还缺”。`,
  en: `Some papers are not marked yet: ${papers}. Mark each as seen, copied, not needed or missing.`,
}))

export const nobodyThere = refusal('outreach.nobodyThere', 422, () => ({
  zh: '那里没有能接手的人。请换一位，或交给镇里。',
  en: 'Nobody there can take it over. Choose another person, or hand it to the township.',
}))

export const caseStates = [
  'new',
  'accepted',
  'contacted',
  'visited',
  'filed',
  'handedOver',
  'returned',
  'closed',
  'withdrawn',
] as const
export const caseSteps = [
  'accept',
  'contact',
  'visit',
  'file',
  'handOver',
  'takeOver',
  'return',
  'close',
  'reopen',
] as const
export const outcomes = [
  'granted',
  'refused',
  'notEligible',
  'declined',
  'helpedOtherwise',
  'unreachable',
  'moved',
  'duplicate',
] as const
export const paperStates = ['seen', 'copied', 'notNeeded', 'missing'] as const

const caseId = z.object({ caseId: idSchema })
const expectedVersion = z.number().int().positive().optional()

const clock = z.object({
  /** What has to be done by then, in words; null when nothing runs. */
  words: wordsSchema.nullable(),
  dueOn: daySchema.nullable(),
  /** Working days; negative when late. */
  daysLeft: z.number().int().nullable(),
  state: z.enum(['plenty', 'near', 'late', 'none']),
})

const summary = z.object({
  id: idSchema,
  /** Masked in lists. */
  name: z.string(),
  village: z.object({ code: z.string(), name: z.string() }),
  state: z.enum(caseStates),
  stateWords: wordsSchema,
  clock,
  holder: z.string().nullable(),
  mine: z.boolean(),
  cameInAt: instantSchema,
  changedAt: instantSchema,
  /** What the family asked for, or may be granted. */
  wants: z.array(wordsSchema),
  questionOpen: z.boolean(),
})

const step = z.object({
  at: instantSchema,
  step: z.string(),
  words: wordsSchema,
  /** Name for colleagues. */
  by: z.string(),
  note: z.string().nullable(),
})

/** A button: what can be done now by who asks. */
const next = z.object({
  step: z.enum(caseSteps),
  words: wordsSchema,
  /** What the step asks for. */
  asks: z.array(z.enum(['note', 'day', 'how', 'policy', 'papers', 'filedAt', 'to', 'reason', 'outcome'])),
  main: z.boolean(),
})

const paper = z.object({ paper: text(1, 200), state: z.enum(paperStates) })

const filing = z.object({
  id: idSchema,
  policy: z.object({ id: z.string(), name: wordsSchema }),
  person: z.string().nullable(),
  filedOn: daySchema,
  filedAt: z.string(),
  papers: z.array(paper),
  missing: z.number().int(),
  by: z.string(),
})

const checklist = z.object({
  policy: z.object({ id: z.string(), name: wordsSchema }),
  person: z.string().nullable(),
  whereToGo: wordsSchema,
  papers: z.array(wordsSchema),
})

const moved = z.object({
  id: idSchema,
  state: z.enum(caseStates),
  version: z.number().int(),
  clock,
  next: z.array(next),
})
const change = [caseNotFound, stepNotOpen, changedElsewhere, notYourCase] as const

export const outreachContract = contract({
  ...visitsContract,
  ...networkContract,
  ...dutiesContract,
  ...handingsContract,
  ...suggestionContract,
  ...slipsContract,
  ...pairingContract,
  ...leadsContract,
  'POST /screenings/:screeningId/submission': {
    summary: 'Hands a result to the guide of the village; can be taken back for ten minutes.',
    params: z.object({ screeningId: idSchema }),
    body: z.strictObject({
      name: text(1, 30),
      phone: z.string().max(30).optional(),
      village: divisionSchema,
      /** Ids of policies and services the family wants; all that can be applied for when left out. */
      wants: z.array(z.string().max(12)).max(80).optional(),
      /** What is needed most: services of the pool, or `other`. */
      needs: z.array(z.string().max(12)).max(20).optional(),
      note: text(1, 300).optional(),
    }),
    answer: z.object({
      id: idSchema,
      case: idSchema,
      canTakeBackUntil: instantSchema,
      /** Who is told. */
      toldTo: wordsSchema,
      /** Numbers to call, where what was written goes to a trained person first. */
      calm: z
        .object({ words: wordsSchema, numbers: z.array(z.object({ number: z.string(), words: wordsSchema })) })
        .nullable(),
    }),
    refusals: [consentNeeded, alreadySubmitted, noSuchVillage, phoneNotFitting],
  },
  'DELETE /submissions/:submissionId': {
    summary: 'Takes back what was handed in less than ten minutes ago.',
    params: z.object({ submissionId: idSchema }),
    answer: z.object({ id: idSchema, state: z.literal('withdrawn') }),
    refusals: [submissionNotFound, tooLateToTakeBack],
  },
  'GET /cases': {
    summary: 'The cases in my area, those due first.',
    query: z.object({
      ...pageQuery,
      state: z.enum([...caseStates, 'open', 'any']).default('open'),
      /** Those of one family of the registry. */
      household: idSchema.optional(),
      mine: z.enum(['true', 'false']).optional(),
      late: z.enum(['true', 'false']).optional(),
      division: divisionSchema.optional(),
    }),
    answer: pageOf(summary),
  },
  'GET /cases/:caseId': {
    summary: 'One case: whom it is about, why it matched, what was done, what can be done now.',
    params: caseId,
    answer: summary.extend({
      version: z.number().int(),
      /** Unmasked for who looks after it; null once consent is withdrawn. */
      fullName: z.string().nullable(),
      phone: z.string().nullable(),
      note: z.string().nullable(),
      /** Open it with GET /screenings/:id; null once consent is withdrawn. */
      screening: idSchema.nullable(),
      consent: z.enum(['stands', 'withdrawn']),
      consentWords: wordsSchema,
      household: idSchema.nullable(),
      /** What the family said it needs; null: nothing, or consent is withdrawn. */
      needs: z
        .object({
          items: z.array(wordsSchema),
          words: z.string().nullable(),
          /** They are needs of the household now. */
          heard: z.boolean(),
        })
        .nullable(),
      /** Whether who asks may say which family of the register it is, or take that back. */
      mayKnowFamily: z.boolean(),
      steps: z.array(step),
      filings: z.array(filing),
      /** The papers of what can be applied for, to be marked when filing. */
      checklists: z.array(checklist),
      outcome: z.object({ kind: z.enum(outcomes), words: wordsSchema, note: z.string().nullable() }).nullable(),
      questions: z.array(
        z.object({
          id: idSchema,
          askedAt: instantSchema,
          text: z.string(),
          answer: z.string().nullable(),
          answeredAt: instantSchema.nullable(),
          dueOn: daySchema,
          late: z.boolean(),
          mayAnswer: z.boolean(),
        }),
      ),
      next: z.array(next),
    }),
    refusals: [caseNotFound],
  },
  'GET /cases/:caseId/guides': {
    summary: 'To whom a case can be handed: guides of the village, clerks of the township.',
    params: caseId,
    answer: z.object({
      items: z.array(
        z.object({ account: idSchema, name: z.string(), role: z.enum(['guide', 'townshipClerk']), words: wordsSchema }),
      ),
    }),
    refusals: [caseNotFound],
  },
  'POST /cases/:caseId/family': {
    summary:
      'Says which household of the register it is, by somebody who has seen who they are: what they said they need becomes needs, and they read their own record.',
    params: caseId,
    body: z.strictObject({ household: idSchema, expectedVersion: z.number().int().positive() }),
    answer: moved,
    refusals: [caseNotFound, notYourCase, changedElsewhere, stepNotOpen, familyKnown],
  },
  'POST /cases/:caseId/family/undo': {
    summary: 'Takes that back: it is another family. Its record is read by nobody for this case any more.',
    params: caseId,
    body: z.strictObject({ reason: text(2, 300), expectedVersion: z.number().int().positive() }),
    answer: moved,
    refusals: [caseNotFound, notYourCase, changedElsewhere, stepNotOpen],
  },
  'POST /cases/:caseId/accept': {
    summary: 'Takes a case that came in. Of two who press at once, the second is told who was first.',
    params: caseId,
    body: z.strictObject({ expectedVersion }),
    answer: moved,
    refusals: [...change, alreadyAccepted],
  },
  'POST /cases/:caseId/contact': {
    summary: 'Notes that the family was reached, or was not.',
    params: caseId,
    body: z.strictObject({
      expectedVersion,
      how: z.enum(['phone', 'wechat', 'inPerson', 'noAnswer']),
      on: daySchema.optional(),
      note: text(1, 1000).optional(),
    }),
    answer: moved,
    refusals: [...change, dayInFuture],
  },
  'POST /cases/:caseId/visits': {
    summary: 'Notes a visit at home.',
    params: caseId,
    body: z.strictObject({ expectedVersion, on: daySchema, note: text(4, 2000) }),
    answer: moved,
    refusals: [...change, dayInFuture],
  },
  'POST /cases/:caseId/filings': {
    summary: 'Files an application on behalf of the family (代办), with the papers marked one by one.',
    params: caseId,
    body: z.strictObject({
      expectedVersion,
      policy: text(1, 12),
      person: z.string().max(8).nullable().default(null),
      on: daySchema.optional(),
      /** Which window or office took it. */
      filedAt: text(2, 100),
      papers: z.array(z.strictObject({ paper: text(1, 200), state: z.enum(paperStates) })).max(60),
    }),
    answer: moved,
    refusals: [...change, dayInFuture, unknownPolicy, materialsMissing],
  },
  'POST /cases/:caseId/hand-over': {
    summary: 'Hands a case to the township or to another guide.',
    params: caseId,
    body: z.strictObject({ expectedVersion, to: z.union([z.literal('township'), idSchema]), reason: text(2, 500) }),
    answer: moved,
    refusals: [...change, nobodyThere],
  },
  'POST /cases/:caseId/take-over': {
    summary: 'The township takes what was handed to it.',
    params: caseId,
    body: z.strictObject({ expectedVersion }),
    answer: moved,
    refusals: [...change, alreadyAccepted],
  },
  'POST /cases/:caseId/return': {
    summary: 'The township gives a case back to the village with a reason.',
    params: caseId,
    body: z.strictObject({ expectedVersion, reason: text(2, 500) }),
    answer: moved,
    refusals: [...change],
  },
  'POST /cases/:caseId/close': {
    summary: 'Closes a case with its outcome.',
    params: caseId,
    body: z.strictObject({ expectedVersion, outcome: z.enum(outcomes), note: text(2, 1000) }),
    answer: moved,
    refusals: [...change],
  },
  'POST /cases/:caseId/reopen': {
    summary: 'Takes a closed case up again.',
    params: caseId,
    body: z.strictObject({ expectedVersion, reason: text(2, 500) }),
    answer: moved,
    refusals: [...change],
  },
  'POST /cases/:caseId/questions/:questionId/answer': {
    summary: 'Answers what the family asked or complained about.',
    params: z.object({ caseId: idSchema, questionId: idSchema }),
    body: z.strictObject({ answer: text(2, 1000) }),
    answer: z.object({ id: idSchema }),
    refusals: [caseNotFound],
  },
  'GET /my/cases': {
    summary: '我的事: what I handed in, each step with its date and office.',
    answer: z.object({
      items: z.array(
        z.object({
          id: idSchema,
          submission: idSchema,
          state: z.enum(caseStates),
          /** One sentence: where it stands and what comes next. */
          sentence: wordsSchema,
          wants: z.array(wordsSchema),
          handedInAt: instantSchema,
          canTakeBackUntil: instantSchema.nullable(),
          screening: idSchema.nullable(),
          consentGiven: z.boolean(),
          nextBy: daySchema.nullable(),
          steps: z.array(z.object({ on: daySchema, words: wordsSchema, office: wordsSchema })),
          outcome: wordsSchema.nullable(),
          questions: z.array(
            z.object({
              id: idSchema,
              askedAt: instantSchema,
              text: z.string(),
              answer: z.string().nullable(),
              answeredAt: instantSchema.nullable(),
              dueOn: daySchema,
            }),
          ),
          mayAsk: z.boolean(),
        }),
      ),
    }),
  },
  'POST /my/cases/:caseId/questions': {
    summary: 'Asks why, or complains; the township answers within its time.',
    params: caseId,
    body: z.strictObject({ text: text(2, 500) }),
    answer: z.object({ id: idSchema, dueOn: daySchema }),
    refusals: [caseNotFound],
  },
  'GET /today': {
    summary: '工作台: what is due, what came in, the next three, the week.',
    answer: z.object({
      /** One sentence a person could say aloud. */
      sentence: wordsSchema,
      nextThree: z.array(
        z.object({
          case: idSchema,
          words: wordsSchema,
          consequence: wordsSchema,
          step: z.enum(caseSteps).nullable(),
          late: z.boolean(),
        }),
      ),
      due: z.array(summary),
      cameIn: z.array(summary),
      counts: z.object({
        open: z.number().int(),
        late: z.number().int(),
        dueToday: z.number().int(),
        dueThisWeek: z.number().int(),
        newToday: z.number().int(),
        questions: z.number().int(),
        protectedOpen: z.number().int(),
        closedThisWeek: z.number().int(),
      }),
      week: z.array(z.object({ on: daySchema, workingDay: z.boolean(), due: z.number().int() })),
      /** Shown when nothing is due: 下一件在周三 */
      nextDueOn: daySchema.nullable(),
    }),
  },
})
