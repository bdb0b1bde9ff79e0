import { type Id, newId } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { sql } from 'kysely'
import { asMachine } from '../../platform/act-as.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { readSealed } from '../../platform/open-sealed.ts'
import { positionsOf } from '../registry/index.ts'
import { needToLink, standsOf } from '../wishes/index.ts'
import { declinedNotFound, type linkingContract, takerNotFound } from './contract.ts'
import type { DeclinedRow, LinkingTables } from './tables.ts'
import { takerKeyOf, takersFor } from './takers.ts'

type Input<K extends keyof typeof linkingContract> = InputOf<(typeof linkingContract)[K]>

export const linking = tablesOf<LinkingTables>()
export const keyOf = (need: string, taker: string): string => `${need} ${taker}`
const sealedReason = 'linking.declined.reason'

/** A taker that a person knows not to fit is not suggested for the need again. */
export async function declineTaker(ctx: Ctx, { body }: Input<'POST /linking/declined'>) {
  const need = await needToLink(ctx, body.need)
  const taker = takerKeyOf(body.taker)
  const { at } = await positionsOf(ctx)
  if (!(await takersFor(ctx, at, [need])).some(one => one.key === taker)) throw takerNotFound()
  const id = newId(ctx.now.getTime())
  const written = await linking(ctx)
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
    .onConflict(on => on.columns(['district', 'need_id', 'taker']).where('taken_back_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (written) return { id }
  // Somebody said so before.
  const standing = (await declinedNow(ctx, [need.id])).get(keyOf(need.id, taker))
  if (!standing) throw takerNotFound()
  return { id: standing.id }
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

/** What stands of them for needs that who asks may read, by need and taker; also where a need has only just come to them. */
export async function declinedNow(ctx: Ctx, needs: readonly Id[]): Promise<ReadonlyMap<string, DeclinedRow>> {
  const rows = await asMachine(ctx, machine =>
    linking(machine)
      .selectFrom('linking.declined')
      .selectAll()
      .where('district', '=', machine.district)
      .where('taken_back_at', 'is', null)
      .where('need_id', '=', sql<Id>`any(${[...needs]}::uuid[])`)
      .orderBy('id')
      .execute(),
  )
  return new Map(rows.map(row => [keyOf(row.need_id, row.taker), row]))
}

/** Who said no, and why: for who may read the need. */
export const declinedShown = (ctx: Ctx, row: DeclinedRow | undefined) =>
  row === undefined
    ? null
    : { id: row.id, by: row.by_name, reason: readSealed(ctx, sealedReason, row.id, row.sealed_reason) }

/** A need that followed its family takes along what was said of it, and back. */
export async function followNeed(ctx: Ctx, { need: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const need = (await standsOf(ctx, [id as Id])).get(id as Id)
  if (!need) return
  ctx.about({ kind: 'household', id: need.household })
  await linking(ctx)
    .updateTable('linking.declined')
    .set({ division: need.division })
    .where('district', '=', ctx.district)
    .where('need_id', '=', need.id)
    .execute()
}
