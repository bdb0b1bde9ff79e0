import { isFacts } from './case-facts.ts'
import type { Kind, WorkedCase } from './document.ts'

/** What a worked household expects of a rule that shares its file with others; undefined where all are its own. */
function expectationsOf(kind: Kind, key: string): readonly string[] | undefined {
  if (kind === 'circle') return ['circle', 'householdCircle']
  return kind === 'service' || kind === 'class' ? [key] : undefined
}

/**
 * The worked households of a rule, each with its place among all of the file. Of a file that several rules share these
 * are the ones that expect something of it, and those written in this draft: what somebody just wrote stays in sight.
 * @param inUse those in force, as text
 */
export function casesAbout(
  cases: readonly WorkedCase[],
  kind: Kind,
  key: string,
  inUse: ReadonlySet<string> | undefined,
): readonly (readonly [number, WorkedCase])[] {
  const expected = expectationsOf(kind, key)
  return [...cases.entries()].filter(
    ([, one]) =>
      expected === undefined ||
      (isFacts(one.expect) && expected.some(name => name in (one.expect as object))) ||
      (inUse !== undefined && !inUse.has(JSON.stringify(one))),
  )
}

/** Of the worked households of a draft, those in force as they stand, as text. */
export const casesInUse = (draft: {
  readonly ownCases: readonly unknown[]
  readonly writtenCases: readonly number[]
}): ReadonlySet<string> =>
  new Set(draft.ownCases.filter((_, i) => !draft.writtenCases.includes(i)).map(one => JSON.stringify(one)))
