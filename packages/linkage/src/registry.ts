import type { AddressBook } from './address.ts'
import type { Between } from './between.ts'
import { type Costs, thresholdsOf, usualCosts } from './bands.ts'
import { holderMoved } from './compare-fields.ts'
import { compareWith, hasHanNames, open } from './compared.ts'
import { explain, type Explanation } from './explain.ts'
import { weightsFor } from './learn.ts'
import { leastKept, type Linked, type Pair } from './link.ts'
import { oneToOne } from './one-to-one.ts'
import { type People, peopleOf, type Person } from './people.ts'
import { type List, Tables } from './prepared.ts'
import { rulesOf } from './rules.ts'
import { score } from './score.ts'
import type { Weights } from './weights.ts'

/** Somebody of the registry whom a person might be. */
export interface Found extends Omit<Pair, 'left' | 'right'> {
  /** Row of the registry, from 0. */
  readonly row: number
  readonly explanation: Explanation
}

/** A list of people that stands ready to be asked. What it was asked about is forgotten with the answer. */
export interface Registry {
  /** Rows, also those that were removed. */
  readonly size: number
  /**
   * Whom the registry may already hold of this one person, the likeliest first; at most one of band `same`.
   * @throws RangeError when the weights do not know a column of the registry
   */
  readonly find: (person: Person, weights?: Weights) => readonly Found[]
  /**
   * Who of a list is who here, each at most once.
   * @param weights kept from an earlier list of the same kind; learnt from this one when absent
   * @param use reads what came out; `explain` answers until it returns
   * @param between called every few milliseconds of the work; may ask this registry, and must not change it
   * @throws RangeError when the weights do not know a column both have
   */
  readonly link: <T>(left: People, weights: Weights | undefined, use: (linked: Linked) => T, between?: Between) => T
  /** Pairs of rows that may be one person, the likeliest first; `left` is the higher row. */
  readonly doubles: () => readonly (Pair & { readonly explanation: Explanation })[]
  /** Takes in one more. @returns the row, or undefined where no room is left and the registry must be opened anew */
  readonly add: (person: Person) => number | undefined
  /** Nobody is found in this row any more. */
  readonly remove: (row: number) => void
}

export interface RegistryOptions {
  readonly addresses?: AddressBook
  readonly homeCodes?: readonly string[]
  readonly costs?: Costs
  /** How many people can be added. @default 0 */
  readonly room?: number
}

/** How many of a registry's people stand in it a second time, where nobody has counted them. */
const usualDoubles = 0.002

/**
 * Makes a registry ready to be asked for one person at a time, as when somebody types one into a form, or for a list.
 * @param weights for {@link Registry.find}, learnt by {@link link} from a feed against this registry
 */
export function openRegistry(people: People, weights: Weights, options: RegistryOptions = {}): Registry {
  const { room = 0 } = options
  const tables = new Tables(options)
  const registry = tables.prepare(people, { room })
  tables.forgetWritten()
  const opened = open(tables, registry, key => registry.has(key), room)
  const thresholds = thresholdsOf(options.costs ?? usualCosts)
  const columns = Object.keys(people.columns)

  const linked = (list: List, own: Weights | undefined, between?: Between): Linked => {
    const compared = compareWith(opened, list, between)
    const known = own ?? weightsFor(opened, list, compared, between)
    const isHan = hasHanNames({ tables, left: list, right: registry })
    return {
      pairs: oneToOne(
        score(compared, known, registry.size, leastKept, between),
        list.size,
        registry.size,
        thresholds,
        rulesOf(compared, tables, list, isHan),
      ),
      weights: known,
      candidates: compared.candidates.count,
      notCompared: compared.candidates.notCompared,
      explain: pair => explain(compared.patterns, known, registry.size, pair.left, pair.right),
    }
  }
  /** Every column is there, empty where nothing was typed, so that the comparisons are always the same. */
  const alone = (person: Person): People => {
    const one = peopleOf([person])
    return { size: 1, columns: Object.fromEntries(columns.map(c => [c, [one.columns[c as keyof Person]?.[0] ?? '']])) }
  }

  return {
    get size() {
      return registry.size
    },
    find: (person, own = weights) =>
      tables.afterwards(() => {
        const { pairs, explain: explained } = linked(tables.prepare(alone(person), { passing: true }), own)
        return pairs.map(({ left, right, ...rest }) => ({
          ...rest,
          row: right,
          explanation: explained({ left, right }),
        }))
      }),
    link: (left, own, use, between) =>
      tables.afterwards(() => {
        const borrowBirth = left.columns.birthDate === undefined && registry.has('birthDate')
        const list = tables.prepare(left, { passing: true, borrowBirth, ...(between && { between }) })
        return use(linked(list, own, between))
      }),
    doubles: () => {
      const compared = compareWith(opened, registry)
      const rules = rulesOf(compared, tables, registry, hasHanNames({ tables, left: registry, right: registry }))
      const known = { ...weights, same: Math.min(weights.same, usualDoubles) }
      const found = score(compared, known, (registry.size - 1) / 2, thresholds.look).flatMap(s => {
        const reason = rules.ruling(s.pattern, s.left)
        if (reason === 'twoPeople') return []
        const band = s.alone >= thresholds.same && reason === undefined ? ('same' as const) : ('look' as const)
        const explanation = explain(compared.patterns, known, (registry.size - 1) / 2, s.left, s.right)
        const pair = { left: s.left, right: s.right, probability: s.alone, weight: s.weight, band, explanation }
        return [{ ...pair, ...(reason ? { reason } : {}) }]
      })
      return found.toSorted((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right)
    },
    add: person => {
      const row = registry.add(tables.prepare(alone(person)))
      if (row === undefined) return undefined
      for (const index of opened.indexes) index.add(row)
      holderMoved(registry, row)
      return row
    },
    remove: row => {
      for (const index of opened.indexes) index.remove(row)
      holderMoved(registry, row, true)
      registry.clear(row)
    },
  }
}
