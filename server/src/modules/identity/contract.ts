import { refusal } from '@zhulian/kernel'
import { contract, divisionSchema, idSchema, instantSchema, pageOf, pageQuery, text, z } from '@zhulian/kernel/contract'

/** The same answer for an unknown name, a wrong password, an ended account and a locked one. */
export const cannotSignIn = refusal('identity.cannotSignIn', 401, () => ({
  zh: '账号或密码不对，或者账号暂时不能登录。连续输错 5 次后需要等待，最长 15 分钟；忘记密码请联系管理员。',
  en: 'The name or the password is wrong, or the account cannot be used now. After five mistakes in a row there is a wait of up to 15 minutes; if you forgot the password, ask the administrator.',
}))
export const noGrant = refusal('identity.noGrant', 403, () => ({
  zh: '您的账号目前没有任何工作身份，请联系管理员授权。',
  en: 'Your account holds no role at present. Please ask the administrator.',
}))
export const contractEnded = refusal<{ lastOn: string }>('identity.contractEnded', 403, ({ lastOn }) => ({
  zh: lastOn
    ? `您所在机构的合同到${lastOn}为止，账号从第二天起不能再使用。续签后会自动恢复；手里的资料请按约定交回或删除，有问题请联系区民政局。`
    : '您所在的机构还没有生效的合同，账号现在不能使用。请联系区民政局。',
  en: lastOn
    ? `The contract of your organisation ran until ${lastOn}; since then its accounts are closed. They open again once it is renewed. Please return or delete what you hold as agreed, and ask the district's civil affairs office.`
    : 'Your organisation has no contract in force yet, so its accounts are closed. Please ask the district’s civil affairs office.',
}))
export const unknownOrganisation = refusal('identity.unknownOrganisation', 422, () => ({
  zh: '名单上没有这个机构。请先在“机构”里登记，再给它的人授权。',
  en: 'This organisation is not on the list. Please put it there first, then grant rights to its people.',
}))
export const notYourGrant = refusal('identity.notYourGrant', 403, () => ({
  zh: '这个身份已经失效或者不属于您，请重新选择。',
  en: 'This role has ended or is not yours. Please choose again.',
}))
export const phoneNotFitting = refusal('identity.phoneNotFitting', 422, () => ({
  zh: '手机号应是11位数字，固定电话请带区号。也可以空着。',
  en: 'A mobile number has 11 digits; a landline needs its area code. You may also leave it empty.',
}))

export const wrongPassword = refusal('identity.wrongPassword', 403, () => ({
  zh: '密码不对，请重新输入。连续输错 5 次后需要等待。',
  en: 'The password is wrong; please try again. After five mistakes in a row there is a wait.',
}))
export const commonPassword = refusal('identity.commonPassword', 422, () => ({
  zh: '这个密码太容易被猜到。请换一个：不用常见词、姓名、日期和连续的键。',
  en: 'This password is too easy to guess. Please choose another, without common words, names, dates or rows of keys.',
}))
export const wrongSetUpCode = refusal('identity.wrongSetUpCode', 401, () => ({
  zh: '账号或启用码不对，或者启用码已用过、已过期。请向管理员要新的启用码。',
  en: 'The name or the set-up code is wrong, used or out of date. Please ask the administrator for a new code.',
}))
export const nameTaken = refusal('identity.nameTaken', 409, () => ({
  zh: '这个登录名已经有人使用，请换一个。',
  en: 'This sign-in name is taken; please choose another.',
}))
export const misplacedGrant = refusal<{ role: string }>('identity.misplacedGrant', 422, () => ({
  zh: '这个身份与所选的区划或单位不相符：导服员选村或乡镇，村工作组选村，乡镇经办和卫生人员选乡镇，服务机构和部门经办选单位，结对帮扶人不选，其余选全区。',
  en: 'The role does not go with the place or organisation: guides take a village or township, village groups a village, clerks and health workers a township, providers and bureau officers an organisation, helpers nothing, all others the district.',
}))
export const tooLong = refusal('identity.tooLong', 422, () => ({
  zh: '授权的起止时间不对：最长一年，到期后重新确认。',
  en: 'The dates of the grant are not right: it lasts a year at most and is then confirmed again.',
}))
export const notYourself = refusal('identity.notYourself', 422, () => ({
  zh: '不能给自己授权或停用自己的账号，请由另一位管理员办理。',
  en: 'You cannot change your own rights or end your own account. Please ask another administrator.',
}))
export const lastAdmin = refusal('identity.lastAdmin', 409, () => ({
  zh: '这是最后一位管理员，不能停用。请先授权另一位管理员。',
  en: 'This is the last administrator and cannot be ended. Please appoint another one first.',
}))
export const alreadySetUp = refusal('identity.alreadySetUp', 409, () => ({
  zh: '系统已经有管理员。新账号由管理员建立。',
  en: 'There already is an administrator, who makes further accounts.',
}))

const role = z.enum([
  'resident',
  'guide',
  'villageGroup',
  'townshipClerk',
  'districtOfficer',
  'operator',
  'provider',
  'auditor',
  'admin',
  'healthWorker',
  'bureauOfficer',
  'helper',
])
const grant = z.object({
  id: idSchema,
  role,
  scope: divisionSchema.nullable(),
  organisationId: idSchema.nullable(),
  from: instantSchema,
  until: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
})
const newGrant = z.strictObject({
  role: role.exclude(['resident']),
  scope: divisionSchema.optional(),
  organisationId: idSchema.optional(),
  /** A year from now when not given. */
  until: instantSchema.optional(),
})
const account = z.object({
  id: idSchema,
  name: z.string(),
  grants: z.array(grant),
  createdAt: instantSchema,
  endedAt: instantSchema.nullable(),
  madeUp: z.boolean(),
  version: z.number().int(),
})
const openSession = z.object({
  id: idSchema,
  createdAt: instantSchema,
  seenAt: instantSchema,
  expiresAt: instantSchema,
  current: z.boolean(),
})
const setUpCode = z.object({ setUpCode: z.string(), validUntil: instantSchema })
const done = z.object({ done: z.literal(true) })

/** Who is at the browser. `csrf` goes into the header X-CSRF-Token of every write and changes when the session does. */
const session = z.object({
  signedIn: z.boolean(),
  account: z
    .object({
      id: idSchema,
      name: z.string(),
      kind: z.enum(['staff', 'resident']),
      /** Under which residents reach a guide. */
      workPhone: z.string().nullable(),
    })
    .nullable(),
  /** The grant the session acts in. */
  acting: grant.nullable(),
  grants: z.array(grant),
  language: z.enum(['zh', 'en']),
  csrf: z.string().nullable(),
  /** The resident's own household is known. */
  hasHousehold: z.boolean(),
  /** Until when steps that ask for a fresh proof may be taken. */
  provedUntil: instantSchema.nullable(),
})

const signInName = text(1, 64)
/** Long ones are welcome; nothing is trimmed. */
const password = z.string().min(1).max(256)
const newPassword = z.string().min(10).max(256)
const accountId = z.strictObject({ accountId: idSchema })

export const identityContract = contract({
  'GET /session': {
    summary: 'Who is signed in at this browser, as what, and what else they may act as.',
    answer: session,
  },
  'POST /session': {
    summary: 'Sign in with name and password. Sets the session cookie.',
    body: z
      .strictObject({ signInName, password, grantId: idSchema.optional() })
      .meta({ examples: [{ signInName: 'guide', password: 'your-password' }] }),
    answer: session,
    refusals: [cannotSignIn, noGrant, contractEnded, notYourGrant],
  },
  'POST /session/set-up': {
    summary: 'Choose a password with the set-up code from the administrator, and sign in.',
    body: z.strictObject({ signInName, setUpCode: text(1, 40), password: newPassword }),
    answer: session,
    refusals: [wrongSetUpCode, commonPassword, noGrant, contractEnded],
  },
  'POST /visitors': {
    summary: 'Begin as an anonymous resident, usually from the QR code of a village. Sets the session cookie.',
    body: z.strictObject({ village: divisionSchema.optional() }),
    answer: session,
  },
  'PUT /session/grant': {
    summary: 'Act in another of the own grants.',
    body: z.strictObject({ grantId: idSchema }),
    answer: session,
    refusals: [notYourGrant],
  },
  'PUT /session/language': {
    summary: 'Choose the language of answers and screens.',
    body: z.strictObject({ language: z.enum(['zh', 'en']) }),
    answer: session,
  },
  'PUT /session/phone': {
    summary: 'Give the number under which residents reach one at work; an empty one takes it away.',
    body: z.strictObject({ phone: z.string().max(30) }),
    answer: session,
    refusals: [phoneNotFitting],
  },
  'POST /session/proof': {
    summary:
      'Give the password again; steps that ask for a fresh proof may be taken for five minutes. The session gets a new token.',
    body: z.strictObject({ password }),
    answer: session,
    refusals: [wrongPassword],
  },
  'PUT /session/password': {
    summary: 'Change the own password. All other sessions end.',
    body: z.strictObject({ current: password, next: newPassword }),
    answer: session,
    refusals: [wrongPassword, commonPassword],
  },
  'DELETE /session': { summary: 'Sign out. The browser forgets what it kept of the site.', answer: done },
  'GET /sessions': {
    summary: 'The own open sessions, newest first.',
    answer: z.object({ items: z.array(openSession) }),
  },
  'DELETE /sessions/:sessionId': {
    summary: 'End one of the own sessions.',
    params: z.strictObject({ sessionId: idSchema }),
    answer: done,
  },
  'GET /accounts': {
    summary: 'Accounts of staff and providers, newest first.',
    query: z.strictObject({
      ...pageQuery,
      name: text(1, 40).optional(),
      role: role.optional(),
      ended: z.enum(['true', 'false']).optional(),
    }),
    answer: pageOf(account),
  },
  'POST /accounts': {
    summary: 'Make an account with its first grants. The set-up code is shown once.',
    body: z.strictObject({ name: text(1, 40), signInName: text(2, 64), grants: z.array(newGrant).min(1).max(10) }),
    answer: account.extend(setUpCode.shape),
    refusals: [nameTaken, misplacedGrant, unknownOrganisation, tooLong],
  },
  'GET /accounts/:accountId': { summary: 'One account with all its grants.', params: accountId, answer: account },
  'POST /accounts/:accountId/set-up-code': {
    summary: 'Give a new set-up code: the password is void and all sessions end.',
    params: accountId,
    answer: setUpCode,
    refusals: [notYourself],
  },
  'POST /accounts/:accountId/end': {
    summary: 'End an account with its grants; its sessions end at once.',
    params: accountId,
    answer: account,
    refusals: [notYourself, lastAdmin],
  },
  'POST /accounts/:accountId/grants': {
    summary: 'Grant an account a role.',
    params: accountId,
    body: newGrant,
    answer: account,
    refusals: [notYourself, misplacedGrant, unknownOrganisation, tooLong],
  },
  'POST /accounts/:accountId/grants/:grantId/end': {
    summary: 'End a grant; sessions that act in it end at once.',
    params: z.strictObject({ accountId: idSchema, grantId: idSchema }),
    answer: account,
    refusals: [notYourself, lastAdmin],
  },
  'GET /accounts/:accountId/sessions': {
    summary: 'Open sessions of an account, newest first.',
    params: accountId,
    answer: z.object({ items: z.array(openSession) }),
  },
  'POST /accounts/:accountId/sessions/end': {
    summary: 'End all sessions of an account.',
    params: accountId,
    answer: done,
    refusals: [],
  },
})

/** What a browser is told about its session. */
export type SessionView = z.input<typeof session>
export type AccountView = z.input<typeof account>
