import { type Between, nothingBetween } from './between.ts'
import type { Candidates, Patterns } from './candidates.ts'
import { placeFields } from './households.ts'
import { homeOf, ofOnePerson } from './moved.ts'
import { assumedShares, normalised, type Shares, type Weights, withAssumed } from './weights.ts'

export interface Fitting {
  readonly patterns: Patterns
  readonly candidates: Candidates
  /** Levels counted among pairs drawn at random. */
  readonly random: readonly (readonly number[])[]
  /** Levels counted among pairs of the right list that are one household and not one person; undefined where none are known. */
  readonly households: readonly (readonly number[])[] | undefined
  /** Whether those are people of one place instead, of whom only the places are learnt. */
  readonly areNeighbours?: boolean
  /** How many pairs of the two lists there are. */
  readonly pairs: number
  readonly lefts: number
  readonly likelyMatches: number
  readonly between?: Between | undefined
}

const rounds = 200
const enough = 1e-7

/** What is assumed of those who moved before anything is seen, as strong as so many pairs; and how many they can be. */
const [assumedMoved, assumedTold, mostMoved] = [0.1, 20, 0.4]

/** What a registry says of its households stays as it says: the lists cannot teach how names in a family are alike. */
const keptOfHouseholds = new Set(['name', 'givenName', 'surname', 'birthDate', 'sex'])

/**
 * Learns how often each class shows each level, without any answer being known: expectation and maximisation over the patterns
 * of the candidates, in three classes (one person, one household, strangers), their shares being of all pairs and not of the
 * candidates. What random pairs show is corrected for the matches among them.
 * @source Fellegi and Sunter 1969; Winkler 1988; the third class is ours
 */
export function fit({
  patterns,
  candidates,
  random,
  households,
  areNeighbours = false,
  pairs,
  lefts,
  likelyMatches,
  between = nothingBetween,
}: Fitting): Weights {
  const sizes = patterns.comparisons.map(c => c.levels.length)
  const assumed = sizes.map(assumedShares)
  const levels = candidates.patterns.map(p => patterns.levels(p))
  const drawn = random.map(counts => withAssumed(counts, normalised(counts.map(() => 1)), 0.5))
  const isKept = (key: string) => (areNeighbours ? !placeFields.has(key) : keptOfHouseholds.has(key))
  const given = households?.map(counts => withAssumed(counts, normalised(counts.map(() => 1)), counts.length))
  let same: Shares[] = assumed
  let family: Shares[] | undefined = given
  let strangers: Shares[] = drawn
  let [shareSame, shareFamily] = [likelyMatches / pairs, given ? likelyMatches / pairs : 0]
  const isHome = homeOf(patterns)
  let moved = isHome ? assumedMoved : 0
  for (let round = 0; round < rounds; round++) {
    between()
    const [countSame, countFamily] = [sizes, sizes].map(s => s.map(n => Array.from({ length: n }, () => 0)))
    let [sumSame, sumFamily, told, moves] = [0, 0, assumedTold, assumedTold * assumedMoved]
    for (let k = 0; k < levels.length; k++) {
      const shown = levels[k] as Int8Array
      const many = candidates.counts[k] as number
      const { stayed, gone } = ofOnePerson(same, strangers, { isHome, moved }, shown)
      const a = shareSame * (stayed + gone)
      const b = family ? shareFamily * likelihood(family, shown) : 0
      const c = (1 - shareSame - shareFamily) * likelihood(strangers, shown)
      const all = a + b + c
      if (all === 0) continue
      const [p, q] = [(many * a) / all, (many * b) / all]
      sumSame += p
      const away = gone === 0 ? 0 : (p * gone) / (stayed + gone)
      if (isHome?.some((isOfIt, at) => isOfIt && (shown[at] as number) >= 0)) {
        told += p
        moves += away
      }
      sumFamily += q
      for (let at = 0; at < shown.length; at++) {
        const level = shown[at] as number
        if (level < 0) continue
        addTo(countSame, at, level, isHome?.[at] === true ? p - away : p)
        if (family) addTo(countFamily, at, level, q)
      }
    }
    same = sizes.map((_, at) => withAssumed(countSame?.[at] ?? [], assumed[at] as Shares))
    if (family && given)
      family = sizes.map((_, at) =>
        isKept(patterns.comparisons[at]?.key ?? '')
          ? (given[at] as Shares)
          : withAssumed(countFamily?.[at] ?? [], given[at] as Shares, 1),
      )
    if (isHome) moved = Math.min(mostMoved, moves / told)
    const change = Math.abs(sumSame / pairs - shareSame) / Math.max(shareSame, 1e-12)
    shareSame = Math.min(0.5, sumSame / pairs)
    shareFamily = family ? Math.min(0.4, sumFamily / pairs) : 0
    strangers = drawn.map((shares, at) => withoutMatches(shares, same[at] as Shares, shareSame))
    if (change < enough) break
  }
  return {
    version: 1,
    ...(areNeighbours ? { neighbours: true as const } : {}),
    comparisons: patterns.comparisons.map((c, at) => ({
      key: c.key,
      same: same[at] as Shares,
      ...(family ? { household: family[at] as Shares } : {}),
      strangers: strangers[at] as Shares,
    })),
    ...(isHome ? { moved } : {}),
    same: (shareSame * pairs) / lefts,
    household: (shareFamily * pairs) / lefts,
  }
}

function addTo(counts: number[][] | undefined, at: number, level: number, much: number): void {
  const row = counts?.[at]
  if (row) row[level] = (row[level] as number) + much
}

export function likelihood(shares: readonly Shares[], levels: Int8Array): number {
  let product = 1
  for (let at = 0; at < levels.length; at++) {
    const level = levels[at] as number
    if (level >= 0) product *= (shares[at] as Shares)[level] as number
  }
  return product
}

/** Random pairs of a small list hold matches too; what they show is taken out, down to a twentieth. */
const withoutMatches = (drawn: Shares, same: Shares, shareSame: number): number[] =>
  normalised(drawn.map((share, level) => Math.max(share - shareSame * (same[level] as number), share * 0.05, 1e-9)))
