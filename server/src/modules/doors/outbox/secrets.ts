import type { Ctx } from '../../../platform/ctx.ts'
import type { SubscriptionRow } from '../tables.ts'

export const secretColumn = 'doors.subscription.secret'
export const oldSecretColumn = 'doors.subscription.old_secret'

/** The secrets that are good now, the newest first. */
export function secretsOf(ctx: Ctx, row: SubscriptionRow): readonly string[] {
  const secrets = [ctx.crypto.open(secretColumn, row.id, row.sealed_secret)]
  if (row.sealed_old_secret && row.old_until && row.old_until > ctx.now)
    secrets.push(ctx.crypto.open(oldSecretColumn, row.id, row.sealed_old_secret))
  return secrets
}
