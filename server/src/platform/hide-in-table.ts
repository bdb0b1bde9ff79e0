import { fewest } from './hide-small.ts'

type Cell = readonly [row: number, column: number]

/**
 * Counts of a table whose sums of rows and columns are shown beside it: small ones are null, and with them as many others as it takes
 * that none of them follows from the rest: no row and no column hides a single one, or ones that are few together, and none is the only
 * link between two parts of what is hidden (then each part's sums would give it away). Where nothing else is left to hide it is not said
 * either that there is nothing.
 */
export function hideInTable(counts: readonly (readonly number[])[]): (number | null)[][] {
  const hidden = new Set<string>()
  const key = ([r, c]: Cell) => `${r} ${c}`
  const at = ([r, c]: Cell) => counts[r]?.[c] ?? 0
  const cells: readonly Cell[] = counts.flatMap((row, r) => row.map((_, c): Cell => [r, c]))
  for (const cell of cells) if (at(cell) > 0 && at(cell) < fewest) hidden.add(key(cell))
  const lines = [
    ...counts.map((_, r) => cells.filter(cell => cell[0] === r)),
    ...(counts[0] ?? []).map((_, c) => cells.filter(cell => cell[1] === c)),
  ]
  const isHidden = (cell: Cell) => hidden.has(key(cell))
  const hideNext = (line: readonly Cell[]): boolean => {
    const open = line.filter(cell => !isHidden(cell)).toSorted((a, b) => at(a) - at(b))
    const next = open.find(cell => at(cell) > 0) ?? open[0]
    if (next) hidden.add(key(next))
    return next !== undefined
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const line of lines) {
      const there = line.filter(isHidden)
      if (there.length === 0) continue
      if (there.length > 1 && there.reduce((sum, cell) => sum + at(cell), 0) >= 2 * fewest) continue
      if (hideNext(line)) changed = true
    }
    const link = cells.find(cell => isHidden(cell) && isOnlyLink(cell, cells.filter(isHidden)))
    if (!changed && link) changed = lines.filter(line => line.includes(link)).some(hideNext)
  }
  return counts.map((row, r) => row.map((n, c) => (hidden.has(key([r, c])) ? null : n)))
}

/** Whether a cell is on no way round through the others, from its row back to its column. */
function isOnlyLink(link: Cell, cells: readonly Cell[]): boolean {
  const [rows, columns] = [new Set([link[0]]), new Set<number>()]
  for (let size = 0; size !== rows.size + columns.size; ) {
    size = rows.size + columns.size
    for (const cell of cells) {
      if (cell === link) continue
      if (rows.has(cell[0])) columns.add(cell[1])
      if (columns.has(cell[1])) rows.add(cell[0])
    }
  }
  return !columns.has(link[1])
}
