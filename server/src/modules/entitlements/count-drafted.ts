import type { Day, DivisionCode } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import {
  amountAt,
  compile,
  type Outcome,
  type PolicyOutcome,
  type PoolDocuments,
  type RegistryJudgement,
  verdictAt,
  yearlyCost,
} from '@zhulian/rules'
import { fewest, hideSmall } from '../../platform/hide-small.ts'
import { isExample, versionOn } from '../pools/index.ts'
import { circlesMoved, classesMoved } from './sorted-drafted.ts'
import { hidden, peopleOf, splitBy, together, type Touched } from './touched.ts'
import type { tryDraftContract } from './try-draft-contract.ts'
import { judgedBy, type WholeRegistry } from './whole-registry.ts'

type Answer = AnswerOf<(typeof tryDraftContract)['POST /simulations/drafts/:draftId']>
type Side = Answer['all']['gained']
/** What an answer says that the registry decides. */
export type CountedDraft = Omit<Answer, 'version' | 'asOf' | 'poolVersion' | 'ms'>

/** The pool with a draft in it, to be tried on everybody. */
export interface Drafted {
  /** Of the rule that is changed, and of what the draft says. */
  readonly key: string
  readonly hash: string
  readonly documents: PoolDocuments
  /** The day on which people are looked at. */
  readonly from: Day
  /** Names by code, in order. */
  readonly townships: readonly (readonly [code: string, name: string])[]
}

const mostKept = 8

/** Of a registry as it stands, what a draft would do is the same until one of the two changes. */
export class DraftsKept {
  readonly #kept = new WeakMap<WholeRegistry, Map<string, CountedDraft>>()

  /** @returns how many problems there are where the draft does not compile */
  of(whole: WholeRegistry, drafted: Drafted): CountedDraft | number {
    const own = this.#kept.get(whole) ?? new Map<string, CountedDraft>()
    this.#kept.set(whole, own)
    const known = own.get(drafted.hash)
    if (known) return known
    const counted = countDrafted(whole, drafted)
    for (const [oldest] of [...own].slice(0, Math.max(0, own.size - mostKept + 1))) own.delete(oldest)
    if (typeof counted !== 'number') own.set(drafted.hash, counted)
    return counted
  }
}

/** A rule that compiles asks no list within itself, so it takes no longer than the rules in force. */
function countDrafted(whole: WholeRegistry, drafted: Drafted): CountedDraft | number {
  const compiled = compile(drafted.documents)
  if (!compiled.ok) return compiled.problems.length
  const on = drafted.from
  const before = on === whole.run.on ? whole.inForce : judgedBy(whole, whole.loaded.pool, on)
  return told(whole, drafted, before, judgedBy(whole, compiled.pool, on))
}

const moves = ['gained', 'lost', 'opened', 'raised', 'lowered'] as const
type Move = (typeof moves)[number]
type Moved = Readonly<Record<Move, Touched>>

function told(
  whole: WholeRegistry,
  { key, from, documents, townships: named }: Drafted,
  before: RegistryJudgement,
  after: RegistryJudgement,
): CountedDraft {
  const townships = new Map(named)
  const names = new Map([...documents.policies, ...documents.services].map(rule => [rule.id, rule.name]))
  const found = [...after.policies, ...after.services].flatMap(([id, is]) => {
    const was = before.policies.get(id) ?? before.services.get(id)
    const moved = movedBetween(whole, after, was, is)
    const touched = together(moves.map(move => moved[move]))
    return touched.households.size > 0 ? [{ id, was, is, moved, touched }] : []
  })
  found.sort(
    (a, b) => Number(b.id === key) - Number(a.id === key) || b.touched.households.size - a.touched.households.size,
  )
  const all = byMove(move => together(found.map(one => one.moved[move])))
  const shownResults = byMove(move => hidden(found.map(one => one.moved[move])))
  const shownCosts = hideSmall(found.map(one => one.touched.households.size))
  const shownTownships = byMove(move => hidden(splitBy(whole, [...townships.keys()], all[move])))
  const touched = together(moves.map(move => all[move]))
  const cost = { now: total(before), tried: total(after) }
  return {
    on: from,
    people: whole.people,
    households: whole.households,
    all: byMove(move => hidden([all[move]])[0] as Side),
    results: found.map(({ id, was, is }, i) => {
      const { zh, en } = names.get(id) ?? { zh: id, en: id }
      const policy = documents.policies.find(p => p.id === id)
      const rule = policy && versionOn(policy, from)
      return {
        id,
        name: { zh, en },
        ...byMove(move => shownResults[move][i] as Side),
        cost: { now: costOf(was), tried: shownCosts[i] === null ? null : costOf(is) },
        example: policy !== undefined && (isExample(rule?.provenance) || isExample(rule?.benefit.provenance)),
      }
    }),
    townships: [...townships].map(([code, name], i) => ({
      code: code as DivisionCode,
      name,
      ...byMove(move => shownTownships[move][i] as Side),
    })),
    circle: circlesMoved(whole, before, after, named),
    class: classesMoved(whole, before, after, named),
    cost: touched.households.size > 0 && touched.households.size < fewest ? { ...cost, tried: null } : cost,
  }
}

const byMove = <T>(of: (move: Move) => T): Record<Move, T> => ({
  gained: of('gained'),
  lost: of('lost'),
  opened: of('opened'),
  raised: of('raised'),
  lowered: of('lowered'),
})

const yearly = { month: 12, year: 1, once: 1 } as const
const amountOf = (outcome: Outcome, lane: number): number | undefined => {
  const { period } = outcome as PolicyOutcome
  const amount = period && amountAt(outcome as PolicyOutcome, lane)
  return amount === undefined ? undefined : amount * yearly[period as keyof typeof yearly]
}

/** A policy that is new was nobody's before; so was one that is given to others than before, to persons and not to households. */
function movedBetween(whole: WholeRegistry, after: RegistryJudgement, before: Outcome | undefined, is: Outcome): Moved {
  const lanes = byMove((): number[] => [])
  if (before?.of === is.of || before === undefined)
    for (let lane = 0; lane < is.lanes; lane++) for (const move of movesOf(before, is, lane)) lanes[move].push(lane)
  else for (let lane = 0; lane < is.lanes; lane++) if (verdictAt(is, lane) === 'eligible') lanes.gained.push(lane)
  const own = byMove(move => peopleOf(whole, after, is.of, lanes[move]))
  if (before === undefined || before.of === is.of) return own
  const held = Array.from({ length: before.lanes }, (_, lane) => lane).filter(l => verdictAt(before, l) === 'eligible')
  const had = peopleOf(whole, after, before.of, held)
  return { ...own, gained: less(own.gained, had), lost: less(had, own.gained) }
}

function movesOf(before: Outcome | undefined, is: Outcome, lane: number): readonly Move[] {
  const [was, now] = [before && verdictAt(before, lane), verdictAt(is, lane)]
  if (now === 'eligible' && was !== 'eligible') return ['gained']
  if (now !== 'eligible') {
    const opened: readonly Move[] =
      was !== undefined && was !== 'undetermined' && now === 'undetermined' ? ['opened'] : []
    return was === 'eligible' ? ['lost', ...opened] : opened
  }
  const [had, has] = [before && amountOf(before, lane), amountOf(is, lane)]
  if (had === has) return []
  if (has === undefined) return ['opened']
  return had === undefined || has > had ? ['raised'] : ['lowered']
}

const less = (from: Touched, taken: Touched): Touched => ({
  people: from.people.difference(taken.people),
  households: from.households.difference(taken.households),
})

const costOf = (outcome: Outcome | undefined): number =>
  outcome && 'period' in outcome ? yearlyCost(outcome as PolicyOutcome) : 0
const total = (judgement: RegistryJudgement): number =>
  [...judgement.policies.values()].reduce((sum, outcome) => sum + yearlyCost(outcome), 0)
