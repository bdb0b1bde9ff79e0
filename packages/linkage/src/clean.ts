import { cleanIdNumber } from './id-form.ts'
import type { Field } from './people.ts'
import { isHan } from './reading.ts'

const nothing = /^(?:null|none|nan|n\/?a|nil|unknown|undefined|#n\/a|无|不详|未知|暂无|空|[-/\\.—*?？]+)?$/i

/** A text of a field as it can be compared, `''` where it says nothing. What is cleaned twice stays the same. */
export function clean(field: Field, text: string): string {
  const trimmed = text.trim()
  if (trimmed === '' || nothing.test(trimmed)) return ''
  switch (field) {
    case 'idNumber':
      return cleanIdNumber(trimmed)
    case 'birthDate':
      return cleanDate(trimmed)
    case 'phone':
      return cleanPhone(trimmed)
    case 'sex':
      return cleanSex(trimmed)
    case 'name':
    case 'givenName':
    case 'surname':
      return cleanName(trimmed)
    case 'id':
    case 'household':
    case 'address':
      return trimmed
    case 'postcode':
      return fold(trimmed).replaceAll(/[^a-z\d]/g, '')
    default:
      return fold(trimmed)
  }
}

const isAscii = /^[\x20-\x7e]*$/
const fold = (text: string): string =>
  (isAscii.test(text) ? text : text.normalize('NFKC')).toLowerCase().replaceAll(/\s+/g, ' ').trim()

function cleanName(text: string): string {
  if (!isHan(text)) return fold(text)
  return text
    .normalize('NFKC')
    .replaceAll(/\(.*?\)|\[.*?\]|【.*?】|〔.*?〕|《.*?》|\{.*?\}/g, '')
    .replaceAll(/[\s·•.。,，、]/g, '')
    .toLowerCase()
}

function cleanSex(text: string): string {
  const word = fold(text)
  if (/^(男|男性|m|male|man|1)$/.test(word)) return '1'
  return /^(女|女性|f|female|woman|2)$/.test(word) ? '2' : ''
}

function cleanPhone(text: string): string {
  const half = text.normalize('NFKC').replace(/^'/, '')
  if (/e\+\d+$/i.test(half)) return ''
  const digits = half.replaceAll(/\D/g, '').replace(/^(?:0086|86)(?=1\d{10}$)/, '')
  return digits.length >= 7 && !/^(\d)\1+$/.test(digits) ? digits : ''
}

const two = (text: string) => text.padStart(2, '0')

/**
 * `YYYYMMDD`, `YYYYMM` or `YYYY`, whatever of the usual ways it is written in; digits that are no real day stay as they are,
 * for a slip of the pen is still evidence. A spreadsheet's day number is read as the day.
 */
function cleanDate(text: string): string {
  if (/^\d{8}$/.test(text)) return text
  const half = text.normalize('NFKC').replace(/^'/, '')
  const parted = /^(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(?:(\d{1,2})日?)?)?(?:[T\s].*)?$/.exec(half)
  if (parted) return `${parted[1]}${two(parted[2] ?? '')}${parted[3] ? two(parted[3]) : ''}`
  const western = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(half)
  if (western) {
    const [, a = '', b = '', year = ''] = western
    return Number(b) > 12 ? `${year}${two(a)}${two(b)}` : `${year}${two(b)}${two(a)}`
  }
  const digits = half.replaceAll(/\D/g, '')
  if (/^\d{5}$/.test(half))
    return new Date((Number(half) - 25569) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  return digits.length === 8 || digits.length === 6 || digits.length === 4 ? digits : ''
}
