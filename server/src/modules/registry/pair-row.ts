import type { Id } from '@zhulian/kernel'
import { type Selectable, sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { pairNotFound } from './pairs-contract.ts'
import type { PairReviewRow, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
export type PairRow = Selectable<PairReviewRow>
export const clueColumn = 'registry.pair_review.clues'

export async function divisionsOf(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const rows = await registry(ctx)
    .selectFrom('registry.person')
    .select(['id', 'division'])
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(r => [r.id, r.division]))
}

/** The village they share, else the township, else the district: who reaches it sees everybody there is to choose from. */
export function leastOf(divisions: readonly string[]): string {
  const [first = ''] = divisions
  const length = [12, 9, 6].find(n => divisions.every(d => d.slice(0, n) === first.slice(0, n)))
  return first.slice(0, length ?? 6)
}

/** How many pairs the actor may still decide. */
export async function waitingPairs(ctx: Ctx): Promise<number> {
  const { count } = await registry(ctx)
    .selectFrom('registry.pair_review')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('district', '=', ctx.district)
    .where('state', '=', 'open')
    .where('division', 'like', `${ctx.actor.scope ?? '-'}%`)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** @throws pairNotFound for one that is not there or not in the actor's reach */
export async function pairRow(ctx: Ctx, id: Id, lock = false): Promise<PairRow> {
  let query = registry(ctx)
    .selectFrom('registry.pair_review')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('state', '!=', 'withdrawn')
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row?.division.startsWith(ctx.actor.scope ?? '-')) throw pairNotFound()
  ctx.about({ kind: 'person', id: row.person_id })
  if (row.other_id) ctx.about({ kind: 'person', id: row.other_id })
  return row
}

/** Open pairs of the same row. */
export async function othersOf(ctx: Ctx, row: PairRow) {
  if (row.delivery_id === null || row.row_id === null) return []
  return await registry(ctx)
    .selectFrom('registry.pair_review')
    .select(['id', 'state', 'decided_at'])
    .where('district', '=', ctx.district)
    .where('delivery_id', '=', row.delivery_id)
    .where('row_id', '=', row.row_id)
    .where('id', '!=', row.id)
    .execute()
}

export async function setState(ctx: Ctx, ids: readonly Id[], state: 'open' | 'same' | 'different'): Promise<void> {
  const decided = state === 'open' ? null : { at: ctx.now, by: ctx.actor.account }
  await registry(ctx)
    .updateTable('registry.pair_review')
    .set({ state, decided_at: decided?.at ?? null, decided_by: decided?.by ?? null })
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
}
