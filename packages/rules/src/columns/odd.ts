import type { Day } from '@zhulian/kernel'
import { judgeForColumns } from '../judge.ts'
import type { HouseholdFacts, PersonPolicyResult, PolicyResult, Tier } from '../judgement.ts'
import type { Pool } from '../pool.ts'
import { verdictAt, type Outcome, type PolicyOutcome, type RegistryJudgement } from './outcome.ts'
import type { Registry } from './registry.ts'

type Result = PolicyResult | PersonPolicyResult

/** What households are judged one by one with, and how a tier is told by number. */
export interface OneByOne {
  readonly pool: Pool
  readonly registry: Registry
  readonly on: Day
  readonly numberOf: (tier: string) => number
}

/**
 * The judgement in which some households stand as `judge` judges them, one by one: those that no column can hold, and those
 * of which something else is known by now; where nobody lives nobody is looked at. Outcomes in which nothing differs stay the
 * same objects.
 */
export function judgeOdd(
  judged: RegistryJudgement,
  households: ReadonlyMap<number, HouseholdFacts | undefined>,
  { pool, registry, on, numberOf }: OneByOne,
): RegistryJudgement {
  const tier = (word: Tier | undefined) => (word === undefined ? -1 : numberOf(word))
  const numbers = new Map(pool.policies.map(policy => [policy.id, policy.number]))
  const judgements = [...households].map(([h, facts]) => {
    const lanes = { from: registry.first[h] as number, to: registry.first[h + 1] as number }
    return { h, lanes, persons: facts?.persons ?? [], ...(facts && judgeForColumns(pool, facts, on)) }
  })
  /** Results of persons come in their order; who is not looked at has none. */
  const each = (
    { persons, lanes }: (typeof judgements)[number],
    results: readonly PersonPolicyResult[],
    visit: (lane: number, result: Result | undefined) => void,
  ) => {
    let next = 0
    for (let lane = lanes.from; lane < lanes.to; lane++) {
      const person = persons[lane - lanes.from]
      visit(lane, person && results[next]?.person === person.key ? results[next++] : undefined)
    }
  }
  const patched = <T extends Outcome | PolicyOutcome>(outcome: T): T => {
    const differing: [number, Result | undefined][] = []
    for (const one of judgements) {
      const results = one.judgement?.policies[outcome.id] ?? one.judgement?.services[outcome.id] ?? noResults(outcome)
      const look = (lane: number, result: Result | undefined) => {
        if (!isAs(outcome, lane, result, tier, numbers)) differing.push([lane, result])
      }
      if (Array.isArray(results)) each(one, results as readonly PersonPolicyResult[], look)
      else look(one.h, results as PolicyResult | undefined)
    }
    if (differing.length === 0) return outcome
    const copy = copyOf(outcome)
    for (const [lane, result] of differing) put(copy, lane, result, tier, numbers)
    return copy
  }
  const copy: RegistryJudgement = {
    ...judged,
    living: judged.living.slice(),
    policies: new Map([...judged.policies].map(([id, outcome]) => [id, patched(outcome)])),
    services: new Map([...judged.services].map(([id, outcome]) => [id, patched(outcome)])),
    circles: { circle: judged.circles.circle.slice(), line: judged.circles.line.slice() },
    householdCircles: { circle: judged.householdCircles.circle.slice(), line: judged.householdCircles.line.slice() },
    classes: {
      holds: new Map([...judged.classes.holds].map(([name, plane]) => [name, plane.slice()])),
      open: judged.classes.open.slice(),
      primary: judged.classes.primary.slice(),
    },
    tier: {
      household: judged.tier.household.slice(),
      predicted: judged.tier.predicted.slice(),
      persons: judged.tier.persons.slice(),
    },
  }
  const lines = pool.circle.lines
  for (const one of judgements) {
    const { h, judgement, classesOpen } = one
    each(
      one,
      Object.keys(judgement?.circles ?? {}).map(person => ({ person }) as PersonPolicyResult),
      (lane, looked) => {
        set(copy.living, lane, looked !== undefined)
        const circle = looked && judgement?.circles[(looked as PersonPolicyResult).person]
        copy.circles.circle[lane] = circle?.circle === undefined ? -1 : (circle.circle ?? 0)
        copy.circles.line[lane] = lines.findIndex(line => line.label === circle?.because)
        copy.tier.persons[lane] = tier(looked && judgement?.tier.persons[(looked as PersonPolicyResult).person])
      },
    )
    const circle = judgement?.householdCircle
    copy.householdCircles.circle[h] = circle?.circle === undefined ? -1 : (circle.circle ?? 0)
    const classes = [...copy.classes.holds]
    for (const [name, plane] of classes) set(plane, h, judgement?.classes.includes(name) ?? false)
    set(copy.classes.open, h, classesOpen ?? false)
    copy.classes.primary[h] = judgement ? classes.findIndex(([name]) => name === judgement.classes[0]) : -1
    copy.tier.household[h] = tier(judgement?.tier.household)
    copy.tier.predicted[h] = tier(judgement?.tier.predicted)
  }
  return copy
}

/** Of whoever does not live there, as a list where each person has a result of their own. */
const noResults = ({ of }: Outcome): readonly never[] | undefined => (of === 'person' ? [] : undefined)

function set(plane: Int32Array, lane: number, to: boolean): void {
  const bit = 1 << (lane & 31)
  plane[lane >>> 5] = to ? (plane[lane >>> 5] as number) | bit : (plane[lane >>> 5] as number) & ~bit
}

const has = (plane: Int32Array, lane: number): boolean => (((plane[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1

type TierNumber = (word: Tier | undefined) => number

/** Does the outcome say of a lane what a result says? */
function isAs(
  outcome: Outcome | PolicyOutcome,
  lane: number,
  result: Result | undefined,
  tier: TierNumber,
  numbers: ReadonlyMap<string, number>,
): boolean {
  if (verdictAt(outcome, lane) !== result?.verdict) return false
  if ((outcome.conditionalOn?.[lane] ?? -1) !== tier(result?.conditionalOn)) return false
  if (!('choices' in outcome)) return true
  const { amount, atLeast, excludedBy, amountConditionalOn, choices } = outcome
  return (
    (excludedBy?.[lane] ?? -1) === (numbers.get(result?.excludedBy ?? '') ?? -1) &&
    (amountConditionalOn?.[lane] ?? -1) === tier(result?.amountConditionalOn) &&
    (!(amount instanceof Float64Array) || Object.is(amount[lane], result?.amount ?? Number.NaN)) &&
    Object.is(atLeast?.[lane] ?? Number.NaN, result?.atLeast ?? Number.NaN) &&
    choices.every(choice => has(choice.plane, lane) === (result?.choiceWith?.includes(choice.with) ?? false))
  )
}

function copyOf<T extends Outcome | PolicyOutcome>(outcome: T): T {
  const copy = {
    ...outcome,
    looked: outcome.looked.slice(),
    eligible: outcome.eligible.slice(),
    ineligible: outcome.ineligible.slice(),
    conditionalOn: outcome.conditionalOn?.slice(),
  }
  if (!('choices' in outcome)) return copy
  const { excludedBy, choices, amount, atLeast, amountConditionalOn } = outcome as unknown as PolicyOutcome
  return {
    ...copy,
    excludedBy: excludedBy?.slice(),
    choices: choices.map(choice => ({ ...choice, plane: choice.plane.slice() })),
    amount: amount instanceof Float64Array ? amount.slice() : amount,
    atLeast: atLeast?.slice(),
    amountConditionalOn: amountConditionalOn?.slice(),
  }
}

function put(
  outcome: Outcome | PolicyOutcome,
  lane: number,
  result: Result | undefined,
  tier: TierNumber,
  numbers: ReadonlyMap<string, number>,
): void {
  set(outcome.looked, lane, result !== undefined)
  set(outcome.eligible, lane, result?.verdict === 'eligible')
  set(outcome.ineligible, lane, result?.verdict === 'ineligible')
  const own = outcome as Writable<PolicyOutcome>
  if (result?.conditionalOn) own.conditionalOn ??= new Int8Array(outcome.lanes).fill(-1)
  if (own.conditionalOn) own.conditionalOn[lane] = tier(result?.conditionalOn)
  if (!('choices' in outcome)) return
  if (result?.excludedBy !== undefined) own.excludedBy ??= new Int16Array(outcome.lanes).fill(-1)
  if (own.excludedBy) own.excludedBy[lane] = numbers.get(result?.excludedBy ?? '') ?? -1
  for (const choice of outcome.choices) set(choice.plane, lane, result?.choiceWith?.includes(choice.with) ?? false)
  if (own.amount instanceof Float64Array) own.amount[lane] = result?.amount ?? Number.NaN
  if (result?.atLeast !== undefined) own.atLeast ??= new Float64Array(outcome.lanes).fill(Number.NaN)
  if (own.atLeast) own.atLeast[lane] = result?.atLeast ?? Number.NaN
  if (result?.amountConditionalOn) own.amountConditionalOn ??= new Int8Array(outcome.lanes).fill(-1)
  if (own.amountConditionalOn) own.amountConditionalOn[lane] = tier(result?.amountConditionalOn)
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
