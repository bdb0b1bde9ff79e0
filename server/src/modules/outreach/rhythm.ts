import { addDays, type Day, daysBetween, type Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { openTask } from './open-task.ts'
import type { VisitKind } from './task.ts'

/** How often somebody is visited. @source domain 7.8 (龙游, 内蒙古 2022-06): weekly, monthly, quarterly */
export interface Rhythm {
  readonly kind: VisitKind
  /** Days from one visit to the next. */
  readonly every: number
}
export interface VisitedHousehold {
  readonly circle: number | null
  readonly traits: readonly string[]
  /** A visit found something that has to be seen to today. */
  readonly urgent: boolean
}

/** High risk weekly, the first circle and poor children monthly, the others of the base quarterly; undefined outside the base. */
export function rhythmOf({ circle, traits, urgent }: VisitedHousehold): Rhythm | undefined {
  if (urgent || (circle === 1 && traits.includes('alone'))) return { kind: 'key', every: 7 }
  // A poor child puts its household into the second circle.
  if (circle === 1 || (circle === 2 && traits.includes('child'))) return { kind: 'key', every: 30 }
  return circle === null ? undefined : { kind: 'routine', every: 91 }
}

/**
 * The day of the next visit. Whoever was never visited is not due at once with everybody else: the first visits are spread
 * over one interval by the household's id.
 */
export function nextVisit(rhythm: Rhythm, household: Id, lastOn: Day | null, today: Day): Day {
  if (lastOn !== null) return addDays(lastOn, rhythm.every)
  const place = Number.parseInt(household.slice(-6), 16) % rhythm.every
  const now = daysBetween('2000-01-01' as Day, today) % rhythm.every
  return addDays(today, (place - now + rhythm.every) % rhythm.every)
}

/** Days beforehand on which a guide is told. */
const ahead = 3

/** Opens the visits that are due in the next days; one at a time for each household and purpose. */
export async function openRhythm(ctx: Ctx): Promise<void> {
  const { rows } = await sql<VisitedHousehold & { id: Id; last_on: Day | null }>`
    select h.id, h.circle, h.traits, v.last_on, coalesce(f.risk = 'urgent', false) as urgent
    from registry.v_household h
    left join (select household_id, max(visited_on) as last_on from outreach.v_visit where district = ${ctx.district} group by 1) v
      on v.household_id = h.id
    left join (select distinct on (household_id) household_id, risk from outreach.finding
      where district = ${ctx.district} order by household_id, id desc) f on f.household_id = h.id
    where h.district = ${ctx.district} and (h.circle is not null or f.risk = 'urgent')
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
