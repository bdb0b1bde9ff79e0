import type { List, Node } from './ir.ts'

/** What an expression names: `f` a fact, `m` a policy's own conditions, `h` a policy after the exclusion pass, `p` a parameter. */
export type Reference = `${'f' | 'm' | 'h' | 'p'}${number}`

export function references(node: Node, found = new Set<Reference>()): Set<Reference> {
  switch (node.op) {
    case 'fact':
      found.add(`f${node.fact}`)
      break
    case 'field':
      found.add(`f${node.source.fact}`)
      break
    case 'parameter':
      found.add(`p${node.parameter}`)
      break
    case 'met':
      found.add(`m${node.policy}`)
      break
    case 'held':
      found.add(`h${node.policy}`)
      break
    case 'count':
      inList(node.list, found)
      break
    case 'some':
    case 'every':
    case 'sum':
    case 'most':
    case 'least':
      inList(node.list, found)
      references(node.body, found)
      break
    default:
      for (const child of children(node)) references(child, found)
  }
  return found
}

function inList(list: List, found: Set<Reference>): void {
  if (list.op === 'items') found.add(`f${list.source.fact}`)
  if (list.op === 'filter') {
    inList(list.list, found)
    references(list.body, found)
  }
}

/** The direct parts of a node that is not about a list. */
export function children(node: Node): readonly Node[] {
  switch (node.op) {
    case 'and':
    case 'or':
    case 'calculate':
      return node.args
    case 'not':
    case 'in':
    case 'known':
      return [node.arg]
    case 'order':
    case 'equal':
      return [node.left, node.right]
    case 'choice':
      return [node.test, node.yes, node.no]
    default:
      return []
  }
}
