import type { Id } from '@zhulian/kernel'
import { setImmediate as breathe } from 'node:timers/promises'
import { contentHash } from '../pools/index.ts'
import { isAsKept, listsOf, type ListsStand } from './lists.ts'
import { resultsInColumns } from './results-in-columns.ts'
import type { WholeRegistry } from './whole-registry.ts'

/** What everybody is compared with. */
export interface WhatIsKept {
  /** By household: the hash of the verdict that holds, as a list of pairs in JSON. */
  readonly verdicts: string
  readonly lists: ListsStand
}

export interface Differing {
  readonly poolVersion: string
  /** Gone through. */
  readonly households: number
  /** In the order of their ids. */
  readonly due: readonly Id[]
}

/** Households between which other questions are answered. */
const atOnce = 250

/** Who would be given another verdict, or other lines in a list, by the rules and on the day of the registry. */
export async function findDiffering(whole: WholeRegistry, { verdicts, lists }: WhatIsKept): Promise<Differing> {
  const kept = new Map(JSON.parse(verdicts) as [Id, string][])
  const judged = {
    judgement: whole.inForce,
    first: whole.registry.first,
    policies: whole.loaded.pool.policies.map(p => p.id),
  }
  const due: Id[] = []
  for (const [lane, home] of whole.homes.entries()) {
    if (lane % atOnce === 0) await breathe()
    if (!home) continue
    const { id, facts } = home
    const keys = facts.persons.map(p => p.key as Id)
    const results = resultsInColumns(judged, lane, keys)
    const isSame =
      kept.get(id) === contentHash(results) &&
      isAsKept(listsOf({ id, results, certifiedTier: facts.household['certifiedTier'] }, lists, whole.run.on))
    if (!isSame) due.push(id)
  }
  return { poolVersion: whole.loaded.id, households: whole.households, due: due.sort() }
}
