import { refusal } from '@zhulian/kernel'
import { contract, idSchema, instantSchema, text, wordsSchema, z } from '@zhulian/kernel/contract'
import { deliveryStates } from './delivery.ts'
import { dayNotYet } from '../refusals.ts'
import { sentAsOther, sourceNotFound, tableUnclear } from './contract.ts'

export const keyNotFound = refusal('feeds.keyNotFound', 404, () => ({
  zh: '没有找到这把密钥。请刷新后再看。',
  en: 'This key was not found. Please reload.',
}))
export const keyHasEnded = refusal('feeds.keyHasEnded', 409, () => ({
  zh: '这把密钥已经停用。需要的话，请新做一把。',
  en: 'This key has ended already. Make a new one if it is needed.',
}))
export const signatureWrong = refusal('feeds.signatureWrong', 401, () => ({
  zh: '签名不对：密钥编号、密钥或签名方法有误，或者内容在路上变了。没有收下任何内容。请核对后重新签名再送。',
  en: 'The signature does not fit: the key’s number, the key, or the way of signing is wrong, or the content changed on its way. Nothing was taken in. Check, sign again and send again.',
}))
export const keyEnded = refusal<{ until: string }>('feeds.keyEnded', 401, ({ until }) => ({
  zh: `签名用的密钥已于 ${until} 停用，没有收下任何内容。请换用管理员新发的密钥，再送一次。`,
  en: `The key that signed this ended on ${until}; nothing was taken in. Use the new key from the administrator and send it again.`,
}))
export const clockOff = refusal<{ seconds: number }>('feeds.clockOff', 401, ({ seconds }) => ({
  zh: `签名上的时间和这里相差 ${Math.abs(seconds)} 秒，超过5分钟，没有收下任何内容。请校准发送方的时钟，重新签名再送。`,
  en: `The time in the signature differs from ours by ${Math.abs(seconds)} seconds, more than five minutes; nothing was taken in. Set the sender’s clock, sign again and send again.`,
}))
export const replayed = refusal('feeds.replayed', 409, () => ({
  zh: '这个请求已经收到过一次，没有再收。每次发送请用新的随机数（X-Zhulian-Nonce）。',
  en: 'This request has come before and was not taken in again. Use a new X-Zhulian-Nonce for each request.',
}))
export const envelopeWrong = refusal<{ zh: string; en: string }>('feeds.envelopeWrong', 422, ({ zh, en }) => ({
  zh: `信封的内容不对：${zh}。没有收下任何内容。`,
  en: `The envelope is wrong: ${en}. Nothing was taken in.`,
}))

const made = z.object({
  id: idSchema,
  /** Told this once. */
  secret: z.string(),
})
const key = z.object({ keyId: idSchema })

/** What machines of the bureaus and the administrator who keeps their keys may ask. */
export const sendingContract = contract({
  'POST /deliveries/signed/:source': {
    summary:
      'Takes in a delivery as JSON that a machine of the bureau has signed: HMAC-SHA-256 in hexadecimal over X-Zhulian-At (seconds since 1970), a line feed, X-Zhulian-Nonce, a line feed and the body, five minutes at most before or after our clock, each nonce once. The body: {"feedId", "batchId", "asOfDate", "recordCount", "records": […]}; the keys of a record are the keys of the source’s columns.',
    params: z.object({ source: z.string().max(60) }),
    takes: 'signed',
    answer: z.object({
      id: idSchema,
      state: z.enum(deliveryStates),
      rows: z.number().int(),
      /** The same was here before; nothing was taken in again. */
      isAgain: z.boolean(),
    }),
    refusals: [
      signatureWrong,
      keyEnded,
      clockOff,
      replayed,
      envelopeWrong,
      sourceNotFound,
      sentAsOther,
      dayNotYet,
      tableUnclear,
    ],
  },
  'GET /sender-keys': {
    summary: 'Keys that machines of the bureaus sign with, without their secrets; those that count first.',
    answer: z.object({
      items: z.array(
        z.object({
          id: idSchema,
          source: z.string(),
          sourceName: wordsSchema,
          sender: z.string(),
          from: instantSchema,
          until: instantSchema.nullable(),
          usedAt: instantSchema.nullable(),
          isGood: z.boolean(),
        }),
      ),
      sources: z.array(z.object({ source: z.string(), code: z.string(), name: wordsSchema })),
    }),
  },
  'POST /sender-keys': {
    summary: 'Makes a key for one machine and one source. The secret is told once.',
    body: z.strictObject({ source: z.string().max(60), sender: text(2, 60) }),
    answer: made,
    refusals: [sourceNotFound],
  },
  'POST /sender-keys/:keyId/rotate': {
    summary: 'Makes a new key; the old one is good for some hours yet.',
    params: key,
    body: z.strictObject({ overlapHours: z.number().int().min(0).max(168) }),
    answer: made,
    refusals: [keyNotFound, keyHasEnded],
  },
  'POST /sender-keys/:keyId/end': {
    summary: 'Ends a key at once.',
    params: key,
    body: z.strictObject({}),
    answer: z.object({}),
    refusals: [keyNotFound, keyHasEnded],
  },
})
