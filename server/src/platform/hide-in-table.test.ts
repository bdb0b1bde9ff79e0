import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hideInTable } from './hide-in-table.ts'
import { fewest } from './hide-small.ts'

it('shows a table of large counts as it is, and nothing where there is nothing', () => {
  const large = [
    [12, 0, 9],
    [7, 30, 5],
  ]
  expect(hideInTable(large)).toEqual(large)
})

it('hides with a small count others of its row and its column, so that neither sum gives it away', () => {
  const shown = hideInTable([
    [3, 20, 9],
    [14, 30, 25],
    [40, 8, 11],
  ])
  expect(shown[0]?.[0]).toBeNull()
  for (let i = 0; i < 3; i++) {
    expect(shown[i]?.filter(n => n === null).length, `row ${i}`).not.toBe(1)
    expect(shown.map(row => row[i]).filter(n => n === null).length, `column ${i}`).not.toBe(1)
  }
})

it('does not say that there is nothing where a small count would follow from it', () => {
  // All under way are of the village, so the village's three would be known.
  expect(
    hideInTable([
      [26, 3],
      [0, 10],
    ]),
  ).toEqual([
    [null, null],
    [null, null],
  ])
})

const table = fc.integer({ min: 2, max: 5 }).chain(columns =>
  fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: columns, maxLength: columns }), {
    minLength: 2,
    maxLength: 6,
  }),
)

it('leaves no small count that follows from the sums and from what is shown', () => {
  fc.assert(
    fc.property(table, counts => {
      const shown = hideInTable(counts)
      const solved = solve(counts, shown)
      for (const [r, row] of counts.entries())
        for (const [c, n] of row.entries())
          if (n > 0 && n < fewest) {
            expect(shown[r]?.[c]).toBeNull()
            expect(solved[r]?.[c] ?? null, JSON.stringify(counts)).toBeNull()
          }
    }),
    { numRuns: 300 },
  )
})

/** What somebody with the sums finds out by taking what is shown away, again and again. */
function solve(counts: readonly (readonly number[])[], shown: readonly (readonly (number | null)[])[]) {
  const known = shown.map(row => [...row])
  const lines = [
    ...counts.map((row, r) => row.map((_, c) => [r, c] as const)),
    ...(counts[0] ?? []).map((_, c) => counts.map((_row, r) => [r, c] as const)),
  ]
  for (let changed = true; changed; ) {
    changed = false
    for (const line of lines) {
      const open = line.filter(([r, c]) => known[r]?.[c] === null)
      const [only] = open
      if (open.length !== 1 || !only) continue
      const [r, c] = only
      const row = known[r]
      if (row) row[c] = counts[r]?.[c] ?? 0
      changed = true
    }
  }
  return known
}
