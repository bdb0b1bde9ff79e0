import { addDays, addMonths, completedYears, type Day, type Id, maskName, type Words } from '@zhulian/kernel'
import type { Reason } from '@zhulian/rules'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { asWhole, isInTheField } from './as-whole.ts'
import { homesOfSameChildren } from './merge-of.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

const monthsOfMinority = 12 * 18

/** The day somebody comes of age. */
export function comesOfAge(birthDate: Day): Day {
  const day = addMonths(birthDate, monthsOfMinority)
  // Who was born on 29 February has no birthday that year.
  return completedYears(birthDate, day) < 18 ? addDays(day, 1) : day
}

const read = new WeakMap<Ctx['transaction'], { readonly of: Id; readonly open: Promise<ReadonlySet<Id>> }>()

/**
 * Households whose children's records who asks may open; undefined: of all in reach. From here on the wall behind knows them too, read
 * from the grants by the database itself; before, it is closed.
 */
export function openMinors(ctx: Ctx): Promise<ReadonlySet<Id> | undefined> {
  if (!isInTheField(ctx.actor.role)) return Promise.resolve(undefined)
  const before = read.get(ctx.transaction)
  if (before?.of === ctx.actor.account) return before.open
  const open = readGrants(ctx)
  read.set(ctx.transaction, { of: ctx.actor.account, open })
  return open
}

async function readGrants(ctx: Ctx): Promise<ReadonlySet<Id>> {
  const { rows } = await sql<{ open: string; gone: readonly Id[] | null }>`
    with granted as (
      select distinct g.household_id as id, h.withdrawn_at is not null as gone from registry.minor_grant g
      left join registry.household h on h.district = g.district and h.id = g.household_id
      where g.district = ${ctx.district} and g.reader_id = ${ctx.actor.account} and g.ended_at is null and g.until_on > ${ctx.today})
    select set_config('app.minors', coalesce((select string_agg(id::text, ',') from granted), ''), true) as open,
      (select array_agg(id) from granted where gone) as gone`.execute(ctx.transaction)
  const [{ open = '', gone = null } = {}] = rows
  const now = gone ? [...(await homesOfSameChildren(ctx, gone)).values()] : []
  if (now.length > 0)
    await sql`select set_config('app.minors', ${[open, ...now].join(',')}, true)`.execute(ctx.transaction)
  return new Set([...open.split(','), ...now].filter(id => id !== '') as Id[])
}

/** Whether the record of somebody in a household is closed to who asks. Of unknown age is no child. */
export const isClosed = (
  ctx: Ctx,
  open: ReadonlySet<Id> | undefined,
  household: Id | null,
  birthDate: Day | null,
): boolean =>
  open !== undefined &&
  birthDate !== null &&
  completedYears(birthDate, ctx.today) < 18 &&
  (household === null || !open.has(household))

/** The members of some households whose records are closed to who asks. */
export async function closedIn(ctx: Ctx, households: readonly Id[]): Promise<ReadonlySet<Id>> {
  const open = await openMinors(ctx)
  if (open === undefined || households.length === 0) return new Set()
  const children = await childrenOf(ctx, households)
  return new Set(children.filter(c => isClosed(ctx, open, c.household, c.birthDate)).map(c => c.id))
}

/** Who of some households is under age today. */
export async function childrenOf(
  ctx: Ctx,
  households: readonly Id[],
): Promise<readonly { readonly id: Id; readonly household: Id; readonly birthDate: Day }[]> {
  if (households.length === 0) return []
  const rows = await asWhole(ctx, () =>
    registry(ctx)
      .selectFrom('registry.person_shown')
      .select(['id', 'household_id', 'birth_date'])
      .where('district', '=', ctx.district)
      .where('household_id', '=', sql<Id>`any(${households}::uuid[])`)
      .where('birth_date', '>', addMonths(ctx.today, -monthsOfMinority))
      .execute(),
  )
  return rows.flatMap(row =>
    row.household_id && row.birth_date ? [{ id: row.id, household: row.household_id, birthDate: row.birth_date }] : [],
  )
}

/** Who of some people is under age today. */
export async function childrenAmong(
  ctx: Ctx,
  people: readonly Id[],
): Promise<readonly { readonly id: Id; readonly birthDate: Day }[]> {
  if (people.length === 0) return []
  const rows = await asWhole(ctx, () =>
    registry(ctx)
      .selectFrom('registry.person_shown')
      .select(['id', 'birth_date'])
      .where('district', '=', ctx.district)
      .where('id', '=', sql<Id>`any(${people}::uuid[])`)
      .where('birth_date', '>', addMonths(ctx.today, -monthsOfMinority))
      .execute(),
  )
  return rows.flatMap(row => (row.birth_date ? [{ id: row.id, birthDate: row.birth_date }] : []))
}

/** The day somebody comes of age who is under age today; null for everybody else. */
export async function minorUntilOf(ctx: Ctx, person: Id): Promise<Day | null> {
  const [child] = await childrenAmong(ctx, [person])
  return child ? comesOfAge(child.birthDate) : null
}

/** Whether a reason tells something of one of these people. */
export const tellsOf = (reason: Reason, people: ReadonlySet<string>): boolean =>
  people.size > 0 &&
  reason.kind !== 'notInForce' &&
  [reason, ...reason.from].some(of => of.person !== undefined && people.has(of.person))

/** Stands where a reason is left out, so that nobody takes what is left for all there is. */
export const aboutChild: Words = {
  zh: '还有和孩子有关的，要镇里批准才看得到',
  en: 'There is more about a child, which is shown only with a grant of the township',
}

/** The name of somebody whose record is closed, as a list shows it. */
export const closedName = (name: string): string => maskName(name)
