import type { Day, Words } from '@zhulian/kernel'
import { checkFacts, type FactDocument, type FactFault, type HouseholdFacts, type Pool } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { currentPool } from '../pools/index.ts'

/** What the registry reads of the dictionary of facts. */
export interface Dictionary {
  label(owner: Owner, fact: string): Words
  sensitive(owner: Owner, fact: string): boolean
  /** Whether a page of the registry keeps it from a role: health matters from all, what the village must not know from the village. */
  restricted(owner: Owner, fact: string, role: Ctx['actor']['role']): boolean
  /** For health workers alone: what is said of it the database gives to the machine, which judges, and to nobody. */
  forHealth(owner: Owner, fact: string): boolean
  /** The order of the dictionary. */
  place(owner: Owner, fact: string): number
  find(owner: Owner, fact: string): FactDocument | undefined
  /** What is wrong with values somebody wants to write down. */
  faults(facts: HouseholdFacts, on: Day): readonly FactFault[]
}
export type Owner = 'household' | 'person'

const made = new WeakMap<Pool, Dictionary>()

export async function dictionaryOf(ctx: Ctx): Promise<Dictionary> {
  const { pool } = await currentPool(ctx)
  let known = made.get(pool)
  if (!known) made.set(pool, (known = dictionary(pool)))
  return known
}

export function dictionary(pool: Pool): Dictionary {
  const places = new Map(pool.documents.facts.map((fact, place) => [fact.name, { fact, place }]))
  const of = (owner: Owner, fact: string) => places.get(`${owner}.${fact}`)
  return {
    label: (owner, fact) => of(owner, fact)?.fact.label ?? registerWords[fact] ?? { zh: fact, en: fact },
    sensitive: (owner, fact) => of(owner, fact)?.fact.sensitivity === 'S',
    restricted: (owner, fact, role) => {
      const kept = of(owner, fact)?.fact.restricted
      return kept === 'health' || (kept === 'office' && role !== 'townshipClerk' && role !== 'districtOfficer')
    },
    forHealth: (owner, fact) => of(owner, fact)?.fact.restricted === 'health',
    place: (owner, fact) => of(owner, fact)?.place ?? 9999,
    find: (owner, fact) => of(owner, fact)?.fact,
    faults: (facts, on) => {
      const checked = checkFacts(pool, facts, on)
      return checked.ok ? [] : checked.faults
    },
  }
}

const registerWords: Record<string, Words> = {
  birthDate: { zh: '出生日期', en: 'Birth date' },
  sex: { zh: '性别', en: 'Sex' },
  relationToHead: { zh: '与户主关系', en: 'Relation to the head' },
}
