import type { HouseholdFacts } from '../judgement.ts'
import type { ValueForm } from '../documents.ts'
import type { Fact, Pool } from '../pool.ts'
import { registryOf } from '../columns/registry.ts'
import { numberBounds } from './reach.ts'
import { isPlainText, keyOf } from './given.ts'

/** The rows of the tables that a predicate reads, and the households that cannot stand in them. */
export interface SqlRows {
  readonly households: readonly { readonly id: number; readonly facts: Readonly<Record<string, unknown>> }[]
  readonly persons: readonly {
    readonly household: number
    readonly place: number
    readonly key: string
    readonly facts: Readonly<Record<string, unknown>>
  }[]
  /**
   * By their number: of facts that their forms do not allow, of numbers beyond 10^30 or nearer to 0 than 10^-6, of texts
   * outside the basic plane. They are to be judged by `judge`; the tables say nothing of them.
   */
  readonly misfits: ReadonlyMap<number, string>
}

/** The tables the predicates speak of. Facts are keyed by their names without the owner. */
export const sqlTables = `CREATE TABLE household (
  id bigint PRIMARY KEY,
  facts jsonb NOT NULL
);
CREATE TABLE person (
  household bigint NOT NULL REFERENCES household,
  place integer NOT NULL,
  key text NOT NULL,
  facts jsonb NOT NULL,
  PRIMARY KEY (household, place)
);
`

/** Households as rows, numbered as they come; facts are read as `judge` reads them. */
export function rowsOf(pool: Pool, households: Iterable<HouseholdFacts>): SqlRows {
  const all = [...households]
  const { odd } = registryOf(pool, all)
  const misfits = new Map<number, string>()
  const rows = { households: [] as SqlRows['households'][number][], persons: [] as SqlRows['persons'][number][] }
  all.forEach(({ household, persons }, id) => {
    const reader = new Reader(pool)
    const own = reader.row('household', household)
    const of = persons.map(({ key, ...facts }, place) => ({
      household: id,
      place,
      key,
      facts: reader.row('person', facts),
    }))
    const keyed = persons.every(p => isPlainText(p.key))
    const fault = odd.has(id)
      ? 'a value is not of the form of its fact'
      : keyed
        ? reader.fault
        : 'a key cannot be stored'
    if (fault !== undefined) misfits.set(id, fault)
    else {
      rows.households.push({ id, facts: own })
      rows.persons.push(...of)
    }
  })
  return { ...rows, misfits }
}

class Reader {
  readonly #pool: Pool
  fault: string | undefined

  constructor(pool: Pool) {
    this.#pool = pool
  }

  row(prefix: string, entries: Readonly<Record<string, unknown>>, into: Record<string, unknown> = {}) {
    for (const [key, value] of Object.entries(entries)) {
      const name = `${prefix}.${key}`
      const fact = this.#pool.facts[this.#pool.factNumbers.get(name) ?? -1]
      if (fact?.document) {
        const read = this.#value(fact.form, value, name, fact)
        if (read !== undefined) into[keyOf(fact)] = read
      } else if (!fact && typeof value === 'object' && value !== null && !Array.isArray(value))
        this.row(name, value as Record<string, unknown>, into)
    }
    return into
  }

  #value(form: ValueForm, value: unknown, name: string, fact?: Fact): unknown {
    if (value === undefined || (value === 'unknown' && form.type === 'enum')) return undefined
    if (value === null) {
      if (!form.none && form.type !== 'list' && form.type !== 'set') this.fault ??= `${name} cannot be none`
      return null
    }
    if (Array.isArray(value)) return value.map((item: unknown) => this.#item(form, item, name, fact))
    if (typeof value === 'number') {
      const size = Math.abs(value)
      if (size > numberBounds.most || (size < numberBounds.least && value !== 0))
        this.fault ??= `${name} is too large, or too near to 0`
    }
    if (typeof value === 'string' && !isPlainText(value)) this.fault ??= `${name} has characters that cannot be stored`
    return value
  }

  #item(form: ValueForm, item: unknown, name: string, fact: Fact | undefined): unknown {
    if (form.type !== 'list' || typeof item !== 'object' || item === null)
      return this.#value({ type: 'string' }, item, name)
    return Object.fromEntries(
      Object.entries(fact?.document?.fields ?? {}).flatMap(([field, its]) => {
        const given = (item as Record<string, unknown>)[field]
        const read = given === 'unknown' ? undefined : this.#value(its, given, `${name}.${field}`)
        return read === undefined ? [] : [[field, read]]
      }),
    )
  }
}
