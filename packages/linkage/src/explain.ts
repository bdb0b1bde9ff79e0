import type { Words } from '@zhulian/kernel'
import type { Patterns } from './candidates.ts'
import { homeOf } from './moved.ts'
import { sharesOfPairs, type Weights } from './weights.ts'

/** What each comparison of a pair showed and what it weighs. */
export interface ExplainedComparison {
  readonly key: string
  readonly words: Words
  /** The level as words; undefined where one of the two says nothing. */
  readonly level: Words | undefined
  /** Bits for (positive) or against one person; rarity of the value is not in it. */
  readonly weight: number
}
export type Explanation = readonly ExplainedComparison[]

/**
 * Against whichever is likelier if the two are not one person: two of a household, or strangers. Of one who rather moved than not the
 * homes say nothing.
 */
export function explain(
  patterns: Patterns,
  weights: Weights,
  pairsOfOneRow: number,
  left: number,
  right: number,
): Explanation {
  const byKey = new Map(weights.comparisons.map(c => [c.key, c]))
  const shown = patterns.comparisons.map(c => ({ ...c, level: c.compare(left, right), weights: byKey.get(c.key) }))
  const product = (kind: 'household' | 'strangers') =>
    shown.reduce((p, { level, weights: w }) => p * (level < 0 ? 1 : (w?.[kind]?.[level] ?? 0)), 1)
  const isFamily = sharesOfPairs(weights, pairsOfOneRow).household * product('household') > product('strangers')
  const { moved = 0 } = weights
  const isHome = homeOf(patterns)
  const ofHomes = (kind: 'same' | 'strangers') =>
    shown.reduce((p, { level, weights: w }, at) => (level < 0 || !isHome?.[at] ? p : p * (w?.[kind][level] ?? 0)), 1)
  const hasMoved = moved * ofHomes('strangers') > (1 - moved) * ofHomes('same')
  return shown.map(({ key, words, levels, level, weights: w }, at) => {
    const same = (hasMoved && isHome?.[at] ? w?.strangers : w?.same)?.[level] ?? 1
    const other = (isFamily ? w?.household : w?.strangers)?.[level] ?? 1
    return { key, words, level: levels[level], weight: level < 0 ? 0 : Math.log2(same / other) }
  })
}
