import type { Compared } from './compared.ts'
import { sharesOf } from './comparison.ts'
import { likelihood } from './fit.ts'
import type { Shares, Weights } from './weights.ts'

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
 * @param least candidates less likely than this are left out
 */
export function score({ patterns, candidates }: Compared, weights: Weights, least: number): Scored[] {
  const classes = byComparison(
    patterns.comparisons.map(c => c.key),
    weights,
  )
  const rare = patterns.comparisons.map(c => (c.rarity ? { column: c.rarity, share: sharesIn(c.rarity) } : undefined))
  const known = candidates.patterns.map(pattern => {
    const levels = patterns.levels(pattern)
    return {
      pattern,
      same: weights.same * likelihood(classes.same, levels),
      household: classes.household ? weights.household * likelihood(classes.household, levels) : 0,
      strangers: (1 - weights.same - weights.household) * likelihood(classes.strangers, levels),
      rare: rare.flatMap((r, at) => (r && levels[at] === 0 ? [{ ...r, usual: classes.strangers[at]?.[0] ?? 1 }] : [])),
    }
  })
  const scored: Scored[] = []
  for (let at = 0; at < candidates.count; at++) {
    const k = known[candidates.pattern[at] as number]
    if (!k) continue
    const right = candidates.right[at] as number
    let against = k.strangers
    for (const { column, share, usual } of k.rare) against *= bounded(share(column[right] as number) / usual)
    against += k.household
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

const bounded = (ratio: number) => Math.min(2 ** mostRarity, Math.max(2 ** -mostRarity, ratio))

/** The weights in the order of the comparisons. @throws RangeError when they are of other comparisons */
function byComparison(keys: readonly string[], weights: Weights) {
  const byKey = new Map(weights.comparisons.map(c => [c.key, c]))
  const found = keys.map(key => {
    const c = byKey.get(key)
    if (!c) throw new RangeError(`the weights do not know "${key}"`)
    return c
  })
  const isThree = found.every(c => c.household !== undefined)
  return {
    same: found.map(c => c.same),
    household: isThree ? found.map(c => c.household as Shares) : undefined,
    strangers: found.map(c => c.strangers),
  }
}
