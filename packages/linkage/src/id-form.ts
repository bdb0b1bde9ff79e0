import { idCheckCharacter, parseDay } from '@zhulian/kernel'

/** How an identity number stands in a file. */
export type IdForm = 'valid' | 'old15' | 'masked' | 'cut17' | 'invalid'

/**
 * An identity number as it can be compared: half-width, no spaces, X for the check letter, * for what is hidden; `''` where
 * nothing can be compared. A number a spreadsheet turned into 3.30123E+17 has lost its last digits: it is nothing.
 * @example cleanIdNumber(' 330111 19490415 000x') // '33011119490415000X'
 */
export function cleanIdNumber(text: string): string {
  const bare = text
    .normalize('NFKC')
    .replace(/^=?"(.*)"$/, '$1')
    .replace(/^'/, '')
    .replace(/[\s-]/g, '')
    .toUpperCase()
    .replace(/[×☓]$/, 'X')
    .replace(/[•●?]/g, '*')
  if (/E\+?\d+$|[.#]/.test(bare) || isRoundedNumber(bare)) return ''
  const digits = bare.replace(/[^\dX*]/g, '')
  return digits.length >= 6 && !/^(.)\1+$/.test(digits) ? digits : ''
}

/** A number a spreadsheet took for a number and kept fifteen digits of: 3.30123E+17, or three zeros where the check fails. */
export const isRoundedNumber = (text: string): boolean =>
  /^[\d.]+E\+?\d+$/i.test(text.trim()) || (/^\d{15}000$/.test(text.trim()) && idForm(text.trim()) !== 'valid')

export function idForm(number: string): IdForm {
  if (number.includes('*')) return 'masked'
  if (number.length === 15 && /^\d+$/.test(number)) return 'old15'
  if (number.length === 17) return 'cut17'
  return /^\d{17}[\dX]$/.test(number) && isRealDay(number) && idCheckCharacter(number) === number[17]
    ? 'valid'
    : 'invalid'
}
const isRealDay = (n: string) => parseDay(`${n.slice(6, 10)}-${n.slice(10, 12)}-${n.slice(12, 14)}`) !== undefined

/** Birth day as eight digits where a number of 18 or 15 characters says it, else `''`. */
export function birthInIdNumber(number: string): string {
  const form = idForm(number)
  if (form === 'valid') return number.slice(6, 14)
  return form === 'old15' ? `19${number.slice(6, 12)}` : ''
}

/**
 * Whether two numbers that are not equal are one number in two forms: 15 digits, 17 of 18, or two codes of one district with the
 * same birth day and sequence.
 * @param homeCodes the codes the district has and had, each six digits
 */
export function isOneNumber(a: string, b: string, homeCodes: ReadonlySet<string> = noCodes): boolean {
  const areHome = (p: string, q: string) => homeCodes.has(p.slice(0, 6)) && homeCodes.has(q.slice(0, 6))
  const [x, y] = a.length <= b.length ? [a, b] : [b, a]
  if (x.length === 15 && y.length === 18)
    return x.slice(6) === y.slice(8, 17) && (x.slice(0, 6) === y.slice(0, 6) || areHome(x, y))
  if (x.length === 17 && y.length === 18) return y.startsWith(x) || y.endsWith(x)
  if (x.length === 18 && y.length === 18) return x.slice(6, 17) === y.slice(6, 17) && areHome(x, y)
  return false
}
const noCodes: ReadonlySet<string> = new Set()

/** Whether what is not hidden of two numbers agrees, at least six characters of it. */
export function agreesWhereShown(a: string, b: string): boolean {
  const stars = a.includes('*') ? a : b
  const other = stars === a ? b : a
  const head = stars.slice(0, stars.indexOf('*'))
  const tail = stars.slice(stars.lastIndexOf('*') + 1)
  if (head.length + tail.length < 6) return false
  if (!other.includes('*')) return other.startsWith(head) && other.endsWith(tail)
  const [otherHead, otherTail] = [other.slice(0, other.indexOf('*')), other.slice(other.lastIndexOf('*') + 1)]
  const [h, t] = [Math.min(head.length, otherHead.length), Math.min(tail.length, otherTail.length)]
  return h + t >= 6 && head.slice(0, h) === otherHead.slice(0, h) && (t === 0 || tail.slice(-t) === otherTail.slice(-t))
}
