import type { PoolDocuments } from '@zhulian/rules'
import { namesIn } from './loaded-pool.ts'
import { isSingle, keyOf, undatedRules, undatedTexts } from './rule.ts'
import type { RuleKind } from './workbench-contract.ts'

/**
 * Policies, services and alerts whose results may change with a rule, itself first: those that name it, or what is
 * calculated from it, at whatever depth, and those it excludes. `circle` and `class` stand for the lines that sort
 * households, `points` for the card of points.
 */
export function reachOf(documents: PoolDocuments, kind: RuleKind, key: string): readonly string[] {
  const users = usersIn(documents)
  const reached = new Set<string>(kind === 'parameter' ? [] : [key])
  const left = [kind === 'parameter' ? `params.${key}` : kind === 'circle' ? circle.name : `met.${key}`]
  const seen = new Set(left)
  for (let name = left.pop(); name !== undefined; name = left.pop())
    for (const user of users.get(name) ?? []) {
      if (user.result !== undefined) reached.add(user.result)
      if (seen.has(user.name)) continue
      seen.add(user.name)
      left.push(user.name)
    }
  return [...reached]
}

const circle: User = { name: 'person.circle', result: 'circle' }

interface User {
  /** How others name it. */
  readonly name: string
  /** A policy, a service, an alert, `circle`, `class` or `points`; undefined for a derived fact. */
  readonly result?: string
}

/** Who names what. */
function usersIn(documents: PoolDocuments): ReadonlyMap<string, readonly User[]> {
  const users = new Map<string, User[]>()
  const add = (name: string, user: User) => users.set(name, [...(users.get(name) ?? []), user])
  const read = (user: User, texts: readonly (string | undefined)[]) => {
    const names = new Set(texts.flatMap(text => (text === undefined ? [] : [...namesIn(text)].map(heldAsMet))))
    for (const name of names) add(name, user)
  }
  for (const fact of documents.derived)
    read({ name: fact.name }, [fact.formula, ...(fact.versions ?? []).map(v => v.formula)])
  for (const fact of documents.facts) read({ name: fact.name }, [fact.when])
  for (const policy of documents.policies)
    read(
      { name: `met.${policy.id}`, result: policy.id },
      policy.versions.flatMap(v => [v.condition, v.benefit.amount, v.benefit.atLeast]),
    )
  for (const rule of undatedRules(documents)) {
    const key = keyOf(rule)
    const own = key === 'circle' ? circle : { name: isSingle(key) ? key : `rule.${key}`, result: key }
    read(own, undatedTexts(rule))
  }
  add('person.circle', { name: 'household.circle' })
  for (const { between } of documents.exclusions)
    for (const [one, other] of [between, between.toReversed()])
      add(`met.${one}`, { name: `met.${other}`, result: other as string })
  return users
}

/** `held.P10` in a benefit: the policy after the exclusion pass. */
const heldAsMet = (name: string): string => name.replace(/^held\./, 'met.')
