import type { Day, Words } from '@zhulian/kernel'
import type { FactOf, HouseholdFacts } from './judgement.ts'
import { Missing } from './missing.ts'
import type { Pool } from './pool.ts'
import { isKnown } from './value.ts'
import { Household } from './world.ts'

/** A line of the circles of which it cannot be told whether it holds of somebody, and what that hangs on. */
export interface OpenLine {
  readonly circle: 1 | 2 | 3
  readonly label: Words
  /** Given facts of which an answer may still settle it; never empty. */
  readonly missing: readonly FactOf[]
}

export interface OpenCircle {
  readonly person: string
  readonly lines: readonly OpenLine[]
}

/**
 * Of each living person of whom it cannot be told in which circle they stand: the lines that leave it open, in their order.
 * Lines after one that holds are no part of it, nor is anybody of whom it can be told.
 * @example openCircles(pool, { household: {}, persons: [{ key: 'a' }] }, day('2021-09-26'))[0]?.lines[0]?.missing[0]?.fact
 */
export function openCircles(pool: Pool, facts: HouseholdFacts, on: Day): readonly OpenCircle[] {
  const world = new Household(pool, facts, on)
  const missing = new Missing(world)
  return world.persons.flatMap((person, who): OpenCircle[] => {
    if (world.living(who) === false || isKnown(world.fact(pool.circle.person, who))) return []
    const lines: OpenLine[] = []
    for (const { circle, label, node } of pool.circle.lines) {
      const holds = node.run(world.frame(who))
      if (holds === true) break
      if (holds === undefined) lines.push({ circle, label, missing: world.keys.factsOf(missing.of(node, who, holds)) })
    }
    return [{ person, lines }]
  })
}
