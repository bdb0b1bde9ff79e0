import type { Words } from '@zhulian/kernel'
import {
  alertSchema,
  type Case,
  checkForm,
  circleSchema,
  classSchema,
  parameterSchema,
  pointsSchema,
  policyOrder,
  policySchema,
  serviceSchema,
  type Written,
} from '@zhulian/pool'
import type {
  AlertDocument,
  CircleDocument,
  ClassDocument,
  ParameterDocument,
  PointsDocument,
  PolicyDocument,
  PoolDocuments,
  ServiceDocument,
} from '@zhulian/rules'
import type { RuleKind } from './workbench-contract.ts'

/**
 * What can be written in the workbench: one document of the pool, found by its key (id of a policy, service or alert, name
 * of a figure; of what a pool has one of, its kind).
 */
export type Rule =
  | PolicyDocument
  | ParameterDocument
  | ServiceDocument
  | CircleDocument
  | ClassDocument
  | AlertDocument
  | PointsDocument

/** Of these a pool has one each: the lines that sort households, and the card of points. */
const singles = ['circle', 'class', 'points'] as const
type Single = (typeof singles)[number]
export const isSingle = (kind: string): kind is Single => (singles as readonly string[]).includes(kind)

export function rulesOf(documents: PoolDocuments, kind: RuleKind): readonly Rule[] {
  if (!isSingle(kind)) return documents[listed[kind]] ?? []
  const rule = documents[kind]
  return rule ? [rule] : []
}
/** The field of the pool that holds them, also their kind in the store of documents. */
export const listed = {
  policy: 'policies',
  parameter: 'parameters',
  service: 'services',
  circle: 'circle',
  class: 'class',
  alert: 'alerts',
  points: 'points',
} as const

/** A policy has worked households of its own; those of other rules stand in one file for all of a folder. */
export const casesOwnerOf = (kind: RuleKind, key: string): string => ownersOfMany[kind] ?? key
const ownersOfMany: Readonly<Partial<Record<RuleKind, string>>> = {
  service: 'services',
  circle: 'circles',
  class: 'circles',
  alert: 'alerts',
  points: 'alerts',
}

/** The results a worked household expects something of; what rests on the circles or classes is theirs. */
export function resultsIn({ expect }: Pick<Case, 'expect'>): readonly string[] {
  return Object.entries(expect).flatMap(([key, value]) => {
    if (key === 'alerts') return Object.keys((value ?? {}) as object)
    if (key === 'circle' || key === 'householdCircle') return ['circle']
    return key === 'tier' || key === 'missing' ? ['circle', 'class'] : [key]
  })
}

/** Of worked households that prove several rules, the ones that expect something of this one. */
export const isAbout = (kind: RuleKind, key: string, { expect }: Pick<Case, 'expect'>): boolean => {
  if (casesOwnerOf(kind, key) === key) return true
  if (kind === 'circle') return 'circle' in expect || 'householdCircle' in expect
  return kind === 'alert' ? key in ((expect['alerts'] ?? {}) as object) : key in expect
}

const singleOf = (rule: Rule): Single => ('lines' in rule ? 'circle' : 'classes' in rule ? 'class' : 'points')
const sortingNames = {
  circle: { zh: '三个圈层', en: 'The three circles' },
  class: { zh: '预防、支持、发展', en: 'Prevention, support, development' },
} as const

export const keyOf = (rule: Rule): string => ('id' in rule ? rule.id : 'rows' in rule ? rule.name : singleOf(rule))
export function nameOf(rule: Rule): Words {
  if ('id' in rule) return rule.name
  if ('label' in rule) return rule.label
  return sortingNames['lines' in rule ? 'circle' : 'class']
}

export const findRule = (documents: PoolDocuments, kind: RuleKind, key: string): Rule | undefined =>
  rulesOf(documents, kind).find(rule => keyOf(rule) === key)

/** What a result is called after: a policy, a service, an alert, `circle`, `class` or `points`. */
export const ruleOfResult = (documents: PoolDocuments, id: string): Rule | undefined =>
  isSingle(id)
    ? documents[id]
    : (['policy', 'service', 'alert'] as const).map(kind => findRule(documents, kind, id)).find(rule => rule)

export const readRule = (kind: RuleKind, content: unknown): Written<Rule> => checkForm(schemas[kind], content)
const schemas = {
  policy: policySchema,
  parameter: parameterSchema,
  service: serviceSchema,
  circle: circleSchema,
  class: classSchema,
  alert: alertSchema,
  points: pointsSchema,
} as const

/** The pool with one rule in the place of the one of its key, or added in order. */
export function withRule(documents: PoolDocuments, kind: RuleKind, rule: Rule): PoolDocuments {
  if (isSingle(kind)) return { ...documents, [kind]: rule }
  const all = rulesOf(documents, kind)
  const key = keyOf(rule)
  const next = all.some(one => keyOf(one) === key)
    ? all.map(one => (keyOf(one) === key ? rule : one))
    : [...all, rule].toSorted(orders[kind])
  return { ...documents, [listed[kind]]: next }
}

const byKey = (a: Rule, b: Rule) => (keyOf(a) < keyOf(b) ? -1 : 1)
const orders: Readonly<Record<Exclude<RuleKind, Single>, (a: Rule, b: Rule) => number>> = {
  policy: (a, b) => policyOrder(keyOf(a)) - policyOrder(keyOf(b)),
  service: byKey,
  alert: byKey,
  parameter: () => 0,
}

/** A line of a rule that is gone through: what it leads to when its condition holds. */
export interface RuleLine {
  /** Its place in the document. */
  readonly field: string
  readonly list: string
  readonly to: string | number
  readonly condition: string
  readonly provenance?: readonly string[] | undefined
}

/** Each line of what sorts households, each level of an alert, each step of the card of points; none of other rules. */
export function linesIn(rule: Rule): readonly RuleLine[] {
  if ('lines' in rule) return rule.lines.map((line, i) => ({ ...line, ...at('lines', i), to: line.circle }))
  if ('classes' in rule)
    return (['classes', 'primary'] as const).flatMap(list =>
      rule[list].map((line, i) => ({ ...line, ...at(list, i), to: line.class })),
    )
  if ('levels' in rule) return rule.levels.map((line, i) => ({ ...line, ...at('levels', i), to: line.level }))
  if (!('items' in rule)) return []
  return rule.items.flatMap(({ bands, provenance }, i) =>
    bands.map((band, j) => ({ ...band, ...at(`items.${i}.bands`, j), to: band.points, provenance })),
  )
}
const at = (list: string, i: number) => ({ list, field: `${list}.${i}` })

/** Every expression of a rule that says the same on every day. */
export const undatedTexts = (rule: Rule): readonly string[] => [
  ...('condition' in rule ? [rule.condition] : []),
  ...linesIn(rule).map(line => line.condition),
  ...('levels' in rule ? [rule.occurrence, rule.careful].filter(text => text !== undefined) : []),
]

const undatedKinds = ['service', 'circle', 'class', 'alert', 'points'] as const
export const undatedRules = (documents: PoolDocuments): readonly Rule[] =>
  undatedKinds.flatMap(kind => rulesOf(documents, kind))
