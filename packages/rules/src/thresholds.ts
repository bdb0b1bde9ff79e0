import type { Day } from '@zhulian/kernel'
import type { Frame, List, Node } from './ir.ts'
import type { HouseholdFacts } from './judgement.ts'
import { inForce, type Pool } from './pool.ts'
import { children } from './references.ts'
import { visit } from './run.ts'
import { equal, type Value } from './value.ts'
import { Household } from './world.ts'

/** A comparison of numbers or days in a rule, and where the examples fall. */
export interface Threshold {
  readonly where: string
  readonly text: string
  /** Some example meets it. */
  readonly above: boolean
  /** Some example fails it. */
  readonly below: boolean
  /** Some example stands exactly on the line, which alone tells `<` from `<=`. */
  readonly on: boolean
}

/** Every comparison of policies, services, circles, classes and alerts, with whether some example meets it, fails it, is on it. */
export function thresholds(
  pool: Pool,
  examples: readonly { readonly facts: HouseholdFacts; readonly on: Day }[],
): readonly Threshold[] {
  const seen = new Map<Node, Set<boolean | 'on'>>()
  const note = (node: Node, frame: Frame) =>
    atoms(node, frame, (atom, value, isOn) => {
      const sides = seen.get(atom) ?? new Set()
      if (value !== undefined) sides.add(value)
      if (isOn) sides.add('on')
      seen.set(atom, sides)
    })
  for (const { facts, on } of examples) {
    const world = new Household(pool, facts, on)
    const persons = world.persons.map((_, i) => i)
    for (const policy of pool.policies) {
      const rule = inForce(policy.rules, on)
      for (const who of policy.scope === 'household' ? [-1] : persons) {
        if (rule) note(rule.condition, world.frame(who))
        if (rule?.amount) note(rule.amount, world.frame(who))
      }
    }
    for (const service of pool.services) for (const who of persons) note(service.condition, world.frame(who))
    for (const line of pool.circle.lines) for (const who of persons) note(line.node, world.frame(who))
    for (const { about, levels } of pool.alerts)
      for (const { node } of levels)
        for (const who of about === 'household' ? [-1] : persons) note(node, world.frame(who))
    for (const line of pool.classes) note(line.node, world.frame(-1))
    for (const fact of pool.facts) {
      const node = fact.derived && inForce(fact.formulas, on)?.node
      for (const who of fact.owner === 'household' ? [-1] : persons) if (node) note(node, world.frame(who))
    }
  }
  const list = (where: string, text: string, node: Node): Threshold[] =>
    ordersIn(node).map(atom => ({
      where,
      text: text.slice(atom.at.start, atom.at.end),
      above: seen.get(atom)?.has(true) ?? false,
      below: seen.get(atom)?.has(false) ?? false,
      on: seen.get(atom)?.has('on') ?? false,
    }))
  return [
    ...pool.policies.flatMap(p =>
      p.rules.flatMap(rule => [
        ...list(`${p.id} ${rule.from}`, rule.document.condition, rule.condition),
        ...(rule.amount ? list(`${p.id} ${rule.from} amount`, rule.document.benefit.amount ?? '', rule.amount) : []),
      ]),
    ),
    ...pool.services.flatMap(s => list(s.id, s.document.condition, s.condition)),
    ...pool.circle.lines.flatMap((line, i) =>
      list(`circle ${line.circle} ${line.label.en}`, pool.documents.circle.lines[i]?.condition ?? '', line.node),
    ),
    ...pool.alerts.flatMap(a =>
      a.levels.flatMap(({ node }, i) => list(a.id, a.document.levels[i]?.condition ?? '', node)),
    ),
    ...pool.classes.flatMap((line, i) =>
      list(`class ${line.class}`, pool.documents.class.classes[i]?.condition ?? '', line.node),
    ),
    ...pool.facts.flatMap(({ name, derived, formulas }) =>
      formulas.flatMap(({ node }, i) =>
        derived ? list(name, derived.formula ?? derived.versions?.[i]?.formula ?? '', node) : [],
      ),
    ),
  ]
}

function atoms(node: Node, frame: Frame, found: (atom: Node, value: boolean | undefined, isOn: boolean) => void): void {
  if (node.op === 'order')
    found(node, node.run(frame) as boolean | undefined, meet(node.left.run(frame), node.right.run(frame)))
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

const meet = (left: Value, right: Value): boolean => left !== null && equal(left, right) === true

function ordersIn(node: Node): readonly Node[] {
  const inside = 'list' in node && node.list.op === 'filter' ? ordersIn(node.list.body) : []
  if (node.op === 'order') return [node]
  if (node.op === 'some' || node.op === 'every') return [...inside, ...ordersIn(node.body)]
  return [...inside, ...children(node).flatMap(ordersIn)]
}
