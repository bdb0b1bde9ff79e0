import { type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { divisionsOf, leastOf } from './pair-row.ts'
import { peopleIndex } from './people-index.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** As many as somebody looks at beside their other work; what is left comes the next night. */
const mostAtNight = 20
/** Among how many of the likeliest those are looked for who were not decided yet. */
const mostLooked = 2_000

/** The same by hand; it takes some seconds, and nobody waits for it. */
export async function lookForDoubles(ctx: Ctx): Promise<{ started: true }> {
  await ctx.later('registry.findDoubles', {}, { key: 'by hand' })
  return { started: true }
}

/**
 * Lays pairs of people who may be registered twice before a person, the likeliest first. A pair that was decided once does not come
 * again; two valid numbers are two people, and are not asked about.
 */
export async function findDoubles(ctx: Ctx): Promise<void> {
  const index = await peopleIndex(ctx)
  const found = (await index.doubles(mostLooked))
    .filter(d => d.reason !== 'twoValidNumbers')
    .map(d => ({ ...d, ...inOrder(d.person, d.other) }))
  const known = await knownPairs(ctx, [...new Set(found.flatMap(d => [d.person, d.other]))])
  const fresh = found.filter(d => !known.has(key(d.person, d.other))).slice(0, mostAtNight)
  const divisions = await divisionsOf(ctx, [...new Set(fresh.flatMap(d => [d.person, d.other]))])
  for (const { person, other, probability, reason, explanation } of fresh) {
    await registry(ctx)
      .insertInto('registry.pair_review')
      .values({
        district: ctx.district,
        id: newId(ctx.now.getTime()),
        person_id: person,
        other_id: other,
        division: leastOf([person, other].map(id => divisions.get(id) ?? ctx.district)),
        delivery_id: null,
        row_id: null,
        clues: null,
        probability,
        reason: reason ?? null,
        explanation: JSON.stringify(explanation),
        raised_at: ctx.now,
        decided_at: null,
        decided_by: null,
        told_at: null,
      })
      .onConflict(c => c.doNothing())
      .execute()
  }
  const to = { roles: ['districtOfficer'] as const, division: ctx.district }
  ctx.tell({ name: 'registry.pairs', to, id: newId(ctx.now.getTime()) })
}

/** The one registered first is the one the other is laid beside. */
const inOrder = (a: Id, b: Id) => (a < b ? { person: a, other: b } : { person: b, other: a })
const key = (person: Id, other: Id) => `${person} ${other}`

async function knownPairs(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlySet<string>> {
  const rows = await registry(ctx)
    .selectFrom('registry.pair_review')
    .select(['person_id', 'other_id'])
    .where('district', '=', ctx.district)
    .where('other_id', 'is not', null)
    .where('person_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  return new Set(rows.flatMap(r => (r.other_id ? [key(r.person_id, r.other_id)] : [])))
}
