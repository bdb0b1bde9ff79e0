import { guessColumns } from '@zhulian/linkage'
import { Usage } from './command.ts'
import { tableAt } from './people-file.ts'

/** What is true: pairs of rows, each from two columns of row ids. */
export interface Truth {
  readonly size: number
  /** Pairs that name a row which is in no file. */
  readonly unknown: number
  readonly has: (left: number, right: number) => boolean
}

/** @param isOneList the two ids may stand in either order, and a pair counts once */
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
  // A file without a header begins with two ids.
  const [h0 = '', h1 = ''] = table.header
  if (Object.keys(guessColumns([h0, h1])).length === 0 && left.has(h0) && right.has(h1)) add(h0, h1)
  const [first = [], second = []] = table.columns
  for (let row = 0; row < table.size; row++) add(first[row] ?? '', second[row] ?? '')
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

function rowsById(ids: readonly string[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  for (const [row, id] of ids.entries()) if (!rows.has(id)) rows.set(id, row)
  return rows
}
