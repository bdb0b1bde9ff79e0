import { addDays } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'

/** How far back it is looked how fast things go, and of how many steps at least. */
const pace = { days: 90, steps: 5 }

/**
 * Says of each open alert when its next step will have been taken if it goes as fast as half of those did that were as severe and
 * stood where it stands. Of fewer than five nothing is said.
 */
export async function expectSteps(ctx: Ctx): Promise<void> {
  await sql`
    with stay as (
      select a.level, s.to_state as state, lead(s.at) over w - s.at as took, lead(s.to_state) over w as next_state
      from alerts.step s join alerts.alert a on a.district = s.district and a.id = s.alert_id
      where s.district = ${ctx.district} and s.on_day > ${addDays(ctx.today, -pace.days)}::date and s.from_state is distinct from s.to_state
      window w as (partition by s.alert_id order by s.turn)
    ), usual as (
      select level, state, percentile_cont(0.5) within group (order by took) as took
      from stay where next_state <> state group by level, state having count(*) >= ${pace.steps}
    ), expected as (
      select a.id, (select max(s.at) from alerts.step s where s.district = a.district and s.alert_id = a.id and s.to_state = a.state
                      and s.from_state is distinct from s.to_state) + u.took as at
      from alerts.alert a join usual u on u.level = a.level and u.state = a.state
      where a.district = ${ctx.district} and a.state <> 'closed' and a.due_at >= ${ctx.now}
    )
    update alerts.alert a set expected_at = e.at from expected e
    where a.district = ${ctx.district} and a.id = e.id and e.at is not null
      and (a.expected_at is null or abs(extract(epoch from a.expected_at - e.at)) > 3600)`.execute(ctx.transaction)
}
