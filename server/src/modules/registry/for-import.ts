import type { Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { asWhole } from './as-whole.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

export interface RegisteredHousehold {
  readonly id: Id
  readonly registerNo: string
  readonly division: string
  readonly madeUp: boolean
  /** It came with a file that was undone: for everybody but a new file it is not there. */
  readonly withdrawn: boolean
}
export interface RegisteredPerson {
  readonly id: Id
  readonly name: string
  readonly household: Id | null
  readonly division: string
  readonly withdrawn: boolean
}

/** Who and what of a file stands in the registry already: households by their number, people by identity number. */
export async function registeredOf(ctx: Ctx, registerNos: readonly string[], idNumbers: readonly string[]) {
  const households = await registry(ctx)
    .selectFrom('registry.household')
    .select(['id', 'register_no', 'division', 'made_up', 'withdrawn_at'])
    .where('district', '=', ctx.district)
    .where('register_no', '=', sql<string>`any(${registerNos}::text[])`)
    .execute()
  const blinds = new Map(idNumbers.map(n => [ctx.crypto.blind('registry.person.id_number', n).toString('hex'), n]))
  const persons = await registry(ctx)
    .selectFrom('registry.person_shown')
    .select([
      'id',
      'name',
      'household_id',
      'division',
      'withdrawn_at',
      sql<string>`encode(id_blind, 'hex')`.as('blind'),
    ])
    .where('district', '=', ctx.district)
    .where('id_blind', '=', sql<Buffer>`any(${[...blinds.keys()].map(hex => Buffer.from(hex, 'hex'))}::bytea[])`)
    .execute()
  return {
    households: new Map(
      households.map(h => [
        h.register_no ?? '',
        {
          id: h.id,
          registerNo: h.register_no ?? '',
          division: h.division,
          madeUp: h.made_up,
          withdrawn: h.withdrawn_at !== null,
        } satisfies RegisteredHousehold,
      ]),
    ),
    persons: new Map(
      persons.map(p => [
        blinds.get(p.blind) ?? '',
        {
          id: p.id,
          name: p.name,
          household: p.household_id,
          division: p.division,
          withdrawn: p.withdrawn_at !== null,
        } satisfies RegisteredPerson,
      ]),
    ),
  }
}

export interface LaterChange {
  readonly household: Id
  readonly registerNo: string | null
}

/** Households a file touched that somebody has changed since, by id. */
export async function changedSince(ctx: Ctx, batch: Id, appliedAt: Date): Promise<LaterChange[]> {
  const { rows } = await asWhole(ctx, () =>
    sql<LaterChange>`
    select h.id as household, h.register_no as "registerNo" from registry.household h
    where h.district = ${ctx.district}
      and (h.batch_id = ${batch} or h.id in (select s.household_id from registry.statement s where s.district = ${ctx.district} and s.batch_id = ${batch}))
      and (exists (select from registry.statement s where s.district = h.district and s.household_id = h.id and s.recorded_at > ${appliedAt}
                   and s.withdrawn_at is null and s.batch_id is distinct from ${batch}::uuid and s.facts - 'openAlertLevel' <> '{}')
        or exists (select from registry.membership m where m.district = h.district and m.household_id = h.id and m.batch_id is distinct from ${batch}::uuid
                   and m.recorded_at > ${appliedAt} and m.withdrawn_at is null)
        or exists (select from registry.membership m where m.district = h.district and m.household_id = h.id and m.batch_id = ${batch}::uuid and m.until_on is not null
                   and m.withdrawn_at is null)
        or exists (select from registry.person_merge g join registry.person p on p.district = g.district and p.id in (g.kept_id, g.merged_id)
                   where g.district = h.district and g.undone_at is null and p.batch_id = ${batch} and h.id in (g.household_id, g.left_household_id)))
    order by h.id`.execute(ctx.transaction),
  )
  return rows
}

/** Takes back all a file wrote: what it said is withdrawn, people and households it brought are no longer there. */
export async function withdrawBatch(ctx: Ctx, batch: Id): Promise<void> {
  const [district, at] = [ctx.district, ctx.now]
  const db = registry(ctx)
  await sql`delete from registry.name_gram where district = ${district} and person_id in
    (select id from registry.person where district = ${district} and batch_id = ${batch})`.execute(ctx.transaction)
  await asWhole(ctx, () =>
    db
      .updateTable('registry.statement')
      .set({ withdrawn_at: at })
      .where('district', '=', district)
      .where('batch_id', '=', batch)
      .where('withdrawn_at', 'is', null)
      .execute(),
  )
  await db
    .updateTable('registry.membership')
    .set({ withdrawn_at: at })
    .where('district', '=', district)
    .where('batch_id', '=', batch)
    .where('withdrawn_at', 'is', null)
    .execute()
  await db
    .updateTable('registry.person')
    .set({ withdrawn_at: at })
    .where('district', '=', district)
    .where('batch_id', '=', batch)
    .where('withdrawn_at', 'is', null)
    .execute()
  await db
    .updateTable('registry.household')
    .set({ withdrawn_at: at })
    .where('district', '=', district)
    .where('batch_id', '=', batch)
    .where('withdrawn_at', 'is', null)
    .execute()
  await asWhole(ctx, () =>
    sql`update registry.household set version = version + 1, changed_at = ${at} where district = ${district} and withdrawn_at is null
      and id in (select household_id from registry.statement where district = ${district} and batch_id = ${batch})`.execute(
      ctx.transaction,
    ),
  )
}

/** Households of which something was written down have a new version. */
export async function bumpAll(ctx: Ctx, households: readonly Id[]): Promise<void> {
  await sql`update registry.household set version = version + 1, changed_at = ${ctx.now} where district = ${ctx.district} and id = any(${households}::uuid[])`.execute(
    ctx.transaction,
  )
}

/** Holds households until this is through; in one order, so that nobody holds what another waits for. @returns their versions */
export async function holdAll(ctx: Ctx, households: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  const { rows } = await sql<{ id: Id; version: number }>`
    select id, version from registry.household where district = ${ctx.district} and id = any(${households}::uuid[])
     order by id for update`.execute(ctx.transaction)
  return new Map(rows.map(row => [row.id, row.version]))
}
