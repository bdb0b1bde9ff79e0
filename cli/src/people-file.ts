import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Words } from '@zhulian/kernel'
import {
  type AddressBook,
  addressBook,
  districtOf,
  type Field,
  fields,
  guessColumns,
  isRoundedNumber,
  type NameAbove,
  type People,
  readTable,
  type Table,
} from '@zhulian/linkage'
import { Usage } from './command.ts'

/** A list of people as it was read from a file. */
export interface PeopleFile {
  readonly path: string
  readonly people: People
  /** How a row is named: its id, else its number from 1. */
  readonly ids: readonly string[]
  readonly used: Readonly<Partial<Record<Field, string>>>
  readonly unused: readonly string[]
  /** What was wrong with it, in plain words. */
  readonly faults: readonly Words[]
}

/** Which column is what, where the headers do not say it: `null` leaves a column unused. */
export type ColumnMap = Readonly<Partial<Record<Field, string | null>>>

export async function readPeople(file: string, map: ColumnMap): Promise<PeopleFile> {
  const table = await tableAt(file)
  const at = placed(file, table, map)
  const evidence = Object.keys(at).filter(field => field !== 'id' && field !== 'household')
  if (evidence.length < 2) throw unknownHeaders(file, table)
  const columns: Partial<Record<Field, readonly string[]>> = {}
  for (const [field, column] of Object.entries(at)) columns[field as Field] = table.columns[column] ?? []
  const ids =
    columns.id?.map((id, row) => id || `#${row + 1}`) ?? Array.from({ length: table.size }, (_, row) => `${row + 1}`)
  return {
    path: file,
    people: { size: table.size, columns },
    ids,
    used: Object.fromEntries(Object.entries(at).map(([field, column]) => [field, table.header[column] ?? ''])),
    unused: table.header.filter((title, column) => title !== '' && !Object.values(at).includes(column)),
    faults: [
      ...table.faults.map(({ words, count, lines }) => ({
        zh: `${words.zh}：${count} 处，如第 ${lines.join('、')} 行`,
        en: `${words.en}: ${count}, such as line ${lines.join(', ')}`,
      })),
      ...columnFaults(table, at, ids),
    ],
  }
}

/** The cells of a file, gzipped or not. @throws Usage where there is nothing to read */
export async function tableAt(file: string): Promise<Table> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw Object.assign(error as Error, { path: file })
  })
  const [a, b] = bytes
  if (a === 0x50 && b === 0x4b)
    throw new Usage({
      zh: `${file} 是 Excel 工作簿；请先另存为 CSV`,
      en: `${file} is a workbook; save it as CSV first`,
    })
  if (bytes.length > mostBytes)
    throw new Usage({ zh: `${file} 超过 500 MB，请分成几份`, en: `${file} is over 500 MB; split it` })
  const table = readTable(a === 0x1f && b === 0x8b ? unzipped(file, bytes) : bytes)
  if (table.header.length === 0) throw new Usage({ zh: `${file} 是空的`, en: `${file} is empty` })
  if (table.size === 0)
    throw new Usage({
      zh: `${file} 里没有能用的行${table.faults[0] ? `：${table.faults[0].words.zh}` : ''}`,
      en: `${file} has no row that can be used${table.faults[0] ? `: ${table.faults[0].words.en}` : ''}`,
    })
  return table
}
const mostBytes = 500 * 1024 * 1024

function unzipped(file: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes })
  } catch {
    throw new Usage({ zh: `${file} 的压缩坏了，或者不完整`, en: `${file} is a broken or incomplete gzip file` })
  }
}

function placed(file: string, { header, columns }: Table, map: ColumnMap): Partial<Record<Field, number>> {
  const at = { ...guessColumns(header) }
  for (const [field, title] of Object.entries(map)) {
    delete at[field as Field]
    if (title === null) continue
    const column = header.findIndex(h => h.trim() === title.trim())
    if (column < 0)
      throw new Usage({
        zh: `${file} 没有「${title}」这一列；有：${header.join('、')}`,
        en: `${file} has no column "${title}"; it has: ${header.join(', ')}`,
      })
    for (const [other, where] of Object.entries(at)) if (where === column) delete at[other as Field]
    at[field as Field] = column
  }
  if (at.id === undefined && map.id === undefined && !Object.values(at).includes(0) && namesRows(columns[0])) at.id = 0
  return at
}

/** What stands first, whatever it is called, and is another in each row is how rows are named. */
const namesRows = (cells: readonly string[] = []): boolean =>
  cells.length > 1 && !cells.includes('') && new Set(cells).size === cells.length

const unknownHeaders = (file: string, { header }: Table) =>
  new Usage({
    zh: `${file} 的表头看不出哪列是姓名、生日、证件号（${header.slice(0, 12).join('、')}）；用 --fields 写明，如 {"name": "XM", "birthDate": "CSRQ"}`,
    en: `the headers of ${file} do not say which columns are name, birth date, number (${header.slice(0, 12).join(', ')}); say it with --fields, such as {"name": "XM", "birthDate": "CSRQ"}`,
  })

function columnFaults(table: Table, at: Partial<Record<Field, number>>, ids: readonly string[]): Words[] {
  const faults: Words[] = []
  const repeated = ids.length - new Set(ids).size
  if (repeated > 0)
    faults.push({
      zh: `行编号有重复：${repeated} 行的编号前面已经出现过；这些行照样比对，但按编号分不清`,
      en: `row ids repeat: ${repeated} rows have an id that stands above; they are compared all the same, but the id does not tell them apart`,
    })
  for (const [field, column] of Object.entries(at)) {
    const cells = table.columns[column] ?? []
    if (cells.every(cell => cell === ''))
      faults.push({
        zh: `「${table.header[column]}」一列是空的`,
        en: `the column "${table.header[column]}" is empty`,
      })
    if (field !== 'idNumber') continue
    const rounded = cells.filter(isRoundedNumber).length
    if (rounded > 0)
      faults.push({
        zh: `${rounded} 个身份证号被表格软件当成数字改坏了（如 3.30123E+17），后几位已经丢失，这些号码没有用；请从原始数据按文本导出`,
        en: `${rounded} identity numbers were spoilt by a spreadsheet that took them for numbers (3.30123E+17): their last digits are lost and they are not used; export them as text`,
      })
  }
  return faults
}

/** @throws Usage for what is no map */
export async function columnMaps(file: string | undefined): Promise<{ left: ColumnMap; right: ColumnMap }> {
  if (file === undefined) return { left: {}, right: {} }
  const wrong = (zh: string, en: string) =>
    new Usage({
      zh: `${file} ${zh}；应是 {"name": "姓名"} 或 {"left": {…}, "right": {…}}，可写的有：${fields.join('、')}`,
      en: `${file} ${en}; it should be {"name": "Full name"} or {"left": {…}, "right": {…}} with: ${fields.join(', ')}`,
    })
  let read: unknown
  try {
    read = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code) throw error
    throw wrong('不是 JSON', 'is not JSON')
  }
  const one = (given: unknown): ColumnMap => {
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw wrong('写法不对', 'is not such a map')
    for (const [field, title] of Object.entries(given)) {
      if (!(fields as readonly string[]).includes(field))
        throw wrong(`不认得「${field}」`, `names "${field}", which is not known`)
      if (typeof title !== 'string' && title !== null)
        throw wrong(`「${field}」不是列名`, `gives no column for "${field}"`)
    }
    return given as ColumnMap
  }
  const sides = read as { left?: unknown; right?: unknown } | null
  if (sides !== null && typeof sides === 'object' && ('left' in sides || 'right' in sides))
    return { left: one(sides.left ?? {}), right: one(sides.right ?? {}) }
  return { left: one(read), right: one(read) }
}

/** What addresses and numbers of the district are read by: its townships and villages and what they lie in, under all their names and codes. */
export async function districtOfFiles(
  shippedDir: string,
): Promise<{ addresses: AddressBook; homeCodes: readonly string[] }> {
  const rows = async (name: string) => {
    const table = readTable(await readFile(path.join(shippedDir, 'divisions', name)))
    const column = (title: string) => table.columns[table.header.indexOf(title)] ?? []
    return column('code').map((code, row) => ({
      code,
      name: column('name')[row] ?? '',
      within: column('township')[row] ?? '',
      level: column('level')[row] as NameAbove['level'],
    }))
  }
  const old = Map.groupBy(await rows('old-names.csv'), row => row.code)
  const named = (code: string, name: string) => [name, ...(old.get(code) ?? []).map(o => o.name)]
  const district = districtOf(await rows('above.csv'))
  const places = [
    ...(await rows('townships.csv')).map(({ code, name }) => ({ code, names: named(code, name) })),
    ...(await rows('villages.csv')).map(({ code, name, within }) => ({ code, names: named(code, name), within })),
  ]
  return { addresses: addressBook(places, district), homeCodes: district.homeCodes }
}
