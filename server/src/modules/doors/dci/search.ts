import { type DivisionCode, divisionRange, type Id, isId, readIdNumber } from '@zhulian/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../platform/ctx.ts'
import { briefsOf, findPersonByIdNumber, placesOf } from '../../registry/index.ts'
import { conditionOf, isToldOf, orderOf } from './attributes.ts'
import type { AnswerItem, GroupRecord, MemberRecord } from './contract.ts'
import type { ReasonCode, SearchItem } from './envelope.ts'
import { areToldToPartners, isToldToPartners } from '../kept/kept.ts'
import { type Query, QueryFault, readQuery } from './query.ts'
import type { PartnerRow } from './tables.ts'

/** More than so many fit a question that is too wide to be for a purpose. */
const tooMany = 1000

export type Places = ReadonlyMap<string, { readonly name: string; readonly township: string }>

class Rejected extends Error {
  readonly code: ReasonCode

  constructor(code: ReasonCode, message: string) {
    super(message)
    this.code = code
  }
}

/** What is told of a household, or of somebody of it. */
export interface Told {
  readonly household: Id
  readonly record: GroupRecord | MemberRecord
}

/** An answer to one request, and of which household each record of it is. */
export interface Answered {
  readonly item: AnswerItem
  readonly households: readonly Id[]
}

/**
 * Answers one request of a batch, as the district's machine and within what the partner may. Whom the registry does not know, who lives
 * elsewhere, who is kept from partners and whom the partner may not see are all the same: nobody was found.
 */
export async function answerItem(machine: Ctx, partner: PartnerRow, item: SearchItem): Promise<Answered> {
  const base = {
    reference_id: item.reference_id,
    timestamp: machine.now.toISOString(),
    ...(item.locale ? { locale: item.locale } : {}),
  }
  try {
    const { told, ...answer } = await found(machine, partner, item)
    return { item: { ...base, ...answer }, households: told.map(one => one.household) }
  } catch (error) {
    if (!(error instanceof Rejected) && !(error instanceof QueryFault)) throw error
    const reason = { status_reason_code: error.code, status_reason_message: error.message }
    return { item: { ...base, status: 'rjct', ...reason }, households: [] }
  }
}

async function found(machine: Ctx, partner: PartnerRow, item: SearchItem) {
  const { search_criteria: criteria } = item
  checkPurpose(partner, criteria)
  const query = readQuery(criteria.query_type, criteria.query)
  const entity = entityOf(partner, query, criteria.response_entity)
  const places = await placesOf(machine)
  const order = orderOf(criteria.sort ?? [])
  if (!order) throw new Rejected('rjct.sort.invalid', 'sorted by group_size, registration_date or last_updated')
  const { page_size, page_number } = criteria.pagination ??
    item.pagination ?? { page_size: partner.most_records, page_number: 1 }
  const size = Math.min(page_size, partner.most_records)
  const condition = await conditionFor(machine, partner, query, entity, places)
  const isTold = query.kind === 'filter' ? areToldToPartners(machine.district) : isToldToPartners
  const from = fromOf(machine, partner, condition, entity, isTold)
  const { total, rows } = await rowsOf(machine, from, entity, order, size, page_number)
  if (total > tooMany)
    throw new Rejected('rjct.search.too_many_records_found', `more than ${tooMany} were found; ask more narrowly`)
  const told = entity === 'Group' ? await groups(machine, partner, rows, places) : await members(machine, rows)
  return {
    told,
    status: 'succ' as const,
    data: { version: '1.0.0' as const, reg_record_type: entity, reg_records: told.map(one => one.record) },
    pagination: { page_size: size, page_number, total_count: total },
  }
}

export type Entity = 'Group' | 'Member'

function entityOf(partner: PartnerRow, query: Query, wanted: Entity | undefined): Entity {
  const entity = wanted ?? (query.kind === 'filter' && query.collection === 'Member' ? 'Member' : 'Group')
  if (query.kind === 'filter' && query.collection !== undefined && !['Group', 'Member'].includes(query.collection))
    throw new QueryFault('rjct.search_criteria.invalid', 'collection is Group or Member')
  if (entity === 'Member' && !partner.fields.includes('members'))
    throw new QueryFault('rjct.search_criteria.invalid', 'members are not told to this partner')
  return entity
}

/** @throws QueryFault */
export const conditionFor = async (
  machine: Ctx,
  partner: PartnerRow,
  query: Query,
  entity: Entity,
  places: Places,
): Promise<RawBuilder<boolean>> =>
  query.kind === 'identifier'
    ? await identified(machine, query.type, query.value, entity)
    : conditionOf(query.filter, {
        today: machine.today,
        fields: partner.fields,
        persons: entity === 'Member',
        placesCalled: name => [...places].flatMap(([code, place]) => (place.name === name ? [code] : [])),
      })

/** A standing basis in law, or the consent that comes with each request: always for the purpose that was agreed. */
function checkPurpose(partner: PartnerRow, { consent, authorize }: SearchItem['search_criteria']): void {
  const said = [consent, authorize].flatMap(one => one?.purpose?.code ?? [])
  if (said.some(code => code !== partner.purpose))
    throw new Rejected('rjct.search_criteria.invalid', 'the purpose is not the one that was agreed')
  if (partner.basis === 'consent' && consent?.purpose?.code !== partner.purpose)
    throw new Rejected(
      'rjct.search_criteria.invalid',
      'each request needs the consent of who is asked for, with the purpose that was agreed',
    )
}

async function identified(machine: Ctx, type: string, value: string, entity: Entity): Promise<RawBuilder<boolean>> {
  if (type === 'HOUSEHOLD_ID') {
    const isOurs = isId(value)
    if (entity === 'Member' || (!isOurs && !/^[\w-]{1,40}$/.test(value))) return sql`false`
    return isOurs ? sql`h.id = ${value}::uuid` : sql`h.register_no = ${value}`
  }
  if (type !== 'UIN' && type !== 'NIN')
    throw new QueryFault('rjct.search_criteria.invalid', 'identifiers are UIN, NIN and HOUSEHOLD_ID')
  const read = readIdNumber(value, machine.today)
  const found = read.ok ? await findPersonByIdNumber(machine, read.idNumber) : undefined
  // The same question for whom nobody knows: it takes nearly as long (0.2 ms of 3), so that who is kept does not show by the time.
  const person = found?.person ?? nobody
  return entity === 'Member'
    ? sql`p.id = ${person}::uuid`
    : sql`h.id = (select p.household_id from registry.v_person p where p.district = ${machine.district}
        and p.id = ${person}::uuid and p.alive is distinct from false)`
}

const nobody = '00000000-0000-0000-0000-000000000000' as Id

interface Row {
  readonly id: Id
  readonly division: string
  readonly registerNo: string | null
  readonly size: number
  readonly tier: string | null
  readonly circle: number | null
  readonly createdAt: Date
  readonly changedAt: Date
  /** Where persons are searched for. */
  readonly personId: Id
}

async function rowsOf(
  machine: Ctx,
  from: RawBuilder<unknown>,
  entity: Entity,
  order: RawBuilder<unknown>,
  size: number,
  page: number,
): Promise<{ total: number; rows: readonly Row[] }> {
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 ${from} limit ${tooMany + 1}) one`.execute(machine.transaction)
  const total = counted.rows[0]?.total ?? 0
  if (total === 0 || total > tooMany) return { total, rows: [] }
  const { rows } = await sql<Row>`${columnsOf(entity)} ${from}
    order by ${order}${entity === 'Member' ? sql`, p.id` : sql``} limit ${size} offset ${(page - 1) * size}`.execute(
    machine.transaction,
  )
  for (const { id } of rows) machine.about({ kind: 'household', id })
  return { total, rows }
}

/** Of the partner's place, of persons those it may hear of, and nobody who is kept from partners. */
function fromOf(
  machine: Ctx,
  partner: PartnerRow,
  condition: RawBuilder<boolean>,
  entity: Entity,
  isTold: RawBuilder<boolean> = isToldToPartners,
) {
  const { lo, hi } = divisionRange(partner.scope as DivisionCode)
  const people =
    entity === 'Member'
      ? sql`join registry.v_person p on p.district = h.district and p.household_id = h.id and ${isToldOf(machine.today)}`
      : sql``
  return sql`from registry.v_household h ${people}
    where h.district = ${machine.district} and h.division >= ${lo} and h.division < ${hi} and ${condition} and ${isTold}`
}

const columnsOf = (entity: Entity) => sql`
  select h.id, h.division, h.register_no as "registerNo", h.size, h.tier, h.circle, h.created_at as "createdAt", h.changed_at as "changedAt",
    ${entity === 'Member' ? sql`p.id` : sql`h.id`} as "personId"`

/** What a subscription means: whom, of which kind, and where they live. */
export interface Meant {
  readonly condition: RawBuilder<boolean>
  readonly entity: Entity
  readonly places: Places
}

/** Of households that fit and are not kept from partners, the earliest registered first, those that `which` of `h` holds for. */
export async function fitting(
  machine: Ctx,
  partner: PartnerRow,
  { condition, entity }: Meant,
  which: RawBuilder<boolean>,
  most: number,
): Promise<readonly { readonly id: Id; readonly at: Date }[]> {
  const { rows } = await sql<{ id: Id; at: Date }>`
    select distinct h.created_at as at, h.id ${fromOf(machine, partner, condition, entity)} and ${which}
    order by h.created_at, h.id limit ${most}`.execute(machine.transaction)
  return rows
}

/** Of households that fit and are kept from partners, those that `which` of `h` holds for. */
export async function keptOf(
  machine: Ctx,
  partner: PartnerRow,
  { condition, entity }: Meant,
  which: RawBuilder<boolean>,
): Promise<readonly Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select distinct h.id ${fromOf(machine, partner, condition, entity, sql`not ${isToldToPartners}`)} and ${which}`.execute(
    machine.transaction,
  )
  return rows.map(row => row.id)
}

/** What is told of households, as a search would tell of them; each stands in the trail. */
export async function toldOf(
  machine: Ctx,
  partner: PartnerRow,
  { condition, entity, places }: Meant,
  ids: readonly Id[],
): Promise<readonly Told[]> {
  if (ids.length === 0) return []
  const { rows } =
    await sql<Row>`${columnsOf(entity)} ${fromOf(machine, partner, condition, entity)} and h.id = any(${ids}::uuid[])
    order by h.created_at, h.id, "personId"`.execute(machine.transaction)
  for (const id of new Set(rows.map(row => row.id))) machine.about({ kind: 'household', id })
  return entity === 'Group' ? await groups(machine, partner, rows, places) : await members(machine, rows)
}

async function groups(machine: Ctx, partner: PartnerRow, rows: readonly Row[], places: Places): Promise<Told[]> {
  const ids = rows.map(row => row.id)
  const isTold = (field: PartnerRow['fields'][number]) => partner.fields.includes(field)
  const adults = isTold('head') || isTold('members') ? await adultsOf(machine, ids) : new Map<Id, readonly Adult[]>()
  return rows.map(row => {
    const own = adults.get(row.id) ?? []
    const head = own.find(adult => adult.isHead)
    const attributes = [
      ...(isTold('circle') && row.circle !== null ? [{ circle: row.circle }] : []),
      ...(isTold('tier') && row.tier !== null ? [{ tier: row.tier }] : []),
    ]
    const record = {
      '@context': 'https://schema.spdci.org/extensions/social/v1/Group.jsonld',
      '@type': 'Group' as const,
      group_identifier: [identifierOf(row)],
      group_type: 'household' as const,
      place: { '@type': 'Place' as const, address: townshipOf(places, row.division) },
      group_size: row.size,
      ...(isTold('head') && head ? { group_head_info: memberOf(head) } : {}),
      ...(isTold('members') ? { member_list: own.map(memberOf) } : {}),
      registration_date: row.createdAt.toISOString(),
      last_updated: row.changedAt.toISOString(),
      ...(attributes.length > 0 ? { additional_attributes: attributes } : {}),
    }
    return { household: row.id, record }
  })
}

async function members(machine: Ctx, rows: readonly Row[]): Promise<Told[]> {
  const adults = await adultsOf(machine, [...new Set(rows.map(row => row.id))])
  return rows.flatMap(row => {
    const adult = adults.get(row.id)?.find(one => one.id === row.personId)
    if (!adult) return []
    const record = {
      '@context': 'https://schema.spdci.org/extensions/social/v1/Member.jsonld',
      ...memberOf(adult),
      group_identifier: [identifierOf(row)],
    }
    return [{ household: row.id, record }]
  })
}

const identifierOf = ({ id, registerNo }: Row) => ({
  '@type': 'Identifier' as const,
  identifier_type: 'HOUSEHOLD_ID',
  identifier_value: registerNo ?? id,
})

/** Where a family lives is told no nearer. */
const townshipOf = (places: Places, division: string): string =>
  places.get(division.slice(0, 9))?.name ?? places.get(division)?.township ?? division.slice(0, 9)

interface Adult {
  readonly id: Id
  readonly name: string
  readonly sex: string | null
  readonly birthDate: string | null
  readonly isHead: boolean
}

async function adultsOf(machine: Ctx, households: readonly Id[]): Promise<ReadonlyMap<Id, readonly Adult[]>> {
  if (households.length === 0) return new Map()
  const { rows } = await sql<{ id: Id; household_id: Id; sex: string | null; birth_date: string | null }>`
    select p.id, p.household_id, p.sex, p.birth_date from registry.v_person p
    where p.district = ${machine.district} and p.household_id = any(${households}::uuid[]) and ${isToldOf(machine.today)}
    order by p.birth_date, p.id`.execute(machine.transaction)
  const briefs = await briefsOf(machine, households)
  return Map.groupBy(
    rows.flatMap(row => {
      const brief = briefs.get(row.household_id)
      const name = brief?.names.get(row.id)
      return brief && name !== undefined
        ? [
            {
              id: row.id,
              household: row.household_id,
              name,
              sex: row.sex,
              birthDate: row.birth_date,
              isHead: brief.headId === row.id,
            },
          ]
        : []
    }),
    adult => adult.household,
  )
}

/** A Chinese name is one: where the family's ends is not written in it. */
const memberOf = ({ name, sex, birthDate }: Adult): MemberRecord => ({
  '@type': 'Member',
  demographic_info: {
    '@type': 'SRPerson',
    name: { '@type': 'Name', surname: '', given_name: name },
    ...(sex ? { sex } : {}),
    ...(birthDate ? { birth_date: birthDate } : {}),
  },
})
