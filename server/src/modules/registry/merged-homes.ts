import type { Day, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { bump } from './record-facts.ts'
import { recountHouseholds } from './recount.ts'
import { asWhole } from './as-whole.ts'
import type { RegistryTables } from './tables.ts'

// Where the people of a merge live: who is a member from when, and what is said of a household in which nobody is left.

const registry = tablesOf<RegistryTables>()

interface Membership {
  readonly household_id: Id
  readonly person_id: Id
  readonly from_on: Day
}
export const openMemberships = async (ctx: Ctx, ids: readonly Id[]): Promise<readonly Membership[]> =>
  await registry(ctx)
    .selectFrom('registry.membership')
    .select(['household_id', 'person_id', 'from_on'])
    .where('district', '=', ctx.district)
    .where('person_id', 'in', [...ids])
    .where('until_on', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()

export const membership = async (ctx: Ctx, person: Id, household: Id, from: Day, set: ReturnType<typeof sql>) => {
  await sql`update registry.membership set ${set} where district = ${ctx.district} and household_id = ${household}
    and person_id = ${person} and from_on = ${from}`.execute(ctx.transaction)
}

export const endMembership = async (ctx: Ctx, m: Membership, asIfNever: boolean) => {
  const today = sql`until_on = greatest(from_on, ${ctx.today}::date), ended_at = ${ctx.now}`
  await membership(ctx, m.person_id, m.household_id, m.from_on, asIfNever ? sql`withdrawn_at = ${ctx.now}` : today)
}

export async function beginMembership(
  ctx: Ctx,
  person: Id,
  { household, from, relation, division }: { household: Id; from: Day; relation: string; division: string },
): Promise<void> {
  await registry(ctx)
    .insertInto('registry.membership')
    .values({
      district: ctx.district,
      household_id: household,
      person_id: person,
      from_on: from,
      until_on: null,
      ended_at: null,
      relation,
      division,
      batch_id: null,
      ended_batch_id: null,
      recorded_at: ctx.now,
      recorded_by: ctx.actor.account,
      withdrawn_at: null,
    })
    .onConflict(c =>
      c
        .columns(['district', 'household_id', 'person_id', 'from_on'])
        .doUpdateSet({ withdrawn_at: null, until_on: null, ended_at: null }),
    )
    .execute()
}

export async function divisionOf(ctx: Ctx, household: Id): Promise<string> {
  const row = await registry(ctx)
    .selectFrom('registry.household')
    .select('division')
    .where('district', '=', ctx.district)
    .where('id', '=', household)
    .executeTakeFirstOrThrow()
  return row.division
}

export async function isEmpty(ctx: Ctx, household: Id): Promise<boolean> {
  const member = await registry(ctx)
    .selectFrom('registry.membership')
    .select('person_id')
    .where('district', '=', ctx.district)
    .where('household_id', '=', household)
    .where('until_on', 'is', null)
    .where('withdrawn_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return member === undefined
}

/** What was said of a household that was the same family is said of the other one; it is in the registry no more. @returns the statements */
export async function moveHousehold(ctx: Ctx, left: Id, to: Id): Promise<Id[]> {
  const division = await divisionOf(ctx, to)
  const { rows } = await asWhole(ctx, () =>
    sql<{ id: Id }>`
      update registry.statement set household_id = ${to}, division = ${division}
      where district = ${ctx.district} and household_id = ${left} and person_id is null and withdrawn_at is null returning id`.execute(
      ctx.transaction,
    ),
  )
  const moved = rows.map(r => r.id)
  await moveSealed(ctx, moved, to, division)
  await sql`update registry.household set withdrawn_at = ${ctx.now}, version = version + 1, changed_at = ${ctx.now}
    where district = ${ctx.district} and id = ${left}`.execute(ctx.transaction)
  return moved
}

const moveSealed = async (ctx: Ctx, statements: readonly Id[], to: Id, division: string) => {
  await sql`update registry.sealed_fact set household_id = ${to}, division = ${division}
    where district = ${ctx.district} and statement_id = any(${statements}::uuid[])`.execute(ctx.transaction)
}

export async function restoreHousehold(ctx: Ctx, household: Id, statements: readonly Id[]): Promise<void> {
  const division = await divisionOf(ctx, household)
  await sql`update registry.household set withdrawn_at = null where district = ${ctx.district} and id = ${household}`.execute(
    ctx.transaction,
  )
  await asWhole(ctx, () =>
    sql`update registry.statement set household_id = ${household}, division = ${division}
      where district = ${ctx.district} and id = any(${statements}::uuid[])`.execute(ctx.transaction),
  )
  await moveSealed(ctx, statements, household, division)
}

/**
 * Households somebody came to or left have a new version and are counted again. The rules of alerts look at them when what was raised
 * about either has followed (`merge-of.ts`): before, the same happening would be raised twice.
 */
export async function countAgain(ctx: Ctx, households: readonly (Id | null)[], gone: Id | null): Promise<void> {
  const ids = [...new Set(households)].filter(id => id !== null && id !== gone) as Id[]
  for (const id of ids) await bump(ctx, id)
  await recountHouseholds(ctx, ids)
}
