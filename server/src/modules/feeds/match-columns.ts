import type { Words } from '@zhulian/kernel'
import type { Mapping } from './tables.ts'

/** A column by the titles it goes by. */
export type Titled = { readonly key: string } & (
  | { readonly header: Words; readonly also: readonly string[] }
  | { readonly headers: readonly string[] }
)
const titlesOf = (column: Titled): readonly string[] =>
  'headers' in column
    ? [...column.headers, column.key]
    : [column.header.zh, column.header.en, column.key, ...column.also]

/** A header without what people decorate it with: width, spaces, stars, units and remarks in brackets. */
const bare = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\(.*?\)|\[.*?\]/g, '')
    .replace(/[\s*:：_\-/、。"'“”]/g, '')
    .toLowerCase()

const whole = (header: string) =>
  header
    .normalize('NFKC')
    .replace(/[\s*:：]/g, '')
    .toLowerCase()

interface Prepared {
  readonly key: string
  readonly whole: readonly string[]
  readonly bare: readonly string[]
}
const prepared = new WeakMap<readonly Titled[], readonly Prepared[]>()

/** Titles in the forms they are compared in, once for each list of columns: a wrong file is held against 26 of them. */
function prepare(columns: readonly Titled[]): readonly Prepared[] {
  let made = prepared.get(columns)
  if (!made) {
    made = columns.map(column => {
      const titles = titlesOf(column)
      return { key: column.key, whole: titles.map(whole), bare: titles.flatMap(t => [whole(t), bare(t)]) }
    })
    prepared.set(columns, made)
  }
  return made
}

/** Where each title stands, in the two forms it is compared in; once for each header. */
interface Laid {
  readonly whole: ReadonlyMap<string, readonly number[]>
  readonly bare: ReadonlyMap<string, readonly number[]>
}
const laid = new WeakMap<readonly string[], Laid>()
function lay(header: readonly string[]): Laid {
  let made = laid.get(header)
  if (!made) {
    const by = (plain: (title: string) => string) => {
      const places = Map.groupBy(header.keys(), i => plain(header[i] as string))
      places.delete('')
      return places
    }
    laid.set(header, (made = { whole: by(whole), bare: by(bare) }))
  }
  return made
}

/** Guesses what each column of a file is; every key and every column at most once, exact headers first, the usual before the rare. */
export function matchColumns(header: readonly string[], columns: readonly Titled[]): Mapping {
  const mapping: Record<string, number> = {}
  const taken = new Set<number>()
  const pass = (form: 'whole' | 'bare') => {
    const places = lay(header)[form]
    for (const column of prepare(columns)) {
      if (column.key in mapping) continue
      for (const title of column[form]) {
        const at = places.get(title)?.find(i => !taken.has(i))
        if (at === undefined) continue
        mapping[column.key] = at
        taken.add(at)
        break
      }
    }
  }
  pass('whole')
  pass('bare')
  return mapping
}

const linesToLook = 10

/**
 * The row that holds the headers: the first of the top ten in which at least three columns are known. A title above is
 * passed over.
 */
export function findHeader(rows: readonly (readonly string[])[], columns: readonly Titled[]): number | undefined {
  const at = rows.slice(0, linesToLook).findIndex(row => Object.keys(matchColumns(row, columns)).length >= 3)
  return at < 0 ? undefined : at
}

/** What stands in the way of reading by headers: two of one name, or a merged cell that leaves columns nameless. */
export function headerFault(
  header: readonly string[],
  below: readonly (readonly string[])[],
): { kind: 'repeated' | 'nameless'; column: string } | undefined {
  const named = header.map(whole)
  const repeated = named.findIndex((title, i) => title !== '' && named.indexOf(title) !== i)
  if (repeated >= 0) return { kind: 'repeated', column: header[repeated] ?? '' }
  const width = Math.max(header.length, ...below.map(row => row.length))
  for (let i = 0; i < width; i++)
    if (!named[i] && below.some(row => (row[i] ?? '') !== '')) return { kind: 'nameless', column: columnName(i) }
  return undefined
}

/** A, B, … Z, AA: as spreadsheets name columns. */
export const columnName = (i: number): string =>
  i < 26 ? String.fromCharCode(65 + i) : columnName(Math.floor(i / 26) - 1) + columnName(i % 26)
