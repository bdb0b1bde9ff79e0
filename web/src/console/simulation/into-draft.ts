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

/** A draft that was begun, as far as the figure needs it. */
export interface Begun {
  readonly id: string
  readonly version: number
  readonly document: Readonly<Record<string, unknown>>
}
/** A tried figure, to be written from a day on. */
export interface TriedFigure {
  readonly parameter: string
  readonly from: string
  readonly value: number
}
interface Ways {
  readonly begin: (parameter: string) => Promise<Begun>
  readonly save: (draft: Begun, document: Readonly<Record<string, unknown>>) => Promise<unknown>
}

/**
 * Begins a draft for a figure and writes the figure into it.
 * @param begun by parameter, drafts whose figure could not be written: a second try goes on with them, where beginning
 * again would only meet one's own draft
 */
export async function intoDraft(
  { begin, save }: Ways,
  { parameter, from, value }: TriedFigure,
  begun: Map<string, Begun>,
): Promise<void> {
  const draft = begun.get(parameter) ?? (await begin(parameter))
  begun.set(parameter, draft)
  const rows = (draft.document['rows'] ?? []) as readonly DatedRow[]
  await save(draft, { ...draft.document, rows: withRow(rows, from, value) })
  begun.delete(parameter)
}
