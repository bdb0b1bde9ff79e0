import { type Channel, type Day, type Id, newId } from '@zhulian/kernel'
import { sql } from 'kysely'
import { normaliseForIndex } from '../../platform/crypto.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { type BulkRow, type Columns, insertMany, rowSet } from '../../platform/database/insert-many.ts'
import { asWhole } from './as-whole.ts'
import { dictionaryOf } from './pool.ts'
import { gramMaker, piecesOf, pinyinOf } from './name-grams.ts'
import { childrenAmong, comesOfAge } from './minors.ts'
import type { PersonStanding, Standing } from './standing.ts'
import type { RegistryTables, Source } from './tables.ts'
import { seal } from './vault.ts'

const registry = tablesOf<RegistryTables>()

/** What somebody says of a household or a person for a day. */
export interface NewStatement {
  readonly source: Source
  readonly origin: string
  readonly asOf: Day
  /** By fact name without prefix; null is a known "none". */
  readonly facts: Readonly<Record<string, unknown>>
}
export interface NewPerson {
  readonly id?: Id
  readonly name: string
  readonly idNumber?: string | undefined
  readonly birthDate?: Day | undefined
  readonly sex?: 'male' | 'female' | undefined
  readonly phone?: string | undefined
  /** GB/T 4761; 02 is the head. */
  readonly relation: string
  /** Since when they belong to the household, where that is later than for the others. */
  readonly since?: Day | undefined
  readonly statements: readonly NewStatement[]
}
export interface NewHousehold {
  readonly id?: Id
  readonly division: string
  readonly registerNo?: string | undefined
  readonly madeUp?: boolean
  /** How it was found; of one that comes with a file, the file. */
  readonly channel?: Channel | undefined
  /** From which day the members are members. */
  readonly since: Day
  readonly members: readonly NewPerson[]
  readonly statements: readonly NewStatement[]
  /** Where it was judged beforehand; keyed by the members' ids. */
  readonly standing?: Standing
}

const householdColumns = {
  district: 'text',
  id: 'uuid',
  division: 'text',
  register_no: 'text',
  head_id: 'uuid',
  head_pinyin: 'text',
  size: 'integer',
  tier: 'text',
  tier_since: 'date',
  tier_until: 'date',
  circle: 'smallint',
  judged_circle: 'smallint',
  judged_since: 'date',
  circle_because: 'jsonb',
  classes: 'text[]',
  traits: 'text[]',
  pool_version: 'text',
  judged_on: 'date',
  made_up: 'boolean',
  batch_id: 'uuid',
  channel: 'text',
  created_at: 'timestamptz',
  created_by: 'uuid',
  changed_at: 'timestamptz',
} as const satisfies Columns

const personColumns = {
  district: 'text',
  id: 'uuid',
  division: 'text',
  household_id: 'uuid',
  name: 'text',
  pinyin: 'text',
  birth_date: 'date',
  sex: 'text',
  alive: 'boolean',
  relation: 'text',
  id_number: 'bytea',
  id_blind: 'bytea',
  phone: 'bytea',
  phone_blind: 'bytea',
  tier: 'text',
  circle: 'smallint',
  judged_circle: 'smallint',
  judged_since: 'date',
  circle_because: 'jsonb',
  made_up: 'boolean',
  batch_id: 'uuid',
  created_at: 'timestamptz',
  created_by: 'uuid',
} as const satisfies Columns

const membershipColumns = {
  district: 'text',
  household_id: 'uuid',
  person_id: 'uuid',
  from_on: 'date',
  until_on: 'date',
  relation: 'text',
  division: 'text',
  batch_id: 'uuid',
  recorded_at: 'timestamptz',
  recorded_by: 'uuid',
} as const satisfies Columns

const statementColumns = {
  district: 'text',
  id: 'uuid',
  household_id: 'uuid',
  person_id: 'uuid',
  division: 'text',
  source: 'text',
  origin: 'text',
  as_of: 'date',
  facts: 'jsonb',
  batch_id: 'uuid',
  recorded_at: 'timestamptz',
  recorded_by: 'uuid',
  minor_until: 'date',
  for_health: 'boolean',
} as const satisfies Columns

const sealedColumns = {
  district: 'text',
  id: 'uuid',
  statement_id: 'uuid',
  household_id: 'uuid',
  division: 'text',
  fact: 'text',
  sealed: 'bytea',
  blind: 'bytea',
  recorded_at: 'timestamptz',
} as const satisfies Columns

const gramColumns = {
  district: 'text',
  gram: 'bytea',
  division: 'text',
  person_id: 'uuid',
  household_id: 'uuid',
} as const satisfies Columns

const circleColumns = {
  district: 'text',
  id: 'uuid',
  household_id: 'uuid',
  person_id: 'uuid',
  division: 'text',
  from_circle: 'smallint',
  to_circle: 'smallint',
  because: 'jsonb',
  pool_version: 'text',
  changed_on: 'date',
  recorded_at: 'timestamptz',
  recorded_by: 'uuid',
  basis: 'text',
} as const satisfies Columns

/** Rows to write, by table. */
type Rows = Record<'household' | 'person' | 'membership' | 'statement' | 'sealed' | 'gram' | 'circle', BulkRow[]>

export interface Enrolled {
  readonly id: Id
  readonly members: readonly Id[]
}

export interface EnrolOptions {
  /** The file they came with. */
  readonly batch?: Id | undefined
  /** When it was written down, where that is not when this work began. */
  readonly at?: Date | undefined
}

/**
 * Writes households that are new to the registry, with their people and what is said of them; thousands at a time. A
 * person who was withdrawn with an undone file, or had left, and comes again is the same person.
 * @returns the ids in the order given
 */
export async function enrolHouseholds(
  ctx: Ctx,
  households: readonly NewHousehold[],
  options: EnrolOptions = {},
): Promise<Enrolled[]> {
  const writer = rowWriter(ctx, options)
  const enrolled = households.map(household => writer.household(household))
  await writeRows(ctx, writer.rows)
  return enrolled
}

/** Writes people who are new to the registry into a household that stands. */
export async function enrolPersons(
  ctx: Ctx,
  household: { readonly id: Id; readonly division: string; readonly madeUp?: boolean; readonly since: Day },
  persons: readonly NewPerson[],
  options: EnrolOptions = {},
): Promise<Id[]> {
  const writer = rowWriter(ctx, options)
  const ids = persons.map(person => writer.person(household, person, undefined))
  await writeRows(ctx, writer.rows)
  return ids
}

/** Writes statements about households and people who stand. */
export async function writeStatements(
  ctx: Ctx,
  statements: readonly (NewStatement & {
    readonly householdId: Id
    readonly personId?: Id | undefined
    readonly division: string
  })[],
  options: EnrolOptions = {},
): Promise<void> {
  const writer = rowWriter(ctx, options)
  for (const s of statements) writer.statement({ id: s.householdId, division: s.division }, s.personId, s)
  await writeRows(ctx, writer.rows)
}

/** Makes people found by their names as they stand: where they live now, or not at all once they are withdrawn. */
export async function indexNames(ctx: Ctx, ids: readonly Id[]): Promise<void> {
  const people = await asWhole(ctx, () =>
    registry(ctx)
      .selectFrom('registry.person_shown')
      .select(['id', 'name', 'pinyin', 'division', 'household_id', 'withdrawn_at'])
      .where('district', '=', ctx.district)
      .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
      .execute(),
  )
  await registry(ctx)
    .deleteFrom('registry.name_gram')
    .where('district', '=', ctx.district)
    .where('person_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  const gram = gramMaker(ctx.crypto)
  const rows = people.flatMap(({ id, name, pinyin, division, household_id, withdrawn_at }) =>
    withdrawn_at !== null || household_id === null
      ? []
      : piecesOf(name, pinyin).map(piece => ({
          district: ctx.district,
          gram: gram(piece),
          division,
          person_id: id,
          household_id,
        })),
  )
  await insertMany(ctx.transaction, 'registry.name_gram', gramColumns, rows, sql`on conflict do nothing`)
}

async function writeRows(ctx: Ctx, rows: Rows): Promise<void> {
  const t = ctx.transaction
  const revive = (columns: string) =>
    sql.raw(
      `on conflict ${columns} do update set withdrawn_at = null, batch_id = excluded.batch_id, division = excluded.division`,
    )
  await insertMany(t, 'registry.household', householdColumns, rows.household, sql`${revive('(district, id)')}`)
  const again = await alreadyThere(ctx, rows.person)
  await insertMany(
    t,
    'registry.person',
    personColumns,
    rows.person,
    sql`${revive('(district, id)')}, household_id = excluded.household_id, relation = excluded.relation`,
  )
  await tellWhoAgain(ctx, again)
  await insertMany(
    t,
    'registry.membership',
    membershipColumns,
    rows.membership,
    sql`on conflict (district, household_id, person_id, from_on) do update set withdrawn_at = null, until_on = null, ended_at = null`,
  )
  await insertMany(t, 'registry.statement', statementColumns, await behindWalls(ctx, rows.statement))
  await insertMany(t, 'registry.sealed_fact', sealedColumns, rows.sealed)
  await insertMany(t, 'registry.name_gram', gramColumns, rows.gram, sql`on conflict do nothing`)
  await insertMany(t, 'registry.circle_change', circleColumns, rows.circle)
}

/** Of these people those who were written down before. */
async function alreadyThere(ctx: Ctx, people: readonly BulkRow[]): Promise<BulkRow[]> {
  if (people.length === 0) return []
  const there = await registry(ctx)
    .selectFrom('registry.person')
    .select('id')
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${people.map(p => p['id'])}::uuid[])`)
    .execute()
  const ids = new Set<unknown>(there.map(p => p.id))
  return ids.size === 0 ? [] : people.filter(p => ids.has(p['id']))
}

/** What tells who somebody is may be written by who may not read it, so it is not part of an upsert: that would have to read it. */
async function tellWhoAgain(ctx: Ctx, people: readonly BulkRow[]): Promise<void> {
  if (people.length === 0) return
  const { district, id, name, pinyin, phone, phone_blind } = personColumns
  await sql`update registry.person p set name = x.name, pinyin = x.pinyin from ${rowSet({ district, id, name, pinyin }, people)}
    where p.district = x.district and p.id = x.id`.execute(ctx.transaction)
  const called = people.filter(p => p['phone'])
  if (called.length === 0) return
  await sql`update registry.person p set phone = decode(x.phone, 'hex'), phone_blind = decode(x.phone_blind, 'hex')
    from ${rowSet({ district, id, phone, phone_blind }, called)} where p.district = x.district and p.id = x.id`.execute(
    ctx.transaction,
  )
}

/**
 * What the walls in front of a statement read, so that they need no other row: until when it speaks of somebody under age, and that it
 * is for health workers alone. What says both that and something else becomes two.
 */
async function behindWalls(ctx: Ctx, statements: readonly BulkRow[]): Promise<BulkRow[]> {
  const people = [...new Set(statements.flatMap(s => (s['person_id'] as Id | null) ?? []))]
  const children = new Map((await childrenAmong(ctx, people)).map(c => [c.id, comesOfAge(c.birthDate)]))
  const dictionary = await dictionaryOf(ctx)
  return statements.flatMap(s => {
    const row = { ...s, minor_until: children.get(s['person_id'] as Id) ?? null }
    const owner = s['person_id'] ? 'person' : 'household'
    const facts = Object.entries(s['facts'] as Readonly<Record<string, unknown>>)
    const ofHealth = facts.filter(([fact]) => dictionary.forHealth(owner, fact))
    if (ofHealth.length === 0) return [{ ...row, for_health: false }]
    if (ofHealth.length === facts.length) return [{ ...row, for_health: true }]
    const others = facts.filter(([fact]) => !dictionary.forHealth(owner, fact))
    return [
      { ...row, facts: Object.fromEntries(others), for_health: false },
      { ...row, id: newId(ctx.now.getTime()), facts: Object.fromEntries(ofHealth), for_health: true },
    ]
  })
}

function rowWriter(ctx: Ctx, { batch, at: now = ctx.now }: EnrolOptions) {
  const { district, crypto, actor } = ctx
  const rows: Rows = { household: [], person: [], membership: [], statement: [], sealed: [], gram: [], circle: [] }
  const gram = gramMaker(crypto)
  const readings = new Map<string, string>()
  const base = { district, batch_id: batch ?? null, created_at: now, created_by: actor.account }
  const next = () => newId(now.getTime())
  const reading = (name: string) => {
    let known = readings.get(name)
    if (known === undefined) readings.set(name, (known = pinyinOf(name)))
    return known
  }

  /** Households stand in the order of whoever heads them: of a child by the first syllable, which its masked name shows too. */
  const orderOf = ({ name, birthDate }: NewPerson) =>
    birthDate && comesOfAge(birthDate) > ctx.today ? (reading(name).split(' ')[0] ?? '') : reading(name)

  function statement(household: { id: Id; division: string }, personId: Id | undefined, s: NewStatement) {
    const id = next()
    const { kept, sealed } = seal(
      crypto,
      { district, statementId: id, householdId: household.id, division: household.division, at: now },
      s.facts,
    )
    rows.statement.push({
      district,
      id,
      household_id: household.id,
      person_id: personId ?? null,
      division: household.division,
      source: s.source,
      origin: s.origin,
      as_of: s.asOf,
      facts: kept,
      batch_id: batch ?? null,
      recorded_at: now,
      recorded_by: actor.account,
    })
    rows.sealed.push(...(sealed as unknown as BulkRow[]))
  }

  function person(
    household: { id: Id; division: string; madeUp?: boolean; since: Day },
    p: NewPerson,
    standing: Standing | undefined,
  ): Id {
    const id = p.id ?? next()
    const pinyin = reading(p.name)
    const own = standing?.persons[id]
    rows.person.push({
      ...base,
      id,
      division: household.division,
      household_id: household.id,
      name: p.name,
      pinyin,
      birth_date: p.birthDate ?? null,
      sex: p.sex ?? null,
      alive: aliveOf(p),
      relation: p.relation,
      made_up: household.madeUp ?? false,
      ...judged(own, standing?.on),
      ...(p.idNumber && {
        id_number: crypto.seal('registry.person.id_number', id, p.idNumber),
        id_blind: crypto.blind('registry.person.id_number', p.idNumber),
      }),
      ...(p.phone && {
        phone: crypto.seal('registry.person.phone', id, p.phone),
        phone_blind: crypto.blind('registry.person.phone', normaliseForIndex(p.phone)),
      }),
    })
    rows.membership.push({
      district,
      household_id: household.id,
      person_id: id,
      from_on: p.since ?? household.since,
      relation: p.relation,
      division: household.division,
      batch_id: batch ?? null,
      recorded_at: now,
      recorded_by: actor.account,
    })
    for (const piece of piecesOf(p.name, pinyin))
      rows.gram.push({
        district,
        gram: gram(piece),
        division: household.division,
        person_id: id,
        household_id: household.id,
      })
    for (const s of p.statements) statement(household, id, s)
    if (own && standing) enters(household, id, own, standing)
    return id
  }

  function enters(
    household: { id: Id; division: string },
    personId: Id | null,
    own: PersonStanding,
    standing: Standing,
  ) {
    if (own.circle === null) return
    rows.circle.push({
      district,
      id: next(),
      household_id: household.id,
      person_id: personId,
      division: household.division,
      from_circle: null,
      to_circle: own.circle,
      because: own.because,
      pool_version: standing.poolVersion,
      changed_on: standing.on,
      recorded_at: now,
      recorded_by: actor.account,
      basis: 'file',
    })
  }

  function household(h: NewHousehold): Enrolled {
    const place = { id: h.id ?? next(), division: h.division, since: h.since, madeUp: h.madeUp ?? false }
    const members = h.members.map(p => person(place, p, h.standing))
    const head = Math.max(
      0,
      h.members.findIndex(p => p.relation === '02'),
    )
    const known = tierDays(h.statements)
    rows.household.push({
      ...base,
      id: place.id,
      division: h.division,
      register_no: h.registerNo ?? null,
      head_id: members[head] ?? null,
      head_pinyin: h.members[head] ? orderOf(h.members[head]) : null,
      size: h.members.filter(p => aliveOf(p) !== false).length,
      ...known,
      classes: h.standing?.classes ?? [],
      traits: h.standing?.traits ?? [],
      pool_version: h.standing?.poolVersion ?? null,
      judged_on: h.standing?.on ?? null,
      made_up: place.madeUp,
      channel: h.channel ?? (batch ? 'file' : null),
      changed_at: now,
      ...judged(h.standing, h.standing?.on),
    })
    for (const s of h.statements) statement(place, undefined, s)
    if (h.standing) enters(place, null, h.standing, h.standing)
    return { id: place.id, members }
  }
  return { rows, household, person, statement }
}

const judged = (own: PersonStanding | undefined, on: Day | undefined) => ({
  tier: own?.tier ?? null,
  circle: own?.circle ?? null,
  judged_circle: own?.circle ?? null,
  judged_since: own ? on : null,
  circle_because: own?.because ?? null,
})

const lastOf = (statements: readonly NewStatement[], fact: string): unknown =>
  statements.findLast(s => fact in s.facts)?.facts[fact]

const aliveOf = (p: NewPerson): boolean | null => (lastOf(p.statements, 'alive') as boolean | undefined) ?? null

const tierDays = (statements: readonly NewStatement[]) => ({
  tier_since: lastOf(statements, 'tierSince') ?? null,
  tier_until: lastOf(statements, 'tierUntil') ?? null,
})
