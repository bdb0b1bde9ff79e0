/** Rows that read alike become one with how many there are: two of a family may receive the same, and a sheet does not say whom. */
export function grouped<T>(
  rows: readonly T[],
  readingOf: (row: T) => string,
): readonly { row: T; rows: readonly T[] }[] {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const reading = readingOf(row)
    groups.set(reading, [...(groups.get(reading) ?? []), row])
  }
  return [...groups.values()].flatMap(alike => (alike[0] === undefined ? [] : [{ row: alike[0], rows: alike }]))
}
