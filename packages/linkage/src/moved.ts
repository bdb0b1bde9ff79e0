import type { Patterns } from './candidates.ts'
import type { Shares } from './weights.ts'

const homeFields: ReadonlySet<string> = new Set(['houseNumber', 'street', 'locality', 'suburb', 'postcode', 'region'])
/** Fewer comparisons of the home than this can differ one by one. */
const fewest = 3

/** Which comparisons are of the home, whoever moved differing in all of them at once; undefined where too few are. */
export function homeOf({ comparisons }: Patterns): readonly boolean[] | undefined {
  const isHome = comparisons.map(c => homeFields.has(c.key))
  return isHome.filter(Boolean).length < fewest ? undefined : isHome
}

/**
 * How likely two records of one person show these levels: who stayed, and who moved, whose homes are as those of strangers.
 * @param same of each comparison the shares of its levels, and `strangers` likewise
 * @param moved the share of those who moved, from 0 to 1
 * @param levels of each comparison the level it shows, -1 where one of them says nothing
 * @returns two parts of one likelihood, from 0 to 1: their sum is that of one person
 * @source ours: the class of one person of Fellegi and Sunter 1969 as a mixture of two, since one that takes each difference of the home
 *   by itself counts a single move several times
 */
export function ofOnePerson(
  same: readonly Shares[],
  strangers: readonly Shares[],
  { isHome, moved }: { readonly isHome: readonly boolean[] | undefined; readonly moved: number },
  levels: Int8Array,
): { readonly stayed: number; readonly gone: number } {
  let [rest, here, elsewhere] = [1, 1, 1]
  for (let at = 0; at < levels.length; at++) {
    const level = levels[at] as number
    if (level < 0) continue
    const share = (same[at] as Shares)[level] as number
    if (isHome?.[at] === true) {
      here *= share
      elsewhere *= (strangers[at] as Shares)[level] as number
    } else rest *= share
  }
  return { stayed: (1 - moved) * rest * here, gone: moved * rest * elsewhere }
}
