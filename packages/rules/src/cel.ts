import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js'
import { Fault, type Range } from './fault.ts'

/**
 * The only file that knows the CEL library. It is used as a parser, never as an engine: its tree becomes ours, with the
 * place of every part. What the language here does not have (maps, bytes, indexing, `%`) is refused by name.
 */
export type Syntax = { readonly at: Range } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
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

const grammar = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 5_000, maxDepth: 100, maxListElements: 200, maxCallArguments: 8, maxMapEntries: 0 },
})

/** @throws Fault when the text is not an expression of the language */
export function parse(text: string): Syntax {
  try {
    return syntax(grammar.parse(text).ast)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const at = error.range ?? { start: 0, end: text.length }
    throw new Fault(at, { zh: `这里读不懂：${error.summary}`, en: `Cannot read this: ${error.summary}` })
  }
}

function syntax(node: ASTNode): Syntax {
  const at = { start: node.start, end: node.end }
  switch (node.op) {
    case 'value':
      return { kind: 'literal', value: literal(node.args, at), at }
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
      throw new Fault(at, { zh: `条件里不能用「${node.op}」`, en: `"${node.op}" is not part of the language` })
    default:
      return { kind: 'binary', op: node.op, left: syntax(node.args[0]), right: syntax(node.args[1]), at }
  }
}

function literal(value: unknown, at: Range): string | number | boolean | null {
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new Fault(at, { zh: '条件里不能用这种值', en: 'This kind of value is not part of the language' })
}
