import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type Merge, mergeOf } from '../registry/index.ts'
import { track } from './tables.ts'

/**
 * The track of a household in which nobody is left is read where its people live now, and goes back when the merge is undone. The records
 * themselves stay as they were sealed; those of a household that others still live in stay with it.
 */
export async function followMerge(ctx: Ctx, { merge: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const merge = await mergeOf(ctx, String(id) as Id)
  if (!merge) return
  if (merge.isUndone) return await putBack(ctx, merge.id)
  if (merge.emptied && merge.home) await move(ctx, merge.id, merge.emptied, merge.home)
}

/** With all that had come to the household before. */
async function move(ctx: Ctx, merge: Id, emptied: Id, home: NonNullable<Merge['home']>): Promise<void> {
  const chains = await track(ctx)
    .selectFrom('track.record')
    .select(['household_id', 'home_id', 'division', 'elsewhere'])
    .distinctOn('household_id')
    .where('district', '=', ctx.district)
    .where('home_id', '=', emptied)
    .orderBy('household_id')
    // What is careful stands with the township: the rest goes back to its village.
    .orderBy(eb => eb.fn('length', ['division']), 'desc')
    .execute()
  for (const chain of chains) {
    const kept = await track(ctx)
      .insertInto('track.merged_track')
      .values({
        district: ctx.district,
        merge_id: merge,
        household_id: chain.household_id,
        home_id: chain.home_id,
        village: chain.division,
        elsewhere: chain.elsewhere,
        moved_at: ctx.now,
        put_back_at: null,
      })
      .onConflict(on => on.columns(['district', 'merge_id', 'household_id']).doNothing())
      .returning('household_id')
      .executeTakeFirst()
    if (kept)
      await place(ctx, chain.household_id, { home_id: home.household, division: home.division, elsewhere: true })
  }
  if (chains.length > 0) ctx.about({ kind: 'household', id: home.household })
}

async function putBack(ctx: Ctx, merge: Id): Promise<void> {
  const rows = await track(ctx)
    .updateTable('track.merged_track')
    .set({ put_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('merge_id', '=', merge)
    .where('put_back_at', 'is', null)
    .returningAll()
    .execute()
  for (const { household_id, home_id, village: division, elsewhere } of rows) {
    ctx.about({ kind: 'household', id: home_id })
    await place(ctx, household_id, { home_id, division, elsewhere })
  }
}

const place = (ctx: Ctx, household: Id, set: { home_id: Id; division: string; elsewhere: boolean }) =>
  track(ctx)
    .updateTable('track.record')
    .set(set)
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .execute()
