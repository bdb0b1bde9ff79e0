import type { Day, DivisionCode, Id, Words } from '@zhulian/kernel'
import { alertLevels, type AlertLevel, alertsRaised, compile, type Pool, type PoolDocuments } from '@zhulian/rules'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Watch } from '../../platform/thread.ts'
import { type Side, hidden, peopleOf, splitBy, together, type Touched } from './touched.ts'
import type { WholeRegistry } from './whole-registry.ts'

/** The pool with a draft in it, and the rules of alerts that may come out otherwise by it. */
export interface DraftedAlerts {
  readonly documents: PoolDocuments
  readonly rules: readonly string[]
  readonly from: Day
  /** Names by code, in order. */
  readonly townships: readonly (readonly [code: string, name: string])[]
  /** What the platform itself knows of a household beside its facts. */
  readonly given: ReadonlyMap<Id, Readonly<Record<string, unknown>>>
}

export const raisedMoves = ['raised', 'ceased', 'risen', 'fallen'] as const
export type RaisedMove = (typeof raisedMoves)[number]
export type Raised = Readonly<Record<RaisedMove, Side>>

/** Whom the rules would raise an alert of, and of whom no longer. It counts what the rules say: an alert that stands is moved by nobody but a person. */
export interface CountedRaised {
  readonly on: Day
  readonly people: number
  readonly households: number
  readonly all: Raised
  readonly rules: (Raised & { readonly id: string; readonly name: Words })[]
  readonly townships: (Raised & { readonly code: DivisionCode; readonly name: string })[]
}

/** So many households between two breaths: some 10 ms. */
const atOnce = 200

/**
 * Between parts it says how far it is, others are answered, and it ends when it is called off.
 * @returns how many problems there are where the draft does not compile
 */
export async function countRaised(
  whole: WholeRegistry,
  drafted: DraftedAlerts,
  { far, signal }: Watch = {},
): Promise<CountedRaised | number> {
  const compiled = compile(drafted.documents)
  if (!compiled.ok) return compiled.problems.length
  const byRule = new Map(drafted.rules.map(rule => [rule, byMove((): Found => ({ person: [], household: [] }))]))
  const homes = [...whole.homes.entries()]
  for (let i = 0; i < homes.length; i += atOnce) {
    far?.(i, homes.length)
    await breathe()
    signal?.throwIfAborted()
    for (const [rule, person, lane, move] of movesBetween(whole, homes.slice(i, i + atOnce), compiled.pool, drafted))
      byRule.get(rule)?.[move][person < 0 ? 'household' : 'person'].push(lane)
  }
  const names = new Map((drafted.documents.alerts ?? []).map(alert => [alert.id, alert.name]))
  const found = [...byRule]
    .map(([id, moved]) => ({ id, moved: byMove(move => touchedBy(whole, moved[move])) }))
    .filter(({ moved }) => raisedMoves.some(move => moved[move].households.size > 0))
  const all = byMove(move => together(found.map(one => one.moved[move])))
  const rules = byMove(move => hidden(found.map(one => one.moved[move])))
  const places = drafted.townships.map(([code]) => code)
  const townships = byMove(move => hidden(splitBy(whole, places, all[move])))
  return {
    on: drafted.from,
    people: whole.people,
    households: whole.households,
    all: byMove(move => hidden([all[move]])[0] as Side),
    rules: found.map(({ id }, i) => ({
      id,
      name: names.get(id) ?? { zh: id, en: id },
      ...byMove(move => rules[move][i] as Side),
    })),
    townships: drafted.townships.map(([code, name], i) => ({
      code: code as DivisionCode,
      name,
      ...byMove(move => townships[move][i] as Side),
    })),
  }
}

const byMove = <T>(of: (move: RaisedMove) => T): Record<RaisedMove, T> => ({
  raised: of('raised'),
  ceased: of('ceased'),
  risen: of('risen'),
  fallen: of('fallen'),
})

/** Lanes. */
type Found = Record<'person' | 'household', number[]>
const touchedBy = (whole: WholeRegistry, { person, household }: Found): Touched =>
  together([peopleOf(whole, whole.inForce, 'person', person), peopleOf(whole, whole.inForce, 'household', household)])

type Moved = readonly [rule: string, person: number, lane: number, move: RaisedMove]

function* movesBetween(
  whole: WholeRegistry,
  homes: readonly (readonly [number, WholeRegistry['homes'][number]])[],
  after: Pool,
  { rules, from, given }: DraftedAlerts,
): Generator<Moved> {
  const wanted = new Set(rules)
  for (const [household, home] of homes) {
    if (!home) continue
    const own = given.get(home.id)
    const facts = own ? { ...home.facts, household: { ...own, ...home.facts.household } } : home.facts
    const raisedBy = (pool: Pool) =>
      new Map(alertsRaised(pool, facts, from, wanted).map(one => [`${one.rule} ${one.person}`, one]))
    const [before, now] = [raisedBy(whole.loaded.pool), raisedBy(after)]
    for (const [key, { rule, person }] of new Map([...before, ...now])) {
      const move = moveOf(before.get(key)?.level, now.get(key)?.level)
      const lane = person < 0 ? household : (whole.registry.first[household] as number) + person
      if (move) yield [rule, person, lane, move]
    }
  }
}

function moveOf(was: AlertLevel | undefined, is: AlertLevel | undefined): RaisedMove | undefined {
  if (was === is) return undefined
  if (was === undefined) return 'raised'
  if (is === undefined) return 'ceased'
  return alertLevels.indexOf(is) < alertLevels.indexOf(was) ? 'risen' : 'fallen'
}
