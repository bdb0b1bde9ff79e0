import type { Ctx } from '../../platform/ctx.ts'
import { identity } from './tables.ts'

/** Whether made-up people have accounts here, and whether anybody else has. A resident's counts, an ended one too. */
export async function whoseAccounts(ctx: Ctx): Promise<{ readonly madeUp: boolean; readonly real: boolean }> {
  const kinds = await identity(ctx)
    .selectFrom('identity.account')
    .select('made_up')
    .distinct()
    .where('district', '=', ctx.district)
    .execute()
  return { madeUp: kinds.some(k => k.made_up), real: kinds.some(k => !k.made_up) }
}
