import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { identity } from './tables.ts'

const minute = 60_000
/** Mistakes older than this no longer count. */
const forgetMs = 60 * minute

/** How long to wait after the n-th mistake in a row: none up to the fourth, then 30 s, doubling, 15 minutes at most. */
export const waitAfter = (failures: number, free = 5): number =>
  failures < free ? 0 : Math.min(15 * minute, 30_000 * 2 ** Math.min(failures - free, 10))

/** A whole township may share one address; against guessing many names, a hundred mistakes an hour are few. */
const freePerAddress = 100

export const isLocked = (until: Date | null | undefined, now: Date): boolean =>
  until !== null && until !== undefined && until > now

const counted = (failures: number, failedAt: Date | null, now: Date) =>
  failedAt && now.getTime() - failedAt.getTime() < forgetMs ? failures + 1 : 1

export async function countForAccount(
  ctx: Ctx,
  credential: { account_id: string; failures: number; failed_at: Date | null },
): Promise<void> {
  const failures = counted(credential.failures, credential.failed_at, ctx.now)
  await identity(ctx)
    .updateTable('identity.credential')
    .set({ failures, failed_at: ctx.now, locked_until: new Date(ctx.now.getTime() + waitAfter(failures)) })
    .where('district', '=', ctx.district)
    .where('account_id', '=', credential.account_id as never)
    .execute()
}

const blinded = (ctx: Ctx, address: string) => ctx.crypto.blind('identity.door_failure.address_hash', address)

export async function isAddressLocked(ctx: Ctx, address: string): Promise<boolean> {
  const row = await identity(ctx)
    .selectFrom('identity.door_failure')
    .select('locked_until')
    .where('district', '=', ctx.district)
    .where('address_hash', '=', blinded(ctx, address))
    .executeTakeFirst()
  return isLocked(row?.locked_until, ctx.now)
}

export async function countForAddress(ctx: Ctx, address: string): Promise<void> {
  const hash = blinded(ctx, address)
  const { failures } = await identity(ctx)
    .insertInto('identity.door_failure')
    .values({ district: ctx.district, address_hash: hash, failures: 1, failed_at: ctx.now, locked_until: null })
    .onConflict(conflict =>
      conflict.columns(['district', 'address_hash']).doUpdateSet({
        failures: sql<number>`case when door_failure.failed_at > ${new Date(ctx.now.getTime() - forgetMs)}::timestamptz
          then door_failure.failures + 1 else 1 end`,
        failed_at: ctx.now,
      }),
    )
    .returning('failures')
    .executeTakeFirstOrThrow()
  const wait = waitAfter(failures, freePerAddress)
  if (wait === 0) return
  await identity(ctx)
    .updateTable('identity.door_failure')
    .set({ locked_until: new Date(ctx.now.getTime() + wait) })
    .where('district', '=', ctx.district)
    .where('address_hash', '=', hash)
    .execute()
}
