import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx } from '../../../platform/ctx.ts'
import type { Outcome } from './delivery.ts'
import { deliveries } from './tables.ts'

/** How many rows came to which outcome; negative where they left it. `waiting` rows have none yet. */
export type Tally = Partial<Record<Outcome | 'waiting', number>>

export function tallyOf(rows: readonly { readonly outcome: Outcome }[]): Record<Outcome | 'waiting', number> {
  const tally = { accepted: 0, duplicate: 0, unchanged: 0, look: 0, notInRegistry: 0, quarantined: 0, waiting: 0 }
  for (const { outcome } of rows) {
    tally[outcome]++
    tally.waiting--
  }
  return tally
}

/** A row that was in one outcome is in another. */
export const moved = (from: Outcome, to: Outcome): Tally => (from === to ? {} : { [from]: -1, [to]: 1 })

/** Adds to the account of a delivery; the table itself holds that the sum stays the number of rows. */
export async function addToAccount(ctx: Ctx, delivery: Id, tally: Tally): Promise<void> {
  const plus = (column: string, n = 0) => sql<number>`${sql.ref(column)} + ${n}`
  await deliveries(ctx)
    .updateTable('feeds.delivery')
    .set({
      moved_at: ctx.now,
      waiting: plus('waiting', tally.waiting),
      accepted: plus('accepted', tally.accepted),
      duplicate: plus('duplicate', tally.duplicate),
      unchanged: plus('unchanged', tally.unchanged),
      look: plus('look', tally.look),
      not_in_registry: plus('not_in_registry', tally.notInRegistry),
      quarantined: plus('quarantined', tally.quarantined),
    })
    .where('district', '=', ctx.district)
    .where('id', '=', delivery)
    .execute()
}

/** How many people of the registry a delivery would change or has changed. */
export async function countPeople(ctx: Ctx, delivery: Id): Promise<{ people: number; known: number }> {
  const { rows } = await sql<{ people: number; known: number }>`
    select (select count(distinct person_id)::int from feeds.delivery_row
             where district = ${ctx.district} and delivery_id = ${delivery} and outcome = 'accepted') as people,
           (select count(*)::int from registry.v_person where district = ${ctx.district}) as known`.execute(
    ctx.transaction,
  )
  return rows[0] ?? { people: 0, known: 0 }
}
