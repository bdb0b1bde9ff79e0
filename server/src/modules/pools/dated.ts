import type { ParameterDocument, PoolDocuments } from '@zhulian/rules'
import { namesIn } from './loaded-pool.ts'
import { keyOf, undatedRules, undatedTexts } from './rule.ts'

/** Days from the first to before the last. */
export interface Period {
  readonly from: string
  readonly until: string
}
export const forever = '9999-12-31'

export interface Lack extends Period {
  /** What needs the figure: a policy, a service, an alert, `circle`, `class` or `points`. */
  readonly rule: string
  readonly parameter: string
}

/**
 * Days for which a rule in force needs a figure and there is none: the rule stays open for everybody then.
 * @returns in the order of policies, services, circle, class, alerts, points, figures and days
 */
export function lacksOf(documents: PoolDocuments): readonly Lack[] {
  const figures = new Map(documents.parameters.map(p => [p.name, periodsOf(p)]))
  const figuresIn = closureOf(documents)
  const dated = documents.policies.flatMap(policy =>
    policy.versions.map((version, i) => ({
      rule: policy.id,
      period: { from: version.from, until: policy.versions[i + 1]?.from ?? forever },
      texts: [version.condition, version.benefit.amount, version.benefit.atLeast],
    })),
  )
  const always = undatedIn(documents).map(({ rule, texts }) => ({
    rule,
    period: { from: '0000-01-01', until: forever },
    texts,
  }))
  return [...dated, ...always].flatMap(({ rule, period, texts }) =>
    // What is no figure (`params.childTop`, the part of a name) lacks nothing.
    figuresIn(texts).flatMap(parameter =>
      without([period], figures.get(parameter) ?? [period]).map(lack => ({ rule, parameter, ...lack })),
    ),
  )
}

/** Rules that say the same on every day. */
const undatedIn = (documents: PoolDocuments): readonly { readonly rule: string; readonly texts: readonly string[] }[] =>
  undatedRules(documents).map(rule => ({ rule: keyOf(rule), texts: undatedTexts(rule) }))

/**
 * Lacks that were not there before: what was open already is not the fault of a change. Nobody was judged by a rule
 * that is new, nor by a figure that an undated rule did not name, so of these only the days from today on count.
 */
export function newLacks(before: PoolDocuments, after: PoolDocuments, today: string): readonly Lack[] {
  const known = lacksOf(before)
  const policies = new Set(before.policies.map(policy => policy.id))
  const undated = new Set(undatedIn(after).map(({ rule }) => rule))
  return lacksOf(after).flatMap(lack => {
    const same = known.filter(k => k.rule === lack.rule && k.parameter === lack.parameter)
    // No figure goes back for ever: of one that an undated rule named, some day lacked before.
    const isNew = undated.has(lack.rule) ? same.length === 0 : !policies.has(lack.rule)
    const past = isNew ? [{ from: '0000-01-01', until: today }] : []
    return without([lack], [...same, ...past]).map(left => ({ ...lack, ...left }))
  })
}

const periodsOf = ({ rows }: ParameterDocument): readonly Period[] =>
  rows.map((row, i) => ({ from: row.from, until: row.until ?? rows[i + 1]?.from ?? forever }))

/** What is left of periods when others are taken away. */
export function without(periods: readonly Period[], taken: readonly Period[]): readonly Period[] {
  return taken.reduce<readonly Period[]>(
    (left, gone) =>
      left.flatMap(({ from, until }) =>
        [
          { from, until: until < gone.from ? until : gone.from },
          { from: from > gone.until ? from : gone.until, until },
        ].filter(rest => rest.from < rest.until),
      ),
    periods,
  )
}

/** The figures that expressions rest on, through what is calculated from others. */
function closureOf(documents: PoolDocuments): (texts: readonly (string | undefined)[]) => readonly string[] {
  const derived = new Map(documents.derived.map(d => [d.name, [d.formula, ...(d.versions ?? []).map(v => v.formula)]]))
  return texts => {
    const seen = new Set<string>()
    const follow = (text: string | undefined) => {
      for (const name of text === undefined ? [] : namesIn(text)) {
        if (seen.has(name)) continue
        seen.add(name)
        derived.get(name)?.forEach(follow)
      }
    }
    texts.forEach(follow)
    return [...seen].flatMap(name => (name.startsWith('params.') ? [name.slice('params.'.length)] : []))
  }
}
