import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type HeardNeeds, needsOfFinding, needsOfHelperVisit } from '../outreach/index.ts'
import { currentPool } from '../pools/index.ts'
import { getHousehold } from '../registry/index.ts'
import { foundItem } from './item.ts'
import { wishes } from './kept-need.ts'
import { writeNeed } from './tell-need.ts'

/** What was said to be needed at a door, or to a helper, becomes a need of the family; what is open already is not written twice. */
export async function hear(
  ctx: Ctx,
  { helperVisit, finding }: Readonly<Record<string, string | number>>,
): Promise<void> {
  if (helperVisit !== undefined) {
    const heard = await needsOfHelperVisit(ctx, helperVisit as Id)
    if (heard?.words) await write(ctx, heard, 'helper', helperVisit as Id, heard.words)
  }
  if (finding !== undefined) {
    const heard = await needsOfFinding(ctx, finding as Id)
    if (heard) await writeItems(ctx, heard, finding as Id)
  }
}

async function writeItems(ctx: Ctx, heard: HeardNeeds, finding: Id): Promise<void> {
  const pool = await currentPool(ctx)
  const open = await wishes(ctx)
    .selectFrom('wishes.need')
    .select('item')
    .where('district', '=', ctx.district)
    .where('household_id', '=', heard.household)
    .where('closed_at', 'is', null)
    .execute()
  const before = new Set(open.map(row => row.item))
  for (const id of new Set(heard.items)) {
    // “Something else” says nothing by itself: it stands in the note of the visit.
    const item = foundItem(pool, id)
    if (item && !before.has(id)) await write(ctx, heard, 'visit', finding, item.name.zh, id)
  }
}

async function write(
  ctx: Ctx,
  heard: HeardNeeds,
  origin: 'helper' | 'visit',
  originId: Id,
  words: string,
  item?: string,
): Promise<void> {
  const household = await getHousehold(ctx, heard.household)
  ctx.about({ kind: 'household', id: household.id })
  await writeNeed(ctx, household, { words, item, origin, originId, careful: heard.careful, by: heard.by })
}
