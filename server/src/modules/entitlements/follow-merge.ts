import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { type Merge, mergeOf } from '../registry/index.ts'
import { entitlements } from './receipts.ts'
import type { FindingRow, ReceiptRow } from './tables.ts'

/** Of a receipt or a finding what a merge may change. */
export type StoodBefore = Pick<ReceiptRow, 'household_id' | 'person_id' | 'division'> &
  Partial<Pick<FindingRow, 'gone_on'>>

/**
 * Two records are one person, or are two again: what the one that is gone receives or received, and the open questions about it, follow or go
 * back. A question that is open about both is asked once. Nothing is ended or answered by it; what a person of the office has ended stays.
 */
export async function followMerge(ctx: Ctx, { merge: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const merge = await mergeOf(ctx, String(id) as Id)
  if (!merge) return
  if (merge.isUndone) return await putBack(ctx, merge.id)
  await moveReceipts(ctx, merge)
  await moveFindings(ctx, merge)
}

interface Stands {
  readonly household_id: Id
  readonly person_id: Id | null
  readonly division: string
}

/** @returns undefined for what stays as it is */
function standsAfter({ kept, merged, home }: Merge, row: Stands): Stands | undefined {
  const person_id = row.person_id === merged ? kept : row.person_id
  const household_id = home?.household ?? row.household_id
  if (person_id === row.person_id && household_id === row.household_id) return undefined
  return { household_id, person_id, division: home?.division ?? row.division }
}

async function moveReceipts(ctx: Ctx, merge: Merge): Promise<void> {
  const rows = await entitlements(ctx)
    .selectFrom('entitlements.receipt')
    .select(['id', 'household_id', 'person_id', 'division'])
    .where('district', '=', ctx.district)
    .where('ended_at', 'is', null)
    .where(eb =>
      eb.or([
        eb('person_id', 'in', [merge.kept, merge.merged]),
        ...(merge.emptied ? [eb('household_id', '=', merge.emptied)] : []),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id, ...before } of rows) {
    const after = standsAfter(merge, before)
    if (!after) continue
    await setReceipt(ctx, id, after)
    await keepBefore(ctx, merge.id, { kind: 'receipt', subject: id, before })
    ctx.about({ kind: 'household', id: after.household_id })
  }
}

const setReceipt = async (ctx: Ctx, id: Id, { household_id, person_id, division }: Stands) =>
  await entitlements(ctx)
    .updateTable('entitlements.receipt')
    .set({ household_id, person_id, division })
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()

async function moveFindings(ctx: Ctx, merge: Merge): Promise<void> {
  const rows = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', '<>', 'closed')
    .where(eb =>
      eb.or([
        eb('person_id', 'in', [merge.kept, merge.merged]),
        ...(merge.emptied ? [eb('household_id', '=', merge.emptied)] : []),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const row of rows) {
    const after = standsAfter(merge, row)
    if (!after) continue
    await moveFinding(ctx, row, after)
    const { household_id, person_id, division, gone_on } = row
    await keepBefore(ctx, merge.id, {
      kind: 'finding',
      subject: row.id,
      before: { household_id, person_id, division, gone_on },
    })
    ctx.about({ kind: 'household', id: after.household_id })
  }
}

type Asks = Pick<FindingRow, 'id' | 'kind' | 'policy' | 'gone_on'>

async function isAskedAlready(ctx: Ctx, { id, kind, policy }: Asks, to: Stands): Promise<boolean> {
  const same = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .select('id')
    .where('district', '=', ctx.district)
    .where('state', '<>', 'closed')
    .where('kind', '=', kind)
    .where('policy', '=', policy)
    .where('household_id', '=', to.household_id)
    .where('person_id', to.person_id === null ? 'is' : '=', to.person_id)
    .where('id', '<>', id)
    .executeTakeFirst()
  return same !== undefined
}

async function moveFinding(ctx: Ctx, row: Asks, to: Stands): Promise<void> {
  const isAsked = await isAskedAlready(ctx, row, to)
  await setFinding(ctx, row.id, isAsked ? { gone_on: row.gone_on ?? ctx.today } : to)
}

const setFinding = async (ctx: Ctx, id: Id, set: Partial<StoodBefore>) =>
  await entitlements(ctx)
    .updateTable('entitlements.finding')
    .set(eb => ({ ...set, version: eb('version', '+', 1), changed_at: ctx.now }))
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('state', '<>', 'closed')
    .execute()

interface Kept {
  readonly kind: 'receipt' | 'finding'
  readonly subject: Id
  readonly before: StoodBefore
}
async function keepBefore(ctx: Ctx, merge: Id, { kind, subject, before }: Kept): Promise<void> {
  await entitlements(ctx)
    .insertInto('entitlements.merged_work')
    .values({
      district: ctx.district,
      merge_id: merge,
      kind,
      subject_id: subject,
      before: JSON.stringify(before),
      moved_at: ctx.now,
      put_back_at: null,
    })
    .execute()
}

async function putBack(ctx: Ctx, merge: Id): Promise<void> {
  const moved = await entitlements(ctx)
    .updateTable('entitlements.merged_work')
    .set({ put_back_at: ctx.now })
    .where('district', '=', ctx.district)
    .where('merge_id', '=', merge)
    .where('put_back_at', 'is', null)
    .returning(['kind', 'subject_id', 'before'])
    .execute()
  for (const { kind, subject_id, before } of moved) {
    if (kind === 'receipt') await setReceipt(ctx, subject_id, before)
    else await putFindingBack(ctx, subject_id, before)
    ctx.about({ kind: 'household', id: before.household_id })
  }
}

/** The registry may have been judged first, and the question asked there anew. */
async function putFindingBack(ctx: Ctx, id: Id, before: StoodBefore): Promise<void> {
  const row = await entitlements(ctx)
    .selectFrom('entitlements.finding')
    .select(['id', 'kind', 'policy', 'gone_on'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .where('state', '<>', 'closed')
    .forUpdate()
    .executeTakeFirst()
  if (row) await moveFinding(ctx, row, before)
}
