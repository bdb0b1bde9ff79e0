import { formatYuan, type Language, type Words } from '@zhulian/kernel'
import type { FactOf, PolicyResult, Pool, Reason, Test, Tier, ValueForm } from '@zhulian/rules'

/** What the engine finds, in words a resident understands: always from the dictionary, never from the expression. */

/** How a person is called; the key when nothing better is known. */
export type NameOf = (key: string) => string

const both = (zh: string, en: string): Words => ({ zh, en })

/** `家里人均月收入 500 元（低于 1,102 元）`, with the person's name before it where the fact is a member's. */
export function reasonWords(pool: Pool, reason: Reason, language: Language, nameOf: NameOf = key => key): string {
  switch (reason.kind) {
    case 'notInForce':
      return both(`这项政策从 ${reason.from} 起才实行`, `This policy is in force only from ${reason.from}`)[language]
    case 'policy': {
      const name = policyName(pool, reason.policy, language)
      const who = whose(reason.person, language, nameOf)
      return (
        who +
        (reason.holds
          ? both(`符合「${name}」的条件`, `meets the conditions of "${name}"`)
          : both(`不符合「${name}」的条件`, `does not meet the conditions of "${name}"`))[language]
      )
    }
    case 'fact': {
      const tests = [...new Set(reason.tests.map(test => testWords(pool, reason.fact, test, language)).filter(Boolean))]
      const aside = tests.length === 0 ? '' : language === 'zh' ? `（${tests.join('，')}）` : ` (${tests.join(', ')})`
      return `${whose(reason.person, language, nameOf)}${labelOf(pool, reason.fact)[language]}${language === 'zh' ? ' ' : ': '}${valueWords(pool, reason.fact, reason.value, language)}${aside}`
    }
  }
}

/** Reasons worth reading: that a member is alive goes without saying. */
export const shownReasons = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter(reason => !(reason.kind === 'fact' && reason.fact === 'person.alive' && reason.value === true))

/** A fact still needed: its label, with the person's name. A figure the district has not given is named as such. */
export function missingWords(pool: Pool, missing: FactOf, language: Language, nameOf: NameOf = key => key): string {
  if (missing.fact.startsWith('params.')) {
    const parameter = pool.parameters.find(p => `params.${p.name}` === missing.fact)
    return both(
      `本区当天的「${parameter?.label.zh ?? missing.fact}」`,
      `the district's figure for "${parameter?.label.en ?? missing.fact}" on that day`,
    )[language]
  }
  return whose(missing.person, language, nameOf) + labelOf(pool, missing.fact)[language]
}

/** `可以申请，每月 1,806 元（先要认定为低保）`; `还不能确定`; `不符合`. */
export function resultWords(pool: Pool, result: PolicyResult, language: Language): string {
  if (result.verdict === 'undetermined') return both('还不能确定', 'cannot be told yet')[language]
  if (result.verdict === 'ineligible') {
    if (result.excludedBy === undefined) return both('不符合', 'not eligible')[language]
    const name = policyName(pool, result.excludedBy, language)
    return both(`不能同时享受，已有「${name}」`, `not together with "${name}"`)[language]
  }
  const figure =
    result.amount !== undefined
      ? amountWords(result.amount, result.period, language)
      : result.atLeast !== undefined
        ? both(
            `至少${amountWords(result.atLeast, result.period, 'zh')}`,
            `at least ${amountWords(result.atLeast, result.period, 'en')}`,
          )[language]
        : undefined
  const tier = result.conditionalOn ?? result.amountConditionalOn
  const condition =
    tier &&
    (result.conditionalOn
      ? both(`先要认定为${tierWords(pool, tier).zh}`, `once recognised as ${tierWords(pool, tier).en}`)
      : both(`认定为${tierWords(pool, tier).zh}后的金额`, `the amount once recognised as ${tierWords(pool, tier).en}`))[
      language
    ]
  const start = both('可以申请', 'eligible')[language]
  return language === 'zh'
    ? [start, figure].filter(Boolean).join('，') + (condition ? `（${condition}）` : '')
    : [start, figure].filter(Boolean).join(', ') + (condition ? ` (${condition})` : '')
}

const periods: Record<'month' | 'year' | 'once', (figure: string) => Words> = {
  month: figure => both(`每月 ${figure} 元`, `${figure} yuan a month`),
  year: figure => both(`每年 ${figure} 元`, `${figure} yuan a year`),
  once: figure => both(`一次 ${figure} 元`, `${figure} yuan once`),
}

/** `每月 1,806 元` */
export const amountWords = (yuan: number, period: 'month' | 'year' | 'once' | undefined, language: Language): string =>
  period
    ? periods[period](formatYuan(yuan))[language]
    : both(`${formatYuan(yuan)} 元`, `${formatYuan(yuan)} yuan`)[language]

export const tierWords = (pool: Pool, tier: Tier): Words =>
  pool.facts[pool.known.tier]?.form.values?.find(v => v.value === tier)?.label ?? both(tier, tier)

/** The name of a policy or a service. */
export const policyName = (pool: Pool, id: string, language: Language): string =>
  (pool.documents.policies.find(p => p.id === id) ?? pool.documents.services.find(s => s.id === id))?.name[language] ??
  id

/** A value as a person reads it: `低保`, `是`, `500 元`, `没有残疾`. */
export function valueWords(pool: Pool, name: string, value: unknown, language: Language): string {
  const fact = factCalled(pool, name)
  const form = fact?.form
  if (Array.isArray(value)) {
    if (form?.type === 'list') return both(`${value.length} 项`, `${value.length}`)[language]
    if (value.length === 0) return both('没有', 'none')[language]
    return value
      .map(v => valueWords(pool, name, v, language))
      .join(form?.type === 'set' ? (language === 'zh' ? '、' : ', ') : language === 'zh' ? '或' : ' or ')
  }
  if (value === null || value === undefined) return noneWords(fact?.document, language)
  if (typeof value === 'boolean') return value ? both('是', 'yes')[language] : both('否', 'no')[language]
  if (typeof value === 'number') return number(value, form, unitOf(fact), language)
  const label = form?.values?.find(v => v.value === value)?.label[language]
  return label ?? (typeof value === 'string' ? value : JSON.stringify(value))
}

function number(value: number, form: ValueForm | undefined, unit: Words | undefined, language: Language): string {
  const yuan = form?.type === 'money' ? (unit ?? both('元', 'yuan')) : unit
  const figure =
    form?.type === 'money' ? formatYuan(Math.round(value * 100) / 100) : String(Math.round(value * 100) / 100)
  return yuan ? `${figure} ${yuan[language]}` : figure
}

const factCalled = (pool: Pool, name: string) => pool.facts[pool.factNumbers.get(name) ?? -1]
const labelOf = (pool: Pool, name: string): Words => factCalled(pool, name)?.label ?? both(name, name)
const unitOf = (fact: ReturnType<typeof factCalled>): Words | undefined => fact?.document?.unit ?? fact?.derived?.unit

function noneWords(document: object | undefined, language: Language): string {
  const label = (document as { readonly noneLabel?: Words } | undefined)?.noneLabel
  return (label ?? both('没有', 'none'))[language]
}

const whose = (person: string | undefined, language: Language, nameOf: NameOf): string =>
  person === undefined ? '' : nameOf(person) + (language === 'zh' ? '：' : ': ')

const comparisons: Record<'<' | '<=' | '>' | '>=', readonly [holds: Words, fails: Words]> = {
  '<': [both('低于', 'below'), both('不低于', 'not below')],
  '<=': [both('不超过', 'not above'), both('超过', 'above')],
  '>': [both('超过', 'above'), both('不超过', 'not above')],
  '>=': [both('达到', 'at least'), both('低于', 'below')],
}

/** `低于 1,102 元`; nothing where the value speaks for itself. */
function testWords(pool: Pool, fact: string, test: Test, language: Language): string {
  const than = (value: unknown) => valueWords(pool, fact, value, language)
  if (test.is === 'in')
    return test.holds ? '' : both(`不是${list(test.than, than, 'zh')}`, `not ${list(test.than, than, 'en')}`)[language]
  if (test.is === '==' || test.is === '!=') {
    const equal = (test.is === '==') === test.holds
    return equal || typeof test.than === 'boolean'
      ? ''
      : both(`不是${than(test.than)}`, `not ${than(test.than)}`)[language]
  }
  if (test.than === null) return ''
  return `${comparisons[test.is][test.holds ? 0 : 1][language]} ${than(test.than)}`
}

function list(values: Test['than'], words: (value: unknown) => string, language: Language): string {
  const all = Array.isArray(values) ? (values as readonly unknown[]) : [values]
  return all.map(words).join(language === 'zh' ? '、' : ', ')
}
