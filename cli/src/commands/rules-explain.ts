import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Language, parseDay, type Words } from '@zhulian/kernel'
import { missingWords, policyName, reasonWords, resultWords, shownReasons, valueWords } from '@zhulian/pool'
import { shippedData } from '@zhulian/pool/files'
import {
  checkFacts,
  householdLine,
  judge,
  nearestChange,
  type ChangedFact,
  type FactOf,
  type HouseholdFacts,
  type Judgement,
  type NearestChange,
  type PersonPolicyResult,
  type PolicyResult,
  type Pool,
  type Reason,
} from '@zhulian/rules'
import { Usage } from '../command.ts'
import { mustBeReadable } from '../readable.ts'
import { type Said, saidByIn } from '../said-by.ts'
import { todayAtOffice } from '../today.ts'
import { poolOf } from './screen.ts'

export const explainHelp = `zhulian rules explain 家庭.json [--on 日期] [--policy P01] [--json]

说明一户的每项结果：凭哪几样事实、按哪一版条款；不符合的，还差哪几样（只作说明，不是建议）。
Explains each result of one household: by which facts and which version of the clause; for a no, the nearest change that
would turn it (information, not advice). Age, sex, illness, disability and what is past are never named.

  {"household": {"certifiedTier": "none"}, "persons": [{"key": "a", "wageMonthly": 1500}],
   "sources": {"household.certifiedTier": {"source": "民政局", "on": "2021-09-01"},
               "a.wageMonthly": {"source": "本人 the person", "on": "2021-09-20"}}}

文件和 screen 读的一行一样；sources 可以不写，写了就在每条理由后面说是谁、哪天说的。别的名字不看。
The file is one line of those that screen reads; with sources each reason says from whom and of which day it is known. Other
names are ignored.

  --on 日期 DAY      按哪一天的政策 / the day to judge by (today)
  --policy 编号 ID   只说这一项政策或服务 / this policy or service alone
  --json            每项一行 JSON / one JSON object a result
  --data 目录 DIR    另一套政策数据 / another district's data
  --lang zh|en      语言 / language
`

interface Explained {
  readonly id: string
  readonly person?: string
  readonly result: PolicyResult
  readonly change?: NearestChange
  readonly clause: { readonly from: string; readonly basis: readonly string[] } | undefined
}
type SaidOf = (FactOf & Said)[]
type SaidBy = (fact: FactOf) => Said | undefined

export async function explainHousehold(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      on: { type: 'string' },
      policy: { type: 'string' },
      json: { type: 'boolean' },
      data: { type: 'string' },
      lang: { type: 'string' },
    },
  })
  const [file, ...more] = positionals
  const on = values.on === undefined ? todayAtOffice() : parseDay(values.on)
  const language = values.lang ?? 'zh'
  if (file === undefined || more.length > 0 || !on || (language !== 'zh' && language !== 'en'))
    throw new Usage({
      zh: '用法：zhulian rules explain 家庭.json [--on 2021-09-26] [--policy P01] [--json]',
      en: 'usage: zhulian rules explain HOUSEHOLD.json [--on 2021-09-26] [--policy P01] [--json]',
    })
  await mustBeReadable(file)
  const pool = await poolOf(values.data ?? shippedData)
  const only = values.policy
  if (only !== undefined && ![...pool.policies, ...pool.services].some(p => p.id === only))
    throw new Usage({ zh: `没有 ${only} 这一项`, en: `there is no ${only}` })
  const input = parsed(await readFile(file, 'utf8'))
  const facts = checkFacts(pool, householdLine(pool, input, on).input, on)
  if (!facts.ok) return told(facts.faults.map(fault => fault.words))
  const said = saidByIn(pool, input, facts.facts)
  if (!said.ok) return told(said.faults)
  for (const one of explained(pool, facts.facts, judge(pool, facts.facts, on), only, language))
    process.stdout.write(values.json ? `${jsonOf(one, said.of)}\n` : wordsOf(pool, one, said.of, language))
  return 0
}

function told(faults: readonly Words[]): number {
  for (const { zh, en } of faults) process.stderr.write(`zhulian: ${zh} / ${en}\n`)
  return 1
}

function jsonOf({ result, ...one }: Explained, saidBy: SaidBy): string {
  const reasons = result.reasons.map(reason => {
    const sources = sourcesOf(reason, saidBy)
    return sources.length > 0 ? { ...reason, sources } : reason
  })
  return JSON.stringify({ ...one, ...result, reasons })
}

/** Of the given facts a reason rests on, those of which the file says from whom they are known. */
const sourcesOf = (reason: Reason, saidBy: SaidBy): SaidOf =>
  reason.kind === 'notInForce'
    ? []
    : reason.from.flatMap(fact => {
        const said = saidBy(fact)
        return said ? [{ ...fact, ...said }] : []
      })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Usage({ zh: '文件不是 JSON', en: 'the file is not JSON' })
  }
}

function* explained(
  pool: Pool,
  facts: HouseholdFacts,
  judgement: Judgement,
  only: string | undefined,
  language: Language,
): Generator<Explained> {
  for (const [id, found] of [...Object.entries(judgement.policies), ...Object.entries(judgement.services)]) {
    if (only !== undefined && id !== only) continue
    const policy = pool.documents.policies.find(p => p.id === id)
    const version = policy?.versions.findLast(v => v.from <= judgement.on)
    const clause = policy && version && { from: version.from, basis: policy.legalBasis.map(words => words[language]) }
    const results = Array.isArray(found) ? (found as readonly PersonPolicyResult[]) : [found as PolicyResult]
    for (const result of results) {
      const person = 'person' in result ? result.person : undefined
      const change = result.verdict === 'ineligible' ? nearestChange(pool, facts, judgement.on, id, person) : undefined
      yield { id, ...(person !== undefined && { person }), result, ...(change && { change }), clause }
    }
  }
}

const said = {
  zh: {
    because: '因为',
    missing: '还要知道',
    change: '差在哪里（说明，不是建议）',
    clause: '条款',
    now: '现在',
    needs: '要',
    apart: '相差',
    unknown: '不清楚',
    and: '；',
    comma: '，',
    colon: '：',
    aside: (text: string) => `（${text}）`,
    from: (text: string) => `〔${text}〕`,
  },
  en: {
    because: 'because',
    missing: 'still needed',
    change: 'what is lacking (information, not advice)',
    clause: 'clause',
    now: 'now',
    needs: 'needed',
    apart: 'apart by',
    unknown: 'unknown',
    and: '; ',
    comma: ', ',
    colon: ': ',
    aside: (text: string) => ` (${text})`,
    from: (text: string) => ` [${text}]`,
  },
} as const

function wordsOf(
  pool: Pool,
  { id, person, result, change, clause }: Explained,
  saidBy: SaidBy,
  language: Language,
): string {
  const words = said[language]
  const rows = [
    `${id} ${policyName(pool, id, language)}${person === undefined ? '' : words.aside(person)}${words.colon}${resultWords(pool, result, language)}`,
  ]
  const row = (name: string, parts: readonly string[]) =>
    parts.length > 0 && rows.push(`  ${name}${words.colon}${parts.join(words.and)}`)
  row(
    words.because,
    shownReasons(result.reasons).map(r => reasonWords(pool, r, language) + knownFrom(pool, r, saidBy, language)),
  )
  row(
    words.missing,
    result.missing.map(m => missingWords(pool, m, language)),
  )
  row(
    words.change,
    (change?.changes ?? []).map(c => changeWords(pool, c, language)),
  )
  if (clause) row(words.clause, [clause.from, ...clause.basis])
  return `${rows.join('\n')}\n`
}

/** From whom and of which day: once where all it rests on is known alike, else fact by fact. */
function knownFrom(pool: Pool, reason: Reason, saidBy: SaidBy, language: Language): string {
  const words = said[language]
  const sources = sourcesOf(reason, saidBy)
  const from = ({ source, on }: Said) => `${source}${words.comma}${on}`
  const [first] = sources
  if (!first || reason.kind === 'notInForce') return ''
  // That a member is alive goes without saying.
  const known = reason.from.filter(({ fact }) => fact !== 'person.alive')
  const alike = sources.length >= known.length && sources.every(one => from(one) === from(first))
  return words.from(
    alike
      ? from(first)
      : sources.map(one => `${missingWords(pool, one, language)}${words.colon}${from(one)}`).join(words.and),
  )
}

/** A figure is said as a distance: nobody is advised to earn or own less. */
function changeWords(pool: Pool, change: ChangedFact, language: Language): string {
  const words = said[language]
  const value = (v: unknown) => valueWords(pool, change.fact, v, language)
  const fact = missingWords(pool, change, language)
  if (typeof change.from === 'number' && typeof change.to === 'number')
    return `${fact} ${words.now} ${value(change.from)}${words.comma}${words.apart} ${value(Math.abs(change.from - change.to))}`
  return `${fact} ${words.now} ${change.from === undefined ? words.unknown : value(change.from)}${words.comma}${words.needs} ${value(change.to)}`
}
