import { oneOf, type Filters } from '../filters.ts'
import type { Call } from '../../platform/api.ts'

export const tiers = ['none', 'tekun', 'dibao', 'dibian', 'zhichu'] as const
export const classes = ['prevention', 'support', 'development'] as const
export const circles = ['1', '2', '3', '4'] as const
export const sorts = ['division', 'name', 'circle', 'size', 'changed'] as const
export const traits = [
  'child',
  'elder',
  'elder80',
  'alone',
  'disabled',
  'severelyDisabled',
  'seriousIllness',
  'unemployed',
  'student',
  'dropoutRisk',
  'dangerousHouse',
  'undecided',
] as const

/** What the list is narrowed by, read from the address. */
export function readList(filters: Filters) {
  const division = /^\d{9}(\d{3})?$/.test(filters['division'] ?? '') ? filters['division'] : undefined
  return {
    division,
    circle: oneOf(circles, filters['circle']),
    tier: oneOf(tiers, filters['tier']),
    class: oneOf(classes, filters['class']),
    has: oneOf(traits, filters['has']),
    sort: oneOf(sorts, filters['sort']) ?? 'division',
  }
}
export type ListFilters = ReturnType<typeof readList>

type Query = NonNullable<Call<'GET /households'>['query']>

/** As the server takes them; absent ones are left out. */
export function queryOf({ division, circle, tier, class: kind, has, sort }: ListFilters): Query {
  return {
    ...(division ? { division } : {}),
    ...(circle ? { circle: Number(circle) } : {}),
    ...(tier ? { tier } : {}),
    ...(kind ? { class: kind } : {}),
    ...(has ? { has } : {}),
    sort,
  }
}
