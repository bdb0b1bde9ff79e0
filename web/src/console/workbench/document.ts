import type { Words } from '@zhulian/kernel'
import type { Result } from '../../platform/api.ts'

export type Kind = Result<'GET /workbench/:kind/:key'>['kind']
export const kinds = ['policy', 'parameter', 'service', 'circle', 'class'] as const satisfies readonly Kind[]
/** Of these there is one each. */
export const sortingKinds = ['circle', 'class'] as const
export type SortingKind = (typeof sortingKinds)[number]
export const isSorting = (kind: Kind): kind is SortingKind => kind === 'circle' || kind === 'class'

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
