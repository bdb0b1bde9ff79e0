import type { Day, Id } from '@zhulian/kernel'
import { compare, type Found, type Received } from './compare.ts'
import type { Results } from './results.ts'
import type { FindingRow } from './tables.ts'

export type OpenFinding = Pick<
  FindingRow,
  'id' | 'kind' | 'household_id' | 'person_id' | 'policy' | 'gone_on' | 'amount_a_year' | 'conditional_on'
>
const keyOf = (household: string, f: { kind: string; policy: string; person?: string | null | undefined }) =>
  `${household} ${f.kind} ${f.policy} ${f.person ?? ''}`
export const keyOfRow = (f: Pick<FindingRow, 'kind' | 'household_id' | 'person_id' | 'policy'>) =>
  keyOf(f.household_id, { ...f, person: f.person_id })

/** What has to be known of households beside their facts to bring the lists up to date. */
export interface ListsStand {
  readonly received: ReadonlyMap<Id, readonly Received[]>
  readonly told: ReadonlySet<string>
  /** Not closed, by household. */
  readonly open: ReadonlyMap<Id, readonly OpenFinding[]>
  readonly decided: ReadonlySet<string>
}

export interface Compared {
  readonly id: Id
  readonly results: Results
  readonly certifiedTier: unknown
}

/** What the lists of one household lack, say otherwise, and hold no longer. */
export function listsOf({ id, results, certifiedTier }: Compared, stand: ListsStand, on: Day) {
  const open = stand.open.get(id) ?? []
  const known = new Map(open.map(f => [keyOfRow(f), f]))
  const seen = new Set<string>()
  const [fresh, again] = [[] as Found[], [] as { readonly row: OpenFinding; readonly found: Found }[]]
  for (const found of compare({
    results,
    received: stand.received.get(id) ?? [],
    certifiedTier,
    told: stand.told,
    on,
  })) {
    const key = keyOf(id, found)
    seen.add(key)
    const row = known.get(key)
    if (row) again.push({ row, found })
    else if (!stand.decided.has(key)) fresh.push(found)
  }
  return { fresh, again, gone: open.filter(f => f.gone_on === null && !seen.has(keyOfRow(f))) }
}

/** Nothing of it would be written. */
export const isAsKept = ({ fresh, again, gone }: ReturnType<typeof listsOf>): boolean =>
  fresh.length === 0 &&
  gone.length === 0 &&
  again.every(
    ({ row, found }) =>
      row.gone_on === null && row.amount_a_year === found.amountAYear && row.conditional_on === found.conditionalOn,
  )
