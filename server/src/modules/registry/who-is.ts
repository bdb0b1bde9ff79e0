import { type Day, type Id, readIdNumber } from '@zhulian/kernel'
import { type Explanation, fields, type People, type Person, type Reason } from '@zhulian/linkage'
import { sql } from 'kysely'
import { normaliseForIndex } from '../../platform/crypto.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import { asWhole } from './as-whole.ts'
import { placesOf } from './divisions.ts'
import { keepWeights, keptWeights } from './link-weights.ts'
import { addressOf, type PeopleIndex, peopleIndex } from './people-index.ts'
import type { Likeness } from './people-thread.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** What a form, or a row of a bureau's file, says of one person, as it was written. */
export interface PersonClues {
  readonly idNumber?: string | undefined
  readonly name?: string | undefined
  readonly birthDate?: string | undefined
  readonly sex?: string | undefined
  /** Nine or twelve digits; stands in where no address is given. */
  readonly division?: string | undefined
  readonly address?: string | undefined
  readonly phone?: string | undefined
}

/** Somebody a person must be compared with by eye. */
export interface Candidate {
  readonly person: Id
  /** Null for somebody who has left their household. */
  readonly household: Id | null
  /** 0 to 1; shared among all the clues might mean. */
  readonly probability: number
  /** Why a person must look, where the likeness alone does not say it. */
  readonly reason?: Reason
  /** Each comparison with its level in words and its weight in bits. */
  readonly explanation: Explanation
}

export type Who =
  | {
      readonly band: 'same'
      readonly person: Id
      readonly household: Id | null
      readonly division: string
    }
  | {
      readonly band: 'look'
      /** The likeliest first; none of them is meant without a person saying so. Empty where all are out of reach. */
      readonly candidates: readonly Candidate[]
      /** Somebody out of the actor's reach may be meant. */
      readonly elsewhere?: true
    }
  | {
      readonly band: 'different'
      /** It was compared with nobody: all it could be found by is shared by too many. */
      readonly notCompared?: true
    }

export interface WhoOptions {
  /** The kind of file the clues come from: its own weights are kept from the first large one on. */
  readonly feed?: string | undefined
}

/**
 * Whom of the registry each of the clues means, all of them being one list: a valid number that is equal, with the same name, is the
 * same person, with another name a person must look; everybody else is compared with the whole district. Rows that say the same
 * have the same answer; of rows that differ no two are linked to one person by likeness alone.
 * @returns one answer for each of the clues, in their order
 */
export async function whoIs(
  ctx: Ctx,
  clues: readonly PersonClues[],
  { feed }: WhoOptions = {},
): Promise<readonly Who[]> {
  const numbers = clues.map(({ idNumber }) => validNumber(idNumber, ctx.today))
  const holders = await holdersOf(ctx, [...new Set(numbers.filter(n => n !== undefined))])
  const exact = clues.map((clue, at): Who | undefined => {
    const holder = holders.get(numbers[at] ?? '')
    if (!holder || !saysTheSame(clue, holder)) return undefined
    const { person, household, division } = holder
    return { band: 'same', person, household, division }
  })
  if (exact.every(who => who !== undefined)) return exact
  const index = await peopleIndex(ctx)
  const likenesses = await linked(ctx, index, clues, numbers, feed)
  return clues.map((_, at) => {
    const { found, isCompared } = likenesses[at] as Compared
    // Nobody holds a number that can be read: that is an answer.
    if (!isCompared && numbers[at] === undefined) return { band: 'different', notCompared: true }
    return exact[at] ?? answerOf(ctx, found)
  })
}

export const validNumber = (idNumber: string | undefined, today: Day): string | undefined => {
  const read = idNumber ? readIdNumber(idNumber, today) : undefined
  return read?.ok ? read.idNumber : undefined
}

interface Compared {
  readonly found: readonly Likeness[]
  readonly isCompared: boolean
}

/** Compares the list; what two rows say of one person in the same words is compared once. */
async function linked(
  ctx: Ctx,
  index: PeopleIndex,
  clues: readonly PersonClues[],
  numbers: readonly (string | undefined)[],
  feed: string | undefined,
): Promise<readonly Compared[]> {
  const places = await placesOf(ctx)
  const persons = clues.map(clue => personOf(clue, places))
  const first = new Map<string, number>()
  const distinct: Person[] = []
  const rowOf = persons.map((person, at) => {
    const number = numbers[at]
    const key = number && person.name ? `${number} ${normaliseForIndex(person.name)}` : JSON.stringify(person)
    const known = first.get(key)
    if (known !== undefined) return known
    first.set(key, distinct.length)
    return distinct.push(person) - 1
  })
  const kept = feed === undefined ? undefined : await keptWeights(ctx, feed)
  const { rows, notCompared, learnt } = await index.link(columnsOf(distinct), kept)
  if (learnt && feed !== undefined) await keepWeights(ctx, feed, learnt, distinct.length)
  const passedOver = new Set(notCompared)
  return rowOf.map(row => ({ found: rows[row] ?? [], isCompared: !passedOver.has(row) }))
}

/** Clues in the words of the comparison. */
export function personOf(clue: PersonClues, places: Awaited<ReturnType<typeof placesOf>>): Person {
  const address = clue.address || (clue.division ? addressOf(places, clue.division) : '')
  const { idNumber = '', name = '', birthDate = '', sex = '', phone = '' } = clue
  return { idNumber, name, birthDate, sex, phone, address }
}

function columnsOf(persons: readonly Person[]): People {
  const used = fields.filter(field => persons.some(p => (p[field] ?? '') !== ''))
  return {
    size: persons.length,
    columns: Object.fromEntries(used.map(field => [field, persons.map(p => p[field] ?? '')])),
  }
}

/** What the actor may be told of it. */
function answerOf(ctx: Ctx, likenesses: readonly Likeness[]): Who {
  const found = likenesses.map(likeness => ({
    likeness,
    at: likeness.at,
    isHere: likeness.at.division.startsWith(ctx.actor.scope ?? '-'),
  }))
  const [best] = found
  if (!best) return { band: 'different' }
  if (best.likeness.band === 'same' && best.isHere) return { band: 'same', person: best.likeness.person, ...best.at }
  return {
    band: 'look',
    candidates: found
      .filter(f => f.isHere)
      .map(({ likeness: { person, probability, reason, explanation }, at }) => ({
        person,
        household: at.household,
        probability,
        ...(reason && { reason }),
        explanation,
      })),
    ...(found.some(f => !f.isHere) && { elsewhere: true as const }),
  }
}

export interface Holder {
  readonly person: Id
  readonly household: Id | null
  readonly division: string
  readonly name: string
  readonly birthDate: Day | null
}

/** Who holds which of these numbers. */
async function holdersOf(ctx: Ctx, idNumbers: readonly string[]): Promise<ReadonlyMap<string, Holder>> {
  if (idNumbers.length === 0) return new Map()
  const blinds = new Map(idNumbers.map(n => [ctx.crypto.blind('registry.person.id_number', n).toString('hex'), n]))
  const rows = await asWhole(ctx, () =>
    registry(ctx)
      .selectFrom('registry.person_shown')
      .select(['id as person', 'household_id as household', 'division', 'name', 'birth_date as birthDate'])
      .select(sql<string>`encode(id_blind, 'hex')`.as('blind'))
      .where('district', '=', ctx.district)
      .where('id_blind', '=', sql<Buffer>`any(${[...blinds.keys()].map(hex => Buffer.from(hex, 'hex'))}::bytea[])`)
      .where('withdrawn_at', 'is', null)
      .execute(),
  )
  return new Map(rows.map(row => [blinds.get(row.blind) ?? '', row]))
}

/** Where nothing is said nothing contradicts. */
function saysTheSame(clue: PersonClues, holder: Holder): boolean {
  const name = normaliseForIndex(clue.name ?? '')
  const birth = (clue.birthDate ?? '').replaceAll(/\D/g, '')
  return (
    (name === '' || name === normaliseForIndex(holder.name)) &&
    (birth.length !== 8 || holder.birthDate === null || birth === holder.birthDate.replaceAll('-', ''))
  )
}
