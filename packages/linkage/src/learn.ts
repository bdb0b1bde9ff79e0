import { type Between, nothingBetween, steps } from './between.ts'
import { Patterns } from './candidates.ts'
import { comparisonsOf, type Compared, hasHanNames, type Opened } from './compared.ts'
import { otherNameFrom } from './compare-names.ts'
import { fit } from './fit.ts'
import { count, countHouseholds, countNeighbours, householdsOf } from './households.ts'
import type { Prepared } from './prepared.ts'
import { randomOf } from './random.ts'
import { usualWeights } from './usual-weights.ts'
import type { Weights } from './weights.ts'

/** How many pairs of the two lists a row of the left one has on average. */
export const pairsOfOneRow = (left: Prepared, right: Prepared): number =>
  Math.max(1, left === right ? (left.size - 1) / 2 : right.size)

const drawnPairs = 400_000

/** Learns the weights from two lists and nothing else: see {@link fit}. The same lists give the same weights. */
export function learn(
  { tables, right }: Opened,
  left: Prepared,
  { patterns, candidates }: Compared,
  between: Between = nothingBetween,
): Weights {
  const isOneList = left === right
  const counts = patterns.comparisons.map(c => c.levels.map(() => 0))
  const random = randomOf(1)
  // A list of which only the header came teaches nothing, and its weights are figures all the same.
  const drawn = left.size > 0 && right.size > 0 ? drawnPairs : 0
  for (let n = 0; n < drawn; n++) {
    if (n % steps.pairs === 0) between()
    const [i, j] = [Math.floor(random() * left.size), Math.floor(random() * right.size)]
    if (!isOneList || i !== j) count(counts, patterns, i, j)
  }
  countAmongBirths(counts, { patterns, candidates })
  const compared = new Set(patterns.comparisons.map(c => c.key))
  // The right list may have columns the left one lacks; what its households show of them says nothing here.
  const own = isOneList ? [] : comparisonsOf({ tables, left: right, right }).filter(c => compared.has(c.key))
  const among = isOneList ? patterns : new Patterns(own)
  const [names, births] = [right.column('name'), right.column('birthDate')]
  const isOnePerson = (i: number, j: number) =>
    isOneList && ((names[i] !== 0 && names[i] === names[j]) || (births[i] !== 0 && births[i] === births[j]))
  const households = countHouseholds(among, householdsOf(tables, right), isOnePerson, between)
  const neighbours = households ? undefined : countNeighbours(patterns, counts)
  return fit({
    patterns,
    candidates,
    random: counts,
    households: households ?? neighbours,
    areNeighbours: neighbours !== undefined,
    pairs: Math.max(1, left.size) * pairsOfOneRow(left, right),
    lefts: Math.max(1, left.size),
    likelyMatches: Math.max(1, Math.min(left.size, right.size) / 2),
    between,
  })
}

/**
 * Levels that presuppose one birth date are counted among candidates of one birth date and two names, and brought to the scale
 * of the random pairs.
 */
function countAmongBirths(counts: number[][], { patterns, candidates }: Compared): void {
  const at = (key: string) => patterns.comparisons.findIndex(c => c.key === key)
  const [birth, name] = [at('birthDate'), at('name')]
  for (const [c, { amongBirths = [] }] of patterns.comparisons.entries()) {
    const row = counts[c]
    if (!row || amongBirths.length === 0 || birth < 0 || name < 0) continue
    const drawn = row.reduce((a, b) => a + b, 0)
    const found = new Map(amongBirths.map(level => [level, 0.5]))
    let all = 1
    for (const [k, pattern] of candidates.patterns.entries()) {
      const levels = patterns.levels(pattern)
      const level = levels[c] ?? -1
      if (levels[birth] !== 0 || (levels[name] ?? 0) < otherNameFrom || level < 0) continue
      all += candidates.counts[k] ?? 0
      if (found.has(level)) found.set(level, (found.get(level) ?? 0) + (candidates.counts[k] ?? 0))
    }
    for (const [level, count] of found) row[level] = (count / all) * drawn
  }
}

/** Fewer rows than this say too little of how records of one person differ. */
const fewestRows = 40

/** Learnt from the two lists, or what is usual where one of them is too short and is compared by nothing else. */
export function weightsFor(opened: Opened, left: Prepared, compared: Compared, between?: Between): Weights {
  const known = new Set(usualWeights.comparisons.map(c => c.key))
  const { comparisons } = compared.patterns
  const isUsual = comparisons.some(c => c.key === 'name') && comparisons.every(c => known.has(c.key))
  const isHan = hasHanNames({ tables: opened.tables, left, right: opened.right })
  const isShort = Math.min(left.size, opened.right.size) < fewestRows
  return isShort && isUsual && isHan ? usualWeights : learn(opened, left, compared, between)
}
