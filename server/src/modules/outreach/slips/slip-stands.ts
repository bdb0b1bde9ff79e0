import type { Id, Words } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { readSealed } from '../../../platform/open-sealed.ts'
import { currentPool } from '../../pools/index.ts'
import { outreach } from '../kept-case.ts'
import { sealedSlipNote } from './kept-slip.ts'
import { type SlipState, slipStateWords } from './slip.ts'

/** Where a slip stands, for the need it carries. */
export interface SlipStands {
  readonly id: Id
  readonly number: string
  readonly household: Id
  readonly careful: boolean
  readonly state: SlipState
  readonly stateWords: Words
  readonly unit: Words
  /** Of its newest step: who, and what was said. */
  readonly by: string
  readonly note: string | null
}

/**
 * @param lock nobody answers it until the transaction is over
 * @returns undefined for one that is not there or not in the actor's reach
 */
export async function slipStands(ctx: Ctx, id: Id, lock = false): Promise<SlipStands | undefined> {
  const found = outreach(ctx)
    .selectFrom('outreach.slip')
    .select(['id', 'number', 'household_id', 'careful', 'state', 'unit'])
    .where('district', '=', ctx.district)
    .where('id', '=', id)
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!row) return undefined
  const last = await outreach(ctx)
    .selectFrom('outreach.slip_step')
    .select(['id', 'by_name', 'answered_by', 'sealed_note'])
    .where('district', '=', ctx.district)
    .where('slip_id', '=', id)
    .orderBy('turn', 'desc')
    .executeTakeFirst()
  return {
    id: row.id,
    number: row.number,
    household: row.household_id,
    careful: row.careful,
    state: row.state,
    stateWords: slipStateWords[row.state],
    unit: (await currentPool(ctx)).unit(row.unit),
    by: last?.answered_by ?? last?.by_name ?? '',
    note: last?.sealed_note ? readSealed(ctx, sealedSlipNote, last.id, last.sealed_note) : null,
  }
}
