import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { openStates } from './case.ts'
import { outreach, takeStep, tellMoved } from './kept-case.ts'

export const outreachJobs: readonly Job[] = [{ name: 'outreach.markLate', cron: '5 8,13 * * *', do: markLate }]

/** Says once of each case that ran past its time, so that the township does not have to look for it. */
async function markLate(ctx: Ctx): Promise<void> {
  const rows = await outreach(ctx)
    .selectFrom('outreach.case')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('state', 'in', openStates)
    .where('due_on', '<', ctx.today)
    .where('late_told_on', 'is', null)
    .orderBy('due_on')
    .limit(500)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const row of rows) {
    const changed = await takeStep(ctx, row, { step: 'overdue', to: row.state }, { late_told_on: ctx.today })
    ctx.about({ kind: 'case', id: row.id })
    ctx.tell({ name: 'outreach.overdue', to: { roles: ['townshipClerk'], division: row.village }, id: row.id })
    tellMoved(ctx, changed)
  }
}
