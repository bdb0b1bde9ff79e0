import { setImmediate as breathe } from 'node:timers/promises'
import type { Day } from '@zhulian/kernel'
import { checkBetween, checkCase, factsOfCase, type Case } from '@zhulian/pool'
import {
  checkFacts,
  compile,
  type ParameterDocument,
  type Pool,
  type PoolDocuments,
  type Problem,
  unnamedTurn,
} from '@zhulian/rules'
import type { AnswerOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { canonical } from './canonical.ts'
import { currentPool } from './current-pool.ts'
import { forever, newLacks } from './dated.ts'
import { isExample } from './loaded-pool.ts'
import { casesInUse } from './publications.ts'
import { reachOf } from './reach.ts'
import {
  casesOwnerOf,
  findRule,
  isAbout,
  isSingle,
  keyOf,
  linesIn,
  nameOf,
  resultsIn,
  type Rule,
  ruleOfResult,
  withRule,
} from './rule.ts'
import type { CasesByOwner } from './shipped.ts'
import type { RuleKind, workbenchContract } from './workbench-contract.ts'

export type Check = AnswerOf<(typeof workbenchContract)['POST /drafts/:draftId/check']>
type Found = Check['problems'][number]

export interface Wanted {
  readonly kind: RuleKind
  readonly rule: Rule
  /** Worked households in the place of those of their owners. */
  readonly cases: CasesByOwner
}

/**
 * Whether a rule could go into force: compiles the pool with it, looks at its days, figures and marks, and runs every
 * worked household that a result it reaches is expected of.
 */
export async function checkRule(ctx: Ctx, wanted: Wanted): Promise<Check & { readonly documents: PoolDocuments }> {
  const { kind, rule } = wanted
  const before = (await currentPool(ctx)).documents
  const documents = withRule(before, kind, rule)
  const compiled = compile(documents)
  const problems = [
    ...(compiled.ok ? [] : compiled.problems),
    ...checkBetween(documents),
    ...lackWords(before, documents, ctx.today),
    ...unmarked(findRule(before, kind, keyOf(rule)), rule),
  ].map(problem => placed(problem, rule))
  const reach = reachOf(documents, kind, keyOf(rule))
  const named = reach.flatMap(id => {
    const found = ruleOfResult(documents, id)
    return found ? [{ id, name: nameOf(found) }] : []
  })
  const all = new Map([...(await casesInUse(ctx)), ...wanted.cases])
  if (compiled.ok && kind === 'alert') problems.push(...(await turnsLacking(compiled.pool, keyOf(rule), all)))
  const cases = compiled.ok ? await runCases(compiled.pool, all, reach) : { ran: 0, failed: [] }
  return { ready: problems.length === 0 && cases.failed.length === 0, problems, reached: named, cases, documents }
}

/** Those of a reached owner, and those that expect something of what is reached. */
async function runCases(pool: Pool, all: CasesByOwner, reach: readonly string[]): Promise<Check['cases']> {
  const ids = new Set(reach)
  const concerns = (owner: string, example: Case) =>
    ids.has(owner) || resultsIn(example).some(result => ids.has(result))
  const failed: Check['cases']['failed'] = []
  let ran = 0
  for (const [owner, cases] of all)
    for (const [index, example] of cases.entries()) {
      if (!concerns(owner, example)) continue
      // Thousands of judgements: other requests get their turn in between.
      if (ran++ % 20 === 19) await breathe()
      const differences = checkCase(pool, example, owner)
      if (differences.length > 0)
        failed.push({
          owner,
          index,
          name: example.name,
          case: { ...example },
          differences: differences.map(d => ({ what: d.what, expected: shown(d.expected), found: shown(d.found) })),
        })
    }
  return { ran, failed }
}

/** Longer than the longest window of a happening. */
const daysAhead = 200

/** Days on which a worked household would raise the rule, or no longer, and nobody would look because the rule names no such day. */
async function turnsLacking(pool: Pool, rule: string, all: CasesByOwner): Promise<readonly Found[]> {
  const owner = casesOwnerOf('alert', rule)
  for (const example of all.get(owner) ?? []) {
    if (!isAbout('alert', rule, example)) continue
    await breathe()
    const checked = checkFacts(pool, factsOfCase(example), example.on as Day)
    const on = checked.ok && unnamedTurn(pool, rule, checked.facts, example.on as Day, daysAhead)
    if (!on) continue
    const words = {
      zh: `算例「${example.name}」在 ${on} 会变，“哪些日子要重看”里没有这一天，到时没有人会去看`,
      en: `The case “${example.name}” comes out otherwise on ${on}; “Days to look again” does not name that day, so nobody would look`,
    }
    return [{ where: 'turns', field: 'turns', words, at: null }]
  }
  return []
}

/** A value of a result as text. */
export const shown = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : (JSON.stringify(value) ?? '–')

function lackWords(before: PoolDocuments, after: PoolDocuments, today: string): readonly Problem[] {
  return newLacks(before, after, today).map(({ rule, parameter, from, until }) => {
    const figure = findRule(after, 'parameter', parameter)
    const label = figure ? nameOf(figure) : { zh: parameter, en: parameter }
    const [zh, en] =
      until === forever
        ? [`从${from}起`, `from ${from} on`]
        : [`${from}到${until}前`, `from ${from} to before ${until}`]
    const single = isSingle(rule) ? ruleOfResult(after, rule) : undefined
    const called = single ? nameOf(single) : { zh: rule, en: rule }
    return {
      where: `${rule} params.${parameter}`,
      words: {
        zh: `${called.zh}要用「${label.zh}」，${zh}没有数`,
        en: `${called.en} needs “${label.en}”, which has no figure ${en}`,
      },
    }
  })
}

interface Figure {
  readonly value: unknown
  readonly provenance?: readonly string[] | undefined
}

/** A figure, or a line that is gone through, that rests on an illustration stays 示例 until a document stands behind it. */
function unmarked(before: Rule | undefined, after: Rule): readonly Problem[] {
  const was = before ? figuresOf(before) : new Map<string, Figure>()
  return [...figuresOf(after)].flatMap(([field, now]) => {
    // Lines are moved up and down: one is the same while it says the same.
    const then = isLine(field)
      ? [...was].find(([other, one]) => isLine(other) && one.value === now.value)?.[1]
      : was.get(field)
    const wasMarked = then !== undefined && then.value === now.value && (then.provenance?.includes('I') ?? false)
    const hasSource = now.provenance?.some(tag => /^S\d\d[a-z]?$/.test(tag) && !then?.provenance?.includes(tag))
    return wasMarked && !hasSource && !isExample(now.provenance)
      ? [
          {
            where: field,
            words: {
              zh: '这个数原来标着示例，没有写新的出处，示例要留着',
              en: 'This figure was marked as an example; without a new source the mark stays',
            },
          },
        ]
      : []
  })
}

const isLine = (field: string) => /^(lines|classes|primary|levels|items)\./.test(field)

/** Amounts, rows, time limits and lines by their place, with what they rest on. */
function figuresOf(rule: Rule): ReadonlyMap<string, Figure> {
  if ('rows' in rule)
    return new Map((rule satisfies ParameterDocument).rows.map((row, i) => [`rows.${i}`, { ...row, value: row.value }]))
  if (!('versions' in rule))
    return new Map([
      ...linesIn(rule).map(({ field, list, to, condition, provenance }): [string, Figure] => [
        field,
        { value: canonical([list, to, condition.trim()]), provenance },
      ]),
      ...spansOf(rule),
    ])
  return new Map<string, Figure>([
    ...rule.versions.map((v, i): [string, Figure] => [
      `versions.${i}.benefit`,
      { value: v.benefit.amount ?? v.benefit.words.zh, provenance: v.benefit.provenance },
    ]),
    ...rule.procedure.steps.map((step, i): [string, Figure] => [
      `procedure.steps.${i}`,
      { value: step.workingDays ?? step.zh, provenance: step.provenance },
    ]),
  ])
}

/** The spans of an alert, which rest on what the whole rule rests on. */
function spansOf(rule: Rule): readonly [string, Figure][] {
  if (!('levels' in rule)) return []
  const { windowDays, proofMonths, provenance } = rule
  const months: [string, Figure][] =
    proofMonths === undefined ? [] : [['proofMonths', { value: proofMonths, provenance }]]
  return [['windowDays', { value: windowDays, provenance }], ...months]
}

/** The path in the rule's own document, where the problem lies in it: `versions[0].condition` is `versions.0.condition`. */
export function placed({ where, words, at }: Problem, rule: Rule): Found {
  const field = ownPlace(where, rule) ?? (inDocument.test(where) ? where : undefined)
  return { where, field: field?.replaceAll(/\[(\d+)\]/g, '.$1') ?? null, words, at: at ?? null }
}
const inDocument = /^(windowDays|proofMonths|(versions|rows|procedure\.steps|lines|classes|primary|levels|items)\.\d)/

function ownPlace(where: string, rule: Rule): string | undefined {
  if ('slug' in rule)
    return new RegExp(`^(?:policies|services)/${rule.slug}(?:/policy\\.yaml|\\.yaml)? (.+)$`).exec(where)?.[1]
  if ('items' in rule) {
    const [, id, rest] = /^alerts\/points (\S+) (.+)$/.exec(where) ?? []
    return id === undefined ? undefined : `items.${rule.items.findIndex(item => item.id === id)}.${rest}`
  }
  const file =
    'rows' in rule ? `parameters.yaml ${rule.name}` : `${'levels' in rule ? 'alerts' : 'circles'}/${keyOf(rule)}`
  const isOwn = where.startsWith(`${file} `) || where.startsWith(`${file}.yaml `)
  return isOwn ? where.split(' ').at(-1) : undefined
}
