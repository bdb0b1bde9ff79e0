import type { Id } from '@zhulian/kernel'
import { type RawBuilder, sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { asWhole } from './as-whole.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** Two records that became one person, as modules see it that hold work about them. */
export interface Merge {
  readonly id: Id
  readonly kept: Id
  readonly merged: Id
  readonly isUndone: boolean
  /** Where the person lives since; undefined for who lives nowhere. */
  readonly home: { readonly household: Id; readonly division: string } | undefined
  /** The household in which nobody was left, which is in the registry no more. */
  readonly emptied: Id | null
  /** The households that are in the registry now and that either lived or lives in. */
  readonly households: readonly Id[]
}

/** Whoever holds open work about people follows when it is told of a merge, or that one was undone. */
const followers = [
  'registry.followMerge',
  'outreach.followMerge',
  'wishes.followMerge',
  'track.followMerge',
  'alerts.followMerge',
  'entitlements.followMerge',
]

export async function tellFollowers(ctx: Ctx, merge: Id): Promise<void> {
  for (const job of followers) await ctx.later(job, { merge }, { ifThere: true })
}

/** @returns undefined for a merge that is not there */
export async function mergeOf(ctx: Ctx, id: Id): Promise<Merge | undefined> {
  const merge = await registry(ctx)
    .selectFrom('registry.person_merge')
    .selectAll()
    .where('district', '=', ctx.district)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!merge) return undefined
  const { before, household_id, kept_id, merged_id } = merge
  const homes = [before.kept.household, before.merged.household, household_id].filter(home => home !== null)
  const there = homes.length === 0 ? [] : await householdsThere(ctx, homes)
  const home = there.find(h => h.id === household_id)
  return {
    id,
    kept: kept_id,
    merged: merged_id,
    isUndone: merge.undone_at !== null,
    home: home && { household: home.id, division: home.division },
    emptied: before.emptied,
    households: there.map(h => h.id),
  }
}

const householdsThere = async (ctx: Ctx, ids: readonly Id[]) =>
  await registry(ctx)
    .selectFrom('registry.household')
    .select(['id', 'division'])
    .where('district', '=', ctx.district)
    .where('id', 'in', [...ids])
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute()

/** Households that are in the registry no more because whoever was left lives in one of these now; with which. */
export async function formerHomesOf(ctx: Ctx, households: readonly Id[]): Promise<ReadonlyMap<Id, Id>> {
  if (households.length === 0) return new Map()
  const { rows } = await asWhole(ctx, () =>
    sql<{ former: Id; home: Id }>`
      with recursive homes as (
        select left_household_id as former, household_id as home from registry.person_merge
        where district = ${ctx.district} and household_id = any(${households}::uuid[]) and ${wasEmptied}
        union
        select m.left_household_id, homes.home from homes
        join registry.person_merge m on m.district = ${ctx.district} and m.household_id = homes.former and ${wasEmptied})
      select former, home from homes`.execute(ctx.transaction),
  )
  return new Map(rows.map(row => [row.former, row.home]))
}

/** The household itself, or the one in which whoever was left of it lives now. */
export async function homeNow(ctx: Ctx, household: Id): Promise<Id> {
  const { rows } = await asWhole(ctx, () =>
    sql<{ home: Id }>`
      with recursive homes as (
        select ${household}::uuid as home, 0 as step
        union all
        select m.household_id, homes.step + 1 from homes
        join registry.person_merge m on m.district = ${ctx.district} and m.left_household_id = homes.home and ${wasEmptied}
        where homes.step < 100)
      select home from homes order by step desc limit 1`.execute(ctx.transaction),
  )
  return rows[0]?.home ?? household
}

/**
 * Of households that are in the registry no more, where the family lives now, if nobody lived there before who was not of the family:
 * who might read of the one reads of nobody else by reading of the other.
 */
export const homesOfSamePeople = (ctx: Ctx, former: readonly Id[]) => homesWithoutOthers(ctx, former, sql`true`)

/** As {@link homesOfSamePeople}, of children alone. */
export const homesOfSameChildren = (ctx: Ctx, former: readonly Id[]) =>
  homesWithoutOthers(ctx, former, sql`other.birth_date > ${ctx.today}::date - interval '18 years'`)

async function homesWithoutOthers(
  ctx: Ctx,
  former: readonly Id[],
  counts: RawBuilder<unknown>,
): Promise<ReadonlyMap<Id, Id>> {
  const here = ctx.district
  const { rows } = await asWhole(ctx, () =>
    sql<{ former: Id; home: Id }>`
      with recursive homes as (
        select left_household_id as former, household_id as home, merged_at from registry.person_merge
        where district = ${here} and left_household_id = any(${former}::uuid[]) and ${wasEmptied}
        union
        select homes.former, m.household_id, m.merged_at from homes
        join registry.person_merge m on m.district = ${here} and m.left_household_id = homes.home and ${wasEmptied})
      select homes.former, homes.home from homes
      join registry.household h on h.district = ${here} and h.id = homes.home and h.withdrawn_at is null
      where not exists (
        select from registry.person_shown other
        join registry.membership lived on lived.district = other.district and lived.person_id = other.id
          and lived.household_id = homes.home and lived.withdrawn_at is null and lived.recorded_at <= homes.merged_at
        where other.district = ${here} and other.household_id = homes.home and ${counts}
          and not exists (
            select from registry.membership before
            join registry.person p on p.district = before.district and p.id = before.person_id
            where before.district = ${here} and before.household_id = homes.former
              and (p.id = other.id or p.merged_into = other.id)))`.execute(ctx.transaction),
  )
  return new Map(rows.map(row => [row.former, row.home]))
}

/** Nobody was left in the household somebody left by a merge that stands. */
const wasEmptied = sql`undone_at is null and before->>'emptied' is not null`
