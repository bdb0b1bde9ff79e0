import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type Merge, mergeOf, minorUntilOf } from '../registry/index.ts'
import { wishes } from './kept-need.ts'
import type { NeedRow } from './tables.ts'

/**
 * Two records are one person, or are two again: open needs of the one that is gone follow to where the person lives, or go back. On the
 * telephone of a home they came to they are not read: others may live there.
 */
export async function followMerge(ctx: Ctx, { merge: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const merge = await mergeOf(ctx, String(id) as Id)
  if (!merge) return
  if (merge.isUndone) return await putBack(ctx, merge.id)
  const rows = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where(eb =>
      eb.or([
        eb('person_id', 'in', [merge.kept, merge.merged]),
        ...(merge.emptied ? [eb('household_id', '=', merge.emptied)] : []),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const row of rows) await move(ctx, merge, row)
}

async function move(ctx: Ctx, { id, kept, merged, home, emptied }: Merge, row: NeedRow): Promise<void> {
  const moves = home !== undefined && row.household_id !== home.household
  const person = row.person_id === merged ? kept : row.person_id
  const child = await childOf(ctx, person)
  const isAsClosed = child.minor_until === undefined || child.minor_until === row.minor_until
  if (!moves && person === row.person_id && isAsClosed) return
  await wishes(ctx)
    .insertInto('wishes.merged_need')
    .values({
      district: ctx.district,
      merge_id: id,
      need_id: row.id,
      household_id: row.household_id,
      person_id: row.person_id,
      village: row.division,
      elsewhere: row.elsewhere,
      moved_at: ctx.now,
      put_back_at: null,
    })
    .execute()
  await place(ctx, row.id, {
    person_id: person,
    ...child,
    ...(moves ? { household_id: home.household, division: home.division, elsewhere: true } : {}),
  })
  for (const household of [home?.household, row.household_id])
    if (household && household !== emptied) ctx.about({ kind: 'household', id: household })
}

async function putBack(ctx: Ctx, merge: Id): Promise<void> {
  const rows = await wishes(ctx)
    .updateTable('wishes.merged_need')
    .set({ put_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('merge_id', '=', merge)
    .where('put_back_at', 'is', null)
    .returningAll()
    .execute()
  for (const { need_id, household_id, person_id, village: division, elsewhere } of rows) {
    ctx.about({ kind: 'household', id: household_id })
    await place(ctx, need_id, { household_id, person_id, division, elsewhere, ...(await childOf(ctx, person_id)) })
  }
}

/** Whose need it is says whether it is about a child; of one that names nobody it stays as it was. */
const childOf = async (ctx: Ctx, person: Id | null): Promise<Partial<Pick<NeedRow, 'minor_until'>>> =>
  person === null ? {} : { minor_until: await minorUntilOf(ctx, person) }

/** What was done meanwhile stays: only whose it is changes. */
async function place(
  ctx: Ctx,
  need: Id,
  set: Partial<Pick<NeedRow, 'household_id' | 'person_id' | 'division' | 'elsewhere' | 'minor_until'>>,
): Promise<void> {
  await wishes(ctx)
    .updateTable('wishes.need')
    .set(eb => ({ ...set, version: eb('version', '+', 1), changed_at: ctx.now }))
    .where('district', '=', ctx.district)
    .where('id', '=', need)
    // What a person ended meanwhile no machine changes.
    .where('closed_at', 'is', null)
    .execute()
  await ctx.later('projects.followNeed', { need }, { ifThere: true })
  await ctx.later('linking.followNeed', { need }, { ifThere: true })
}
