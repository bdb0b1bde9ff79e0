import { addDays, type Day, type Id, nextVisit, rhythmOf, type VisitedHousehold } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { openTask } from './open-task.ts'

/** Days beforehand on which a guide is told. */
const ahead = 3

/** Opens the visits that are due in the next days; one at a time for each household and purpose. */
export async function openRhythm(ctx: Ctx): Promise<void> {
  const { rows } = await sql<VisitedHousehold & { id: Id; last_on: Day | null }>`
    select h.id, h.circle, h.traits, m.last_on, coalesce(m.urgent, false) as urgent
    from registry.v_household h
    left join outreach.v_last_met m on m.district = h.district and m.household_id = h.id
    where h.district = ${ctx.district} and (h.circle is not null or m.urgent)
      and not exists (select from outreach.task t where t.district = h.district and t.household_id = h.id and t.closed_at is null)
    order by h.id`.execute(ctx.transaction)
  for (const row of rows) {
    const rhythm = rhythmOf(row)
    if (!rhythm) continue
    const dueOn = nextVisit(rhythm, row.id, row.last_on, ctx.today)
    if (dueOn <= addDays(ctx.today, ahead))
      await openTask(ctx, {
        kind: rhythm.kind,
        household: row.id,
        origin: { kind: 'rhythm', id: row.id },
        dueOn: dueOn < ctx.today ? ctx.today : dueOn,
      })
  }
}
