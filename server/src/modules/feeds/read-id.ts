import { completedYears, type Day, idCheckCharacter, readIdNumber } from '@zhulian/kernel'
import { type RawCell, textOf } from './read-cell.ts'

/** How an identity number stands in a cell. */
export type WrittenId =
  | {
      /** `old15`: fifteen digits, brought up to eighteen. */
      readonly form: 'whole' | 'old15'
      readonly idNumber: string
      readonly birthDate: Day
      /** Null for sequence 000, which says nothing of it. */
      readonly sex: 'male' | 'female' | null
    }
  /** Part of it hidden by who sent it. */
  | { readonly form: 'masked'; readonly idNumber: string }
  | { readonly form: 'none' }
  | { readonly fault: IdFault; readonly text: string }
export type IdFault = 'lostDigits' | 'length' | 'characters' | 'birthDate' | 'future' | 'tooOld' | 'checkDigit'

const oldest = 130
const clean = /^\d{17}[\dX]$/

/**
 * Full-width digits, spaces, a lower-case x and a mark typed in front so that a spreadsheet keeps it as text are no fault.
 * What a spreadsheet kept as a number has lost its last three digits for good.
 */
export function idIn(cell: RawCell, today: Day): WrittenId {
  const text = typeof cell === 'string' && clean.test(cell) ? cell : textOf(cell).replace(/^[="'‘’`]+|["'‘’`]+$/g, '')
  if (text === '') return { form: 'none' }
  const fault = (of: IdFault): WrittenId => ({ fault: of, text: text.slice(0, 40) })
  if (/^\d(\.\d+)?e\+?\d{2}$/i.test(text) || (typeof cell === 'number' && text.length > 15)) return fault('lostDigits')
  const plain = clean.test(text) ? text : plainId(text)
  if (/^\d{15}$/.test(plain)) {
    const first17 = `${plain.slice(0, 6)}19${plain.slice(6)}`
    return ofReading(first17 + idCheckCharacter(first17), 'old15')
  }
  if (plain.includes('*')) {
    const shown = plain.replace(/\*/g, '').length
    if (!/^[\dX*]+$/.test(plain)) return fault('characters')
    return (plain.length === 18 || plain.length === 15) && shown >= 6
      ? { form: 'masked', idNumber: plain }
      : fault('length')
  }
  return ofReading(plain, 'whole')

  function ofReading(number: string, form: 'whole' | 'old15'): WrittenId {
    const reading = readIdNumber(number, today)
    if (!reading.ok) return fault(/^\d{15}000$/.test(number) ? 'lostDigits' : reading.fault)
    if (completedYears(reading.birthDate, today) > oldest) return fault('tooOld')
    const { idNumber, birthDate, sex } = reading
    return { form, idNumber, birthDate, sex: idNumber.slice(14, 17) === '000' ? null : sex }
  }
}

const plainId = (text: string): string =>
  text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase().replace(/×$/, 'X').replace(/[•●■]/g, '*')
