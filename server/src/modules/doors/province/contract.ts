import { refusal, type Words } from '@zhulian/kernel'
import { contract, idSchema, instantSchema, pageOf, pageQuery, text, wordsSchema, z } from '@zhulian/kernel/contract'
import { provinceFaults, provinceStates } from '../tables.ts'

export const signatureWrong = refusal('doors.signatureWrong', 401, () => ({
  zh: '签名不对：密钥编号、密钥或签名方法有误，或者内容在路上变了。没有收下任何内容。请核对后重新签名再送。',
  en: 'The signature does not fit: the key’s number, the key, or the way of signing is wrong, or the content changed on its way. Nothing was taken in. Check, sign again and send again.',
}))
export const keyEnded = refusal('doors.keyEnded', 401, () => ({
  zh: '签名用的密钥已经停用，没有收下任何内容。请换用管理员新发的密钥，再送一次。',
  en: 'The key that signed this has ended; nothing was taken in. Use the new key from the administrator and send it again.',
}))
export const clockOff = refusal<{ seconds: number }>('doors.clockOff', 401, ({ seconds }) => ({
  zh: `签名上的时间和这里相差 ${Math.abs(seconds)} 秒，超过5分钟，没有收下任何内容。请校准发送方的时钟，重新签名再送。`,
  en: `The time in the signature differs from ours by ${Math.abs(seconds)} seconds, more than five minutes; nothing was taken in. Set the sender’s clock, sign again and send again.`,
}))
export const replayed = refusal('doors.replayed', 409, () => ({
  zh: '这个请求已经收到过一次，没有再收。每次发送请用新的随机数（X-Zhulian-Nonce）。',
  en: 'This request has come before and was not taken in again. Use a new X-Zhulian-Nonce for each request.',
}))
export const envelopeWrong = refusal<{ zh: string; en: string }>('doors.envelopeWrong', 422, ({ zh, en }) => ({
  zh: `信封的内容不对：${zh}。没有收下任何内容。`,
  en: `The envelope is wrong: ${en}. Nothing was taken in.`,
}))
export const messageNotFound = refusal('doors.messageNotFound', 404, () => ({
  zh: '没有找到这条，或它不归您看。',
  en: 'This message was not found, or is not for you to see.',
}))
export const messageChanged = refusal<{ version: number }>('doors.messageChanged', 409, () => ({
  zh: '这条刚有人处理过。请刷新看看，您写的还在。',
  en: 'Somebody has just dealt with this message. Please reload; what you wrote is kept.',
}))
export const messageNotOpen = refusal('doors.messageNotOpen', 409, () => ({
  zh: '这条已经处理完，这一步不能做了。请刷新看看。',
  en: 'This message is dealt with; that step is not open. Please reload.',
}))
export const stillWrong = refusal<{ why: Words }>('doors.stillWrong', 422, ({ why }) => ({
  zh: `还收不下：${why.zh}您改的还在。`,
  en: `It still cannot be taken in. ${why.en} What you changed is kept.`,
}))

const params = z.object({ messageId: idSchema })
const outcomes = ['accepted', 'duplicate', 'quarantined'] as const
const step = z.object({ state: z.enum(provinceStates), needId: idSchema.nullable(), version: z.number().int() })

export const provinceContract = contract({
  'POST /province/needs': {
    summary:
      'Takes in needs from the province’s platform, signed as a bureau signs a delivery: HMAC-SHA-256 in hexadecimal over X-Zhulian-At, a line feed, X-Zhulian-Nonce, a line feed and the body; five minutes at most before or after our clock, each nonce once. The body: {"batchId", "count", "needs": [{"externalId", "name", "idNumber", "division", "words", "urgent", "toldOn"}]}. Each message is answered for: accepted, duplicate, or quarantined until somebody has looked.',
    takes: 'signed',
    answer: z.object({
      batch: idSchema,
      account: z.object({
        messages: z.number().int(),
        accepted: z.number().int(),
        duplicate: z.number().int(),
        quarantined: z.number().int(),
      }),
      needs: z.array(
        z.object({
          externalId: z.string(),
          outcome: z.enum(outcomes),
          why: z.enum(provinceFaults).nullable(),
        }),
      ),
    }),
    refusals: [signatureWrong, keyEnded, clockOff, replayed, envelopeWrong],
  },
  'GET /province/needs': {
    summary: 'Messages of the province that wait for somebody, or were set aside; the newest first.',
    query: z.object({ ...pageQuery, state: z.enum(['quarantined', 'setAside']).default('quarantined') }),
    answer: pageOf(
      z.object({
        id: idSchema,
        externalId: z.string(),
        /** Null where it names none of ours. */
        place: z.string().nullable(),
        state: z.enum(provinceStates),
        why: z.enum(provinceFaults).nullable(),
        whyWords: wordsSchema.nullable(),
        /** Null once it is forgotten. */
        content: z
          .object({
            name: z.string(),
            idNumber: z.string(),
            words: z.string(),
            urgent: z.boolean(),
            toldOn: z.string().nullable(),
          })
          .nullable(),
        cameAt: instantSchema,
        /** How often the same came. */
        came: z.number().int(),
        endedBy: z.string().nullable(),
        version: z.number().int(),
      }),
    ),
  },
  'GET /province/batches': {
    summary: 'What the province sent or we fetched, each sending with its account; the newest first.',
    query: z.object({ ...pageQuery }),
    answer: pageOf(
      z.object({
        id: idSchema,
        way: z.enum(['push', 'pull']),
        cameAt: instantSchema,
        messages: z.number().int(),
        accepted: z.number().int(),
        duplicate: z.number().int(),
        quarantined: z.number().int(),
      }),
    ),
  },
  'POST /province/needs/:messageId/mend': {
    summary: 'Mends what waits and takes it in: it becomes a need of the family.',
    params,
    body: z.strictObject({
      name: text(1, 50).optional(),
      idNumber: text(1, 40).optional(),
      words: text(4, 500).optional(),
      expectedVersion: z.number().int().positive(),
    }),
    answer: step,
    refusals: [messageNotFound, messageChanged, messageNotOpen, stillWrong],
  },
  'POST /province/needs/:messageId/set-aside': {
    summary: 'Sets one aside with a reason; the province is told that it was, and may be asked for again.',
    params,
    body: z.strictObject({ reason: text(2, 300), expectedVersion: z.number().int().positive() }),
    answer: step,
    refusals: [messageNotFound, messageChanged, messageNotOpen],
  },
  'POST /province/needs/:messageId/take-back': {
    summary: 'Takes back that one was set aside.',
    params,
    body: z.strictObject({ expectedVersion: z.number().int().positive() }),
    answer: step,
    refusals: [messageNotFound, messageChanged, messageNotOpen],
  },
})
