import { type Id, phoneDigits } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { KeptRefusal } from '../../platform/kept-refusal.ts'
import { sessionChanged } from '../../platform/live.ts'
import { notFound, notSignedIn } from '../../platform/refusals.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import { commonPassword, type identityContract, notYourGrant, phoneNotFitting, wrongPassword } from './contract.ts'
import { describeSession } from './describe-session.ts'
import { countForAccount, isLocked } from './failures.ts'
import { listGrants } from './grant.ts'
import { hashPassword, isCommon, isPassword } from './password.ts'
import { endSessions } from './session.ts'
import { clearFailures } from './sign-in.ts'
import { identity } from './tables.ts'
import { hashOf, newToken } from './tokens.ts'
import { sealPhone } from './work-phone.ts'

type C = typeof identityContract

/** What a person does to the session they are in. */

export async function actAs(ctx: Ctx, { body, cookie }: InputOf<C['PUT /session/grant']> & RequestEdges) {
  const grants = await listGrants(ctx, ctx.actor.account)
  if (!grants.some(grant => grant.id === body.grantId)) throw notYourGrant()
  await changeSession(ctx, { grant_id: body.grantId })
  ctx.tell({ name: sessionChanged, to: { account: ctx.actor.account }, id: ctx.actor.account })
  return describeSession(ctx, tokenOf(cookie))
}

export async function setLanguage(ctx: Ctx, { body, cookie }: InputOf<C['PUT /session/language']> & RequestEdges) {
  await identity(ctx)
    .updateTable('identity.account')
    .set({ language: body.language })
    .where('district', '=', ctx.district)
    .where('id', '=', ctx.actor.account)
    .execute()
  return describeSession(ctx, tokenOf(cookie))
}

/** The number under which residents reach one at work; an empty one takes it away. @throws phoneNotFitting */
export async function setWorkPhone(ctx: Ctx, { body, cookie }: InputOf<C['PUT /session/phone']> & RequestEdges) {
  const digits = phoneDigits(body.phone)
  if (body.phone.trim() !== '' && digits === undefined) throw phoneNotFitting()
  await identity(ctx)
    .updateTable('identity.account')
    .set({ sealed_work_phone: digits === undefined ? null : sealPhone(ctx, ctx.actor.account, digits) })
    .where('district', '=', ctx.district)
    .where('id', '=', ctx.actor.account)
    .execute()
  return describeSession(ctx, tokenOf(cookie))
}

/** A right password makes the session fresh and gives it a new token. */
export async function proveIdentity(ctx: Ctx, { body, cookie }: InputOf<C['POST /session/proof']> & RequestEdges) {
  return asDoorkeeper(ctx, async () => {
    const credential = await checkPassword(ctx, body.password)
    await clearFailures(ctx, ctx.actor.account, credential.password_hash)
    return renewToken(ctx, cookie)
  })
}

export async function changePassword(ctx: Ctx, { body, cookie }: InputOf<C['PUT /session/password']> & RequestEdges) {
  return asDoorkeeper(ctx, async () => {
    const credential = await checkPassword(ctx, body.current)
    if (isCommon(body.next, [credential.sign_in_name, ctx.actor.name])) throw commonPassword()
    await clearFailures(ctx, ctx.actor.account, await hashPassword(body.next))
    await endSessions(ctx, ctx.actor.account, ctx.actor.session ? { except: ctx.actor.session } : {})
    return renewToken(ctx, cookie)
  })
}

export async function signOut(ctx: Ctx, { cookie }: RequestEdges) {
  if (ctx.actor.session) await endSessions(ctx, ctx.actor.account, { only: ctx.actor.session })
  cookie.take()
  return { done: true as const }
}

export async function listOwnSessions(ctx: Ctx) {
  return listSessions(ctx, ctx.actor.account)
}

export async function endOwnSession(ctx: Ctx, { params }: InputOf<C['DELETE /sessions/:sessionId']>) {
  const { items } = await listSessions(ctx, ctx.actor.account)
  if (!items.some(session => session.id === params.sessionId)) throw notFound()
  await endSessions(ctx, ctx.actor.account, { only: params.sessionId })
  return { done: true as const }
}

/** Open ones, newest first. */
export async function listSessions(ctx: Ctx, account: Id) {
  const rows = await identity(ctx)
    .selectFrom('identity.session')
    .select(['id', 'created_at', 'seen_at', 'expires_at', 'idle_seconds'])
    .where('district', '=', ctx.district)
    .where('account_id', '=', account)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return {
    items: rows
      .filter(row => row.seen_at.getTime() + row.idle_seconds * 1000 > ctx.now.getTime())
      .map(row => ({
        id: row.id,
        createdAt: row.created_at.toISOString(),
        seenAt: row.seen_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
        current: row.id === ctx.actor.session,
      })),
  }
}

async function checkPassword(ctx: Ctx, password: string) {
  const credential = await identity(ctx)
    .selectFrom('identity.credential')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('account_id', '=', ctx.actor.account)
    .forUpdate()
    .executeTakeFirst()
  const fits = await isPassword(credential?.password_hash, password)
  if (!credential || !fits || isLocked(credential.locked_until, ctx.now)) {
    if (credential && !fits) await countForAccount(ctx, credential)
    throw new KeptRefusal(wrongPassword())
  }
  return credential
}

async function renewToken(ctx: Ctx, cookie: RequestEdges['cookie']) {
  const token = newToken()
  const { expires_at } = await changeSession(ctx, { token_hash: hashOf(token), proved_at: ctx.now })
  cookie.give(token, expires_at)
  return describeSession(ctx, token)
}

async function changeSession(ctx: Ctx, change: { grant_id?: Id; token_hash?: Buffer; proved_at?: Date }) {
  if (!ctx.actor.session) throw notSignedIn()
  return identity(ctx)
    .updateTable('identity.session')
    .set(change)
    .where('district', '=', ctx.district)
    .where('id', '=', ctx.actor.session)
    .returning('expires_at')
    .executeTakeFirstOrThrow()
}

function tokenOf(cookie: RequestEdges['cookie']): string {
  if (!cookie.token) throw notSignedIn()
  return cookie.token
}
