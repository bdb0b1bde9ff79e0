import { parse, type BinaryOp, type Syntax } from './cel.ts'
import { calculations, isDayText } from './calculations.ts'
import { Fault, suggestion, type Range } from './fault.ts'
import type { List, Node, Slot, Type } from './ir.ts'
import { runner } from './run.ts'
import type { Scalar } from './value.ts'
import { typeOf, typeWords, type Element, type Vocabulary } from './vocabulary.ts'

/** What an expression may speak of: always the household, a person only where the rule is about one, `held` only in a benefit. */
export interface Scope {
  readonly vocabulary: Vocabulary
  readonly person: boolean
  readonly held?: boolean
}

type Wanted = Type | 'any'

/**
 * Parses, checks and lowers one expression.
 * @param wanted what it must give; `any` for an amount or value of whatever kind
 * @throws Fault at the place of the first mistake
 */
export function lower(text: string, scope: Scope, wanted: Wanted): Node {
  const node = new Lowering(scope).node(parse(text))
  if (wanted !== 'any') fits(node, wanted)
  return node
}

/** The first line that holds gives its value; null when none holds. */
export function choice(lines: readonly (readonly [test: Node, value: number])[]): Node {
  const at = { start: 0, end: 0 }
  return lines.reduceRight<Node>(
    (otherwise, [test, value]) =>
      make({ op: 'choice', test, yes: constant(value, at), no: otherwise, at, type: number }),
    constant(null, at),
  )
}

class Lowering {
  readonly #scope: Scope
  readonly #bound: Map<string, { slot: number; element: Element }>
  #slot: number
  readonly #person: number

  constructor(scope: Scope, slot = 1, person = 0) {
    this.#scope = scope
    this.#slot = slot
    this.#person = person
    this.#bound = new Map()
  }

  node(syntax: Syntax): Node {
    const { at } = syntax
    switch (syntax.kind) {
      case 'literal':
        return constant(syntax.value, at)
      case 'name':
      case 'select':
        return this.#name(syntax)
      case 'unary': {
        const arg = this.node(syntax.arg)
        if (syntax.op === '!') return make({ op: 'not', arg: fits(arg, boolean), at, type: boolean })
        fits(arg, number)
        if (arg.op === 'constant') return constant(-(arg.value as number), at)
        return calculate('-', [constant(0, at), arg], at)
      }
      case 'binary':
        return this.#binary(syntax.op, syntax)
      case 'choice': {
        const test = fits(this.node(syntax.test), boolean)
        const [yes, no] = [this.node(syntax.yes), this.node(syntax.no)]
        return make({ op: 'choice', test, yes, no, at, type: common(yes, no, at) })
      }
      case 'call':
        return this.#call(syntax.name, syntax.args, at)
      case 'method':
        return this.#method(syntax)
      case 'list':
        throw new Fault(at, { zh: '列表只能写在 in 的右边', en: 'A list may only stand to the right of in' })
    }
  }

  #binary(op: BinaryOp, syntax: Syntax & { kind: 'binary' }): Node {
    const { at } = syntax
    if (op === '&&' || op === '||') {
      const args = flatten(op, syntax).map(arg => fits(this.node(arg), boolean))
      return make({ op: op === '&&' ? 'and' : 'or', args, at, type: boolean })
    }
    const left = this.node(syntax.left)
    if (op === 'in') return this.#in(left, syntax.right, at)
    const right = this.node(syntax.right)
    if (op === '==' || op === '!=') {
      comparable(left, right, at)
      return make({ op: 'equal', negated: op === '!=', left, right, at, type: boolean })
    }
    if (op === '<' || op === '<=' || op === '>' || op === '>=') {
      for (const side of [left, right])
        if (side.type.is !== 'number' && side.type.is !== 'date')
          throw new Fault(side.at, {
            zh: `大小只能在数或日期之间比较，这里是${typeWords[side.type.is].zh}`,
            en: `Only numbers and days can be compared by order; this is ${typeWords[side.type.is].en}`,
          })
      comparable(left, right, at)
      return make({ op: 'order', order: op, left, right, at, type: boolean })
    }
    return calculate(op, [left, right], at)
  }

  #in(arg: Node, right: Syntax, at: Range): Node {
    if (right.kind !== 'list' || right.items.length === 0)
      throw new Fault(right.at, {
        zh: 'in 的右边要写出列表，例如 ["dibao", "dibian"]',
        en: 'To the right of in stands a written list such as ["dibao", "dibian"]',
      })
    const values = right.items.map(item => {
      const value = this.node(item)
      if (value.op !== 'constant' || value.value === null)
        throw new Fault(item.at, { zh: 'in 的列表里只能写值', en: 'The list of in holds written values only' })
      comparable(arg, value, item.at)
      return value.value
    })
    return make({ op: 'in', arg, values, at, type: boolean })
  }

  #call(name: string, args: readonly Syntax[], at: Range): Node {
    if (name === 'date') {
      const [text] = args
      if (args.length !== 1 || text?.kind !== 'literal' || typeof text.value !== 'string' || !isDayText(text.value))
        throw new Fault(at, {
          zh: 'date 里要写一个真实的日子，例如 date("2021-09-26")',
          en: 'date takes a real day, such as date("2021-09-26")',
        })
      return make({ op: 'constant', value: text.value, at, type: { is: 'date' } })
    }
    if (name === 'known') {
      const [arg] = args
      if (args.length !== 1 || !arg) throw new Fault(at, { zh: 'known 要一个事实', en: 'known takes one fact' })
      return make({ op: 'known', arg: this.node(arg), at, type: boolean })
    }
    if (!/^\w/.test(name) || !Object.hasOwn(calculations, name)) {
      const hint = suggestion(name, [...Object.keys(calculations).filter(n => /^\w/.test(n)), 'date', 'known'])
      throw new Fault(at, {
        zh: `没有「${name}」这个函数。${hint.zh}`,
        en: `There is no function "${name}".${hint.en}`,
      })
    }
    return calculate(
      name,
      args.map(arg => this.node(arg)),
      at,
    )
  }

  #method(syntax: Syntax & { kind: 'method' }): Node {
    const { name, at, args } = syntax
    if (name === 'exists' || name === 'all') {
      const { list, element } = this.#list(syntax.of)
      return this.#within(args, element, at, (slot, body) =>
        make({ op: name === 'exists' ? 'some' : 'every', list, slot, body: fits(body, boolean), at, type: boolean }),
      )
    }
    if (name === 'size' && args.length === 0)
      return make({ op: 'count', list: this.#list(syntax.of).list, at, type: number })
    if ((name === 'sum' || name === 'max' || name === 'min') && args.length === 0) {
      const map = syntax.of
      if (map.kind !== 'method' || map.name !== 'map')
        throw new Fault(at, { zh: `${name}() 前面要有 .map(…)`, en: `${name}() stands after .map(…)` })
      const { list, element } = this.#list(map.of)
      const op = name === 'sum' ? 'sum' : name === 'max' ? 'most' : 'least'
      return this.#within(map.args, element, map.at, (slot, body) =>
        make({ op, list, slot, body: fits(body, number), at, type: number }),
      )
    }
    const hint = suggestion(name, ['exists', 'all', 'filter', 'map', 'size', 'sum', 'max', 'min'])
    throw new Fault(at, {
      zh: `这里不能用「.${name}(…)」。${hint.zh}`,
      en: `".${name}(…)" cannot stand here.${hint.en}`,
    })
  }

  #within(args: readonly Syntax[], element: Element, at: Range, build: (slot: number, body: Node) => Node): Node {
    const [variable, body] = args
    if (args.length !== 2 || variable?.kind !== 'name' || !body)
      throw new Fault(at, { zh: '写法是 (m, 条件)', en: 'Write (m, condition)' })
    const { name } = variable
    if (roots.includes(name) || this.#bound.has(name))
      throw new Fault(variable.at, {
        zh: `「${name}」已经有意思了，换一个字母`,
        en: `"${name}" is taken; use another letter`,
      })
    const slot = this.#slot++
    this.#bound.set(name, { slot, element })
    const node = build(slot, this.node(body))
    this.#bound.delete(name)
    return node
  }

  #list(syntax: Syntax): { list: List; element: Element } {
    if (syntax.kind === 'method' && syntax.name === 'filter') {
      const inner = this.#list(syntax.of)
      const holder: { list?: List } = {}
      this.#within(syntax.args, inner.element, syntax.at, (slot, body) => {
        holder.list = { op: 'filter', list: inner.list, slot, body: fits(body, boolean) }
        return body
      })
      return { list: holder.list as List, element: inner.element }
    }
    const path = pathOf(syntax)
    if (path?.join('.') === 'household.members') return { list: { op: 'members' }, element: { of: 'person' } }
    if (path?.join('.') === 'household.everyone') return { list: { op: 'everyone' }, element: { of: 'person' } }
    if (!path) throw new Fault(syntax.at, { zh: '这里要一个列表', en: 'A list is wanted here' })
    const { word, of } = this.#fact(path, syntax.at)
    if (word.list !== undefined) {
      const inner = new Lowering(this.#scope, this.#slot, of === 'household' ? 0 : of)
      const list = inner.#list(parse(word.list))
      this.#slot = inner.#slot
      return list
    }
    const list = { op: 'items', source: { fact: word.fact, of } } as const
    if (word.form.type === 'set') return { list, element: { of: 'element', type: typeOf(word.form), list } }
    if (word.form.type === 'list') return { list, element: { of: 'item', fields: word.fields ?? {}, list } }
    throw new Fault(syntax.at, { zh: `「${path.join('.')}」不是列表`, en: `"${path.join('.')}" is not a list` })
  }

  #name(syntax: Syntax): Node {
    const { at } = syntax
    const path = pathOf(syntax)
    if (!path) throw new Fault(at, { zh: '点号前面要是一个名字', en: 'A name is wanted before the dot' })
    const [root = '', ...rest] = path
    if (root === 'today' && rest.length === 0) return make({ op: 'today', at, type: { is: 'date' } })
    if (root === 'params') return this.#parameter(rest.join('.'), at)
    if (root === 'met' || root === 'held')
      return this.#policy(root, rest, this.#scope.person ? this.#person : 'household', at)
    const bound = this.#bound.get(root)
    if (bound) {
      const { slot, element } = bound
      if (element.of === 'element' && rest.length === 0)
        return make({ op: 'element', of: slot, at, type: element.type })
      if (element.of === 'item' && rest.length === 1) {
        const [field = ''] = rest
        const form = Object.hasOwn(element.fields, field) ? element.fields[field] : undefined
        if (form) return make({ op: 'field', of: slot, field, source: element.list.source, at, type: typeOf(form) })
        const hint = suggestion(field, Object.keys(element.fields))
        throw new Fault(at, {
          zh: `这个列表里没有「${field}」。${hint.zh}`,
          en: `Items of this list have no "${field}".${hint.en}`,
        })
      }
      if (element.of === 'person' && rest.length > 0) {
        if (rest[0] === 'met') return this.#policy('met', rest.slice(1), slot, at)
        if (rest[0] === 'key' && rest.length === 1) return make({ op: 'key', of: slot, at, type: { is: 'text' } })
      }
    }
    if (root === 'person' && rest.length === 1 && rest[0] === 'key' && this.#scope.person)
      return make({ op: 'key', of: this.#person, at, type: { is: 'text' } })
    const { word, of } = this.#fact(path, at)
    if (word.form.type === 'list' || word.form.type === 'set')
      throw new Fault(at, {
        zh: `「${path.join('.')}」是列表，要用 .exists(…) 等来问`,
        en: `"${path.join('.')}" is a list; ask it with .exists(…) and the like`,
      })
    return make({ op: 'fact', fact: word.fact, of, at, type: typeOf(word.form) })
  }

  #fact(path: readonly string[], at: Range) {
    const [root = '', ...rest] = path
    const bound = this.#bound.get(root)
    const owner =
      root === 'household' ? 'household' : root === 'person' || bound?.element.of === 'person' ? 'person' : undefined
    const { facts } = this.#scope.vocabulary
    if (!owner) {
      const hint = suggestion(path.join('.'), [...facts.keys(), ...roots])
      throw new Fault(at, {
        zh: `没有「${path.join('.')}」这个名字。${hint.zh}`,
        en: `There is no name "${path.join('.')}".${hint.en}`,
      })
    }
    if (root === 'person' && !this.#scope.person)
      throw new Fault(at, {
        zh: '这条规则是对全家的，不能直接说 person；用 household.members.exists(m, …)',
        en: 'This rule is about the household; person has no meaning here. Use household.members.exists(m, …)',
      })
    const name = [owner, ...rest].join('.')
    const word = facts.get(name)
    if (!word) {
      const other = facts.has([owner === 'person' ? 'household' : 'person', ...rest].join('.'))
      const hint = other
        ? owner === 'person'
          ? { zh: '它是全家的事实（household.）。', en: ' It is a fact of the household.' }
          : { zh: '它是个人的事实（person.）。', en: ' It is a fact of a person.' }
        : suggestion(name, facts.keys())
      throw new Fault(at, { zh: `没有「${name}」这个事实。${hint.zh}`, en: `There is no fact "${name}".${hint.en}` })
    }
    const of: Slot = owner === 'household' ? 'household' : bound ? bound.slot : this.#person
    return { word, of }
  }

  #parameter(name: string, at: Range): Node {
    const parameter = this.#scope.vocabulary.parameters.get(name)
    if (parameter !== undefined) return make({ op: 'parameter', parameter, at, type: number })
    const hint = suggestion(name, this.#scope.vocabulary.parameters.keys())
    throw new Fault(at, {
      zh: `没有「params.${name}」这个参数。${hint.zh}`,
      en: `There is no parameter "params.${name}".${hint.en}`,
    })
  }

  #policy(op: 'met' | 'held', rest: readonly string[], of: Slot, at: Range): Node {
    if (op === 'held' && !this.#scope.held)
      throw new Fault(at, { zh: 'held 只能写在待遇里', en: 'held may only stand in a benefit' })
    const [id = ''] = rest
    const word = rest.length === 1 ? this.#scope.vocabulary.policies.get(id) : undefined
    if (!word) {
      const hint = suggestion(id, this.#scope.vocabulary.policies.keys())
      throw new Fault(at, { zh: `没有「${id}」这项政策。${hint.zh}`, en: `There is no policy "${id}".${hint.en}` })
    }
    if (word.scope === 'person' && of === 'household')
      throw new Fault(at, {
        zh: `${id} 是对个人的，这里没有指明是谁；用 household.members.exists(m, m.met.${id})`,
        en: `${id} is about a person and none is named here. Use household.members.exists(m, m.met.${id})`,
      })
    return make({ op, policy: word.policy, of: word.scope === 'household' ? 'household' : of, at, type: boolean })
  }
}

const boolean: Type = { is: 'boolean' }
const number: Type = { is: 'number' }
const roots = ['household', 'person', 'params', 'today', 'met', 'held']

type Unlinked = Node extends infer N ? (N extends Node ? Omit<N, 'run'> : never) : never
function make(node: Unlinked): Node {
  const linked = node as Node
  linked.run = runner(linked)
  return linked
}

function constant(value: Scalar, at: Range): Node {
  const type: Type =
    value === null
      ? { is: 'null' }
      : typeof value === 'string'
        ? { is: 'text', values: [value], literal: true }
        : typeof value === 'boolean'
          ? boolean
          : number
  return make({ op: 'constant', value, at, type })
}

function calculate(name: string, args: readonly Node[], at: Range): Node {
  const calculation = calculations[name]
  if (!calculation) throw new Fault(at, { zh: `没有「${name}」`, en: `There is no "${name}"` })
  const { takes, more, gives, by } = calculation
  if (args.length < takes.length || (!more && args.length > takes.length))
    throw new Fault(at, { zh: `${name} 要 ${takes.length} 个值`, en: `${name} takes ${takes.length} values` })
  args.forEach((arg, i) => fits(arg, { is: takes[Math.min(i, takes.length - 1)] as Type['is'] } as Type))
  return make({ op: 'calculate', name, args, by, at, type: { is: gives } as Type })
}

function flatten(op: '&&' | '||', syntax: Syntax): Syntax[] {
  return syntax.kind === 'binary' && syntax.op === op
    ? [...flatten(op, syntax.left), ...flatten(op, syntax.right)]
    : [syntax]
}

function pathOf(syntax: Syntax): readonly string[] | undefined {
  if (syntax.kind === 'name') return [syntax.name]
  if (syntax.kind !== 'select') return undefined
  const before = pathOf(syntax.of)
  return before && [...before, syntax.field]
}

/** The node, when what it gives fits; null fits wherever a value may be "none". */
function fits(node: Node, wanted: Type): Node {
  const { type } = node
  if (type.is !== wanted.is && type.is !== 'null')
    throw new Fault(node.at, {
      zh: `这里要${typeWords[wanted.is].zh}，写的是${typeWords[type.is].zh}`,
      en: `${typeWords[wanted.is].en} is wanted here, this is ${typeWords[type.is].en}`,
    })
  if (type.is === 'null' && wanted.is === 'boolean')
    throw new Fault(node.at, { zh: '这里要是或否，不能是 null', en: 'yes or no is wanted here, not null' })
  if (wanted.is === 'text' && type.is === 'text' && wanted.values && type.values)
    for (const value of type.values) oneOf(value, wanted.values, node.at)
  return node
}

function oneOf(value: string, values: readonly string[], at: Range): void {
  if (values.includes(value)) return
  const hint = suggestion(value, values)
  throw new Fault(at, {
    zh: `没有「${value}」这个选项，只有 ${values.join('、')}。${hint.zh}`,
    en: `"${value}" is not one of ${values.join(', ')}.${hint.en}`,
  })
}

function comparable(left: Node, right: Node, at: Range): void {
  const [a, b] = [left.type, right.type]
  if (a.is === 'null' || b.is === 'null') return
  if (a.is !== b.is)
    throw new Fault(at, {
      zh: `${typeWords[a.is].zh}和${typeWords[b.is].zh}不能比较`,
      en: `${typeWords[a.is].en} cannot be compared with ${typeWords[b.is].en}`,
    })
  if (a.is !== 'text' || b.is !== 'text' || !a.values || !b.values) return
  if (b.literal) for (const value of b.values) oneOf(value, a.values, right.at)
  else if (a.literal) for (const value of a.values) oneOf(value, b.values, left.at)
  else if (!a.values.some(v => b.values?.includes(v)))
    throw new Fault(at, { zh: '两边没有相同的选项', en: 'The two sides share no value' })
}

function common(a: Node, b: Node, at: Range): Type {
  if (a.type.is === 'null') return b.type
  if (b.type.is === 'null') return a.type
  if (a.type.is !== b.type.is)
    throw new Fault(at, {
      zh: `两个分支一个是${typeWords[a.type.is].zh}，一个是${typeWords[b.type.is].zh}`,
      en: `One branch is ${typeWords[a.type.is].en}, the other ${typeWords[b.type.is].en}`,
    })
  if (a.type.is !== 'text' || b.type.is !== 'text') return a.type
  return a.type.values && b.type.values
    ? { is: 'text', values: [...new Set([...a.type.values, ...b.type.values])] }
    : { is: 'text' }
}
