import { duties, refusal } from '@zhulian/kernel'
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
import { levels, originKinds, taskStates, visitKinds } from './task.ts'

export const taskNotFound = refusal('outreach.taskNotFound', 404, () => ({
  zh: '没有找到这次走访，或它不在您的片区。',
  en: 'This visit was not found, or is not in your area.',
}))
export const taskStepNotOpen = refusal<{ state: { zh: string; en: string } }>(
  'outreach.taskStepNotOpen',
  409,
  ({ state }) => ({
    zh: `这次走访现在是“${state.zh}”，这一步不能做了。请刷新看看现在到哪一步。`,
    en: `This visit is “${state.en}”; that step is not open. Please reload to see where it stands.`,
  }),
)
export const reasonMissing = refusal('outreach.reasonMissing', 422, () => ({
  zh: '请写一句为什么，接手的人要看。',
  en: 'Please say why, for whoever takes it on.',
}))
export const deviceNotYours = refusal('outreach.deviceNotYours', 403, () => ({
  zh: '这台手机没有登记在您名下，或已停用。手机里存的任务会清空，请重新登记。',
  en: 'This telephone is not registered to you, or was revoked. What it keeps will be emptied; please register it again.',
}))
export const deviceNotFound = refusal('outreach.deviceNotFound', 404, () => ({
  zh: '没有找到这台手机。',
  en: 'This telephone was not found.',
}))
export const attachmentWrong = refusal('outreach.attachmentWrong', 422, () => ({
  zh: '这个文件收不了：照片要 JPEG 或 PNG，录音要 WebM、OGG 或 MP4，都不超过2兆。请重拍或重录。',
  en: 'This file cannot be taken: photos are JPEG or PNG, spoken notes WebM, OGG or MP4, at most 2 MB. Please take it again.',
}))
export const attachmentNotFound = refusal('outreach.attachmentNotFound', 404, () => ({
  zh: '没有找到这个附件。',
  en: 'This attachment was not found.',
}))

export const noSuchWorker = refusal('outreach.noSuchWorker', 422, () => ({
  zh: '有一个人不在这里工作，看不了这一户。请从列表中选择。',
  en: 'One of these people does not work where this family lives. Please choose from the list.',
}))
export const noteNotFound = refusal('outreach.noteNotFound', 404, () => ({
  zh: '没有找到这条记录。',
  en: 'This note was not found.',
}))

const visitId = z.object({ visitId: idSchema })
const taskId = z.object({ taskId: idSchema })
const stepNames = ['take', 'handOver', 'takeOver', 'giveBack', 'cancel', 'reopen'] as const

const taskLine = z.object({
  id: idSchema,
  kind: z.enum(visitKinds),
  kindWords: wordsSchema,
  /** Which of the four duties it is a piece of; null where nobody said. */
  dutyWords: wordsSchema.nullable(),
  household: idSchema,
  /** Masked in lists. */
  name: z.string(),
  place: z.string(),
  level: z.enum(levels).nullable(),
  origin: z.enum(originKinds),
  state: z.enum(taskStates),
  stateWords: wordsSchema,
  careful: z.boolean(),
  holder: z.string().nullable(),
  mine: z.boolean(),
  dueOn: daySchema,
  /** Working days; negative when late. */
  daysLeft: z.number().int(),
  version: z.number().int(),
})

const option = z.object({ value: z.union([z.string(), z.boolean(), z.number()]), words: wordsSchema })
const formField = z.object({
  /** Without prefix, as in the dictionary. */
  fact: z.string(),
  words: wordsSchema,
  kind: z.enum(['choice', 'yesNo', 'number', 'money', 'text', 'date']),
  options: z.array(option),
  unit: wordsSchema.nullable(),
})
const form = z.object({
  kind: z.enum(visitKinds),
  words: wordsSchema,
  opening: wordsSchema,
  household: z.array(formField),
  person: z.array(formField.extend({ from: z.number().int(), to: z.number().int() })),
  asks: z.array(z.object({ id: z.string(), words: wordsSchema, options: z.array(option) })),
  results: z.array(option),
  risks: z.array(option),
  needs: z.array(option),
  duties: z.array(option),
})

const value = z.json()
const head = z.object({
  id: z.string(),
  field: z.string(),
  base: z.array(z.string()),
  value,
  by: z.string(),
  at: instantSchema,
})

/** Only those that name who asks; elsewhere there is no trace of them. */
const protectedNote = z.object({ id: idSchema, text: z.string(), by: z.string(), at: instantSchema })

const dayTask = z.object({
  id: idSchema,
  visit: idSchema,
  kind: z.enum(visitKinds),
  dutyWords: wordsSchema.nullable(),
  household: idSchema,
  headName: z.string(),
  place: z.string(),
  level: z.enum(levels).nullable(),
  dueOn: daySchema,
  late: z.boolean(),
  why: wordsSchema.nullable(),
  circle: z.number().int().nullable(),
  facts: z.record(z.string(), value),
  /** How many members are under 18 and closed to who asks; nothing else of them is told. */
  children: z.number().int(),
  /** What is not known and keeps somebody in the circle they stand in; of what is not for who asks only that there is something. */
  toFind: z.array(wordsSchema),
  members: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      age: z.number().int().nullable(),
      relation: z.string(),
      facts: z.record(z.string(), value),
    }),
  ),
  last: z.object({ on: daySchema, by: z.string(), result: wordsSchema, note: z.string().nullable() }).nullable(),
  notes: z.array(protectedNote),
})

const device = z.object({
  id: idSchema,
  name: z.string(),
  registeredAt: instantSchema,
  seenAt: instantSchema,
  revokedAt: instantSchema.nullable(),
})

export const revokeReasons = ['lost', 'replaced', 'left'] as const

export const alarmKinds = ['violence', 'suicide', 'childAbuse'] as const

export const visitsContract = {
  'GET /tasks': {
    summary: 'Visits to make in my area, the most urgent first; those done or called off when asked for.',
    query: z.object({
      ...pageQuery,
      state: z.enum(['open', 'closed']).default('open'),
      mine: z.enum(['true', 'false']).optional(),
      household: idSchema.optional(),
      division: divisionSchema.optional(),
    }),
    answer: pageOf(taskLine),
  },
  'GET /tasks/:taskId': {
    summary: 'One visit: why, what was written down, what was found, what can be done now.',
    params: taskId,
    answer: taskLine.extend({
      fullName: z.string(),
      why: wordsSchema.nullable(),
      /** The reason given with the last step. */
      reason: z.string().nullable(),
      next: z.array(z.object({ step: z.enum([...stepNames, 'visit']), words: wordsSchema, asksReason: z.boolean() })),
      visits: z.array(
        z.object({
          id: idSchema,
          on: daySchema.nullable(),
          by: z.string().nullable(),
          submittedAt: instantSchema.nullable(),
          fields: z.array(
            z.object({
              field: z.string(),
              words: wordsSchema,
              about: z.string().nullable(),
              /** One, or the sides of what is not settled yet. */
              values: z.array(z.object({ said: wordsSchema, by: z.string(), at: instantSchema })),
              /** Written after the visit was handed in; in no fact until somebody looks. */
              after: z.boolean(),
            }),
          ),
          attachments: z.array(
            z.object({
              id: idSchema,
              kind: z.enum(['photo', 'signature', 'voice']),
              type: z.string(),
              at: instantSchema,
            }),
          ),
        }),
      ),
    }),
    refusals: [taskNotFound],
  },
  'POST /tasks/:taskId/steps': {
    summary: 'Moves a visit on: take, hand over, take over, give back, call off, ask for another.',
    params: taskId,
    body: z.strictObject({ step: z.enum(stepNames), reason: text(2, 500).optional() }),
    answer: z.object({ id: idSchema, state: z.enum(taskStates), version: z.number().int() }),
    refusals: [taskNotFound, taskStepNotOpen, reasonMissing],
  },
  'POST /households/:householdId/tasks': {
    summary: 'Asks the village’s guide to go and look at a family.',
    params: z.object({ householdId: idSchema }),
    body: z.strictObject({
      kind: z.enum(visitKinds),
      dueOn: daySchema,
      level: z.enum(levels).optional(),
      duty: z.enum(duties).optional(),
      why: text(2, 300),
      /** The township’s alone. */
      careful: z.boolean().default(false),
    }),
    answer: z.object({ id: idSchema }),
  },
  'POST /sync': {
    summary:
      'Takes what a telephone wrote without a network, row by row, and answers with the tasks of today and the sheets as they are now.',
    body: z.strictObject({
      device: idSchema,
      edits: z
        .array(
          z.strictObject({
            visit: idSchema,
            counter: z.number().int().min(1).max(2_000_000_000),
            field: text(1, 120),
            base: z.array(z.string().max(60)).max(64),
            value,
            at: instantSchema,
          }),
        )
        .max(500),
      /** Sheets to hand in once their rows are kept. */
      hand: z.array(z.strictObject({ visit: idSchema, on: daySchema })).max(60),
      /** What must reach the township at once and nobody else. */
      alarms: z
        .array(
          z.strictObject({ id: idSchema, visit: idSchema, kind: z.enum(alarmKinds), words: text(1, 500).optional() }),
        )
        .max(20),
      /** Visits of colleagues that are filled in together today. */
      also: z.array(idSchema).max(20),
      /** How many edits of each sheet the telephone knows of. */
      seen: z.record(idSchema, z.number().int()),
      /** Which forms it has. */
      forms: z.string().max(40),
    }),
    answer: z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          state: z.enum(['kept', 'conflict', 'refused', 'renumber']),
          words: wordsSchema.optional(),
        }),
      ),
      handed: z.array(
        z.object({ visit: idSchema, state: z.enum(['done', 'conflict', 'refused']), words: wordsSchema.optional() }),
      ),
      /** One that was refused did not reach the township, and stays on the telephone. */
      alarms: z.array(z.object({ id: idSchema, state: z.enum(['raised', 'refused']), words: wordsSchema.optional() })),
      lastCounter: z.number().int(),
      tasks: z.array(dayTask),
      /** Sheets that changed: what stands in each field; null where the telephone had seen all but what it sends now. */
      sheets: z.record(z.string(), z.object({ edits: z.number().int(), heads: z.array(head).nullable() })),
      forms: z.object({ version: z.string(), all: z.array(form) }).nullable(),
      today: daySchema,
    }),
    refusals: [deviceNotYours],
  },
  'POST /visits/:visitId/attachments': {
    summary: 'A photo, a signature or a spoken note of a visit. The same id sent again changes nothing.',
    takes: 'multipart',
    params: visitId,
    query: z.object({ id: idSchema, kind: z.enum(['photo', 'signature', 'voice']), takenAt: instantSchema }),
    answer: z.object({ id: idSchema }),
    refusals: [taskNotFound, attachmentWrong],
  },
  'GET /attachments/:attachmentId': {
    summary: 'A photo, a signature or a spoken note, as a file.',
    params: z.object({ attachmentId: idSchema }),
    answer: 'file',
    refusals: [attachmentNotFound],
  },
  'POST /devices': {
    summary: 'Registers this telephone. Its secret is shown once; with the PIN it locks what the telephone keeps.',
    body: z.strictObject({ name: text(1, 60) }),
    answer: z.object({ id: idSchema, secret: z.string() }),
  },
  'GET /devices': {
    summary: 'My telephones; with an account, those of a colleague.',
    query: z.object({ account: idSchema.optional() }),
    answer: z.object({ items: z.array(device) }),
  },
  'DELETE /devices/:deviceId': {
    summary: 'Revokes a telephone: at its next contact it empties itself.',
    params: z.object({ deviceId: idSchema }),
    answer: z.object({ id: idSchema }),
    refusals: [deviceNotFound],
  },
  'GET /work-phones': {
    summary: 'Work telephones of those who work under who asks, the last seen first; an administrator sees all.',
    query: z.object({ ...pageQuery, state: z.enum(['inUse', 'revoked']).default('inUse') }),
    answer: pageOf(
      device.extend({
        owner: z.object({ id: idSchema, name: z.string() }),
        /** Whole days since it was last seen. After one it has emptied itself, if anybody opened it. */
        daysSilent: z.number().int(),
        revokedBy: z.string().nullable(),
      }),
    ),
  },
  'POST /work-phones/:deviceId/revoke': {
    summary:
      'Revokes a colleague’s telephone: it empties itself at its next contact, and a lost one is signed out at once.',
    params: z.object({ deviceId: idSchema }),
    body: z.strictObject({ reason: z.enum(revokeReasons) }),
    answer: z.object({ id: idSchema }),
    refusals: [deviceNotFound],
  },
  'POST /devices/:deviceId/standing': {
    summary:
      'A telephone whose session has ended asks whether it may keep what it has. Asked with its secret, by nobody else.',
    params: z.object({ deviceId: idSchema }),
    body: z.strictObject({ secret: z.string().max(100) }),
    answer: z.object({ stands: z.boolean() }),
  },
  'GET /households/:householdId/workers': {
    summary: 'Who works where a family lives, to be named in a note: those of the village first.',
    params: z.object({ householdId: idSchema }),
    answer: z.object({
      items: z.array(
        z.object({ id: idSchema, name: z.string(), role: z.enum(['guide', 'townshipClerk', 'districtOfficer']) }),
      ),
    }),
  },
  'GET /households/:householdId/protected-notes': {
    summary: 'The notes about a family that name who asks; nobody learns whether there are others.',
    params: z.object({ householdId: idSchema }),
    answer: z.object({
      items: z.array(
        protectedNote.extend({ mine: z.boolean(), readers: z.array(z.object({ id: idSchema, name: z.string() })) }),
      ),
    }),
  },
  'POST /households/:householdId/protected-notes': {
    summary: 'A note that only the workers named in it, and who wrote it, may read.',
    params: z.object({ householdId: idSchema }),
    body: z.strictObject({ text: text(2, 2000), readers: z.array(idSchema).max(9) }),
    answer: z.object({ id: idSchema }),
    refusals: [noSuchWorker],
  },
  'PUT /protected-notes/:noteId/readers': {
    summary: 'Who wrote a note says anew who else may read it.',
    params: z.object({ noteId: idSchema }),
    body: z.strictObject({ readers: z.array(idSchema).max(9) }),
    answer: z.object({ id: idSchema }),
    refusals: [noteNotFound, noSuchWorker],
  },
} as const
