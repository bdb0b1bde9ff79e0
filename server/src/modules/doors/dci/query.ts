/**
 * The three ways in which the DCI interface asks, read into one tree. Nothing here knows what a household is; which attributes there are,
 * and what may be compared with what, is said beside the SQL.
 */
export type Filter =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | {
      readonly kind: 'compare'
      readonly attribute: string
      readonly operator: Operator
      readonly values: readonly Scalar[]
    }

export type Operator = 'eq' | 'lt' | 'le' | 'gt' | 'ge' | 'in'
export type Scalar = string | number | boolean

export type Query =
  | { readonly kind: 'identifier'; readonly type: string; readonly value: string }
  | { readonly kind: 'filter'; readonly filter: Filter; readonly collection: string | undefined }

/** What is wrong, as the interface has codes for it. */
export class QueryFault extends Error {
  readonly code: 'rjct.search_criteria.invalid' | 'rjct.filter.invalid'

  constructor(code: QueryFault['code'], message: string) {
    super(message)
    this.code = code
  }
}

const mostComparisons = 20
const mostValues = 50
const deepest = 5

/** @throws QueryFault */
export function readQuery(queryType: string, query: unknown): Query {
  if (queryType === 'idtype-value') return identifier(query)
  if (queryType === 'expression') return expression(query)
  if (queryType === 'predicate') return { kind: 'filter', filter: predicates(query), collection: undefined }
  throw new QueryFault('rjct.search_criteria.invalid', 'query_type is idtype-value, expression or predicate')
}

function identifier(query: unknown): Query {
  const { type, value } = objectOf(query, 'query of idtype-value is {type, value}')
  if (typeof type !== 'string' || (typeof value !== 'string' && typeof value !== 'number'))
    throw new QueryFault('rjct.search_criteria.invalid', 'query of idtype-value is {type, value}')
  return { kind: 'identifier', type, value: String(value).trim() }
}

function expression(query: unknown): Query {
  const { value } = objectOf(query, 'query of expression is {type, value: {expression}}')
  const { expression: said } = objectOf(value, 'query of expression is {type, value: {expression}}')
  const { collection, query: inner } = objectOf(
    said,
    'the expression is {collection, query}; no other language is taken',
  )
  if (collection !== undefined && typeof collection !== 'string')
    throw new QueryFault('rjct.search_criteria.invalid', 'collection is a name')
  return { kind: 'filter', filter: counted(document(inner, 0)), collection }
}

const comparisons: Readonly<Record<string, Operator>> = {
  $eq: 'eq',
  $lt: 'lt',
  $lte: 'le',
  $le: 'le',
  $gt: 'gt',
  $gte: 'ge',
  $ge: 'ge',
  $in: 'in',
}

function document(said: unknown, depth: number): Filter {
  if (depth > deepest) throw new QueryFault('rjct.filter.invalid', `conditions go ${deepest} deep at most`)
  const of = Object.entries(objectOf(said, 'a condition is an object', 'rjct.filter.invalid')).map(
    ([key, inner]): Filter => {
      if (key === '$and' || key === '$or') {
        if (!Array.isArray(inner) || inner.length === 0)
          throw new QueryFault('rjct.filter.invalid', `${key} takes a list of conditions`)
        return { kind: key === '$and' ? 'all' : 'any', of: inner.map(one => document(one, depth + 1)) }
      }
      if (key === '$not') return { kind: 'not', of: document(inner, depth + 1) }
      if (key.startsWith('$')) throw new QueryFault('rjct.filter.invalid', `${plain(key)} is not known`)
      return compared(key, inner)
    },
  )
  if (of.length === 0) throw new QueryFault('rjct.filter.invalid', 'a condition says nothing')
  return of.length === 1 ? (of[0] as Filter) : { kind: 'all', of }
}

function compared(attribute: string, said: unknown): Filter {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return compare(attribute, 'eq', said)
  const of = Object.entries(said).map(([sign, value]): Filter => {
    if (sign === '$ne') return { kind: 'not', of: compare(attribute, 'eq', value) }
    const operator = comparisons[sign]
    if (!operator) throw new QueryFault('rjct.filter.invalid', `${plain(sign)} is not known`)
    return compare(attribute, operator, value)
  })
  if (of.length === 0) throw new QueryFault('rjct.filter.invalid', `${plain(attribute)} is compared with nothing`)
  return of.length === 1 ? (of[0] as Filter) : { kind: 'all', of }
}

/** All of the list hold; each is one comparison, or two with what joins them. */
function predicates(query: unknown): Filter {
  if (!Array.isArray(query) || query.length === 0)
    throw new QueryFault('rjct.search_criteria.invalid', 'query of predicate is a list of conditions')
  const inOrder = query
    .map(item => objectOf(item, 'a condition is {seq_num, expression1, condition, expression2}'))
    .toSorted((a, b) => Number(a['seq_num'] ?? 0) - Number(b['seq_num'] ?? 0))
  const of = inOrder.map(({ expression1, condition, expression2 }): Filter => {
    const first = predicate(expression1)
    if (expression2 === undefined) {
      if (condition === 'not') return { kind: 'not', of: first }
      return first
    }
    const second = predicate(expression2)
    if (condition === 'and' || condition === undefined) return { kind: 'all', of: [first, second] }
    if (condition === 'or') return { kind: 'any', of: [first, second] }
    if (condition === 'not') return { kind: 'all', of: [first, { kind: 'not', of: second }] }
    throw new QueryFault('rjct.filter.invalid', 'condition is and, or, not')
  })
  return counted(of.length === 1 ? (of[0] as Filter) : { kind: 'all', of })
}

const operators: readonly string[] = ['eq', 'lt', 'le', 'gt', 'ge', 'in'] satisfies Operator[]

function predicate(said: unknown): Filter {
  const { attribute_name, operator, attribute_value } = objectOf(
    said,
    'an expression is {attribute_name, operator, attribute_value}',
  )
  if (typeof attribute_name !== 'string' || typeof operator !== 'string' || !operators.includes(operator))
    throw new QueryFault('rjct.filter.invalid', 'an expression is {attribute_name, operator, attribute_value}')
  return compare(attribute_name, operator as Operator, attribute_value)
}

function compare(attribute: string, operator: Operator, said: unknown): Filter {
  const values: unknown[] = operator === 'in' ? (Array.isArray(said) ? said : String(said).split(',')) : [said]
  const isPlain = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value)
  if (values.length === 0 || values.length > mostValues || !values.every(isPlain))
    throw new QueryFault(
      'rjct.filter.invalid',
      `${plain(attribute)} is compared with a value${operator === 'in' ? ', or a list of them' : ''}`,
    )
  return { kind: 'compare', attribute, operator, values: values.map(v => (typeof v === 'string' ? v.trim() : v)) }
}

function counted(filter: Filter): Filter {
  const count = (f: Filter): number =>
    f.kind === 'compare' ? 1 : f.kind === 'not' ? count(f.of) : f.of.reduce((sum, one) => sum + count(one), 0)
  if (count(filter) > mostComparisons)
    throw new QueryFault('rjct.filter.invalid', `at most ${mostComparisons} comparisons at once`)
  return filter
}

function objectOf(
  said: unknown,
  what: string,
  code: QueryFault['code'] = 'rjct.search_criteria.invalid',
): Readonly<Record<string, unknown>> {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) throw new QueryFault(code, what)
  return said as Readonly<Record<string, unknown>>
}

/** Names of a partner come back in words of ours only as far as they are names. */
export const plain = (name: string): string => (/^[$\w.]{1,40}$/.test(name) ? name : 'a name')
