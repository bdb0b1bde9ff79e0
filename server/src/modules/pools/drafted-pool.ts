import type { Day, Id, Words } from '@zhulian/kernel'
import { type ParameterDocument, type PolicyDocument, type PoolDocuments } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { canonical, contentHash } from './canonical.ts'
import { currentPool } from './current-pool.ts'
import { openStates, stateWords } from './draft.ts'
import { type DraftRow, readDraft, ruleIn } from './kept-draft.ts'
import { factsBehind, rowOn, versionOn } from './loaded-pool.ts'
import { findRule, keyOf, type Rule, undatedTexts, withRule } from './rule.ts'
import { reachOf } from './reach.ts'
import { draftStepNotOpen } from './workbench-contract.ts'

/** The pool in use with an open draft in it. Nothing of it is stored. */
interface DraftedPool {
  readonly key: string
  readonly version: number
  /** Of what the draft says. */
  readonly hash: string
  readonly documents: PoolDocuments
  /** Rules of alerts that may come out otherwise, and the facts they rest on, before or with the draft. */
  readonly alerts: readonly { readonly id: string; readonly name: Words; readonly reads: ReadonlySet<string> }[]
  /** The first day, today or later, on which it says something else than the rule in force; today where there is none. */
  readonly from: Day
}

/** @throws draftNotFound, draftStepNotOpen when it is published or withdrawn */
export async function draftedPool(ctx: Ctx, id: Id): Promise<DraftedPool> {
  const row = await readDraft(ctx, id)
  if (!openStates.includes(row.state)) throw draftStepNotOpen({ state: stateWords[row.state] })
  const before = (await currentPool(ctx)).documents
  const rule = ruleIn(row)
  const documents = withRule(before, row.kind, rule)
  return {
    key: row.key,
    version: row.version,
    hash: contentHash(rule),
    documents,
    alerts: alertsReached(row, [before, documents]),
    from: firstDay(findRule(before, row.kind, keyOf(rule)), rule, ctx.today),
  }
}

function alertsReached({ kind, key }: DraftRow, pools: readonly PoolDocuments[]): DraftedPool['alerts'] {
  const reached = new Set(pools.flatMap(pool => reachOf(pool, kind, key)))
  const reads = new Map<string, { name: Words; reads: Set<string> }>()
  for (const pool of pools)
    for (const alert of pool.alerts ?? []) {
      if (!reached.has(alert.id)) continue
      const facts = factsBehind(pool, undatedTexts(alert))
      reads.set(alert.id, { name: alert.name, reads: facts.union(reads.get(alert.id)?.reads ?? new Set()) })
    }
  return [...reads].map(([id, one]) => ({ id, ...one }))
}

/** A rule of next year changes nobody today: both are looked at on the first day on which they differ. */
export function firstDay(before: Rule | undefined, after: Rule, today: Day): Day {
  const days = [...daysIn(before), ...daysIn(after)].filter(day => day > today).toSorted()
  return [today, ...days].find(day => saysOn(before, day) !== saysOn(after, day)) ?? today
}

const daysIn = (rule: Rule | undefined): readonly Day[] => {
  if (!rule) return []
  if ('rows' in rule) return rule.rows.flatMap(({ from, until }) => [from, ...(until ? [until] : [])]) as Day[]
  return 'versions' in rule ? rule.versions.map(v => v.from as Day) : []
}

/** What decides results on a day, as one text. */
function saysOn(rule: Rule | undefined, day: Day): string {
  if (!rule) return ''
  if ('rows' in rule) return String(rowOn(rule satisfies ParameterDocument, day)?.value)
  if (!('versions' in rule)) return canonical(rule)
  const version = versionOn(rule satisfies PolicyDocument, day)
  if (!version) return ''
  const { amount, atLeast, period } = version.benefit
  return canonical({ scope: rule.scope, persons: rule.persons, condition: version.condition, amount, atLeast, period })
}
