import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js'
import { Fault, type Range } from './fault.ts'
import type { Words } from '@zhulian/kernel'

/**
 * The only file that knows the CEL library. It is used as a parser, never as an engine: its tree becomes ours, with the
 * place of every part. What the language here does not have (maps, bytes, indexing, `%`) is refused by name, and so is
 * the little that the library reads otherwise than the standard.
 */
export type Syntax = { readonly at: Range } /** `double`: a number written with a point or an exponent. */ & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly double?: boolean }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'select'; readonly of: Syntax; readonly field: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] }
  | { readonly kind: 'method'; readonly name: string; readonly of: Syntax; readonly args: readonly Syntax[] }
  | { readonly kind: 'list'; readonly items: readonly Syntax[] }
  | { readonly kind: 'unary'; readonly op: '!' | '-'; readonly arg: Syntax }
  | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: 'choice'; readonly test: Syntax; readonly yes: Syntax; readonly no: Syntax }
)
export type BinaryOp = '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/'

const limits = { maxAstNodes: 5_000, maxDepth: 100, maxListElements: 200, maxCallArguments: 8, maxMapEntries: 200 }
const grammar = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, limits })

/** Far beyond any rule that a person can read; the longest shipped one has some 700 characters. */
const longest = 20_000

/** @throws Fault when the text is not an expression of the language */
export function parse(text: string): Syntax {
  if (text.length > longest)
    throw new Fault(
      { start: longest, end: text.length },
      { zh: `写得太长，最多 ${longest} 个字符`, en: `This is too long; at most ${longest} characters` },
      'too_large',
    )
  const stray = /[\0\p{Surrogate}]/u.exec(text)
  if (stray)
    throw new Fault(
      { start: stray.index, end: stray.index + 1 },
      { zh: '这里有不能用的字符', en: 'There is a character here that cannot be used' },
      'unsupported',
    )
  const tree = read(text)
  mustGroupPlainly(tree, text)
  return syntax(tree)
}

function read(text: string): ASTNode {
  try {
    return grammar.parse(text).ast
  } catch (error) {
    // The library limits depth, but not a run of `!` or `-`, which ends at the machine's own limit.
    if (error instanceof RangeError) throw tooLarge({ start: 0, end: text.length })
    if (!(error instanceof ParseError)) throw error
    const at = error.range ?? { start: 0, end: text.length }
    if (error.code === 'limit_exceeded') throw tooLarge(at)
    if (isOtherCel(text, at)) throw notOurs(at, text.slice(at.start, at.start + 1))
    throw new Fault(at, unreadable[error.code ?? ''] ?? unreadable['unexpected_token'] ?? { zh: '', en: '' }, 'syntax')
  }
}

const unreadable: Readonly<Record<string, Words>> = {
  unexpected_token: { zh: '这里读不懂，少了什么或多了什么', en: 'Cannot read this; something is missing or too much' },
  unexpected_character: { zh: '这个字符不能用在这里', en: 'This character cannot stand here' },
  unterminated_string: { zh: '引号没有合上', en: 'The quotation mark is not closed' },
  unterminated_triple_quoted_string: { zh: '引号没有合上', en: 'The quotation marks are not closed' },
  newline_in_string: { zh: '引号里不能换行', en: 'A line cannot end inside quotation marks' },
  reserved_identifier: { zh: '这个词是保留的，不能用作名字', en: 'This word is reserved and cannot be a name' },
  invalid_number: { zh: '这个数写得不对', en: 'This number is not written right' },
  invalid_integer: { zh: '这个数写得不对', en: 'This number is not written right' },
  invalid_hex_integer: { zh: '这个数写得不对', en: 'This number is not written right' },
  invalid_exponent: { zh: '这个数写得不对', en: 'This number is not written right' },
  invalid_macro_argument: { zh: '写法是 (m, 条件)', en: 'Write (m, condition)' },
  expected_token: { zh: '这里少了一个括号或符号', en: 'A bracket or sign is missing here' },
}

/** Correct CEL that the library cannot read: `.5`, `.name`, `` a.`b` ``, `Message{…}`, `a.?b`, raw bytes, a form feed. */
function isOtherCel(text: string, { start }: Range): boolean {
  const rest = text.slice(start)
  return (
    /^[.`{?\f]/.test(rest) ||
    (/^["']/.test(rest) && /[bB][rR]$|[rR][bB]$/.test(text.slice(0, start))) ||
    /\f/.test(text.slice(Math.max(0, start - 1), start + 1))
  )
}

const tooLarge = (at: Range) =>
  new Fault(
    at,
    { zh: '写得太长或套得太深，请拆开', en: 'This is too long or nested too deep; take it apart' },
    'too_large',
  )

const notOurs = (at: Range, what: string) =>
  new Fault(at, { zh: `条件里不能用「${what}」`, en: `"${what}" is not part of the language` }, 'unsupported')

/**
 * Where the library groups otherwise than CEL: it takes `a ? b ? c : d : e`, which CEL does not, and reads
 * `a == b < c` as `a == (b < c)`, where CEL gives `==`, `<` and `in` one rank. Both ask for brackets here.
 */
function mustGroupPlainly(tree: ASTNode, text: string): void {
  const suspects: { readonly outer: Gap; readonly inner: Gap; readonly node: ASTNode }[] = []
  const literals: Range[] = []
  walk(tree, node => {
    if (node.op === 'value') literals.push(node)
    const [outer, part] = [gapOf(node), suspectOf(node)]
    const inner = part && gapOf(part)
    if (outer && inner && part) suspects.push({ outer, inner, node: part })
  })
  if (suspects.length === 0) return
  const depths = depthsOf(text, literals)
  const depth = ([from, to]: Gap) => depths.slice(from, to).find(d => d >= 0)
  for (const { outer, inner, node } of suspects)
    if (depth(outer) === depth(inner))
      throw new Fault(
        { start: node.start, end: node.end },
        { zh: '这一部分要加括号，否则有两种读法', en: 'This part needs brackets, or it reads two ways' },
        node.op === '?:' ? 'syntax' : 'unsupported',
      )
}

/** Where the operator stands, among brackets, spaces and comments. */
type Gap = readonly [from: number, to: number]

function gapOf(node: ASTNode): Gap | undefined {
  const [left, right] = Array.isArray(node.args) ? (node.args as readonly ASTNode[]) : []
  return node.op === '?:' || ranked.test(node.op) ? [left?.end ?? 0, right?.start ?? 0] : undefined
}
const ranked = /^(==|!=|<=?|>=?|in)$/

function suspectOf(node: ASTNode): ASTNode | undefined {
  if (node.op === '?:') return node.args[1].op === '?:' ? node.args[1] : undefined
  if (node.op !== '==' && node.op !== '!=') return undefined
  return ranked.test(node.args[1].op) ? node.args[1] : undefined
}

/** By character: how many brackets are open where an operator stands, -1 elsewhere. */
function depthsOf(text: string, literals: readonly Range[]): readonly number[] {
  const ends = new Map(literals.map(({ start, end }) => [start, end]))
  const depths = Array<number>(text.length).fill(-1)
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string
    const literal = ends.get(i)
    if (literal !== undefined) i = literal - 1
    else if (text.startsWith('//', i)) i = text.indexOf('\n', i) < 0 ? text.length : text.indexOf('\n', i)
    else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (!/\s/.test(character)) depths[i] = depth
  }
  return depths
}

function walk(node: ASTNode, visit: (node: ASTNode) => void): void {
  const left = [node]
  for (let next = left.pop(); next; next = left.pop()) {
    visit(next)
    left.push(...partsOf(next))
  }
}

function partsOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case 'map':
      return node.args.flat()
    case '!_':
    case '-_':
      return [node.args]
    default:
      return node.args
  }
}

function syntax(node: ASTNode): Syntax {
  const at = { start: node.start, end: node.end }
  switch (node.op) {
    case 'value':
      return literal(node.args, at)
    case 'id':
      return { kind: 'name', name: node.args, at }
    case '.':
      return { kind: 'select', of: syntax(node.args[0]), field: node.args[1], at }
    case 'call':
      return { kind: 'call', name: node.args[0], args: node.args[1].map(syntax), at }
    case 'rcall':
      return { kind: 'method', name: node.args[0], of: syntax(node.args[1]), args: node.args[2].map(syntax), at }
    case 'list':
      return { kind: 'list', items: node.args.map(syntax), at }
    case '!_':
      return { kind: 'unary', op: '!', arg: syntax(node.args), at }
    case '-_':
      return { kind: 'unary', op: '-', arg: syntax(node.args), at }
    case '?:':
      return { kind: 'choice', test: syntax(node.args[0]), yes: syntax(node.args[1]), no: syntax(node.args[2]), at }
    case '%':
    case '[]':
    case '[?]':
    case '.?':
    case 'map':
      throw notOurs(at, node.op === 'map' ? '{}' : node.op)
    default:
      return { kind: 'binary', op: node.op, left: syntax(node.args[0]), right: syntax(node.args[1]), at }
  }
}

function literal(value: unknown, at: Range): Syntax {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { kind: 'literal', value, at }
  if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'literal', value, double: true, at }
  if (typeof value !== 'bigint')
    throw new Fault(
      at,
      { zh: '条件里不能用这种值', en: 'This kind of value is not part of the language' },
      'unsupported',
    )
  if (!Number.isSafeInteger(Number(value)))
    throw new Fault(
      at,
      {
        zh: `整数太大，最大 ${Number.MAX_SAFE_INTEGER}`,
        en: `This whole number is too large; the largest is ${Number.MAX_SAFE_INTEGER}`,
      },
      'unsupported',
    )
  return { kind: 'literal', value: Number(value), at }
}
