import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { identity } from './tables.ts'

/**
 * The accounts of residents whose household is one with another now.
 * @param to null where a guide has to confirm them anew: others live there of whom they read nothing before
 */
export async function moveResidents(
  ctx: Ctx,
  merge: Id,
  { from, to }: { readonly from: Id; readonly to: Id | null },
): Promise<void> {
  const moved = await identity(ctx)
    .updateTable('identity.account')
    .set({ household_id: to })
    .where('district', '=', ctx.district)
    .where('household_id', '=', from)
    .where('kind', '=', 'resident')
    .returning('id')
    .execute()
  for (const { id } of moved) {
    ctx.about({ kind: 'account', id })
    await identity(ctx)
      .insertInto('identity.moved_resident')
      .values({
        district: ctx.district,
        merge_id: merge,
        account_id: id,
        before_id: from,
        after_id: to,
        moved_at: ctx.now,
        moved_back_at: null,
      })
      .execute()
    if (to !== null) await carryTold(ctx, id, from, to, ctx.now)
  }
}

/** What their cases told goes with them. */
const carryTold = (ctx: Ctx, account: Id, from: Id, to: Id, until: Date) =>
  identity(ctx)
    .updateTable('identity.told_household')
    .set({ household_id: to })
    .where('district', '=', ctx.district)
    .where('account_id', '=', account)
    .where('household_id', '=', from)
    .where('told_at', '<=', until)
    .execute()

/** The merge was undone. Whom a guide has confirmed somewhere else since stays there. */
export async function moveResidentsBack(ctx: Ctx, merge: Id): Promise<void> {
  const moved = await identity(ctx)
    .updateTable('identity.moved_resident')
    .set({ moved_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('merge_id', '=', merge)
    .where('moved_back_at', 'is', null)
    .returning(['account_id', 'before_id', 'after_id', 'moved_at'])
    .execute()
  for (const { account_id, before_id, after_id, moved_at } of moved) {
    ctx.about({ kind: 'account', id: account_id })
    await identity(ctx)
      .updateTable('identity.account')
      .set({ household_id: before_id })
      .where('district', '=', ctx.district)
      .where('id', '=', account_id)
      .where('household_id', after_id === null ? 'is' : '=', after_id)
      .execute()
    if (after_id !== null) await carryTold(ctx, account_id, after_id, before_id, moved_at)
  }
}
