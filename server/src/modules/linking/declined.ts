import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { positionsOf } from '../registry/index.ts'
import { needToLink } from '../wishes/index.ts'
import { declinedNotFound, type linkingContract, takerNotFound } from './contract.ts'
import { keyOf } from './placing.ts'
import type { LinkingTables } from './tables.ts'
import { takerKeyOf, takersFor } from './takers.ts'

type Input<K extends keyof typeof linkingContract> = InputOf<(typeof linkingContract)[K]>

export const linking = tablesOf<LinkingTables>()
const sealedReason = 'linking.declined.reason'

/** A taker that a person knows not to fit is not suggested for the need again. */
export async function declineTaker(ctx: Ctx, { body }: Input<'POST /linking/declined'>) {
  const need = await needToLink(ctx, body.need)
  const taker = takerKeyOf(body.taker)
  const { at } = await positionsOf(ctx)
  if (!(await takersFor(ctx, at)).some(one => one.key === taker)) throw takerNotFound()
  const standing = await linking(ctx)
    .selectFrom('linking.declined')
    .select('id')
    .where('district', '=', ctx.district)
    .where('need_id', '=', need.id)
    .where('taker', '=', taker)
    .where('taken_back_at', 'is', null)
    .executeTakeFirst()
  if (standing) return { id: standing.id }
  const id = newId(ctx.now.getTime())
  await linking(ctx)
    .insertInto('linking.declined')
    .values({
      district: ctx.district,
      id,
      need_id: need.id,
      division: need.division,
      taker,
      sealed_reason: ctx.crypto.seal(sealedReason, id, body.reason),
      by_id: ctx.actor.account,
      by_name: ctx.actor.name,
      at: ctx.now,
      taken_back_at: null,
    })
    .execute()
  return { id }
}

export async function takeDeclinedBack(ctx: Ctx, { params }: Input<'DELETE /linking/declined/:declinedId'>) {
  const changed = await linking(ctx)
    .updateTable('linking.declined')
    .set({ taken_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('id', '=', params.declinedId)
    .where('taken_back_at', 'is', null)
    .returning('need_id')
    .executeTakeFirst()
  if (!changed) throw declinedNotFound()
  await needToLink(ctx, changed.need_id)
  return { done: true as const }
}

/** What stands of them, by need and taker. */
export async function declinedNow(ctx: Ctx, need?: Id): Promise<ReadonlyMap<string, Id>> {
  let found = linking(ctx)
    .selectFrom('linking.declined')
    .select(['id', 'need_id', 'taker'])
    .where('district', '=', ctx.district)
    .where('taken_back_at', 'is', null)
  if (need !== undefined) found = found.where('need_id', '=', need)
  const rows = await found.orderBy('id').limit(20_000).execute()
  return new Map(rows.map(row => [keyOf(row.need_id, row.taker), row.id]))
}
