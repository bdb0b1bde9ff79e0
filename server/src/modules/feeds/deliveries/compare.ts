import { addMonths, type Day, type Id } from '@zhulian/kernel'
import { type Ctx } from '../../../platform/ctx.ts'
import {
  factsOfMany,
  type KnownFact,
  type KnownHousehold,
  type NewStatement,
  type PersonClues,
  type Who,
  whoIs,
} from '../../registry/index.ts'
import { isNews } from '../is-news.ts'
import { placeFinder } from '../places.ts'
import { type Reading, recordReader } from '../sources/read-record.ts'
import type { Facts, Happening, Source } from '../sources/source.ts'
import { type Delivery, sourceOf } from './kept-delivery.ts'
import type { RowFault } from './row-fault.ts'
import type { KeptRow, NumberedCells } from './sealed-rows.ts'

const stepRows = 500

export type Good = Extract<Reading, { row: unknown }>

/** What becomes of some rows of a delivery: each is read, looked for in the registry, and compared with what is known there. */
export async function comparer(ctx: Ctx, delivery: Delivery) {
  const source = sourceOf(delivery)
  const read = recordReader(source, delivery, await placeFinder(ctx), delivery.read_on)
  return async (rows: readonly NumberedCells[]): Promise<KeptRow[]> => {
    const readings = rows.map(({ no, cells }) => read(no, cells))
    const good = readings.filter(reading => 'row' in reading)
    const who = await whoIs(ctx, good.map(cluesOf), { feed: source.id })
    const compared: Compared[] = []
    // In steps of some milliseconds: whoever asks for something else meanwhile is answered in between.
    for (let i = 0; i < good.length; i += stepRows)
      compared.push(...(await compareWith(ctx, source, good.slice(i, i + stepRows), who.slice(i, i + stepRows))))
    let next = 0
    return readings.map((reading, i) => {
      const row = rows[i] as NumberedCells
      if ('row' in reading) return { ...row, ...(compared[next++] as Compared) }
      const faults = 'faults' in reading ? reading.faults : [{ code: reading.left, words: reading.words }]
      return { ...row, outcome: 'quarantined', faults }
    })
  }
}

const cluesOf = ({ row }: Good): PersonClues =>
  Object.fromEntries(
    (['idNumber', 'name', 'birthDate', 'sex', 'division', 'address', 'phone'] as const).flatMap(key =>
      row[key] === null ? [] : [[key, row[key]]],
    ),
  )

type Compared = Omit<KeptRow, 'no' | 'cells'>

async function compareWith(ctx: Ctx, source: Source, good: readonly Good[], who: readonly Who[]): Promise<Compared[]> {
  const households = who.flatMap(w => (w.band === 'same' && w.household ? [w.household] : []))
  const known = await knownOf(ctx, households, factsAskedOf(source, good))
  return good.map((reading, i) => {
    const { mapped } = reading
    const w = who[i] as Who
    if (w.band === 'look')
      return {
        outcome: 'look',
        candidates: w.candidates.map(({ person, household, probability }) => ({ person, household, probability })),
        review: { clues: cluesOf(reading), candidates: w.candidates },
      }
    if (w.band === 'different' && w.notCompared) return { outcome: 'quarantined', faults: [notCompared] }
    // Who has left their household is not in the base either.
    if (w.band === 'different' || !w.household) return { outcome: 'notInRegistry' }
    return becomes(source, mapped, w.person, known.get(w.household))
  })
}

/** To say that they are not in the registry would be a guess. */
const notCompared: RowFault = {
  code: 'notCompared',
  words: {
    zh: '这一行写的内容，库里有 400 多人都一样，分不清是谁，没有比对。请补上身份证号，或者出生日期、电话。',
    en: 'What this row says fits more than 400 people of the registry alike, so it was compared with none of them. Add the identity number, or the birth date or telephone.',
  },
}

/** Households by id, each once however many rows name it. */
export async function knownOf(
  ctx: Ctx,
  households: readonly Id[],
  only: ReadonlySet<string> | undefined,
): Promise<ReadonlyMap<Id, KnownHousehold>> {
  return new Map((await factsOfMany(ctx, [...new Set(households)], { only })).map(h => [h.id, h]))
}

/** What has to be known to tell whether some rows say something new: what they say. A source that looks beside it may look at all. */
export function factsAskedOf(source: Source, readings: readonly Good[]): ReadonlySet<string> | undefined {
  if (source.beside) return undefined
  const asked = new Set([eventsOfYear])
  for (const { mapped } of readings)
    for (const facts of [mapped.person, mapped.household]) for (const fact in facts) asked.add(fact)
  return asked
}

/** A row of which it is known whom it means. */
function becomes(source: Source, mapped: Good['mapped'], person: Id, household: KnownHousehold | undefined): Compared {
  if (!household) return { outcome: 'notInRegistry' }
  const said = newsOf(source, mapped, person, household)
  if (!said) return { outcome: 'notInRegistry' }
  if (said.length === 0) return { outcome: 'unchanged' }
  return { outcome: 'accepted', person, household: household.id }
}

export interface News extends NewStatement {
  readonly householdId: Id
  readonly personId?: Id
  readonly division: string
}

/**
 * What a row says that is not known yet, as statements.
 * @param before what earlier rows said that is not written yet, by person or household: a row stands beside that too
 * @returns undefined when the person is not a member of the household any more
 */
export function newsOf(
  source: Source,
  mapped: Good['mapped'],
  person: Id,
  household: KnownHousehold,
  before?: ReadonlyMap<Id, Facts>,
): News[] | undefined {
  const member = household.members.find(m => m.id === person)
  if (!member) return undefined
  const says = source.beside
    ? source.beside(mapped, {
        person: { ...valuesOf(member.facts), ...before?.get(person) },
        household: { ...valuesOf(household.known), ...before?.get(household.id) },
      })
    : mapped
  const place = { householdId: household.id, division: household.division }
  const fresh = (facts: Facts | undefined, known: KnownHousehold['known'], of: { personId?: Id }): News[] => {
    const news = Object.entries(facts ?? {}).filter(([fact, value]) =>
      isNews(known[fact], value, source.name.zh, mapped.on as Day),
    )
    if (news.length === 0) return []
    return [
      { ...place, ...of, source: 'feed', origin: source.name.zh, asOf: mapped.on, facts: Object.fromEntries(news) },
    ]
  }
  const events =
    says.happened &&
    withHappening(
      says.happened,
      household.known[eventsOfYear],
      source.name.zh,
      before?.get(household.id)?.[eventsOfYear],
    )
  return [
    ...fresh(says.person, member.facts, { personId: person }),
    ...fresh(says.household, household.known, {}),
    ...(events
      ? [
          {
            ...place,
            source: 'feed' as const,
            origin: source.name.zh,
            asOf: events.asOf,
            facts: { [eventsOfYear]: events.all },
          },
        ]
      : []),
  ]
}

export const eventsOfYear = 'events12m'

/**
 * What is known already stays as it stands, whichever was told first; what is older than a year by then is no event of the year.
 * @returns the events, as of the day the last of them was told of; undefined where it is told already
 */
function withHappening(
  happening: Happening,
  known: KnownFact | undefined,
  origin: string,
  before: unknown,
): { readonly all: readonly unknown[]; readonly asOf: Day } | undefined {
  const { date, kind } = happening
  const own = known && [known, ...known.rivals].find(s => s.source === 'feed' && s.origin === origin)
  const isTold = [before, known?.value, own?.value].some(told =>
    listed(told).some(e => e.date === date && e.kind === kind),
  )
  const told = listed(before).flatMap(event => event.date ?? [])
  const asOf = [date, ...told, ...(known ? [known.asOf] : [])].reduce((a, b) => (a > b ? a : b))
  const isOfYear = (event: Partial<Happening>) => event.date === undefined || event.date > addMonths(asOf, -12)
  if (isTold || !isOfYear(happening)) return undefined
  return { all: [...listed(before ?? known?.value).filter(isOfYear), happening].slice(-mostEvents), asOf }
}
const listed = (events: unknown) => (Array.isArray(events) ? (events as readonly Partial<Happening>[]) : [])
const mostEvents = 50

const valuesOf = (known: KnownHousehold['known']): Facts =>
  Object.fromEntries(Object.entries(known).map(([fact, { value }]) => [fact, value]))

/** As {@link comparer}, for one row of which somebody has said whom it means. */
export async function compareOne(
  ctx: Ctx,
  delivery: Delivery,
  { no, cells }: NumberedCells,
  person: Id,
  household: Id,
): Promise<KeptRow> {
  const source = sourceOf(delivery)
  const reading = recordReader(source, delivery, await placeFinder(ctx), delivery.read_on)(no, cells)
  if (!('row' in reading)) throw new Error('a row that was read once cannot be read again')
  const known = await knownOf(ctx, [household], factsAskedOf(source, [reading]))
  return { no, cells, ...becomes(source, reading.mapped, person, known.get(household)) }
}
