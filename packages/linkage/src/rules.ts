import type { Compared } from './compared.ts'
import { idNumberLevels } from './compare-fields.ts'
import { otherNameFrom } from './compare-names.ts'
import { idForm } from './id-form.ts'
import type { Prepared, Tables } from './prepared.ts'

/** What no weight may overrule. */
export type Ruling =
  /** One valid number, two names: a person looks, unless the row is somebody else without doubt. */
  | 'sameNumberOtherName'
  /** Two valid numbers and everything else the same: one of them is wrong, or the rest is; a person looks. */
  | 'twoValidNumbers'
  /** Two valid numbers: two people. */
  | 'twoPeople'
  | undefined

export interface Rules {
  readonly ruling: (pattern: number, left: number) => Ruling
  /** Pairs of the candidates that a rule shows to a person whatever their weight. */
  readonly shown: readonly { readonly left: number; readonly right: number; readonly pattern: number }[]
}

export function rulesOf({ patterns, candidates }: Compared, tables: Tables, left: Prepared, isHan: boolean): Rules {
  const at = Object.fromEntries(patterns.comparisons.map((c, index) => [c.key, index]))
  const { idNumber: id, name, birthDate, phone, address } = at
  if (id === undefined || !isHan) return { ruling: () => undefined, shown: [] }
  const [numbers, { texts }] = [left.column('idNumber'), tables.of('idNumber')]
  const kinds = new Map<number, Ruling>()
  const kindOf = (pattern: number): Ruling => {
    if (kinds.has(pattern)) return kinds.get(pattern)
    const levels = patterns.levels(pattern)
    const is = (index: number | undefined, level: number) => index !== undefined && levels[index] === level
    const otherName = name !== undefined && (levels[name] ?? -1) >= otherNameFrom
    const kind: Ruling = is(id, idNumberLevels.twoValid)
      ? is(name, 0) && is(birthDate, 0) && (is(phone, 0) || is(address, 0))
        ? 'twoValidNumbers'
        : 'twoPeople'
      : is(id, idNumberLevels.equal) && otherName
        ? 'sameNumberOtherName'
        : undefined
    kinds.set(pattern, kind)
    return kind
  }
  const isValid = (row: number) => idForm(texts[numbers[row] ?? 0] ?? '') === 'valid'
  const ruling = (pattern: number, row: number): Ruling => {
    const kind = kindOf(pattern)
    return kind === 'sameNumberOtherName' && !isValid(row) ? undefined : kind
  }
  const shown = []
  for (let k = 0; k < candidates.count; k++) {
    const pattern = candidates.patterns[candidates.pattern[k] as number] as number
    const [l, r] = [candidates.left[k] as number, candidates.right[k] as number]
    if (kindOf(pattern) === 'sameNumberOtherName' && isValid(l)) shown.push({ left: l, right: r, pattern })
  }
  return { ruling, shown }
}
