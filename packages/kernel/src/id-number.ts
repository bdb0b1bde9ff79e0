import { type Day, parseDay } from './day.ts'

/** What is wrong with a text that should be a citizen's identity number. */
export type IdNumberFault = 'length' | 'characters' | 'birthDate' | 'future' | 'checkDigit'

export type IdNumberReading =
  | {
      readonly ok: true
      readonly idNumber: string
      readonly birthDate: Day
      readonly sex: 'male' | 'female'
      readonly division: string
    }
  | { readonly ok: false; readonly fault: IdNumberFault }

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** The check character for the first 17 digits. @source GB 11643-1999, ISO 7064 MOD 11-2 */
export const idCheckCharacter = (first17: string): string =>
  checks[weights.reduce((sum, weight, i) => sum + weight * Number(first17[i]), 0) % 11] ?? ''

/**
 * Reads an 18-character identity number: full-width digits and a lower-case x are normalised, spaces dropped.
 * The division need not exist today: retired codes are legal.
 * @param on numbers born after this day are refused
 * @source GB 11643-1999
 * @example readIdNumber('330111194904150001', day('2021-09-26')) // ok, born 1949-04-15
 */
export function readIdNumber(text: string, on: Day): IdNumberReading {
  const idNumber = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (idNumber.length !== 18) return { ok: false, fault: 'length' }
  if (!/^\d{17}[\dX]$/.test(idNumber)) return { ok: false, fault: 'characters' }
  const birthDate = parseDay(`${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`)
  if (!birthDate) return { ok: false, fault: 'birthDate' }
  if (birthDate > on) return { ok: false, fault: 'future' }
  if (idCheckCharacter(idNumber) !== idNumber[17]) return { ok: false, fault: 'checkDigit' }
  return {
    ok: true,
    idNumber,
    birthDate,
    sex: Number(idNumber[16]) % 2 ? 'male' : 'female',
    division: idNumber.slice(0, 6),
  }
}

/** `3301**********0001`: enough to recognise one's own, too little to use. */
export const maskIdNumber = (idNumber: string): string =>
  `${idNumber.slice(0, 4)}${'*'.repeat(Math.max(0, idNumber.length - 8))}${idNumber.slice(-4)}`

/** `138****5678` */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** `许*琴`, `许*`: the first and, from three characters up, the last. */
export function maskName(name: string): string {
  const letters = Array.from(name)
  if (letters.length <= 1) return '*'
  return letters.length === 2 ? `${letters[0]}*` : `${letters[0]}${'*'.repeat(letters.length - 2)}${letters.at(-1)}`
}
