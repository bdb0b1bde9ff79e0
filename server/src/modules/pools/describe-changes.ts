import type { Words } from '@zhulian/kernel'
import { ruleFile } from '@zhulian/pool'
import type {
  AlertDocument,
  BenefitDocument,
  CircleDocument,
  ClassDocument,
  ParameterDocument,
  PointsDocument,
  PolicyDocument,
  ServiceDocument,
} from '@zhulian/rules'
import { canonical } from './canonical.ts'
import { type Dictionary, sentencesOf } from './sentence.ts'
import type { Rule } from './rule.ts'

export interface Change {
  readonly what: Words
  readonly before: Words | null
  readonly after: Words | null
}

/** What a draft changes, for the person who publishes it: each thing as it was and as it will be, in words. */
export function changesOf(before: Rule | undefined, after: Rule, dictionary: Dictionary): readonly Change[] {
  const plainly = differences(
    before ? linesOf(before, dictionary) : new Map<string, Line>(),
    linesOf(after, dictionary),
  )
  if (!('versions' in after)) return plainly
  return [
    ...periodChanges(before && 'versions' in before ? before.versions : [], after.versions, dictionary),
    ...plainly,
  ]
}

/** A period that is new is compared with the one it follows, so that only what it changes is shown. */
function periodChanges(
  before: PolicyDocument['versions'],
  after: PolicyDocument['versions'],
  dictionary: Dictionary,
): readonly Change[] {
  const changed = after.flatMap(version => {
    const same = before.find(one => one.from === version.from)
    const follows = same ?? before.findLast(one => one.from < version.from)
    const own = versionLines(version, version.from, dictionary)
    return [
      ...(same ? [] : [{ what: periods, before: null, after: sinceWords(version.from) }]),
      ...differences(follows ? versionLines(follows, version.from, dictionary) : new Map<string, Line>(), own),
    ]
  })
  const gone = before.filter(one => !after.some(version => version.from === one.from))
  return [...changed, ...gone.map(one => ({ what: periods, before: sinceWords(one.from), after: null }))]
}

const periods: Words = { zh: '时期', en: 'Period' }
const sinceWords = (from: string): Words => ({ zh: `${from}起`, en: `From ${from}` })

function differences(was: ReadonlyMap<string, Line>, is: ReadonlyMap<string, Line>): readonly Change[] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(key => {
    const [old, now] = [was.get(key), is.get(key)]
    if (old && now && canonical(old.words) === canonical(now.words)) return []
    return [{ what: (now ?? old)?.what ?? { zh: key, en: key }, before: old?.words ?? null, after: now?.words ?? null }]
  })
}

interface Line {
  readonly what: Words
  readonly words: Words
}
const plain = (text: string): Words => ({ zh: text, en: text })
const wordsOf = ({ zh, en }: Words): Words => ({ zh, en })

/** Everything a rule says, under a key that stays the same while it is changed. */
function linesOf(rule: Rule, dictionary: Dictionary): ReadonlyMap<string, Line> {
  if ('rows' in rule) return figureLines(rule)
  if ('lines' in rule) return sortingLines('circle', rule.lines, dictionary)
  if ('classes' in rule)
    return new Map([
      ...sortingLines('class', rule.classes, dictionary),
      ...sortingLines('primary', rule.primary, dictionary),
    ])
  if ('levels' in rule) return alertLines(rule, dictionary)
  if ('items' in rule) return pointsLines(rule, dictionary)
  const lines = new Map<string, Line>([
    ['name', { what: { zh: '名称', en: 'Name' }, words: wordsOf(rule.name) }],
    ['summary', { what: { zh: '说明', en: 'Summary' }, words: wordsOf(rule.summary) }],
  ])
  if ('versions' in rule) policyLines(rule, lines)
  else serviceLines(rule, dictionary, lines)
  return lines
}

function figureLines(figure: ParameterDocument): ReadonlyMap<string, Line> {
  const rows = figure.rows.map((row): [string, Line] => {
    const [zh, en] = row.until === undefined ? ['', ''] : [`到${row.until}前`, ` until ${row.until}`]
    return [
      row.from,
      {
        what: { zh: `${row.from}起`, en: `From ${row.from}` },
        words: marked({ zh: `${row.value}${zh}`, en: `${row.value}${en}`, provenance: row.provenance }),
      },
    ]
  })
  const { label, unit } = figure
  const said: [string, Line][] = [['label', { what: { zh: '名称', en: 'Name' }, words: wordsOf(label) }]]
  if (unit) said.push(['unit', { what: { zh: '单位', en: 'Unit' }, words: wordsOf(unit) }])
  return new Map([...rows, ...said])
}

const circleWords = (circle: number): Words => ({ zh: `第${'一二三'[circle - 1]}圈`, en: `circle ${circle}` })
const classWords: Readonly<Record<string, Words>> = {
  prevention: { zh: '预防', en: 'prevention' },
  support: { zh: '支持', en: 'support' },
  development: { zh: '发展', en: 'development' },
}
const ofSorting: Readonly<Record<'circle' | 'class' | 'primary', Words>> = {
  circle: { zh: '圈层', en: 'Circles' },
  class: { zh: '类别', en: 'Classes' },
  primary: { zh: '主要类别', en: 'Primary class' },
}

type SortingLine = (CircleDocument['lines'] | ClassDocument['classes' | 'primary'])[number]

/** A line by its label, or by what it sorts to; which stands before which shows by itself. */
function sortingLines(
  list: 'circle' | 'class' | 'primary',
  all: readonly SortingLine[],
  dictionary: Dictionary,
): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>()
  const names: Words[] = []
  const seen = new Map<string, number>()
  for (const line of all) {
    const to = 'circle' in line ? circleWords(line.circle) : (classWords[line.class] ?? plain(line.class))
    const name = 'label' in line ? line.label : to
    const nth = (seen.get(name.zh) ?? 0) + 1
    seen.set(name.zh, nth)
    const [zh, en] = nth === 1 ? [name.zh, name.en] : [`${name.zh}（${nth}）`, `${name.en} (${nth})`]
    names.push({ zh, en })
    const sentences = sentencesOf(line.condition, dictionary)
    const marks = (line.provenance ?? []).join(' ')
    const said = (language: 'zh' | 'en', and: string) =>
      [to[language], sentences.map(one => one[language]).join(and), marks].filter(Boolean).join(' · ')
    lines.set(`${list} ${zh}`, {
      what: { zh: `${ofSorting[list].zh}：${zh}`, en: `${ofSorting[list].en}: ${en}` },
      words: { zh: said('zh', '；'), en: said('en', '; ') },
    })
  }
  if (list !== 'class')
    lines.set(`${list} order`, {
      what: { zh: `${ofSorting[list].zh}：先后`, en: `${ofSorting[list].en}: order` },
      words: { zh: names.map(n => n.zh).join(' → '), en: names.map(n => n.en).join(' → ') },
    })
  return lines
}

const levelWords: Readonly<Record<AlertDocument['levels'][number]['level'], Words>> = {
  red: { zh: '红', en: 'red' },
  orange: { zh: '橙', en: 'orange' },
  yellow: { zh: '黄', en: 'yellow' },
  blue: { zh: '蓝', en: 'blue' },
}
const audienceWords: Readonly<Record<NonNullable<AlertDocument['goesTo']>, Words>> = {
  village: { zh: '村（社区）', en: 'the village' },
  township: { zh: '只给镇街', en: 'the township alone' },
  health: { zh: '只给卫生人员', en: 'health workers alone' },
}
const aboutWords: Readonly<Record<AlertDocument['about'], Words>> = {
  person: { zh: '每个人', en: 'each person' },
  household: { zh: '整户', en: 'the household' },
}
const counted = (n: number, zh: string, en: string): Words => ({ zh: `${n}${zh}`, en: `${n} ${en}` })

/** A level by its colour, so that one that is added or taken out shows alone. */
function alertLines(alert: AlertDocument, dictionary: Dictionary): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>()
  const put = (key: string, zh: string, en: string, words: Words | undefined) =>
    words && lines.set(key, { what: { zh, en }, words })
  const read = (text: string | undefined) => (text === undefined ? undefined : joined(text, dictionary))
  put('name', '名称', 'Name', wordsOf(alert.name))
  put('unit', '单位', 'Unit', plain(alert.unit))
  put('about', '看谁', 'About', aboutWords[alert.about])
  if (alert.persons === 'everyone') put('persons', '看谁', 'About', { zh: '连去世的人', en: 'the dead too' })
  for (const { level, condition, provenance } of alert.levels) {
    const { zh, en } = levelWords[level]
    put(`level ${level}`, `${zh}色`, `Level ${en}`, marked({ ...joined(condition, dictionary), provenance }))
  }
  put('occurrence', '哪天发生', 'The day it happened', read(alert.occurrence))
  put('ifUnknown', '情况不全时', 'Where it cannot be told', alert.ifUnknown && levelWords[alert.ifUnknown])
  put('goesTo', '发给谁', 'Goes to', audienceWords[alert.goesTo ?? 'village'])
  put('careful', '什么时候不发给村里', 'Kept from the village when', read(alert.careful))
  put('windowDays', '多少天里算同一件', 'One alert within', counted(alert.windowDays, '天', 'days'))
  if (alert.proofMonths !== undefined)
    put('proofMonths', '解除前要稳定多久', 'Gone for', counted(alert.proofMonths, '个月', 'months'))
  put('firstAction', '先做什么', 'First action', wordsOf(alert.firstAction))
  for (const id of alert.leadsTo ?? []) put(`leadsTo ${id}`, '可以办的政策和服务', 'Leads to', plain(id))
  for (const turn of alert.turns ?? []) {
    const { fact, days = [], months = [], yearly = [], before } = turn
    const label = dictionary.labelOf(fact) ?? plain(fact)
    const after = [...days.map(n => counted(n, '天', 'days')), ...months.map(n => counted(n, '个月', 'months'))]
    const early = before === undefined ? undefined : counted(before, '天前', 'days before')
    const said = (language: 'zh' | 'en') =>
      [label[language], ...after.map(w => w[language]), early?.[language], ...yearly].filter(Boolean).join(' · ')
    put(`turn ${canonical(turn)}`, '哪些日子要重看', 'Days to look again', { zh: said('zh'), en: said('en') })
  }
  put('provenance', '出处', 'Source', plain((alert.provenance ?? []).join(' ')))
  return lines
}

function pointsLines(card: PointsDocument, dictionary: Dictionary): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>([['label', { what: { zh: '名称', en: 'Name' }, words: wordsOf(card.label) }]])
  for (const { id, label, bands, provenance } of card.items)
    bands.forEach((band, i) => {
      const { zh, en } = joined(band.condition, dictionary)
      lines.set(`${id} ${i}`, {
        what: { zh: `${label.zh}：${band.label.zh}`, en: `${label.en}: ${band.label.en}` },
        words: marked({ zh: `${band.points} 分 · ${zh}`, en: `${band.points} points · ${en}`, provenance }),
      })
    })
  return lines
}

/** The sentences of an expression as one. */
function joined(text: string, dictionary: Dictionary): Words {
  const sentences = sentencesOf(text, dictionary)
  return { zh: sentences.map(one => one.zh).join('；'), en: sentences.map(one => one.en).join('; ') }
}

const ofService: Readonly<Record<string, Words>> = {
  dose: { zh: '给多少', en: 'How much' },
  provider: { zh: '谁来做', en: 'Who does it' },
  unitOfService: { zh: '按什么算', en: 'Counted in' },
  output: { zh: '留下什么', en: 'What is left of it' },
  outcome: { zh: '要达到什么', en: 'What it is for' },
}

function serviceLines(service: ServiceDocument, dictionary: Dictionary, lines: Map<string, Line>): void {
  conditionLines(plain(''), service.condition, dictionary, lines)
  for (const [field, what] of Object.entries(ofService)) {
    const said = (service as unknown as Readonly<Record<string, Words | undefined>>)[field]
    if (said) lines.set(field, { what, words: wordsOf(said) })
  }
}

/** What a version says, said of a day: its own, or that of a version which takes its place. */
function versionLines(
  version: PolicyDocument['versions'][number],
  on: string,
  dictionary: Dictionary,
): ReadonlyMap<string, Line> {
  const since = sinceWords(on)
  const lines = new Map<string, Line>()
  conditionLines(since, version.condition, dictionary, lines)
  lines.set('benefit', {
    what: { zh: `${since.zh} 给什么`, en: `${since.en}: what it gives` },
    words: benefitWords(version.benefit, dictionary),
  })
  lines.set('provenance', {
    what: { zh: `${since.zh} 出处`, en: `${since.en}: source` },
    words: plain((version.provenance ?? []).join(' ')),
  })
  return lines
}

/** One line of a list, one line here: what was added or taken out shows alone. */
function policyLines(policy: PolicyDocument, lines: Map<string, Line>): void {
  const rest = {
    materials: { zh: '材料', en: 'Papers' },
    legalBasis: { zh: '依据', en: 'Legal basis' },
    notes: { zh: '备注', en: 'Notes' },
  } as const
  for (const [field, what] of Object.entries(rest))
    for (const said of policy[field as keyof typeof rest] ?? [])
      lines.set(`${field} ${said.zh}`, { what, words: marked(said) })
  const { apply, level, steps } = policy.procedure
  lines.set('apply', { what: { zh: '到哪里申请', en: 'Where to apply' }, words: wordsOf(apply) })
  lines.set('level', { what: { zh: '谁来定', en: 'Who decides' }, words: decider(level) })
  steps.forEach((step, i) => {
    const who = decider(step.who)
    const days = step.workingDays
    const [zh, en] = days === undefined ? ['', ''] : [`，${days}个工作日`, `, ${days} working days`]
    lines.set(`step ${i}`, {
      what: { zh: `办理第${i + 1}步`, en: `Step ${i + 1}` },
      words: marked({
        zh: `${who.zh}：${step.zh}${zh}`,
        en: `${who.en}: ${step.en}${en}`,
        provenance: step.provenance,
      }),
    })
  })
  lines.set('unit', { what: { zh: '单位', en: 'Unit' }, words: plain(policy.unit) })
}

/** What is said, and behind a dot where it comes from. */
const marked = ({
  zh,
  en,
  provenance = [],
}: Words & { readonly provenance?: readonly string[] | undefined }): Words => {
  const marks = provenance.join(' ')
  return { zh: [zh, marks].filter(Boolean).join(' · '), en: [en, marks].filter(Boolean).join(' · ') }
}

const deciders: Readonly<Record<string, Words>> = {
  village: { zh: '村（社区）', en: 'village' },
  township: { zh: '镇街', en: 'township' },
  district: { zh: '区', en: 'district' },
  unit: { zh: '主管单位', en: 'the unit' },
}
const decider = (level: string): Words => deciders[level] ?? plain(level)

/** One sentence, one line: an added condition shows alone. */
function conditionLines(since: Words, text: string, dictionary: Dictionary, lines: Map<string, Line>) {
  for (const sentence of sentencesOf(text, dictionary))
    lines.set(`if ${sentence.zh}`, {
      what: { zh: `${since.zh} 条件`.trim(), en: since.en ? `${since.en}: condition` : 'Condition' },
      words: sentence,
    })
}

const kinds: Readonly<Record<string, Words>> = {
  cash: { zh: '发钱', en: 'money' },
  reduction: { zh: '减免', en: 'less to pay' },
  inKind: { zh: '给东西', en: 'goods' },
  service: { zh: '给服务', en: 'a service' },
  status: { zh: '认定身份', en: 'a status' },
  loan: { zh: '贷款', en: 'a loan' },
}
const periodWords: Readonly<Record<string, Words>> = {
  month: { zh: '每月', en: 'a month' },
  year: { zh: '每年', en: 'a year' },
  once: { zh: '一次', en: 'once' },
}

function benefitWords(benefit: BenefitDocument, dictionary: Dictionary): Words {
  const read = (text: string | undefined) => (text === undefined ? undefined : sentencesOf(text, dictionary)[0])
  const [kind, period] = [kinds[benefit.kind], periodWords[benefit.period ?? '']]
  const [amount, least] = [read(benefit.amount), read(benefit.atLeast)]
  const marks = (benefit.provenance ?? []).join(' ')
  return {
    zh: [kind?.zh, period?.zh, benefit.words.zh, amount?.zh, least && `至少${least.zh}`, marks]
      .filter(Boolean)
      .join(' · '),
    en: [kind?.en, period?.en, benefit.words.en, amount?.en, least && `at least ${least.en}`, marks]
      .filter(Boolean)
      .join(' · '),
  }
}

export interface TextLine {
  readonly sign: 'same' | 'gone' | 'new'
  readonly line: string
}

/** The two as files, line by line: what is the same, gone and new. */
export function textChanges(before: Rule | undefined, after: Rule): readonly TextLine[] {
  const lines = (rule: Rule | undefined) => (rule ? ruleFile(rule).trimEnd().split('\n') : [])
  return lineChanges(lines(before), lines(after))
}

/** Files of rules have some hundred lines. Beyond this many pairs the two stand one after the other. */
const mostPairs = 4_000_000

/** By the longest common run of lines. */
export function lineChanges(a: readonly string[], b: readonly string[]): readonly TextLine[] {
  if (a.length * b.length > mostPairs)
    return [...a.map(line => ({ sign: 'gone' as const, line })), ...b.map(line => ({ sign: 'new' as const, line }))]
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (common[i] as Uint16Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const found: TextLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ sign: 'same', line: a[i++] as string })
      j++
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1)))
      found.push({ sign: 'gone', line: a[i++] as string })
    else found.push({ sign: 'new', line: b[j++] as string })
  }
  return found
}
