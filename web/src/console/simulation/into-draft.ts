/** A dated figure as the workbench has it. */
export interface DatedRow {
  readonly from: string
  readonly value: number
  readonly provenance: readonly string[]
  readonly [field: string]: unknown
}

/**
 * The figures with one more from a day on, in the order of their days; one that began that very day is replaced. What began
 * before and was to end later ends where the new one begins; what begins later stays. Until somebody names a source the new
 * one is marked as an illustration.
 */
export function withRow(rows: readonly DatedRow[], from: string, value: number): DatedRow[] {
  const others = rows
    .filter(row => row.from !== from)
    .map(row => {
      const until = row['until']
      return typeof until === 'string' && row.from < from && until > from ? { ...row, until: from } : row
    })
  const next = others
    .map(row => row.from)
    .filter(day => day > from)
    .toSorted()[0]
  const end = rows.find(row => row.from === from)?.['until'] ?? undefined
  const row = { from, ...(next === undefined && end !== undefined && { until: end }), value, provenance: ['I'] }
  return [...others, row].toSorted((a, b) => (a.from < b.from ? -1 : 1))
}
