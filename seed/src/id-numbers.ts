import { type Day, epochDay, idCheckCharacter } from '@zhulian/kernel'

/**
 * Identity numbers nobody has: sequence 000 is not issued, and the division prefixes 335001…338999 have never been given
 * to a place. With sequence 000 a prefix and a birth date name one person, so each further person of a date takes the
 * next prefix.
 */
export function madeUpIdNumbers(): (birthDate: Day) => string {
  const given = new Map<number, number>()
  return birthDate => {
    const date = epochDay(birthDate)
    const n = given.get(date) ?? 0
    given.set(date, n + 1)
    if (n >= 40 * 99) throw new RangeError('more people were born on one day than there are made-up prefixes')
    const prefix = `33${50 + Math.floor(n / 99)}${String((n % 99) + 1).padStart(2, '0')}`
    const first = `${prefix}${birthDate.replaceAll('-', '')}000`
    return first + idCheckCharacter(first)
  }
}

/** Whether a number is one of ours: a prefix that is no place and sequence 000. */
export const isMadeUpIdNumber = (idNumber: string): boolean => /^33[5-8]\d{3}\d{8}000[\dX]$/.test(idNumber)
