/**
 * A code of the administrative divisions: 2 digits a province, 4 a city, 6 a district, 9 a township, 12 a village.
 * The levels nest by prefix, so a scope is a half-open range of codes. @source GB/T 2260, GB/T 10114
 */
export type DivisionCode = string & { readonly __division: true }

export type DivisionLevel = 'province' | 'city' | 'district' | 'township' | 'village'

const levels: Record<number, DivisionLevel> = { 2: 'province', 4: 'city', 6: 'district', 9: 'township', 12: 'village' }

export const isDivisionCode = (text: string): text is DivisionCode => /^\d+$/.test(text) && text.length in levels

export const divisionLevel = (code: string): DivisionLevel | undefined => levels[code.length]

/** The township a village lies in, the district a township lies in; undefined for a shorter code. */
export const townshipOf = (code: string): DivisionCode | undefined =>
  code.length >= 9 ? (code.slice(0, 9) as DivisionCode) : undefined
export const districtOf = (code: string): DivisionCode | undefined =>
  code.length >= 6 ? (code.slice(0, 6) as DivisionCode) : undefined

/** Every 12-digit code inside a division as `lo <= code < hi`, compared as text. ':' is the character after '9'. */
export const divisionRange = (code: string): { lo: string; hi: string } => ({ lo: code, hi: `${code}:` })

export const isInside = (code: string, within: string): boolean => code.startsWith(within)
