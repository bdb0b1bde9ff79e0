import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { giveWay } from '../../platform/give-way.ts'
import { contentHash } from '../pools/index.ts'
import { entitlements } from './receipts.ts'
import { resultsInColumns } from './results-in-columns.ts'
import { isAsKept, listsOf, listsStand, markGone } from './screen.ts'
import type { WholeRegistry } from './whole-registry.ts'

/** Households between which others are let through. */
const atOnce = 50

/**
 * Goes through everybody in columns, by the rules in use and on the day of today, and compares with what is kept: verdicts, and
 * lines of both lists. What says the same stays as it is. Nothing is assumed of what a new figure, a new rule or a new day may
 * touch: whoever is not among these would be given the very same verdict and lines.
 */
export async function whoDiffers(ctx: Ctx, whole: WholeRegistry): Promise<Id[]> {
  const verdicts = await entitlements(ctx)
    .selectFrom('entitlements.verdict')
    .select(['household_id', 'result_hash'])
    .where('district', '=', ctx.district)
    .where('superseded_at', 'is', null)
    .execute()
  const kept = new Map(verdicts.map(v => [v.household_id, v.result_hash]))
  const stand = await listsStand(ctx)
  const judged = {
    judgement: whole.inForce,
    first: whole.registry.first,
    policies: whole.loaded.pool.policies.map(p => p.id),
  }
  const due: Id[] = []
  for (const [lane, home] of whole.homes.entries()) {
    if (lane % atOnce === 0) await giveWay(ctx)
    if (!home) continue
    const { id, facts } = home
    const keys = facts.persons.map(p => p.key as Id)
    const results = resultsInColumns(judged, lane, keys)
    if (kept.get(id) !== contentHash(results)) due.push(id)
    else {
      const certifiedTier = facts.household['certifiedTier']
      if (!isAsKept(listsOf({ id, results, certifiedTier }, stand, ctx.today))) due.push(id)
    }
  }
  const here = new Set(whole.homes.map(home => home?.id))
  const left = [...stand.open.values()].flat().filter(f => f.gone_on === null && !here.has(f.household_id))
  await markGone(
    ctx,
    left.map(f => f.id),
    ctx.today,
  )
  return due.sort()
}

/** Verdicts that stay as they are hold on this day too. */
export async function confirmOthers(ctx: Ctx, differing: readonly Id[]): Promise<void> {
  await sql`update entitlements.verdict set confirmed_at = ${ctx.now}, confirmed_on = ${ctx.today}
    where district = ${ctx.district} and superseded_at is null and confirmed_on < ${ctx.today}
      and household_id <> all(${differing}::uuid[])`.execute(ctx.transaction)
}
