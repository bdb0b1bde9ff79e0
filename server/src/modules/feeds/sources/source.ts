import { addMonths, type Day, type Words } from '@zhulian/kernel'
import { type Fault, fault } from './fault.ts'

/**
 * A bureau's file, as a list of columns and one pure function from a row to facts. Every source is read by one reader
 * (`read-record.ts`), from a table or from JSON.
 *
 * Signed JSON over HTTP carries the same records, read as a table whose titles are the keys of the columns; values are
 * written as in a table (days as 2021-09-26, amounts in yuan):
 *
 * ```json
 * {
 *   "feedId": "unemployment", "batchId": "hrss-2021-39", "sentAt": "2021-09-27T08:00:00+08:00", "asOfDate": "2021-09-26",
 *   "recordCount": 1, "sha256": "…of the records…", "operator": "…", "legalBasis": "…",
 *   "records": [
 *     { "recordId": "A1", "idNumber": "330111197603020004", "name": "许文琴", "registrationDate": "2021-09-20" }
 *   ]
 * }
 * ```
 */
export interface Source {
  /** `unemployment`: the folder, and the feedId of an envelope. */
  readonly id: string
  readonly code: SourceCode
  /** Of `data/units.yaml`, or of `bureaus.ts` where the bureau owns no policy. */
  readonly unit: string
  readonly name: Words
  readonly content: Words
  readonly rhythm: Words
  readonly legalBasis: Words
  /** Whose facts most rows bring. A household is found by the person its row names. */
  readonly about: 'person' | 'household'
  readonly columns: readonly Column[]
  /** Of these columns a file must have one. */
  readonly anyOf?: readonly string[]
  /** Deaths, exits and the like: released by two people. */
  readonly dangerous?: true
  /** Nobody can be in it who is not so many years old on the day the row speaks of. */
  readonly youngest?: number
  /** Seen by health workers only. */
  readonly restricted?: true
  /** What the row says. Pure; sees the row alone. */
  map(row: ReadRow, today: Day): Mapped
  /**
   * What of that stands beside what the registry knows of the same person and household: the larger of two bills, the
   * yellow before a new one. Pure; without it the row stands as it is.
   */
  beside?(says: Says, known: Says): Says
}

export type SourceCode = `F${0 | 1 | 2}${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`

export type ColumnKind =
  | 'text'
  | 'idNumber'
  | 'name'
  | 'day'
  | 'month'
  | 'fen'
  | 'number'
  | 'choice'
  | 'yesNo'
  | 'division'

export interface Column {
  /** Also accepted as a header, and the key of a JSON record. */
  readonly key: string
  /** As bureaus write it, the usual one first; the last one in English, for the words of a fault. */
  readonly headers: readonly string[]
  readonly kind: ColumnKind
  readonly required?: true
  /** What may stand there, in words and codes, and what it means. */
  readonly choices?: Readonly<Record<string, string>>
  /** Of a number as it is; of an amount in fen. Without them 0 to ten billion (yuan). */
  readonly min?: number
  readonly max?: number
  /** Of a number: no fractions. */
  readonly whole?: true
  /** Of a day or a month: it may lie ahead. */
  readonly ahead?: true
}

export type CellValue = string | number | boolean | null

/** A row that can be used: who is meant, as far as it says, and its own columns by their keys (null where nothing stands). */
export interface ReadRow {
  /** As the file counts, from 1; of JSON records likewise. */
  readonly no: number
  readonly recordId: string | null
  /** Eighteen characters that check, or with * for what the bureau hid. Fifteen digits are brought up to eighteen. */
  readonly idNumber: string | null
  readonly name: string | null
  readonly birthDate: Day | null
  readonly sex: 'male' | 'female' | null
  readonly phone: string | null
  /** Six, nine or twelve digits. */
  readonly division: string | null
  readonly address: string | null
  readonly cells: Readonly<Record<string, CellValue>>
}

/** By the names of the dictionary, without `person.` and `household.`; null is a known "none". */
export type Facts = Readonly<Record<string, unknown>>

export interface Says {
  readonly person?: Facts
  readonly household?: Facts
  /** What befell the family: it comes to the events of the year that are known, which stay. */
  readonly happened?: Happening
}
export interface Happening {
  readonly date: Day
  /** Of `household.events12m`. */
  readonly kind: string
}

/** What a row says of the day `on`. Neither facts of a person nor of a household: there is nothing in it for the registry. */
export type Mapped = (Says & { readonly on: Day }) | { readonly quarantine: Fault }

const numberTitles = ['身份证号', '身份证号码', '公民身份号码', '公民身份证号码', '证件号码', '证件号', '身份证']
const nameTitles = ['姓名', '名字']

/** @param role who of a family the file names, in front of the title: 户主身份证号 */
const clues = (role = ''): readonly Column[] => {
  const also = (titles: readonly string[]) => (role ? [...titles.map(t => role + t), ...titles] : titles)
  return [
    { key: 'recordId', headers: ['记录编号', '记录号', '业务流水号', '流水号', 'Record'], kind: 'text' },
    { key: 'idNumber', headers: [...also(numberTitles), 'Identity number'], kind: 'idNumber' },
    { key: 'name', headers: [...also(nameTitles), '人员姓名', 'Name'], kind: 'name', required: true },
    { key: 'birthDate', headers: [...also(['出生日期', '出生年月日', '生日']), 'Birth date'], kind: 'day' },
    { key: 'sex', headers: [...also(['性别']), 'Sex'], kind: 'choice', choices: sexes },
    { key: 'phone', headers: ['联系电话', '手机号', '手机号码', '电话', '手机', 'Telephone'], kind: 'text' },
    {
      key: 'division',
      headers: ['区划代码', '行政区划代码', '村（社区）代码', '村代码', '村社区代码', 'Division code'],
      kind: 'text',
    },
    {
      key: 'township',
      headers: ['镇街', '镇（街道）', '乡镇（街道）', '乡镇街道', '镇乡街道', '乡镇', '街道', '所属镇街', 'Township'],
      kind: 'text',
    },
    {
      key: 'village',
      headers: ['村（社区）', '村社区', '村（居）', '行政村', '社区', '村', '所属村社', 'Village'],
      kind: 'text',
    },
    {
      key: 'address',
      headers: ['现住址', '地址', '住址', '家庭住址', '家庭地址', '居住地址', '联系地址', '户籍地址', 'Address'],
      kind: 'text',
    },
  ]
}
const sexes = {
  男: 'male',
  '1': 'male',
  M: 'male',
  女: 'female',
  '2': 'female',
  F: 'female',
  未说明: 'unknown',
  '0': 'unknown',
  '9': 'unknown',
}

/** The columns by which any source says who is meant. */
export const whoColumns = clues()
/** The same, where the file names the head of a household. */
export const headColumns = clues('户主')
const ofAnybody = new Set(['idNumber', 'name', 'birthDate', 'sex'])
/** The same, where it names a mother, and says so: a birth date and a sex without more are the child's, or a dead person's. */
export const motherColumns = clues('母亲').map(column =>
  ofAnybody.has(column.key)
    ? { ...column, headers: [...column.headers.filter(title => title.startsWith('母亲')), `Mother: ${column.key}`] }
    : column,
)
export const whoKeys: ReadonlySet<string> = new Set(whoColumns.map(c => c.key))

/** One of these must stand beside a name where there is no number, or nobody can tell who is meant. */
export const besideName: readonly string[] = ['birthDate', 'phone', 'division', 'village', 'address']

/** What a column is called in the words of a fault. */
export const labelOf = (column: Column): Words => ({
  zh: column.headers[0] ?? column.key,
  en: column.headers.findLast(h => /^[\x20-\x7e]+$/.test(h)) ?? column.key,
})

/** Facts of the dictionary count yuan. */
export const yuan = (fen: CellValue | undefined): number | undefined =>
  typeof fen === 'number' ? fen / 100 : undefined

/** Only what the row says: what it leaves open is not overwritten. A known "none" is written beside it. */
export function said(facts: Readonly<Record<string, unknown>>): Facts {
  const only: Record<string, unknown> = {}
  for (const name in facts) if (facts[name] !== undefined && facts[name] !== null) only[name] = facts[name]
  return only
}

/** What must stand beside a choice: an exit without its day. */
export const tellsWith = (column: Column, choice: Column, word: string): Fault =>
  fault('wantedWith', { at: labelOf(column), text: '', other: labelOf(choice), otherText: word })

/** One day that must not be later than another. @returns undefined where they are in order, or one is not said */
export function reversed(earlier: Column, later: Column, { cells }: ReadRow): Fault | undefined {
  const [one, other] = [cells[earlier.key] as Day | null, cells[later.key] as Day | null]
  return one !== null && other !== null && one > other
    ? fault('daysReversed', { one: labelOf(earlier), oneText: one, other: labelOf(later), otherText: other })
    : undefined
}

/** Completed months from a day to a later one. */
export function monthsSince(from: Day, today: Day): number {
  const months =
    (Number(today.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(today.slice(5, 7)) - Number(from.slice(5, 7))
  return Math.max(0, addMonths(from, months) > today ? months - 1 : months)
}

/** The facts without some of them. */
export const without = (facts: Facts, ...names: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name)))
