import type { Words } from '@zhulian/kernel'
import {
  type Case,
  checkForm,
  circleSchema,
  classSchema,
  parameterSchema,
  policyOrder,
  policySchema,
  serviceSchema,
  type Written,
} from '@zhulian/pool'
import type {
  CircleDocument,
  ClassDocument,
  ParameterDocument,
  PolicyDocument,
  PoolDocuments,
  ServiceDocument,
} from '@zhulian/rules'
import type { RuleKind } from './workbench-contract.ts'

/**
 * What can be written in the workbench: one document of the pool, found by its key (id of a policy or service, name of a
 * figure; of the lines that sort households, their kind).
 */
export type Rule = PolicyDocument | ParameterDocument | ServiceDocument | CircleDocument | ClassDocument

/** Of these a pool has one each. */
const sorting = ['circle', 'class'] as const
type Sorting = (typeof sorting)[number]
const isSorting = (kind: string): kind is Sorting => (sorting as readonly string[]).includes(kind)

export const rulesOf = (documents: PoolDocuments, kind: RuleKind): readonly Rule[] =>
  isSorting(kind) ? [documents[kind]] : documents[listed[kind]]
/** The field of the pool that holds them, also their kind in the store of documents. */
export const listed = {
  policy: 'policies',
  parameter: 'parameters',
  service: 'services',
  circle: 'circle',
  class: 'class',
} as const

/** A policy has worked households of its own; all services have theirs in one file, and so have circles and classes. */
export const casesOwnerOf = (kind: RuleKind, key: string): string =>
  kind === 'service' ? 'services' : isSorting(kind) ? 'circles' : key

/** Of worked households that prove several rules, the ones that expect something of this one. */
export const isAbout = (kind: RuleKind, key: string, { expect }: Pick<Case, 'expect'>): boolean => {
  if (kind === 'circle') return 'circle' in expect || 'householdCircle' in expect
  return (kind !== 'service' && kind !== 'class') || key in expect
}

const sortingOf = (rule: Rule): Sorting | undefined =>
  'lines' in rule ? 'circle' : 'classes' in rule ? 'class' : undefined
const sortingNames: Readonly<Record<Sorting, Words>> = {
  circle: { zh: '三个圈层', en: 'The three circles' },
  class: { zh: '预防、支持、发展', en: 'Prevention, support, development' },
}

export const keyOf = (rule: Rule): string =>
  'id' in rule ? rule.id : 'rows' in rule ? rule.name : (sortingOf(rule) as Sorting)
export const nameOf = (rule: Rule): Words =>
  'id' in rule ? rule.name : 'rows' in rule ? rule.label : sortingNames[sortingOf(rule) as Sorting]

export const findRule = (documents: PoolDocuments, kind: RuleKind, key: string): Rule | undefined =>
  rulesOf(documents, kind).find(rule => keyOf(rule) === key)

/** What a result is called after: a policy, a service, `circle` or `class`. */
export const ruleOfResult = (documents: PoolDocuments, id: string): Rule | undefined =>
  isSorting(id) ? documents[id] : (findRule(documents, 'policy', id) ?? findRule(documents, 'service', id))

export const readRule = (kind: RuleKind, content: unknown): Written<Rule> => checkForm(schemas[kind], content)
const schemas = {
  policy: policySchema,
  parameter: parameterSchema,
  service: serviceSchema,
  circle: circleSchema,
  class: classSchema,
} as const

/** The pool with one rule in the place of the one of its key, or added in order. */
export function withRule(documents: PoolDocuments, kind: RuleKind, rule: Rule): PoolDocuments {
  if (isSorting(kind)) return { ...documents, [kind]: rule }
  const all = rulesOf(documents, kind)
  const key = keyOf(rule)
  const next = all.some(one => keyOf(one) === key)
    ? all.map(one => (keyOf(one) === key ? rule : one))
    : [...all, rule].toSorted(orders[kind])
  return { ...documents, [listed[kind]]: next }
}

const orders: Readonly<Record<Exclude<RuleKind, Sorting>, (a: Rule, b: Rule) => number>> = {
  policy: (a, b) => policyOrder(keyOf(a)) - policyOrder(keyOf(b)),
  service: (a, b) => (keyOf(a) < keyOf(b) ? -1 : 1),
  parameter: () => 0,
}

export type SortingLine = (CircleDocument['lines'] | ClassDocument['classes' | 'primary'])[number]

/** Each line of what sorts households, with its place in the document; none of other rules. */
export function linesIn(rule: Rule): readonly { readonly field: string; readonly line: SortingLine }[] {
  const among = (field: string, lines: readonly SortingLine[]) =>
    lines.map((line, i) => ({ field: `${field}.${i}`, line }))
  if ('lines' in rule) return among('lines', rule.lines)
  return 'classes' in rule ? [...among('classes', rule.classes), ...among('primary', rule.primary)] : []
}
