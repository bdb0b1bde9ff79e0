import type { Day } from '@zhulian/kernel'
import { Explainer, factOfKey } from './explain.ts'
import type { Frame, List, Node } from './ir.ts'
import { whoIn } from './ir.ts'
import type { HouseholdFacts } from './judgement.ts'
import { inForce, type Pool } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { Household } from './world.ts'

/** How often each condition of a pool holds among households one knows. */
export interface Priors {
  readonly shares: ReadonlyMap<Node, number>
}

/**
 * Counts over a sample of households how often each condition holds; where it is not known for a household it does not count.
 * @returns shares between 0 and 1, never quite either
 */
export function priorsOf(pool: Pool, households: readonly HouseholdFacts[], on: Day): Priors {
  const counts = new Map<Node, [holds: number, known: number]>()
  const roots = [
    ...pool.policies.map(p => ({ node: inForce(p.rules, on)?.condition, household: p.scope === 'household' })),
    ...pool.services.map(s => ({ node: s.condition, household: false })),
    ...pool.facts.flatMap(f =>
      [inForce(f.formulas, on)?.node, f.when].map(node => ({ node, household: f.owner === 'household' })),
    ),
  ]
  for (const facts of households) {
    const world = new Household(pool, facts, on)
    for (const { node, household } of roots)
      for (let who = household ? -1 : 0; node && who < (household ? 0 : world.size); who++)
        countIn(node, world.frame(who), counts)
  }
  return { shares: new Map([...counts].map(([node, [holds, known]]) => [node, (holds + 0.5) / (known + 1)])) }
}

function countIn(node: Node, frame: Frame, counts: Map<Node, [number, number]>): void {
  if (node.type.is === 'boolean') {
    const value = node.run(frame)
    const count = counts.get(node) ?? [0, 0]
    if (value === true) count[0]++
    if (value === true || value === false) count[1]++
    counts.set(node, count)
  }
  const body = 'body' in node ? node.body : undefined
  if ('list' in node) {
    const slot = 'slot' in node ? node.slot : undefined
    visit(node.list, frame, element => {
      if (slot !== undefined) frame.slots[slot] = element
      if (body) countIn(body, frame, counts)
    })
    countList(node.list, frame, counts)
  }
  for (const child of children(node)) countIn(child, frame, counts)
}

function countList(list: List, frame: Frame, counts: Map<Node, [number, number]>): void {
  if (list.op !== 'filter') return
  visit(list.list, frame, element => {
    frame.slots[list.slot] = element
    countIn(list.body, frame, counts)
  })
  countList(list.list, frame, counts)
}

/** Where nothing is known of the registry. */
const usual = { fact: 0.3, order: 0.5, equal: 0.3, in: 0.4 } as const

/** What deciding a condition is expected to take. */
export interface Outlook {
  /** That it holds. */
  readonly probability: number
  /** Expected cost of finding out. */
  readonly cost: number
  /** Key of the fact to ask first; none when nothing of it can be asked. */
  readonly first?: string
}

/**
 * The order of questions for one condition: in a conjunction first what is cheapest for the chance to fail it, in a
 * disjunction what is cheapest for the chance to settle it, from the leaves up.
 * @source Greiner, Hayward, Jankowska, Molloy 2006: optimal for read-once trees of two levels, an approximation beyond
 */
export class Ratio {
  readonly #world: Household
  readonly #explainer: Explainer
  readonly #priors: Priors | undefined
  readonly #cost: (key: string) => number | undefined

  /** @param cost of asking for the fact of a key; undefined when it cannot be asked now */
  constructor(
    world: Household,
    explainer: Explainer,
    priors: Priors | undefined,
    cost: (key: string) => number | undefined,
  ) {
    this.#world = world
    this.#explainer = explainer
    this.#priors = priors
    this.#cost = cost
  }

  of(node: Node, frame: Frame): Outlook {
    const value = node.run(frame)
    if (value !== undefined) return { probability: value === true ? 1 : 0, cost: 0 }
    switch (node.op) {
      case 'and':
      case 'or':
        return inOrder(
          node.args.map(arg => this.of(arg, frame)),
          node.op === 'and',
        )
      case 'not': {
        const { probability, ...rest } = this.of(node.arg, frame)
        return { probability: 1 - probability, ...rest }
      }
      case 'met': {
        const rule = inForce(this.#world.pool.policies[node.policy]?.rules ?? [], this.#world.today)
        return rule ? this.of(rule.condition, this.#world.frame(whoIn(frame, node.of))) : { probability: 0, cost: 0 }
      }
      case 'fact': {
        const fact = this.#world.pool.facts[node.fact]
        const formula = fact && !fact.document ? inForce(fact.formulas, this.#world.today) : undefined
        if (formula) return this.of(formula.node, this.#world.frame(whoIn(frame, node.of)))
        return this.#leaf(node, frame, usual.fact)
      }
      case 'some':
      case 'every': {
        const parts: Outlook[] = []
        const known = visit(node.list, frame, element => {
          frame.slots[node.slot] = element
          parts.push(this.of(node.body, frame))
        })
        return known && parts.length > 0 ? inOrder(parts, node.op === 'every') : this.#leaf(node, frame, 0.5)
      }
      default:
        return this.#leaf(node, frame, node.op === 'equal' ? usual.equal : node.op === 'in' ? usual.in : usual.order)
    }
  }

  /** Something that needs all its facts. */
  #leaf(node: Node, frame: Frame, otherwise: number): Outlook {
    const probability = this.#priors?.shares.get(node) ?? otherwise
    let [cost, least, first] = [0, Number.POSITIVE_INFINITY, undefined as string | undefined]
    for (const key of this.#explainer.missingIn(node, frame)) {
      const its = this.#cost(key)
      if (its === undefined) continue
      cost += its
      if (its < least) [least, first] = [its, key]
    }
    return first === undefined ? { probability, cost: 0 } : { probability, cost, first }
  }
}

function inOrder(parts: readonly Outlook[], all: boolean): Outlook {
  const goesOn = (part: Outlook) => (all ? part.probability : 1 - part.probability)
  const ratio = (part: Outlook) => part.cost / (1 - goesOn(part) + 1e-9)
  const askable = parts.filter(part => part.first !== undefined).sort((a, b) => ratio(a) - ratio(b))
  let [cost, reach] = [0, 1]
  for (const part of askable) {
    cost += reach * part.cost
    reach *= goesOn(part)
  }
  let through = 1
  for (const part of parts) through *= goesOn(part)
  const first = askable[0]?.first
  return { probability: all ? through : 1 - through, cost, ...(first !== undefined && { first }) }
}

/** Of the fact of a key, what the dictionary says asking costs. */
export const costOf = (pool: Pool, key: string): number =>
  pool.facts[pool.factNumbers.get(factOfKey(key).fact) ?? -1]?.document?.cost ?? 1
