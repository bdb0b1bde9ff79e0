import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { openStates } from './case.ts'
import { followMerge } from './follow-merge.ts'
import { openRhythm } from './rhythm.ts'
import { outreach, takeStep, tellMoved } from './kept-case.ts'
import { markLeadsLate } from './leads/jobs.ts'
import { markSlipsLate } from './slips/jobs.ts'

export const outreachJobs: readonly Job[] = [
  { name: 'outreach.markLate', cron: '5 8,13 * * *', do: markLate },
  { name: 'outreach.openRhythm', cron: '40 5 * * *', do: openRhythm },
  { name: 'outreach.followMerge', do: followMerge },
  { name: 'outreach.markTasksLate', cron: '10 8,13 * * *', do: markTasksLate },
  { name: 'outreach.markSlipsLate', cron: '15 8,13 * * *', do: markSlipsLate },
  { name: 'outreach.markLeadsLate', cron: '20 8,13 * * *', do: markLeadsLate },
]

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

/** Says once of each visit that was not made in time, to the township. */
async function markTasksLate(ctx: Ctx): Promise<void> {
  const rows = await outreach(ctx)
    .updateTable('outreach.task')
    .set({ late_told_on: ctx.today })
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where('due_on', '<', ctx.today)
    .where('late_told_on', 'is', null)
    .returning(['id', 'village', 'household_id'])
    .execute()
  for (const row of rows) {
    ctx.about({ kind: 'household', id: row.household_id })
    ctx.tell({ name: 'outreach.visitOverdue', to: { roles: ['townshipClerk'], division: row.village }, id: row.id })
  }
}
