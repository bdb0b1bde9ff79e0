import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { tablesOf } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import { life } from './batch.ts'
import { runApply } from './apply-file.ts'
import { runCheck } from './check-file.ts'
import { notDone } from './contract.ts'
import { deliveryJobs } from './deliveries/jobs.ts'
import { findBatch, step } from './find-batch.ts'
import type { FeedsTables } from './tables.ts'
import { runUndo } from './undo-file.ts'

const feeds = tablesOf<FeedsTables>()
const batchOf = (payload: Readonly<Record<string, string | number>>) => String(payload['batch']) as Id

/** Rows are personal data: a month after a file was last touched they are no longer needed. */
const daysKept = 30

/** Whoever brought a file waits for it: what fails three times is handed back, with words and a number to ask by. */
const giveUp = {
  after: 3,
  do: async (ctx: Ctx, payload: Readonly<Record<string, string | number>>) => {
    const batch = await findBatch(ctx, batchOf(payload), true)
    const problem = notDone.words({ number: ctx.requestId.slice(0, 8) })
    if (life[batch.state].fail) await step(ctx, batch, 'fail', { problem: JSON.stringify(problem) })
  },
}

export const feedsJobs: readonly Job[] = [
  ...deliveryJobs,
  { name: 'feeds.check', do: (ctx, payload) => runCheck(ctx, batchOf(payload)), giveUp },
  { name: 'feeds.apply', do: (ctx, payload) => runApply(ctx, batchOf(payload)), giveUp },
  { name: 'feeds.undo', do: (ctx, payload) => runUndo(ctx, batchOf(payload)), giveUp },
  {
    name: 'feeds.forgetRows',
    cron: '10 3 * * *',
    do: async ctx => {
      await feeds(ctx)
        .deleteFrom('feeds.staged_row')
        .where('district', '=', ctx.district)
        .where('batch_id', 'in', eb =>
          eb
            .selectFrom('feeds.batch')
            .select('id')
            .where('district', '=', ctx.district)
            .where('state', 'not in', ['checking', 'applying', 'undoing'])
            .where(
              sql<boolean>`coalesce(undone_at, applied_at, checked_at, created_at) < ${ctx.now}::timestamptz - make_interval(days => ${daysKept})`,
            ),
        )
        .execute()
    },
  },
]
