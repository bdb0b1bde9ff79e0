import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import type { Standing } from './given-facts.ts'
import { alerts } from './kept-alert.ts'

/** Where households and their people stand. */
export async function standings(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, Standing>> {
  const any = sql<Id>`any(${ids}::uuid[])`
  const households = await alerts(ctx)
    .selectFrom('registry.v_household')
    .select(['id', 'circle'])
    .where('district', '=', ctx.district)
    .where('id', '=', any)
    .execute()
  const people = await alerts(ctx)
    .selectFrom('registry.v_person')
    .select(['id', 'household_id', 'circle'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', any)
    .execute()
  const of = Map.groupBy(people, p => p.household_id)
  return new Map(
    households.map(h => [
      h.id,
      { circle: h.circle, personCircles: new Map((of.get(h.id) ?? []).map(p => [p.id, p.circle])) },
    ]),
  )
}
