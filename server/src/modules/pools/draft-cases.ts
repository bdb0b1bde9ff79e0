import type { Case } from '@zhulian/pool'
import type { Ctx } from '../../platform/ctx.ts'
import { contentHash } from './canonical.ts'
import { casesInUse } from './publications.ts'
import type { CasesByOwner } from './shipped.ts'
import type { DraftRow } from './kept-draft.ts'

/**
 * The worked households of a draft by whose they are. Several rules may share a file of them, so a draft has them as what it
 * changes of those that were in use when it was begun: what others published since stands beside it, also where the draft
 * wrote anew what somebody just published.
 */
export async function casesOf(ctx: Ctx, row: DraftRow): Promise<CasesByOwner> {
  const own = Object.entries(row.cases as Record<string, readonly Case[]>)
  if (own.length === 0) return new Map()
  const [now, then] = [await casesInUse(ctx), await casesInUse(ctx, row.begun_after)]
  return new Map(own.map(([owner, cases]) => [owner, together(now.get(owner) ?? [], then.get(owner) ?? [], cases)]))
}

/** Those in use, less what the draft took out of the earlier ones, and what it wrote. */
export function together(now: readonly Case[], then: readonly Case[], draft: readonly Case[]): readonly Case[] {
  if (contentHash(now) === contentHash(then)) return draft
  const hashes = (cases: readonly Case[]) => new Set(cases.map(contentHash))
  const [inUse, before, written] = [hashes(now), hashes(then), hashes(draft)]
  const stays = (hash: string) => !before.has(hash) || written.has(hash)
  return [
    ...now.filter(one => stays(contentHash(one))),
    ...draft.filter(one => !before.has(contentHash(one)) && !inUse.has(contentHash(one))),
  ]
}
