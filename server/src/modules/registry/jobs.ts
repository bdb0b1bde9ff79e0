import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { findDoubles } from './find-doubles.ts'
import { followMerge } from './follow-merge.ts'
import { tellPair } from './decide-pair.ts'
import { recountHouseholds } from './recount.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
const atOnce = 500

/** Birthdays, waits that end, a new pool: everybody is looked at again in the course of a night, some at a time. */
const recount: Job = {
  name: 'registry.recount',
  cron: '30 2 * * *',
  canWait: true,
  do: async (ctx, { batch, after }) => {
    const households = await nextHouseholds(ctx, String(after ?? ''), batch === undefined ? undefined : String(batch))
    await recountHouseholds(ctx, households)
    const last = households.length === atOnce ? households.at(-1) : undefined
    if (last) await ctx.later('registry.recount', { after: last, ...(batch !== undefined && { batch }) })
  },
}

/** By id; of a file, those that stood before it and that it said something of: the ones it brought were judged on the way in. */
async function nextHouseholds(ctx: Ctx, after: string, batch: string | undefined): Promise<Id[]> {
  let query = registry(ctx)
    .selectFrom('registry.household as h')
    .select('h.id')
    .where('h.district', '=', ctx.district)
    .where('h.withdrawn_at', 'is', null)
    .orderBy('h.id')
    .limit(atOnce)
  if (after) query = query.where('h.id', '>', after as Id)
  if (batch)
    query = query.where(
      sql<boolean>`h.batch_id is distinct from ${batch}::uuid and h.id in (select s.household_id from registry.statement s where s.district = ${ctx.district} and s.batch_id = ${batch}::uuid)`,
    )
  return (await query.execute()).map(h => h.id)
}

/** What was decided of a row goes back to whoever brought it, once it can no longer be taken back. */
const tell: Job = {
  name: 'registry.tellPair',
  do: async (ctx, { delivery, row }) => await tellPair(ctx, String(delivery) as Id, String(row)),
}

/** Who stands in the registry twice is found by night, and some of them are laid before a person. */
const doubles: Job = { name: 'registry.findDoubles', cron: '10 3 * * *', do: async ctx => await findDoubles(ctx) }

export const registryJobs: readonly Job[] = [recount, tell, doubles, { name: 'registry.followMerge', do: followMerge }]
