import { type Between, nothingBetween, steps } from './between.ts'
import type { Patterns } from './candidates.ts'
import type { Compared } from './compared.ts'
import { sharesOf } from './comparison.ts'
import { likelihood } from './fit.ts'
import { placeFields } from './households.ts'
import { homeOf, ofOnePerson } from './moved.ts'
import { type Shares, sharesOfPairs, type Weights } from './weights.ts'

/** Pairs worth keeping, by their evidence. */
export interface Scored {
  readonly left: number
  readonly right: number
  readonly pattern: number
  /** Bits of evidence that the two are one person, the share of matches among all pairs included: 0 is one to one. */
  readonly weight: number
  /** As far as this pair alone says, 0 to 1. */
  readonly alone: number
}

const shares = new WeakMap<Int32Array, (value: number) => number>()
const sharesIn = (column: Int32Array) => {
  let found = shares.get(column)
  if (!found) shares.set(column, (found = sharesOf(column)))
  return found
}

/** How rare a value may make an agreement at most, in bits either way. */
const mostRarity = 8

/**
 * The evidence of each candidate. Agreement in a rare name counts by that name's own share of the right list.
 * @param pairsOfOneRow how many pairs of the two lists a row of the left one has
 * @param least candidates less likely than this are left out
 */
export function score(
  { patterns, candidates }: Compared,
  weights: Weights,
  pairsOfOneRow: number,
  least: number,
  between: Between = nothingBetween,
): Scored[] {
  const know = knower(patterns, weights, pairsOfOneRow)
  const known = candidates.patterns.map(know)
  const scored: Scored[] = []
  for (let at = 0; at < candidates.count; at++) {
    if (at % steps.pairs === 0) between()
    const k = known[candidates.pattern[at] as number]
    if (!k) continue
    const right = candidates.right[at] as number
    const against = againstOf(k, right)
    const alone = k.same / (k.same + against)
    if (alone > least)
      scored.push({
        left: candidates.left[at] as number,
        right,
        pattern: k.pattern,
        weight: Math.log2(k.same / against),
        alone,
      })
  }
  return scored
}

/** The evidence for any two rows, whether a pass brought them together or not. */
export function scorer(
  patterns: Patterns,
  weights: Weights,
  pairsOfOneRow: number,
): (left: number, right: number) => number {
  const know = knower(patterns, weights, pairsOfOneRow)
  const kept = new Map<number, Known>()
  return (left, right) => {
    const pattern = patterns.of(left, right)
    let known = kept.get(pattern)
    if (!known) kept.set(pattern, (known = know(pattern)))
    return Math.log2(known.same / againstOf(known, right))
  }
}

/** What the weights say of a pattern, but for the rarity of what agrees. */
interface Known {
  readonly pattern: number
  readonly same: number
  readonly household: number
  readonly strangers: number
  readonly rare: readonly {
    readonly column: Int32Array
    readonly share: (value: number) => number
    readonly usual: number
    /** Neighbours agree in it as strangers do. */
    readonly isOfNeighbours: boolean
  }[]
}

function againstOf(known: Known, right: number): number {
  let { strangers, household } = known
  for (const { column, share, usual, isOfNeighbours } of known.rare) {
    const rarity = bounded(share(column[right] as number) / usual)
    strangers *= rarity
    if (isOfNeighbours) household *= rarity
  }
  return strangers + household
}

function knower(patterns: Patterns, weights: Weights, pairsOfOneRow: number): (pattern: number) => Known {
  const classes = byComparison(patterns.comparisons, weights)
  const rare = patterns.comparisons.map(c => (c.rarity ? { column: c.rarity, share: sharesIn(c.rarity) } : undefined))
  const shareOf = sharesOfPairs(weights, pairsOfOneRow)
  const isOfNeighbours = patterns.comparisons.map(c => weights.neighbours === true && !placeFields.has(c.key))
  const home = { isHome: homeOf(patterns), moved: weights.moved ?? 0 }
  return pattern => {
    const levels = patterns.levels(pattern)
    const { stayed, gone } = ofOnePerson(classes.same, classes.strangers, home, levels)
    return {
      pattern,
      same: shareOf.same * (stayed + gone),
      household: classes.household ? shareOf.household * likelihood(classes.household, levels) : 0,
      strangers: (1 - shareOf.same - shareOf.household) * likelihood(classes.strangers, levels),
      rare: rare.flatMap((r, at) =>
        r && levels[at] === 0
          ? [{ ...r, usual: classes.strangers[at]?.[0] ?? 1, isOfNeighbours: isOfNeighbours[at] === true }]
          : [],
      ),
    }
  }
}

const bounded = (ratio: number) => Math.min(2 ** mostRarity, Math.max(2 ** -mostRarity, ratio))

/** The weights in the order of the comparisons. @throws RangeError when they are of other comparisons, or no shares */
function byComparison(comparisons: Patterns['comparisons'], weights: Weights) {
  const { moved = 0, neighbours = true } = weights
  if (!(typeof moved === 'number' && moved >= 0 && moved <= 1))
    throw new RangeError('the weights have a "moved" that is no share from 0 to 1')
  if (neighbours !== true) throw new RangeError('the weights have a "neighbours" that is not true')
  const byKey = new Map(weights.comparisons.map(c => [c.key, c]))
  const found = comparisons.map(({ key, words, levels }) => {
    const c = byKey.get(key)
    if (!c) throw new RangeError(`the weights do not know "${words.en}" (${words.zh}): they are of lists without it`)
    const isWhole = [c.same, c.strangers, c.household ?? c.same].every(shares => shares.length === levels.length)
    if (!isWhole) throw new RangeError(`the weights of "${words.en}" (${words.zh}) are of an earlier version`)
    return c
  })
  const isThree = found.every(c => c.household !== undefined)
  return {
    same: found.map(c => c.same),
    household: isThree ? found.map(c => c.household as Shares) : undefined,
    strangers: found.map(c => c.strangers),
  }
}
