import { refusal } from '@zhulian/kernel'

/** What every route may refuse; modules take `notFound` and the three about versions from here. */

/** The same answer for what does not exist and for what lies outside the scope of who asks. */
export const notFound = refusal('request.notFound', 404, () => ({
  zh: '没有找到，或者不在您的工作范围内。请从列表重新打开。',
  en: 'Not found, or outside the area you work in. Please open it again from the list.',
}))

export const noSuchRoute = refusal('request.noSuchRoute', 404, () => ({
  zh: '没有这个地址。可用的接口见 /api/docs。',
  en: 'There is nothing at this address. What can be asked is listed at /api/docs.',
}))

export const wrongMethod = refusal<{ allowed: string }>('request.wrongMethod', 405, ({ allowed }) => ({
  zh: `这个地址不支持这种请求，只支持 ${allowed}。`,
  en: `This address does not take that method, only ${allowed}.`,
}))

export const notUnderstood = refusal('request.notUnderstood', 400, () => ({
  zh: '填写的内容有误，请按提示修改后再提交。',
  en: 'Something in the request is not right. Please mend what is named below and send it again.',
}))

export const malformedJson = refusal<{
  problem: 'syntax' | 'encoding' | 'repeatedKey' | 'unsafeKey' | 'unprintable' | 'tooDeep' | 'empty'
}>('request.malformedJson', 400, () => ({
  zh: '提交的内容不是规范的 JSON，系统没有保存任何内容。请检查后重新提交。',
  en: 'What was sent is not well-formed JSON; nothing was saved. Please check it and send it again.',
}))

export const malformedAddress = refusal('request.malformedAddress', 400, () => ({
  zh: '请求地址中有无法识别的字符，请从页面重新打开。',
  en: 'The address holds characters that cannot be read. Please open it again from the page.',
}))

/** What Node's parser turns away: no HTTP, two lengths, bytes where a header should be. */
export const malformedRequest = refusal('request.malformed', 400, () => ({
  zh: '请求不符合 HTTP 规范，系统没有处理。请从本系统的页面重新操作。',
  en: 'The request is not well-formed HTTP and was not looked at. Please use the pages of this system.',
}))

export const headersTooLarge = refusal('request.headersTooLarge', 431, () => ({
  zh: '请求地址或请求头过长，系统没有处理。请从本系统的页面重新打开。',
  en: 'The address or the headers of the request are too long. Please open it again from the page.',
}))

export const tooSlow = refusal('request.tooSlow', 408, () => ({
  zh: '内容没有在规定时间内传完，系统没有保存任何内容。请检查网络后再试一次。',
  en: 'The request did not arrive in time; nothing was saved. Please check the connection and try again.',
}))

export const unmetExpectation = refusal('request.unmetExpectation', 417, () => ({
  zh: '请求附带了系统不支持的要求（Expect），没有处理。',
  en: 'The request expects something this system does not do (Expect); it was not looked at.',
}))

export const tooLarge = refusal<{ limitBytes: number }>('request.tooLarge', 413, ({ limitBytes }) => ({
  zh: `提交的内容过大，最多 ${Math.floor(limitBytes / 1_048_576)} MB。请拆分后再提交。`,
  en: `What was sent is too large; the limit is ${Math.floor(limitBytes / 1_048_576)} MB. Please split it and send it again.`,
}))

export const wrongType = refusal<{ accepted: string }>('request.wrongType', 415, ({ accepted }) => ({
  zh: `这个接口只接收 ${accepted}。`,
  en: `This address only takes ${accepted}.`,
}))

export const fileMissing = refusal('request.fileMissing', 400, () => ({
  zh: '没有收到文件，请选择一个文件后再提交。',
  en: 'No file arrived. Please choose one file and send it again.',
}))

export const signatureMissing = refusal('request.signatureMissing', 401, () => ({
  zh: '请求没有签名，或签名的格式不对。需要 X-Zhulian-Key、X-Zhulian-At、X-Zhulian-Nonce、X-Zhulian-Signature 四项，写法见接口说明。',
  en: 'The request is not signed, or its signature has another form. It needs X-Zhulian-Key, X-Zhulian-At, X-Zhulian-Nonce and X-Zhulian-Signature; the description of the interface says how.',
}))

export const notSignedIn = refusal('request.notSignedIn', 401, () => ({
  zh: '您还没有登录，或者登录已经结束。请重新登录。',
  en: 'You are not signed in, or your session has ended. Please sign in again.',
}))

export const notAllowed = refusal('request.notAllowed', 403, () => ({
  zh: '您当前的身份不能做这件事。如果工作需要，请联系管理员。',
  en: 'The role you act in may not do this. If your work needs it, please ask the administrator.',
}))

export const proofNeeded = refusal('request.proofNeeded', 403, () => ({
  zh: '这一步需要再次确认是您本人，请输入密码后重试。',
  en: 'This step needs a fresh proof that it is you. Please give your password and try again.',
}))

export const foreignOrigin = refusal('request.foreignOrigin', 403, () => ({
  zh: '这个请求来自其他网站，已被拒绝。请在本系统的页面上操作。',
  en: 'This request came from another site and was refused. Please use the pages of this system.',
}))

export const csrfMissing = refusal('request.csrfMissing', 403, () => ({
  zh: '页面已过期，没有保存任何内容。请刷新页面后重试。',
  en: 'The page is out of date; nothing was saved. Please reload it and try again.',
}))

export const keyMissing = refusal('request.keyMissing', 400, () => ({
  zh: '请求缺少防重复编号（Idempotency-Key，16–64 个字符），没有保存任何内容。',
  en: 'The request lacks its Idempotency-Key (16–64 characters); nothing was saved.',
}))

export const keyReused = refusal('request.keyReused', 422, () => ({
  zh: '这个防重复编号已用于另一个请求，没有保存任何内容。请刷新页面后重试。',
  en: 'This Idempotency-Key was used for a different request; nothing was saved. Please reload and try again.',
}))

export const keyInFlight = refusal('request.keyInFlight', 409, () => ({
  zh: '同一个请求正在处理，请稍等几秒再看结果。',
  en: 'The same request is being worked on. Please look again in a few seconds.',
}))

export const conflict = refusal('request.conflict', 409, () => ({
  zh: '刚才有人改动了同一内容，您的改动没有保存。请刷新后再试。',
  en: 'Someone changed the same thing a moment ago; your change was not saved. Please reload and try again.',
}))

/** For edits: the client did not say which version it edited. */
export const versionMissing = refusal('request.versionMissing', 428, () => ({
  zh: '没有说明修改的是哪个版本（If-Match），没有保存任何内容。请刷新后重试。',
  en: 'The request does not say which version it edits (If-Match); nothing was saved. Please reload and try again.',
}))

/** For edits: somebody saved a newer version in the meantime. */
export const versionStale = refusal<{ version: number }>('request.versionStale', 412, () => ({
  zh: '您打开以后，有人已经修改了这条记录，您的改动没有保存。请对照最新内容后再提交。',
  en: 'Someone has changed this record since you opened it; your change was not saved. Please compare with the latest and send it again.',
}))

export const tooMany = refusal<{ retryAfterSeconds: number }>('request.tooMany', 429, ({ retryAfterSeconds }) => ({
  zh: `操作过于频繁，请 ${retryAfterSeconds} 秒后再试。`,
  en: `Too many requests. Please try again in ${retryAfterSeconds} seconds.`,
}))

/** Checks If-Match against the version in the database. @throws versionMissing, versionStale */
export function requireVersion(ifMatch: number | undefined, current: number): void {
  if (ifMatch === undefined) throw versionMissing()
  if (ifMatch !== current) throw versionStale({ version: current })
}
