import { parseDay } from '@zhulian/kernel'
import { type RawBuilder, sql } from 'kysely'
import { type Filter, type Operator, plain, QueryFault, type Scalar } from './query.ts'
import type { FieldName } from './tables.ts'

/** What a search may compare, and which field a partner must be allowed for it: whom one can find by it, one learns it of. */
interface Attribute {
  readonly of: 'household' | 'person'
  readonly type: 'number' | 'text' | 'day' | 'place'
  readonly sql: RawBuilder<unknown>
  readonly needs?: FieldName
}

/** `h` is the household, `p` a living adult of it. */
const attributes = (today: string): Readonly<Record<string, Attribute>> => {
  const age = sql`date_part('year', age(${today}::date, p.birth_date))`
  const place: Attribute = { of: 'household', type: 'place', sql: sql`h.division` }
  const updated: Attribute = {
    of: 'household',
    type: 'day',
    sql: sql`(h.changed_at at time zone 'Asia/Shanghai')::date`,
  }
  const sex: Attribute = { of: 'person', type: 'text', sql: sql`p.sex`, needs: 'members' }
  return {
    group_size: { of: 'household', type: 'number', sql: sql`h.size` },
    location: place,
    place,
    district: place,
    registration_date: { of: 'household', type: 'day', sql: sql`(h.created_at at time zone 'Asia/Shanghai')::date` },
    last_updated: updated,
    last_update: updated,
    circle: { of: 'household', type: 'number', sql: sql`h.circle`, needs: 'circle' },
    // Nobody's poverty is put into one number here: it is not known, and what is not known fits no comparison.
    poverty_score: { of: 'household', type: 'number', sql: sql`null::numeric` },
    tier: { of: 'household', type: 'text', sql: sql`h.tier`, needs: 'tier' },
    age: { of: 'person', type: 'number', sql: age, needs: 'members' },
    birth_date: { of: 'person', type: 'day', sql: sql`p.birth_date`, needs: 'members' },
    sex,
    gender: sex,
  }
}

const signs: Readonly<Record<Exclude<Operator, 'in'>, RawBuilder<unknown>>> = {
  eq: sql`=`,
  lt: sql`<`,
  le: sql`<=`,
  gt: sql`>`,
  ge: sql`>=`,
}

export interface Reading {
  readonly today: string
  readonly fields: readonly FieldName[]
  /** Codes of places that have a name, villages too. */
  readonly placesCalled: (name: string) => readonly string[]
  /** Persons are what is searched for, not their households. */
  readonly persons: boolean
}

/** @throws QueryFault for what is not known, not allowed, or compared with what it cannot be compared with */
export function conditionOf(filter: Filter, reading: Reading): RawBuilder<boolean> {
  const known = attributes(reading.today)
  const read = (f: Filter): RawBuilder<boolean> => {
    // What is not known fits neither a comparison nor its contrary.
    if (f.kind === 'not') return sql`not (${read(f.of)})`
    if (f.kind === 'compare') return comparison(f)
    return sql`(${sql.join(f.of.map(read), f.kind === 'all' ? sql` and ` : sql` or `)})`
  }
  const comparison = ({ attribute: name, operator, values }: Extract<Filter, { kind: 'compare' }>) => {
    const attribute = Object.hasOwn(known, name) ? known[name] : undefined
    if (!attribute || (attribute.needs && !reading.fields.includes(attribute.needs)))
      throw new QueryFault('rjct.filter.invalid', `${plain(name)} cannot be searched by, or not by this partner`)
    const condition =
      attribute.type === 'place' ? inPlaces(attribute, operator, values) : plainly(attribute, operator, values)
    if (attribute.of === 'household' || reading.persons) return condition
    // True for one of them, unknown where it is of one and true of none. A child is found no more than it is named.
    return sql<boolean>`(select case when bool_or(fits) then true when bool_or(fits is null) then null else false end
      from (select ${condition} as fits from registry.v_person p where p.district = h.district and p.household_id = h.id
        and ${isToldOf(reading.today)}) member)`
  }
  const plainly = (
    { type, sql: what }: Attribute,
    operator: Operator,
    values: readonly Scalar[],
  ): RawBuilder<boolean> => {
    const cast = sql.raw(type === 'number' ? 'numeric' : type === 'day' ? 'date' : 'text')
    const told = values.map(value => valueOf(type, value))
    return operator === 'in'
      ? sql`${what} in (${sql.join(told.map(value => sql`${value}::${cast}`))})`
      : sql`${what} ${signs[operator]} ${told[0]}::${cast}`
  }
  const inPlaces = ({ sql: what }: Attribute, operator: Operator, values: readonly Scalar[]): RawBuilder<boolean> => {
    if (operator !== 'eq' && operator !== 'in')
      throw new QueryFault('rjct.filter.invalid', 'a place is equal to another or in a list')
    const codes = values.map(String).flatMap(v => (/^\d{6}(\d{3}){0,2}$/.test(v) ? [v] : reading.placesCalled(v)))
    // Who may ask of one village after the other learns in which a family lives.
    if (codes.some(isVillage)) throw new QueryFault('rjct.filter.invalid', 'a place is a township or a district')
    if (codes.length === 0) return sql`false`
    return sql`(${sql.join(
      codes.map(code => sql`(${what} >= ${code} and ${what} < ${`${code}:`})`),
      sql` or `,
    )})`
  }
  return read(filter)
}

/** Homes are told by township, and found by no less. */
export const isVillage = (code: string): boolean => code.length > 9

const adultAge = 18

/** Of whom partners are told at all: the living of age. Children are counted in the size of a household. */
export const isToldOf = (today: string) => sql`p.alive is distinct from false
  and p.birth_date <= (${today}::date - make_interval(years => ${adultAge}))::date`

function valueOf(type: Attribute['type'], value: Scalar): string {
  const text = String(value)
  const isFit =
    type === 'number' ? /^-?\d{1,9}(\.\d{1,6})?$/.test(text) : type === 'day' ? isDay(text) : text.length <= 60
  if (!isFit || text.includes('\0'))
    throw new QueryFault('rjct.filter.invalid', `a ${type} is compared with something else`)
  return type === 'day' ? text.slice(0, 10) : text
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) && parseDay(text.slice(0, 10)) !== undefined

const sortable: Readonly<Record<string, RawBuilder<unknown> & { needs?: FieldName }>> = {
  group_size: sql`h.size`,
  registration_date: sql`h.created_at`,
  last_updated: sql`h.changed_at`,
  last_update: sql`h.changed_at`,
}

/** @returns undefined when it cannot be sorted so */
export function orderOf(
  sort: readonly { readonly attribute_name: string; readonly sort_order: 'asc' | 'desc' }[],
): RawBuilder<unknown> | undefined {
  if (!sort.every(({ attribute_name }) => Object.hasOwn(sortable, attribute_name))) return undefined
  const parts = sort.map(
    ({ attribute_name, sort_order }) => sql`${sortable[attribute_name] as RawBuilder<unknown>} ${sql.raw(sort_order)}`,
  )
  return sql.join([...parts, sql`h.id`])
}
