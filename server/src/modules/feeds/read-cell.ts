import { type Day, day, type Words } from '@zhulian/kernel'
import type { ValueForm } from '@zhulian/rules'
import { unneutral } from '../../platform/neutral.ts'
import { dayIn, noneWords as none, numberIn, plainWord, yesOrNo } from './written.ts'

/** A cell as it came: text, or a number the spreadsheet kept as a number. */
export type RawCell = string | number | boolean | null

/** Lists have no more columns: what stands further to the right is refused, not left out. */
export const mostColumns = 300
export const holdsSomething = (cell: RawCell): boolean =>
  typeof cell === 'string' ? cell.trim() !== '' : cell !== null

export type CellReading<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly words: Words }
const read = <T>(value: T): CellReading<T> => ({ ok: true, value })
const fault = (zh: string, en: string): CellReading<never> => ({ ok: false, words: { zh, en } })

/** The text of a cell, disarmed prefixes and stray spaces taken off. A formula is never calculated: it is only text. */
export const textOf = (cell: RawCell | undefined): string =>
  cell === null || cell === undefined ? '' : typeof cell === 'string' ? unneutral(cell.trim()) : String(cell)

/** Reads a cell by the form of its fact. Undefined when nothing stands there: nothing is known then. */
export function readCell(cell: RawCell | undefined, form: ValueForm): CellReading | undefined {
  const text = textOf(cell)
  if (text === '' || text === '不清楚' || text === '未知') return undefined
  if (form.none && none.has(text)) return read(null)
  switch (form.type) {
    case 'boolean':
      return readYesNo(text)
    case 'integer':
    case 'number':
    case 'money':
      return readNumber(text, form)
    case 'date':
      return readDay(cell ?? null)
    case 'enum':
      return readChoice(text, form)
    case 'set':
      return readSet(text, form)
    case 'code':
      return /^\d{1,12}$/.test(text) ? read(text) : fault(`“${short(text)}”不是代码`, `“${short(text)}” is not a code`)
    default:
      return text.length <= 300 ? read(text) : fault('文字超过300字', 'The text is longer than 300 characters')
  }
}

const short = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text)
function readYesNo(text: string): CellReading {
  const said = yesOrNo(text)
  return said === undefined
    ? fault(`“${short(text)}”看不出是“是”还是“否”`, `“${short(text)}” is neither yes nor no`)
    : read(said)
}

function readNumber(text: string, form: ValueForm): CellReading {
  const value = none.has(text) ? 0 : numberIn(text)
  if (value === undefined) return fault(`“${short(text)}”不是数`, `“${short(text)}” is not a number`)
  if (form.type === 'integer' && !Number.isInteger(value))
    return fault(`“${short(text)}”应是整数`, `“${short(text)}” should be a whole number`)
  const [min, max] = [form.min ?? 0, form.max ?? 1e10]
  if (value < min || value > max)
    return fault(`${value}不在${min}到${max}之间`, `${value} is not between ${min} and ${max}`)
  return read(form.type === 'money' ? Math.round(value * 100) / 100 : value)
}

function readChoice(text: string, form: ValueForm): CellReading {
  const word = plainWord(text)
  const all = form.values ?? []
  const found =
    all.find(v => v.value.toLowerCase() === word || [v.label.zh, v.label.en].map(plainWord).includes(word)) ??
    only(
      all.filter(v =>
        plainWord(v.label.zh)
          .split(/[,、;()]/)
          .includes(word),
      ),
    )
  if (found) return read(found.value)
  if (none.has(text)) {
    const nothing = all.find(v => v.value === 'none')
    if (nothing) return read(nothing.value)
  }
  const choices = (language: 'zh' | 'en') => all.map(v => v.label[language]).join(language === 'zh' ? '、' : ', ')
  return fault(`“${short(text)}”不在选项里：${choices('zh')}`, `“${short(text)}” is not one of: ${choices('en')}`)
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

function readSet(text: string, form: ValueForm): CellReading {
  if (none.has(text)) return read([])
  const whole = readChoice(text, form)
  if (whole.ok) return read([whole.value])
  const values: unknown[] = []
  for (const part of text.split(/[、,，;；]/).filter(p => p.trim() !== '')) {
    const one = readChoice(part.trim(), form)
    if (!one.ok) return one
    values.push(one.value)
  }
  return read(values)
}

/** Text in the ways days are written, or the number a spreadsheet keeps a day as; of a month the first. */
export function readDay(cell: RawCell): CellReading<Day> {
  const text = textOf(cell)
  const written = dayIn(text)
  if ('day' in written) return read(written.day)
  if (written.fault === 'month') return read(day(`${written.month}-01`))
  return written.fault === 'notReal'
    ? fault(
        `${short(text)}这一天不存在，请改成正确的日期`,
        `${short(text)} is a day that does not exist; give the right one`,
      )
    : fault(`“${short(text)}”不是日期，请写成2021-09-26`, `“${short(text)}” is not a day; write 2021-09-26`)
}
