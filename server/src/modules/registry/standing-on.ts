import type { Day, Id } from '@zhulian/kernel'
import { judgeStanding } from '@zhulian/rules'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'
import type { KnownHousehold } from './facts-of.ts'
import { standingOf, type PersonStanding } from './standing.ts'
import type { Circle } from './tables.ts'

export const unjudged = { tier: null, circle: null, because: null, waiting: null }

type Words = PersonStanding['because']
export type PlanClass = 'prevention' | 'support' | 'development'

/**
 * Where a household stood on an earlier day: by what is known for that day and the rules then in force. The circle is the
 * one it was in where a change up to that day is written down, for moves outward wait.
 */
export async function standingOn(ctx: Ctx, known: KnownHousehold, on: Day) {
  const nobody = { ...unjudged, tier: { tier: null, since: null, until: null }, classes: [], traits: [] }
  if (known.members.length === 0)
    return { household: { ...nobody, judgedOn: null, poolVersion: null }, person: () => unjudged }
  const { pool, id } = await currentPool(ctx)
  const standing = standingOf(known.facts, judgeStanding(pool, known.facts, on), id)
  const moves = await circlesOn(ctx, known.id, on)
  const circleOf = (key: Id | '', own: Pick<PersonStanding, 'circle' | 'because'>) => ({
    ...(moves.get(key) ?? { circle: own.circle, because: own.because }),
    waiting: null,
  })
  const day = (fact: string) => (known.known[fact]?.value ?? null) as Day | null
  return {
    household: {
      ...circleOf('', standing),
      tier: { tier: standing.tier, since: day('tierSince'), until: day('tierUntil') },
      classes: [...standing.classes] as PlanClass[],
      traits: [...standing.traits],
      judgedOn: on,
      poolVersion: id,
    },
    person: (key: Id) => {
      const own = standing.persons[key]
      return own ? { tier: own.tier, ...circleOf(key, own) } : unjudged
    },
  }
}

/** The circle of the household (key '') and of each person after their last change up to a day. */
async function circlesOn(ctx: Ctx, household: Id, on: Day) {
  const { rows } = await sql<{ key: Id | ''; circle: Circle | null; because: Words }>`
    select distinct on (person_id) coalesce(person_id::text, '') as key, to_circle as circle, because
    from registry.circle_change
    where district = ${ctx.district} and household_id = ${household} and changed_on <= ${on}
    order by person_id, changed_on desc, recorded_at desc`.execute(ctx.transaction)
  return new Map(rows.map(({ key, circle, because }) => [key, { circle, because }]))
}
