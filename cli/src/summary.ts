import type { Language } from '@zhulian/kernel'
import { missingWords, policyName, reasonWords, resultWords, shownReasons } from '@zhulian/pool'
import type { Judgement, PersonPolicyResult, PolicyResult, Pool } from '@zhulian/rules'

const headings = {
  zh: {
    eligible: '可以享受',
    excluded: '不能同时享受',
    open: '还不能确定',
    services: '适合的服务',
    circle: '圈层',
    class: '类别',
    needs: '还要知道',
    none: '不在库',
    noClass: '无',
    unknown: '不确定',
    because: '因为',
  },
  en: {
    eligible: 'Eligible',
    excluded: 'Not together',
    open: 'Cannot be told yet',
    services: 'Services that fit',
    circle: 'Circle',
    class: 'Class',
    needs: 'still needed',
    none: 'none',
    noClass: 'none',
    unknown: 'unknown',
    because: 'because',
  },
}
const classes = {
  zh: { prevention: '预防', support: '支持', development: '发展' },
  en: { prevention: 'prevention', support: 'support', development: 'development' },
}

/** One household in a few lines that a guide can read aloud. */
export function summary(pool: Pool, judgement: Judgement, line: number, language: Language): string {
  const words = headings[language]
  const title = language === 'zh' ? `第 ${line} 行（${judgement.on}）` : `Line ${line} (${judgement.on})`
  const rows: string[] = [title]
  const results = listed(judgement.policies)
  section(
    rows,
    words.eligible,
    results
      .filter(r => r.verdict === 'eligible')
      .map(
        r =>
          `${nameOf(pool, r, language)}：${resultWords(pool, r, language)}\n      ${words.because}：${reasons(pool, r, language)}`,
      ),
  )
  section(
    rows,
    words.excluded,
    results
      .filter(r => r.excludedBy !== undefined)
      .map(r => `${nameOf(pool, r, language)}：${resultWords(pool, r, language)}`),
  )
  section(
    rows,
    words.open,
    results
      .filter(r => r.verdict === 'undetermined')
      .map(r => `${nameOf(pool, r, language)}\n      ${words.needs}：${needs(pool, r, language)}`),
  )
  section(
    rows,
    words.services,
    listed(judgement.services)
      .filter(r => r.verdict === 'eligible')
      .map(r => nameOf(pool, r, language)),
  )
  const circles = Object.entries(judgement.circles).map(
    ([key, { circle }]) => `${key} ${circle === undefined ? words.unknown : (circle ?? words.none)}`,
  )
  rows.push(`  ${words.circle}：${circles.join('，')}`)
  rows.push(
    `  ${words.class}：${judgement.classes.map(c => classes[language][c]).join('、') || (judgement.classesMissing.length > 0 ? words.unknown : words.noClass)}`,
  )
  return `${rows.join('\n')}\n`
}

type Listed = PolicyResult & { readonly id: string; readonly person?: string }

function listed(results: Readonly<Record<string, PolicyResult | readonly PersonPolicyResult[]>>): readonly Listed[] {
  return Object.entries(results).flatMap(([id, result]) =>
    (Array.isArray(result) ? (result as readonly PersonPolicyResult[]) : [result as PolicyResult]).map(r => ({
      id,
      ...r,
    })),
  )
}

function section(rows: string[], heading: string, lines: readonly string[]): void {
  if (lines.length > 0) rows.push(`  ${heading}：`, ...lines.map(line => `    ${line}`))
}

const nameOf = (pool: Pool, result: Listed, language: Language): string =>
  `${result.id} ${policyName(pool, result.id, language)}${result.person === undefined ? '' : `（${result.person}）`}`

const reasons = (pool: Pool, result: Listed, language: Language): string =>
  shownReasons(result.reasons)
    .map(reason => reasonWords(pool, reason, language))
    .join(language === 'zh' ? '；' : '; ')

function needs(pool: Pool, { missing }: Listed, language: Language): string {
  const few = missing.slice(0, 6).map(fact => missingWords(pool, fact, language))
  const more = missing.length - few.length
  return (
    few.join(language === 'zh' ? '、' : ', ') +
    (more > 0 ? (language === 'zh' ? ` 等 ${missing.length} 项` : ` and ${more} more`) : '')
  )
}
