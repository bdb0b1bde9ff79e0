import type { Words } from '@zhulian/kernel'
import type { DerivedDocument, FactDocument, ParameterDocument, Period } from './documents.ts'
import { Fault, type Range } from './fault.ts'
import type { List, Node } from './ir.ts'

/**
 * Units of figures, so that yuan a month is not held against yuan a year, nor a household's income against a standard a
 * head. A unit is a product of measures (yuan · person⁻¹ · month⁻¹). Adding and comparing ask for the same unit;
 * multiplying and dividing combine them; a written number has none of its own and takes any. By a written 12 a figure may
 * turn from a month's into a year's or stay, so an expression has a few possible units, and only one without a common
 * one is a mistake. What has no unit in the documents is not judged.
 */
export type Unit = string

/** `free`: written numbers only. `any`: not known. */
export type Units = 'free' | 'any' | readonly Unit[]

interface Measure {
  readonly measure: string
  readonly zh: readonly string[]
  readonly en: string
}

/** An empty measure counts nothing: a household is one. */
const measures: readonly Measure[] = [
  { measure: 'yuan', zh: ['元'], en: 'yuan' },
  { measure: 'person', zh: ['人'], en: 'person' },
  { measure: 'month', zh: ['月', '个月'], en: 'month' },
  { measure: 'year', zh: ['年', '岁'], en: 'year' },
  { measure: 'day', zh: ['天', '日'], en: 'day' },
  { measure: 'm2', zh: ['平方米'], en: 'm²' },
  { measure: 'kWh', zh: ['千瓦时'], en: 'kWh' },
  { measure: 'tonne', zh: ['吨'], en: 'tonne' },
  { measure: 'percent', zh: ['百分比'], en: 'per cent' },
  { measure: 'point', zh: ['分'], en: 'point' },
  { measure: 'level', zh: ['级'], en: 'level' },
  { measure: 'vehicle', zh: ['辆'], en: 'vehicle' },
  { measure: 'home', zh: ['套'], en: 'home' },
  { measure: 'place', zh: ['处'], en: 'place' },
  { measure: 'kind', zh: ['种'], en: 'kind' },
  { measure: 'item', zh: ['项', '样'], en: 'item' },
  { measure: 'time', zh: ['次'], en: 'time' },
  { measure: '', zh: ['户', '倍', '比例'], en: 'share' },
]
const byWord = new Map(measures.flatMap(m => m.zh.map(word => [word, m.measure] as const)))
const byMeasure = new Map(measures.map(m => [m.measure, m]))

type Powers = ReadonlyMap<string, number>

const unitOf = (powers: Powers): Unit =>
  [...powers]
    .filter(([name, power]) => name !== '' && power !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, power]) => `${name}^${power}`)
    .join(' ')

const powersOf = (unit: Unit): Map<string, number> =>
  new Map(
    unit.split(' ').flatMap(part => {
      const [name, power] = part.split('^')
      return name ? [[name, Number(power)] as const] : []
    }),
  )

function times(a: Unit, b: Unit, sign: 1 | -1): Unit {
  const powers = powersOf(a)
  for (const [name, power] of powersOf(b)) powers.set(name, (powers.get(name) ?? 0) + sign * power)
  return unitOf(powers)
}

/**
 * Reads `yuan/person/month`, `month/year`, `year*person`, `1`.
 * @returns undefined when it is not written so
 */
export function readMeasure(text: string): Unit | undefined {
  const [above = '', ...below] = text.split('/')
  const powers = new Map<string, number>()
  const put = (name: string, sign: 1 | -1) => {
    const measure = name.trim() === '1' ? '' : name.trim()
    if (!byMeasure.has(measure) || (measure === '' && name.trim() !== '1')) return false
    powers.set(measure, (powers.get(measure) ?? 0) + sign)
    return true
  }
  const isRead = above.split('*').every(name => put(name, 1)) && below.every(name => put(name, -1))
  return isRead ? unitOf(powers) : undefined
}

/** Reads `元/人/月`; undefined for words that are no plain unit (`倍低保标准`). */
function readWords(words: Words | undefined): Unit | undefined {
  if (!words) return undefined
  const powers = new Map<string, number>()
  for (const [i, word] of words.zh.split('/').entries()) {
    const measure = byWord.get(word)
    if (measure === undefined) return undefined
    powers.set(measure, (powers.get(measure) ?? 0) + (i === 0 ? 1 : -1))
  }
  return unitOf(powers)
}

/** `measure` goes before the words on the screen; undefined when neither says. */
export function declaredUnit(...documents: readonly (Measured | undefined)[]): Unit | undefined {
  for (const document of documents) if (document?.measure !== undefined) return readMeasure(document.measure)
  for (const document of documents) {
    const unit = readWords(document?.unit)
    if (unit !== undefined) return unit
  }
  return undefined
}
type Measured = Pick<FactDocument | DerivedDocument | ParameterDocument, 'unit' | 'measure'>

function wordsOf(units: Units): Words {
  if (typeof units === 'string') return { zh: '数', en: 'number' }
  const [unit = ''] = units
  const powers = [...powersOf(unit)]
  const order = measures.map(m => m.measure)
  powers.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  const say = (language: 'zh' | 'en') => {
    const name = (measure: string) => {
      const found = byMeasure.get(measure)
      return (language === 'zh' ? found?.zh[0] : found?.en) ?? measure
    }
    const above = powers.flatMap(([m, power]) => Array<string>(Math.max(power, 0)).fill(name(m)))
    const below = powers.flatMap(([m, power]) => Array<string>(Math.max(-power, 0)).fill(name(m)))
    return [above.join('·') || (below.length > 0 ? '1' : language === 'zh' ? '比例' : 'share'), ...below].join('/')
  }
  return { zh: say('zh'), en: say('en') }
}

/** What a written 12 can do: a month's figure becomes a year's, years become months; divided, the other way round. */
function overAYear(unit: Unit, sign: 1 | -1): readonly Unit[] {
  const powers = powersOf(unit)
  const [from, to] = sign === 1 ? ['month', 'year'] : ['year', 'month']
  const [flow, span] = [powers.get(from) ?? 0, powers.get(to) ?? 0]
  const moved = new Map(powers)
  if (flow < 0) {
    moved.delete(from)
    moved.set(to, (moved.get(to) ?? 0) + flow)
  } else if (span > 0) {
    moved.delete(to)
    moved.set(from, (moved.get(from) ?? 0) + span)
  } else return [unit]
  return [unit, unitOf(moved)]
}

const distinct = (units: readonly Unit[]): readonly Unit[] => [...new Set(units)].slice(0, 8)

export interface UnitSource {
  /** Of a fact by number; a person's own figure may also count as one a head. */
  fact(fact: number): Units
  parameter(parameter: number): Units
  field(fact: number, field: string): Units
}

/** What figures of one person are: yuan a month is also yuan a person and month. */
export const ofOnePerson = (unit: Unit): readonly Unit[] => {
  const powers = powersOf(unit)
  return powers.has('person') || !powers.has('yuan') ? [unit] : [unit, times(unit, 'person^1', -1)]
}

/**
 * The unit of an expression.
 * @throws Fault where unlike units are added or compared
 */
export function unitsOf(node: Node, source: UnitSource): Units {
  const of = (part: Node) => unitsOf(part, source)
  switch (node.op) {
    case 'constant':
      return 'free'
    case 'parameter':
      return source.parameter(node.parameter)
    case 'fact':
      return source.fact(node.fact)
    case 'field':
      return source.field(node.source.fact, node.field)
    case 'and':
    case 'or':
      for (const arg of node.args) of(arg)
      return 'any'
    case 'not':
    case 'known':
      of(node.arg)
      return 'any'
    case 'in':
      of(node.arg)
      return 'any'
    case 'order':
    case 'equal':
      common(of(node.left), of(node.right), node.at)
      return 'any'
    case 'choice':
      of(node.test)
      return common(of(node.yes), of(node.no), node.at)
    case 'calculate':
      return calculated(node, node.args.map(of))
    case 'some':
    case 'every':
      inList(node.list, source)
      of(node.body)
      return 'any'
    case 'count':
      inList(node.list, source)
      return isOfPeople(node.list) ? ['person^1'] : 'any'
    case 'sum': {
      inList(node.list, source)
      const units = of(node.body)
      // So much a head, added up over heads, is so much for all of them.
      return typeof units === 'string' || !isOfPeople(node.list)
        ? units
        : distinct(units.map(u => ((powersOf(u).get('person') ?? 0) < 0 ? times(u, 'person^1', 1) : u)))
    }
    case 'most':
    case 'least':
      inList(node.list, source)
      return of(node.body)
    default:
      return 'any'
  }
}

function inList(list: List, source: UnitSource): void {
  if (list.op !== 'filter') return
  inList(list.list, source)
  unitsOf(list.body, source)
}

const isOfPeople = (list: List): boolean =>
  list.op === 'filter' ? isOfPeople(list.list) : list.op === 'members' || list.op === 'everyone'

function common(a: Units, b: Units, at: Range): Units {
  if (a === 'any' || b === 'any') return 'any'
  if (a === 'free') return b
  if (b === 'free') return a
  const both = a.filter(unit => b.includes(unit))
  if (both.length > 0) return both
  const [x, y] = [wordsOf(a), wordsOf(b)]
  throw new Fault(
    at,
    {
      zh: `单位不同：${x.zh}和${y.zh}不能比较、相加（按月和按年相差 12 倍，全家和人均相差人数）`,
      en: `Unlike units: ${x.en} and ${y.en} cannot be compared or added (a month and a year differ by 12, a household and a head by its size)`,
    },
    'unit',
  )
}

function calculated(node: Node & { op: 'calculate' }, args: readonly Units[]): Units {
  const [a = 'any', b = 'any'] = args
  switch (node.name) {
    case '+':
    case '-':
    case 'min':
    case 'max':
    case 'clamp':
      return args.reduce((x, y) => common(x, y, node.at))
    case 'round':
      return a
    case '*':
    case '/':
      return product(node, a, b, node.name === '*' ? 1 : -1)
    case 'completedYears':
      return ['year^1']
    case 'monthsBetween':
      return ['month^1']
    case 'daysBetween':
      return ['day^1']
    case 'addMonths':
      common(b, ['month^1'], node.args[1]?.at ?? node.at)
      return 'any'
    default:
      return 'any'
  }
}

function product(node: Node & { op: 'calculate' }, a: Units, b: Units, sign: 1 | -1): Units {
  if (a === 'any' || b === 'any') return 'any'
  const [left, right] = node.args
  if (b === 'free') return a === 'free' ? 'free' : scaled(a, right, sign)
  if (a === 'free') return sign === 1 ? scaled(b, left, 1) : b.map(unit => times('', unit, -1))
  return distinct(a.flatMap(x => b.map(y => times(x, y, sign))))
}

function scaled(units: readonly Unit[], by: Node | undefined, sign: 1 | -1): readonly Unit[] {
  const number = by?.op === 'constant' ? by.value : undefined
  if (number === 12) return distinct(units.flatMap(unit => overAYear(unit, sign)))
  const [from, to] = sign === 1 ? ['', 'percent^1'] : ['percent^1', '']
  if (number === 100) return distinct(units.flatMap(unit => (unit === from ? [unit, to] : [unit])))
  return units
}

/** What a benefit may be: yuan for its period, of a person also a head; once may be a year's sum. */
export function benefitUnits(period: Period, scope: 'household' | 'person'): readonly Unit[] {
  const units: readonly Unit[] =
    period === 'once' ? ['yuan^1', times('yuan^1', 'year^1', -1)] : [times('yuan^1', `${period}^1`, -1)]
  return scope === 'person' ? units.flatMap(ofOnePerson) : units
}

/** @throws Fault when an expression gives another unit than is wanted */
export function mustBe(node: Node, wanted: readonly Unit[], source: UnitSource): void {
  common(unitsOf(node, source), wanted, node.at)
}
