import type { Day } from '@zhulian/kernel'
import type { Frame, List, Node } from './ir.ts'
import type { HouseholdFacts } from './judgement.ts'
import { inForce, type Pool } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { Household } from './world.ts'

/** A comparison of numbers or days in a rule, and on which sides the examples fall. */
export interface Threshold {
  readonly where: string
  readonly text: string
  readonly above: boolean
  readonly below: boolean
}

/** Every comparison of policies and services, with whether some example meets it and some example fails it. */
export function thresholds(
  pool: Pool,
  examples: readonly { readonly facts: HouseholdFacts; readonly on: Day }[],
): readonly Threshold[] {
  const seen = new Map<Node, Set<boolean>>()
  const note = (node: Node, frame: Frame) =>
    atoms(node, frame, (atom, value) => {
      const sides = seen.get(atom) ?? new Set()
      if (value !== undefined) sides.add(value)
      seen.set(atom, sides)
    })
  for (const { facts, on } of examples) {
    const world = new Household(pool, facts, on)
    const persons = world.persons.map((_, i) => i)
    for (const policy of pool.policies) {
      const rule = inForce(policy.rules, on)
      for (const who of policy.scope === 'household' ? [-1] : persons) if (rule) note(rule.condition, world.frame(who))
    }
    for (const service of pool.services) for (const who of persons) note(service.condition, world.frame(who))
  }
  const list = (where: string, text: string, node: Node): Threshold[] =>
    ordersIn(node).map(atom => ({
      where,
      text: text.slice(atom.at.start, atom.at.end),
      above: seen.get(atom)?.has(true) ?? false,
      below: seen.get(atom)?.has(false) ?? false,
    }))
  return [
    ...pool.policies.flatMap(p =>
      p.rules.flatMap(rule => list(`${p.id} ${rule.from}`, rule.document.condition, rule.condition)),
    ),
    ...pool.services.flatMap(s => list(s.id, s.document.condition, s.condition)),
  ]
}

function atoms(node: Node, frame: Frame, found: (atom: Node, value: boolean | undefined) => void): void {
  if (node.op === 'order') found(node, node.run(frame) as boolean | undefined)
  else if (node.op === 'some' || node.op === 'every')
    visit(node.list, frame, element => {
      frame.slots[node.slot] = element
      atoms(node.body, frame, found)
    })
  else for (const child of children(node)) atoms(child, frame, found)
  const list = 'list' in node ? (node.list as List) : undefined
  if (list?.op === 'filter')
    visit(list.list, frame, element => {
      frame.slots[list.slot] = element
      atoms(list.body, frame, found)
    })
}

function ordersIn(node: Node): readonly Node[] {
  const inside = 'list' in node && node.list.op === 'filter' ? ordersIn(node.list.body) : []
  if (node.op === 'order') return [node]
  if (node.op === 'some' || node.op === 'every') return [...inside, ...ordersIn(node.body)]
  return [...inside, ...children(node).flatMap(ordersIn)]
}
