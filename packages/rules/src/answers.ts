import { addDays, parseDay, type Day } from '@zhulian/kernel'
import type { List, Node } from './ir.ts'
import { inForce, type Fact, type Pool } from './pool.ts'
import { children, references } from './references.ts'
import { isKnown, type Scalar, type Value } from './value.ts'
import { Household } from './world.ts'

/** Answers to one fact that stand for all: two answers of a class pass the same tests. */
export interface AnswerClasses {
  readonly values: readonly Value[]
  /** Every test of the fact is a comparison with a figure of the rules, so that no other answer differs from these. */
  readonly exact: boolean
}

/**
 * The answer classes of the given facts: the figures that a fact is compared with cut its range into finitely many
 * parts. Where a fact is calculated with, its classes are a sample, and say so.
 */
export class Answers {
  readonly #pool: Pool
  readonly #on: Day
  readonly #cuts = new Map<number, Set<Scalar>>()
  readonly #calculated = new Set<number>()
  readonly #classes = new Map<number, AnswerClasses>()
  readonly #nobody: Household

  constructor(pool: Pool, on: Day) {
    this.#pool = pool
    this.#on = on
    this.#nobody = new Household(pool, { household: {}, persons: [] }, on)
    for (const policy of pool.policies) {
      const rule = inForce(policy.rules, on)
      if (rule) for (const node of [rule.condition, rule.amount]) if (node) this.#walk(node)
    }
    for (const service of pool.services) this.#walk(service.condition)
    for (const fact of pool.facts)
      for (const node of [fact.when, inForce(fact.formulas, on)?.node]) if (node) this.#walk(node)
  }

  of(number: number): AnswerClasses {
    let found = this.#classes.get(number)
    if (!found) {
      found = this.#make(this.#pool.facts[number] as Fact)
      this.#classes.set(number, found)
    }
    return found
  }

  #walk(node: Node): void {
    switch (node.op) {
      case 'fact':
        this.#calculated.add(node.fact)
        return
      case 'order':
      case 'equal':
        if (!this.#compared(node.left, node.right) && !this.#compared(node.right, node.left))
          for (const child of [node.left, node.right]) this.#walk(child)
        return
      case 'in':
        if (node.arg.op === 'fact') for (const value of node.values) this.#cut(node.arg.fact, value)
        else this.#walk(node.arg)
        return
      case 'count':
        return this.#walkList(node.list)
      case 'some':
      case 'every':
      case 'sum':
      case 'most':
      case 'least':
        this.#walkList(node.list)
        return this.#walk(node.body)
      default:
        for (const child of children(node)) this.#walk(child)
    }
  }

  #walkList(list: List): void {
    if (list.op === 'items') this.#calculated.add(list.source.fact)
    if (list.op !== 'filter') return
    this.#walkList(list.list)
    this.#walk(list.body)
  }

  #compared(fact: Node, figure: Node): boolean {
    if (fact.op !== 'fact') return false
    const value = this.#figure(figure)
    if (value === undefined) return false
    this.#cut(fact.fact, value)
    return true
  }

  #figure(node: Node): Scalar | undefined {
    if ([...references(node)].some(r => !r.startsWith('p'))) return undefined
    const value = node.run(this.#nobody.frame(-1))
    return isKnown(value) && !Array.isArray(value) ? (value as Scalar) : undefined
  }

  #cut(fact: number, value: Scalar): void {
    const cuts = this.#cuts.get(fact) ?? new Set()
    this.#cuts.set(fact, cuts.add(value))
  }

  #make({ number, form }: Fact): AnswerClasses {
    const cuts = [...(this.#cuts.get(number) ?? [])]
    const none: readonly Value[] = form.none ? [null] : []
    const calculated = this.#calculated.has(number)
    switch (form.type) {
      case 'boolean':
        return { values: [true, false, ...none], exact: true }
      case 'enum':
        return { values: [...(form.values ?? []).map(v => v.value).filter(v => v !== 'unknown'), ...none], exact: true }
      case 'integer':
      case 'number':
      case 'money': {
        const step = form.type === 'integer' ? 1 : 0.01
        const numbers = cuts.filter(v => typeof v === 'number')
        const around = numbers.flatMap(v => [round(v - step), v, round(v + step)])
        const sample = calculated ? [0, 1, 3, 12, 900, 2500, 30_000, 1_000_000] : [0]
        const allowed = (v: number) =>
          v >= (form.min ?? Number.NEGATIVE_INFINITY) &&
          v <= (form.max ?? Number.POSITIVE_INFINITY) &&
          (form.type !== 'integer' || Number.isInteger(v))
        const ends = [form.min, form.max].filter(v => v !== undefined)
        const values = [...new Set([...around, ...sample, ...ends])].filter(allowed).toSorted((a, b) => a - b)
        return { values: [...values, ...none], exact: !calculated }
      }
      case 'date': {
        const days = cuts.flatMap(v => (typeof v === 'string' ? (parseDay(v) ?? []) : []))
        const around = days.flatMap(d => [addDays(d, -1), d, addDays(d, 1)])
        const sample = [0, 0.3, 1, 4, 10, 17, 25, 40, 56, 62, 72, 85].map(y =>
          addDays(this.#on, -Math.round(y * 365.25)),
        )
        const values = [...new Set<string>([...around, ...sample])].filter(d => d <= this.#on)
        return { values: [...values, ...none], exact: !calculated && days.every(d => d < this.#on) }
      }
      case 'set': {
        const each = (form.values ?? []).map(v => [v.value])
        return { values: [[], ...each, each.flat(), ...none], exact: false }
      }
      case 'list':
        return { values: [[], ...none], exact: false }
      default:
        return {
          values: [...cuts.filter(v => v !== null), '0', ...none],
          exact: !calculated && form.pattern === undefined,
        }
    }
  }
}

const round = (x: number) => Math.round(x * 100) / 100

const kept = new WeakMap<Pool, Map<Day, Answers>>()

/** Kept for as long as the pool is. */
export function answersOf(pool: Pool, on: Day): Answers {
  const byDay = kept.get(pool) ?? new Map<Day, Answers>()
  kept.set(pool, byDay)
  const found = byDay.get(on) ?? new Answers(pool, on)
  byDay.set(on, found)
  return found
}
