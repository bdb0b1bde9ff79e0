import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import { identity } from './tables.ts'

/**
 * A guide has seen who the resident is, over one of their cases: from the next request on the resident reads their own household's record.
 * Who reads one already keeps to it, and what they have by another way no case takes from them.
 */
export async function confirmHousehold(ctx: Ctx, resident: Id, household: Id, toldBy: Id): Promise<void> {
  ctx.about({ kind: 'account', id: resident })
  await asDoorkeeper(ctx, async () => {
    const account = await lockResident(ctx, resident)
    if (!account) return
    const told = await toldTo(ctx, resident)
    if (account.household_id === household && !told.includes(household)) return
    const row = { household_id: household, told_at: ctx.now, taken_back_at: null }
    await identity(ctx)
      .insertInto('identity.told_household')
      .values({ district: ctx.district, account_id: resident, case_id: toldBy, ...row })
      .onConflict(on => on.columns(['district', 'account_id', 'case_id']).doUpdateSet(row))
      .execute()
    if (account.household_id === null) await setHousehold(ctx, resident, household)
  })
}

/** By that case it was another family. The record is read no longer, unless another case told of the same; else what another told is. */
export async function forgetHousehold(ctx: Ctx, resident: Id, toldBy: Id): Promise<void> {
  ctx.about({ kind: 'account', id: resident })
  await asDoorkeeper(ctx, async () => {
    const account = await lockResident(ctx, resident)
    const taken = await identity(ctx)
      .updateTable('identity.told_household')
      .set({ taken_back_at: ctx.now })
      .where('district', '=', ctx.district)
      .where('account_id', '=', resident)
      .where('case_id', '=', toldBy)
      .where('taken_back_at', 'is', null)
      .returning('household_id')
      .executeTakeFirst()
    if (!taken || account?.household_id !== taken.household_id) return
    const told = await toldTo(ctx, resident)
    if (!told.includes(taken.household_id)) await setHousehold(ctx, resident, told[0] ?? null)
  })
}

const lockResident = (ctx: Ctx, id: Id) =>
  identity(ctx)
    .selectFrom('identity.account')
    .select('household_id')
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('kind', '=', 'resident')
    .forUpdate()
    .executeTakeFirst()

/** Households that cases told and nobody took back, those told first first. */
async function toldTo(ctx: Ctx, resident: Id): Promise<Id[]> {
  const rows = await identity(ctx)
    .selectFrom('identity.told_household')
    .select('household_id')
    .where('district', '=', ctx.district)
    .where('account_id', '=', resident)
    .where('taken_back_at', 'is', null)
    .orderBy('told_at')
    .orderBy('case_id')
    .execute()
  return rows.map(row => row.household_id)
}

const setHousehold = (ctx: Ctx, resident: Id, household: Id | null) =>
  identity(ctx)
    .updateTable('identity.account')
    .set({ household_id: household })
    .where('district', '=', ctx.district)
    .where('id', '=', resident)
    .execute()
