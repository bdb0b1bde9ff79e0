import type { Words } from '@zhulian/kernel'
import { parse, type BinaryOp, type Syntax } from './cel.ts'
import { calculations, isDayText } from './calculations.ts'
import { exactly, exactRunner, realDays } from './exact.ts'
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
  const syntax = parse(text)
  try {
    const node = new Lowering(scope).node(syntax)
    if (wanted !== 'any') fits(node, wanted)
    return node
  } catch (error) {
    const isAbsorbed = scope.vocabulary.exact && error instanceof Fault && mayBeAbsorbed(syntax, error)
    throw isAbsorbed ? new Fault(error.at, error.words, 'unsupported') : error
  }
}

/** Unchecked CEL may get by where a part is wrong (`true || 1`): then it is refused here, which says less than "wrong". */
function mayBeAbsorbed(syntax: Syntax, fault: Fault): boolean {
  const { code, at } = fault
  if (code !== 'type' && code !== 'unknown_name') return false
  const absorbs =
    syntax.kind === 'choice' ||
    (syntax.kind === 'binary' && (syntax.op === '&&' || syntax.op === '||')) ||
    (syntax.kind === 'method' && ['exists', 'all', 'filter', 'map'].includes(syntax.name))
  if (absorbs) return true
  return partsOf(syntax).some(p => p.at.start <= at.start && at.end <= p.at.end && mayBeAbsorbed(p, fault))
}

function partsOf(syntax: Syntax): readonly Syntax[] {
  switch (syntax.kind) {
    case 'literal':
    case 'name':
      return []
    case 'select':
      return [syntax.of]
    case 'call':
      return syntax.args
    case 'method':
      return [syntax.of, ...syntax.args]
    case 'list':
      return syntax.items
    case 'unary':
      return [syntax.arg]
    case 'binary':
      return [syntax.left, syntax.right]
    case 'choice':
      return [syntax.test, syntax.yes, syntax.no]
  }
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

  /** Names are the caller's own and the arithmetic is CEL's to the letter. */
  readonly #exact: true | undefined
  #depth = 0
  /** The lists around, each asked once: members against members is nobody's rule, and asks every pair. */
  readonly #asked: string[] = []

  constructor(scope: Scope, slot = 1, person = 0) {
    this.#scope = scope
    this.#exact = scope.vocabulary.exact
    this.#slot = slot
    this.#person = person
    this.#bound = new Map()
  }

  node(syntax: Syntax): Node {
    if (++this.#depth > deepest)
      throw new Fault(syntax.at, { zh: '套得太深，请拆开', en: 'This is nested too deep; take it apart' }, 'too_large')
    const node = this.#node(syntax)
    this.#depth--
    return node
  }

  #node(syntax: Syntax): Node {
    const { at } = syntax
    switch (syntax.kind) {
      case 'literal':
        return this.#exact ? exactConstant(syntax.value, syntax.double === true, at) : constant(syntax.value, at)
      case 'name':
      case 'select':
        return this.#name(syntax)
      case 'unary': {
        const arg = this.node(syntax.arg)
        if (syntax.op === '!') return this.#make({ op: 'not', arg: fits(arg, boolean), at, type: boolean })
        fits(arg, number)
        if (this.#exact) return this.#negated(arg, at)
        if (arg.op === 'constant') return constant(-(arg.value as number), at)
        return this.#calculate('-', [constant(0, at), arg], at)
      }
      case 'binary':
        return this.#binary(syntax.op, syntax)
      case 'choice': {
        const test = fits(this.node(syntax.test), boolean)
        const [yes, no] = [this.node(syntax.yes), this.node(syntax.no)]
        return this.#make({ op: 'choice', test, yes, no, at, type: this.#common(yes, no, at) })
      }
      case 'call':
        return this.#call(syntax.name, syntax.args, at)
      case 'method':
        return this.#method(syntax)
      case 'list':
        throw new Fault(
          at,
          { zh: '列表只能写在 in 的右边', en: 'A list may only stand to the right of in' },
          'unsupported',
        )
    }
  }

  #make(node: Unlinked): Node {
    return make(node, this.#exact)
  }

  #calculate(name: string, args: readonly Node[], at: Range): Node {
    return this.#exact ? exactCalculation(name, args, at) : calculate(name, args, at)
  }

  /** -0.0 - x rather than 0 - x: the negative of 0.0 is -0.0. */
  #negated(arg: Node, at: Range): Node {
    const double = arg.type.is === 'number' && arg.type.as === 'double'
    if (arg.op === 'constant') {
      const value = arg.value as number
      return exactConstant(double ? -value : 0 - value, double, at)
    }
    return this.#calculate('-', [exactConstant(double ? -0 : 0, double, at), arg], at)
  }

  /** CEL itself compares unlike things and finds them unequal; that is refused here, and so is a choice between them. */
  #comparable(left: Node, right: Node, at: Range): void {
    if (!this.#exact) comparable(left, right, at)
    else if (left.type.is !== right.type.is)
      throw new Fault(
        at,
        {
          zh: `${typeWords[left.type.is].zh}和${typeWords[right.type.is].zh}不能比较`,
          en: `${typeWords[left.type.is].en} cannot be compared with ${typeWords[right.type.is].en}`,
        },
        'unsupported',
      )
  }

  #common(yes: Node, no: Node, at: Range): Type {
    if (this.#exact && (yes.type.is !== no.type.is || kindOf(yes) !== kindOf(no)))
      throw new Fault(
        at,
        { zh: '两个分支要是同一种值', en: 'Both branches must give the same kind of value' },
        'unsupported',
      )
    return common(yes, no, at)
  }

  #binary(op: BinaryOp, syntax: Syntax & { kind: 'binary' }): Node {
    const { at } = syntax
    if (op === '&&' || op === '||') {
      const args = flatten(op, syntax).map(arg => fits(this.node(arg), boolean))
      return this.#make({ op: op === '&&' ? 'and' : 'or', args, at, type: boolean })
    }
    const left = this.node(syntax.left)
    if (op === 'in') return this.#in(left, syntax.right, at)
    const right = this.node(syntax.right)
    if (op === '==' || op === '!=') {
      this.#comparable(left, right, at)
      return this.#make({ op: 'equal', negated: op === '!=', left, right, at, type: boolean })
    }
    if (op === '<' || op === '<=' || op === '>' || op === '>=') {
      for (const side of [left, right])
        if (side.type.is !== 'number' && side.type.is !== 'date')
          throw new Fault(
            side.at,
            {
              zh: `大小只能在数或日期之间比较，这里是${typeWords[side.type.is].zh}`,
              en: `Only numbers and days can be compared by order; this is ${typeWords[side.type.is].en}`,
            },
            this.#exact ? 'unsupported' : 'type',
          )
      this.#comparable(left, right, at)
      return this.#make({ op: 'order', order: op, left, right, at, type: boolean })
    }
    return this.#calculate(op, [left, right], at)
  }

  #in(arg: Node, right: Syntax, at: Range): Node {
    if (right.kind !== 'list' || (right.items.length === 0 && !this.#exact))
      throw new Fault(
        right.at,
        {
          zh: 'in 的右边要写出列表，例如 ["dibao", "dibian"]',
          en: 'To the right of in stands a written list such as ["dibao", "dibian"]',
        },
        'unsupported',
      )
    const values = right.items.map(item => {
      const value = this.node(item)
      if (value.op !== 'constant' || value.value === null)
        throw new Fault(
          item.at,
          { zh: 'in 的列表里只能写值', en: 'The list of in holds written values only' },
          'unsupported',
        )
      this.#comparable(arg, value, item.at)
      return value.value
    })
    return this.#make({ op: 'in', arg, values, at, type: boolean })
  }

  #call(name: string, args: readonly Syntax[], at: Range): Node {
    if (name === 'date') {
      const [text] = args
      if (args.length !== 1 || text?.kind !== 'literal' || typeof text.value !== 'string' || !isDayText(text.value))
        throw new Fault(at, {
          zh: 'date 里要写一个真实的日子，例如 date("2021-09-26")',
          en: 'date takes a real day, such as date("2021-09-26")',
        })
      return this.#make({ op: 'constant', value: text.value, at, type: { is: 'date' } })
    }
    if (name === 'known') {
      const [arg] = args
      if (args.length !== 1 || !arg) throw new Fault(at, { zh: 'known 要一个事实', en: 'known takes one fact' })
      return this.#make({ op: 'known', arg: this.node(arg), at, type: boolean })
    }
    const [arg] = args
    if (this.#exact && name === 'size' && args.length === 1 && arg)
      return this.#make({ op: 'count', list: this.#list(arg).list, at, type: whole })
    if (!/^\w/.test(name) || !Object.hasOwn(calculations, name)) {
      const hint = suggestion(name, [...Object.keys(calculations).filter(n => /^\w/.test(n)), 'date', 'known'])
      throw new Fault(
        at,
        { zh: `没有「${name}」这个函数。${hint.zh}`, en: `There is no function "${name}".${hint.en}` },
        celFunctions.has(name) ? 'unsupported' : 'unknown_name',
      )
    }
    return this.#calculate(
      name,
      args.map(arg => this.node(arg)),
      at,
    )
  }

  #method(syntax: Syntax & { kind: 'method' }): Node {
    const { name, at, args } = syntax
    if (name === 'exists' || name === 'all') {
      const { list, element } = this.#list(syntax.of)
      return this.#within(args, list, element, at, (slot, body) =>
        this.#make({
          op: name === 'exists' ? 'some' : 'every',
          list,
          slot,
          body: fits(body, boolean),
          at,
          type: boolean,
        }),
      )
    }
    if (name === 'size' && args.length === 0)
      return this.#make({ op: 'count', list: this.#list(syntax.of).list, at, type: this.#exact ? whole : number })
    if ((name === 'sum' || name === 'max' || name === 'min') && args.length === 0) {
      const map = syntax.of
      if (map.kind !== 'method' || map.name !== 'map')
        throw new Fault(at, { zh: `${name}() 前面要有 .map(…)`, en: `${name}() stands after .map(…)` }, 'unsupported')
      const { list, element } = this.#list(map.of)
      const op = name === 'sum' ? 'sum' : name === 'max' ? 'most' : 'least'
      return this.#within(map.args, list, element, map.at, (slot, body) =>
        this.#make({ op, list, slot, body: fits(body, number), at, type: this.#exact ? body.type : number }),
      )
    }
    const after = name === 'map' ? ['.sum()', '.max()', '.min()'] : ['.exists(…)', '.all(…)', '.size()']
    if (name === 'map' || name === 'filter')
      throw new Fault(
        at,
        {
          zh: `.${name}(…) 后面要有 ${after.join('、')} 之一`,
          en: `After .${name}(…) stands one of ${after.join(', ')}`,
        },
        'unsupported',
      )
    const hint = suggestion(name, ['exists', 'all', 'filter', 'map', 'size', 'sum', 'max', 'min'])
    throw new Fault(
      at,
      { zh: `这里不能用「.${name}(…)」。${hint.zh}`, en: `".${name}(…)" cannot stand here.${hint.en}` },
      'unsupported',
    )
  }

  #within(
    args: readonly Syntax[],
    list: List,
    element: Element,
    at: Range,
    build: (slot: number, body: Node) => Node,
  ): Node {
    const [variable, body] = args
    if (args.length !== 2 || variable?.kind !== 'name' || !body)
      throw new Fault(at, { zh: '写法是 (m, 条件)', en: 'Write (m, condition)' }, 'unsupported')
    const { name } = variable
    if (this.#isTaken(name))
      throw new Fault(
        variable.at,
        { zh: `「${name}」已经有意思了，换一个字母`, en: `"${name}" is taken; use another letter` },
        'unsupported',
      )
    const source = sourceOf(list)
    if (this.#asked.includes(source))
      throw new Fault(
        at,
        {
          zh: '这个列表已经在逐个地问，里面不能再问一遍',
          en: 'This list is being asked already; it cannot be asked again inside',
        },
        'unsupported',
      )
    const slot = this.#slot++
    this.#asked.push(source)
    this.#bound.set(name, { slot, element })
    const node = build(slot, this.node(body))
    this.#bound.delete(name)
    this.#asked.pop()
    return node
  }

  #isTaken(name: string): boolean {
    if (this.#bound.has(name)) return true
    if (!this.#exact) return roots.includes(name)
    return [...this.#scope.vocabulary.facts.keys()].some(fact => fact.startsWith(`${name}.`))
  }

  #list(syntax: Syntax): { list: List; element: Element } {
    if (syntax.kind === 'method' && syntax.name === 'filter') {
      const inner = this.#list(syntax.of)
      const holder: { list?: List } = {}
      this.#within(syntax.args, inner.list, inner.element, syntax.at, (slot, body) => {
        holder.list = { op: 'filter', list: inner.list, slot, body: fits(body, boolean) }
        return body
      })
      return { list: holder.list as List, element: inner.element }
    }
    const path = pathOf(syntax)
    if (this.#exact) return this.#declaredList(path, syntax.at)
    if (path?.join('.') === 'household.members') return { list: { op: 'members' }, element: { of: 'person' } }
    if (path?.join('.') === 'household.everyone') return { list: { op: 'everyone' }, element: { of: 'person' } }
    if (!path) throw new Fault(syntax.at, { zh: '这里要一个列表', en: 'A list is wanted here' }, 'unsupported')
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

  #declaredList(path: readonly string[] | undefined, at: Range): { list: List; element: Element } {
    const name = path?.join('.')
    const word = name === undefined ? undefined : this.#scope.vocabulary.facts.get(name)
    if (!word || word.form.type !== 'list' || this.#bound.has(path?.[0] ?? '')) {
      if (path && !word) this.#undeclared(path, at)
      throw new Fault(at, { zh: '这里要一个列表', en: 'A list is wanted here' }, 'unsupported')
    }
    const list = { op: 'items', source: { fact: word.fact, of: 'household' } } as const
    return { list, element: { of: 'item', fields: word.fields ?? {}, list } }
  }

  /** A name as its caller declared it, dots and all. */
  #declared(path: readonly string[], at: Range): Node {
    const [root = ''] = path
    const word = this.#bound.has(root) ? undefined : this.#scope.vocabulary.facts.get(path.join('.'))
    if (!word) return this.#undeclared(path, at)
    if (word.form.type === 'list')
      throw new Fault(
        at,
        { zh: '列表要用 .exists(…) 等来问', en: 'Ask a list with .exists(…) and the like' },
        'unsupported',
      )
    return this.#make({ op: 'fact', fact: word.fact, of: 'household', at, type: typeOf(word.form, true) })
  }

  #undeclared(path: readonly string[], at: Range): never {
    const { facts } = this.#scope.vocabulary
    const name = path.join('.')
    const isPart = path.some((_, i) => facts.has(path.slice(0, i + 1).join('.'))) || this.#bound.has(path[0] ?? '')
    const hint = suggestion(name, facts.keys())
    throw new Fault(
      at,
      { zh: `没有「${name}」这个名字。${hint.zh}`, en: `There is no name "${name}".${hint.en}` },
      isPart || celTypes.has(path[0] ?? '') ? 'unsupported' : 'unknown_name',
    )
  }

  #name(syntax: Syntax): Node {
    const { at } = syntax
    const path = pathOf(syntax)
    if (!path) throw new Fault(at, { zh: '点号前面要是一个名字', en: 'A name is wanted before the dot' }, 'unsupported')
    const [root = '', ...rest] = path
    if (this.#exact && !(this.#bound.has(root) && rest.length === 1)) return this.#declared(path, at)
    if (root === 'today' && rest.length === 0) return this.#make({ op: 'today', at, type: { is: 'date' } })
    if (root === 'params') return this.#parameter(rest.join('.'), at)
    if (root === 'met' || root === 'held')
      return this.#policy(root, rest, this.#scope.person ? this.#person : 'household', at)
    const bound = this.#bound.get(root)
    if (bound) {
      const { slot, element } = bound
      if (element.of === 'element' && rest.length === 0)
        return this.#make({ op: 'element', of: slot, at, type: element.type })
      if (element.of === 'item' && rest.length === 1) {
        const [field = ''] = rest
        const form = Object.hasOwn(element.fields, field) ? element.fields[field] : undefined
        const { source } = element.list
        if (form) return this.#make({ op: 'field', of: slot, field, source, at, type: typeOf(form, this.#exact) })
        const hint = suggestion(field, Object.keys(element.fields))
        throw new Fault(
          at,
          {
            zh: `这个列表里没有「${field}」。${hint.zh}`,
            en: `Items of this list have no "${field}".${hint.en}`,
          },
          'unknown_name',
        )
      }
      if (element.of === 'person' && rest.length > 0) {
        if (rest[0] === 'met') return this.#policy('met', rest.slice(1), slot, at)
        if (rest[0] === 'key' && rest.length === 1) return this.#make({ op: 'key', of: slot, at, type: { is: 'text' } })
      }
    }
    if (root === 'person' && rest.length === 1 && rest[0] === 'key' && this.#scope.person)
      return this.#make({ op: 'key', of: this.#person, at, type: { is: 'text' } })
    const { word, of } = this.#fact(path, at)
    if (word.form.type === 'list' || word.form.type === 'set')
      throw new Fault(at, {
        zh: `「${path.join('.')}」是列表，要用 .exists(…) 等来问`,
        en: `"${path.join('.')}" is a list; ask it with .exists(…) and the like`,
      })
    return this.#make({ op: 'fact', fact: word.fact, of, at, type: typeOf(word.form) })
  }

  #fact(path: readonly string[], at: Range) {
    const [root = '', ...rest] = path
    const bound = this.#bound.get(root)
    const owner =
      root === 'household' ? 'household' : root === 'person' || bound?.element.of === 'person' ? 'person' : undefined
    const { facts } = this.#scope.vocabulary
    if (!owner) {
      const hint = suggestion(path.join('.'), [...facts.keys(), ...roots])
      throw new Fault(
        at,
        { zh: `没有「${path.join('.')}」这个名字。${hint.zh}`, en: `There is no name "${path.join('.')}".${hint.en}` },
        'unknown_name',
      )
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
      throw new Fault(
        at,
        { zh: `没有「${name}」这个事实。${hint.zh}`, en: `There is no fact "${name}".${hint.en}` },
        'unknown_name',
      )
    }
    const of: Slot = owner === 'household' ? 'household' : bound ? bound.slot : this.#person
    return { word, of }
  }

  #parameter(name: string, at: Range): Node {
    const parameter = this.#scope.vocabulary.parameters.get(name)
    if (parameter !== undefined) return this.#make({ op: 'parameter', parameter, at, type: number })
    const hint = suggestion(name, this.#scope.vocabulary.parameters.keys())
    throw new Fault(
      at,
      { zh: `没有「params.${name}」这个参数。${hint.zh}`, en: `There is no parameter "params.${name}".${hint.en}` },
      'unknown_name',
    )
  }

  #policy(op: 'met' | 'held', rest: readonly string[], of: Slot, at: Range): Node {
    if (op === 'held' && !this.#scope.held)
      throw new Fault(at, { zh: 'held 只能写在待遇里', en: 'held may only stand in a benefit' })
    const [id = ''] = rest
    const word = rest.length === 1 ? this.#scope.vocabulary.policies.get(id) : undefined
    if (!word) {
      const hint = suggestion(id, this.#scope.vocabulary.policies.keys())
      throw new Fault(
        at,
        { zh: `没有「${id}」这项政策。${hint.zh}`, en: `There is no policy "${id}".${hint.en}` },
        'unknown_name',
      )
    }
    if (word.scope === 'person' && of === 'household')
      throw new Fault(at, {
        zh: `${id} 是对个人的，这里没有指明是谁；用 household.members.exists(m, m.met.${id})`,
        en: `${id} is about a person and none is named here. Use household.members.exists(m, m.met.${id})`,
      })
    return this.#make({ op, policy: word.policy, of: word.scope === 'household' ? 'household' : of, at, type: boolean })
  }
}

const boolean: Type = { is: 'boolean' }
const number: Type = { is: 'number' }
const whole: Type = { is: 'number', as: 'int' }
/** Sums and choices beyond this are nobody's rule, and would weigh on the stack when they run. */
const deepest = 250
/** What CEL has and the language here does not. */
const celFunctions = new Set(
  'bool bytes double duration dyn getDate has int matches size string timestamp type uint contains'.split(' '),
)
const celTypes = new Set('bool bytes double int list map null_type string type uint google'.split(' '))
const roots = ['household', 'person', 'params', 'today', 'met', 'held']

type Unlinked = Node extends infer N ? (N extends Node ? Omit<N, 'run' | 'needsFact'> : never) : never
function make(node: Unlinked, exact?: true): Node {
  const linked = node as Node
  linked.run = exact ? exactRunner(linked) : runner(linked)
  linked.needsFact = needsFact(linked)
  return linked
}

function needsFact(node: Node): boolean {
  switch (node.op) {
    case 'fact':
    case 'met':
    case 'field':
      return true
    case 'and':
    case 'or':
      return node.args.length > 0 && node.args.every(arg => arg.needsFact)
    case 'not':
    case 'in':
      return node.arg.needsFact
    case 'equal':
      return node.left.needsFact || node.right.needsFact
    case 'order':
      return (node.left.needsFact && !mayBeNone(node.right)) || (node.right.needsFact && !mayBeNone(node.left))
    case 'calculate':
      return node.args.some(arg => arg.needsFact)
    case 'choice':
      return node.test.needsFact && node.yes.needsFact && node.no.needsFact
    case 'some':
    case 'every':
      return needsFactOf(node.list, node.body)
    default:
      return false
  }
}

/** May it be a known "none" where no fact is known? That decides an order by itself. */
function mayBeNone(node: Node): boolean {
  switch (node.op) {
    case 'constant':
      return node.value === null
    case 'parameter':
    case 'today':
      return false
    case 'calculate':
      return node.name === '/' || node.args.some(mayBeNone)
    default:
      return !node.needsFact
  }
}

/** Of the elements of a list: it is a fact itself, or nothing is known of each of them. */
function needsFactOf(list: List, body: Node): boolean {
  if (list.op === 'items') return true
  return body.needsFact && (list.op !== 'filter' || needsFactOf(list.list, list.body))
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

function exactConstant(value: Scalar, double: boolean, at: Range): Node {
  if (value === null)
    throw new Fault(at, { zh: '条件里不能用 null', en: 'null is not part of the language' }, 'unsupported')
  const type: Type =
    typeof value === 'number'
      ? { is: 'number', as: double ? 'double' : 'int' }
      : { is: typeof value === 'string' ? 'text' : 'boolean' }
  return make({ op: 'constant', value, at, type }, true)
}

const kindOf = ({ type }: Node) => (type.is === 'number' ? type.as : undefined)

/** Arithmetic of two numbers of one kind, and what is calculated from days. */
function exactCalculation(name: string, args: readonly Node[], at: Range): Node {
  const [left, right] = args
  if (/^\w/.test(name)) {
    const calculation = calculations[name]
    if (calculation?.takes[0] !== 'date')
      throw new Fault(at, { zh: `条件里不能用 ${name}`, en: `${name} is not part of CEL` }, 'unsupported')
    const node = calculate(name, args, at) as Node & { op: 'calculate' }
    const months = args[1]
    if (name === 'addMonths' && months && kindOf(months) !== 'int')
      throw new Fault(months.at, { zh: '月数要是整数', en: 'Months are a whole number' })
    return make({ ...node, by: realDays(node.by, at), type: name === 'addMonths' ? { is: 'date' } : whole }, true)
  }
  if (!left || !right) throw new Fault(at, { zh: `${name} 要两个值`, en: `${name} takes two values` })
  const kind = kindOf(left)
  if (kind && kind === kindOf(right))
    return make({ op: 'calculate', name, args, by: exactly(name, kind, at), at, type: left.type }, true)
  const isJoined = name === '+' && left.type.is === 'text' && right.type.is === 'text'
  const [a, b] = [left, right].map(side => exactWords(side))
  throw new Fault(
    at,
    { zh: `${a?.zh}和${b?.zh}不能用 ${name}`, en: `${name} does not take ${a?.en} and ${b?.en}` },
    isJoined ? 'unsupported' : 'type',
  )
}

const exactWords = (node: Node): Words => {
  const kind = kindOf(node)
  if (kind === 'int') return { zh: '整数', en: 'a whole number' }
  return kind === 'double' ? { zh: '小数', en: 'a double' } : typeWords[node.type.is]
}

function calculate(name: string, args: readonly Node[], at: Range): Node {
  const calculation = calculations[name]
  if (!calculation) throw new Fault(at, { zh: `没有「${name}」`, en: `There is no "${name}"` })
  const { takes, more, gives, by } = calculation
  if (args.length < takes.length || (!more && args.length > takes.length))
    throw new Fault(at, { zh: `${name} 要 ${takes.length} 个值`, en: `${name} takes ${takes.length} values` })
  const [, divisor] = args
  if (name === '/' && divisor?.op === 'constant' && divisor.value === 0)
    throw new Fault(divisor.at, { zh: '不能除以零', en: 'Nothing can be divided by zero' }, 'division_by_zero')
  args.forEach((arg, i) => fits(arg, { is: takes[Math.min(i, takes.length - 1)] as Type['is'] } as Type))
  return make({ op: 'calculate', name, args, by, at, type: { is: gives } as Type })
}

const sourceOf = (list: List): string =>
  list.op === 'filter' ? sourceOf(list.list) : list.op === 'items' ? JSON.stringify(list.source) : list.op

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
