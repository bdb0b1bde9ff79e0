import { fewest } from '../../platform/hide-small.ts'
import { hideInTable } from '../../platform/hide-in-table.ts'

/**
 * Where needs came from, who holds them, and what became of them: groups of five and more, what is smaller together under `other`, so
 * that every sum can be shown; of what goes from one to the next, as much as gives nobody away.
 */
export const origins = [
  'guide',
  'resident',
  'visit',
  'interview',
  'helper',
  'alert',
  'assessment',
  'evaluation',
  'partner',
  'province',
] as const
export type Origin = (typeof origins)[number]
export const levels = ['village', 'township', 'district'] as const
export type Level = (typeof levels)[number]
export const outcomes = [
  'helpedByLevel',
  'helpedByProject',
  'helpedByClaim',
  'helpedByBureau',
  'underway',
  'looking',
  'notNeeded',
  'notTakenOn',
] as const
export type Outcome = (typeof outcomes)[number]
export type Way = 'resource' | 'project' | 'claim' | 'bureau'

const helped: Readonly<Record<Way, Outcome>> = {
  resource: 'helpedByLevel',
  project: 'helpedByProject',
  claim: 'helpedByClaim',
  bureau: 'helpedByBureau',
}

const underway = [
  'policyReferral',
  'projectDesigned',
  'claimed',
  'matched',
  'assigned',
  'inService',
  'suspended',
  'delivered',
  'disputed',
]

/** What became of a need; what is sent back for more is still looked at. */
export function outcomeOf(state: string, way: Way | null): Outcome {
  if (['confirmed', 'evaluated', 'closed'].includes(state)) return helped[way ?? 'resource']
  if (state === 'withdrawn') return 'notNeeded'
  if (state === 'rejected') return 'notTakenOn'
  return underway.includes(state) ? 'underway' : 'looking'
}

/** As many needs of the same course. */
export interface Course {
  readonly origin: Origin
  readonly level: Level
  readonly outcome: Outcome
  readonly count: number
}

export const other = 'other'
type Other = typeof other
interface Group<Id> {
  readonly id: Id | Other
  readonly count: number
}
interface Band<From, To> {
  readonly from: From | Other
  readonly to: To | Other
  /** Null: it is there, and how many is hidden. */
  readonly count: number | null
}
export interface Flow {
  readonly origins: Group<Origin>[]
  readonly levels: Group<Level>[]
  readonly outcomes: Group<Outcome>[]
  readonly taken: Band<Origin, Level>[]
  readonly ended: Band<Level, Outcome>[]
}

/** @returns undefined where all of them together are too few to be shown */
export function flowOf(courses: readonly Course[]): Flow | undefined {
  if (courses.reduce((sum, course) => sum + course.count, 0) < fewest) return undefined
  const from = grouped(courses, course => course.origin, origins)
  const by = grouped(courses, course => course.level, levels)
  const to = grouped(courses, course => course.outcome, outcomes)
  return {
    origins: from.groups,
    levels: by.groups,
    outcomes: to.groups,
    taken: bandsOf(courses, from, by),
    ended: bandsOf(courses, by, to),
  }
}

interface Grouped<Id> {
  readonly groups: Group<Id>[]
  readonly of: (course: Course) => Id | Other
}

/** In the given order, the small ones together at the end; where they are still few, the smallest of the others goes with them. */
function grouped<Id extends string>(
  courses: readonly Course[],
  of: (course: Course) => Id,
  order: readonly Id[],
): Grouped<Id> {
  const counts = new Map<Id, number>()
  for (const course of courses) counts.set(of(course), (counts.get(of(course)) ?? 0) + course.count)
  const rising = [...counts].toSorted((a, b) => a[1] - b[1])
  const together = new Set<Id>()
  let sum = 0
  for (const [id, count] of rising) {
    if (count >= fewest && (sum === 0 || sum >= fewest)) break
    together.add(id)
    sum += count
  }
  const groups = order.flatMap((id): Group<Id>[] => {
    const count = counts.get(id)
    return count === undefined || together.has(id) ? [] : [{ id, count }]
  })
  // One alone keeps its name.
  const [only] = together
  const rest: Id | Other = together.size === 1 && only !== undefined ? only : other
  if (sum > 0) groups.push({ id: rest, count: sum })
  return { groups, of: course => (together.has(of(course)) ? rest : of(course)) }
}

function bandsOf<A, B>(courses: readonly Course[], from: Grouped<A>, to: Grouped<B>): Band<A, B>[] {
  const counts = from.groups.map(a =>
    to.groups.map(b => courses.reduce((sum, c) => sum + (from.of(c) === a.id && to.of(c) === b.id ? c.count : 0), 0)),
  )
  const shown = hideInTable(counts)
  return from.groups.flatMap((a, r) =>
    to.groups.flatMap((b, c) => (counts[r]?.[c] ? [{ from: a.id, to: b.id, count: shown[r]?.[c] ?? null }] : [])),
  )
}
