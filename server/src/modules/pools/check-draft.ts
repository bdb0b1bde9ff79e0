import { setImmediate as breathe } from 'node:timers/promises'
import { checkBetween, checkCase, type Case } from '@zhulian/pool'
import { compile, type ParameterDocument, type PoolDocuments, type Problem } from '@zhulian/rules'
import type { AnswerOf } from '@zhulian/kernel/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { canonical } from './canonical.ts'
import { currentPool } from './current-pool.ts'
import { forever, newLacks } from './dated.ts'
import { isExample } from './loaded-pool.ts'
import { casesInUse } from './publications.ts'
import { reachOf } from './reach.ts'
import { findRule, keyOf, linesIn, nameOf, ruleOfResult, type SortingLine, withRule, type Rule } from './rule.ts'
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
  const cases = compiled.ok
    ? await runCases(compiled.pool, new Map([...(await casesInUse(ctx)), ...wanted.cases]), reach)
    : { ran: 0, failed: [] }
  return { ready: problems.length === 0 && cases.failed.length === 0, problems, reached: named, cases, documents }
}

/** Those of a reached owner, and those that expect something of what is reached. */
async function runCases(
  pool: Parameters<typeof checkCase>[0],
  all: CasesByOwner,
  reach: readonly string[],
): Promise<Check['cases']> {
  const ids = new Set(reach)
  const isSorted = ids.has('circle') || ids.has('class')
  const sorts = (key: string) => !/^[PJS]/.test(key)
  const concerns = (owner: string, { expect }: Case) =>
    ids.has(owner) || Object.keys(expect).some(key => ids.has(key) || (sorts(key) && isSorted))
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
    const sorted = rule === 'circle' || rule === 'class' ? ruleOfResult(after, rule) : undefined
    const called = sorted ? nameOf(sorted) : { zh: rule, en: rule }
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

/** A figure, or a line that sorts households, that rests on an illustration stays 示例 until a document stands behind it. */
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

/** Where a line sorts to. */
const toOf = (line: SortingLine) => ('circle' in line ? line.circle : line.class)
const isLine = (field: string) => /^(lines|classes|primary)\./.test(field)

/** Amounts, rows, time limits and lines by their place, with what they rest on. */
function figuresOf(rule: Rule): ReadonlyMap<string, Figure> {
  if ('rows' in rule)
    return new Map((rule satisfies ParameterDocument).rows.map((row, i) => [`rows.${i}`, { ...row, value: row.value }]))
  if (!('versions' in rule))
    return new Map(
      linesIn(rule).map(({ field, line }) => [
        field,
        { value: canonical([field.split('.')[0], toOf(line), line.condition.trim()]), provenance: line.provenance },
      ]),
    )
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

/** The path in the rule's own document, where the problem lies in it: `versions[0].condition` is `versions.0.condition`. */
export function placed({ where, words, at }: Problem, rule: Rule): Found {
  const own =
    'slug' in rule
      ? new RegExp(`^(?:policies|services)/${rule.slug}(?:/policy\\.yaml|\\.yaml)? (.+)$`).exec(where)?.[1]
      : 'rows' in rule
        ? where.startsWith(`parameters.yaml ${rule.name} `)
          ? where.split(' ').at(-1)
          : undefined
        : where.startsWith(`circles/${keyOf(rule)} `)
          ? where.split(' ').at(-1)
          : undefined
  const field = own ?? (/^(versions|rows|procedure\.steps|lines|classes|primary)\.\d/.test(where) ? where : undefined)
  return { where, field: field?.replaceAll(/\[(\d+)\]/g, '.$1') ?? null, words, at: at ?? null }
}
