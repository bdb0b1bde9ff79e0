import type { Words } from '@zhulian/kernel'
import { columnName, matchColumns } from '../match-columns.ts'
import type { Mapping } from '../tables.ts'
import { besideName, type Column, labelOf, type Source, whoKeys } from './source.ts'

/** Where the rows of a source begin, and which column of the file is which. */
export interface FoundTable {
  /** As read, one title a column, also where two rows make one. */
  readonly header: readonly string[]
  /** Counted from 0: the first row below the header. */
  readonly firstRow: number
  readonly mapping: Mapping
  /** Titles nobody asked for; they are not kept. */
  readonly unread: readonly string[]
}

export interface TableFault {
  readonly code: 'noHeader' | 'columnsMissing' | 'wrongTemplate' | 'repeated' | 'nameless'
  readonly words: Words
}

const linesToLook = 10
const leastKnown = 3

/**
 * Finds the header among the first rows of a file: titles above it are passed over, a header of two rows is put together.
 * @param top the first rows with something in them, as text; a few below the header are looked at too
 * @param others the other sources, to say which of them a wrong file looks like
 */
export function findTable(
  source: Source,
  top: readonly (readonly string[])[],
  others: readonly Source[],
): FoundTable | { readonly fault: TableFault } {
  const headers = headersAmong(top)
  const found = likeliest(source, headers)
  const rest = others.filter(other => other.id !== source.id)
  const missing = found ? missingOf(source, found.mapping) : source.columns.filter(c => c.required)
  if (!found || missing.length > 0) {
    const meant = mostKnown(rest, other => ownKnown(other, likeliest(other, headers)?.mapping))
    if (meant && (!found || meant.own > knownOf(source, found.mapping)))
      return refused(wrongTemplate(source, meant.other))
    return refused(found ? columnsMissing(missing) : noHeader)
  }
  // Another bureau's file may have all this one must have: 登记日期 is the day of a marriage too.
  const meant = mostKnown(rest, other => ownKnown(other, matchColumns(found.header, other.columns)))
  if (meant && meant.own >= 2 * knownOf(source, found.mapping)) return refused(wrongTemplate(source, meant.other))
  return unclear(source, found, top) ?? found
}

function mostKnown(
  rest: readonly Source[],
  own: (other: Source) => number,
): { other: Source; own: number } | undefined {
  return rest
    .map(other => ({ other, own: own(other) }))
    .filter(found => found.own > 0)
    .toSorted((a, b) => b.own - a.own)[0]
}

const refused = (fault: TableFault) => ({ fault })

interface Header {
  readonly header: readonly string[]
  readonly firstRow: number
}

/** What may be the header: each of the first rows, and each two of them as one. */
const headersAmong = (top: readonly (readonly string[])[]): Header[] =>
  top.slice(0, linesToLook).flatMap((row, i) => {
    const below = top[i + 1]
    const two = below ? together(row, below).map(header => ({ header, firstRow: i + 2 })) : []
    return [{ header: row, firstRow: i + 1 }, ...two]
  })

/** The one that knows most columns; of equal ones the first, and one row rather than two. */
function likeliest(source: Source, headers: readonly Header[]): FoundTable | undefined {
  let best: { readonly at: Header; readonly mapping: Mapping; readonly known: number } | undefined
  for (const at of headers) {
    const mapping = matchColumns(at.header, source.columns)
    const known = Object.keys(mapping).length
    if (known >= leastKnown && known > (best?.known ?? 0)) best = { at, mapping, known }
  }
  if (!best) return undefined
  const taken = new Set(Object.values(best.mapping))
  const unread = best.at.header.filter((title, i) => title !== '' && !taken.has(i))
  return { ...best.at, mapping: best.mapping, unread }
}

/** Two rows as one: the lower title, else the upper; and the lower one behind the upper it stands under. */
function together(upper: readonly string[], lower: readonly string[]): string[][] {
  const width = Math.max(upper.length, lower.length)
  let over = ''
  const spread = Array.from({ length: width }, (_, i) => (over = upper[i] || over))
  const each = (title: (low: string, i: number) => string) =>
    Array.from({ length: width }, (_, i) => title(lower[i] ?? '', i))
  return [
    each((low, i) => low || (upper[i] ?? '')),
    each((low, i) => (low === '' ? (upper[i] ?? '') : `${spread[i]}${low}`)),
  ]
}

const missingOf = (source: Source, mapping: Mapping): Column[] => {
  const anyOf = source.anyOf?.some(key => key in mapping) === false ? source.anyOf.slice(0, 1) : []
  const missing = source.columns.filter(c => (c.required && !(c.key in mapping)) || anyOf.includes(c.key))
  const nobody = !['idNumber', ...besideName].some(key => key in mapping)
  return nobody ? [...source.columns.filter(c => c.key === 'idNumber'), ...missing] : missing
}

const knownOf = (source: Source, mapping: Mapping): number =>
  source.columns.filter(c => !whoKeys.has(c.key) && c.key in mapping).length

/** How many columns of its own a source finds; none where what it must have is not there. */
const ownKnown = (source: Source, mapping: Mapping | undefined): number =>
  mapping && missingOf(source, mapping).length === 0 ? knownOf(source, mapping) : 0

/** Two columns of one title, or one without a title where something stands: then nobody knows which is which. */
function unclear(
  source: Source,
  { header, firstRow, mapping }: FoundTable,
  top: readonly (readonly string[])[],
): { fault: TableFault } | undefined {
  const used = new Set(Object.values(mapping))
  const repeated = header.find((title, i) => used.has(i) && header.some((other, j) => j !== i && other === title))
  if (repeated !== undefined)
    return refused({
      code: 'repeated',
      words: {
        zh: `表头里“${repeated}”出现了不止一次，分不清用哪一列。请改名或删去一列。`,
        en: `The header “${repeated}” occurs more than once. Rename or remove one of the columns.`,
      },
    })
  const below = top.slice(firstRow, firstRow + 50)
  const width = Math.max(header.length, ...below.map(row => row.length))
  const nameless = Array.from({ length: width }, (_, i) => i).find(
    i => !header[i] && below.some(row => (row[i] ?? '') !== ''),
  )
  // A column beside the table is none of ours; one among those we read may belong to a merged title.
  const last = Math.max(...used)
  if (nameless === undefined || nameless > last) return undefined
  const at = columnName(nameless)
  return refused({
    code: 'nameless',
    words: {
      zh: `第 ${at} 列有内容却没有列名，表头可能有合并单元格。请取消合并，每列写一个列名。`,
      en: `Column ${at} holds something but has no title; the header may have merged cells. Unmerge them and name every column.`,
    },
  })
}

const noHeader: TableFault = {
  code: 'noHeader',
  words: {
    zh: '前 10 行里没有找到表头。请对照模板，把列名写在数据上面一行。',
    en: 'No header was found in the first ten rows. Compare the template and write the titles in the row above the data.',
  },
}

function columnsMissing(missing: readonly Column[]): TableFault {
  const of = (language: keyof Words) => missing.map(c => labelOf(c)[language])
  return {
    code: 'columnsMissing',
    words: {
      zh: `缺少这几列：${of('zh').join('、')}。请补上，或者核对列名。`,
      en: `These columns are missing: ${of('en').join(', ')}. Add them, or check the titles.`,
    },
  }
}

const wrongTemplate = (source: Source, other: Source): TableFault => ({
  code: 'wrongTemplate',
  words: {
    zh: `这份文件看起来是“${other.name.zh}”（${other.code}）的表，不是“${source.name.zh}”（${source.code}）。请换一个数据来源，或者换一份文件。`,
    en: `This file looks like “${other.name.en}” (${other.code}), not “${source.name.en}” (${source.code}). Choose that source, or another file.`,
  },
})
