import { answersOf } from './answers.ts'
import type { Frame, Node } from './ir.ts'
import { whoIn } from './ir.ts'
import type { Missing } from './missing.ts'
import type { Fact } from './pool.ts'
import { stratumOf, type Answered, type Priors, type Stratum } from './priors.ts'
import type { Goal } from './relevance.ts'
import { visit } from './run.ts'
import { isKnown, type Value } from './value.ts'
import type { Household, Supposed } from './world.ts'

/** Where nothing is known of the registry. */
const usual = { fact: 0.3, order: 0.5, equal: 0.3, in: 0.4, other: 0.5 } as const

/** A fact that can be asked now. */
interface Asked {
  readonly key: number
  readonly cost: number
  /** The open results that rest on it, by their place. */
  readonly goals: number[]
  /** Conditions that this fact alone decides. */
  readonly tests: Leaf[]
  classes?: readonly Class[]
}
/** Answers that come out the same in every condition that the fact alone decides. */
interface Class {
  readonly share: number
  /** By test of the fact. */
  readonly holds: ReadonlyMap<Leaf, boolean | undefined>
}

const none: readonly Part[] = []
const untried: Class = { share: 1, holds: new Map() }

interface Leaf {
  readonly all: undefined
  readonly parts: readonly Part[]
  readonly node: Node
  readonly frame: Frame
  readonly negated: boolean
  /** Facts that can be asked, all of which it needs. */
  readonly facts: readonly Asked[]
  probability: number
}
interface Junction {
  readonly all: boolean
  readonly parts: readonly Part[]
  probability: number
}
type Part = Leaf | Junction

/**
 * What is left of the open results of one household: their undecided conditions as trees without "not", down to what
 * can be asked. What several results share stands in it once.
 */
export class Residual {
  readonly facts = new Map<number, Asked>()
  readonly #world: Household
  readonly #missing: Missing
  readonly #priors: Priors | undefined
  readonly #cost: (key: number) => number | undefined
  readonly #roots: readonly (Part | undefined)[]
  readonly #shared = new Map<number, Part>()
  readonly #stratum = new Map<number, Stratum>()

  /** @param cost of asking for the fact of a key; undefined when it cannot be asked now */
  constructor(
    world: Household,
    missing: Missing,
    goals: readonly Goal[],
    priors: Priors | undefined,
    cost: (key: number) => number | undefined,
  ) {
    this.#world = world
    this.#missing = missing
    this.#priors = priors
    this.#cost = cost
    this.#roots = goals.map(({ policy, service, who }) => {
      if (service) return this.#valued(service.condition, world.frame(who), false, who, undefined)
      const condition = policy && world.inForce.rules[policy.number]?.condition
      return condition && this.#valued(condition, world.frame(who), false, who, world.met(policy.number, who))
    })
  }

  /** That each of the open results holds. */
  probabilities(): readonly number[] {
    return this.#roots.map(root => root?.probability ?? 0)
  }

  /**
   * How much nearer to certain an answer brings all the open results together, for what it costs: the expected loss of entropy.
   * A condition that needs several facts gives each its share.
   * @returns by key; bits for a unit of cost
   * @source information gain, as for decision trees (Quinlan 1986); exact for a fact that stands once in a result
   */
  gains(): ReadonlyMap<number, number> {
    const gains = new Map<number, number>()
    for (const root of this.#roots) if (root) spread(root, root.probability, 1, gains)
    return gains
  }

  /**
   * What is expected to be left to pay until all open results are decided, after asking for each fact first: the answers
   * weighed by their shares, what comes then in the order of the ratio rule, and what several results rest on paid once for all.
   * @returns by key, its own cost included; the least is the best to ask
   * @source one step of policy iteration (Howard 1960) on the and-or ratio rule (Greiner et al. 2006)
   */
  ahead(): ReadonlyMap<number, number> {
    this.#roots.forEach((root, i) => root && count(root, i))
    const now = this.#roots.map(root => (root ? remaining(root, undefined, undefined) : 0))
    const all = now.reduce((sum, x) => sum + x, 0)
    const found = new Map<number, number>()
    for (const [key, asked] of this.facts) {
      let [touched, left] = [0, 0]
      for (const goal of asked.goals) touched += now[goal] ?? 0
      for (const each of this.#classesOf(asked))
        for (const goal of asked.goals) left += each.share * remaining(this.#roots[goal] as Part, asked, each)
      found.set(key, asked.cost + all - touched + left)
    }
    return found
  }

  /** @param who whose result it is, -1 the household's */
  #part(node: Node, frame: Frame, negated: boolean, who: number): Part | undefined {
    return this.#valued(node, frame, negated, who, node.run(frame))
  }

  #valued(node: Node, frame: Frame, negated: boolean, who: number, value: Value): Part | undefined {
    if (isKnown(value)) return undefined
    switch (node.op) {
      case 'and':
      case 'or':
        return this.#junction(node, frame, negated, who)
      case 'not':
        return this.#valued(node.arg, frame, !negated, who, value)
      case 'met': {
        const whom = whoIn(frame, node.of)
        const rule = this.#world.inForce.rules[node.policy]
        return rule && this.#once(this.#world.keys.met(node.policy, whom), rule.condition, whom, negated, value)
      }
      case 'fact': {
        const fact = this.#world.pool.facts[node.fact]
        const formula = fact && !fact.document ? this.#world.inForce.formulas[node.fact] : undefined
        const whom = whoIn(frame, node.of)
        if (formula) return this.#once(this.#world.keys.fact(node.fact, whom), formula, whom, negated, value)
        return this.#leaf(node, frame, negated, who, value)
      }
      case 'some':
      case 'every': {
        const parts: (Part | undefined)[] = []
        const known = visit(node.list, frame, element => {
          frame.slots[node.slot] = element
          parts.push(this.#part(node.body, frame, negated, who))
        })
        return known && parts.some(part => part)
          ? junction((node.op === 'every') !== negated, parts)
          : this.#leaf(node, frame, negated, who, value)
      }
      default:
        return this.#leaf(node, frame, negated, who, value)
    }
  }

  /**
   * By the parts as if they were independent, or more where the registry knows the whole: of those of whom the known parts
   * hold, at least as many hold all as of those of whom the rarest known part does.
   */
  #junction(node: Node & { op: 'and' | 'or' }, frame: Frame, negated: boolean, who: number): Part | undefined {
    const all = (node.op === 'and') !== negated
    const open: Part[] = []
    let rarest = 1
    for (const arg of node.args) {
      const part = this.#part(arg, frame, negated, who)
      if (part) open.push(part)
      else rarest = Math.min(rarest, this.#goesOn(arg, node.op, who) ?? 1)
    }
    const whole = this.#goesOn(node, node.op, who)
    const least = whole === undefined ? 0 : whole / Math.max(rarest, whole, 1e-9)
    if (open.length < 2) return open[0]
    let [through, most] = [1, 1]
    for (const { probability } of open) {
      const goesOn = all ? probability : 1 - probability
      through *= goesOn
      most = Math.min(most, goesOn)
    }
    const goes = Math.min(most, Math.max(through, least))
    return { all, parts: open, probability: all ? goes : 1 - goes }
  }

  /** That a part of a conjunction holds, or one of a disjunction does not. */
  #goesOn(node: Node, op: 'and' | 'or', who: number): number | undefined {
    const share = this.#priors?.share(node, this.#stratumOf(who))
    return share === undefined || op === 'and' ? share : 1 - share
  }

  #once(key: number, node: Node, who: number, negated: boolean, value: Value): Part | undefined {
    const name = key * 2 + (negated ? 1 : 0)
    const kept = this.#shared.get(name)
    if (kept) return kept
    const part = this.#valued(node, this.#world.frame(who), negated, who, value)
    if (part) this.#shared.set(name, part)
    return part
  }

  #leaf(node: Node, within: Frame, negated: boolean, who: number, value: Value): Leaf {
    const frame = within.slots.length === 1 ? within : { world: within.world, slots: within.slots.slice() }
    const keys = this.#missing.in(node, frame, value)
    const facts: Asked[] = []
    for (const key of keys) {
      const asked = this.facts.get(key) ?? this.#asked(key)
      if (asked) facts.push(asked)
    }
    const holds = this.#holds(node, who)
    const leaf: Leaf = {
      all: undefined,
      parts: none,
      node,
      frame,
      negated,
      facts,
      probability: negated ? 1 - holds : holds,
    }
    if (facts.length === 1 && keys.length === 1) facts[0]?.tests.push(leaf)
    return leaf
  }

  #asked(key: number): Asked | undefined {
    const cost = this.#cost(key)
    if (cost === undefined) return undefined
    const asked = { key, cost, goals: [], tests: [] }
    this.facts.set(key, asked)
    return asked
  }

  #holds(node: Node, who: number): number {
    const share = this.#priors?.share(node, this.#stratumOf(who))
    if (share !== undefined) return share
    return node.op in usual ? usual[node.op as keyof typeof usual] : usual.other
  }

  #stratumOf(who: number): Stratum {
    const kept = this.#stratum.get(who) ?? stratumOf(this.#world, who)
    this.#stratum.set(who, kept)
    return kept
  }

  // — the answers to a fact —

  #classesOf(asked: Asked): readonly Class[] {
    asked.classes ??= this.#makeClasses(asked)
    return asked.classes
  }

  #makeClasses({ key, tests }: Asked): readonly Class[] {
    const [only] = tests
    if (!only) return [untried]
    if (tests.every(test => test.node === only.node)) {
      const share = only.negated ? 1 - only.probability : only.probability
      const as = (holds: boolean) => new Map(tests.map(test => [test, holds !== test.negated] as const))
      return [
        { share, holds: as(true) },
        { share: 1 - share, holds: as(false) },
      ]
    }
    const { pool, keys } = this.#world
    const fact = keys.isFact(key) ? pool.facts[keys.numberOf(key)] : undefined
    // Who lives there, where the dictionary does not say it: its answers cannot be tried.
    if (!fact) return [untried]
    const who = keys.whoOf(key)
    const world = (this.#supposed ??= this.#world.copy())
    const classes = new Map<string, { share: number; holds: Map<Leaf, boolean | undefined> }>()
    for (const { value, share } of this.#answersTo(fact, who)) {
      world.suppose(fact.number, who, value)
      const holds = new Map(
        tests.map(test => {
          const found = test.node.run({ world, slots: [...test.frame.slots] })
          return [test, isKnown(found) ? (found === true) !== test.negated : undefined] as const
        }),
      )
      const same = [...holds.values()].join()
      const before = classes.get(same)
      if (before) before.share += share
      else classes.set(same, { share, holds })
    }
    world.suppose(fact.number, who, undefined)
    return [...classes.values()]
  }
  #supposed: Supposed | undefined

  #answersTo(fact: Fact, who: number): readonly Answered[] {
    const known = this.#priors?.answers(fact, this.#stratumOf(who))
    if (known && known.length > 0) return known
    const { values } = answersOf(this.#world.pool, this.#world.today).of(fact.number)
    return values.map(value => ({ value, share: 1 / values.length }))
  }
}

/** In the order of the results. */
function count(part: Part, goal: number): void {
  if (part.all !== undefined) for (const inner of part.parts) count(inner, goal)
  else for (const { goals } of part.facts) if (goals.at(-1) !== goal) goals.push(goal)
}

function junction(all: boolean, parts: readonly (Part | undefined)[]): Part | undefined {
  const open = parts.filter(part => part !== undefined)
  if (open.length < 2) return open[0]
  return { all, parts: open, probability: together(all, open) }
}

function together(all: boolean, parts: readonly Part[]): number {
  let through = 1
  for (const { probability } of parts) through *= all ? probability : 1 - probability
  return all ? through : 1 - through
}

const entropy = (p: number): number => (p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p)))

/** @param weight how much the whole moves with this part */
function spread(part: Part, whole: number, weight: number, gains: Map<number, number>): void {
  if (part.all !== undefined) {
    for (const inner of part.parts) {
      const others = part.all
        ? part.probability / Math.max(1e-6, inner.probability)
        : (1 - part.probability) / Math.max(1e-6, 1 - inner.probability)
      if (others > 1e-6) spread(inner, whole, weight * Math.min(1, others), gains)
    }
    return
  }
  const { probability: p, facts } = part
  let cost = 0
  for (const asked of facts) cost += asked.cost
  if (cost === 0) return
  const gain = entropy(whole) - p * entropy(whole + (1 - p) * weight) - (1 - p) * entropy(whole - p * weight)
  for (const { key } of facts) gains.set(key, (gains.get(key) ?? 0) + gain / cost)
}

/** Expected cost of deciding a part in the order of the ratio rule, with one fact answered. */
function remaining(part: Part, asked: Asked | undefined, answer: Class | undefined): number {
  return outlook(part, asked, answer).cost
}

interface Outlook {
  readonly probability: number
  readonly cost: number
  readonly askable: boolean
}

function outlook(part: Part, asked: Asked | undefined, answer: Class | undefined): Outlook {
  if (part.all === undefined) {
    const holds = answer?.holds.get(part)
    if (holds !== undefined) return { probability: holds ? 1 : 0, cost: 0, askable: false }
    let [cost, askable] = [0, false]
    for (const fact of part.facts)
      if (fact !== asked) {
        askable = true
        // What several results rest on is paid for once; how often it comes up by itself is between one and all of them.
        cost += fact.cost / Math.sqrt(fact.goals.length)
      }
    return { probability: part.probability, cost, askable }
  }
  const { all } = part
  const goesOn = (one: Outlook) => (all ? one.probability : 1 - one.probability)
  const parts = part.parts.map(one => outlook(one, asked, answer))
  let through = 1
  for (const one of parts) through *= goesOn(one)
  if (through === 0) return { probability: all ? 0 : 1, cost: 0, askable: false }
  const ratio = (one: Outlook) => one.cost / (1 - goesOn(one) + 1e-9)
  const open = parts.filter(one => one.askable).sort((a, b) => ratio(a) - ratio(b))
  let [cost, reach] = [0, 1]
  for (const one of open) {
    cost += reach * one.cost
    reach *= goesOn(one)
  }
  return { probability: all ? through : 1 - through, cost, askable: open.length > 0 }
}
