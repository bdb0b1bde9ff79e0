import { addDays, type Day, day, parseDay, type Words } from '@zhulian/kernel'
import type { ValueForm } from '@zhulian/rules'
import { unneutral } from '../../platform/table-file.ts'

/** A cell as it came: text, or a number the spreadsheet kept as a number. */
export type RawCell = string | number | boolean | null

export type CellReading<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly words: Words }
const read = <T>(value: T): CellReading<T> => ({ ok: true, value })
const fault = (zh: string, en: string): CellReading<never> => ({ ok: false, words: { zh, en } })

/** The text of a cell, disarmed prefixes and stray spaces taken off. A formula is never calculated: it is only text. */
export const textOf = (cell: RawCell | undefined): string =>
  cell === null || cell === undefined ? '' : typeof cell === 'string' ? unneutral(cell.trim()) : String(cell)

/** What people write for "not there". */
const none = new Set(['无', '没有', 'none', '/', '-', '—', '——', '\\'])

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
const yes = new Set(['是', '有', 'y', 'yes', 'true', '1', '√', '✓', '对'])
const no = new Set(['否', '无', '没有', '不是', 'n', 'no', 'false', '0', '×', 'x', '/'])

function readYesNo(text: string): CellReading {
  const word = text.normalize('NFKC').toLowerCase()
  if (yes.has(word)) return read(true)
  if (no.has(word)) return read(false)
  return fault(`“${short(text)}”看不出是“是”还是“否”`, `“${short(text)}” is neither yes nor no`)
}

function readNumber(text: string, form: ValueForm): CellReading {
  const plain = none.has(text)
    ? '0'
    : text
        .normalize('NFKC')
        .replace(/[,，\s]|元|万元$|㎡|平方米|平米|个月|级|人|辆|套/g, unit => (unit === '万元' ? 'W' : ''))
  const value = plain.endsWith('W') ? Number(plain.slice(0, -1)) * 10_000 : Number(plain)
  if (plain === '' || !Number.isFinite(value))
    return fault(`“${short(text)}”不是数`, `“${short(text)}” is not a number`)
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

const plainWord = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase()
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

/** Text in the ways days are written, or the number a spreadsheet keeps a day as. */
export function readDay(cell: RawCell): CellReading<Day> {
  const text = textOf(cell)
  const serial = /^\d{5}(\.\d+)?$/.test(text) ? Number(text) : undefined
  if (serial !== undefined && serial > 10_000 && serial < 80_000)
    return read(addDays(day('1899-12-30'), Math.floor(serial)))
  const parts =
    /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)(?:[T\s].*)?$/.exec(text.normalize('NFKC')) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const found = parts && parseDay(`${parts[1]}-${parts[2]?.padStart(2, '0')}-${(parts[3] ?? '1').padStart(2, '0')}`)
  return found
    ? read(found)
    : fault(`“${short(text)}”不是日期，请写成2021-09-26`, `“${short(text)}” is not a day; write 2021-09-26`)
}
