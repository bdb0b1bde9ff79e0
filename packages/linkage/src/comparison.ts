import type { Words } from '@zhulian/kernel'
import type { Prepared, Tables } from './prepared.ts'

/** One thing by which two people are compared. */
export interface Comparison {
  readonly key: string
  readonly words: Words
  /** From full agreement (0) to disagreement (last). */
  readonly levels: readonly Words[]
  /** @returns the level, or -1 where one of the two says nothing */
  readonly compare: (left: number, right: number) => number
  /** Full agreement in a rare value says more: the column whose share of the right list counts. */
  readonly rarity?: Int32Array
  /** Levels that only occur where the birth dates agree: how often strangers show them is counted among those born on one day. */
  readonly amongBirths?: readonly number[]
}

/** What a comparison is made from. */
export interface Both {
  readonly tables: Tables
  readonly left: Prepared
  readonly right: Prepared
  /** Whether rows are compared with rows of their own list, which may be the same person. */
  readonly isOneList?: boolean
}

/** Counts of a column's values and what share of the known ones each has. */
export function sharesOf(column: Int32Array): (value: number) => number {
  let most = 0
  for (const value of column) if (value > most) most = value
  const counts = new Int32Array(most + 1)
  let known = 0
  for (const value of column)
    if (value !== 0) {
      counts[value] = (counts[value] as number) + 1
      known++
    }
  return value => Math.max(counts[value] ?? 0, 1) / Math.max(known, 1)
}
