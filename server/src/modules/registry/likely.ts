import { type Id, maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import type { Explanation } from '@zhulian/linkage'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { registryContract } from './contract.ts'
import { placesOf } from './divisions.ts'
import { isClosed, openMinors } from './minors.ts'
import { peopleIndex } from './people-index.ts'
import type { Likeness } from './people-thread.ts'
import type { RegistryTables } from './tables.ts'
import { personOf } from './who-is.ts'

const registry = tablesOf<RegistryTables>()
/** More to choose from would not be read. */
const mostShown = 3

/**
 * Whom of the registry people in a form may be. Who is out of reach is said to be somewhere, and no more; a child whose record is closed
 * has a masked name.
 */
export async function likelyPeople(ctx: Ctx, { body }: InputOf<(typeof registryContract)['POST /registry/likely']>) {
  const index = await peopleIndex(ctx, false)
  const places = await placesOf(ctx)
  const open = await openMinors(ctx)
  const found = await index.find(body.members.map(m => personOf({ ...m, sex: m.sex, division: body.division }, places)))
  const inReach = await peopleOf(ctx, [...new Set(found.flat().map(f => f.person))])
  const members = found.map(likenesses => {
    const here = likenesses.filter(f => inReach.has(f.person)).slice(0, mostShown)
    return {
      elsewhere: likenesses.some(f => !inReach.has(f.person)),
      people: here.map(likeness => {
        const known = inReach.get(likeness.person) as Known
        const closed = known.closed || isClosed(ctx, open, known.household_id, known.birth_date)
        return shown(ctx, likeness, known, closed, places)
      }),
    }
  })
  return { members }
}

type Known = Awaited<ReturnType<typeof peopleOf>> extends ReadonlyMap<Id, infer K> ? K : never

async function peopleOf(ctx: Ctx, ids: readonly Id[]) {
  const rows = await registry(ctx)
    .selectFrom('registry.person_shown')
    .select(['id', 'household_id', 'division', 'name', 'birth_date', 'closed'])
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
    .where('withdrawn_at', 'is', null)
    .execute()
  return new Map(rows.filter(r => r.division.startsWith(ctx.actor.scope ?? '-')).map(r => [r.id, r]))
}

function shown(
  ctx: Ctx,
  likeness: Likeness,
  known: Known,
  closed: boolean,
  places: Awaited<ReturnType<typeof placesOf>>,
) {
  ctx.about({ kind: 'person', id: known.id })
  const place = places.get(known.division)
  return {
    person: known.id,
    household: known.household_id,
    name: maskName(known.name),
    closed,
    bornIn: known.birth_date && !closed ? Number(known.birth_date.slice(0, 4)) : null,
    place: { code: known.division, name: place?.name ?? known.division, township: place?.township ?? '' },
    probability: likeness.probability,
    reason: likeness.reason ?? null,
    // What is alike tells the birth date and the numbers of who is typed.
    fields: closed ? [] : fieldsOf(likeness.explanation),
  }
}

export const fieldsOf = (explanation: Explanation) =>
  explanation.map(({ key, words, level, weight }) => ({ key, words, level: level ?? null, weight }))
