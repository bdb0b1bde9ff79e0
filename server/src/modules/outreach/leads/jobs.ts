import type { Ctx } from '../../../platform/ctx.ts'
import { outreach } from '../kept-case.ts'

/** Says once of each lead nobody has looked at in time, to the township; of what is careful to the district. */
export async function markLeadsLate(ctx: Ctx): Promise<void> {
  const rows = await outreach(ctx)
    .updateTable('outreach.lead')
    .set({ late_told_on: ctx.today })
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where('due_on', '<', ctx.today)
    .where('late_told_on', 'is', null)
    .returning(['id', 'village', 'careful', 'household_id'])
    .execute()
  for (const row of rows) {
    if (row.household_id) ctx.about({ kind: 'household', id: row.household_id })
    const role = row.careful ? 'districtOfficer' : 'townshipClerk'
    ctx.tell({ name: 'outreach.leadOverdue', to: { roles: [role], division: row.village }, id: row.id })
  }
}
