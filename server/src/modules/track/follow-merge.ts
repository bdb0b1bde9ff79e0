import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type Merge, mergeOf } from '../registry/index.ts'
import { published } from './published.ts'
import { type ChainRow, type MergedTrackRow, track } from './tables.ts'

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

/** With all that had come to the household before. Whoever writes one more meanwhile waits, and writes it where the family lives then. */
async function move(ctx: Ctx, merge: Id, emptied: Id, home: NonNullable<Merge['home']>): Promise<void> {
  const chains = await chainsAt(ctx, emptied)
  const villages = await villagesOf(ctx, emptied)
  for (const chain of chains) {
    const kept = await track(ctx)
      .insertInto('track.merged_track')
      .values({
        district: ctx.district,
        merge_id: merge,
        household_id: chain.household_id,
        home_id: emptied,
        village: chain.village ?? villages.get(chain.household_id) ?? null,
        elsewhere: chain.elsewhere ?? false,
        moved_at: ctx.now,
        put_back_at: null,
      })
      .onConflict(on => on.columns(['district', 'merge_id', 'household_id']).doNothing())
      .returning('household_id')
      .executeTakeFirst()
    if (kept)
      await follow(ctx, chain.household_id, { home_id: home.household, village: home.division, elsewhere: true })
  }
  await track(ctx)
    .updateTable('track.record')
    .set({ home_id: home.household, division: home.division, elsewhere: true })
    .where('district', '=', ctx.district)
    .where('home_id', '=', emptied)
    .execute()
  if (villages.size > 0) ctx.about({ kind: 'household', id: home.household })
}

/** Locked, in their order; that of the household itself is begun if there is none, so that a first record has to wait as well. */
async function chainsAt(ctx: Ctx, home: Id) {
  await track(ctx)
    .insertInto('track.chain')
    .values({ district: ctx.district, household_id: home, turn: 0, seal: Buffer.alloc(0) })
    .onConflict(on => on.columns(['district', 'household_id']).doNothing())
    .execute()
  return await track(ctx)
    .selectFrom('track.chain')
    .select(['household_id', 'village', 'elsewhere'])
    .where('district', '=', ctx.district)
    .where(eb => eb.or([eb('home_id', '=', home), eb.and([eb('household_id', '=', home), eb('home_id', 'is', null)])]))
    .orderBy('household_id')
    .forUpdate()
    .execute()
}

/** By chain, of the records that are read in a household. What is careful stands with the township: the rest goes back to its village. */
async function villagesOf(ctx: Ctx, home: Id): Promise<ReadonlyMap<Id, string>> {
  const rows = await track(ctx)
    .selectFrom('track.record')
    .select(['household_id', 'division'])
    .distinctOn('household_id')
    .where('district', '=', ctx.district)
    .where('home_id', '=', home)
    .orderBy('household_id')
    .orderBy(eb => eb.fn('length', ['division']), 'desc')
    .execute()
  return new Map(rows.map(row => [row.household_id, row.division]))
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
  for (const row of rows.toSorted((a, b) => a.household_id.localeCompare(b.household_id))) {
    ctx.about({ kind: 'household', id: row.home_id })
    await voidLater(ctx, row)
    await goBack(ctx, row)
  }
}

/** Merges that took it on from there have it no more. */
const voidLater = (ctx: Ctx, { household_id, moved_at }: MergedTrackRow) =>
  track(ctx)
    .updateTable('track.merged_track')
    .set({ put_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('household_id', '=', household_id)
    .where('moved_at', '>', moved_at)
    .where('put_back_at', 'is', null)
    .execute()

/** With what was written meanwhile of needs that are on it: those go back as well. */
async function goBack(ctx: Ctx, { household_id, home_id, village, elsewhere }: MergedTrackRow): Promise<void> {
  const chain = await track(ctx)
    .selectFrom('track.chain')
    .select('home_id')
    .where('district', '=', ctx.district)
    .where('household_id', '=', household_id)
    .forUpdate()
    .executeTakeFirst()
  const from = chain?.home_id ?? household_id
  if (from === home_id) return
  const division = village ?? (await divisionOf(ctx, home_id))
  if (division === undefined) return
  const isHome = home_id === household_id
  await follow(
    ctx,
    household_id,
    isHome ? { home_id: null, village: null, elsewhere: null } : { home_id, village: division, elsewhere },
  )
  await track(ctx)
    .updateTable('track.record')
    .set({ home_id, division, elsewhere })
    .where('district', '=', ctx.district)
    .where('home_id', '=', from)
    .where(eb =>
      eb.or([
        eb('household_id', '=', household_id),
        eb(
          'need_id',
          'in',
          track(ctx)
            .selectFrom('track.record')
            .select('need_id')
            .where('district', '=', ctx.district)
            .where('household_id', '=', household_id)
            .where('need_id', 'is not', null),
        ),
      ]),
    )
    .execute()
}

/** Of a household that had no record when it was emptied. */
const divisionOf = async (ctx: Ctx, household: Id): Promise<string | undefined> =>
  (
    await published(ctx)
      .selectFrom('registry.v_family')
      .select('division')
      .where('district', '=', ctx.district)
      .where('id', '=', household)
      .executeTakeFirst()
  )?.division

/** Where what is written of it from now on stands. */
const follow = (ctx: Ctx, household: Id, set: Pick<ChainRow, 'home_id' | 'village' | 'elsewhere'>) =>
  track(ctx)
    .updateTable('track.chain')
    .set(set)
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .execute()
