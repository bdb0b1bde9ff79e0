import { fewest } from '../../platform/hide-small.ts'
import { hideInTable } from '../../platform/hide-in-table.ts'

/**
 * Where needs came from, who holds them, and what became of them: groups of five and more, what is rarer together under `other`; of what
 * goes from one to the next, as much as gives nobody away.
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
  /** Of those that are drawn. */
  readonly total: number
  readonly origins: Group<Origin>[]
  readonly levels: Group<Level>[]
  readonly outcomes: Group<Outcome>[]
  readonly taken: Band<Origin, Level>[]
  readonly ended: Band<Level, Outcome>[]
}

/**
 * What is too rare to be shown even together is left out altogether, so that no sum tells how rare it is.
 * @returns undefined where too few are left
 */
export function flowOf(courses: readonly Course[]): Flow | undefined {
  const [from, by, to] = [
    grouped(courses, course => course.origin, origins),
    grouped(courses, course => course.level, levels),
    grouped(courses, course => course.outcome, outcomes),
  ]
  const kept = courses.filter(course => ![from.of(course), by.of(course), to.of(course)].includes(undefined))
  if (kept.length < courses.length) return flowOf(kept)
  if (courses.length === 0) return undefined
  return {
    total: courses.reduce((sum, course) => sum + course.count, 0),
    origins: from.groups,
    levels: by.groups,
    outcomes: to.groups,
    taken: bandsOf(courses, from, by),
    ended: bandsOf(courses, by, to),
  }
}

interface Grouped<Id> {
  readonly groups: Group<Id>[]
  /** Undefined: too rare. */
  readonly of: (course: Course) => Id | Other | undefined
}

/** In the given order, the rare ones together at the end, if they are enough together. */
function grouped<Id extends string>(
  courses: readonly Course[],
  of: (course: Course) => Id,
  order: readonly Id[],
): Grouped<Id> {
  const counts = new Map<Id, number>()
  for (const course of courses) counts.set(of(course), (counts.get(of(course)) ?? 0) + course.count)
  const isRare = (id: Id) => (counts.get(id) ?? 0) < fewest
  const groups: Group<Id>[] = order.flatMap(id => (isRare(id) ? [] : [{ id, count: counts.get(id) ?? 0 }]))
  const rest = order.reduce((sum, id) => sum + (isRare(id) ? (counts.get(id) ?? 0) : 0), 0)
  if (rest >= fewest) groups.push({ id: other, count: rest })
  return {
    groups,
    of: course => (!isRare(of(course)) ? of(course) : rest >= fewest ? other : undefined),
  }
}

function bandsOf<A, B>(courses: readonly Course[], from: Grouped<A>, to: Grouped<B>): Band<A, B>[] {
  const counts = from.groups.map(a =>
    to.groups.map(b => courses.reduce((sum, c) => sum + (from.of(c) === a.id && to.of(c) === b.id ? c.count : 0), 0)),
  )
  const shown = hideInTable(counts)
  return from.groups.flatMap((a, r) =>
    to.groups.flatMap((b, c) => (shown[r]?.[c] === 0 ? [] : [{ from: a.id, to: b.id, count: shown[r]?.[c] ?? null }])),
  )
}
