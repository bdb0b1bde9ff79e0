import { type Band, thresholdsOf, usualCosts } from './bands.ts'
import { type Clusters, clusterRows } from './clusters.ts'
import { compareWith, hasHanNames, open } from './compared.ts'
import { explain, type Explanation } from './explain.ts'
import { learn, pairsOfOneRow } from './learn.ts'
import type { LinkOptions, Pair, Reason } from './link.ts'
import type { People } from './people.ts'
import { Tables } from './prepared.ts'
import { rulesOf } from './rules.ts'
import { score, scorer, type Scored } from './score.ts'
import type { Weights } from './weights.ts'

export interface Deduped {
  /** Pairs of rows of the one list, the higher row on the left, by their own evidence. */
  readonly pairs: readonly Pair[]
  readonly clusters: Clusters
  readonly weights: Weights
  readonly candidates: number
  readonly explain: (pair: Pick<Pair, 'left' | 'right'>) => Explanation
}

const leastKept = 0.01

/** Which rows of one list are the same person, any number of rows each. */
export function dedupe(people: People, options: LinkOptions = {}): Deduped {
  const tables = new Tables(options.addresses)
  const list = tables.prepare(people)
  const opened = open(tables, list, list.has)
  const compared = compareWith(opened, list)
  const weights = options.weights ?? learn(opened, list, compared)
  const scored = score(compared, weights, pairsOfOneRow(list, list), leastKept)
  const rules = rulesOf(compared, tables, list, hasHanNames({ tables, left: list, right: list }))
  const thresholds = thresholdsOf(options.costs ?? usualCosts)
  const pairs: Pair[] = []
  const joined: Scored[] = []
  for (const s of scored) {
    const rule = rules.ruling(s.pattern, s.left)
    if (rule === 'twoPeople' || s.alone < thresholds.look) continue
    const band: Exclude<Band, 'different'> = s.alone >= thresholds.same && rule === undefined ? 'same' : 'look'
    const reason: Reason | undefined = rule
    pairs.push({
      left: s.left,
      right: s.right,
      probability: s.alone,
      weight: s.weight,
      band,
      ...(reason ? { reason } : {}),
    })
    if (rule === undefined) joined.push(s)
  }
  const evidence = scorer(compared.patterns, weights, pairsOfOneRow(list, list))
  return {
    pairs,
    clusters: clusterRows(people.size, joined, 0.5, (a, b) => evidence(Math.max(a, b), Math.min(a, b))),
    weights,
    candidates: compared.candidates.count,
    explain: pair => explain(compared.patterns, weights, pairsOfOneRow(list, list), pair.left, pair.right),
  }
}
