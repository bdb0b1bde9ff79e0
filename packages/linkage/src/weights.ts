/** For each level of a comparison: how often pairs of a class show it, of those where both say something. Sums to 1. */
export type Shares = readonly number[]

/** What was learnt from one kind of feed, and can be kept for the next file of it. Plain JSON. */
export interface Weights {
  readonly version: 1
  /** The second class is no households but people of one place, who are strangers in all else: there where no households are known. */
  readonly neighbours?: true
  /**
   * The share of the pairs of one person that tell of two homes, from 0 to 1, usually up to 0.4; absent, which is 0, where fewer than three
   * comparisons are of the home.
   */
  readonly moved?: number
  readonly comparisons: readonly ComparisonWeights[]
  /** How many of the right list a row of the left one is, and how many it shares a household with, on average. */
  readonly same: number
  readonly household: number
}
export interface ComparisonWeights {
  readonly key: string
  /** One person; two people of one household, absent where no households are known; strangers. */
  readonly same: Shares
  readonly household?: Shares
  readonly strangers: Shares
}

/** Weights with those of `others` for what they themselves do not know, for a list that has a column earlier ones lacked. */
export const completed = (weights: Weights, others: Weights): Weights => {
  const known = new Set(weights.comparisons.map(c => c.key))
  return { ...weights, comparisons: [...weights.comparisons, ...others.comparisons.filter(c => !known.has(c.key))] }
}

/** Of all pairs: the share that is one person, and that is two people of one household, in lists of any size. */
export const sharesOfPairs = ({ same, household }: Weights, pairsOfOneRow: number) => ({
  same: Math.min(0.5, same / Math.max(1, pairsOfOneRow)),
  household: Math.min(0.4, household / Math.max(1, pairsOfOneRow)),
})

/** What is assumed of one person's records before anything is seen: as strong as this many pairs. */
const assumedPairs = 8

/** Most records of one person agree, and disagreement grows rarer step by step but for the last. */
export function assumedShares(levels: number): number[] {
  const shares = Array.from({ length: levels }, (_, level) => (level === 0 ? 0.8 : 0.1 * 0.5 ** (level - 1)))
  shares[levels - 1] = (shares[levels - 1] as number) + 0.04
  return normalised(shares)
}

export function normalised(counts: readonly number[]): number[] {
  const sum = counts.reduce((a, b) => a + b, 0)
  return counts.map(c => c / sum)
}

/** Counts of levels with what is assumed mixed in. */
export const withAssumed = (counts: readonly number[], assumed: Shares, strength = assumedPairs): number[] =>
  normalised(counts.map((c, level) => c + strength * (assumed[level] as number)))
