import type { Group, Members, Part } from '@zhulian/kernel'
import { parse, type BinaryOp, type Syntax } from './cel.ts'
import { Fault, problemOf } from './fault.ts'
import type { Problem } from './judgement.ts'

/** Text into groups and lines; `textOf` gives text of the same tree again. Says what cannot be read, with its place. */
export function readBuilder(
  text: string,
): { readonly ok: true; readonly group: Group } | { readonly ok: false; readonly problem: Problem } {
  try {
    const part = built(parse(text))
    return { ok: true, group: part.kind === 'group' ? part : { kind: 'group', join: 'all', not: false, parts: [part] } }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ok: false, problem: problemOf(error, '', text) }
  }
}

function built(syntax: Syntax): Part {
  if (syntax.kind === 'unary' && syntax.op === '!') {
    const { arg } = syntax
    const name = nameOf(arg)
    if (name !== undefined) return { kind: 'line', fact: name, sign: 'isNot', value: '' }
    const part = built(arg)
    if ((part.kind === 'group' || part.kind === 'members') && !part.not) return { ...part, not: true }
    return asText(syntax)
  }
  if (syntax.kind === 'binary' && (syntax.op === '&&' || syntax.op === '||'))
    return {
      kind: 'group',
      join: syntax.op === '&&' ? 'all' : 'any',
      not: false,
      parts: chain(syntax.op, syntax).map(built),
    }
  if (syntax.kind === 'binary' && compares.has(syntax.op)) {
    const fact = nameOf(syntax.left)
    if (fact !== undefined && isValue(syntax.right))
      return { kind: 'line', fact, sign: syntax.op as '==', value: print(syntax.right) }
  }
  if (syntax.kind === 'method' && (syntax.name === 'exists' || syntax.name === 'all')) {
    const [as, body] = syntax.args
    const list = nameOf(syntax.of)
    if (list !== undefined && as?.kind === 'name' && body && syntax.args.length === 2)
      return { kind: 'members', list, how: syntax.name, as: as.name, not: false, part: built(body) } satisfies Members
  }
  const name = nameOf(syntax)
  return name === undefined ? asText(syntax) : { kind: 'line', fact: name, sign: 'is', value: '' }
}

const asText = (syntax: Syntax): Part => ({ kind: 'text', text: print(syntax) })
const compares = new Set<BinaryOp>(['==', '!=', '<', '<=', '>', '>=', 'in'])

/** The parts of a run that was read from the left: `a && b && c`, but of `a && (b && c)` only two. */
function chain(op: BinaryOp, syntax: Syntax): readonly Syntax[] {
  return syntax.kind === 'binary' && syntax.op === op ? [...chain(op, syntax.left), syntax.right] : [syntax]
}

/** `household.tier`, or undefined for what is no plain name. */
function nameOf(syntax: Syntax): string | undefined {
  if (syntax.kind === 'name') return syntax.name
  if (syntax.kind !== 'select') return undefined
  const of = nameOf(syntax.of)
  return of === undefined ? undefined : `${of}.${syntax.field}`
}

/** What may stand at the right of a comparison without brackets. */
const isValue = (syntax: Syntax): boolean => rankOf(syntax) > ranks.compare

const ranks = { choice: 0, or: 1, and: 2, compare: 3, sum: 4, product: 5, unary: 6, whole: 7 }

function rankOf(syntax: Syntax): number {
  if (syntax.kind === 'choice') return ranks.choice
  if (syntax.kind === 'unary') return ranks.unary
  if (syntax.kind === 'literal' && typeof syntax.value === 'number' && syntax.value < 0) return ranks.unary
  if (syntax.kind !== 'binary') return ranks.whole
  switch (syntax.op) {
    case '||':
      return ranks.or
    case '&&':
      return ranks.and
    case '+':
    case '-':
      return ranks.sum
    case '*':
    case '/':
      return ranks.product
    default:
      return ranks.compare
  }
}

/** With the brackets it needs and no others. */
function print(syntax: Syntax): string {
  const at = (part: Syntax, least: number) => (rankOf(part) < least ? `(${print(part)})` : print(part))
  const list = (items: readonly Syntax[]) => items.map(print).join(', ')
  switch (syntax.kind) {
    case 'literal':
      return literal(syntax.value, syntax.double === true)
    case 'name':
      return syntax.name
    case 'select':
      return `${at(syntax.of, ranks.whole)}.${syntax.field}`
    case 'call':
      return `${syntax.name}(${list(syntax.args)})`
    case 'method':
      return `${at(syntax.of, ranks.whole)}.${syntax.name}(${list(syntax.args)})`
    case 'list':
      return `[${list(syntax.items)}]`
    case 'unary':
      return `${syntax.op}${at(syntax.arg, syntax.op === '-' ? ranks.whole : ranks.unary)}`
    case 'binary': {
      const rank = rankOf(syntax)
      // Comparisons beside one another read two ways: both sides get brackets.
      const left = rank === ranks.compare ? rank + 1 : rank
      return `${at(syntax.left, left)} ${syntax.op} ${at(syntax.right, rank + 1)}`
    }
    case 'choice':
      return `${at(syntax.test, ranks.or)} ? ${at(syntax.yes, ranks.or)} : ${at(syntax.no, ranks.choice)}`
  }
}

function literal(value: string | number | boolean | null, double: boolean): string {
  if (typeof value === 'string') return JSON.stringify(value)
  const text = String(value)
  return double && /^-?\d+$/.test(text) ? `${text}.0` : text
}
