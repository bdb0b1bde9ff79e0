import { compile, type Pool } from '@zhulian/rules'
import {
  documentsOf,
  facts,
  holds,
  madeUpRules,
  madeUpTable,
  rowOf,
  type Tree as TableTree,
} from '../rules/made-up-rules.ts'
import type { Known, Tree } from './rules.ts'

/** The 45 rules over 42 facts of `bench/rules`, and people who answer by a row of its table. */
const tableRules = madeUpRules()
export const tableNames: readonly string[] = facts.map(fact => fact.name)

/** Services of three rules each, drawn so that many rules stand in several. */
export const tableServices: readonly (readonly TableTree[])[] = Array.from({ length: 17 }, (_, i) =>
  [(2 * i) % 45, (2 * i + 1) % 45, (3 * i + 7) % 45].map(rule => tableRules[rule] as TableTree),
)

export const tableRows = (count: number, seed: number): readonly Known[] => {
  const table = madeUpTable(count, { seed, missing: 0 })
  return Array.from({ length: count }, (_, row) => rowOf(table, row))
}

export function poolOfTable(rules: readonly TableTree[]): Pool {
  const compiled = compile(documentsOf(rules), { formOnly: true })
  if (!compiled.ok) throw new Error(compiled.problems.map(p => `${p.where}: ${p.words.en}`).join('\n'))
  return compiled.pool
}

/** As a tree to solve exactly; undefined where a test looks at several facts at once. */
export function solvable(tree: TableTree): Tree | undefined {
  switch (tree.op) {
    case 'all':
    case 'any': {
      const args = tree.args.map(solvable).filter(arg => arg !== undefined)
      return args.length === tree.args.length ? { op: tree.op, args } : undefined
    }
    case 'not': {
      const arg = solvable(tree.arg)
      return arg && { op: 'not', arg }
    }
    case 'is':
      return { op: 'test', fact: tree.fact, text: '', holds: value => value === true }
    case 'compare':
      return { op: 'test', fact: tree.fact, text: '', holds: value => holds[tree.order](Number(value), tree.than) }
    case 'in':
      return { op: 'test', fact: tree.fact, text: '', holds: value => tree.values.includes(String(value)) }
    default:
      return undefined
  }
}
