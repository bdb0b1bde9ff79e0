import { guessColumns, type Table } from '@zhulian/linkage'
import { Usage } from './command.ts'
import { tableAt } from './people-file.ts'

/** What is true: pairs of rows, by their ids. */
export interface Truth {
  readonly size: number
  /** Pairs that name a row which is in no file. */
  readonly unknown: number
  readonly has: (left: number, right: number) => boolean
}

/**
 * Two columns of row ids, found by what they hold wherever they stand and whatever they are called; with a column that says which of
 * the pairs are none, those do not count. Of one list also a column of row ids and one of the person each is.
 * @param isOneList the two ids may stand in either order, and a pair counts once
 */
export async function readTruth(
  file: string,
  leftIds: readonly string[],
  rightIds: readonly string[],
  isOneList: boolean,
): Promise<Truth> {
  const table = await tableAt(file)
  if (table.header.length < 2)
    throw new Usage({
      zh: `${file} 应有两列行编号，左边文件的和右边文件的`,
      en: `${file} should have two columns of row ids, of the left file and of the right one`,
    })
  const [left, right] = [rowsById(leftIds), rowsById(rightIds)]
  const pairs = new Set<number>()
  let unknown = 0
  const add = (l: string, r: string) => {
    const found = [left.get(l), right.get(r)] as const
    const [a, b] = found[0] === undefined || found[1] === undefined ? [left.get(r), right.get(l)] : found
    if (a === undefined || b === undefined) unknown++
    else if (!isOneList) pairs.add(a * rightIds.length + b)
    else if (a !== b) pairs.add(Math.max(a, b) * rightIds.length + Math.min(a, b))
  }
  const { first, second, person } = columnsOf(table, left, right, isOneList)
  if (person) for (const [l, r] of pairsOf(first, person)) add(l, r)
  else {
    // A file without a header begins with two ids.
    const [h0 = '', h1 = ''] = table.header
    if (Object.keys(guessColumns([h0, h1])).length === 0 && left.has(h0) && right.has(h1)) add(h0, h1)
    const counts = countingRows(table)
    for (let row = 0; row < table.size; row++) if (counts(row)) add(first[row] ?? '', second[row] ?? '')
  }
  if (pairs.size === 0)
    throw new Usage({
      zh: `${file} 里没有一对编号能在文件里找到（如 ${first[0]}、${second[0]}）`,
      en: `no pair of ids of ${file} is found in the files (such as ${first[0]}, ${second[0]})`,
    })
  return {
    size: pairs.size,
    unknown,
    has: (l, r) => pairs.has(isOneList ? Math.max(l, r) * rightIds.length + Math.min(l, r) : l * rightIds.length + r),
  }
}

type Column = readonly string[]
type Rows = ReadonlyMap<string, number>

/** Rows looked at to tell what a column holds. */
const sample = 2000

/** Which two columns hold the ids: the first two unless others hold more of them; `person` where only one does and it is one list. */
function columnsOf({ header, columns }: Table, left: Rows, right: Rows, isOneList: boolean) {
  const known = (column: Column, rows: Rows) => column.slice(0, sample).filter(id => rows.has(id)).length
  const held = columns.map(column => [known(column, left), known(column, right)] as const)
  const called = isOneList ? header.findIndex(title => persons.test(title.trim())) : -1
  const most = held.reduce((m, [n], at) => (at !== called && n > (held[m]?.[0] ?? 0) ? at : m), called === 0 ? 1 : 0)
  if (called >= 0 && (held[most]?.[0] ?? 0) > 0) {
    const [first = [], person = []] = [columns[most], columns[called]]
    return { first, second: person, person }
  }
  let best = [0, 1, -1] as readonly [number, number, number]
  for (let a = 0; a < columns.length; a++)
    for (let b = 0; b < columns.length; b++) {
      const both = Math.min(held[a]?.[0] ?? 0, held[b]?.[1] ?? 0)
      // Of equal columns those that stand first.
      if (a !== b && both > best[2]) best = [a, b, both]
    }
  const [a, b, both] = best
  const [first = [], second = []] = [columns[a], columns[b]]
  const ids = held.findIndex(([n]) => n > 0)
  if (!isOneList || both > 0 || ids < 0) return { first, second, person: undefined }
  const other = columns.find((_, at) => at !== ids) ?? []
  return { first: columns[ids] ?? [], second: other, person: other }
}

function* pairsOf(ids: Column, person: Column): Generator<readonly [string, string]> {
  for (const [who, rows] of Map.groupBy(ids.keys(), row => person[row] ?? ''))
    if (who !== '')
      for (let x = 1; x < rows.length; x++)
        for (let y = 0; y < x; y++) yield [ids[rows[x] as number] ?? '', ids[rows[y] as number] ?? '']
}

const persons = /^(?:cluster|entity|group|person)(?:_?id)?$|同一人编号|归并/i

const verdicts = /^(?:is|true)?_?(?:match|matched|same|label|truth|y)$|match_score$|是否|匹配|同一人/i
const yes = /^(?:1(?:\.0*)?|true|yes|y|是|同|match)$/i
const no = /^(?:0(?:\.0*)?|false|no|n|否|不同|异|)$/i

/** Labelled pairs: a column of nothing but yes and no that is called so. */
function countingRows({ header, columns }: Table): (row: number) => boolean {
  const at = header.findIndex(
    (title, column) => verdicts.test(title.trim()) && columns[column]?.every(cell => yes.test(cell) || no.test(cell)),
  )
  const said = columns[at]
  return said ? row => yes.test(said[row] ?? '') : () => true
}

function rowsById(ids: readonly string[]): Rows {
  const rows = new Map<string, number>()
  for (const [row, id] of ids.entries()) if (!rows.has(id)) rows.set(id, row)
  return rows
}
