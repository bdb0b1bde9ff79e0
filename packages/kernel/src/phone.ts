/**
 * The digits of a telephone number as people write it: full-width digits, spaces, dashes and +86 do not matter.
 * @returns undefined for what is neither a mobile number of eleven digits nor a landline with its area code
 * @example phoneDigits('+86 138 0000-0000') // '13800000000'
 */
export function phoneDigits(text: string): string | undefined {
  const digits = text
    .normalize('NFKC')
    .replaceAll(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '')
  return /^(1[3-9]\d{9}|0\d{9,11})$/.test(digits) ? digits : undefined
}
