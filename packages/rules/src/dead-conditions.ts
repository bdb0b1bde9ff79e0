import { epochDay, type Day } from '@zhulian/kernel'
import type { ParameterDocument } from './documents.ts'
import { Fault } from './fault.ts'
import type { List, Node } from './ir.ts'
import { inForce, type Fact } from './pool.ts'
import { children } from './references.ts'
import { anyNumber, both, interval, isEmpty, numbersIn, outsideOf, wordsIn, type Region } from './region.ts'
import type { Scalar } from './value.ts'

/**
 * Conditions that can only come out one way: an `and` whose parts exclude each other, an `or` of which one part always
 * holds, a comparison outside a fact's range. Facts are taken one by one, with their ranges and lists of values; two
 * facts compared with each other are one term. What is reported is sure; relations between different facts are not seen.
 */
export interface DeadSource {
  readonly facts: readonly Fact[]
  readonly parameters: readonly ParameterDocument[]
}

/** @returns faults, each at the smallest part that is dead; none where the search would take too long */
export function deadConditions(node: Node, source: DeadSource, from: string, until: string): readonly Fault[] {
  const days = daysOf(node, source, from, until)
  const found = new Map<string, { fault: Fault; days: string[] }>()
  for (const day of days)
    for (const fault of new Search(source, day).dead(node)) {
      const key = `${fault.at.start}-${fault.at.end}`
      const before = found.get(key)
      if (before) before.days.push(day)
      else found.set(key, { fault, days: [day] })
    }
  return [...found.values()].map(({ fault, days: on }) => {
    const [first = ''] = on
    if (on.length === days.length || first === '') return fault
    const { zh, en } = fault.words
    return new Fault(
      fault.at,
      { zh: `${zh}（按 ${first} 起的标准）`, en: `${en} (with the figures from ${first})` },
      'dead',
    )
  })
}

/** A line of which the first that holds counts; it counts only where one of `among` holds too. */
export interface OrderedLine {
  readonly node: Node
  readonly among?: readonly Node[] | undefined
}

/**
 * Lines that are never the first to hold, by no figures of any day: each way in which one could hold, an earlier one does.
 * What is reported is sure, as with {@link deadConditions}.
 * @returns their numbers, and whether the line could hold if it stood alone
 */
export function neverFirst(
  lines: readonly OrderedLine[],
  source: DeadSource,
): readonly { readonly line: number; readonly alone: boolean }[] {
  const dated = [...new Set(lines.flatMap(({ node }) => daysOf(node, source, '', '')))].filter(Boolean).sort()
  // Before the first figure nothing can be told.
  const days = dated.length === 0 ? [''] : dated.slice(-60).reverse()
  const whole = lines.map(({ node, among }) => (among ? joined('and', [node, joined('or', among)]) : node))
  return whole.flatMap((node, line) => {
    const earlier = whole.slice(0, line).map(one => [one, false] as const)
    if (days.some(day => new Search(source, day).canBe([[node, true], ...earlier]))) return []
    return [{ line, alone: days.some(day => new Search(source, day).canBe([[node, true]])) }]
  })
}

const joined = (op: 'and' | 'or', args: readonly Node[]): Node => ({
  op,
  args,
  at: { start: 0, end: 0 },
  type: { is: 'boolean' },
  run: () => undefined,
  needsFact: false,
})

/** The days on which a figure the expression reads begins or ends, while the expression is in force. */
function daysOf(node: Node, { parameters }: DeadSource, from: string, until: string): readonly string[] {
  const days = new Set([from])
  eachNode(node, part => {
    if (part.op !== 'parameter') return
    for (const row of parameters[part.parameter]?.rows ?? [])
      for (const day of [row.from, row.until])
        if (day !== undefined && day > from && (until === '' || day < until)) days.add(day)
  })
  return [...days].sort().slice(0, 60)
}

function eachNode(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const part of partsOf(node)) eachNode(part, visit)
}

function partsOf(node: Node): readonly Node[] {
  const inside = 'list' in node ? inList(node.list) : []
  return [...inside, ...('body' in node ? [node.body] : []), ...children(node)]
}
const inList = (list: List): readonly Node[] => (list.op === 'filter' ? [...inList(list.list), list.body] : [])

interface Term {
  readonly key: string
  readonly region: Region
  readonly whole: boolean
}
type Known = Map<string, Region>

const neverTrue = { zh: '这些条件不可能同时成立', en: 'These can never hold together' }
const neverFalse = { zh: '这些条件总有一个成立', en: 'One of these always holds' }
const atomNeverTrue = { zh: '这个条件永远不成立，没有这样的值', en: 'This never holds; there is no such value' }
const atomNeverFalse = { zh: '这个条件永远成立，任何值都一样', en: 'This always holds, whatever the value' }

class Search {
  readonly #source: DeadSource
  readonly #day: string
  #steps = 20_000

  constructor(source: DeadSource, day: string) {
    this.#source = source
    this.#day = day
  }

  /** Whether all of it can be so at once, as far as is seen. */
  canBe(all: readonly (readonly [Node, boolean])[]): boolean {
    const known: Known = new Map()
    return all.every(([node, so]) => this.#assume(node, so, known))
  }

  dead(node: Node): Fault[] {
    const below = partsOf(node).flatMap(part => this.dead(part))
    if (below.length > 0) return below
    const fault = (words: { zh: string; en: string }) => [new Fault(node.at, words, 'dead')]
    switch (node.op) {
      case 'and':
        return this.#assume(node, true, new Map()) ? [] : [new Fault(this.#closest(node, true), neverTrue, 'dead')]
      case 'or':
        return this.#assume(node, false, new Map()) ? [] : [new Fault(this.#closest(node, false), neverFalse, 'dead')]
      case 'order':
      case 'equal':
      case 'in':
        if (!this.#assume(node, true, new Map())) return fault(atomNeverTrue)
        return this.#assume(node, false, new Map()) ? [] : fault(atomNeverFalse)
      default:
        return []
    }
  }

  /** Of a long row of conditions, from the one to the other of the two that exclude each other by themselves, else all of it. */
  #closest({ args, at }: Extract<Node, { op: 'and' | 'or' }>, so: boolean): Fault['at'] {
    if (args.length === 2) return at
    for (const [j, later] of args.entries())
      for (const earlier of args.slice(0, j)) {
        const known: Known = new Map()
        if (this.#assume(earlier, so, known) && this.#assume(later, so, known)) continue
        return { start: earlier.at.start, end: later.at.end }
      }
    return at
  }

  /** Narrows what is known by taking the node to be so. @returns false when that cannot be */
  #assume(node: Node, so: boolean, known: Known): boolean {
    if (this.#steps-- <= 0) return true
    switch (node.op) {
      case 'constant':
        return node.value === so
      case 'not':
        return this.#assume(node.arg, !so, known)
      case 'and':
      case 'or': {
        if ((node.op === 'and') !== so)
          return this.#oneOf(
            node.args.map(arg => [[arg, so] as const]),
            known,
          )
        // Plain comparisons first: they tell which parts of the others are out.
        const simple = (arg: Node) => arg.op !== 'and' && arg.op !== 'or' && arg.op !== 'not' && arg.op !== 'choice'
        const ordered = [...node.args.filter(simple), ...node.args.filter(arg => !simple(arg))]
        return ordered.every(arg => this.#assume(arg, so, known))
      }
      case 'choice':
        return this.#oneOf(
          [
            [[node.test, true] as const, [node.yes, so] as const],
            [[node.test, false] as const, [node.no, so] as const],
          ],
          known,
        )
      default:
        return this.#atom(node, so, known)
    }
  }

  #oneOf(ways: readonly (readonly (readonly [Node, boolean])[])[], known: Known): boolean {
    let only: Known | undefined
    for (const way of ways) {
      const copy = new Map(known)
      this.#steps -= known.size
      if (!way.every(([node, so]) => this.#assume(node, so, copy))) continue
      if (only) return true
      only = copy
    }
    if (!only) return false
    for (const [key, region] of only) known.set(key, region)
    return true
  }

  #atom(node: Node, so: boolean, known: Known): boolean {
    const test = this.#test(node)
    if (!test) return true
    const { term, holds, orNone } = test
    const region = so ? holds : outsideOf(holds, orNone)
    const before = known.get(term.key) ?? term.region
    const after = both(before, region, term.whole)
    known.set(term.key, after)
    return !isEmpty(after)
  }

  /** A test of one term: where it holds; `orNone`: whether it fails for "none". */
  #test(node: Node): { term: Term; holds: Region; orNone: boolean } | undefined {
    switch (node.op) {
      case 'order': {
        const pair = this.#pair(node.left, node.right)
        if (!pair) return undefined
        const order = pair.isFlipped ? flipped[node.order] : node.order
        return { term: pair.term, holds: numbersIn(beyond(order, pair.than)), orNone: true }
      }
      case 'equal':
        return this.#equality(node)
      case 'in': {
        const term = this.#term(node.arg)
        const holds = regionOf(node.values, node.arg)
        return term && holds && { term, holds, orNone: true }
      }
      default: {
        const key = keyOf(node)
        const region = wordsIn(['true', 'false'])
        return { term: { key, region, whole: false }, holds: wordsIn(['true']), orNone: false }
      }
    }
  }

  #equality(node: Node & { op: 'equal' }) {
    const test = this.#equals(node.left, node.right)
    if (!test || !node.negated) return test
    const { term, holds, orNone } = test
    return { term, holds: outsideOf(holds, orNone), orNone: holds.none }
  }

  #equals(left: Node, right: Node): { term: Term; holds: Region; orNone: boolean } | undefined {
    const [a, b] = [this.#fold(left), this.#fold(right)]
    if (a !== undefined && b !== undefined) return undefined
    const [side, value] = b !== undefined ? [left, b] : a !== undefined ? [right, a] : []
    if (side === undefined) {
      const pair = left.type.is === 'number' || left.type.is === 'date' ? this.#pair(left, right) : undefined
      return pair && { term: pair.term, holds: numbersIn(interval(0, 0)), orNone: true }
    }
    const term = this.#term(side)
    if (!term) return undefined
    if (value === null) return { term, holds: { ...emptyAs(term.region), none: true }, orNone: false }
    const holds = regionOf([value as Scalar], side)
    return holds && { term, holds, orNone: true }
  }

  /** A term against a number, or the difference of two terms against 0. */
  #pair(left: Node, right: Node): { term: Term; than: number; isFlipped: boolean } | undefined {
    const [a, b] = [numberOf(this.#fold(left)), numberOf(this.#fold(right))]
    // Two figures of the district against each other: the day decides, and may decide otherwise next year.
    if (a !== undefined && b !== undefined) return undefined
    const term = b !== undefined ? this.#term(left) : a !== undefined ? this.#term(right) : undefined
    if (b !== undefined) return term && { term, than: b, isFlipped: false }
    if (a !== undefined) return term && { term, than: a, isFlipped: true }
    const [x, y] = [keyOf(left), keyOf(right)]
    const isFlipped = y < x
    const whole = [left, right].every(side => this.#term(side)?.whole === true)
    return {
      term: { key: isFlipped ? `${y} - ${x}` : `${x} - ${y}`, region: anyNumber(true), whole },
      than: 0,
      isFlipped,
    }
  }

  #term(node: Node): Term | undefined {
    const key = keyOf(node)
    switch (node.op) {
      case 'fact':
        return { key, ...domainOf(this.#source.facts[node.fact]) }
      case 'count':
        return { key, region: numbersIn(interval(0, Infinity)), whole: true }
      default:
        if (node.type.is === 'number') return { key, region: anyNumber(true), whole: false }
        if (node.type.is === 'date') return { key, region: anyNumber(true), whole: true }
        return node.type.is === 'text'
          ? {
              key,
              region: node.type.values ? wordsIn(node.type.values, false, true) : wordsIn([], true, true),
              whole: false,
            }
          : undefined
    }
  }

  /** The value of a part that reads written values and figures only; undefined otherwise. */
  #fold(node: Node): Scalar | undefined {
    if (node.op === 'constant') return node.value
    if (node.op === 'parameter') {
      const row = inForce(this.#source.parameters[node.parameter]?.rows ?? [], this.#day)
      return row && (row.until === undefined || row.until > this.#day) ? row.value : undefined
    }
    if (node.op !== 'calculate') return undefined
    const args = node.args.map(arg => this.#fold(arg))
    return args.includes(undefined) ? undefined : node.by(...(args as readonly Scalar[]))
  }
}

const numberOf = (value: Scalar | undefined): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' ? dayNumber(value) : undefined

const dayNumber = (text: string): number | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? epochDay(text as Day) : undefined

const emptyAs = (region: Region): Region => (region.words ? wordsIn([]) : numbersIn())

const flipped = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function beyond(order: '<' | '<=' | '>' | '>=', than: number) {
  return order[0] === '<'
    ? interval(-Infinity, than, false, order === '<')
    : interval(than, Infinity, order === '>', false)
}

function regionOf(values: readonly Scalar[], { type }: Node): Region | undefined {
  if (type.is === 'boolean' || type.is === 'text') return wordsIn(values.map(String))
  const numbers = values.map(numberOf)
  if (numbers.includes(undefined)) return undefined
  return numbersIn(...numbers.map(n => interval(n as number, n as number)))
}

/** What a fact may be. A figure that is asked for is not negative unless its document says so; a calculated one may be. */
function domainOf(fact: Fact | undefined): { region: Region; whole: boolean } {
  const form = fact?.form
  const isCalculated = fact?.derived !== undefined
  const none = form?.none === true || fact?.document?.otherwise === null || isCalculated
  switch (form?.type) {
    case 'boolean':
      return { region: wordsIn(['true', 'false'], false, none), whole: false }
    case 'integer':
    case 'number':
    case 'money': {
      const min = form.min ?? (isCalculated ? -Infinity : 0)
      const region = { numbers: [interval(min, form.max ?? Infinity)], none }
      return { region, whole: form.type === 'integer' }
    }
    case 'date':
      return { region: anyNumber(none), whole: true }
    case 'enum':
      return {
        region: form.values
          ? wordsIn(
              form.values.map(v => v.value),
              false,
              none,
            )
          : wordsIn([], true, none),
        whole: false,
      }
    default:
      return { region: wordsIn([], true, none), whole: false }
  }
}

/** The same for parts that say the same. */
function keyOf(node: Node): string {
  const kept = keys.get(node)
  if (kept !== undefined) return kept
  const key = spell(node)
  keys.set(node, key)
  return key
}
const keys = new WeakMap<Node, string>()

function spell(node: Node): string {
  const { at: _at, type: _type, run: _run, ...own } = node as Node & { readonly by?: unknown }
  const plain = Object.entries(own).map(([name, value]) =>
    name === 'by'
      ? ''
      : `${name}:${isNode(value) ? keyOf(value) : Array.isArray(value) ? value.map(v => (isNode(v) ? keyOf(v) : JSON.stringify(v))).join() : name === 'list' ? spellList(value as List) : JSON.stringify(value)}`,
  )
  return `(${plain.join(' ')})`
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'run' in value
const spellList = (list: List): string =>
  list.op === 'filter' ? `${spellList(list.list)}|${list.slot}|${keyOf(list.body)}` : JSON.stringify(list)
