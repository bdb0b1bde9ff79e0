import { addDays, type Day } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { Job } from '../../platform/module.ts'
import type { GuidanceTables } from './tables.ts'

const guidance = tablesOf<GuidanceTables>()

/** An interview nobody took up again for so long is blotted out. */
export const keptOpenDays = 90

export const guidanceJobs: readonly Job[] = [
  { name: 'guidance.clearLeft', cron: '20 2 * * *', do: clearLeft },
  { name: 'guidance.countDays', cron: '40 * * * *', do: countDays },
]

async function clearLeft(ctx: Ctx): Promise<void> {
  await guidance(ctx)
    .updateTable('guidance.interview')
    .set({ state: 'cleared', sealed_answers: null, answered: 0 })
    .where('district', '=', ctx.district)
    .where('state', '=', 'open')
    .where('changed_at', '<', new Date(ctx.now.getTime() - keptOpenDays * 86_400_000))
    .execute()
}

/** Counts the results of the last days by township, so that an overview reads no results. */
export async function countDays(ctx: Ctx, payload: Readonly<Record<string, string | number>>): Promise<void> {
  const since = (payload['since'] as Day | undefined) ?? addDays(ctx.today, -7)
  await sql`insert into guidance.day_count (district, judged_for, township, screenings, fitting)
    select district, judged_for, coalesce(substr(village, 1, 9), district), count(*), count(*) filter (where can_apply > 0)
      from guidance.screening where district = ${ctx.district} and judged_for >= ${since}
     group by 1, 2, 3
    on conflict (district, judged_for, township) do update set screenings = excluded.screenings, fitting = excluded.fitting`.execute(
    ctx.transaction,
  )
}
