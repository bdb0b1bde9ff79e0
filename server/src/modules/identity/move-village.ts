import type { DivisionCode, Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { addGrant } from './add-account.ts'
import { asDoorkeeper } from './as-doorkeeper.ts'
import type { RoleGrant } from './grant.ts'
import { heldNow } from './held-now.ts'
import { endSessions } from './session.ts'
import { identity } from './tables.ts'

/** Rights that ended and began when a village changed hands; null where there was none to end or one already. */
export interface VillageRights {
  readonly ended: Id | null
  readonly made: Id | null
}

/**
 * Gives a village to somebody who works as a guide already, in place of another or beside those who do. The right lasts no
 * longer than what they have. The caller has looked who may, and where.
 * @returns undefined when the one has no right of their own in the village, or the other is no guide
 */
export async function moveVillage(
  ctx: Ctx,
  { village, from, to }: { readonly village: DivisionCode; readonly from: Id | null; readonly to: Id },
): Promise<VillageRights | undefined> {
  return asDoorkeeper(ctx, async () => {
    const theirs = await rightsOf(ctx, to)
    const own = from ? (await rightsOf(ctx, from)).find(g => g.scope === village) : undefined
    if (theirs.length === 0 || (from !== null && !own)) return undefined
    const made = theirs.some(g => g.scope === village) ? null : await giveVillage(ctx, to, village, longestOf(theirs))
    if (own) await endRight(ctx, own.id, own.account_id)
    return { ended: own?.id ?? null, made }
  })
}

/** Undoes it: who had the village has it again. @returns undefined when they are no longer here, or their right has run out meanwhile */
export async function moveVillageBack(
  ctx: Ctx,
  { village, to, rights }: { readonly village: DivisionCode; readonly to: Id; readonly rights: VillageRights },
): Promise<VillageRights | undefined> {
  return asDoorkeeper(ctx, async () => {
    const before = rights.ended ? await readRight(ctx, rights.ended) : undefined
    if (rights.ended && !before) return undefined
    const own = before ? await rightsOf(ctx, before.account_id) : []
    const made =
      before && !own.some(g => g.scope === village)
        ? await giveVillage(ctx, before.account_id, village, before.until_at)
        : null
    const given = rights.made ? (await rightsOf(ctx, to)).find(g => g.id === rights.made) : undefined
    if (given) await endRight(ctx, given.id, to)
    return { ended: given?.id ?? null, made }
  })
}

const giveVillage = (ctx: Ctx, account: Id, scope: DivisionCode, until: Date | null): Promise<Id> =>
  addGrant(ctx, account, { role: 'guide', scope, ...(until ? { until } : {}) })

const longestOf = (rights: readonly RoleGrant[]): Date | null =>
  rights.some(g => g.until_at === null) ? null : new Date(Math.max(...rights.map(g => g.until_at?.getTime() ?? 0)))

/** What somebody may do as a guide now. */
const rightsOf = (ctx: Ctx, account: Id): Promise<RoleGrant[]> =>
  heldNow(ctx).selectAll('held').where('held.account_id', '=', account).where('held.role', '=', 'guide').execute()

/** A right that ended and would still hold, of somebody who is here. */
async function readRight(ctx: Ctx, grant: Id): Promise<RoleGrant | undefined> {
  return await identity(ctx)
    .selectFrom('identity.role_grant as held')
    .innerJoin('identity.account as account', join =>
      join.onRef('account.district', '=', 'held.district').onRef('account.id', '=', 'held.account_id'),
    )
    .selectAll('held')
    .where('held.district', '=', ctx.district)
    .where('held.id', '=', grant)
    .where(eb => eb.or([eb('held.until_at', 'is', null), eb('held.until_at', '>', ctx.now)]))
    .where('account.ended_at', 'is', null)
    .executeTakeFirst()
}

async function endRight(ctx: Ctx, grant: Id, account: Id): Promise<void> {
  await identity(ctx)
    .updateTable('identity.role_grant')
    .set({ ended_at: ctx.now, ended_by: ctx.actor.account })
    .where('district', '=', ctx.district)
    .where('id', '=', grant)
    .where('ended_at', 'is', null)
    .execute()
  await endSessions(ctx, account, { grant })
}
