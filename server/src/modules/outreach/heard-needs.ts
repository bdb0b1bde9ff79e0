import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { outreach } from './kept-case.ts'
import { sealedHelperNeed } from './pairing/read-pairings.ts'

/** What a family was heard to need: by a helper in words, at the door as items of the pool. */
export interface HeardNeeds {
  readonly household: Id
  readonly by: string
  readonly careful: boolean
  readonly words: string | null
  readonly items: readonly string[]
}

/** @returns undefined where nothing was said to be needed */
export async function needsOfHelperVisit(ctx: Ctx, visit: Id): Promise<HeardNeeds | undefined> {
  const row = await outreach(ctx)
    .selectFrom('outreach.helper_visit')
    .select(['id', 'household_id', 'helper_name', 'careful', 'sealed_need'])
    .where('district', '=', ctx.district)
    .where('id', '=', visit)
    .executeTakeFirst()
  if (!row?.sealed_need) return undefined
  const words = ctx.crypto.open(sealedHelperNeed, row.id, row.sealed_need)
  return { household: row.household_id, by: row.helper_name, careful: row.careful, words, items: [] }
}

/** @returns undefined where nothing was said to be needed */
export async function needsOfFinding(ctx: Ctx, finding: Id): Promise<HeardNeeds | undefined> {
  const row = await outreach(ctx)
    .selectFrom('outreach.finding')
    .select(['household_id', 'found_name', 'careful', 'needs'])
    .where('district', '=', ctx.district)
    .where('id', '=', finding)
    .executeTakeFirst()
  if (!row || row.needs.length === 0) return undefined
  return { household: row.household_id, by: row.found_name, careful: row.careful, words: null, items: row.needs }
}
