import type { Ctx } from './ctx.ts'
import { notUnderstood } from './refusals.ts'

/** Where a page of a list ended. */
export interface PageMark {
  readonly sort: string
  readonly key: string | number
  readonly id: string
}

/**
 * Sealed for who asks: a list by name ends with a name, which must not stand in an address, and nobody can make one up.
 * @param list the table and its list, as in `registry.household.page`
 */
export const sealMark = (ctx: Ctx, list: string, mark: PageMark): string =>
  ctx.crypto.seal(list, ctx.actor.account, JSON.stringify(mark)).toString('base64url')

/** @throws notUnderstood for a mark that was not given to this account, or for another list or order */
export function openMark(ctx: Ctx, list: string, sort: string, after: string): PageMark {
  try {
    const mark = JSON.parse(ctx.crypto.open(list, ctx.actor.account, Buffer.from(after, 'base64url'))) as PageMark
    if (mark.sort === sort) return mark
  } catch {
    // Sealed for somebody else, with a key there never was, or not sealed at all.
  }
  throw notUnderstood()
}
