import type { Day } from '@zhulian/kernel'
import {
  amountAt,
  changes,
  judge,
  judgeAll,
  registryOf,
  verdictAt,
  withParameters,
  yearlyCost,
  type HouseholdFacts,
  type Judgement,
  type Outcome,
  type PersonPolicyResult,
  type PolicyOutcome,
  type PolicyResult,
  type Pool,
  type Registry,
  type RegistryJudgement,
} from '@zhulian/rules'
import { describe, expect, it } from 'vitest'
import { Plan } from '../../rules/src/columns/plan.ts'
import { runSteps } from '../../rules/src/columns/run-steps.ts'
import { Between, Either, type Value } from '../../rules/src/value.ts'
import { Household } from '../../rules/src/world.ts'
import { readPool } from '../src/files.ts'
import { anyFacts } from './any-facts.ts'
import { anyDayOfReading } from './any-household.ts'

const read = await readPool()
if (!read.ok) throw new Error(read.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
const { pool } = read

const words = (value: Value): string => {
  if (value instanceof Either) return `one of ${value.values.map(String).sort().join(' ')}`
  if (value instanceof Between) return `${value.min} to ${value.max}`
  return value === undefined ? 'unknown' : JSON.stringify(value)
}

/** Everything that can be asked about a pool: of whom, by columns and by closures. */
function expressions(plan: Plan) {
  const of = (name: string, owner: 'household' | 'person', operand: Parameters<Plan['column']>[0]) => ({
    name,
    owner,
    column: plan.column(operand, owner).column,
  })
  return [
    ...pool.facts
      .filter(f => f.form.type !== 'list' && f.form.type !== 'set')
      .map(f => ({
        ...of(f.name, f.owner, plan.fact(f.number)),
        run: (world: Household, who: number) => world.fact(f.number, who),
      })),
    ...pool.policies.map(p => ({
      ...of(p.id, p.scope, plan.condition(p.number)),
      run: (world: Household, who: number) => world.met(p.number, who),
    })),
    ...pool.services.map(s => ({
      ...of(s.id, 'person', plan.expression(s.condition, 'person')),
      run: (world: Household, who: number) => s.condition.run(world.frame(who)),
    })),
    ...[...pool.classes, ...pool.primary].map(line => ({
      ...of(`class ${line.class}`, 'household', plan.expression(line.node, 'household')),
      run: (world: Household, who: number) => line.node.run(world.frame(who)),
    })),
    ...pool.circle.lines.map(line => ({
      ...of(line.label.en, 'person', plan.expression(line.node, 'person')),
      run: (world: Household, who: number) => line.node.run(world.frame(who)),
    })),
  ]
}

function compare(on: Day, seeds: readonly number[]) {
  const households = seeds.map(seed => anyFacts(pool, seed, on))
  const plan = new Plan(pool, registryOf(pool, households), on)
  const asked = expressions(plan)
  const program = plan.program()
  plan.open()
  runSteps(plan.steps, program)
  const differences: string[] = []
  const seen = { pairs: 0, unknown: 0, open: 0 }
  let first = 0
  households.forEach((facts, h) => {
    const world = new Household(pool, facts, on)
    for (const { name, owner, column, run } of asked) {
      const lanes = owner === 'household' ? [[h, -1] as const] : facts.persons.map((_, i) => [first + i, i] as const)
      for (const [lane, who] of lanes) {
        const [wanted, found] = [run(world, who), column.read(lane)]
        seen.pairs++
        if (wanted === undefined) seen.unknown++
        else if (wanted instanceof Either || wanted instanceof Between) seen.open++
        if (wanted !== found && words(wanted) !== words(found))
          differences.push(`${name} of ${seeds[h]}/${who}: ${words(found)}, by closures ${words(wanted)}`)
      }
    }
    first += facts.persons.length
  })
  return { differences, ...seen }
}

describe('the columns', () => {
  it('say of every rule and fact what the closures say, in a million questions', { timeout: 120_000 }, () => {
    const sum = { pairs: 0, unknown: 0, open: 0 }
    for (let round = 0; round < 6; round++) {
      const seeds = Array.from({ length: 400 }, (_, i) => round * 1000 + i)
      const { differences, pairs, unknown, open } = compare(anyDayOfReading(round + 1), seeds)
      expect(differences.slice(0, 10)).toEqual([])
      sum.pairs += pairs
      sum.unknown += unknown
      sum.open += open
    }
    expect(sum.pairs).toBeGreaterThan(1_000_000)
    expect(sum.unknown).toBeGreaterThan(200_000)
    expect(sum.open).toBeGreaterThan(10_000)
  })
})

const tierOf = ({ tiers }: RegistryJudgement, number: number | undefined) =>
  number === undefined || number < 0 ? undefined : tiers[number]
const hasLane = (plane: Int32Array, lane: number) => (((plane[lane >>> 5] ?? 0) >>> (lane & 31)) & 1) === 1
const figure = (column: Float64Array | undefined, lane: number) =>
  column === undefined || Number.isNaN(column[lane]) ? undefined : column[lane]

/** What the columns say of one household, in the words of `judge`, less reasons and missing facts. */
function inWords(all: RegistryJudgement, registry: Registry, facts: HouseholdFacts, h: number) {
  const lanes = facts.persons.map((person, i) => ({ lane: (registry.first[h] ?? 0) + i, person: person.key }))
  const result = (outcome: Outcome | PolicyOutcome, lane: number) => {
    const verdict = verdictAt(outcome, lane)
    const eligible = verdict === 'eligible'
    const conditionalOn = tierOf(all, outcome.conditionalOn?.[lane])
    if (!('choices' in outcome)) return { verdict, conditionalOn }
    const by = outcome.excludedBy?.[lane] ?? -1
    const choiceWith = outcome.choices.filter(c => hasLane(c.plane, lane)).map(c => c.with)
    return {
      verdict,
      conditionalOn,
      amount: amountAt(outcome, lane),
      atLeast: eligible ? figure(outcome.atLeast, lane) : undefined,
      period: eligible ? outcome.period : undefined,
      excludedBy: by < 0 ? undefined : pool.policies[by]?.id,
      choiceWith: choiceWith.length > 0 ? choiceWith : undefined,
      amountConditionalOn: tierOf(all, outcome.amountConditionalOn?.[lane]),
    }
  }
  const each = (outcome: Outcome | PolicyOutcome) =>
    outcome.of === 'household'
      ? result(outcome, h)
      : lanes.filter(p => verdictAt(outcome, p.lane)).map(p => ({ person: p.person, ...result(outcome, p.lane) }))
  const circle = ({ circle: circles, line }: RegistryJudgement['circles'], lane: number) => ({
    circle: circles[lane] === 0 ? null : circles[lane] === -1 ? undefined : circles[lane],
    because: pool.circle.lines[line[lane] ?? -1]?.label,
  })
  const classes = [...all.classes.holds].filter(([, plane]) => hasLane(plane, h)).map(([name]) => name)
  const primary = [...all.classes.holds.keys()][all.classes.primary[h] ?? -1]
  const living = lanes.filter(p => hasLane(all.living, p.lane))
  return {
    policies: Object.fromEntries([...all.policies].map(([id, outcome]) => [id, each(outcome)])),
    services: Object.fromEntries([...all.services].map(([id, outcome]) => [id, each(outcome)])),
    circles: Object.fromEntries(living.map(p => [p.person, circle(all.circles, p.lane)])),
    householdCircle: circle(all.householdCircles, h),
    classes: primary ? [primary, ...classes.filter(c => c !== primary)] : classes,
    classesOpen: hasLane(all.classes.open, h),
    tier: {
      household: tierOf(all, all.tier.household[h]),
      predicted: tierOf(all, all.tier.predicted[h]),
      persons: Object.fromEntries(
        living.flatMap(p => {
          const tier = tierOf(all, all.tier.persons[p.lane])
          return tier ? [[p.person, tier]] : []
        }),
      ),
    },
  }
}

/** The same of a judgement. */
function plainly(judgement: Judgement) {
  const result = (r: PolicyResult | PersonPolicyResult) => ({
    ...('person' in r && { person: r.person }),
    verdict: r.verdict,
    conditionalOn: r.conditionalOn,
    amount: r.amount,
    atLeast: r.atLeast,
    period: r.period,
    excludedBy: r.excludedBy,
    choiceWith: r.choiceWith,
    amountConditionalOn: r.amountConditionalOn,
  })
  const each = (results: Judgement['policies']) =>
    Object.fromEntries(
      Object.entries(results).map(([id, r]) => [id, Array.isArray(r) ? r.map(result) : result(r as PolicyResult)]),
    )
  const circle = ({ circle, because }: Judgement['householdCircle']) => ({ circle, because })
  return {
    policies: each(judgement.policies),
    services: each(judgement.services),
    circles: Object.fromEntries(Object.entries(judgement.circles).map(([key, c]) => [key, circle(c)])),
    householdCircle: circle(judgement.householdCircle),
    classes: judgement.classes,
    classesOpen: judgement.classesMissing.length > 0,
    tier: judgement.tier,
  }
}

function differencesOf(
  all: RegistryJudgement,
  by: Pool,
  registry: Registry,
  households: readonly HouseholdFacts[],
  on: Day,
) {
  const differences: string[] = []
  households.forEach((facts, h) => {
    const [wanted, found] = [plainly(judge(by, facts, on)), inWords(all, registry, facts, h)]
    for (const part of ['policies', 'services', 'circles'] as const)
      for (const id of Object.keys(wanted[part])) {
        const [a, b] = [JSON.stringify(wanted[part][id]), JSON.stringify(found[part][id])]
        if (a !== b) differences.push(`${id} of ${h}: ${b}, by judge ${a}`)
      }
    const rest = ({ policies: _p, services: _s, circles: _c, ...others }: ReturnType<typeof inWords>) => others
    const [a, b] = [JSON.stringify(rest(wanted as ReturnType<typeof inWords>)), JSON.stringify(rest(found))]
    if (a !== b) differences.push(`${h}: ${b}, by judge ${a}`)
  })
  return differences
}

describe('a whole registry', () => {
  const someOn = (round: number) => {
    const on = anyDayOfReading(round + 40)
    return { on, households: Array.from({ length: 250 }, (_, i) => anyFacts(pool, 50_000 + round * 1000 + i, on)) }
  }

  it('is judged as its households are, one by one', { timeout: 120_000 }, () => {
    for (let round = 0; round < 4; round++) {
      const { on, households } = someOn(round)
      const registry = registryOf(pool, households)
      const { judgement } = judgeAll(pool, registry, on)
      expect(differencesOf(judgement, pool, registry, households, on).slice(0, 5)).toEqual([])
      const some = [...judgement.policies.values()]
      expect(some.some(p => p.excludedBy?.some(by => by >= 0))).toBe(true)
      expect(some.some(p => p.choices.some(c => c.plane.some(Boolean)))).toBe(true)
      expect(some.some(p => p.conditionalOn?.some(tier => tier >= 0))).toBe(true)
      expect(some.some(p => p.atLeast?.some(least => least > 0))).toBe(true)
    }
  })

  it('is judged by other figures as its households are, whatever was tried before', { timeout: 120_000 }, () => {
    const { on, households } = someOn(7)
    const registry = registryOf(pool, households)
    const run = judgeAll(pool, registry, on)
    const own = run.judgement
    for (const figures of [
      { dibaoStandard: 1216 },
      { dibaoStandard: 900, circle3RiskScore: 10 },
      { 'disabilityCare.full': 3000 },
      { minimumWage: 9999 },
      {},
    ]) {
      const by = withParameters(pool, figures, on)
      expect(differencesOf(run.withParameters(figures), by, registry, households, on).slice(0, 5)).toEqual([])
    }
    expect(run.judgement).toEqual(own)
    expect(() => run.withParameters({ dibaoStandart: 1 })).toThrow('dibaoStandart')
  })

  it('judges beside the columns who does not fit them', { timeout: 60_000 }, () => {
    const { on, households } = someOn(8)
    const spoilt = households.map((facts, i) =>
      i % 10 === 0
        ? {
            ...facts,
            household: { ...facts.household, financialAssets: '8000', hukouNature: i % 20 ? 'pink' : 'rural' },
          }
        : facts,
    )
    const registry = registryOf(pool, spoilt)
    expect(registry.odd.size).toBe(25)
    const run = judgeAll(pool, registry, on)
    expect(differencesOf(run.judgement, pool, registry, spoilt, on).slice(0, 5)).toEqual([])
    const by = withParameters(pool, { dibaoStandard: 1216 }, on)
    const found = run.withParameters({ dibaoStandard: 1216 })
    expect(differencesOf(found, by, registry, spoilt, on).slice(0, 5)).toEqual([])
  })

  it('judged again where other things are known now is as if it had been read anew', { timeout: 120_000 }, () => {
    const { on, households } = someOn(9)
    const registry = registryOf(pool, households)
    const run = judgeAll(pool, registry, on)
    const own = run.judgement
    const now = [...households]
    const others = Array.from({ length: 400 }, (_, i) => anyFacts(pool, 90_000 + i, on))
    let by = pool
    for (const [round, figures] of [{}, { dibaoStandard: 1216 }, { dibaoStandard: 900 }, {}].entries()) {
      if (round > 0) {
        by = withParameters(pool, figures, on)
        expect(differencesOf(run.withParameters(figures), by, registry, now, on).slice(0, 5)).toEqual([])
      }
      const changed = new Map<number, HouseholdFacts>()
      for (let h = round; h < households.length; h += 5) {
        const other = others.find((o, i) => i > h && o.persons.length === now[h]?.persons.length)
        if (other) changed.set(h, (now[h] = other))
      }
      expect(changed.size).toBeGreaterThan(20)
      const before = run.judgement
      const again = run.rescreen(changed)
      expect(differencesOf(again, by, registry, now, on).slice(0, 5)).toEqual([])
      expect(changes(before, again).length).toBeGreaterThan(10)
    }
    const anew = registryOf(pool, now)
    const [x, y] = [run.judgement, judgeAll(pool, anew, on).judgement]
    for (const [id, outcome] of y.policies) {
      expect(outcome.eligible).toEqual(x.policies.get(id)?.eligible)
      expect(yearlyCost(outcome)).toBeCloseTo(yearlyCost(x.policies.get(id) ?? outcome), 6)
    }
    // What was judged before is not touched, and a household in which nothing is new changes nothing.
    expect(differencesOf(own, pool, registry, households, on).slice(0, 5)).toEqual([])
    expect(changes(x, run.rescreen(new Map([[3, now[3] as HouseholdFacts]])))).toEqual([])
    const more = { household: {}, persons: [...(now[0]?.persons ?? []), { key: 'new' }] }
    expect(() => run.rescreen(new Map([[0, more]]))).toThrow('more people')
    expect(() => run.rescreen(new Map([[households.length, more]]))).toThrow('is not there')
  })

  it('has nobody left where they moved out, and takes in whoever has no more people than lanes', {
    timeout: 120_000,
  }, () => {
    const { on, households } = someOn(10)
    const registry = registryOf(pool, households)
    const run = judgeAll(pool, registry, on)
    const others = Array.from({ length: 200 }, (_, i) => anyFacts(pool, 70_000 + i, on))
    const changed = new Map<number, HouseholdFacts | undefined>()
    // With a hole where nobody lives.
    const now: HouseholdFacts[] = []
    for (const [h, facts] of households.entries()) {
      const fewer = others.find((o, i) => i > h % 100 && o.persons.length < facts.persons.length)
      if (h % 7 === 0) changed.set(h, undefined)
      else now[h] = h % 7 === 1 && fewer ? fewer : facts
      if (now[h] !== facts) changed.set(h, now[h])
    }
    expect([...changed.values()].filter(Boolean).length).toBeGreaterThan(15)
    for (const figures of [{}, { dibaoStandard: 1216 }, { dibaoStandard: 900, minimumWage: 9999 }, {}]) {
      const by = withParameters(pool, figures, on)
      run.withParameters(figures)
      const found = Object.keys(figures).length === 0 ? run.rescreen(changed) : run.judgement
      expect(differencesOf(found, by, registry, now, on).slice(0, 5)).toEqual([])
      expect(stillThere(found, registry, changed)).toEqual([])
    }
    // Whoever moves in where nobody lived is there.
    const [empty] = changed.keys()
    const anew = new Map([[empty ?? -1, { ...households[empty ?? 0], household: {} } as HouseholdFacts]])
    now[empty ?? -1] = anew.get(empty ?? -1) as HouseholdFacts
    expect(differencesOf(run.rescreen(anew), pool, registry, now, on).slice(0, 5)).toEqual([])
  })
})

/** Lanes on which nobody lives and something is said. */
function stillThere(
  { policies, services, living, circles, householdCircles, classes, tier }: RegistryJudgement,
  { first }: Registry,
  changed: ReadonlyMap<number, HouseholdFacts | undefined>,
): string[] {
  return [...changed].flatMap(([h, facts]) => {
    const [from, to] = [(first[h] ?? 0) + (facts?.persons.length ?? 0), first[h + 1] ?? 0]
    const persons = Array.from({ length: to - from }, (_, i) => from + i)
    const found: string[] = []
    for (const outcome of [...policies.values(), ...services.values()])
      for (const lane of outcome.of === 'person' ? persons : facts ? [] : [h]) {
        const { amount, atLeast } = outcome as PolicyOutcome
        const figures = [amount, atLeast]
        const isSaid =
          verdictAt(outcome, lane) !== undefined ||
          figures.some(f => f instanceof Float64Array && !Number.isNaN(f[lane])) ||
          (outcome.conditionalOn?.[lane] ?? -1) >= 0
        if (isSaid) found.push(`${outcome.id} of ${lane}`)
      }
    const isLiving = (lane: number) => (((living[lane >>> 5] ?? 0) >>> (lane & 31)) & 1) === 1
    for (const lane of persons)
      if (isLiving(lane) || circles.circle[lane] !== -1 || tier.persons[lane] !== -1) found.push(`person ${lane}`)
    const isOfClass = [classes.open, ...classes.holds.values()].some(p => (((p[h >>> 5] ?? 0) >>> (h & 31)) & 1) === 1)
    if (!facts && (isOfClass || householdCircles.circle[h] !== -1 || tier.household[h] !== -1))
      found.push(`household ${h}`)
    return found
  })
}
