import { refusal, type Words } from '@zhulian/kernel'
import { contract, idSchema, instantSchema, pageOf, pageQuery, text, wordsSchema, z } from '@zhulian/kernel/contract'
import type { AddressFault } from '../../../platform/reach.ts'
import { webhookKindNames } from '../kinds.ts'
import {
  attemptOutcomes,
  deathReasons,
  messageStates,
  pauseReasons,
  subscriptionForms,
  subscriptionStates,
} from '../tables.ts'

const faults: Readonly<Record<AddressFault, Words>> = {
  notUrl: { zh: '不是完整的网址', en: 'it is not a whole address' },
  notHttps: { zh: '要以 https:// 开头', en: 'it must begin with https://' },
  withPassword: { zh: '网址里不能带用户名和密码', en: 'it must hold no name and password' },
  inside: {
    zh: '它在内部网络里；确实要连的，请运维把它写进 ZHULIAN_INSIDE',
    en: 'it lies inside the network; if it must be called, let the operator name it in ZHULIAN_INSIDE',
  },
}

export const subscriptionNotFound = refusal('doors.subscriptionNotFound', 404, () => ({
  zh: '没有找到这个订阅。请刷新后再看。',
  en: 'This subscription was not found. Please reload.',
}))
export const subscriptionChanged = refusal<{ version: number }>('doors.subscriptionChanged', 409, () => ({
  zh: '这个订阅刚有变动。请看一眼新的再改，您写的还在。',
  en: 'This subscription has just changed. Please look at it again; what you wrote is kept.',
}))
export const subscriptionEnded = refusal('doors.subscriptionEnded', 409, () => ({
  zh: '这个订阅已经停用。需要的话，请新建一个。',
  en: 'This subscription has ended. Make a new one if it is needed.',
}))
export const stateAlready = refusal('doors.stateAlready', 409, () => ({
  zh: '它已经是这样了。请刷新看看。',
  en: 'It is so already. Please reload.',
}))
export const addressRefused = refusal<{ fault: AddressFault }>('doors.addressRefused', 422, ({ fault }) => ({
  zh: `这个网址不能用：${faults[fault].zh}。`,
  en: `This address cannot be used: ${faults[fault].en}.`,
}))
export const kindsMissing = refusal('doors.kindsMissing', 422, () => ({
  zh: '请至少选一种要告诉它的事。',
  en: 'Please choose at least one kind of thing it is told of.',
}))
export const provinceThere = refusal('doors.provinceThere', 409, () => ({
  zh: '省平台已经接上了一个。请改那一个，或先停用它。',
  en: 'The province’s platform is connected already. Change that one, or end it first.',
}))
export const tooManySubscriptions = refusal<{ most: number }>('doors.tooManySubscriptions', 409, ({ most }) => ({
  zh: `最多${most}个订阅。请先停用不用的。`,
  en: `There may be ${most} subscriptions. Please end those that are not used first.`,
}))
export const nothingToReplay = refusal('doors.nothingToReplay', 409, () => ({
  zh: '没有可以重发的消息：可能正在等着发，或已过了保存期。',
  en: 'There is nothing to send again: it may be waiting to be sent, or is no longer kept.',
}))

const params = z.object({ subscriptionId: idSchema })
const made = z.object({
  id: idSchema,
  /** Told this once. */
  secret: z.string(),
})
const name = text(2, 60)
const url = text(8, 500)
const kinds = z.array(z.enum(webhookKindNames)).max(webhookKindNames.length)
const step = { params, body: z.strictObject({}), answer: z.object({}) }

const subscription = z.object({
  id: idSchema,
  form: z.enum(subscriptionForms),
  name: z.string(),
  url: z.string(),
  kinds: z.array(z.string()),
  state: z.enum(subscriptionStates),
  why: z.enum(pauseReasons).nullable(),
  version: z.number().int(),
  oldUntil: instantSchema.nullable(),
  /** Calls in a row that brought nothing, and until when it is left alone. */
  failures: z.number().int(),
  notBefore: instantSchema.nullable(),
  heardAt: instantSchema.nullable(),
  pulledAt: instantSchema.nullable(),
  waiting: z.number().int(),
  dead: z.number().int(),
  /** Of those, given up within seven days. */
  deadLately: z.number().int(),
  delivered: z.number().int(),
})

export const webhooksContract = contract({
  'GET /webhooks': {
    summary:
      'Systems that are told of what happens here, with how many messages wait, arrived and are given up; the newest first.',
    answer: z.object({
      items: z.array(subscription),
      kinds: z.array(z.object({ kind: z.enum(webhookKindNames), words: wordsSchema })),
    }),
  },
  'POST /webhooks': {
    summary:
      'Tells another system from now on, by Standard Webhooks: POST of {"type", "timestamp", "data"} with webhook-id, webhook-timestamp and webhook-signature (v1, HMAC-SHA-256). Data are ids and states. The secret is told once. Of the form province: results go to <address>/results and needs are fetched from <address>/needs.',
    body: z.strictObject({ form: z.enum(subscriptionForms).default('webhook'), name, url, kinds }),
    answer: made,
    refusals: [addressRefused, kindsMissing, provinceThere, tooManySubscriptions],
  },
  'PUT /webhooks/:subscriptionId': {
    summary: 'Changes its name, its address, or what it is told of.',
    params,
    body: z.strictObject({ name, url, kinds, expectedVersion: z.number().int().positive() }),
    answer: z.object({ version: z.number().int() }),
    refusals: [subscriptionNotFound, subscriptionChanged, subscriptionEnded, addressRefused, kindsMissing],
  },
  'POST /webhooks/:subscriptionId/pause': {
    ...step,
    summary: 'Sends it nothing for a while; what happens meanwhile waits.',
    refusals: [subscriptionNotFound, subscriptionEnded, stateAlready],
  },
  'POST /webhooks/:subscriptionId/resume': {
    ...step,
    summary: 'Takes it up again: what waited goes out, at once.',
    refusals: [subscriptionNotFound, subscriptionEnded, stateAlready],
  },
  'POST /webhooks/:subscriptionId/rotate': {
    summary: 'Makes a new secret; for some hours messages carry the signature of the old one too.',
    params,
    body: z.strictObject({ overlapHours: z.number().int().min(0).max(168) }),
    answer: made,
    refusals: [subscriptionNotFound, subscriptionEnded],
  },
  'POST /webhooks/:subscriptionId/end': {
    ...step,
    summary: 'Ends it: what waits is given up, its secret is forgotten.',
    refusals: [subscriptionNotFound, subscriptionEnded],
  },
  'POST /webhooks/:subscriptionId/trial': {
    ...step,
    summary: 'Sends one message of the kind doors.trial.',
    answer: z.object({ id: idSchema }),
    refusals: [subscriptionNotFound, subscriptionEnded],
  },
  'GET /webhooks/:subscriptionId/messages': {
    summary: 'Its messages with each try, the newest first.',
    params,
    query: z.object({ ...pageQuery, state: z.enum(messageStates).optional() }),
    answer: pageOf(
      z.object({
        id: idSchema,
        kind: z.string(),
        kindWords: wordsSchema,
        about: idSchema,
        saidAt: instantSchema,
        state: z.enum(messageStates),
        why: z.enum(deathReasons).nullable(),
        nextAt: instantSchema.nullable(),
        replays: z.number().int(),
        tries: z.number().int(),
        /** The last twenty, the newest first. */
        attempts: z.array(
          z.object({
            id: idSchema,
            at: instantSchema,
            ms: z.number().int(),
            outcome: z.enum(attemptOutcomes),
            status: z.number().int().nullable(),
            answer: z.string().nullable(),
          }),
        ),
      }),
    ),
    refusals: [subscriptionNotFound],
  },
  'POST /webhooks/:subscriptionId/replay': {
    summary:
      'Sends again, under the same id: one message, or those of a span of time, those given up alone or all that ended; five thousand at most.',
    params,
    body: z.union([
      z.strictObject({ message: idSchema }),
      z.strictObject({ from: instantSchema, until: instantSchema, which: z.enum(['dead', 'all']) }),
    ]),
    answer: z.object({ replayed: z.number().int() }),
    refusals: [subscriptionNotFound, subscriptionEnded, nothingToReplay],
  },
})
