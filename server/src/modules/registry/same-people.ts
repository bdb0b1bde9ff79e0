import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { asWhole } from './as-whole.ts'

/**
 * Other households in which somebody of this one lives or lived, or somebody who may be the same person and about whom nobody has
 * decided yet. Ids alone, within the actor's place, whatever they may read of them there.
 */
export async function homesOfTheSame(ctx: Ctx, household: Id): Promise<Id[]> {
  const { rows } = await asWhole(ctx, () =>
    sql<{ id: Id }>`
      with here as (
        select person_id from registry.membership
         where district = ${ctx.district} and household_id = ${household} and withdrawn_at is null),
      twins as (
        select case when r.person_id = h.person_id then r.other_id else r.person_id end as person_id
          from registry.pair_review r
          join here h on r.person_id = h.person_id or r.other_id = h.person_id
         where r.district = ${ctx.district} and r.state = 'open' and r.other_id is not null)
      select distinct m.household_id as id
        from registry.membership m
       where m.district = ${ctx.district} and m.withdrawn_at is null and m.household_id <> ${household}
         and m.person_id in (select person_id from here union select person_id from twins)
       order by id limit 20`.execute(ctx.transaction),
  )
  return rows.map(row => row.id)
}
