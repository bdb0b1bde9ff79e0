/** Money in fen (1/100 yuan), a safe integer. */
export type Fen = number & { readonly __fen: true }

/** @throws RangeError when yuan is not finite or beyond ±90 trillion */
export function fenOf(yuan: number): Fen {
  const fen = Math.round(yuan * 100)
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not an amount of money: ${yuan}`)
  return fen as Fen
}

export const yuanOf = (fen: Fen): number => fen / 100

/** `1,806` or `330.60`: thousands with a comma, two decimals only when there are fen. */
export const formatYuan = (yuan: number): string =>
  yuan.toLocaleString('en-US', {
    minimumFractionDigits: Number.isInteger(yuan) ? 0 : 2,
    maximumFractionDigits: Number.isInteger(yuan) ? 0 : 2,
  })
