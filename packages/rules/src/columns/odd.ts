import type { Day } from '@zhulian/kernel'
import { judge } from '../judge.ts'
import type { PersonPolicyResult, PolicyResult, Tier } from '../judgement.ts'
import type { Pool } from '../pool.ts'
import type { Outcome, PolicyOutcome, RegistryJudgement } from './outcome.ts'
import type { Registry } from './registry.ts'

type Result = PolicyResult | PersonPolicyResult

/** A copy in which the households that no column can hold stand as `judge` judges them, one by one. */
export function judgeOdd(
  judged: RegistryJudgement,
  pool: Pool,
  registry: Registry,
  on: Day,
  numberOf: (tier: string) => number,
): RegistryJudgement {
  const copy = structuredClone(judged)
  const tier = (word: Tier | undefined) => (word === undefined ? -1 : numberOf(word))
  const numbers = new Map(pool.policies.map(policy => [policy.id, policy.number]))
  for (const [h, facts] of registry.odd) {
    const judgement = judge(pool, facts, on)
    const first = registry.first[h] as number
    /** Results of persons come in their order; who is not looked at has none. */
    const each = (
      results: readonly PersonPolicyResult[],
      visit: (lane: number, result: Result | undefined) => void,
    ) => {
      let next = 0
      facts.persons.forEach((person, i) => {
        const result = results[next]?.person === person.key ? results[next++] : undefined
        visit(first + i, result)
      })
    }
    for (const outcome of [...copy.policies.values(), ...copy.services.values()]) {
      const results = judgement.policies[outcome.id] ?? judgement.services[outcome.id]
      const write = (lane: number, result: Result | undefined) => put(outcome, lane, result, tier, numbers)
      if (Array.isArray(results)) each(results as readonly PersonPolicyResult[], write)
      else write(h, results as PolicyResult)
    }
    const lines = pool.circle.lines
    each(
      Object.keys(judgement.circles).map(person => ({ person }) as PersonPolicyResult),
      (lane, looked) => {
        set(copy.living, lane, looked !== undefined)
        const circle = looked && judgement.circles[(looked as PersonPolicyResult).person]
        copy.circles.circle[lane] = circle?.circle === undefined ? -1 : (circle.circle ?? 0)
        copy.circles.line[lane] = lines.findIndex(line => line.label === circle?.because)
        copy.tier.persons[lane] = tier(looked && judgement.tier.persons[(looked as PersonPolicyResult).person])
      },
    )
    const circle = judgement.householdCircle.circle
    copy.householdCircles.circle[h] = circle === undefined ? -1 : (circle ?? 0)
    const classes = [...copy.classes.holds]
    for (const [name, plane] of classes) set(plane, h, judgement.classes.includes(name))
    set(copy.classes.open, h, judgement.classesMissing.length > 0)
    copy.classes.primary[h] = classes.findIndex(([name]) => name === judgement.classes[0])
    copy.tier.household[h] = tier(judgement.tier.household)
    copy.tier.predicted[h] = tier(judgement.tier.predicted)
  }
  return copy
}

function set(plane: Int32Array, lane: number, to: boolean): void {
  const bit = 1 << (lane & 31)
  plane[lane >>> 5] = to ? (plane[lane >>> 5] as number) | bit : (plane[lane >>> 5] as number) & ~bit
}

function put(
  outcome: Outcome | PolicyOutcome,
  lane: number,
  result: Result | undefined,
  tier: (word: Tier | undefined) => number,
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
