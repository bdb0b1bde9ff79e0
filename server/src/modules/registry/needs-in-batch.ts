import type { Day, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'

/** What a delivery said that a household needs. */
export interface NeedsInBatch {
  readonly statement: Id
  readonly household: Id
  /** Who said it, as a person reads it. */
  readonly origin: string
  readonly asOf: Day
  readonly items: readonly string[]
}

/** In the order of their statements, from `after` on, some at a time; none of what was taken back. */
export async function needsInBatch(ctx: Ctx, batch: Id, after: Id | undefined, limit: number): Promise<NeedsInBatch[]> {
  const { rows } = await sql<NeedsInBatch>`
    select id as statement, household_id as household, origin, as_of as "asOf", facts -> 'needs' as items
      from registry.statement
     where district = ${ctx.district} and batch_id = ${batch} and withdrawn_at is null and person_id is null
       and jsonb_typeof(facts -> 'needs') = 'array' and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
     order by id limit ${limit} for share`.execute(ctx.transaction)
  return rows
}
