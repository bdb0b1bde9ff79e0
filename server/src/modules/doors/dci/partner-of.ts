import type { Id } from '@zhulian/kernel'
import type { Ctx } from '../../../platform/ctx.ts'
import { partnerNotFound } from './refusals.ts'
import { dci, type PartnerRow } from './tables.ts'

/** @throws partnerNotFound */
export async function partnerOf(ctx: Ctx, id: Id): Promise<PartnerRow> {
  const row = await dci(ctx)
    .selectFrom('doors.dci_partner')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw partnerNotFound()
  return row
}
