import type { Words } from '@zhulian/kernel'
import { stated } from './stated.ts'

/**
 * A rule as sentences: the top-level "and" apart, names by their labels, signs by words. It is a reading aid beside the
 * rule as written, which alone counts.
 */
export function sentencesOf(condition: string, dictionary: Dictionary): Words[] {
  if (condition.trim() === 'true') return [{ zh: '没有别的条件', en: 'no other condition' }]
  return conjuncts(told(tokens(condition))).map(part => ({
    zh: speak(part, dictionary, 'zh'),
    en: speak(part, dictionary, 'en'),
  }))
}

export interface Dictionary {
  labelOf(name: string): Words | undefined
  /** The words of one of a fact's choices; of a list's field under `<list>.<field>`. */
  choiceOf(name: string, value: string): Words | undefined
  /** The kind of a fact's value: a day is before another, not below it. */
  formOf?(name: string): { readonly type: string } | undefined
}

type Token = { readonly kind: 'name' | 'number' | 'text' | 'sign'; readonly text: string }

const lexer =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_][\w.]*)|(\d+(?:\.\d+)?)|(&&|\|\||[<>=!]=|[<>!?:+\-*/(),[\]]|\.))/gy

function tokens(text: string): Token[] {
  const found: Token[] = []
  lexer.lastIndex = 0
  for (let m = lexer.exec(text); m; m = lexer.exec(text)) {
    if (m[1] !== undefined) found.push({ kind: 'text', text: m[1].slice(1, -1) })
    else if (m[2] !== undefined) found.push({ kind: 'name', text: m[2] })
    else if (m[3] !== undefined) found.push({ kind: 'number', text: m[3] })
    else found.push({ kind: 'sign', text: m[4] as string })
  }
  return found
}

/** Calls without anything between their brackets. */
const uncalled = ['size', 'sum', 'max', 'min']

/** `person.alive == false` is `!person.alive`; `….size()` has no brackets, and `….exists(m, true)` is that there is one. */
function told(whole: readonly Token[]): Token[] {
  const found: Token[] = []
  const all = whole.flatMap((token, i): Token[] => {
    const here = (from: number, ...texts: readonly (string | undefined)[]) =>
      texts.every((text, j) => text === undefined || whole[from + j]?.text === text)
    const isCalled = (at: number, call: string) =>
      whole[at]?.kind === 'name' && whole[at].text.split('.').at(-1) === call
    const anyone = [0, 1, 2, 3, 4, 5].find(
      n => isCalled(i - n, 'exists') && here(i - n + 1, '(', undefined, ',', 'true', ')'),
    )
    if (anyone !== undefined) return anyone === 0 ? [{ kind: 'name', text: token.text.replace(/exists$/, 'some') }] : []
    const isEmptied = (at: number) => uncalled.some(call => isCalled(at, call)) && here(at + 1, '(', ')')
    return [1, 2].some(n => isEmptied(i - n)) ? [] : [token]
  })
  for (const token of all) {
    const is = found.at(-1)
    const name = found.at(-2)
    if (is?.text === '==' && name?.kind === 'name' && (token.text === 'false' || token.text === 'true')) {
      found.splice(-2, 2, ...(token.text === 'false' ? [{ kind: 'sign', text: '!' } as const, name] : [name]))
    } else found.push(token)
  }
  return found
}

function conjuncts(all: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  // An "or" or a choice at the top binds weaker than "and": then it is one sentence.
  const loose = all.some((t, i) => {
    const before = all.slice(0, i).reduce((d, u) => d + step(u), 0)
    return before === 0 && t.kind === 'sign' && (t.text === '||' || t.text === '?')
  })
  for (const token of all) {
    depth += step(token)
    if (!loose && depth === 0 && token.kind === 'sign' && token.text === '&&') parts.push([])
    else (parts.at(-1) as Token[]).push(token)
  }
  return parts.filter(p => p.length > 0).map(bare)
}

const step = (t: Token) =>
  t.kind !== 'sign' ? 0 : t.text === '(' || t.text === '[' ? 1 : t.text === ')' || t.text === ']' ? -1 : 0

/** Without brackets around the whole. */
function bare(part: Token[]): Token[] {
  if (part[0]?.text !== '(' || part.at(-1)?.text !== ')') return part
  let depth = 0
  for (const [i, t] of part.entries()) {
    depth += step(t)
    if (depth === 0 && i < part.length - 1) return part
  }
  return bare(part.slice(1, -1))
}

const signs: Readonly<Record<string, Words>> = {
  '&&': { zh: '，并且', en: ' and ' },
  '||': { zh: '，或者', en: ' or ' },
  '!': { zh: '不是：', en: 'not ' },
  '==': { zh: '是', en: ' is ' },
  '!=': { zh: '不是', en: ' is not ' },
  '<': { zh: '低于', en: ' is below ' },
  '<=': { zh: '不超过', en: ' is at most ' },
  '>': { zh: '高于', en: ' is above ' },
  '>=': { zh: '不低于', en: ' is at least ' },
  '+': { zh: '＋', en: ' + ' },
  '-': { zh: '－', en: ' − ' },
  '*': { zh: '×', en: ' × ' },
  '/': { zh: '÷', en: ' ÷ ' },
  '(': { zh: '（', en: '(' },
  ')': { zh: '）', en: ')' },
  '[': { zh: '', en: '' },
  ']': { zh: '', en: '' },
  ',': { zh: '、', en: ', ' },
  '?': { zh: '时，', en: ': ' },
  ':': { zh: '；否则', en: '; otherwise ' },
}
/** A day is no amount. */
const ofDays: Readonly<Record<string, Words>> = {
  '<': { zh: '早于', en: ' is before ' },
  '<=': { zh: '不晚于', en: ' is not after ' },
  '>': { zh: '晚于', en: ' is after ' },
  '>=': { zh: '不早于', en: ' is not before ' },
}
const terms: Readonly<Record<string, Words>> = {
  in: { zh: '是', en: ' is one of ' },
  true: { zh: '“是”', en: 'yes' },
  false: { zh: '“否”', en: 'no' },
  null: { zh: '“没有”', en: 'none' },
  today: { zh: '今天', en: 'today' },
  min: { zh: '其中小的', en: 'the least of ' },
  max: { zh: '其中大的', en: 'the most of ' },
  round: { zh: '四舍五入', en: 'rounded ' },
  known: { zh: '已知', en: 'it is known ' },
  exists: { zh: '里有一个', en: ': one with ' },
  some: { zh: '里至少有一个', en: ': at least one' },
  all: { zh: '每个都', en: ': each with ' },
  filter: { zh: '中符合', en: ' with ' },
  map: { zh: '的', en: ' by ' },
  size: { zh: '的个数', en: ' counted' },
  sum: { zh: '合计', en: ' in sum' },
  date: { zh: '', en: '' },
  clamp: { zh: '限于', en: 'kept within ' },
}
/** What a function of two says, with both in their places. */
const calls: Readonly<Record<string, Readonly<Record<keyof Words, (a: string, b: string) => string>>>> = {
  completedYears: { zh: (a, b) => `${a}到${b}的整年数`, en: (a, b) => `the full years from ${a} to ${b}` },
  monthsBetween: { zh: (a, b) => `${a}到${b}的整月数`, en: (a, b) => `the full months from ${a} to ${b}` },
  daysBetween: { zh: (a, b) => `${a}到${b}的天数`, en: (a, b) => `the days from ${a} to ${b}` },
  addMonths: { zh: (a, b) => `${a}过${b}个月那天`, en: (a, b) => `the day ${b} months after ${a}` },
}
/** Names a rule may use that are no facts of the dictionary. */
const given: Readonly<Record<string, Words>> = {
  'household.everyone': { zh: '家里每个人', en: 'everybody of the household' },
  'household.circle': { zh: '经常探访的第几圈', en: 'the circle that is visited' },
  'person.key': { zh: '本人', en: 'the person' },
}
/** Fields of lists, which have no label of their own. */
const fields: Readonly<Record<string, Words>> = {
  kind: { zh: '种类', en: 'the kind' },
  state: { zh: '情况', en: 'the state' },
  date: { zh: '日期', en: 'the date' },
  memberId: { zh: '出事的人', en: 'the person concerned' },
}
const quantifiers = new Set(['exists', 'all', 'filter', 'map'])
/** After these a number is a value that may have a name. */
const beforeValues = new Set(['==', '!=', '[', ','])

/** What stands for one of a list, and the list. */
type Bound = Map<string, string>

/** A fact that stands alone is true or false: 留守儿童, not 年龄 before a sign. */
function isBare(part: readonly Token[], at: number): boolean {
  const [before, token, after] = [part[at - 1], part[at], part[at + 1]]
  return (
    token?.kind === 'name' &&
    (before === undefined || ['&&', '||', '(', '!', '?', ':', ','].includes(before.text)) &&
    (after === undefined || ['&&', '||', ')', '?', ':'].includes(after.text))
  )
}
const or: Words = { zh: '或', en: ' or ' }

/** What stands between the brackets that open at a place, apart by its commas; and where they close. */
function argumentsAt(part: readonly Token[], open: number): { readonly all: readonly Token[][]; readonly end: number } {
  const all: Token[][] = [[]]
  let depth = 0
  for (let i = open; i < part.length; i++) {
    const token = part[i] as Token
    depth += step(token)
    if (depth === 0) return { all, end: i }
    if (i === open) continue
    if (depth === 1 && token.text === ',' && token.kind === 'sign') all.push([])
    else (all.at(-1) as Token[]).push(token)
  }
  return { all, end: part.length - 1 }
}

function speak(
  part: readonly Token[],
  dictionary: Dictionary,
  language: keyof Words,
  outer: Bound = new Map(),
): string {
  let said = ''
  let listed = false
  const bound: Bound = new Map(outer)
  let about = ''
  for (let i = 0; i < part.length; i++) {
    const token = part[i] as Token
    const value = () => dictionary.choiceOf(about, token.text)?.[language]
    if (token.kind === 'sign') {
      if (token.text === '[') listed = true
      if (token.text === ']') listed = false
      if (token.text === '!' && language === 'zh' && isBare(part, i + 1)) {
        const label = dictionary.labelOf((part[i + 1] as Token).text)
        if (label) {
          said += stated(label.zh, false)
          i++
          continue
        }
      }
      const rest = part.slice(i + 1).findIndex(t => t.kind === 'sign' && (t.text === ',' || t.text === ']'))
      const last = listed && token.text === ',' && part[i + 1 + rest]?.text === ']'
      const isDay = part[i + 1]?.text === 'date' || dictionary.formOf?.(about)?.type === 'date'
      const dated = isDay ? ofDays[token.text] : undefined
      said += token.text === '.' ? '' : ((last ? or : (dated ?? signs[token.text]))?.[language] ?? token.text)
    } else if (token.kind === 'text') said += `“${value() ?? token.text}”`
    else if (token.kind === 'number') {
      const named = beforeValues.has(part[i - 1]?.text ?? '') ? value() : undefined
      said += named === undefined ? token.text : `“${named}”`
    } else if (token.text === 'date' && part[i + 2]?.kind === 'text') {
      said += part[i + 2]?.text ?? ''
      i += 3
    } else if (token.text in calls && part[i + 1]?.text === '(') {
      const { all, end } = argumentsAt(part, i + 1)
      const [a = '', b = ''] = all.map(own =>
        own.length === 1 && own[0]?.kind === 'name'
          ? name(own[0].text, bound, dictionary, language)
          : speak(own, dictionary, language, bound),
      )
      said += calls[token.text]?.[language](a, b) ?? ''
      about = ''
      i = end
    } else {
      const quantifier = quantifiers.has(token.text.split('.').at(-1) ?? '') && part[i + 1]?.text === '('
      const before = about
      about = resolved(token.text, bound, dictionary) ?? about
      const own = language === 'zh' && isBare(part, i) ? dictionary.labelOf(token.text) : undefined
      said += own ? stated(own.zh, true) : name(token.text, bound, dictionary, language)
      if (quantifier && part[i + 2]?.kind === 'name' && part[i + 3]?.text === ',') {
        const list = token.text.split('.').slice(0, -1).join('.')
        bound.set((part[i + 2] as Token).text, list || before)
        said += signs['(']?.[language] ?? ''
        i += 3
      }
    }
  }
  return said.trim()
}

/** The fact a name is about, under its name in the dictionary. */
function resolved(text: string, bound: Bound, dictionary: Dictionary): string | undefined {
  const [first = '', ...inner] = text.split('.')
  const list = bound.get(first)
  if (list === undefined) return dictionary.labelOf(text) ? text : undefined
  if (inner.length === 0) return list
  const person = `person.${inner.join('.')}`
  return dictionary.labelOf(person) ? person : `${list}.${inner.join('.')}`
}

function name(text: string, bound: Bound, dictionary: Dictionary, language: keyof Words): string {
  const own = (dictionary.labelOf(text) ?? given[text])?.[language]
  if (own !== undefined) return own
  const parts = text.split('.')
  const last = parts.at(-1) as string
  const term = terms[last]?.[language]
  if (parts.length === 1) return bound.has(text) ? (language === 'zh' ? '这一位' : 'that one') : (term ?? text)
  if (bound.has(parts[0] as string)) {
    const inner = parts.slice(1).join('.')
    return (dictionary.labelOf(`person.${inner}`) ?? dictionary.labelOf(inner) ?? fields[inner])?.[language] ?? inner
  }
  // household.members.exists
  const before =
    dictionary.labelOf(parts.slice(0, -1).join('.'))?.[language] ??
    (parts.length > 1 ? name(parts.slice(0, -1).join('.'), bound, dictionary, language) : '')
  return term === undefined ? `${before} ${last}`.trim() : `${before}${term}`
}
