import type { Case } from '@zhulian/pool'
import type { PoolDocuments } from '@zhulian/rules'
import type { Selectable } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { contentHash } from './canonical.ts'
import { pools, storedDocuments } from './current-pool.ts'
import { findRule, listed, withRule, type Rule } from './rule.ts'
import { shippedCases, shippedPool, type CasesByOwner } from './shipped.ts'
import type { PublicationTable } from './tables.ts'
import { ruleKinds, type RuleKind } from './workbench-contract.ts'

export type Publication = Selectable<PublicationTable>

/** Everything that was ever published here, the oldest first. */
export const allPublications = (ctx: Ctx): Promise<Publication[]> =>
  pools(ctx).selectFrom('pools.publication').selectAll().where('district', '=', ctx.district).orderBy('turn').execute()

/** Of the last publication; 0 before the first. */
export const lastTurn = async (ctx: Ctx): Promise<number> => (await allPublications(ctx)).at(-1)?.turn ?? 0

/** The last of each rule. */
export function newest(publications: readonly Publication[]): readonly Publication[] {
  return [...new Map(publications.map(p => [`${p.kind} ${p.key}`, p])).values()]
}

/** The shipped files with what was published here laid over them. */
export async function layPublications(ctx: Ctx, documents: PoolDocuments): Promise<PoolDocuments> {
  const last = newest(await allPublications(ctx))
  let laid = documents
  for (const kind of ruleKinds) {
    const ofKind = last.filter(p => p.kind === kind)
    const stored = await storedDocuments(
      ctx,
      listed[kind],
      ofKind.map(p => p.hash),
    )
    for (const { hash } of ofKind) laid = withRule(laid, kind, stored.get(hash) as Rule)
  }
  return laid
}

/** The hash of a rule as the files have it; null when it is not in them. */
export function shippedHash(kind: RuleKind, key: string): string | null {
  const rule = findRule(shippedPool(), kind, key)
  return rule ? contentHash(rule) : null
}

/** Published here, and changed in the files since: somebody should compare the two. */
export const isShippedChanged = ({ kind, key, hash, shipped }: Publication): boolean => {
  const now = shippedHash(kind, key)
  return now !== shipped && now !== hash
}

/**
 * The worked households that prove the pool in use: those of the files, and those published since in their place.
 * @param turn as they were after this publication
 */
export async function casesInUse(ctx: Ctx, turn = Infinity): Promise<CasesByOwner> {
  const all = (await allPublications(ctx)).filter(p => p.turn <= turn)
  const published = new Map(all.flatMap(p => Object.entries(p.cases)))
  const stored = await storedDocuments(ctx, 'cases', [...published.values()])
  const cases = new Map(await shippedCases())
  for (const [owner, hash] of published) cases.set(owner, stored.get(hash) as readonly Case[])
  return cases
}

/** How many worked households of a policy were published here; undefined when the files still have the say. */
export async function publishedCasesCount(ctx: Ctx, policy: string): Promise<number | undefined> {
  const hash = (await allPublications(ctx)).findLast(p => policy in p.cases)?.cases[policy]
  if (hash === undefined) return undefined
  return ((await storedDocuments(ctx, 'cases', [hash])).get(hash) as readonly Case[]).length
}
