import type { Day, Words } from '@zhulian/kernel'
import { type ImportColumn, relations } from './columns.ts'
import { type RawCell, readCell, textOf } from './read-cell.ts'
import { idIn } from './read-id.ts'
import type { Fault, Mapping } from './tables.ts'

/** A row that can be used: who, where, and what is said. */
export interface ReadRow {
  readonly row: number
  readonly householdNo: string
  readonly relation: string
  readonly name: string
  readonly idNumber: string
  readonly birthDate: Day
  readonly sex: 'male' | 'female'
  readonly phone: string | undefined
  /** Twelve digits; undefined where the row names no place. */
  readonly division: string | undefined
  readonly person: Readonly<Record<string, unknown>>
  readonly household: Readonly<Record<string, unknown>>
}

/** Townships and villages to look names up in. */
export interface Places {
  has(code: string): boolean
  /** Codes of the villages of this name, in a township where one is named. */
  find(village: string, township: string | undefined): readonly string[]
}

export const longestCell = 2000

const relationCodes = new Map(
  relations.flatMap(([code, ...words]) => [code, ...words].map(word => [word, code] as const)),
)

export function rowReader(
  columns: readonly ImportColumn[],
  mapping: Mapping,
  places: Places,
  scope: string,
  today: Day,
) {
  const facts = columns.filter(c => c.fact && c.key in mapping)
  const header = new Map(columns.map(c => [c.key, c.header.zh]))

  /** @returns the row, or everything that is wrong with it */
  return function readRow(row: number, cells: readonly RawCell[]): ReadRow | Fault[] {
    const faults: Fault[] = []
    const wrong = (key: string | undefined, words: Words): undefined => {
      faults.push({ column: key === undefined ? undefined : header.get(key), words })
      return undefined
    }
    const cell = (key: string): RawCell => cells[mapping[key] ?? -1] ?? null
    const text = (key: string) => textOf(cell(key)).normalize('NFC')

    if (cells.some(c => typeof c === 'string' && c.length > longestCell))
      wrong(undefined, { zh: `有一格超过${longestCell}字`, en: `A cell is longer than ${longestCell} characters` })
    const householdNo = text('householdNo').slice(0, 41)
    if (householdNo === '') wrong('householdNo', { zh: '没有户编号', en: 'The household number is missing' })
    if (householdNo.length > 40)
      wrong('householdNo', { zh: '户编号超过40字', en: 'The household number is longer than 40 characters' })
    const name = text('name').replace(/\s+/g, '')
    if (name === '' || name.length > 60 || /\d|^=…$/.test(name))
      wrong('name', {
        zh: name === '' ? '没有姓名' : '姓名不像姓名',
        en: name === '' ? 'The name is missing' : 'This does not look like a name',
      })
    const relation = relationCodes.get(text('relation'))
    if (!relation)
      wrong('relation', {
        zh: `与户主关系“${text('relation').slice(0, 10)}”不认识，请写户主、配偶、子、女、父亲、母亲等`,
        en: 'This relation is not known; write head, spouse, son, daughter and so on in Chinese, or the code of GB/T 4761',
      })
    const id = readId(cell('idNumber'), today)
    if ('fault' in id) wrong('idNumber', id.fault)
    const phone = text('phone').replace(/[\s-]/g, '')
    if (phone !== '' && !/^\+?\d{7,15}$/.test(phone))
      wrong('phone', { zh: '手机号不像电话号码', en: 'This is not a telephone number' })
    const place = readPlace(text('villageCode'), text('township'), text('village'), places, scope)
    if (place && 'fault' in place) wrong(place.column, place.fault)
    const said = { person: {} as Record<string, unknown>, household: {} as Record<string, unknown> }
    for (const column of facts) {
      const { owner, name: fact, document } = column.fact as NonNullable<ImportColumn['fact']>
      const reading = readCell(cell(column.key), document)
      if (reading?.ok) said[owner][fact] = reading.value
      else if (reading) wrong(column.key, reading.words)
    }
    if (faults.length > 0 || !relation || 'fault' in id || (place && 'fault' in place)) return faults
    return { row, householdNo, relation, name, ...id, phone: phone || undefined, division: place?.code, ...said }
  }
}

type IdReading = { idNumber: string; birthDate: Day; sex: 'male' | 'female' } | { fault: Words }

const asNumber: Words = {
  zh: '身份证号被表格当成了数字，末三位变成了000，原来的号码已经丢失。请把这一列设为“文本”格式，重新填写完整号码',
  en: 'The spreadsheet kept the identity number as a number: its last three digits became 000 and are lost. Set the column to “Text” and enter the numbers again',
}
const idFaults: Record<string, Words> = {
  length: { zh: '身份证号不是18位', en: 'The identity number does not have 18 characters' },
  characters: { zh: '身份证号里有不该有的字符', en: 'The identity number holds a character it cannot hold' },
  birthDate: { zh: '身份证号里的出生日期不是一个日期', en: 'The birth date in the identity number is not a date' },
  future: { zh: '身份证号里的出生日期还没有到', en: 'The birth date in the identity number lies in the future' },
  tooOld: {
    zh: '身份证号里的出生日期算出来超过130岁',
    en: 'The birth date in the identity number makes an age above 130',
  },
  checkDigit: {
    zh: '身份证号末位对不上，可能有一位填错',
    en: 'The last character of the identity number does not fit; one of the others may be mistyped',
  },
}

function readId(cell: RawCell, today: Day): IdReading {
  const id = idIn(cell, today)
  if ('fault' in id) return { fault: id.fault === 'lostDigits' ? asNumber : (idFaults[id.fault] as Words) }
  if (id.form === 'none') return { fault: { zh: '没有身份证号', en: 'The identity number is missing' } }
  if (id.form !== 'whole') return { fault: idFaults[id.form === 'masked' ? 'characters' : 'length'] as Words }
  const { idNumber, birthDate } = id
  return { idNumber, birthDate, sex: Number(idNumber[16]) % 2 ? 'male' : 'female' }
}

type PlaceReading = { code: string } | { column: string; fault: Words } | undefined

function readPlace(code: string, township: string, village: string, places: Places, scope: string): PlaceReading {
  const outside: Words = {
    zh: '这个村（社区）不在您的工作范围内',
    en: 'This village lies outside the area you work in',
  }
  if (code !== '') {
    if (!places.has(code))
      return { column: 'villageCode', fault: { zh: '没有这个村（社区）代码', en: 'There is no village of this code' } }
    return code.startsWith(scope) ? { code } : { column: 'villageCode', fault: outside }
  }
  if (village === '') return undefined
  const found = places.find(village, township || undefined)
  if (found.length === 0)
    return {
      column: 'village',
      fault: {
        zh: '没有找到这个村（社区），请核对镇街和村名，或填代码',
        en: 'No such village was found; check township and village, or give the code',
      },
    }
  if (found.length > 1)
    return {
      column: 'village',
      fault: {
        zh: '叫这个名字的村不止一个，请写明镇街或代码',
        en: 'More than one village has this name; give the township or the code',
      },
    }
  const [only = ''] = found
  return only.startsWith(scope) ? { code: only } : { column: 'village', fault: outside }
}
