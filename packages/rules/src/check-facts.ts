import { completedYears, isDivisionCode, parseDay, type Day, type Words } from '@zhulian/kernel'
import type { ValueForm } from './documents.ts'
import { suggestion } from './fault.ts'
import type { FactOf, HouseholdFacts } from './judgement.ts'
import type { Pool } from './pool.ts'

export type CheckedFacts =
  | { readonly ok: true; readonly facts: HouseholdFacts }
  | { readonly ok: false; readonly faults: readonly FactFault[] }
export type FactFault = Partial<FactOf> & { readonly words: Words }

/**
 * Reads facts that come from outside: names the dictionary has, values of the right kind and within their range, days
 * that exist and are not in the future, at least one person. Says everything that is wrong, not the first thing only.
 * @param input `{ household, persons }`; other keys are not looked at
 */
export function checkFacts(pool: Pool, input: unknown, on: Day): CheckedFacts {
  const checking = new Checking(pool, on)
  const facts = checking.all(input)
  return facts && checking.faults.length === 0 ? { ok: true, facts } : { ok: false, faults: checking.faults }
}

/** What somebody else wrote, short enough to be repeated in a sentence and on one line. */
export function clipped(text: string): string {
  const line = text.slice(0, 60).replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
  return (text.length > 60 ? `${line}…` : line).toWellFormed()
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

class Checking {
  readonly faults: FactFault[] = []
  readonly #pool: Pool
  readonly #on: Day
  #keys: readonly string[] = []

  constructor(pool: Pool, on: Day) {
    this.#pool = pool
    this.#on = on
  }

  all(input: unknown): HouseholdFacts | undefined {
    if (!isObject(input))
      return this.#fault(
        {},
        '应该是一个对象：{"household": {…}, "persons": […]}',
        'An object is wanted: {"household": {…}, "persons": […]}',
      )
    const { household, persons } = input
    if (!isObject(household))
      this.#fault({}, '缺少 household（全家的事实）', 'household (the facts of the household) is missing')
    if (!Array.isArray(persons) || persons.length === 0)
      return this.#fault({}, 'persons 里至少要有一个人', 'persons must hold at least one person')
    if (persons.length > 50) return this.#fault({}, '一户最多 50 人', 'A household has at most 50 persons')
    const people = persons.flatMap((person: unknown, i) => {
      const key = isObject(person) ? person['key'] : undefined
      if (typeof key !== 'string' || key.trim() === '')
        this.#fault(
          {},
          `第 ${i + 1} 个人缺少 key（家里互不相同的代号）`,
          `Person ${i + 1} has no key (a mark of its own within the household)`,
        )
      else if (clipped(key) !== key)
        this.#fault(
          {},
          `第 ${i + 1} 个人的 key 太长，或有不能用的字符`,
          `The key of person ${i + 1} is too long, or has characters that cannot be used`,
        )
      else return [person as HouseholdFacts['persons'][number]]
      return []
    })
    this.#keys = people.map(p => p.key)
    const twice = this.#keys.find((key, i) => this.#keys.indexOf(key) !== i)
    if (twice !== undefined) this.#fault({}, `有两个人的 key 都是「${twice}」`, `Two persons have the key "${twice}"`)
    if (isObject(household)) this.#owner('household', household, undefined)
    for (const { key, ...facts } of people) this.#owner('person', facts, key)
    return isObject(household) ? { household, persons: people } : undefined
  }

  #owner(prefix: string, facts: Readonly<Record<string, unknown>>, person: string | undefined): void {
    for (const [key, value] of Object.entries(facts)) {
      const name = `${prefix}.${key}`
      const at: FactOf = person === undefined ? { fact: name } : { fact: name, person }
      const fact = this.#pool.facts[this.#pool.factNumbers.get(name) ?? -1]
      if (fact?.document) this.#value(at, fact.form, value, fact.document.fields)
      else if (fact)
        this.#fault(
          at,
          `「${fact.label.zh}」（${name}）是算出来的，不能填`,
          `"${fact.label.en}" (${name}) is calculated and cannot be given`,
        )
      else if (isObject(value) && this.#pool.facts.some(f => f.name.startsWith(`${name}.`)))
        this.#owner(name, value, person)
      else {
        const known = this.#pool.facts.filter(f => f.document && f.name.startsWith(`${prefix}.`)).map(f => f.name)
        const hint = suggestion(name, known)
        const short = clipped(name)
        this.#fault(
          { ...at, fact: short },
          `没有「${short}」这个事实。${hint.zh}`,
          `There is no fact "${short}".${hint.en}`,
        )
      }
    }
  }

  #value(at: FactOf, form: ValueForm, value: unknown, fields?: Readonly<Record<string, ValueForm>>): void {
    if (value === undefined) return
    if (value === null) {
      if (!form.none)
        this.#fault(at, '不能是 null；不知道就不要写这一项', 'may not be null; leave it out when it is not known')
      return
    }
    switch (form.type) {
      case 'boolean':
        if (typeof value !== 'boolean') this.#kind(at, '是（true）或否（false）', 'true or false')
        return
      case 'integer':
      case 'number':
      case 'money':
        return this.#number(at, form, value)
      case 'date':
        return this.#day(at, value)
      case 'enum':
        return this.#choice(at, form, value)
      case 'code':
        if (typeof value !== 'string') this.#kind(at, '用引号括起的代码', 'a code in quotes')
        else if (
          /division|hukou/i.test(at.fact) &&
          !(isDivisionCode(value) && new RegExp(form.pattern ?? '').test(value))
        )
          this.#fault(
            at,
            `「${clipped(value)}」不是这里要的行政区划代码`,
            `"${clipped(value)}" is not the division code wanted here`,
          )
        return
      case 'string':
        if (typeof value !== 'string') this.#kind(at, '文字', 'text')
        else if (value.length > 300 || !value.isWellFormed())
          this.#fault(at, '文字太长，或有不能用的字符', 'The text is too long, or has characters that cannot be used')
        else if (at.fact.endsWith('memberId') && !this.#keys.includes(value))
          this.#fault(
            at,
            `家里没有 key 为「${clipped(value)}」的人`,
            `There is no person with the key "${clipped(value)}"`,
          )
        return
      case 'set':
        if (!Array.isArray(value)) return this.#kind(at, '列表', 'a list')
        for (const item of value) this.#choice(at, form, item)
        return
      case 'list':
        return this.#items(at, value, fields ?? {})
    }
  }

  #items(at: FactOf, value: unknown, fields: Readonly<Record<string, ValueForm>>): void {
    if (!Array.isArray(value)) return this.#kind(at, '列表', 'a list')
    for (const item of value as readonly unknown[]) {
      if (!isObject(item)) return this.#kind(at, '由对象组成的列表', 'a list of objects')
      for (const [key, field] of Object.entries(item)) {
        const form = Object.hasOwn(fields, key) ? fields[key] : undefined
        const hint = suggestion(key, Object.keys(fields))
        if (!form)
          this.#fault(at, `这里没有「${clipped(key)}」这一项。${hint.zh}`, `has no "${clipped(key)}".${hint.en}`)
        else if (field !== null) this.#value({ ...at, fact: `${at.fact}.${key}` }, form, field)
      }
    }
  }

  #number(at: FactOf, form: ValueForm, value: unknown): void {
    if (typeof value !== 'number' || !Number.isFinite(value)) return this.#kind(at, '数', 'a number')
    if (form.type === 'integer' && !Number.isInteger(value)) return this.#kind(at, '整数', 'a whole number')
    if (form.type === 'money' && Math.abs(value * 100 - Math.round(value * 100)) > 1e-4)
      return this.#kind(at, '最多两位小数的金额', 'an amount with at most two decimals')
    const [min, max] = [form.min ?? 0, form.max ?? 1e10]
    if (value < min) this.#fault(at, `${value} 太小，最小是 ${min}`, `${value} is too small; the least is ${min}`)
    if (value > max) this.#fault(at, `${value} 太大，最大是 ${max}`, `${value} is too large; the most is ${max}`)
  }

  #day(at: FactOf, value: unknown): void {
    if (typeof value !== 'string')
      return this.#kind(at, '引号括起的日子，如 "2021-09-26"', 'a day in quotes, such as "2021-09-26"')
    const day = parseDay(value)
    if (!day)
      return this.#fault(
        at,
        `「${clipped(value)}」不是真实的日子，应写成 2021-09-26`,
        `"${clipped(value)}" is not a real day; write 2021-09-26`,
      )
    if (at.fact === 'person.birthDate') {
      if (day > this.#on)
        this.#fault(
          at,
          `出生日期 ${day} 晚于判断日期 ${this.#on}`,
          `The birth date ${day} is after the day of judgement ${this.#on}`,
        )
      else if (completedYears(day, this.#on) > 130)
        this.#fault(at, `出生日期 ${day} 算出来超过 130 岁`, `The birth date ${day} makes an age above 130`)
    }
  }

  #choice(at: FactOf, form: ValueForm, value: unknown): void {
    if (form.values?.some(v => v.value === value) || (form.type === 'enum' && value === 'unknown')) return
    const values = form.values?.map(v => v.value) ?? []
    if (typeof value !== 'string' || values.length === 0)
      return this.#kind(at, `${values.join('、')} 中的一个`, `one of ${values.join(', ')}`)
    const hint = suggestion(value, values)
    this.#fault(
      at,
      `没有「${clipped(value)}」这个选项，只有 ${values.join('、')}。${hint.zh}`,
      `"${clipped(value)}" is not one of ${values.join(', ')}.${hint.en}`,
    )
  }

  #kind(at: FactOf, zh: string, en: string): void {
    this.#fault(at, `应该是${zh}`, `should be ${en}`)
  }

  #fault(at: Partial<FactOf>, zh: string, en: string): undefined {
    const label = this.#pool.facts[this.#pool.factNumbers.get(at.fact ?? '') ?? -1]?.label
    const who = at.person === undefined ? { zh: '', en: '' } : { zh: `（${at.person}）`, en: ` (${at.person})` }
    const before =
      at.fact === undefined
        ? { zh: '', en: '' }
        : {
            zh: `${label?.zh ?? ''} ${at.fact}${who.zh}：`.trim(),
            en: `${label?.en ?? ''} ${at.fact}${who.en}: `.trimStart(),
          }
    this.faults.push({ ...at, words: { zh: before.zh + zh, en: before.en + en } })
    return undefined
  }
}
