import type { Day, Id } from '@zhulian/kernel'
import { sql } from 'kysely'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { householdRow } from './get-household.ts'
import { placesOf } from './divisions.ts'
import { openMinors } from './minors.ts'
import type { Circle, RegistryTables, Tier } from './tables.ts'

/** The door of the registry for other modules. Each function sees what the actor's scope reaches and nothing else. */
export {
  alsoSaid,
  type AsOf,
  factsInText,
  type FactsInText,
  factsOf,
  factsOfMany,
  type KnownFact,
  type KnownHousehold,
  type KnownMember,
} from './facts-of.ts'
export { asWhole } from './as-whole.ts'
export { type OpenFact, whatIsOpenIn } from './what-is-open.ts'
export { minorsInYear } from './minors-year.ts'
export { aboutChild, childrenOf, closedIn, comesOfAge, minorUntilOf, openMinors, tellsOf } from './minors.ts'
export { minorReadersOf } from './minor-grants.ts'
export { grantMinors } from './minor-grants.ts'
export { checkValues, type FactsToRecord, recordFacts } from './record-facts.ts'
export {
  enrolHouseholds,
  enrolPersons,
  type Enrolled,
  type NewHousehold,
  type NewPerson,
  type NewStatement,
  writeStatements,
} from './enrol.ts'
export {
  bumpAll,
  holdAll,
  changedSince,
  type LaterChange,
  type RegisteredHousehold,
  type RegisteredPerson,
  registeredOf,
  withdrawBatch,
} from './for-import.ts'
export { readFacts, type ReadHousehold } from './read-facts.ts'
export { recountHouseholds, recountKnown } from './recount.ts'
export { judgeAlertsLater } from './judge-alerts-later.ts'
export { type Candidate, type PersonClues, type Who, whoIs, type WhoOptions } from './who-is.ts'
export { formerHomesOf, homeNow, type Merge, mergeOf } from './merge-of.ts'
export { reviewRows, type RowToReview, withdrawRows } from './review-rows.ts'
export { inOrderOfWeight, newestOfEach, type Said } from './which-value.ts'
export { type Standing, standingOf, traits, type Trait } from './standing.ts'
export { type AgeBand, ageOf, countAlike } from './alike.ts'
export { type NeedsInBatch, needsInBatch } from './needs-in-batch.ts'
export { homesOfTheSame } from './same-people.ts'
export { noteChannel } from './note-channel.ts'
export {
  levelName,
  loadDivisions,
  placesAbove,
  type PlacesAbove,
  placesOf,
  positionsOf,
  villagesIn,
} from './divisions.ts'
export { type Presence, presenceOf } from './presence.ts'
export { judgeableOf, nested } from './facts-of.ts'
export { alreadyProposed, decisionOver, notFound, nothingToDecide, notStableYet, sameTwice } from './contract.ts'
export { circleCandidate, type CircleCandidate, listCircleCandidates } from './circle-candidates.ts'
export {
  type CircleProposal,
  decideCircle,
  listCircleDecisions,
  proposeCircle,
  sealedBridge,
  sealedDecisionNote,
  sealedReason,
} from './decide-circle.ts'
export {
  type Circle,
  type CircleDecision,
  type CircleMove,
  decisionStates,
  type HelpThatEnds,
  type Source,
  type Tier,
} from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** What a line about a household needs. */
export interface HouseholdBrief {
  readonly id: Id
  readonly version: number
  readonly registerNo: string | null
  readonly division: string
  /** Village and township, as read. */
  readonly place: string
  /** Not masked, but for a child who is closed to who asks. */
  readonly headName: string
  readonly size: number
  readonly tier: Tier | null
  readonly circle: Circle | null
  readonly madeUp: boolean
}

/** @throws notFound for one that is not there or not in the actor's reach */
export async function getHousehold(ctx: Ctx, id: Id): Promise<HouseholdBrief> {
  const row = await householdRow(ctx, id)
  await openMinors(ctx)
  const head = row.head_id
    ? await registry(ctx)
        .selectFrom('registry.person_shown')
        .select('name')
        .where('district', '=', ctx.district)
        .where('id', '=', row.head_id)
        .executeTakeFirst()
    : undefined
  const place = (await placesOf(ctx)).get(row.division)
  return {
    id: row.id,
    version: row.version,
    registerNo: row.register_no,
    division: row.division,
    place: place ? `${place.township}${place.name}` : row.division,
    headName: head?.name ?? '',
    size: row.size,
    tier: row.tier,
    circle: row.circle,
    madeUp: row.made_up,
  }
}

export interface HouseholdNames {
  /** Not masked, but for a child who is closed to who asks. */
  readonly headName: string
  readonly headId: Id | null
  readonly size: number
  /** Of the members of today, by id; as of the head. */
  readonly names: ReadonlyMap<Id, string>
}

/** Names for a list of households; those out of reach are left out. */
export async function briefsOf(ctx: Ctx, ids: readonly Id[]): Promise<ReadonlyMap<Id, HouseholdNames>> {
  const db = registry(ctx)
  const households = await db
    .selectFrom('registry.household')
    .select(['id', 'head_id', 'size'])
    .where('district', '=', ctx.district)
    .where('id', '=', sql<Id>`any(${ids}::uuid[])`)
    .execute()
  await openMinors(ctx)
  const people = await db
    .selectFrom('registry.person_shown')
    .select(['id', 'name', 'household_id'])
    .where('district', '=', ctx.district)
    .where('household_id', '=', sql<Id>`any(${ids}::uuid[])`)
    .where('withdrawn_at', 'is', null)
    .execute()
  const byHousehold = Map.groupBy(people, p => p.household_id)
  return new Map(
    households.map(h => {
      const names = new Map((byHousehold.get(h.id) ?? []).map(p => [p.id, p.name]))
      return [h.id, { headName: (h.head_id && names.get(h.head_id)) ?? '', headId: h.head_id, size: h.size, names }]
    }),
  )
}

/** Households of which something written down earlier begins or ends to count after one day and not after another. */
export async function householdsTurning(ctx: Ctx, after: Day, until: Day): Promise<readonly Id[]> {
  const { rows } = await sql<{ id: Id | null }>`
    select household_id as id from registry.statement
    where district = ${ctx.district} and withdrawn_at is null and as_of > ${after} and as_of <= ${until}
    union
    select m.household_id from registry.statement s
    join registry.membership m on m.district = s.district and m.person_id = s.person_id
    where s.district = ${ctx.district} and s.withdrawn_at is null and s.as_of > ${after} and s.as_of <= ${until}
    union
    select household_id from registry.membership
    where district = ${ctx.district} and withdrawn_at is null
      and ((from_on > ${after} and from_on <= ${until}) or (until_on > ${after} and until_on <= ${until}))`.execute(
    ctx.transaction,
  )
  return rows.flatMap(row => (row.id ? [row.id] : []))
}

/** Households of which a file said something, taken back or not, by id; some at a time. */
export async function householdsOfBatch(
  ctx: Ctx,
  batch: Id,
  after: Id | undefined,
  limit: number,
): Promise<readonly Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select distinct household_id as id from registry.statement
    where district = ${ctx.district} and batch_id = ${batch} and (${after ?? null}::uuid is null or household_id > ${after ?? null}::uuid)
    order by 1 limit ${limit}`.execute(ctx.transaction)
  return rows.map(r => r.id)
}

/** Whether anybody was ever registered in the district, taken back or not. */
export async function hasHouseholds(ctx: Ctx): Promise<boolean> {
  const row = await registry(ctx)
    .selectFrom('registry.household')
    .select('id')
    .where('district', '=', ctx.district)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The household a resident's account belongs to, once a guide has confirmed who they are. */
export async function householdOfResident(ctx: Ctx): Promise<HouseholdBrief | undefined> {
  return ctx.actor.household ? await getHousehold(ctx, ctx.actor.household) : undefined
}

export interface FoundPerson {
  readonly person: Id
  readonly name: string
  readonly household: Id | null
  readonly division: string
}

/** Somebody by identity number, normalised as the kernel reads it. Undefined also when they live out of reach. */
export async function findPersonByIdNumber(ctx: Ctx, idNumber: string): Promise<FoundPerson | undefined> {
  const row = await registry(ctx)
    .selectFrom('registry.person_shown')
    .select(['id', 'name', 'household_id', 'division'])
    .where('district', '=', ctx.district)
    .where('id_blind', '=', ctx.crypto.blind('registry.person.id_number', idNumber))
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row && { person: row.id, name: row.name, household: row.household_id, division: row.division }
}

/** The household somebody is a member of today. */
export async function findHouseholdByPerson(ctx: Ctx, person: Id): Promise<HouseholdBrief | undefined> {
  const row = await registry(ctx)
    .selectFrom('registry.person')
    .select('household_id')
    .where('district', '=', ctx.district)
    .where('id', '=', person)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row?.household_id ? await getHousehold(ctx, row.household_id) : undefined
}
