import type { Day } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { followMerge } from './follow-merge.ts'
import { followSlip } from './follow-slip.ts'
import { hear } from './hear.ts'
import { takeNeedStep, tellNeed, wishes } from './kept-need.ts'
import { landing, needStepsOpen } from './need.ts'
import { sayWish } from './say.ts'
import { unhear } from './unhear.ts'
import { wishFollows } from './wish-follows.ts'

export const wishesJobs: readonly Job[] = [
  { name: 'wishes.moveUp', cron: '25 8,13 * * *', do: moveUp },
  { name: 'wishes.hear', do: hear },
  { name: 'wishes.unhear', do: unhear },
  { name: 'wishes.followSlip', looksEverySeconds: 0.5, do: followSlip },
  { name: 'wishes.followMerge', do: followMerge },
  { name: 'wishes.takeDown', cron: '35 0 * * *', do: takeDown },
]

/**
 * What a level could not meet in its time goes to the one above, with the reason; where there is none above, and where somebody works
 * on it, it is said once. Some at a time: the rest follows with the next run.
 */
async function moveUp(ctx: Ctx): Promise<void> {
  const rows = await wishes(ctx)
    .selectFrom('wishes.need')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('closed_at', 'is', null)
    .where('due_on', '<', ctx.today)
    .where('late_told_on', 'is', null)
    .orderBy('due_on')
    .orderBy('id')
    .limit(2_000)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const row of rows) {
    ctx.about({ kind: 'household', id: row.household_id })
    const up = needStepsOpen(row, 'machine').find(t => t.step === 'rise' || t.step === 'unclaim')
    const changed = up
      ? await takeNeedStep(ctx, row, landing(up, row, undefined), { step: up.step, said: overTime(row.due_on) })
      : await takeNeedStep(ctx, row, row, { step: 'overdue' }, { late_told_on: ctx.today })
    if (up?.step === 'unclaim') await wishFollows(ctx, changed)
    await tellNeed(ctx, changed, row.level, up ? 'wishes.needMoved' : 'wishes.needOverdue')
  }
}

const overTime = (due: Day | null) => ({ code: 'overTime', ...(due === null ? {} : { on: due }) }) as const

/** What nobody took in its time is no longer shown; the hub is told, and may publish it anew. */
async function takeDown(ctx: Ctx): Promise<void> {
  const rows = await wishes(ctx)
    .updateTable('wishes.wish')
    .set({ state: 'expired', ended_at: ctx.now, version: sql<number>`version + 1` })
    .where('district', '=', ctx.district)
    .where('state', '=', 'open')
    .where('until_on', '<', ctx.today)
    .returning(['id', 'state', 'need_id'])
    .execute()
  for (const { need_id, ...wish } of rows) {
    await sayWish(ctx, wish)
    ctx.tell({
      name: 'wishes.wishRanOut',
      to: { roles: ['operator', 'districtOfficer'], division: ctx.district },
      id: need_id,
    })
  }
}
