import type { Words } from '@zhulian/kernel'
import type { Result } from '../../platform/api.ts'
import type { Level } from '../alerts/level.tsx'

export type Kind = Result<'GET /workbench/:kind/:key'>['kind']
export const kinds = [
  'policy',
  'parameter',
  'service',
  'circle',
  'class',
  'alert',
  'points',
] as const satisfies readonly Kind[]
/** Of these there is one each. */
const singles = ['circle', 'class', 'points'] as const
export type SingleKind = (typeof singles)[number]
export const isSingle = (kind: string): kind is SingleKind => (singles as readonly string[]).includes(kind)

/** The parts of a rule's document that the workbench edits; everything else goes back as it came. */
interface Other {
  readonly [field: string]: unknown
}

export interface Version extends Other {
  readonly from: string
  readonly condition: string
  readonly benefit: Other & {
    readonly kind: string
    readonly period?: string | undefined
    readonly amount?: string | undefined
    readonly atLeast?: string | undefined
    readonly words: Words
    readonly provenance: readonly string[]
  }
  readonly provenance: readonly string[]
}

export interface Row extends Other {
  readonly from: string
  readonly until?: string | undefined
  readonly value: number
  readonly provenance: readonly string[]
}

/** A line with where it comes from. */
export interface TracedWords extends Other, Words {
  readonly provenance: readonly string[]
}

type Decider = 'village' | 'township' | 'district' | 'unit'
export interface Step extends TracedWords {
  readonly who: Decider
  readonly workingDays?: number
}
export interface Procedure extends Other {
  readonly apply: Words
  readonly level: Decider
  readonly steps: readonly Step[]
}

export const plans = ['prevention', 'support', 'development'] as const
export type Plan = (typeof plans)[number]

/** A line that sorts people into a circle, or households into a class. */
export interface SortingLine extends Other {
  readonly circle?: 1 | 2 | 3
  readonly class?: Plan
  readonly label?: Words
  readonly condition: string
  readonly provenance: readonly string[]
}

export const audiences = ['village', 'township', 'health'] as const
export type Audience = (typeof audiences)[number]

/** A level of an alert, from the most severe down; the first that holds counts. */
export interface AlertLine extends Other {
  readonly level: Level
  readonly condition: string
  readonly provenance: readonly string[]
}

/** A day on which a rule may come out otherwise though nobody wrote anything down. */
export interface Turn extends Other {
  readonly fact: string
  readonly days?: readonly number[]
  readonly months?: readonly number[]
  readonly before?: number
  readonly yearly?: readonly string[]
}

export interface Band extends Other {
  readonly condition: string
  readonly points: number
  readonly label: Words
}
/** An item of the card of points: the first step that holds counts. */
export interface PointsItem extends Other {
  readonly id: string
  readonly label: Words
  readonly bands: readonly Band[]
  readonly provenance: readonly string[]
}

export interface RuleDocument extends Other {
  readonly scope?: 'household' | 'person'
  readonly name?: Words | string
  readonly label?: Words
  readonly summary?: Words
  readonly unit?: string | Words
  readonly versions?: readonly Version[]
  readonly rows?: readonly Row[]
  readonly condition?: string
  /** Circles. */
  readonly lines?: readonly SortingLine[]
  /** Classes; of those that hold the first of `primary` leads. */
  readonly classes?: readonly SortingLine[]
  readonly primary?: readonly SortingLine[]
  /** Alerts. */
  readonly about?: 'household' | 'person'
  readonly levels?: readonly AlertLine[]
  readonly occurrence?: string
  readonly ifUnknown?: Level
  readonly goesTo?: Audience
  readonly careful?: string
  readonly windowDays?: number
  readonly proofMonths?: number
  readonly firstAction?: Words
  readonly leadsTo?: readonly string[]
  readonly turns?: readonly Turn[]
  readonly provenance?: readonly string[]
  /** The card of points. */
  readonly items?: readonly PointsItem[]
  readonly materials?: readonly TracedWords[]
  readonly procedure?: Procedure
  readonly legalBasis?: readonly TracedWords[]
  readonly notes?: readonly TracedWords[]
}

export interface WorkedCase extends Other {
  readonly name: string
  readonly on: string
  readonly household: unknown
  readonly persons: unknown
  readonly expect: unknown
}

/** Of an alert: what it may read hangs on whom it goes to; what is kept from the village is for offices alone. */
export const readersOf = ({ goesTo, careful }: RuleDocument): Audience =>
  goesTo ?? (careful === undefined ? 'village' : 'township')

/** A list with one thing in another's place; undefined takes it out. */
export const put = <T>(all: readonly T[], index: number, next: T | undefined): readonly T[] =>
  all.flatMap((one, i) => (i === index ? (next === undefined ? [] : [next]) : [one]))

/** The day after, for the next period of a rule. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** As typed with spaces: `S02 R:m`. */
export const tagsIn = (text: string): readonly string[] => text.split(/[\s,，、]+/).filter(Boolean)

/** A field without its value rather than an empty one. */
export const filled = (text: string): string | undefined => text.trim() || undefined
