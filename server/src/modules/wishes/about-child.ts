import type { Day, Id } from '@zhulian/kernel'
import type { Ctx } from '../../platform/ctx.ts'
import { minorReadersOf } from '../registry/index.ts'
import { nobodyMayRead } from './contract.ts'
import type { NeedStand } from './need.ts'
import type { NeedRow } from './tables.ts'

/** A need about a child is read in the field by a standing grant alone, until the child is of age. */
export const isAboutChild = (ctx: Ctx, { minor_until }: { readonly minor_until: Day | null }): boolean =>
  minor_until !== null && minor_until > ctx.today

/** Who of the village may read a need about a child. */
export const readersInVillage = (
  ctx: Ctx,
  { household_id, division }: Pick<NeedRow, 'household_id' | 'division'>,
): Promise<readonly Id[]> => minorReadersOf(ctx, { id: household_id, division })

/** To a village where nobody may read it, it would be handed to nobody. @throws nobodyMayRead */
export async function checkReadable(ctx: Ctx, row: NeedRow, to: NeedStand): Promise<void> {
  if (to.level !== 'village' || row.level === 'village' || !isAboutChild(ctx, row)) return
  if ((await readersInVillage(ctx, row)).length === 0) throw nobodyMayRead()
}
