import { type Between, nothingBetween, steps } from './between.ts'
import type { Patterns } from './candidates.ts'
import type { Prepared, Tables } from './prepared.ts'

const known = new WeakMap<Prepared, Int32Array>()

/** The household of each row as a number, 0 where none is known: as the list says, else by village, group and house. */
export function householdsOf(tables: Tables, list: Prepared): Int32Array {
  let households = known.get(list)
  if (!households)
    known.set(list, (households = list.has('household') ? list.column('household') : byHouse(tables, list)))
  return households
}

function byHouse(tables: Tables, list: Prepared): Int32Array {
  const households = new Int32Array(list.size)
  if (!list.has('village')) return households
  const table = tables.of('household')
  const [village, group, house] = [list.column('village'), list.column('group'), list.column('house')]
  for (let row = 0; row < list.size; row++)
    if (village[row] !== 0 && house[row] !== 0)
      households[row] = table.numberOf(`@${village[row]}.${group[row]}.${house[row]}`)
  return households
}

const mostPairs = 30_000
/** A household larger than this is an institution or a mistake. */
const mostMembers = 12

/**
 * Counts how two people of one household compare: what the registry knows of pairs that look like matches and are none.
 * @param isOnePerson pairs to leave out: in a list that may hold a person twice
 * @returns undefined where too few households are known
 */
export function countHouseholds(
  patterns: Patterns,
  households: Int32Array,
  isOnePerson: (i: number, j: number) => boolean,
  between: Between = nothingBetween,
): number[][] | undefined {
  const members = new Map<number, number[]>()
  for (let row = 0; row < households.length; row++) {
    const household = households[row] as number
    if (household === 0) continue
    const rows = members.get(household)
    if (rows) rows.push(row)
    else members.set(household, [row])
  }
  const counts = patterns.comparisons.map(c => c.levels.map(() => 0))
  let pairs = 0
  for (const rows of members.values()) {
    if (rows.length > mostMembers) continue
    for (let x = 0; x < rows.length; x++)
      for (let y = x + 1; y < rows.length; y++) {
        if (isOnePerson(rows[x] as number, rows[y] as number)) continue
        count(counts, patterns, rows[x] as number, rows[y] as number)
        if (pairs++ % steps.pairs === 0) between()
      }
    if (pairs >= mostPairs) break
  }
  return pairs >= fewestPairs ? counts : undefined
}
const fewestPairs = 50

/** What says where somebody lives or comes from, and agrees all at once for whoever is from there. */
export const placeFields: ReadonlySet<string> = new Set(['locality', 'suburb', 'postcode', 'region', 'birthPlace'])

/**
 * How two people of one place compare, where no households are known: as people drawn at random but for the place. Without them as a
 * class of their own a town and its postcode count as two agreements, and neighbours are taken for one person.
 * @param random of each comparison how often each level was counted among pairs drawn at random
 * @returns the same shape: a place agrees, all else is as drawn; undefined where fewer than two comparisons say where somebody is from
 */
export function countNeighbours(
  { comparisons }: Patterns,
  random: readonly (readonly number[])[],
): readonly (readonly number[])[] | undefined {
  if (comparisons.filter(c => placeFields.has(c.key)).length < 2) return undefined
  return random.map((counts, at) =>
    placeFields.has(comparisons[at]?.key ?? '') ? counts.map((_, level) => (level === 0 ? 200 : 1)) : counts,
  )
}

export function count(counts: number[][], patterns: Patterns, i: number, j: number): void {
  for (let c = 0; c < counts.length; c++) {
    const level = patterns.comparisons[c]?.compare(i, j) ?? -1
    const row = counts[c]
    if (level >= 0 && row) row[level] = (row[level] as number) + 1
  }
}
