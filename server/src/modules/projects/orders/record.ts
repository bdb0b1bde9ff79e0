import { addMonths, type Day } from '@zhulian/kernel'

/** What a service keeps besides its visits. */
export const recordKinds = ['class', 'placement', 'device', 'score', 'hours', 'work'] as const
export type RecordKind = (typeof recordKinds)[number]

const kept: Readonly<Record<string, readonly RecordKind[]>> = {
  'S-A5': ['hours'],
  'S-C1': ['device', 'score'],
  'S-C2': ['class'],
  'S-C3': ['placement'],
  'S-C4': ['work'],
  'S-D1': ['hours', 'class'],
}
export const recordsOf = (service: string): readonly RecordKind[] => kept[service] ?? []
export const servicesThatKeep = (kind: RecordKind): string[] =>
  Object.keys(kept).filter(service => recordsOf(service).includes(kind))

/** Services that are given to children, whoever is named as needing them. */
const forChildren = ['S-A5', 'S-D1']
export const isForChildren = (service: string): boolean => forChildren.includes(service)

/** Adults who must be with a child, each vetted on the day. */
export const adultsWithChild = 2

/** Wrong codes after which the code of an order is no longer taken. */
export const codeTries = 5

/** Of the days of a class, what has to be attended for a certificate, in per cent. Illustrative [I]. */
export const attendedForCertificate = 80

/** Held against all days the class has, not against those that were noted. */
export const mayBeCertified = (came: number, days: number): boolean => came * 100 >= days * attendedForCertificate

export const monthsKept = 3
/** From when on a month of a job may be asked about. */
export const checkFrom = (beganOn: Day, month: number): Day => addMonths(beganOn, month)

export type PlacementOutcome = 'open' | 'kept' | 'lost'

/** A job counts once it was kept in each of the three months; one lost is lost, whatever was kept before. */
export function placementOutcome(
  checks: readonly { readonly month: number; readonly kept: boolean }[],
): PlacementOutcome {
  if (checks.some(c => !c.kept)) return 'lost'
  return new Set(checks.map(c => c.month)).size === monthsKept ? 'kept' : 'open'
}

export interface Score {
  readonly onDay: Day
  readonly score: number
}

/** The first and the last of what somebody can do by themselves, and what lies between; undefined: never measured. */
export function scoreChange(scores: readonly Score[]): { first: Score; last: Score; change: number } | undefined {
  const [first, last] = [scores[0], scores.at(-1)]
  return first && last && { first, last, change: last.score - first.score }
}
