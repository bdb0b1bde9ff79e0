import type { AnswerOf, InputOf } from '@zhulian/kernel/contract'
import { type Case, caseSchema, checkCase, checkForm } from '@zhulian/pool'
import { checkFacts, compile, type Pool } from '@zhulian/rules'
import type { Ctx } from '../../platform/ctx.ts'
import { shown } from './check-draft.ts'
import { currentPool } from './current-pool.ts'
import { readDraft, ruleIn } from './kept-draft.ts'
import { withRule } from './rule.ts'
import type { workbenchContract } from './workbench-contract.ts'

type Input = InputOf<(typeof workbenchContract)['POST /drafts/:draftId/case']>
type Answer = AnswerOf<(typeof workbenchContract)['POST /drafts/:draftId/case']>
type Fault = Answer['problems'][number]

/** One worked household while it is written: what is wrong with it, place by place, and what it comes to. */
export async function readCase(ctx: Ctx, { params, body }: Input): Promise<Answer> {
  const row = await readDraft(ctx, params.draftId)
  const loaded = await currentPool(ctx)
  const form = checkForm(caseSchema, body.case)
  if (!form.ok) {
    const problems = form.problems.map(({ where, words }) => fault(partOf(where), words, { fact: where }))
    return { problems, differences: [], byDraft: false }
  }
  // What was saved; while that cannot be read, what is in force.
  const compiled = compile(withRule(loaded.documents, row.kind, ruleIn(row)))
  const pool = compiled.ok ? compiled.pool : loaded.pool
  const problems = faultsOf(pool, form.value)
  return {
    problems,
    differences:
      problems.length > 0
        ? []
        : checkCase(pool, form.value, body.owner).map(({ what, expected, found }) => ({
            what,
            expected: shown(expected),
            found: shown(found),
          })),
    byDraft: compiled.ok,
  }
}

const fault = (place: Fault['place'], words: Fault['words'], at: { fact?: string; person?: string } = {}): Fault => ({
  place,
  fact: at.fact ?? null,
  person: at.person ?? null,
  words: { zh: words.zh, en: words.en },
})

const partOf = (where: string): Fault['place'] =>
  where.startsWith('household') ? 'household' : where.startsWith('expect') ? 'expect' : 'form'

/** Of a case the expectation may also say these. */
const others = new Set(['circle', 'householdCircle', 'class', 'tier', 'missing', 'alerts', 'points'])

function faultsOf(pool: Pool, { household, persons, on, expect }: Case): Fault[] {
  const checked = checkFacts(pool, { household, persons }, on as Parameters<typeof checkFacts>[2])
  const facts = checked.ok
    ? []
    : checked.faults.map(({ fact, person, words }) =>
        fault(person !== undefined ? 'person' : fact === undefined ? 'form' : 'household', words, {
          ...(fact !== undefined && { fact }),
          ...(person !== undefined && { person }),
        }),
      )
  const keys = new Set(persons.map(p => p.key))
  const policies = new Map(pool.policies.map(p => [p.id, p.scope] as const))
  const services = new Set(pool.services.map(s => s.id))
  const nobody = (id: string, value: unknown) =>
    typeof value !== 'object' || value === null
      ? []
      : Object.keys(value)
          .filter(key => !keys.has(key))
          .map(key =>
            fault('expect', { zh: `${id}：家里没有「${key}」这个人`, en: `${id}: there is no person "${key}"` }),
          )
  const alerts = new Map(pool.alerts.map(a => [a.id, a.about] as const))
  const expected = Object.entries(expect).flatMap(([id, value]) => {
    if (id === 'alerts')
      return Object.entries((value ?? {}) as object).flatMap(([rule, levels]) =>
        alerts.has(rule)
          ? nobody(rule, levels)
          : [fault('expect', { zh: `没有「${rule}」这条预警规则`, en: `There is no rule of alerts "${rule}"` })],
      )
    const scope = policies.get(id) ?? (services.has(id) ? 'person' : undefined)
    if (scope === undefined)
      return others.has(id)
        ? []
        : [fault('expect', { zh: `没有「${id}」这项政策或服务`, en: `There is no policy or service "${id}"` })]
    return scope === 'household' ? [] : nobody(id, value)
  })
  return [...facts, ...expected]
}
