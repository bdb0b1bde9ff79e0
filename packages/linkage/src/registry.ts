import type { AddressBook } from './address.ts'
import { type Costs, thresholdsOf, usualCosts } from './bands.ts'
import { compareWith, hasHanNames, open } from './compared.ts'
import { explain, type Explanation } from './explain.ts'
import type { Pair } from './link.ts'
import { oneToOne } from './one-to-one.ts'
import { type People, peopleOf, type Person } from './people.ts'
import { Tables } from './prepared.ts'
import { rulesOf } from './rules.ts'
import { score } from './score.ts'
import type { Weights } from './weights.ts'

/** Somebody of the registry whom a person might be. */
export interface Found extends Omit<Pair, 'left' | 'right'> {
  /** Row of the registry, from 0. */
  readonly row: number
  readonly explanation: Explanation
}

export interface Registry {
  readonly size: number
  /** Whom the registry may already hold of this one person, the likeliest first; at most one of band `same`. */
  readonly find: (person: Person) => readonly Found[]
}

export interface RegistryOptions {
  readonly addresses?: AddressBook
  readonly costs?: Costs
}

/**
 * Makes a registry ready to be asked for one person at a time, as when somebody types one into a form.
 * @param weights learnt by {@link link} from a feed against this registry
 */
export function openRegistry(people: People, weights: Weights, options: RegistryOptions = {}): Registry {
  const tables = new Tables(options.addresses)
  const registry = tables.prepare(people)
  const opened = open(tables, registry, registry.has)
  const thresholds = thresholdsOf(options.costs ?? usualCosts)
  const isHan = hasHanNames({ tables, left: registry, right: registry })
  const columns = Object.keys(people.columns)
  return {
    size: people.size,
    find: person => {
      // Every column is there, empty where nothing was typed, so that the comparisons are always the same.
      const one = peopleOf([person])
      const texts = Object.fromEntries(columns.map(c => [c, [one.columns[c as keyof Person]?.[0] ?? '']]))
      const typed = tables.prepare({ size: 1, columns: texts })
      const compared = compareWith(opened, typed)
      const scored = score(compared, weights, registry.size, 0.001)
      return oneToOne(scored, 1, registry.size, thresholds, rulesOf(compared, tables, typed, isHan)).map(
        ({ left, right, ...rest }) => ({
          ...rest,
          row: right,
          explanation: explain(compared.patterns, weights, registry.size, left, right),
        }),
      )
    },
  }
}
