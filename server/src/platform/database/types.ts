import pg from 'pg'

const { builtins } = pg.types

/**
 * How columns arrive: days as text (never a Date, which has a time zone), bigint as a number that must be safe (money in
 * fen, counts), numeric as text, instants as Date.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === builtins.DATE) return (text: string) => text
    if (format !== 'binary' && oid === builtins.INT8) return safeInteger
    return pg.types.getTypeParser(oid, format as 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

function safeInteger(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError('a bigint beyond 2^53')
  return number
}
