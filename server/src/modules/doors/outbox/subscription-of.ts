import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { doors, type SubscriptionRow } from '../tables.ts'
import { subscriptionNotFound } from '../webhooks/contract.ts'

/** @param lock against another change of it; messages for it may be written meanwhile @throws subscriptionNotFound */
export async function subscriptionOf(ctx: Ctx, id: Id, lock = false): Promise<SubscriptionRow> {
  const found = doors(ctx)
    .selectFrom('doors.subscription')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forNoKeyUpdate() : found).executeTakeFirst()
  if (!row) throw subscriptionNotFound()
  return row
}
