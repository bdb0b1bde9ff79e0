import { type Facts, isFacts } from './case-facts.ts'
import type { Kind, WorkedCase } from './document.ts'

/** Whether a worked household in a file that several rules share expects something of this one; undefined where all are its own. */
function expectsOf(kind: Kind, key: string): ((expect: Facts) => boolean) | undefined {
  if (kind === 'circle') return expect => 'circle' in expect || 'householdCircle' in expect
  if (kind === 'alert') return ({ alerts }) => isFacts(alerts) && key in alerts
  return kind === 'policy' || kind === 'parameter' ? undefined : expect => key in expect
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
  const expects = expectsOf(kind, key)
  return [...cases.entries()].filter(
    ([, one]) =>
      expects === undefined ||
      (isFacts(one.expect) && expects(one.expect)) ||
      (inUse !== undefined && !inUse.has(JSON.stringify(one))),
  )
}

/** Of the worked households of a draft, those in force as they stand, as text. */
export const casesInUse = (draft: {
  readonly ownCases: readonly unknown[]
  readonly writtenCases: readonly number[]
}): ReadonlySet<string> =>
  new Set(draft.ownCases.filter((_, i) => !draft.writtenCases.includes(i)).map(one => JSON.stringify(one)))
