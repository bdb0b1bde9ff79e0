import { thresholdsOf, usualCosts } from './bands.ts'
import type { NotCompared } from './candidates.ts'
import { type Clusters, clusterRows, leastMean } from './clusters.ts'
import { compareWith, hasHanNames, open } from './compared.ts'
import { explain, type Explanation } from './explain.ts'
import { learn, pairsOfOneRow } from './learn.ts'
import type { LinkOptions, Pair } from './link.ts'
import type { People } from './people.ts'
import { Tables } from './prepared.ts'
import { rulesOf } from './rules.ts'
import { score, scorer } from './score.ts'
import { together } from './together.ts'
import type { Weights } from './weights.ts'

export interface DedupedPair extends Pair {
  /** The two were not brought together for their own sake: each is like others of their cluster. */
  readonly throughOthers?: true
}

export interface Deduped {
  /**
   * Pairs of rows of the one list, the higher row on the left. A chance counts what the rest of the cluster says; `same` is a pair by
   * its own evidence alone, and only within a cluster.
   */
  readonly pairs: readonly DedupedPair[]
  readonly clusters: Clusters
  readonly weights: Weights
  readonly candidates: number
  readonly notCompared: NotCompared
  readonly explain: (pair: Pick<Pair, 'left' | 'right'>) => Explanation
}

const leastKept = 0.01

/** Two who would be one person, were it not that their groups taken whole speak against it, are no likelier than this. */
const mostApart = 1 / (1 + 2 ** -leastMean)

/** Which rows of one list are the same person, any number of rows each. */
export function dedupe(people: People, options: LinkOptions = {}): Deduped {
  const tables = new Tables(options)
  const list = tables.prepare(people)
  const opened = open(tables, list, list.has)
  const compared = compareWith(opened, list)
  const weights = options.weights ?? learn(opened, list, compared)
  const { ruling } = rulesOf(compared, tables, list, hasHanNames({ tables, left: list, right: list }))
  const thresholds = thresholdsOf(options.costs ?? usualCosts)
  const likely = score(compared, weights, pairsOfOneRow(list, list), leastKept).filter(
    s => s.alone >= thresholds.look && ruling(s.pattern, s.left) !== 'twoPeople',
  )
  const joining = likely.filter(s => ruling(s.pattern, s.left) === undefined)
  const evidence = scorer(compared.patterns, weights, pairsOfOneRow(list, list))
  const clusters = clusterRows(people.size, joining, 0.5, (a, b) => evidence(Math.max(a, b), Math.min(a, b)))
  const pairs: DedupedPair[] = []
  const brought = new Set(joining.map(s => s.left * people.size + s.right))
  for (const { left, right, probability: through } of together(clusters, joining)) {
    if (ruling(compared.patterns.of(left, right), left) !== undefined) continue
    // Also where no pass brought the two together their own evidence is known.
    const weight = evidence(left, right)
    const alone = 1 / (1 + 2 ** -weight)
    const probability = Math.max(alone, through)
    if (probability < thresholds.look) continue
    const band = alone >= thresholds.same ? 'same' : 'look'
    const isThrough = band === 'look' && !brought.has(left * people.size + right)
    pairs.push({ left, right, probability, weight, band, ...(isThrough && { throughOthers: true }) })
  }
  for (const { left, right, pattern, weight, alone } of likely) {
    const rule = ruling(pattern, left)
    if (rule === 'twoPeople' || (rule === undefined && clusters[left] === clusters[right])) continue
    const isRefused = rule === undefined && alone >= 0.5
    const probability = isRefused ? Math.min(alone, mostApart) : alone
    const reason = rule ?? (isRefused && alone >= thresholds.same ? 'ambiguous' : undefined)
    pairs.push({ left, right, probability, weight, band: 'look', ...(reason && { reason }) })
  }
  return {
    pairs,
    clusters,
    weights,
    candidates: compared.candidates.count,
    notCompared: compared.candidates.notCompared,
    explain: pair => explain(compared.patterns, weights, pairsOfOneRow(list, list), pair.left, pair.right),
  }
}
