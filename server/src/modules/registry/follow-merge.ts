import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { moveResidents, moveResidentsBack } from '../identity/index.ts'
import { homesOfSamePeople, mergeOf } from './merge-of.ts'

/**
 * Who reads their own household reads it where they live since a merge, and as before when it is undone. Where others lived already, a guide
 * has to see again who the resident is.
 */
export async function followMerge(ctx: Ctx, { merge: id }: Readonly<Record<string, string | number>>): Promise<void> {
  const merge = await mergeOf(ctx, String(id) as Id)
  if (merge?.isUndone) return await moveResidentsBack(ctx, merge.id)
  if (!merge?.home || !merge.emptied) return
  const same = (await homesOfSamePeople(ctx, [merge.emptied])).get(merge.emptied)
  await moveResidents(ctx, merge.id, { from: merge.emptied, to: same === merge.home.household ? same : null })
}
