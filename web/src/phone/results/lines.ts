import type { PolicyResult, Screening, ServiceResult } from '../kinds.ts'

/** A line of the result, policy or service, as it stands in the list. */
export type Line =
  | { readonly kind: 'policy'; readonly line: PolicyResult }
  | { readonly kind: 'service'; readonly line: ServiceResult }

const groups = ['canApply', 'almost', 'notNow'] as const
export type Group = (typeof groups)[number]

/** Policies first, then services, in the order of the server. */
export const linesOf = (screening: Screening, group: Group): readonly Line[] => [
  ...screening.policies.filter(line => line.group === group).map(line => ({ kind: 'policy' as const, line })),
  ...screening.services.filter(line => line.group === group).map(line => ({ kind: 'service' as const, line })),
]

/** Every line in reading order: what can be applied for, what nearly can, what cannot. */
export const allLines = (screening: Screening): readonly Line[] => groups.flatMap(group => linesOf(screening, group))

/** The line at a key with its neighbours of the same reading order, and whom it is for. */
export function lineAt(
  screening: Screening,
  key: string,
): { at: number; of: number; row: Row; before: Line | undefined; after: Line | undefined } | undefined {
  const line = allLines(screening).find(one => one.line.key === key)
  if (!line) return undefined
  // Who reads one by one reads what helps; the refused lines are a list of their own.
  const run = rowsOf(
    line.line.group === 'notNow'
      ? linesOf(screening, 'notNow')
      : [...linesOf(screening, 'canApply'), ...linesOf(screening, 'almost')],
  )
  const own = run.findIndex(row => row.line.line.key === key)
  const at = own >= 0 ? own : run.findIndex(row => row.line.line.id === line.line.id)
  const row = own >= 0 && run[own] ? run[own] : { line, people: [line.line.person] }
  return { at: at + 1, of: run.length, row, before: run[at - 1]?.line, after: run[at + 1]?.line }
}

/** One row of the list: the same help for several people is said once. */
export interface Row {
  readonly line: Line
  readonly people: readonly PolicyResult['person'][]
}

/** What brings each of them an amount of their own stays apart. */
export function rowsOf(lines: readonly Line[]): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const one of lines) {
    const own = one.kind === 'policy' && one.line.group === 'canApply' && typeof one.line.money?.amount === 'number'
    const key = own ? one.line.key : one.line.id
    const row = rows.get(key)
    rows.set(key, row ? { ...row, people: [...row.people, one.line.person] } : { line: one, people: [one.line.person] })
  }
  return [...rows.values()]
}

/** What is missing and can be said by whoever answers. */
export const firstToSay = ({ line }: Line): PolicyResult['missing'][number] | undefined =>
  line.missing.find(one => one.askedOf === 'person')
