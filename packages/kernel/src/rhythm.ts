import { addDays, type Day, daysBetween } from './day.ts'
import type { Id } from './id.ts'

/** How often somebody is visited. @source domain 7.8 (龙游, 内蒙古 2022-06): weekly, monthly, quarterly */
export interface Rhythm {
  readonly kind: 'key' | 'routine'
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
