import { completedYears, type Day } from '@zhulian/kernel'
import { answersOf } from './answers.ts'
import type { Frame, List, Node } from './ir.ts'
import type { HouseholdFacts } from './judgement.ts'
import { inForce, type Fact, type Pool } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { isKnown, type Value } from './value.ts'
import { Household } from './world.ts'

/** Whom a share is about: persons by their age; a household by its youngest and oldest. */
export type Stratum = 'all' | 'child' | 'adult' | 'old'

/**
 * How often conditions hold and facts are answered how, among households one knows: counts alone, small ones hidden, so that
 * they may be carried on any phone. Plain JSON.
 */
export interface Shares {
  /** By condition: its rule, and a sum of its text. */
  readonly conditions: Readonly<Record<string, StratumShares>>
  /** By fact, then by answer as JSON. */
  readonly answers: Readonly<Record<string, Readonly<Partial<Record<Stratum, Readonly<Record<string, number>>>>>>>
}
type StratumShares = Readonly<Partial<Record<Stratum, number>>>

/** {@link Shares} bound to the conditions of a pool. */
export interface Priors {
  /** That a condition holds; undefined where too little is known. */
  share(node: Node, stratum: Stratum): number | undefined
  /** The answers to a fact and their shares; undefined where too little is known. */
  answers(fact: Fact, stratum: Stratum): readonly Answered[] | undefined
}
export interface Answered {
  readonly value: Value
  readonly share: number
}

/** Fewer people than this are never told apart. */
export const fewest = 10

const strata: readonly Stratum[] = ['all', 'child', 'adult', 'old']
const ofAge = (years: number): Stratum => (years < 18 ? 'child' : years < 60 ? 'adult' : 'old')

/** @param who -1 is the household: with a child, else with somebody of working age, else old; unknown ages are of all */
export function stratumOf(world: Household, who: number): Stratum {
  const at = world.pool.factNumbers.get('person.birthDate')
  if (at === undefined) return 'all'
  const agesOf = (i: number): readonly Stratum[] => {
    const born = world.fact(at, i)
    return typeof born === 'string' ? [ofAge(completedYears(born as Day, world.today))] : []
  }
  const ages = who >= 0 ? agesOf(who) : world.persons.flatMap((_, i) => agesOf(i))
  return ages.length === 0 ? 'all' : ages.includes('child') ? 'child' : ages.includes('adult') ? 'adult' : 'old'
}

interface Condition {
  readonly root: string
  readonly text: string
  readonly node: Node
  readonly household: boolean
}

function* rootsOf(pool: Pool, on: Day): Generator<Condition> {
  for (const policy of pool.policies) {
    const rule = inForce(policy.rules, on)
    if (rule) {
      const household = policy.scope === 'household'
      yield { root: policy.id, text: rule.document.condition, node: rule.condition, household }
    }
  }
  for (const { id, document, condition } of pool.services)
    yield { root: id, text: document.condition, node: condition, household: false }
  for (const { name, derived, document, formulas, when, owner } of pool.facts) {
    const formula = inForce(formulas, on)
    const text = derived?.versions?.find(v => v.from === formula?.from)?.formula ?? derived?.formula ?? ''
    if (formula) yield { root: name, text, node: formula.node, household: owner === 'household' }
    if (when) yield { root: `${name}?`, text: document?.when ?? '', node: when, household: owner === 'household' }
  }
}

/** A condition is known again by its text; one that was changed has no share until it is counted again. */
const named = ({ root, text }: Condition, { at }: Node) => `${root} ${sumOf(text.slice(at.start, at.end))}`

/** FNV-1a, 32 bits. */
function sumOf(text: string): string {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return (sum >>> 0).toString(36)
}

function* conditionsIn(node: Node): Generator<Node> {
  if (node.type.is === 'boolean') yield node
  if ('list' in node) yield* conditionsInList(node.list)
  if ('body' in node) yield* conditionsIn(node.body)
  for (const child of children(node)) yield* conditionsIn(child)
}
function* conditionsInList(list: List): Generator<Node> {
  if (list.op !== 'filter') return
  yield* conditionsIn(list.body)
  yield* conditionsInList(list.list)
}

type Counts = Map<string, Map<Stratum, [holds: number, known: number]>>

/** Counted one household after the other, so that a registry needs no memory. */
export class Counting {
  readonly #pool: Pool
  readonly #on: Day
  readonly #roots: readonly Condition[]
  readonly #conditions: Counts = new Map()
  readonly #answers = new Map<string, Map<Stratum, Map<string, number>>>()

  constructor(pool: Pool, on: Day) {
    this.#pool = pool
    this.#on = on
    this.#roots = [...rootsOf(pool, on)]
  }

  add(facts: HouseholdFacts): void {
    const world = new Household(this.#pool, facts, this.#on)
    const stratum = [-1, ...world.persons.keys()].map(who => stratumOf(world, who))
    for (const root of this.#roots)
      for (let who = root.household ? -1 : 0; who < (root.household ? 0 : world.size); who++)
        this.#condition(root, root.node, world.frame(who), stratum[who + 1] as Stratum)
    for (const fact of this.#pool.facts) {
      if (!fact.document) continue
      const household = fact.owner === 'household'
      for (let who = household ? -1 : 0; who < (household ? 0 : world.size); who++)
        this.#answer(fact, world.given[who + 1]?.[fact.number], stratum[who + 1] as Stratum)
    }
  }

  /** @returns shares in which nobody can be found: groups of fewer than ten count as five, or are left out */
  shares(): Shares {
    const conditions = [...this.#conditions].flatMap(([name, counts]) => {
      const shares = [...counts].flatMap(([stratum, [holds, known]]) =>
        known >= 2 * fewest ? [[stratum, rounded(hidden(holds, known) / known)] as const] : [],
      )
      return shares.length > 0 ? [[name, Object.fromEntries(shares)] as const] : []
    })
    const answers = [...this.#answers].map(([name, by]) => {
      const found = [...by].flatMap(([stratum, values]) => {
        const shown = [...values].filter(([, n]) => n >= fewest)
        const all = shown.reduce((sum, [, n]) => sum + n, 0)
        return all >= 2 * fewest
          ? [[stratum, Object.fromEntries(shown.map(([value, n]) => [value, rounded(n / all)]))] as const]
          : []
      })
      return [name, Object.fromEntries(found)] as const
    })
    return {
      conditions: Object.fromEntries(conditions.toSorted(byName)),
      answers: Object.fromEntries(answers.filter(([, by]) => Object.keys(by).length > 0).toSorted(byName)),
    }
  }

  #condition(root: Condition, node: Node, frame: Frame, stratum: Stratum): void {
    if (node.type.is === 'boolean') {
      const value = node.run(frame)
      const name = named(root, node)
      if (isKnown(value))
        for (const one of strata)
          if (one === 'all' || one === stratum) {
            const counts = this.#conditions.get(name) ?? new Map<Stratum, [number, number]>()
            this.#conditions.set(name, counts)
            const [holds, known] = counts.get(one) ?? [0, 0]
            counts.set(one, [holds + Number(value === true), known + 1])
          }
    }
    const body = 'body' in node ? node.body : undefined
    if ('list' in node) {
      const slot = 'slot' in node ? node.slot : undefined
      visit(node.list, frame, element => {
        if (slot !== undefined) frame.slots[slot] = element
        if (body) this.#condition(root, body, frame, stratum)
      })
      this.#list(root, node.list, frame, stratum)
    }
    for (const child of children(node)) this.#condition(root, child, frame, stratum)
  }

  #list(root: Condition, list: List, frame: Frame, stratum: Stratum): void {
    if (list.op !== 'filter') return
    visit(list.list, frame, element => {
      frame.slots[list.slot] = element
      this.#condition(root, list.body, frame, stratum)
    })
    this.#list(root, list.list, frame, stratum)
  }

  #answer(fact: Fact, value: Value, stratum: Stratum): void {
    if (value === undefined) return
    const name = JSON.stringify(this.#classOf(fact, value))
    const by = this.#answers.get(fact.name) ?? new Map<Stratum, Map<string, number>>()
    this.#answers.set(fact.name, by)
    for (const one of strata) {
      if (one !== 'all' && one !== stratum) continue
      const counts = by.get(one) ?? new Map<string, number>()
      by.set(one, counts.set(name, (counts.get(name) ?? 0) + 1))
    }
  }

  /** One value for all that pass the same tests: a figure nobody gave stands for those that somebody gave. */
  #classOf(fact: Fact, value: Value): Value {
    const { type, values } = fact.form
    const free = type === 'string' || (type === 'code' && !values)
    if (value === null || (!free && typeof value !== 'number' && type !== 'date')) return value
    const listed = answersOf(this.#pool, this.#on).of(fact.number).values
    if (free) return listed.includes(value) ? value : ''
    const least = listed.find(v => v !== null)
    return listed.findLast(v => v !== null && (v as number | string) <= (value as number | string)) ?? least
  }
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)
const rounded = (x: number) => Number(x.toPrecision(2))

/** Small groups, of those of whom it holds or does not, count as half of what they may be at most. */
function hidden(holds: number, known: number): number {
  if (holds < fewest) return fewest / 2
  return known - holds < fewest ? known - fewest / 2 : holds
}

export function priorsFrom(pool: Pool, { conditions, answers }: Shares, on: Day): Priors {
  const shares = new Map<Node, StratumShares>()
  for (const root of rootsOf(pool, on))
    for (const node of conditionsIn(root.node)) {
      const found = conditions[named(root, node)]
      if (found) shares.set(node, found)
    }
  const kept = new Map<string, readonly Answered[] | undefined>()
  return {
    share: (node, stratum) => shares.get(node)?.[stratum] ?? shares.get(node)?.all,
    answers(fact, stratum) {
      const name = `${fact.name} ${stratum}`
      if (kept.has(name)) return kept.get(name)
      const by = answers[fact.name]
      const found = by?.[stratum] ?? by?.all
      const list =
        found && Object.entries(found).map(([value, share]) => ({ value: JSON.parse(value) as Value, share }))
      kept.set(name, list)
      return list
    },
  }
}

/** Counted over households at hand. */
export function priorsOf(pool: Pool, households: Iterable<HouseholdFacts>, on: Day): Priors {
  const counting = new Counting(pool, on)
  for (const facts of households) counting.add(facts)
  return priorsFrom(pool, counting.shares(), on)
}
