import { readIdNumber, type Day } from '@zhulian/kernel'
import type { FactDocument } from './documents.ts'
import { nearest } from './fault.ts'
import type { FactOf } from './judgement.ts'
import type { Pool } from './pool.ts'

export interface HouseholdLine {
  /** As it came, less what is ignored, every null in its plain form. */
  readonly input: unknown
  /** Names that no fact has and that are not near one either, so no slip of the pen; and lists that are always calculated. */
  readonly ignored: readonly FactOf[]
}

/**
 * Prepares one line of a household file for `checkFacts`. Keys that are nobody's fact are left aside and named, for files
 * come from systems that know more than we ask. null is a known "none" (A2): of a list that it is empty, of an amount or
 * a count that it is 0, of a choice its word `none`. Averages with more decimals are rounded to the fen. A birth date that is not given is read from
 * the identity number. Misspelt names and nulls that mean nothing stay, and are faults.
 * @param input `{ household, persons }` or anything else, which is handed on untouched
 * @param on the day of judgement
 */
export function householdLine(pool: Pool, input: unknown, on: Day): HouseholdLine {
  if (!isObject(input) || !isObject(input['household']) || !Array.isArray(input['persons']))
    return { input, ignored: [] }
  const reading = new Reading(pool, on)
  const household = reading.facts('household', input['household'])
  const persons = input['persons'].map((person: unknown) => (isObject(person) ? reading.person(person) : person))
  return { input: { ...input, household, persons }, ignored: reading.ignored }
}

type Facts = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

class Reading {
  readonly ignored: FactOf[] = []
  readonly #pool: Pool
  readonly #on: Day

  constructor(pool: Pool, on: Day) {
    this.#pool = pool
    this.#on = on
  }

  person({ key, ...facts }: Facts): Facts {
    const read = this.facts('person', facts, typeof key === 'string' ? key : undefined)
    const number = read['idNumber']
    const identity = typeof number === 'string' && !('birthDate' in read) ? readIdNumber(number, this.#on) : undefined
    return { key, ...read, ...(identity?.ok && { birthDate: identity.birthDate }) }
  }

  facts(prefix: string, facts: Facts, person?: string): Facts {
    const read: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(facts)) {
      const name = `${prefix}.${key}`
      const fact = this.#pool.facts[this.#pool.factNumbers.get(name) ?? -1]
      const group = !fact && this.#pool.facts.some(f => f.name.startsWith(`${name}.`))
      if (group) {
        if (isObject(value)) read[key] = this.facts(name, value, person)
        else if (value !== null) read[key] = value
      } else if (fact && !(fact.document && fact.derived && fact.form.type === 'list'))
        read[key] = fact.document ? this.#items(fact.document, plain(fact.document, value), person) : value
      else if (!fact && slip(key, this.#names(prefix))) read[key] = value
      else this.#leaveAside(name, person)
    }
    return read
  }

  #leaveAside(fact: string, person: string | undefined): void {
    this.ignored.push(person === undefined ? { fact } : { fact, person })
  }

  #names(prefix: string): readonly string[] {
    const known = this.#pool.facts.filter(f => f.document && f.name.startsWith(`${prefix}.`))
    return known.map(f => f.name.slice(prefix.length + 1))
  }

  /** Of an event, a parent: what the dictionary has no field for is left aside too. */
  #items({ name, fields }: FactDocument, value: unknown, person?: string): unknown {
    if (!fields || !Array.isArray(value)) return value
    const names = Object.keys(fields)
    return value.map((item: unknown) => {
      if (!isObject(item)) return item
      const isRead = (key: string) => names.includes(key) || slip(key, names)
      for (const key of Object.keys(item)) if (!isRead(key)) this.#leaveAside(`${name}.${key}`, person)
      return Object.fromEntries(Object.entries(item).filter(([key]) => isRead(key)))
    })
  }
}

/** A word of some length, two letters or so away from one that is known. */
const slip = (key: string, names: readonly string[]): boolean => key.length >= 6 && nearest(key, names) !== undefined

function plain(fact: FactDocument, value: unknown): unknown {
  if (fact.type === 'money' && typeof value === 'number') return Math.round(value * 100) / 100
  if (value !== null || fact.none) return value
  if (fact.type === 'list' || fact.type === 'set') return []
  if (fact.type === 'money' || fact.type === 'integer') return 0
  if (fact.type === 'string') return ''
  return fact.values?.some(v => v.value === 'none') ? 'none' : null
}
