import type { Pool } from './pool.ts'
import { references, type Reference } from './references.ts'

/** What has to be worked out again when one given fact becomes another: facts and policies' own conditions, by number. */
export interface Resting {
  readonly facts: readonly number[]
  readonly policies: readonly number[]
}

const kept = new WeakMap<Pool['facts'], (fact: number) => Resting>()

/** Everything that rests on a fact, at whatever depth and by whichever version of a rule; the fact itself included. */
export function restingOn(pool: Pool, fact: number): Resting {
  let find = kept.get(pool.facts)
  if (!find) kept.set(pool.facts, (find = finderOf(pool)))
  return find(fact)
}

function finderOf(pool: Pool): (fact: number) => Resting {
  const readers = new Map<Reference, Reference[]>()
  const reads = (reader: Reference, read: Iterable<Reference>) => {
    for (const reference of read) readers.set(reference, [...(readers.get(reference) ?? []), reader])
  }
  for (const { number, formulas, when, impliedBy } of pool.facts) {
    const found = new Set<Reference>()
    for (const { node } of formulas) references(node, found)
    if (when) references(when, found)
    if (impliedBy !== undefined) found.add(`f${impliedBy}`)
    reads(`f${number}`, found)
  }
  for (const { number, rules } of pool.policies) {
    const found = new Set<Reference>()
    for (const { condition } of rules) references(condition, found)
    reads(`m${number}`, found)
  }
  const known = new Map<number, Resting>()
  return fact => {
    let resting = known.get(fact)
    if (!resting) {
      const all = new Set<Reference>([`f${fact}`])
      for (const reference of all) for (const reader of readers.get(reference) ?? []) all.add(reader)
      const numbers = (kind: string) => [...all].filter(r => r[0] === kind).map(r => Number(r.slice(1)))
      known.set(fact, (resting = { facts: numbers('f'), policies: numbers('m') }))
    }
    return resting
  }
}
