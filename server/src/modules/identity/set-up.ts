import type { InputOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { KeptRefusal } from '../../platform/kept-refusal.ts'
import type { RequestEdges } from '../../platform/route.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import { commonPassword, type identityContract, wrongSetUpCode } from './contract.ts'
import { countForAccount, countForAddress, isAddressLocked, isLocked } from './failures.ts'
import { hashPassword, isCommon } from './password.ts'
import { endSessions } from './session.ts'
import { chooseGrant, comeIn, findCredential } from './sign-in.ts'
import { identity } from './tables.ts'
import { hashOf, normaliseCode, normaliseName } from './tokens.ts'

/** The code works once; with it the person, and nobody else, chooses the password. */
export async function setUp(
  ctx: Ctx,
  { body, address, cookie }: InputOf<(typeof identityContract)['POST /session/set-up']> & RequestEdges,
) {
  if (isCommon(body.password, [body.signInName])) throw commonPassword()
  return asDoorkeeper(ctx, async () => {
    const held = await findCredential(ctx, normaliseName(body.signInName))
    const locked = (await isAddressLocked(ctx, address)) || isLocked(held?.locked_until, ctx.now)
    const fits = held?.set_up_hash?.equals(hashOf(normaliseCode(body.setUpCode))) ?? false
    const inTime = held?.set_up_until !== null && held?.set_up_until !== undefined && held.set_up_until > ctx.now
    // Hashed in any case: the time tells nothing.
    const passwordHash = await hashPassword(body.password)
    if (!held || !fits || !inTime || locked || held.ended_at) {
      if (held && !locked && !fits) await countForAccount(ctx, held)
      if (!fits) await countForAddress(ctx, address)
      throw new KeptRefusal(wrongSetUpCode())
    }
    ctx.about({ kind: 'account', id: held.account_id })
    await identity(ctx)
      .updateTable('identity.credential')
      .set({
        password_hash: passwordHash,
        password_set_at: ctx.now,
        set_up_hash: null,
        set_up_until: null,
        failures: 0,
        failed_at: null,
        locked_until: null,
      })
      .where('district', '=', ctx.district)
      .where('account_id', '=', held.account_id)
      .execute()
    await endSessions(ctx, held.account_id)
    return comeIn(ctx, held.account_id, await chooseGrant(ctx, held.account_id, undefined), cookie, true)
  })
}
