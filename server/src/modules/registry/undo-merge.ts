import type { Id } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type Selectable, sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { indexNames } from './enrol.ts'
import { countAgain, membership, restoreHousehold } from './merged-homes.ts'
import { asWhole } from './as-whole.ts'
import { tellFollowers } from './merge-of.ts'
import { setState, waitingPairs } from './pair-row.ts'
import { changedSinceMerge, mergeUndone, pairNotFound, type pairsContract } from './pairs-contract.ts'
import type { BeforeMerge, PersonMergeRow, RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()
type Contract = typeof pairsContract
type Merge = Selectable<PersonMergeRow>

/** @throws changedSinceMerge, mergeUndone */
export async function undoMerge(ctx: Ctx, { params, body }: InputOf<Contract['POST /merges/:mergeId/undo']>) {
  const merge = await registry(ctx)
    .selectFrom('registry.person_merge')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', params.mergeId)
    .forUpdate()
    .executeTakeFirst()
  if (!merge?.division.startsWith(ctx.actor.scope ?? '-')) throw pairNotFound()
  ctx.because(body.reason)
  for (const id of [merge.kept_id, merge.merged_id]) ctx.about({ kind: 'person', id })
  if (merge.undone_at) throw mergeUndone()
  await registry(ctx)
    .selectFrom('registry.person')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', 'in', [merge.kept_id, merge.merged_id])
    .orderBy('id')
    .forUpdate()
    .execute()
  if (!(await canUndo(ctx, merge))) throw changedSinceMerge()
  const { before } = merge
  if (before.emptied) await restoreHousehold(ctx, before.emptied, before.statements)
  if (before.begun)
    await membership(ctx, merge.kept_id, before.begun.household, before.begun.from, sql`withdrawn_at = ${ctx.now}`)
  for (const m of before.ended)
    await membership(ctx, m.person, m.household, m.from, sql`withdrawn_at = null, until_on = null, ended_at = null`)
  const was = (column: BeforeMerge['filled'][number]) => before.filled.includes(column)
  const emptyAgain = {
    ...(was('phone') && { phone: null, phone_blind: null }),
    ...(was('birth_date') && { birth_date: null }),
    ...(was('sex') && { sex: null }),
  }
  const back = async (id: Id, stood: BeforeMerge['kept'], more: object) =>
    await registry(ctx)
      .updateTable('registry.person')
      .set({ household_id: stood.household, relation: stood.relation, division: stood.division, ...more })
      .where('district', '=', ctx.district)
      .where('id', '=', id)
      .execute()
  await back(merge.kept_id, before.kept, emptyAgain)
  await back(merge.merged_id, before.merged, { merged_into: null, withdrawn_at: null })
  await indexNames(ctx, [merge.kept_id, merge.merged_id])
  await registry(ctx)
    .updateTable('registry.person_merge')
    .set({ undone_at: ctx.now, undone_by: ctx.actor.account, undone_reason: body.reason })
    .where('district', '=', ctx.district)
    .where('id', '=', merge.id)
    .execute()
  if (merge.pair_id) await setState(ctx, [merge.pair_id], 'open')
  await countAgain(ctx, [before.kept.household, before.merged.household, merge.household_id], null)
  await tellFollowers(ctx, merge.id)
  return { person: merge.kept_id, other: merge.merged_id, waiting: await waitingPairs(ctx) }
}

/** Whether nothing was written down of either since, and the households they were in are still there to go back to. */
export async function canUndo(
  ctx: Ctx,
  merge: Pick<Merge, 'id' | 'kept_id' | 'merged_id' | 'merged_at' | 'undone_at' | 'before'>,
): Promise<boolean> {
  if (merge.undone_at) return false
  const { kept, merged, emptied } = merge.before
  const homes = [kept.household, merged.household].filter(id => id !== null && id !== emptied)
  const both = sql`any(${[merge.kept_id, merge.merged_id]}::uuid[])`
  const { rows } = await asWhole(ctx, () =>
    sql<{ changed: boolean }>`
    select exists (select from registry.statement s where s.district = ${ctx.district} and s.person_id = ${both}
                     and greatest(s.recorded_at, s.withdrawn_at) > ${merge.merged_at})
        or exists (select from registry.membership m where m.district = ${ctx.district} and m.person_id = ${both}
                     and greatest(m.recorded_at, m.ended_at, m.withdrawn_at) > ${merge.merged_at})
        or exists (select from registry.person_merge o where o.district = ${ctx.district} and o.id <> ${merge.id} and o.undone_at is null
                     and (o.kept_id = ${both} or o.merged_id = ${both}) and o.merged_at >= ${merge.merged_at})
        or exists (select from registry.household h where h.district = ${ctx.district} and h.id = any(${homes}::uuid[])
                     and h.withdrawn_at is not null)
      as changed`.execute(ctx.transaction),
  )
  return rows[0]?.changed === false
}
