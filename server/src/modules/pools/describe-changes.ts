import type { Words } from '@zhulian/kernel'
import { ruleFile } from '@zhulian/pool'
import type { BenefitDocument, ParameterDocument, PolicyDocument } from '@zhulian/rules'
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
  const lines = new Map<string, Line>([
    ['name', { what: { zh: '名称', en: 'Name' }, words: wordsOf(rule.name) }],
    ['summary', { what: { zh: '说明', en: 'Summary' }, words: wordsOf(rule.summary) }],
  ])
  if ('versions' in rule) policyLines(rule, lines)
  else conditionLines(plain(''), rule.condition, dictionary, lines)
  return lines
}

function figureLines(figure: ParameterDocument): ReadonlyMap<string, Line> {
  return new Map(
    figure.rows.map(row => {
      const [zh, en] = row.until === undefined ? ['', ''] : [`到${row.until}前`, ` until ${row.until}`]
      const mark = row.provenance?.join(' ') ?? ''
      return [
        row.from,
        {
          what: { zh: `${row.from}起`, en: `From ${row.from}` },
          words: { zh: `${row.value}${zh} ${mark}`.trim(), en: `${row.value}${en} ${mark}`.trim() },
        },
      ]
    }),
  )
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

function policyLines(policy: PolicyDocument, lines: Map<string, Line>): void {
  const rest = {
    materials: { zh: '材料', en: 'Papers' },
    procedure: { zh: '办理', en: 'Procedure' },
    legalBasis: { zh: '依据', en: 'Legal basis' },
    notes: { zh: '备注', en: 'Notes' },
  }
  for (const [field, what] of Object.entries(rest)) {
    const said: readonly Words[] =
      field === 'procedure' ? policy.procedure.steps : (policy[field as 'materials' | 'legalBasis' | 'notes'] ?? [])
    if (said.length > 0)
      lines.set(field, { what, words: { zh: said.map(w => w.zh).join('；'), en: said.map(w => w.en).join('; ') } })
  }
  lines.set('unit', { what: { zh: '单位', en: 'Unit' }, words: plain(policy.unit) })
}

/** One sentence, one line: an added condition shows alone. */
function conditionLines(since: Words, text: string, dictionary: Dictionary, lines: Map<string, Line>) {
  for (const sentence of sentencesOf(text, dictionary))
    lines.set(`if ${sentence.zh}`, {
      what: { zh: `${since.zh} 条件`.trim(), en: since.en ? `${since.en}: condition` : 'Condition' },
      words: sentence,
    })
}

function benefitWords(benefit: BenefitDocument, dictionary: Dictionary): Words {
  const [amount] = benefit.amount === undefined ? [] : sentencesOf(benefit.amount, dictionary)
  const marks = (benefit.provenance ?? []).join(' ')
  return {
    zh: [benefit.words.zh, amount?.zh, marks].filter(Boolean).join(' · '),
    en: [benefit.words.en, amount?.en, marks].filter(Boolean).join(' · '),
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
