import type { Day } from '@zhulian/kernel'
import type { Ctx } from './ctx.ts'

/** Working days that are left, 0 on the day itself; negative once it is over, on the weekend after it too. */
export function daysLeft({ today, calendar }: Pick<Ctx, 'today' | 'calendar'>, dueOn: Day): number {
  const days = calendar.workingDaysBetween(today, dueOn)
  return dueOn < today ? Math.min(-1, days) : days
}
