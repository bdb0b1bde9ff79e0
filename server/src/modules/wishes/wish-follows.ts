import { asMachine } from '../../platform/act-as.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { backInPool, changeWish, publishedOf, tellTaker, untaken } from './kept-wish.ts'
import type { NeedState } from './need.ts'
import type { NeedRow, WishRow } from './tables.ts'

/** While a need is in one of these, who took its wish sees to it. */
const seenTo: readonly NeedState[] = [
  'claimed',
  'assigned',
  'inService',
  'suspended',
  'delivered',
  'disputed',
  'evaluated',
]

/**
 * A wish stands as its need does: to be taken only in the pool, come true once the family says so, and gone when the need is met, joined
 * or taken back otherwise.
 */
export async function wishFollows(ctx: Ctx, need: NeedRow): Promise<void> {
  if (need.level !== 'district') return
  await asMachine(ctx, async machine => {
    const wish = await publishedOf(machine, need.id, true)
    const set = wish && standsWith(machine, wish, need.state)
    if (!set) return
    await changeWish(machine, wish, set)
    tellTaker(ctx, wish, 'wishes.wishMoved')
  })
}

function standsWith(ctx: Ctx, wish: WishRow, state: NeedState): Partial<WishRow> | undefined {
  if (wish.state === 'claimed') {
    if (state === 'inWishPool') return backInPool(ctx, wish)
    // Who helped needs the name no longer.
    if (state === 'confirmed') return { state: 'kept', ended_at: ctx.now, sealed_whom: null }
    if (seenTo.includes(state)) return undefined
  } else if (state === 'inWishPool') return undefined
  return { ...untaken, state: 'withdrawn', ended_at: ctx.now }
}
