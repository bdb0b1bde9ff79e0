import { refusal } from '@zhulian/kernel'
import type { Failure } from '@zhulian/kernel/contract'

export const partnerNotFound = refusal('doors.partnerNotFound', 404, () => ({
  zh: '没有找到这个合作系统。请刷新后再看。',
  en: 'This partner was not found. Please reload.',
}))
export const partnerEnded = refusal('doors.partnerEnded', 409, () => ({
  zh: '这个合作系统已经停用。需要的话，请新建一个。',
  en: 'This partner has ended. Make a new one if it is needed.',
}))
export const noticeNotDead = refusal('doors.noticeNotDead', 409, () => ({
  zh: '这条通知没有可重送的：已经送到、已经重送，或订阅已停。请刷新后再看。',
  en: 'There is nothing to send again: it arrived, was sent again already, or the subscription has ended. Please reload.',
}))
export const senderTaken = refusal('doors.senderTaken', 409, () => ({
  zh: '已有合作系统用着这个标识。请换一个，或先停用那一个。',
  en: 'Another partner has this sender id. Take another one, or end that partner first.',
}))
export const partnerKeyWrong = refusal('doors.partnerKeyWrong', 422, () => ({
  zh: '这不是可用的公钥（JWK：Ed25519、P-256 或 2048 位以上的 RSA，不含私钥）。请向对方重新索取。',
  en: 'This is no public key that can be used (JWK: Ed25519, P-256, or RSA of 2048 bits and more, without the private part). Ask the partner for it again.',
}))
export const partnerAddressRefused = refusal('doors.partnerAddressRefused', 422, () => ({
  zh: '回送地址不能用：要以 https:// 开头、不带路径，并在外部网络；确实要连内部的，请运维把它写进 ZHULIAN_INSIDE。',
  en: 'The address for answers cannot be used: https:// without a path, outside of the network; if it must lie inside, let the operator name it in ZHULIAN_INSIDE.',
}))

export const partnerDayOver = refusal('doors.partnerDayOver', 422, () => ({
  zh: '最后一天已经过了。请写今天或以后的一天。',
  en: 'The last day is over. Please give today or a later day.',
}))

export const toldUnaskedRefused = refusal('doors.toldUnaskedRefused', 422, () => ({
  zh: '要主动告诉它，得有法律法规作依据（不是每次同意），并填回送网址。',
  en: 'To be told without asking it needs a basis in law (not consent each time) and an address for answers.',
}))

// Machines of partners are told in the words of the interface; `dci` is its code.

export const clientUnknown = refusal('doors.clientUnknown', 401, () => ({
  zh: '客户端编号或密钥不对，或已停用。请向管理员核对。',
  en: 'client_id or client_secret is wrong or has ended. Ask the administrator.',
}))
export const grantNotTaken = refusal('doors.grantNotTaken', 400, () => ({
  zh: '只支持 grant_type=client_credentials，须带 client_id 和 client_secret。',
  en: 'Only grant_type=client_credentials with client_id and client_secret is taken.',
}))
export const tokenMissing = refusal<{ dci: string }>('doors.tokenMissing', 401, () => ({
  zh: '缺少访问令牌，或令牌不对、已过期。请重新领取后再送。',
  en: 'The access token is missing, wrong or has expired. Get a new one and send again.',
}))
export const askedTooOften = refusal<{ dci: string; retryAfterSeconds: number }>(
  'doors.askedTooOften',
  429,
  ({ retryAfterSeconds }) => ({
    zh: `问得太快，请 ${retryAfterSeconds} 秒后再问。`,
    en: `Asked too often; ask again in ${retryAfterSeconds} seconds.`,
  }),
)
export const senderWrong = refusal<{ dci: string }>('doors.senderWrong', 403, () => ({
  zh: '信封上的 sender_id 不是令牌的主人。没有处理。请核对。',
  en: 'sender_id is not whose token this is; nothing was done.',
}))
export const callbackRefused = refusal<{ dci: string }>('doors.callbackRefused', 400, () => ({
  zh: 'sender_uri 不在登记的回送地址下，或没有登记。没有处理。',
  en: 'sender_uri is not under the address that was agreed, or none was; nothing was done.',
}))
export const signatureRefused = refusal<{ dci: string }>('doors.signatureRefused', 401, () => ({
  zh: '签名缺少或不对，没有处理。请核对密钥和签名方法。',
  en: 'The signature is missing or does not hold; nothing was done. Check the key and the way of signing.',
}))
export const encryptionNotTaken = refusal<{ dci: string }>('doors.encryptionNotTaken', 400, () => ({
  zh: '不接收加密的报文（传输已由 HTTPS 加密）。',
  en: 'Encrypted messages are not taken: HTTPS protects them on their way.',
}))
export const envelopeRefused = refusal<{ dci: string; where: string }>('doors.envelopeRefused', 400, ({ where }) => ({
  zh: `报文不合规范，没有处理：${where}。`,
  en: `The message is not as the interface has it; nothing was done: ${where}.`,
}))

const byStatus: Readonly<Record<number, string>> = {
  401: 'err.request.unauthorized',
  403: 'err.request.forbidden',
  404: 'err.request.not_found',
  408: 'err.request.timeout',
  429: 'err.request.too_many_requests',
  500: 'err.service.unavailable',
  503: 'err.service.unavailable',
}

const codeOf = ({ status, facts }: Failure): string =>
  typeof facts['dci'] === 'string' ? facts['dci'] : (byStatus[status] ?? 'err.request.bad')

/** As the interface says a no: what its HTTP layer says, and what it says of a message. */
export function toldAsDci(failure: Failure) {
  const error = { code: codeOf(failure), message: failure.words.slice(0, 999) }
  return {
    errors: [error],
    message: { ack_status: 'ERR', timestamp: failure.at, correlation_id: failure.requestId, error },
  }
}

/** RFC 6749 §5.2. */
export function toldAsOAuth(failure: Failure) {
  const error =
    failure.code === clientUnknown.code
      ? 'invalid_client'
      : failure.code === grantNotTaken.code
        ? 'unsupported_grant_type'
        : 'invalid_request'
  return { error, error_description: failure.words, errors: [{ code: codeOf(failure), message: failure.words }] }
}
