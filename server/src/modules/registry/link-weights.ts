import type { Weights } from '@zhulian/linkage'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** How records of one person agree and differ in this kind of file, where a large one came already. */
export async function keptWeights(ctx: Ctx, feed: string): Promise<Weights | undefined> {
  const row = await registry(ctx)
    .selectFrom('registry.link_weights')
    .select('weights')
    .where('district', '=', ctx.district)
    .where('feed', '=', feed)
    .executeTakeFirst()
  return row ? row.weights : undefined
}

/** Keeps what the first large file of a kind taught; later ones are compared by the same measure. */
export async function keepWeights(ctx: Ctx, feed: string, weights: Weights, rows: number): Promise<void> {
  await registry(ctx)
    .insertInto('registry.link_weights')
    .values({ district: ctx.district, feed, weights: JSON.stringify(weights), rows, learnt_at: ctx.now })
    .onConflict(c => c.columns(['district', 'feed']).doNothing())
    .execute()
}
