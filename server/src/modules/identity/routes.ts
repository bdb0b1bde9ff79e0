import { routes } from '../../platform/route.ts'
import * as accounts from './accounts.ts'
import { beginAsVisitor } from './begin-as-visitor.ts'
import { identityContract } from './contract.ts'
import { getSession } from './describe-session.ts'
import * as own from './own-session.ts'
import { setUp } from './set-up.ts'
import { signIn } from './sign-in.ts'

const rights = { may: ['admin'], purpose: 'identity', freshProof: true } as const
const mine = { may: 'signedIn', purpose: 'identity' } as const

export const identityRoutes = routes(identityContract, {
  'GET /session': {
    may: 'anyone',
    purpose: 'identity',
    audit: 'notPersonal',
    do: (ctx, input) => getSession(ctx, input),
  },
  'POST /session': {
    may: 'anyone',
    purpose: 'identity',
    audit: { action: 'identity.signIn', zh: '登录', en: 'signed in' },
    do: signIn,
  },
  'POST /session/set-up': {
    may: 'anyone',
    purpose: 'identity',
    audit: { action: 'identity.setUp', zh: '启用了账号', en: 'set up the account' },
    do: setUp,
  },
  'POST /visitors': {
    may: 'anyone',
    purpose: 'screening',
    audit: { action: 'identity.beginAsVisitor', zh: '扫码进入', en: 'came in as a visitor' },
    do: beginAsVisitor,
  },
  'PUT /session/grant': {
    ...mine,
    audit: { action: 'identity.actAs', zh: '切换了身份', en: 'switched roles' },
    do: own.actAs,
  },
  'PUT /session/language': {
    ...mine,
    audit: { action: 'identity.setLanguage', zh: '选择了语言', en: 'chose a language' },
    do: own.setLanguage,
  },
  'PUT /session/phone': {
    ...mine,
    may: ['guide', 'townshipClerk', 'districtOfficer'],
    audit: { action: 'identity.setWorkPhone', zh: '改了工作电话', en: 'changed the work telephone' },
    do: own.setWorkPhone,
  },
  'POST /session/proof': {
    ...mine,
    audit: { action: 'identity.prove', zh: '再次确认了本人', en: 'gave a fresh proof of identity' },
    do: own.proveIdentity,
  },
  'PUT /session/password': {
    ...mine,
    audit: { action: 'identity.changePassword', zh: '修改了密码', en: 'changed the password' },
    do: own.changePassword,
  },
  'DELETE /session': {
    ...mine,
    audit: { action: 'identity.signOut', zh: '退出登录', en: 'signed out' },
    do: own.signOut,
  },
  'GET /sessions': { ...mine, audit: 'notPersonal', do: own.listOwnSessions },
  'DELETE /sessions/:sessionId': {
    ...mine,
    audit: { action: 'identity.endSession', zh: '结束了自己的一个登录', en: 'ended one of the own sessions' },
    do: own.endOwnSession,
  },
  'GET /accounts': {
    may: ['admin'],
    purpose: 'identity',
    audit: { action: 'identity.listAccounts', zh: '查看了账号', en: 'looked at accounts' },
    do: accounts.listAccounts,
  },
  'POST /accounts': {
    ...rights,
    audit: { action: 'identity.createAccount', zh: '建立了账号', en: 'made an account' },
    do: accounts.createAccount,
  },
  'GET /accounts/:accountId': {
    may: ['admin'],
    purpose: 'identity',
    audit: { action: 'identity.getAccount', zh: '查看了一个账号', en: 'looked at an account' },
    do: accounts.getAccount,
  },
  'POST /accounts/:accountId/set-up-code': {
    ...rights,
    audit: { action: 'identity.renewSetUpCode', zh: '重发了启用码', en: 'gave a new set-up code' },
    do: accounts.renewSetUpCode,
  },
  'POST /accounts/:accountId/end': {
    ...rights,
    audit: { action: 'identity.endAccount', zh: '停用了账号', en: 'ended an account' },
    do: accounts.endAccount,
  },
  'POST /accounts/:accountId/grants': {
    ...rights,
    audit: { action: 'identity.grantRole', zh: '授予了身份', en: 'granted a role' },
    do: accounts.grantRole,
  },
  'POST /accounts/:accountId/grants/:grantId/end': {
    ...rights,
    audit: { action: 'identity.endGrant', zh: '收回了身份', en: 'ended a grant' },
    do: accounts.endGrant,
  },
  'GET /accounts/:accountId/sessions': {
    may: ['admin'],
    purpose: 'identity',
    audit: { action: 'identity.listSessions', zh: '查看了账号的登录', en: 'looked at the sessions of an account' },
    do: accounts.listSessionsOf,
  },
  'POST /accounts/:accountId/sessions/end': {
    ...rights,
    audit: { action: 'identity.endSessions', zh: '结束了账号的全部登录', en: 'ended all sessions of an account' },
    do: accounts.endSessionsOf,
  },
})
