import { type Day, parseDay, type Words } from '@zhulian/kernel'
import type { FactOf, HouseholdFacts, Pool } from '@zhulian/rules'

/** From whom a fact is known, and of which day. */
export interface Said {
  readonly source: string
  readonly on: Day
}
type SaidBy = (fact: FactOf) => Said | undefined

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads `sources` of a household file: `{"household.<fact>" | "<key>.<fact>": {"source": "…", "on": "YYYY-MM-DD"}}`. What
 * names no fact or nobody of the household is left aside, as other keys are.
 * @returns faults where a source is not of this form
 */
export function saidByIn(
  pool: Pool,
  input: unknown,
  { persons }: HouseholdFacts,
): { readonly ok: true; readonly of: SaidBy } | { readonly ok: false; readonly faults: readonly Words[] } {
  const given = isObject(input) ? input['sources'] : undefined
  if (given === undefined || given === null) return { ok: true, of: () => undefined }
  if (!isObject(given))
    return {
      ok: false,
      faults: [{ zh: 'sources 要是一个对象', en: 'sources is an object' }],
    }
  const keys = new Set(persons.map(person => person.key))
  const isKnown = (key: string) =>
    key.startsWith('household.')
      ? pool.factNumbers.has(key)
      : [...keys].some(who => key.startsWith(`${who}.`) && pool.factNumbers.has(`person.${key.slice(who.length + 1)}`))
  const said = new Map<string, Said>()
  const faults: Words[] = []
  for (const [key, value] of Object.entries(given)) {
    if (!isKnown(key)) continue
    const read = saidIn(value)
    if (read) said.set(key, read)
    else
      faults.push({
        zh: `sources「${key}」要写成 {"source": "…", "on": "2021-09-26"}`,
        en: `sources "${key}" is {"source": "…", "on": "2021-09-26"}`,
      })
  }
  if (faults.length > 0) return { ok: false, faults }
  const find = ({ fact, person }: FactOf) =>
    said.get(person === undefined ? fact : `${person}.${fact.slice('person.'.length)}`)
  // A birth date that is not given is read from the identity number.
  const ofNumber = (fact: FactOf) =>
    fact.fact === 'person.birthDate' ? find({ ...fact, fact: 'person.idNumber' }) : undefined
  return { ok: true, of: fact => find(fact) ?? ofNumber(fact) }
}

function saidIn(value: unknown): Said | undefined {
  if (!isObject(value)) return undefined
  const { source, on } = value
  const day = typeof on === 'string' ? parseDay(on) : undefined
  return typeof source === 'string' && source.trim() !== '' && day ? { source: source.trim(), on: day } : undefined
}
