import { divisionRange, idCheckCharacter, maskName } from '@zhulian/kernel'
import type { InputOf } from '@zhulian/kernel/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Ctx } from '../../platform/ctx.ts'
import { openMark, sealMark } from '../../platform/page-mark.ts'
import { asWhole } from './as-whole.ts'
import type { registryContract } from './contract.ts'
import { placesOf } from './divisions.ts'
import { gramMaker, nameQueryOf } from './name-grams.ts'
import type { Circle, Tier } from './tables.ts'
import type { Trait } from './standing.ts'
import type { Id } from '@zhulian/kernel'

const listed = 'registry.household.page'

type Contract = typeof registryContract
type Filters = Omit<InputOf<Contract['GET /households']>['query'], 'after' | 'limit'>

export interface ListedHousehold {
  id: Id
  division: string
  register_no: string | null
  head: string | null
  size: number
  tier: Tier | null
  circle: Circle | null
  classes: ('prevention' | 'support' | 'development')[]
  traits: Trait[]
  made_up: boolean
  changed_at: Date
  sort_key: string | number
}

export async function listHouseholds(ctx: Ctx, { query }: InputOf<Contract['GET /households']>) {
  return await page(ctx, query, query.after, query.limit)
}

export async function searchHouseholds(ctx: Ctx, { body }: InputOf<Contract['POST /households/search']>) {
  const found = await foundHere(ctx, body.q)
  if (!found) return { items: [], next: null, counts: body.after ? null : countsOf([]) }
  return await page(ctx, body, body.after, body.limit, found)
}

/** The households somebody looks for; undefined: nobody fits. */
export async function foundHere(ctx: Ctx, typed: string): Promise<RawBuilder<boolean> | undefined> {
  const found = await foundBy(ctx, typed)
  if (!found) return undefined
  // Found once for the page and for the counts: reading the names of everybody called Wang takes most of the time. A child is found by
  // the whole name too: what is shown is the household.
  const { rows } = await asWhole(ctx, () =>
    sql<{ id: Id }>`
      select distinct household_id as id from (${found}) f where household_id is not null`.execute(ctx.transaction),
  )
  return sql`h.id = any(${rows.map(r => r.id)}::uuid[])`
}

async function page(
  ctx: Ctx,
  filters: Filters,
  after: string | undefined,
  limit: number,
  found: RawBuilder<boolean> = sql`true`,
) {
  const where = sql<boolean>`${narrowed(ctx, filters)} and ${found}`
  const rows = await householdsWhere(ctx, where, filters.sort, after, limit + 1)
  const places = await placesOf(ctx)
  const items = rows.slice(0, limit).map(row => {
    const place = places.get(row.division)
    return {
      id: row.id,
      registerNo: row.register_no,
      place: { code: row.division, name: place?.name ?? row.division, township: place?.township ?? '' },
      head: maskName(row.head ?? ''),
      size: row.size,
      tier: row.tier,
      circle: row.circle,
      classes: row.classes,
      traits: row.traits,
      madeUp: row.made_up,
      changedAt: row.changed_at.toISOString(),
    }
  })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const next = last ? sealMark(ctx, listed, { sort: filters.sort, key: last.sort_key, id: last.id }) : null
  return { items, next, counts: after ? null : await countsWhere(ctx, where) }
}

/** The first wall: district and place by hand, though row security stands behind. */
export function narrowed(ctx: Ctx, filters: Filters): RawBuilder<boolean> {
  const scope = ctx.actor.scope ?? '-'
  const within = filters.division?.startsWith(scope)
    ? filters.division
    : filters.division && !scope.startsWith(filters.division)
      ? '-'
      : scope
  const { lo, hi } = divisionRange(within)
  const parts = [
    sql`h.district = ${ctx.district} and h.withdrawn_at is null and h.division >= ${lo} and h.division < ${hi}`,
    filters.circle === undefined
      ? undefined
      : filters.circle === 4
        ? sql`h.circle is null`
        : sql`h.circle = ${filters.circle}::smallint`,
    filters.tier ? sql`h.tier = ${filters.tier}` : undefined,
    filters.class ? sql`${filters.class} = any(h.classes)` : undefined,
    filters.has ? sql`${filters.has} = any(h.traits)` : undefined,
  ].filter(part => part !== undefined)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

const orders: Record<Filters['sort'], { key: RawBuilder<unknown>; type: string; down: boolean }> = {
  division: { key: sql`h.division`, type: 'text', down: false },
  name: { key: sql`coalesce(h.head_pinyin, '')`, type: 'text', down: false },
  circle: { key: sql`coalesce(h.circle, 4)`, type: 'integer', down: false },
  size: { key: sql`h.size`, type: 'integer', down: true },
  changed: { key: sql`h.changed_at`, type: 'timestamptz', down: true },
}

export async function householdsWhere(
  ctx: Ctx,
  where: RawBuilder<boolean>,
  sort: Filters['sort'],
  after: string | undefined,
  limit: number,
): Promise<ListedHousehold[]> {
  const { key, type, down } = orders[sort]
  const from = after === undefined ? undefined : openMark(ctx, listed, sort, after)
  const beyond = from
    ? sql`(${key}, h.id) ${sql.raw(down ? '<' : '>')} (${from.key}::${sql.raw(type)}, ${from.id}::uuid)`
    : sql`true`
  const direction = sql.raw(down ? 'desc' : 'asc')
  // The page is cut before names are joined to it: sorting 5,000 rows with their heads took 94 ms, without 10.
  const { rows } = await sql<ListedHousehold>`
    select page.*, p.name as head from (
      select h.district, h.id, h.head_id, h.division, h.register_no, h.size, h.tier, h.circle, h.classes, h.traits, h.made_up, h.changed_at,
        ${sort === 'changed' ? sql`to_char(h.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : key} as sort_key
      from registry.household h
      where ${where} and ${beyond}
      order by ${key} ${direction}, h.id ${direction}
      limit ${limit}
    ) page
    left join registry.person_shown p on p.district = page.district and p.id = page.head_id
    order by page.sort_key ${direction}, page.id ${direction}`.execute(ctx.transaction)
  return rows
}

interface CircleCount {
  readonly circle: Circle | null
  readonly households: number
  readonly people: number
}

export async function countsWhere(ctx: Ctx, where: RawBuilder<boolean>) {
  const { rows } = await sql<CircleCount>`
    select h.circle, count(*)::int as households, coalesce(sum(h.size), 0)::int as people
    from registry.household h where ${where} group by h.circle`.execute(ctx.transaction)
  return countsOf(rows)
}

function countsOf(rows: readonly CircleCount[]) {
  const of = (circle: Circle | null) => rows.find(r => r.circle === circle)?.households ?? 0
  return {
    households: rows.reduce((sum, r) => sum + r.households, 0),
    people: rows.reduce((sum, r) => sum + r.people, 0),
    circles: { 1: of(1), 2: of(2), 3: of(3), none: of(null) },
  }
}

/** Turns what somebody typed into a query for households, looked up by equality of keyed hashes; undefined: nobody fits. */
async function foundBy(ctx: Ctx, typed: string): Promise<RawBuilder<unknown> | undefined> {
  const idNumber = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (/^\d{17}[\dX]$/.test(idNumber)) {
    const whole =
      idCheckCharacter(idNumber) === idNumber[17]
        ? ctx.crypto.blind('registry.person.id_number', idNumber)
        : Buffer.alloc(0)
    return sql`select p.household_id from registry.person p where p.district = ${ctx.district} and p.id_blind = ${whole} and p.withdrawn_at is null`
  }
  const query = nameQueryOf(typed)
  if (!query) return undefined
  const gram = gramMaker(ctx.crypto)
  const { lo, hi } = divisionRange(ctx.actor.scope ?? '-')
  const here = sql`n.district = ${ctx.district} and n.division >= ${lo} and n.division < ${hi}`
  if (query.kind === 'characters') {
    const each = query.every.map(
      piece =>
        sql`n.person_id in (select n.person_id from registry.name_gram n where ${here} and n.gram = ${gram(piece)})`,
    )
    // Two pairs can stand apart in a long name; only then is the name itself looked at.
    const whole = query.every.length > 1 ? sql`and replace(p.name, '·', '') like ${`%${likeText(query.text)}%`}` : sql``
    return sql`select p.household_id from registry.name_gram n join registry.person_shown p on p.district = n.district and p.id = n.person_id
      where ${here} and n.gram = ${gram(query.every[0] ?? '')} and ${sql.join(each.slice(1).length ? each.slice(1) : [sql`true`], sql` and `)} ${whole}`
  }
  const { rows } = await sql<{ gram: Buffer }>`
    select g.gram from unnest(${query.anyOf.map(gram)}::bytea[]) with ordinality as g (gram, place)
    where exists (select from registry.name_gram n where ${here} and n.gram = g.gram) order by g.place limit 3`.execute(
    ctx.transaction,
  )
  const initials = gram(`i:${query.text}`)
  const longest = rows.find(r => !r.gram.equals(initials))?.gram
  const exact = longest?.equals(gram(`p:${query.text}`)) ?? true
  const read = longest && (exact ? [longest] : secondsOf(query.text).map(gram))
  const grams = [...rows.filter(r => r.gram.equals(initials)).map(r => r.gram), ...(read ?? [])]
  if (grams.length === 0) return undefined
  const fits = exact
    ? sql`true`
    : sql`(n.gram = ${initials} or replace(p.pinyin, ' ', '') like ${`${likeText(query.text)}%`})`
  return sql`select p.household_id from registry.name_gram n join registry.person_shown p on p.district = n.district and p.id = n.person_id
    where ${here} and n.gram = any(${grams}::bytea[]) and ${fits}`
}

/** The first two initials that whoever is called `wangx…` can have: the second syllable begins at one of the letters typed. */
const secondsOf = (text: string) => [...new Set(text.slice(1, 24))].map(letter => `i:${text[0]}${letter}`)

const likeText = (text: string) => text.replace(/[\\%_]/g, '\\$&')
