import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { Received } from './compare.ts'
import type { EntitlementsTables } from './tables.ts'

export const entitlements = tablesOf<EntitlementsTables>()

/**
 * What households and their people receive or received, by household.
 * @param households everybody when left out
 */
export async function receivedBy(ctx: Ctx, households?: readonly Id[]): Promise<Map<Id, Received[]>> {
  const rows = await entitlements(ctx)
    .selectFrom('entitlements.receipt')
    .select(['household_id', 'person_id', 'policy', 'from_on', 'until_on', 'period'])
    .where('district', '=', ctx.district)
    .$if(households !== undefined, q => q.where('household_id', '=', sql<Id>`any(${households}::uuid[])`))
    .execute()
  const received = new Map<Id, Received[]>()
  for (const row of rows) {
    const list = received.get(row.household_id) ?? []
    received.set(row.household_id, list)
    list.push({
      policy: row.policy,
      ...(row.person_id !== null && { person: row.person_id }),
      from: row.from_on,
      until: row.until_on ?? undefined,
      once: row.period === 'once',
    })
  }
  return received
}

/** Policies of which payments were ever written down here: of others nobody can say that they are not received. */
export async function policiesTold(ctx: Ctx): Promise<ReadonlySet<string>> {
  const rows = await entitlements(ctx)
    .selectFrom('entitlements.receipt')
    .select('policy')
    .distinct()
    .where('district', '=', ctx.district)
    .execute()
  return new Set(rows.map(r => r.policy))
}

/** What a household and its people receive today, with the sum where it is written down. */
export async function receiptsNow(ctx: Ctx, household: Id) {
  const rows = await entitlements(ctx)
    .selectFrom('entitlements.receipt')
    .select(['person_id', 'policy', 'amount', 'period'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('from_on', '<=', ctx.today)
    .where(eb => eb.or([eb('until_on', 'is', null), eb('until_on', '>', ctx.today)]))
    .orderBy('from_on', 'desc')
    .execute()
  return rows.map(row => ({
    policy: row.policy,
    ...(row.person_id !== null && { person: row.person_id }),
    ...(row.amount !== null && { amount: row.amount }),
    ...(row.period !== null && { period: row.period }),
  }))
}
