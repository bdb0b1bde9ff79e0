import { addDays, addMonths, completedYears, type Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { asWhole } from './as-whole.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** Completed years from the first to before the second; undefined: without an end. */
export type AgeBand = readonly [from: number, before: number | undefined]

/** How old somebody of a household is, or its head where nobody is named; null where nobody wrote it down. */
export async function ageOf(ctx: Ctx, household: Id, person: Id | null): Promise<number | null> {
  const row = await asWhole(ctx, () =>
    registry(ctx)
      .selectFrom('registry.household as h')
      .innerJoin('registry.person_shown as p', join =>
        join
          .onRef('p.district', '=', 'h.district')
          .on('p.id', '=', person === null ? sql<Id>`h.head_id` : sql<Id>`${person}::uuid`)
          .onRef('p.household_id', '=', 'h.id'),
      )
      .select('p.birth_date')
      .where('h.district', '=', ctx.district)
      .where('h.id', '=', household)
      .executeTakeFirst(),
  )
  return row?.birth_date ? completedYears(row.birth_date, ctx.today) : null
}

/** Households of the registry that live there and have somebody of that age: among so many one cannot be told by the two. */
export async function countAlike(ctx: Ctx, division: string, band: AgeBand | null): Promise<number> {
  const [from, before] = band ?? [undefined, undefined]
  // Who completes the years today was born so many years ago today.
  const youngest = from === undefined ? null : addMonths(ctx.today, -12 * from)
  const oldest = before === undefined ? null : addDays(addMonths(ctx.today, -12 * before), 1)
  const { rows } = await asWhole(ctx, () =>
    sql<{ n: number }>`
      select count(distinct household_id)::int as n from registry.person_shown
       where district = ${ctx.district} and division >= ${division} and division < ${`${division}:`} and withdrawn_at is null
         and alive is distinct from false
         and (${youngest}::date is null or birth_date <= ${youngest}::date)
         and (${oldest}::date is null or birth_date >= ${oldest}::date)`.execute(ctx.transaction),
  )
  return rows[0]?.n ?? 0
}
