import type { Ctx } from '../../platform/ctx.ts'
import { identity } from './tables.ts'

/** Rights that hold at this moment (`held`), of those who are still here (`account`). Doorkeeper's work. */
export const heldNow = (ctx: Ctx) =>
  identity(ctx)
    .selectFrom('identity.role_grant as held')
    .innerJoin('identity.account as account', join =>
      join.onRef('account.district', '=', 'held.district').onRef('account.id', '=', 'held.account_id'),
    )
    .where('held.district', '=', ctx.district)
    .where('held.ended_at', 'is', null)
    .where('held.from_at', '<=', ctx.now)
    .where(eb => eb.or([eb('held.until_at', 'is', null), eb('held.until_at', '>', ctx.now)]))
    .where('account.ended_at', 'is', null)
