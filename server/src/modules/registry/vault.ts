import type { Id } from '@zhulian/kernel'
import { maskPhone, newId } from '@zhulian/kernel'
import { type FieldCrypto, normaliseForIndex } from '../../platform/crypto.ts'
import type { SealedFactRow } from './tables.ts'

/** Household facts that are kept sealed; the statement holds them masked, so that a judgement still sees there is one. */
export const vaulted = [
  'contactPhone',
  'electricityAccountNo',
  'waterAccountNo',
  'gasAccountNo',
  'cableTvAccountNo',
] as const
const isVaulted = (fact: string): boolean => (vaulted as readonly string[]).includes(fact)

const mask = (fact: string, value: string) => (fact === 'contactPhone' ? maskPhone(value) : `****${value.slice(-4)}`)
const column = (fact: string) => `registry.sealed_fact.${fact}`

export interface VaultPlace {
  readonly district: string
  readonly statementId: Id
  readonly householdId: Id
  readonly division: string
  readonly at: Date
}

/** Takes what must be sealed out of facts that are about to be written. */
export function seal(crypto: FieldCrypto, place: VaultPlace, facts: Readonly<Record<string, unknown>>) {
  const kept: Record<string, unknown> = { ...facts }
  const sealed: SealedFactRow[] = []
  for (const [fact, value] of Object.entries(facts)) {
    if (!isVaulted(fact) || typeof value !== 'string') continue
    kept[fact] = mask(fact, value)
    const id = newId(place.at.getTime())
    sealed.push({
      district: place.district,
      id,
      statement_id: place.statementId,
      household_id: place.householdId,
      division: place.division,
      fact,
      sealed: crypto.seal(column(fact), id, value),
      blind: crypto.blind(column(fact), normaliseForIndex(value)),
      recorded_at: place.at,
    })
  }
  return { kept, sealed }
}

export const openSealed = (crypto: FieldCrypto, row: Pick<SealedFactRow, 'id' | 'fact' | 'sealed'>): string =>
  crypto.open(column(row.fact), row.id, row.sealed)
