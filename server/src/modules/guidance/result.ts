import { formatYuan, type Day, type Words } from '@zhulian/kernel'
import type { AnswerOf } from '@zhulian/kernel/contract'
import type {
  FactOf,
  HouseholdFacts,
  Judgement,
  PersonPolicyResult,
  PolicyDocument,
  PolicyResult,
  Tier,
} from '@zhulian/rules'
import { type DescribedService, isExample, type LoadedPool, namesIn, rowOn, versionOn } from '../pools/index.ts'
import type { guidanceContract } from './contract.ts'
import { sourcesOf } from './fact-source.ts'
import { type Interview, keyOf, type Member } from './interview.ts'
import { fill } from './question.ts'
import { gapWords } from './gap-words.ts'
import { bestVerdict } from './plan.ts'
import { isDelicate, reasonWords } from './reason-words.ts'

type Screening = AnswerOf<(typeof guidanceContract)['GET /screenings/:screeningId']>
export type ResultLine = Screening['policies'][number]
export type ServiceLine = Screening['services'][number]
type Group = ResultLine['group']
type Money = NonNullable<ResultLine['money']>

export interface Reading {
  readonly loaded: LoadedPool
  readonly judgement: Judgement
  readonly members: readonly Member[]
  readonly on: Day
  /** What was judged. */
  readonly facts: HouseholdFacts
  /** What was answered, with where it is from. */
  readonly interview: Interview
  /** What a guide of the village must not read is left out. */
  readonly guarded: boolean
}

const groups: Readonly<Record<PolicyResult['verdict'], Group>> = {
  eligible: 'canApply',
  undetermined: 'almost',
  ineligible: 'notNow',
}
const groupOrder: readonly Group[] = ['canApply', 'almost', 'notNow']
const byGroup = (a: { group: Group }, b: { group: Group }) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group)

const tierWords: Readonly<Record<Tier, Words>> = {
  none: { zh: '没有', en: 'none' },
  tekun: { zh: '特困', en: 'extreme-hardship support' },
  dibao: { zh: '低保', en: 'dibao' },
  dibian: { zh: '低边', en: 'dibao-marginal status' },
  zhichu: { zh: '支出型困难', en: 'expenditure-driven status' },
}

/** Lines of all policies: one for each person it fits or nearly fits, one in all where it does not. */
export function policyLines(reading: Reading): ResultLine[] {
  return reading.loaded.documents.policies
    .flatMap(policy => {
      const result = reading.judgement.policies[policy.id]
      return result === undefined ? [] : linesOf(resultsOf(result), r => policyLine(reading, policy, r))
    })
    .sort((a, b) => byGroup(a, b) || yearly(b) - yearly(a))
}

export function serviceLines(reading: Reading): ServiceLine[] {
  return reading.loaded.documents.services
    .flatMap(service => linesOf(reading.judgement.services[service.id] ?? [], r => serviceLine(reading, service, r)))
    .sort(byGroup)
}

/** How many items, not lines, are in each group. */
export function countGroups(judgement: Judgement): Record<Group, number> {
  const counts = { canApply: 0, almost: 0, notNow: 0 }
  for (const result of [...Object.values(judgement.policies), ...Object.values(judgement.services)])
    counts[groups[bestVerdict(resultsOf(result))]]++
  return counts
}

type OneResult = PolicyResult & { readonly person?: string }
const resultsOf = (result: PolicyResult | readonly PersonPolicyResult[]): readonly OneResult[] =>
  Array.isArray(result) ? (result as readonly PersonPolicyResult[]) : [result as PolicyResult]

function linesOf<Line extends { reasons: ResultLine['reasons']; gap: ResultLine['gap']; key: string; person: unknown }>(
  results: readonly OneResult[],
  line: (result: OneResult) => Line,
): Line[] {
  const good = results.filter(r => r.verdict !== 'ineligible')
  if (good.length > 0 || results.length < 2) return (good.length > 0 ? good : results).map(line)
  const [first, ...rest] = results.map(line)
  if (!first) return []
  const reasons = new Map([first, ...rest].flatMap(l => l.reasons).map(r => [r.words.zh, r]))
  const gap = new Map([first, ...rest].flatMap(l => l.gap).map(words => [words.zh, words]))
  return [
    {
      ...first,
      key: first.key.split(':')[0] as string,
      person: null,
      reasons: [...reasons.values()],
      gap: [...gap.values()],
    },
  ]
}

function policyLine(reading: Reading, policy: PolicyDocument, result: OneResult): ResultLine {
  const { loaded, on } = reading
  const version = versionOn(policy, on)
  const limits = policy.procedure.steps.flatMap(s => (s.workingDays === undefined ? [] : [s]))
  const example = exampleOn(loaded, policy, on)
  return {
    ...personOf(reading, policy.id, result),
    id: policy.id,
    name: policy.name,
    summary: policy.summary,
    unit: loaded.unit(policy.unit),
    group: groups[result.verdict],
    money: result.verdict === 'ineligible' || !version ? null : moneyOf(result, version.benefit, example),
    reasons: reasonsOf(reading, result),
    missing: missingOf(reading, [...result.missing, ...(result.amountMissing ?? [])]),
    gap: gapWords(reading, policy.id, result),
    conditional: conditionalOf(result),
    excluded: result.excludedBy === undefined ? null : excludedWords(loaded, policy.id, result.excludedBy),
    choice: result.choiceWith?.length ? choiceWords(loaded, result.choiceWith) : null,
    formula: version?.benefit.amount === undefined ? null : plain(version.benefit.words),
    materials: policy.materials.map(plain),
    whereToGo: plain(policy.procedure.apply),
    howLong: limits.length > 0 ? howLongOf(limits) : null,
    example,
  }
}

function serviceLine(reading: Reading, document: { id: string }, result: OneResult): ServiceLine {
  const service = reading.loaded.service(document.id) as DescribedService
  const price = service.price?.amount
  return {
    ...personOf(reading, service.id, result),
    id: service.id,
    name: service.name,
    summary: service.summary,
    group: groups[result.verdict],
    reasons: reasonsOf(reading, result),
    missing: missingOf(reading, result.missing),
    gap: gapWords(reading, service.id, result),
    dose: service.dose ?? null,
    price:
      price === undefined
        ? null
        : price === 0
          ? { zh: '免费', en: 'Free' }
          : { zh: '家里不用出钱，或按规定', en: 'Free or as the rules say' },
    example: isExample(service.provenance),
  }
}

function personOf({ members }: Reading, id: string, { person }: OneResult) {
  const member = members.find(m => m.key === person)
  return {
    key: member ? `${id}:${member.key}` : id,
    person: member ? { key: member.key, callName: member.self ? '您' : member.callName } : null,
  }
}

/** What another policy goes before fits by itself. */
const fits = (result: OneResult) => result.verdict === 'eligible' || result.excludedBy !== undefined

const reasonsOf = ({ loaded, members, guarded, interview, on }: Reading, result: OneResult): ResultLine['reasons'] =>
  result.reasons
    .filter(r => !guarded || !isDelicate(r))
    .map(r => ({ ...reasonWords(loaded, r, members, fits(result)), sources: sourcesOf(interview, on, r) }))

function missingOf({ loaded, members }: Reading, missing: readonly FactOf[]): ResultLine['missing'] {
  return missing.map(({ fact, person }) => {
    const document = loaded.fact(fact)
    const member = members.find(m => m.key === person)
    return {
      question: keyOf(fact, person),
      words: document?.question
        ? fill(document.question, member)
        : (loaded.labelOf(fact) ?? { zh: '本区还没有这一天的标准', en: 'The district has no figure for that day' }),
      askedOf: document === undefined || document.ask === 'never' ? ('nobody' as const) : document.ask,
    }
  })
}

/** Facts of what is rounded, converted to a year, to set the bigger help first. */
function yearly(line: ResultLine): number {
  const amount = line.money?.amount ?? line.money?.atLeast ?? 0
  return line.money?.period === 'month' ? amount * 12 : amount
}

const periodWords: Readonly<Record<'month' | 'year' | 'once', Words>> = {
  month: { zh: '元/月', en: 'yuan a month' },
  year: { zh: '元/年', en: 'yuan a year' },
  once: { zh: '元（一次）', en: 'yuan once' },
}

function moneyOf(result: OneResult, benefit: PolicyDocument['versions'][number]['benefit'], example: boolean): Money {
  const period = result.period ?? benefit.period ?? null
  const unit = periodWords[period ?? 'once']
  const [amount, atLeast] = [result.amount ?? null, result.atLeast ?? null]
  const words =
    amount !== null
      ? { zh: `约${formatYuan(amount)}${unit.zh}`, en: `About ${formatYuan(amount)} ${unit.en}` }
      : atLeast !== null
        ? { zh: `至少${formatYuan(atLeast)}${unit.zh}`, en: `At least ${formatYuan(atLeast)} ${unit.en}` }
        : plain(benefit.words)
  return { amount, atLeast, period, words, example }
}

function conditionalOf(result: OneResult): Words | null {
  if (result.conditionalOn !== undefined) {
    const tier = tierWords[result.conditionalOn]
    return { zh: `${tier.zh}批下来后才有`, en: `Only once ${tier.en} is granted` }
  }
  if (result.amountConditionalOn !== undefined) {
    const tier = tierWords[result.amountConditionalOn]
    return { zh: `金额按${tier.zh}批下来算`, en: `The amount supposes that ${tier.en} is granted` }
  }
  return null
}

function excludedWords(loaded: LoadedPool, id: string, by: string): Words {
  const name = loaded.policy(by)?.name ?? { zh: by, en: by }
  const note = loaded.documents.exclusions.find(e => e.between.includes(id) && e.between.includes(by))?.note
  return {
    zh: `已有“${name.zh}”，两项不能同时享受${note ? `：${note.zh}` : ''}`,
    en: `“${name.en}” goes before this one${note ? `: ${note.en}` : ''}`,
  }
}

function choiceWords(loaded: LoadedPool, ids: readonly string[]): Words {
  const names = ids.map(id => loaded.policy(id)?.name ?? { zh: id, en: id })
  return {
    zh: `和“${names.map(n => n.zh).join('、')}”只能选一项`,
    en: `Choose one: this or ${names.map(n => n.en).join(', ')}`,
  }
}

const whoWords: Readonly<Record<string, Words>> = {
  village: { zh: '村里', en: 'village' },
  township: { zh: '镇里', en: 'township' },
  district: { zh: '区里', en: 'district' },
}

function howLongOf(steps: readonly { readonly who: string; readonly workingDays?: number | undefined }[]): Words {
  const who = (name: string) => whoWords[name] ?? { zh: '主管部门', en: 'the unit' }
  return {
    zh: steps.map(s => `${who(s.who).zh}${s.workingDays}个工作日`).join('，'),
    en: steps.map(s => `${who(s.who).en} ${s.workingDays} working days`).join(', '),
  }
}

/** Does anything the amount or the rule rests on that day have to wear 示例? */
function exampleOn(loaded: LoadedPool, policy: PolicyDocument, on: Day): boolean {
  const version = versionOn(policy, on)
  if (!version) return false
  if (isExample(version.provenance) || isExample(version.benefit.provenance)) return true
  const expressions = [version.condition, version.benefit.amount ?? '', version.benefit.atLeast ?? '']
  return expressions.some(e =>
    [...namesIn(e)].some(name => {
      const parameter = name.startsWith('params.') ? loaded.parameter(name.slice(7)) : undefined
      return parameter !== undefined && isExample(rowOn(parameter, on)?.provenance)
    }),
  )
}

const plain = ({ zh, en }: Words): Words => ({ zh, en })

/** What comes every month of what can be applied for; of those to choose between, the higher. */
export function perMonthOf(lines: readonly ResultLine[]): Money | null {
  const monthly = lines.filter(l => l.group === 'canApply' && l.money?.period === 'month' && l.money.amount !== null)
  if (monthly.length === 0) return null
  const amount = monthly.filter(l => l.choice === null).reduce((sum, l) => sum + (l.money?.amount ?? 0), 0)
  const chosen = Math.max(0, ...monthly.filter(l => l.choice !== null).map(l => l.money?.amount ?? 0))
  const total = Math.round((amount + chosen) * 100) / 100
  return {
    amount: total,
    atLeast: null,
    period: 'month',
    words: { zh: `合计约每月${formatYuan(total)}元`, en: `About ${formatYuan(total)} yuan a month in all` },
    example: monthly.some(l => l.money?.example),
  }
}

export function headlineOf(counts: Record<Group, number>): Words {
  if (counts.canApply > 0)
    return {
      zh: `${counts.canApply}项帮助，现在就能申请`,
      en: `${counts.canApply} kinds of help can be applied for now`,
    }
  if (counts.almost > 0)
    return {
      zh: `${counts.almost}项还差一点，问清几样就能定`,
      en: `${counts.almost} are not settled yet; a few answers more decide them`,
    }
  return {
    zh: '这次没有对上的。情况变了可以再来，也可以请导服员看看',
    en: 'Nothing fits this time. Come back if things change, or ask your guide to look',
  }
}

export const caution: Words = {
  zh: '这是预先比对，最后由镇里和区里决定。您可以不接受这个结果，要求人工再看一遍。标“示例”的金额，以批下来的为准。',
  en: 'This is a first match; the township and the district decide. You may refuse it and ask a person to look again. Amounts marked as examples stand as granted.',
}
