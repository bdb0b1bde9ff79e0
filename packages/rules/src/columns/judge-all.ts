import type { Day } from '@zhulian/kernel'
import type { PlanClass } from '../documents.ts'
import type { HouseholdFacts, Tier } from '../judgement.ts'
import { inForce, type Policy, type PolicyRule, type Pool } from '../pool.ts'
import { Either, roundHalfUp, type Value } from '../value.ts'
import { eachLane } from './arena.ts'
import type { Numbers, Truth } from './column.ts'
import { excludeAll, type Standing } from './exclusions.ts'
import { originOf, type Inner } from './inner.ts'
import { judgeOdd, type OneByOne } from './odd.ts'
import type { Circles, Classes, Outcome, PolicyOutcome, RegistryJudgement } from './outcome.ts'
import type { Operand } from './operand.ts'
import { Plan, type Step } from './plan.ts'
import type { Program } from './program.ts'
import type { Registry } from './registry.ts'
import { ready, runReady, runSteps, type Ready } from './run-steps.ts'
import { ones, Sheet } from './sheet.ts'
import { stepOf, stepsOf, Tiers, type OnTier, type Owner, type Predicted, type Told } from './tiers.ts'
import { withParameters } from './with-parameters.ts'

/**
 * Judges a whole registry by the pool as of a day: the same verdicts, amounts, exclusions, circles and classes as `judge`
 * of every household, in a small part of the time. The run keeps what it worked out, so that other figures can be tried.
 */
export function judgeAll(pool: Pool, registry: Registry, on: Day): RegistryRun {
  return new RegistryRun(pool, registry, on)
}

interface PolicyWork {
  readonly policy: Policy
  readonly rule: PolicyRule | undefined
  readonly condition: Step
  readonly onTier: OnTier | undefined
  readonly amount: Operand | undefined
  readonly amountStep: Step | undefined
  readonly atLeast: Step | undefined
  readonly amountOnTier: OnTier | undefined
}

interface ServiceWork {
  readonly id: string
  readonly condition: Step
  readonly onTier: OnTier | undefined
}

/** What has to be done again after a change. */
interface Again {
  readonly early: readonly Step[]
  readonly late: readonly Step[]
  readonly todo: Todo
}

/** Parts of a judgement that differ after it. */
interface Todo {
  readonly excluding: boolean
  readonly predictions: boolean
  readonly policies: readonly PolicyWork[]
  readonly services: readonly ServiceWork[]
  readonly living: boolean
  readonly circles: boolean
  readonly householdCircles: boolean
  readonly classes: boolean
  readonly tier: boolean
}

export class RegistryRun {
  readonly pool: Pool
  readonly registry: Registry
  readonly on: Day
  #judgement: RegistryJudgement | undefined
  #now: Pool
  readonly #plan: Plan
  /** Of a whole run, before and after the exclusion pass; of what a change touches. */
  readonly #programs: { readonly early: Program; readonly late: Program; readonly trial: Program }
  #ready: { readonly early: Ready; readonly late: Ready } | undefined
  readonly #inner: Inner
  /** Steps whose columns no run has written out yet. */
  #unwritten: Set<Step> | undefined
  readonly #policies: readonly PolicyWork[]
  readonly #services: readonly ServiceWork[]
  readonly #predicted: readonly Predicted[]
  readonly #living: Step
  readonly #circle: { readonly person: Step; readonly household: Step; readonly lines: readonly Step[] }
  readonly #classes: readonly { readonly class: PlanClass; readonly holds: Step }[]
  readonly #primary: readonly { readonly class: PlanClass; readonly holds: Step }[]
  readonly #tier: { readonly household: Told; readonly person: Told }
  /** Steps that wait for the exclusion pass. */
  readonly #late = new Set<Step>()
  readonly #excluding: ReadonlySet<number>
  readonly #tiers: Tiers
  /** Planes of all lanes; of the persons not known to be dead; of whom something is predicted that is not sure to be "none". */
  readonly #looked: Record<Owner, Int32Array>
  #alive: Int32Array
  #predicts: Record<Owner, Int32Array>
  #sheet = new Sheet(0)
  /** Households that are judged one by one. */
  #odd: ReadonlyMap<number, HouseholdFacts | undefined>
  readonly #everything: Again
  readonly #again = new Map<string, Again>()

  constructor(pool: Pool, registry: Registry, on: Day) {
    this.pool = pool
    this.registry = registry
    this.on = on
    this.#now = pool
    this.#odd = registry.odd
    this.#looked = { household: ones(registry.households), person: ones(registry.persons) }
    this.#alive = this.#looked.person
    this.#predicts = this.#looked
    const plan = new Plan(pool, registry, on)
    this.#plan = plan
    this.#living = plan.truth(plan.fact(pool.known.alive), 'person')
    this.#policies = pool.policies.map(policy => this.#policy(policy))
    this.#services = pool.services.map(service => ({
      id: service.id,
      condition: plan.truth(plan.expression(service.condition, 'person'), 'person'),
      onTier: service.onTier
        ? this.#onTier(mode => plan.truth(plan.expression(service.condition, 'person', mode), 'person'))
        : undefined,
    }))
    this.#predicted = pool.known.predicted.map(number => {
      const { owner, predicted } = pool.facts[number] as Pool['facts'][number]
      const operand = plan.fact(number)
      const asPredicted = plan.truth(plan.same(operand, predicted), owner)
      return { owner, value: plan.column(operand, owner), asPredicted, word: predicted }
    })
    this.#circle = {
      person: plan.numbers(plan.fact(pool.circle.person), 'person'),
      household: plan.numbers(plan.fact(pool.circle.household), 'household'),
      lines: pool.circle.lines.map(line => plan.truth(plan.expression(line.node, 'person'), 'person')),
    }
    const lines = (of: Pool['classes']) =>
      of.map(line => ({ class: line.class, holds: plan.truth(plan.expression(line.node, 'household'), 'household') }))
    this.#classes = lines(pool.classes)
    this.#primary = lines(pool.primary)
    this.#tier = {
      household: this.#told(pool.known.tier, 'household'),
      person: this.#told(pool.known.personTier, 'person'),
    }
    this.#tiers = new Tiers(registry, this.#predicted, this.#tier)
    this.#excluding = new Set([
      ...pool.exclusions.flatMap(line => line.between.map(policy => policy.number)),
      ...plan.heldSteps().keys(),
    ])
    const held = new Set(plan.heldSteps().values())
    for (const step of plan.steps)
      if (held.has(step) || step.inputs.some(input => this.#late.has(input))) this.#late.add(step)
    this.#everything = {
      early: plan.steps.filter(step => !this.#late.has(step)),
      late: [...this.#late],
      todo: this.#todo(),
    }
    this.#programs = { early: plan.program(), late: plan.program(), trial: plan.program() }
    this.#inner = plan.inner()
    plan.open()
  }

  /** By the pool's own figures, or by those that were tried last. */
  get judgement(): RegistryJudgement {
    if (!this.#judgement) {
      const { early, late, todo } = this.#everything
      const inner = this.#inner
      const steps = (this.#ready ??= {
        early: ready(early, this.#programs.early, inner),
        late: ready(late, this.#programs.late, inner),
      })
      // What was written out once holds as long as nothing it rests on changes, and then it is written out again.
      this.#unwritten ??= new Set([...steps.early.inner, ...steps.late.inner])
      runReady(steps.early)
      this.#judgement = this.#gather(undefined, todo, () => runReady(steps.late))
    }
    return this.#judgement
  }

  /** Works out everything again, as the first time. */
  rerun(): RegistryJudgement {
    this.#judgement = undefined
    return this.judgement
  }

  /**
   * The same registry under the same figures, when other things are known of some households: only these are judged again,
   * one by one, now and in every judgement that follows. For some hundred of many thousand; then a new registry is made.
   * @param changed by the number of the household, with all of its facts: its people from its first lane on, and of lanes that
   * are left nobody is looked at; undefined where nobody lives any more
   * @throws RangeError where there is no such household, or it has more people than lanes
   */
  rescreen(changed: ReadonlyMap<number, HouseholdFacts | undefined>): RegistryJudgement {
    const { first, households } = this.registry
    for (const [h, facts] of changed)
      if (!(h >= 0 && h < households) || (facts?.persons.length ?? 0) > (first[h + 1] as number) - (first[h] as number))
        throw new RangeError(`household ${h} is not there or has more people`)
    const before = this.judgement
    this.#odd = new Map([...this.#odd, ...changed])
    this.#judgement = judgeOdd(before, changed, this.#oneByOne())
    return this.#judgement
  }

  /**
   * The same registry under other figures, from the day of the run on; what they do not touch is not worked out again.
   * Figures that are not named are the pool's own.
   * @param figures by name, such as `{ dibaoStandard: 1216 }`
   * @throws RangeError for a name that no parameter has
   */
  withParameters(figures: Readonly<Record<string, number>>): RegistryJudgement {
    const before = this.judgement
    const pool = withParameters(this.pool, figures, this.on)
    const values = this.#plan.valuesOf(pool)
    const changed = values.flatMap((value, i) => (value === this.#plan.parameters[i] ? [] : [i]))
    this.#now = pool
    if (changed.length === 0) return before
    for (const i of changed) this.#plan.parameters[i] = values[i]
    const again = this.#staleAfter(changed)
    this.#ready = undefined
    this.#writeOut([...again.early, ...again.late])
    runSteps(again.early, this.#programs.trial)
    this.#judgement = this.#gather(before, again.todo, () => runSteps(again.late, this.#programs.trial))
    return this.#judgement
  }

  /** What steps that run alone read, and was not written out by the run of all. */
  #writeOut(steps: readonly Step[]): void {
    const unwritten = this.#unwritten
    if (!unwritten || unwritten.size === 0) return
    for (const step of steps) unwritten.delete(step)
    const missing = new Set<Step>()
    const look = (step: Step) => {
      for (const input of step.inputs) {
        const origin = originOf(input)
        if (!unwritten.delete(origin)) continue
        missing.add(origin)
        look(origin)
      }
    }
    steps.forEach(look)
    if (missing.size > 0)
      runSteps(
        this.#plan.steps.filter(step => missing.has(step)),
        this.#programs.trial,
      )
  }

  #staleAfter(changed: readonly number[]): Again {
    const key = changed.join()
    let again = this.#again.get(key)
    if (!again) {
      const stale = new Set<Step>()
      for (const step of this.#plan.steps)
        if (step.parameters.some(p => changed.includes(p)) || step.inputs.some(input => stale.has(input)))
          stale.add(step)
      // What is held is only known to be stale when all conditions have been looked at.
      const held = [...this.#plan.heldSteps().values()]
      if (held.length > 0 && this.#todo(stale, changed).excluding) {
        for (const step of held) stale.add(step)
        for (const step of this.#plan.steps) if (step.inputs.some(input => stale.has(input))) stale.add(step)
      }
      const steps = this.#plan.steps.filter(step => stale.has(step))
      again = {
        early: steps.filter(step => !this.#late.has(step)),
        late: steps.filter(step => this.#late.has(step)),
        todo: this.#todo(stale, changed),
      }
      this.#again.set(key, again)
    }
    return again
  }

  // — what has to be worked out —

  #policy(policy: Policy): PolicyWork {
    const { scope } = policy
    const plan = this.#plan
    const rule = inForce(policy.rules, this.on)
    const amount = rule?.amount && plan.expression(rule.amount, scope)
    const node = rule?.amount
    return {
      policy,
      rule,
      condition: plan.truth(plan.condition(policy.number), scope),
      onTier: rule?.onTier ? this.#onTier(mode => plan.truth(plan.condition(policy.number, mode), scope)) : undefined,
      amount,
      amountStep: amount?.step && plan.numbers(amount, scope),
      atLeast: rule?.atLeast && plan.numbers(plan.expression(rule.atLeast, scope), scope),
      amountOnTier:
        node && rule.amountOnTier && !policy.grantsTier
          ? this.#onTier(mode => plan.numbers(plan.expression(node, scope, mode), scope))
          : undefined,
    }
  }

  #told(fact: number, of: Owner): Told {
    const operand = this.#plan.fact(fact)
    return operand.step ? this.#plan.column(operand, of) : { always: operand.value }
  }

  #onTier(step: (mode: 'household' | 'persons') => Step): OnTier {
    return { ungranted: step('household'), ungrantedOfPersons: step('persons') }
  }

  // — what came of it —

  /** What is to be put together anew; everything where nothing is said to be stale. */
  #todo(stale?: ReadonlySet<Step>, changed: readonly number[] = []): Todo {
    const is = (...steps: readonly (Step | undefined)[]) =>
      !stale || steps.some(step => step !== undefined && stale.has(step))
    const isOther = ({ amount }: PolicyWork) => !amount?.step && amount?.parameters.some(p => changed.includes(p))
    const { person, household, lines } = this.#circle
    const predictions = is(...this.#predicted.flatMap(p => [p.value, p.asPredicted]))
    const excluding = this.#policies.some(
      work => this.#excluding.has(work.policy.number) && (is(work.condition, work.amountStep) || isOther(work)),
    )
    return {
      excluding,
      predictions,
      policies: this.#policies.filter(
        work =>
          is(work.condition, work.amountStep, work.atLeast, ...stepsOf(work.onTier), ...stepsOf(work.amountOnTier)) ||
          isOther(work) ||
          (predictions && (work.onTier ?? work.amountOnTier)) ||
          (excluding && this.#excluding.has(work.policy.number)),
      ),
      services: this.#services.filter(
        work => is(work.condition, ...stepsOf(work.onTier)) || (predictions && work.onTier),
      ),
      living: is(this.#living),
      circles: is(person, ...lines),
      householdCircles: is(household),
      classes: is(...this.#classes.map(c => c.holds), ...this.#primary.map(c => c.holds)),
      tier: predictions || is(stepOf(this.#tier.household), stepOf(this.#tier.person)),
    }
  }

  #gather(before: RegistryJudgement | undefined, todo: Todo, late: () => void): RegistryJudgement {
    const { households, persons, first } = this.registry
    const living = this.#living.column as Truth
    const looked = this.#looked
    if (todo.living) this.#alive = looked.person.map((word, w) => word & ~(living.no.words[w] as number))
    const standings: Standing[] = []
    const standing = todo.excluding ? this.#policies : todo.policies
    this.#sheet = new Sheet(
      standing.reduce((words, { policy }) => words + 2 * looked[policy.scope].length, 0) +
        todo.services.length * 2 * looked.person.length,
    )
    for (const work of standing) standings[work.policy.number] = this.#standing(work)
    if (todo.excluding) {
      excludeAll(this.pool.exclusions, standings, { households, first, dead: living.no.words })
      for (const [number, step] of this.#plan.heldSteps()) this.#hold(step, standings[number] as Standing)
    }
    late()
    if (todo.predictions) this.#predicts = this.#tiers.whoIsPredicted()
    const policies = new Map(before?.policies)
    for (const work of todo.policies)
      policies.set(work.policy.id, this.#outcome(work, standings[work.policy.number] as Standing))
    const services =
      before && todo.services.length === 0
        ? before.services
        : new Map([...(before?.services ?? []), ...todo.services.map(work => [work.id, this.#service(work)] as const)])
    const { person, household, lines } = this.#circle
    const judgement: RegistryJudgement = {
      living: this.#alive,
      policies,
      services,
      circles:
        before && !todo.circles ? before.circles : this.#circles(person.column as Numbers, persons, this.#alive, lines),
      householdCircles:
        before && !todo.householdCircles
          ? before.householdCircles
          : this.#circles(household.column as Numbers, households, looked.household, []),
      classes: before && !todo.classes ? before.classes : this.#classesOf(looked.household),
      tier: before && !todo.tier ? before.tier : this.#tiers.of(looked.household, this.#alive),
      tiers: this.#tiers.names as Tier[],
    }
    return this.#odd.size > 0 ? judgeOdd(judgement, this.#odd, this.#oneByOne()) : judgement
  }

  #oneByOne(): OneByOne {
    const { registry, on } = this
    return { pool: this.#now, registry, on, numberOf: tier => this.#tiers.numberOf(tier) }
  }

  #standing({ policy, rule, condition, amount, amountStep }: PolicyWork): Standing {
    const { yes, no } = condition.column as Truth
    const looked =
      policy.scope === 'household' ? this.#looked.household : policy.everyone ? this.#looked.person : this.#alive
    // Everybody is looked at: a copy less what lies past the last lane.
    const sheet = this.#sheet
    const within = (all: Int32Array, plane: Int32Array) =>
      all === this.#alive ? sheet.both(all, plane) : sheet.cut(all, plane)
    const numbers = amountStep?.column as Numbers | undefined
    const one = amount && !amount.step ? amount : undefined
    return {
      policy,
      size: policy.scope === 'household' ? this.registry.households : this.registry.persons,
      looked,
      eligible: within(looked, yes.words),
      ineligible: within(looked, no.words),
      excludedBy: undefined,
      choices: [],
      period: rule?.document.benefit.period,
      amount: numbers ? lane => numbers.read(lane) : one ? () => one.value() : undefined,
    }
  }

  /** Who holds a policy after the exclusion pass; who is not looked at does not. */
  #hold({ column }: Step, standing: Standing): void {
    const { yes, no } = column as Truth
    yes.words.set(standing.eligible)
    no.words.set(standing.looked.map((word, w) => (standing.ineligible[w] as number) | ~word))
  }

  #outcome(work: PolicyWork, standing: Standing): PolicyOutcome {
    const { policy, rule, condition, onTier, amountOnTier } = work
    const { size, looked, eligible, ineligible, excludedBy, choices, period } = standing
    const figures = period ? this.#figures(work, standing) : { amount: undefined, atLeast: undefined }
    const of = policy.scope
    return {
      id: policy.id,
      of,
      lanes: size,
      looked,
      eligible,
      ineligible,
      excludedBy,
      choices: choices.map(choice => ({
        with: choice.with.id,
        plane: choice.plane.map((word, w) => word & (eligible[w] as number)),
      })),
      period: rule ? period : undefined,
      amount: figures.amount,
      atLeast: figures.atLeast,
      conditionalOn:
        onTier && condition ? this.#tiers.needed(of, size, eligible, onTier, this.#predicts[of]) : undefined,
      amountConditionalOn:
        amountOnTier && figures.amount !== undefined && typeof figures.amount !== 'number'
          ? this.#tiers.neededForAmount(of, size, figures.amount, eligible, amountOnTier, this.#predicts[of])
          : undefined,
    }
  }

  #figures(
    { amount, amountStep, atLeast }: PolicyWork,
    { size, eligible }: Standing,
  ): Pick<PolicyOutcome, 'amount' | 'atLeast'> {
    if (!amount) return { amount: undefined, atLeast: undefined }
    const least = atLeast?.column as Numbers | undefined
    if (!amountStep) {
      const value = (amount as { value(): Value }).value()
      if (typeof value === 'number') return { amount: roundHalfUp(value), atLeast: undefined }
    }
    const numbers = amountStep?.column as Numbers | undefined
    const figures = new Float64Array(size).fill(Number.NaN)
    let leasts: Float64Array | undefined
    const put = (lane: number) => {
      const value = numbers ? numbers.read(lane) : (amount as { value(): Value }).value()
      if (typeof value === 'number') {
        figures[lane] = roundHalfUp(value)
        return
      }
      if (value === null) return
      const bound = least?.read(lane) ?? (value instanceof Either ? smallest(value) : undefined)
      if (typeof bound !== 'number') return
      leasts ??= new Float64Array(size).fill(Number.NaN)
      leasts[lane] = roundHalfUp(bound)
    }
    for (let w = 0; w << 5 < size; w++) {
      const known = numbers?.known.words[w] ?? 0
      for (let bits = eligible[w] as number; bits !== 0; bits &= bits - 1) {
        const lane = (w << 5) + 31 - Math.clz32(bits & -bits)
        if (numbers && known & bits & -bits) figures[lane] = roundHalfUp(numbers.values[lane] as number)
        else put(lane)
      }
    }
    return { amount: figures, atLeast: leasts }
  }

  #service({ id, condition, onTier }: ServiceWork): Outcome {
    const alive = this.#alive
    const { yes, no } = condition.column as Truth
    const lanes = this.registry.persons
    const eligible = this.#sheet.both(alive, yes.words)
    return {
      id,
      of: 'person',
      lanes,
      looked: alive,
      eligible,
      ineligible: this.#sheet.both(alive, no.words),
      conditionalOn: onTier && this.#tiers.needed('person', lanes, eligible, onTier, this.#predicts.person),
    }
  }

  // — circles, classes —

  #circles(column: Numbers, size: number, looked: Int32Array, lines: readonly Step[]): Circles {
    const circle = new Int8Array(size).fill(-1)
    const line = new Int8Array(size).fill(-1)
    const given = this.pool.circle.lines
    const { known, none, values } = column
    const left = new Int32Array(looked.length)
    for (let w = 0; w < left.length; w++) {
      const nobody = (looked[w] as number) & (none.words[w] as number)
      if (nobody === -1) circle.fill(0, w << 5, (w + 1) << 5)
      else for (let bits = nobody; bits !== 0; bits &= bits - 1) circle[(w << 5) + 31 - Math.clz32(bits & -bits)] = 0
      const some = (looked[w] as number) & (known.words[w] as number)
      if (some === 0) continue
      left[w] = some
      for (let bits = some; bits !== 0; bits &= bits - 1) {
        const lane = (w << 5) + 31 - Math.clz32(bits & -bits)
        circle[lane] = values[lane] as number
      }
    }
    lines.forEach((step, i) => {
      const { words } = (step.column as Truth).yes
      for (let w = 0; w < left.length; w++)
        for (let bits = (left[w] as number) & (words[w] as number); bits !== 0; bits &= bits - 1) {
          const lane = (w << 5) + 31 - Math.clz32(bits & -bits)
          if (circle[lane] !== given[i]?.circle) continue
          line[lane] = i
          ;(left[w] as number) &= ~(bits & -bits)
        }
    })
    return { circle, line }
  }

  #classesOf(looked: Int32Array): Classes {
    const holds = new Map<PlanClass, Int32Array>()
    const open = new Int32Array(looked.length)
    for (const { class: name, holds: step } of this.#classes) {
      const { yes, no } = step.column as Truth
      const plane = holds.get(name) ?? new Int32Array(looked.length)
      holds.set(name, plane)
      for (let w = 0; w < looked.length; w++) {
        const word = looked[w] as number
        ;(plane[w] as number) |= word & (yes.words[w] as number)
        ;(open[w] as number) |= word & ~((yes.words[w] as number) | (no.words[w] as number))
      }
    }
    const primary = new Int8Array(this.registry.households).fill(-1)
    const names = [...holds.keys()]
    const left = this.#primary.length > 0 ? looked.slice() : looked
    for (const { class: name, holds: step } of this.#primary) {
      const { yes } = step.column as Truth
      const plane = holds.get(name)
      if (!plane) continue
      for (let w = 0; w < left.length; w++) {
        const found = (left[w] as number) & (plane[w] as number) & (yes.words[w] as number)
        ;(left[w] as number) &= ~found
        eachLane(
          w << 5,
          (w + 1) << 5,
          () => found,
          lane => {
            primary[lane] = names.indexOf(name)
          },
        )
      }
    }
    return { holds, open, primary }
  }
}

const smallest = (value: Either): number | undefined => {
  const numbers = value.values.filter(v => typeof v === 'number')
  return numbers.length === value.values.length ? Math.min(...numbers) : undefined
}
