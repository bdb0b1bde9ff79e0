import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import type { Differing } from './find-differing.ts'
import { entitlements } from './receipts.ts'
import { lookAgain } from './registry-memory.ts'
import { listsStand, markGone } from './screen.ts'

/**
 * Goes through everybody in columns, by the rules in use and on the day of today, and compares with what is kept: verdicts, and
 * lines of both lists. What says the same stays as it is. Nothing is assumed of what a new figure, a new rule or a new day may
 * touch: whoever is not among these would be given the very same verdict and lines. It is done in the thread of the registry,
 * so that requests do not wait.
 */
export async function whoDiffers(ctx: Ctx): Promise<Differing> {
  const registry = await lookAgain(ctx)
  const { rows } = await sql<{ text: string }>`
    select coalesce(json_agg(json_build_array(household_id, result_hash)), '[]')::text as text
    from entitlements.verdict where district = ${ctx.district} and superseded_at is null`.execute(ctx.transaction)
  const lists = await listsStand(ctx)
  const differing = await registry.findDiffering({ verdicts: rows[0]?.text ?? '[]', lists })
  const open = [...lists.open.values()].flat().filter(f => f.gone_on === null)
  const here = await stillHere(
    ctx,
    open.map(f => f.household_id),
  )
  await markGone(
    ctx,
    open.filter(f => !here.has(f.household_id)).map(f => f.id),
    ctx.today,
  )
  return differing
}

async function stillHere(ctx: Ctx, households: readonly Id[]): Promise<ReadonlySet<Id>> {
  const rows = await entitlements(ctx)
    .selectFrom('registry.v_household')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${households}::uuid[])`)
    .execute()
  return new Set(rows.map(row => row.id))
}

/** Verdicts that stay as they are hold on this day too. */
export async function confirmOthers(ctx: Ctx, differing: readonly Id[]): Promise<void> {
  await sql`update entitlements.verdict set confirmed_at = ${ctx.now}, confirmed_on = ${ctx.today}
    where district = ${ctx.district} and superseded_at is null and confirmed_on < ${ctx.today}
      and household_id <> all(${differing}::uuid[])`.execute(ctx.transaction)
}
