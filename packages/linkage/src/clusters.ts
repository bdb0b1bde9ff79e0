import type { Scored } from './score.ts'

/** Which rows are one person: each row's cluster, named by its lowest row. */
export type Clusters = Int32Array

/** How far two clusters may contradict each other and still become one: the mean evidence between their rows, in bits. */
export const leastMean = -2

/**
 * Groups of rows that are one person, grown from the surest pair down. Two groups become one when a pair between them says so and
 * the pairs between them do not, on the whole, say otherwise: a chain of look-alikes does not swallow a village.
 * @param evidence bits for any two rows, also those no pass brought together
 * @param threshold probability from which a pair may join two groups
 */
export function clusterRows(
  size: number,
  pairs: readonly Scored[],
  threshold: number,
  evidence: (a: number, b: number) => number,
): Clusters {
  const members: number[][] = Array.from({ length: size }, (_, row) => [row])
  const home = Int32Array.from({ length: size }, (_, row) => row)
  const ordered = pairs
    .filter(p => p.alone >= threshold)
    .toSorted((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right)
  for (const { left, right } of ordered) {
    const [a, b] = [home[left] as number, home[right] as number]
    if (a === b) continue
    const [one, other] = [members[a] ?? [], members[b] ?? []]
    if (!agree(one, other, evidence)) continue
    const [into, from] = one.length >= other.length ? [a, b] : [b, a]
    for (const row of members[from] ?? []) {
      home[row] = into
      members[into]?.push(row)
    }
    members[from] = []
  }
  const lowest = members.map(rows => rows.reduce((least, row) => Math.min(least, row), size))
  return home.map(h => lowest[h] as number)
}

/** As many of the pairs between two groups as are looked at. */
const mostLooked = 60

function agree(a: readonly number[], b: readonly number[], evidence: (x: number, y: number) => number): boolean {
  if (a.length === 1 && b.length === 1) return true
  let [sum, count] = [0, 0]
  const step = Math.max(1, Math.ceil((a.length * b.length) / mostLooked))
  for (let at = 0; at < a.length * b.length; at += step) {
    const [x, y] = [a[at % a.length] as number, b[Math.floor(at / a.length)] as number]
    sum += Math.max(-20, Math.min(20, evidence(x, y)))
    count++
  }
  return sum / count >= leastMean
}

/** The rows of each cluster of two or more, lowest first. */
export function groupsOf(clusters: Clusters): number[][] {
  const groups = new Map<number, number[]>()
  for (const [row, cluster] of clusters.entries()) {
    const rows = groups.get(cluster)
    if (rows) rows.push(row)
    else groups.set(cluster, [row])
  }
  return [...groups.values()].filter(rows => rows.length > 1)
}
