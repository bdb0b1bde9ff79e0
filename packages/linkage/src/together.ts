import { groupsOf, type Clusters } from './clusters.ts'
import type { Scored } from './score.ts'

/** Two rows of one cluster, the higher on the left. */
export interface Together {
  readonly left: number
  readonly right: number
  /** By what is said of the two or through rows of the cluster that are like both, whichever says more; 0 where nothing is. */
  readonly probability: number
}

/** Rows of one cluster above which only what stands between two themselves counts. */
const mostRows = 120

/**
 * Who is one person with a second row is one with whomever that row is: the chance of a pair is the best product of chances on a
 * way through its cluster, never less than its own.
 * @param pairs what may join two rows; others lead nowhere
 * @returns every pair of each cluster
 */
export function together(clusters: Clusters, pairs: readonly Scored[]): Together[] {
  const within = Map.groupBy(
    pairs.filter(p => clusters[p.left] === clusters[p.right]),
    p => clusters[p.left] as number,
  )
  return groupsOf(clusters).flatMap(rows => {
    const n = rows.length
    const at = new Map(rows.map((row, index) => [row, index]))
    const alone = new Float64Array(n * n)
    for (const pair of within.get(rows[0] as number) ?? []) {
      const [x, y] = [at.get(pair.left) as number, at.get(pair.right) as number]
      alone[x * n + y] = alone[y * n + x] = pair.alone
    }
    const chances = n > 2 && n <= mostRows ? throughOthers(alone, n) : alone
    return rows.flatMap((left, x) =>
      rows.slice(0, x).map((right, y) => ({ left, right, probability: chances[x * n + y] as number })),
    )
  })
}

/** What is known of two rows through a third is never enough to link them by itself: a row that says little is like many. */
const throughAnother = 0.9

/** @source Floyd 1962, with products in place of sums */
function throughOthers(alone: Float64Array, n: number): Float64Array {
  const chances = alone.slice()
  for (let via = 0; via < n; via++)
    for (let x = 0; x < n; x++) {
      const first = (chances[x * n + via] as number) * throughAnother
      if (first === 0 || x === via) continue
      for (let y = 0; y < n; y++) {
        const product = first * (chances[via * n + y] as number)
        if (x !== y && product > (chances[x * n + y] as number)) chances[x * n + y] = product
      }
    }
  return chances
}
