/** Fewer than five could point at a person. */
export const fewest = 5

const isSmall = (n: number) => n > 0 && n < fewest

export const hiddenTotal = (n: number): number | null => (isSmall(n) ? null : n)

/**
 * Counts of one row whose total is shown beside it: small ones are null, and where just one would be, the smallest of the
 * others is hidden too, since the total less the rest would give it away; likewise where all hidden ones together are
 * still few.
 * @param besides places that are hidden whatever stands there
 */
export function hideSmall(counts: readonly number[], besides: readonly number[] = []): (number | null)[] {
  const hidden = new Set([...besides, ...counts.flatMap((n, i) => (isSmall(n) ? [i] : []))])
  const others = counts.map((n, i) => [n, i] as const).filter(([n, i]) => n > 0 && !hidden.has(i))
  others.sort(([a], [b]) => a - b)
  const sum = () => [...hidden].reduce((total, i) => total + (counts[i] ?? 0), 0)
  while (hidden.size > 0 && (hidden.size === 1 || sum() < 2 * fewest) && others.length > 0)
    hidden.add((others.shift() as readonly [number, number])[1])
  return counts.map((n, i) => (hidden.has(i) ? null : n))
}
