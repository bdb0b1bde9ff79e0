import { type Day, type Id, readIdNumber } from '@zhulian/kernel'
import { sql } from 'kysely'
import { normaliseForIndex } from '../../platform/crypto.ts'
import { type Ctx, tablesOf } from '../../platform/ctx.ts'
import type { RegistryTables } from './tables.ts'

const registry = tablesOf<RegistryTables>()

/** What a form, or a row of a bureau's file, says of one person, as it was written. */
export interface PersonClues {
  readonly idNumber?: string | undefined
  readonly name?: string | undefined
  readonly birthDate?: string | undefined
  readonly sex?: string | undefined
  /** Nine or twelve digits. */
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
      /** The likeliest first; none of them is meant without a person saying so. */
      readonly candidates: readonly Candidate[]
    }
  | { readonly band: 'different' }

/**
 * Whom of the registry each of the clues means. A valid number that is equal, with the same name, is the same person; with
 * another name a person must look. Sees what the actor's scope reaches.
 * @returns one answer for each of the clues, in their order
 */
export async function whoIs(ctx: Ctx, clues: readonly PersonClues[]): Promise<readonly Who[]> {
  const numbers = clues.map(({ idNumber }) => {
    const read = idNumber ? readIdNumber(idNumber, ctx.today) : undefined
    return read?.ok ? read.idNumber : undefined
  })
  const holders = await holdersOf(ctx, [...new Set(numbers.filter(n => n !== undefined))])
  return clues.map((clue, at) => {
    const holder = holders.get(numbers[at] ?? '')
    if (!holder) return { band: 'different' }
    const { person, household, division } = holder
    return saysTheSame(clue, holder)
      ? { band: 'same', person, household, division }
      : { band: 'look', candidates: [{ person, household, probability: 0.5 }] }
  })
}

interface Holder {
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
  const rows = await registry(ctx)
    .selectFrom('registry.person')
    .select(['id as person', 'household_id as household', 'division', 'name', 'birth_date as birthDate'])
    .select(sql<string>`encode(id_blind, 'hex')`.as('blind'))
    .where('district', '=', ctx.district)
    .where('id_blind', '=', sql<Buffer>`any(${[...blinds.keys()].map(hex => Buffer.from(hex, 'hex'))}::bytea[])`)
    .where('withdrawn_at', 'is', null)
    .execute()
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
