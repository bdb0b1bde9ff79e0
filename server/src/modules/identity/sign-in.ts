import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { KeptRefusal } from '../../platform/kept-refusal.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import { cannotSignIn, type identityContract, noGrant, notYourGrant } from './contract.ts'
import { describeSession } from './describe-session.ts'
import { countForAccount, countForAddress, isAddressLocked, isLocked } from './failures.ts'
import { closedOf, listHeld, type RoleGrant } from './grant.ts'
import { endedSince } from './organisation-access.ts'
import { hashPassword, isOutdated, isPassword } from './password.ts'
import { openSession } from './session.ts'
import { identity } from './tables.ts'
import { hashOf, normaliseName } from './tokens.ts'

type Input = InputOf<(typeof identityContract)['POST /session']> & RequestEdges

/** An unknown name, a locked account and a wrong password cost the same time and get the same answer. */
export async function signIn(ctx: Ctx, { body, address, cookie }: Input) {
  return asDoorkeeper(ctx, async () => {
    const held = await findCredential(ctx, normaliseName(body.signInName))
    const locked = (await isAddressLocked(ctx, address)) || isLocked(held?.locked_until, ctx.now)
    const fits = await isPassword(held?.password_hash, body.password)
    if (!held || !fits || locked || held.ended_at) {
      if (held) ctx.about({ kind: 'account', id: held.account_id })
      if (held && !locked && !fits) await countForAccount(ctx, held)
      if (!fits) await countForAddress(ctx, address)
      throw new KeptRefusal(cannotSignIn())
    }
    ctx.about({ kind: 'account', id: held.account_id })
    const grant = await chooseGrant(ctx, held.account_id, body.grantId)
    await clearFailures(
      ctx,
      held.account_id,
      isOutdated(held.password_hash ?? '') ? await hashPassword(body.password) : held.password_hash,
    )
    return comeIn(ctx, held.account_id, grant, cookie, true)
  })
}

/** Opens a session, leaves the one this browser had, and hands over the cookie. Doorkeeper's work. */
export async function comeIn(
  ctx: Ctx,
  account: Id,
  grant: Pick<RoleGrant, 'id' | 'role'>,
  cookie: RequestEdges['cookie'],
  proved: boolean,
) {
  if (cookie.token) {
    await identity(ctx)
      .updateTable('identity.session')
      .set({ ended_at: ctx.now })
      .where('district', '=', ctx.district)
      .where('token_hash', '=', hashOf(cookie.token))
      .where('ended_at', 'is', null)
      .execute()
  }
  const opened = await openSession(ctx, account, grant, proved)
  cookie.give(opened.token, opened.until)
  return describeSession(ctx, opened.token)
}

export async function findCredential(ctx: Ctx, signInName: string) {
  return (
    identity(ctx)
      .selectFrom('identity.credential as credential')
      .innerJoin('identity.account as account', join =>
        join.onRef('account.district', '=', 'credential.district').onRef('account.id', '=', 'credential.account_id'),
      )
      .selectAll('credential')
      .select(['account.name', 'account.ended_at'])
      .where('credential.district', '=', ctx.district)
      .where('credential.sign_in_name', '=', signInName)
      // Mistakes made at the same time count one after the other.
      .forUpdate('credential')
      .executeTakeFirst()
  )
}

/** The grant asked for, else the one used last, else the newest. */
export async function chooseGrant(ctx: Ctx, account: Id, asked: Id | undefined): Promise<RoleGrant> {
  const held = await listHeld(ctx, account)
  const closed = await closedOf(ctx, held)
  const grants = held.filter(grant => !closed.has(grant))
  const [over] = closed.values()
  if (grants.length === 0) throw closed.size > 0 ? endedSince(over) : noGrant()
  if (asked) {
    const chosen = grants.find(grant => grant.id === asked)
    if (!chosen) throw notYourGrant()
    return chosen
  }
  const last = await identity(ctx)
    .selectFrom('identity.session')
    .select('grant_id')
    .where('district', '=', ctx.district)
    .where('account_id', '=', account)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const chosen = grants.find(grant => grant.id === last?.grant_id) ?? grants[0]
  if (!chosen) throw noGrant()
  return chosen
}

export async function clearFailures(ctx: Ctx, account: Id, passwordHash: string | null): Promise<void> {
  await identity(ctx)
    .updateTable('identity.credential')
    .set({ failures: 0, failed_at: null, locked_until: null, password_hash: passwordHash })
    .where('district', '=', ctx.district)
    .where('account_id', '=', account)
    .execute()
}
