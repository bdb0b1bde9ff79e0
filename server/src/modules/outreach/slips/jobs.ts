import type { Ctx } from '../../../platform/ctx.ts'
import { outreach } from '../kept-case.ts'
import { takeSlipStep, tellSlip } from './kept-slip.ts'

/** Who stands above whose turn it is. */
const aboveOf = (row: { readonly state: string; readonly sent_role: string }) =>
  row.state === 'askedBack' && row.sent_role === 'guide' ? 'townshipClerk' : 'districtOfficer'

/**
 * Says once of each slip that ran past its time, to the level above whose turn it is: of a bureau the district, of a guide the
 * township, of a clerk the district.
 */
export async function markSlipsLate(ctx: Ctx): Promise<void> {
  const rows = await outreach(ctx)
    .selectFrom('outreach.slip')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where('due_on', '<', ctx.today)
    .where('late_told_on', 'is', null)
    .orderBy('due_on')
    .limit(500)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const row of rows) {
    const changed = await takeSlipStep(ctx, row, { step: 'late', to: row.state })
    ctx.about({ kind: 'household', id: row.household_id })
    ctx.tell({ name: 'outreach.slipOverdue', to: { roles: [aboveOf(row)], division: row.village }, id: row.id })
    await tellSlip(ctx, changed)
  }
}
