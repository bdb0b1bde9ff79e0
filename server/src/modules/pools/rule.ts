import type { Words } from '@zhulian/kernel'
import { checkForm, parameterSchema, policyOrder, policySchema, serviceSchema, type Written } from '@zhulian/pool'
import type { ParameterDocument, PolicyDocument, PoolDocuments, ServiceDocument } from '@zhulian/rules'
import type { RuleKind } from './workbench-contract.ts'

/** What can be written in the workbench: one document of the pool, found by its key (id of a policy or service, name of a figure). */
export type Rule = PolicyDocument | ParameterDocument | ServiceDocument

export const rulesOf = (documents: PoolDocuments, kind: RuleKind): readonly Rule[] => documents[listed[kind]]
/** The field of the pool that holds them, also their kind in the store of documents. */
export const listed = { policy: 'policies', parameter: 'parameters', service: 'services' } as const

/** A policy has worked households of its own; all services have theirs in one file. */
export const casesOwnerOf = (kind: RuleKind, key: string): string => (kind === 'service' ? 'services' : key)

export const keyOf = (rule: Rule): string => ('id' in rule ? rule.id : rule.name)
export const nameOf = (rule: Rule): Words => ('label' in rule ? rule.label : rule.name)

export const findRule = (documents: PoolDocuments, kind: RuleKind, key: string): Rule | undefined =>
  rulesOf(documents, kind).find(rule => keyOf(rule) === key)

export const readRule = (kind: RuleKind, content: unknown): Written<Rule> => checkForm(schemas[kind], content)
const schemas = { policy: policySchema, parameter: parameterSchema, service: serviceSchema } as const

/** The pool with one rule in the place of the one of its key, or added in order. */
export function withRule(documents: PoolDocuments, kind: RuleKind, rule: Rule): PoolDocuments {
  const all = rulesOf(documents, kind)
  const key = keyOf(rule)
  const next = all.some(one => keyOf(one) === key)
    ? all.map(one => (keyOf(one) === key ? rule : one))
    : [...all, rule].toSorted(orders[kind])
  return { ...documents, [listed[kind]]: next }
}

const orders: Readonly<Record<RuleKind, (a: Rule, b: Rule) => number>> = {
  policy: (a, b) => policyOrder(keyOf(a)) - policyOrder(keyOf(b)),
  service: (a, b) => (keyOf(a) < keyOf(b) ? -1 : 1),
  parameter: () => 0,
}
