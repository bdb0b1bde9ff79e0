import type { AnswerOf } from '@zhulian/kernel/contract'
import type { Outcome, RegistryJudgement } from '@zhulian/rules'
import { hideSmall } from '../../platform/hide-small.ts'
import type { tryDraftContract } from './try-draft-contract.ts'
import { townshipOf, type WholeRegistry } from './whole-registry.ts'

export type Side = AnswerOf<(typeof tryDraftContract)['POST /simulations/drafts/:draftId']>['all']['gained']

/** Whom a change touches: lanes. */
export interface Touched {
  readonly people: ReadonlySet<number>
  readonly households: ReadonlySet<number>
}

/** A household's benefit reaches everybody who lives there. */
export function peopleOf(
  whole: WholeRegistry,
  { living }: RegistryJudgement,
  of: Outcome['of'],
  lanes: readonly number[],
): Touched {
  if (of === 'person')
    return { people: new Set(lanes), households: new Set(lanes.map(lane => whole.home[lane] as number)) }
  const people = new Set<number>()
  for (const household of lanes) {
    const [from, to] = [whole.registry.first[household] as number, whole.registry.first[household + 1] as number]
    for (let lane = from; lane < to; lane++) if (((living[lane >>> 5] as number) >>> (lane & 31)) & 1) people.add(lane)
  }
  return { people, households: new Set(lanes) }
}

export const together = (all: readonly Touched[]): Touched => ({
  people: new Set(all.flatMap(one => [...one.people])),
  households: new Set(all.flatMap(one => [...one.households])),
})

export function splitBy(
  whole: WholeRegistry,
  townships: readonly string[],
  { people, households }: Touched,
): readonly Touched[] {
  const place = new Map(townships.map((code, i) => [code, i]))
  const split = townships.map(() => ({ people: new Set<number>(), households: new Set<number>() }))
  const placeOf = (household: number) => place.get(townshipOf(whole.homes[household]?.division ?? '')) ?? -1
  for (const lane of people) split[placeOf(whole.home[lane] as number)]?.people.add(lane)
  for (const household of households) split[placeOf(household)]?.households.add(household)
  return split
}

/** Small counts of households are hidden, with as many others as keep them so; the people of a hidden cell are hidden too. */
export function hidden(row: readonly Touched[]): readonly Side[] {
  const shown = hideSmall(row.map(({ households }) => households.size))
  return row.map(({ people }, i) => {
    const households = shown[i] ?? null
    return { households, people: households === null ? null : people.size }
  })
}
