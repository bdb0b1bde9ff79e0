import type { AddressBook } from './address.ts'
import { type Band, type Costs, thresholdsOf, usualCosts } from './bands.ts'
import type { NotCompared } from './candidates.ts'
import { compareWith, hasHanNames, open } from './compared.ts'
import { explain, type Explanation } from './explain.ts'
import { pairsOfOneRow, weightsFor } from './learn.ts'
import { oneToOne } from './one-to-one.ts'
import type { People } from './people.ts'
import { Tables } from './prepared.ts'
import { rulesOf } from './rules.ts'
import { score } from './score.ts'
import type { Weights } from './weights.ts'

export interface LinkOptions {
  /** Reads addresses of the district; without one, texts of addresses are compared by their streets. */
  readonly addresses?: AddressBook
  /** The codes the district has and had: numbers that differ in nothing else (and the check character) are one number. */
  readonly homeCodes?: readonly string[]
  /** Weights kept from an earlier file of the same kind; learnt from these lists when absent. */
  readonly weights?: Weights
  readonly costs?: Costs
}

/** Two rows, counted from 0, and what is to be done with them. */
export interface Pair {
  readonly left: number
  readonly right: number
  /** That the two are one person and neither is anybody else of the lists, 0 to 1. */
  readonly probability: number
  /** Bits of evidence of this pair alone. */
  readonly weight: number
  readonly band: Exclude<Band, 'different'>
  /** Why a person must look although the numbers would link, or the other way round. */
  readonly reason?: Reason
}
export type Reason = 'ambiguous' | 'sameNumberOtherName' | 'twoValidNumbers' | 'taken'

export interface Linked {
  /** By row of the left list, the likeliest first. A row has at most one pair of band `same`. */
  readonly pairs: readonly Pair[]
  readonly weights: Weights
  readonly candidates: number
  readonly notCompared: NotCompared
  readonly explain: (pair: Pick<Pair, 'left' | 'right'>) => Explanation
}

/** Candidates less likely than this cannot come into any band. */
export const leastKept = 0.001

/**
 * Who of the left list is who in the right one, each at most once.
 * @example link(peopleOf(feed), peopleOf(registry), { addresses })
 */
export function link(left: People, right: People, options: LinkOptions = {}): Linked {
  const tables = new Tables(options)
  const registry = tables.prepare(right, {
    borrowBirth: !right.columns.birthDate && left.columns.birthDate !== undefined,
  })
  const feed = tables.prepare(left, { borrowBirth: !left.columns.birthDate && right.columns.birthDate !== undefined })
  const opened = open(tables, registry, feed.has)
  const compared = compareWith(opened, feed)
  const weights = options.weights ?? weightsFor(opened, feed, compared)
  const scored = score(compared, weights, pairsOfOneRow(feed, registry), leastKept)
  const rules = rulesOf(compared, tables, feed, hasHanNames({ tables, left: feed, right: registry }))
  return {
    pairs: oneToOne(scored, feed.size, registry.size, thresholdsOf(options.costs ?? usualCosts), rules),
    weights,
    candidates: compared.candidates.count,
    notCompared: compared.candidates.notCompared,
    explain: pair => explain(compared.patterns, weights, pairsOfOneRow(feed, registry), pair.left, pair.right),
  }
}
