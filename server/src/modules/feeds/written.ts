import { addDays, type Day, day, parseDay } from '@zhulian/kernel'

// What people write for days, numbers and yes. Half-width, full-width, with units: as bureaus' files have it.

/** In half width, no spaces, small letters. */
export const plainWord = (text: string): string =>
  /^[\x21-\x40\x5b-\x7e\u4e00-\u9fff]*$/.test(text) ? text : text.normalize('NFKC').replace(/\s/g, '').toLowerCase()

/** What people write for "not there". */
export const noneWords: ReadonlySet<string> = new Set(['无', '没有', 'none', '/', '-', '—', '——', '\\'])

export type WrittenDay =
  | { readonly day: Day }
  /** `notReal`: 2021-02-30. `month`: which day of it is not said. */
  | { readonly fault: 'notReal' | 'notDay' | 'month'; readonly month?: string }

const iso = /^\d{4}-\d\d-\d\d$/
const firstSerial = 10_000
const lastSerial = 80_000

/** Text in the ways days are written, or the number a spreadsheet keeps a day as. */
export function dayIn(text: string): WrittenDay {
  if (iso.test(text)) return realDay(text)
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const serial = Math.floor(Number(text))
    return serial > firstSerial && serial < lastSerial
      ? { day: addDays(day('1899-12-30'), serial) }
      : { fault: 'notDay' }
  }
  const plain = text.normalize('NFKC').trim()
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*[日号]?|月?)(?:[T\s].*)?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})(?:\d{4,6})?$/.exec(plain) ??
    /^(\d{4})(\d{2})$/.exec(plain)
  if (!parts) return { fault: 'notDay' }
  const month = `${parts[1]}-${parts[2]?.padStart(2, '0')}`
  if (parts[3] === undefined) return parseDay(`${month}-01`) ? { fault: 'month', month } : { fault: 'notReal' }
  return realDay(`${month}-${parts[3].padStart(2, '0')}`)
}

function realDay(text: string): WrittenDay {
  const found = parseDay(text)
  return found ? { day: found } : { fault: 'notReal' }
}

/** `2021-09` in the ways a month is written, a day of it included. */
export function monthIn(text: string): string | undefined {
  const written = dayIn(text)
  if ('day' in written) return written.day.slice(0, 7)
  return written.fault === 'month' ? written.month : undefined
}

const plainNumber = /^-?\d+(\.\d+)?$/
const units = /(元|人民币|平方米|平米|㎡|m2|个月|千瓦时|kwh|度|级|人|辆|套|天|次|岁)/gi
const grouped = /^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/

/** A number with the units people put behind it; 1.2万 is 12,000. Commas stand between thousands or nowhere. */
export function numberIn(text: string): number | undefined {
  if (plainNumber.test(text)) return Number(text)
  const plain = text
    .normalize('NFKC')
    .replace(/[\s¥￥]/g, '')
    .replace(units, '')
  const many = plain.endsWith('万') ? 10_000 : 1
  const bare = many === 1 ? plain : plain.slice(0, -1)
  if (!plainNumber.test(bare) && !grouped.test(bare) && !/^-?\d(\.\d+)?e\+?\d{1,2}$/i.test(bare)) return undefined
  const value = Number(bare.replace(/,/g, ''))
  return Number.isFinite(value) ? (many === 1 ? value : Math.round(value * many * 100) / 100) : undefined
}

const yes = new Set(['是', '有', 'y', 'yes', 'true', '1', '√', '✓', '对'])
const no = new Set(['否', '无', '没有', '不是', 'n', 'no', 'false', '0', '×', 'x', '/'])

export function yesOrNo(text: string): boolean | undefined {
  const word = plainWord(text)
  return yes.has(word) ? true : no.has(word) ? false : undefined
}
