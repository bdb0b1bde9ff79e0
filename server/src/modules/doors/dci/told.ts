import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Told } from './search.ts'

/** Told when it is kept from partners no more. */
export async function letWait(machine: Ctx, subscription: Id, households: readonly Id[]): Promise<void> {
  if (households.length === 0) return
  await sql`insert into doors.dci_told (district, subscription_id, household_id)
    select ${machine.district}, ${subscription}::uuid, unnest(${households}::uuid[]) on conflict do nothing`.execute(
    machine.transaction,
  )
}

export async function noteTold(machine: Ctx, subscription: Id, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  const households = [...new Set(told.map(one => one.household))]
  await sql`insert into doors.dci_told (district, subscription_id, household_id, told_at)
    select ${machine.district}, ${subscription}::uuid, unnest(${households}::uuid[]), ${machine.now}::timestamptz
    on conflict (district, subscription_id, household_id) do update set told_at = excluded.told_at`.execute(
    machine.transaction,
  )
}

/** Of households that were on their way to a partner and did not get there: told when they fit and may be told of. */
export async function tellLater(machine: Ctx, subscription: Id, households: readonly Id[]): Promise<void> {
  if (households.length === 0) return
  await sql`update doors.dci_told set told_at = null where district = ${machine.district} and subscription_id = ${subscription}::uuid
    and household_id = any(${households}::uuid[])`.execute(machine.transaction)
}
