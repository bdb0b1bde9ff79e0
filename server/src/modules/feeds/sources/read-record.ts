import type { Day, Words } from '@zhulian/kernel'
import { type RawCell, textOf } from '../read-cell.ts'
import { idIn } from '../read-id.ts'
import { longestCell, type Places } from '../read-row.ts'
import type { Mapping } from '../tables.ts'
import { dayIn, monthIn, noneWords, numberIn, plainWord, yesOrNo } from '../written.ts'
import { type Fault, fault } from './fault.ts'
import {
  besideName,
  type CellValue,
  type Column,
  labelOf,
  type Mapped,
  monthsSince,
  type ReadRow,
  type Source,
  whoKeys,
} from './source.ts'

/** What comes of one row of a file: a row and what it says, what is wrong with it, or a line that is no record at all. */
export type Reading =
  | { readonly row: ReadRow; readonly mapped: Exclude<Mapped, { quarantine: Fault }> }
  | { readonly faults: readonly Fault[] }
  | { readonly left: 'totals' | 'note' | 'headerAgain'; readonly words: Words }

export type RecordReader = (no: number, cells: readonly RawCell[]) => Reading

const earliest = '1900-01-01'
const longestText = 300

/** Reads the rows of a table by the columns that were found. Makes one reader and uses it for every row: see bench/feeds. */
export function recordReader(
  source: Source,
  { header, mapping }: { readonly header: readonly string[]; readonly mapping: Mapping },
  places: Places,
  today: Day,
): RecordReader {
  const at = (key: string) => mapping[key] ?? -1
  const [idAt, titled] = [at('idNumber'), header.map(plainWord)]
  const read = readerOf(source, key => header[at(key)] ?? '', places, today)
  const order = source.columns.map(c => at(c.key))
  return (no, cells) => {
    const left = leftOut(cells, idAt, titled)
    if (left) return left
    for (const cell of cells)
      if (typeof cell === 'string' && cell.length > longestCell)
        return { faults: [fault('cellTooLong', { at: titleAt(header, cells.indexOf(cell)), text: '' })] }
    return read(
      no,
      order.map(i => cells[i] ?? null),
    )
  }
}

const titleAt = (header: readonly string[], i: number): Words => {
  const title = header[i] || `第 ${i + 1} 列`
  return { zh: title, en: header[i] || `Column ${i + 1}` }
}

type Read = CellValue | Fault
const isFault = (value: Read): value is Fault => typeof value === 'object' && value !== null

/** @param titleOf what the file calls the column; a unit may stand in it */
function readerOf(source: Source, titleOf: (key: string) => string, places: Places, today: Day) {
  const columns = source.columns.map(column => ({
    column,
    label: labelOf(column),
    own: !whoKeys.has(column.key),
    read: cellReader(column, titleOf(column.key), places, today),
  }))
  const labels = new Map(columns.map(c => [c.column.key, c.label]))
  const index = Object.fromEntries(columns.map(({ column }, i) => [column.key, i]))
  const idAt = index['idNumber'] as number
  const labelAt = (key: string) => labels.get(key) as Words

  return (no: number, cells: readonly RawCell[]): Reading => {
    let faults: Fault[] | undefined
    const wrong = (one: Fault): null => {
      ;(faults ??= []).push(one)
      return null
    }
    const values: Record<string, CellValue> = {}
    const who: Record<string, CellValue> = {}
    for (let i = 0; i < columns.length; i++) {
      const { column, label, own, read } = columns[i] as (typeof columns)[number]
      if (i === idAt) continue
      const cell = cells[i] as RawCell
      const text = textOf(cell)
      let value: CellValue = null
      if (text === '' || (unknownWords.has(text) && !column.required)) {
        if (column.required) wrong(fault('missing', { at: label, text }))
      } else if (text.charCodeAt(0) === hash && brokenFormula.test(text))
        wrong(fault('formulaBroken', { at: label, text }))
      else if (text.charCodeAt(0) === equals && text.length > 1)
        wrong(fault('formula', { at: label, text: short(text) }))
      else {
        const got = read(text)
        value = isFault(got) ? wrong(got) : got
      }
      ;(own ? values : who)[column.key] = value
    }
    const id = idIn(cells[idAt] as RawCell, today)
    if ('fault' in id)
      wrong(
        fault(`id${id.fault[0]?.toUpperCase()}${id.fault.slice(1)}` as IdFaultCode, {
          at: labelAt('idNumber'),
          text: id.text,
        }),
      )
    const whole = 'birthDate' in id ? id : undefined
    if (whole && who['birthDate'] && whole.birthDate !== who['birthDate'])
      wrong(
        fault('birthNotAsInId', {
          one: labelAt('birthDate'),
          oneText: who['birthDate'] as string,
          other: labelAt('idNumber'),
          otherText: whole.birthDate,
        }),
      )
    who['phone'] = phoneIn(who['phone'])
    if ('form' in id && id.form === 'none' && besideName.every(key => who[key] === null) && !faults)
      wrong(fault('nobody'))
    if (faults) return { faults }
    const row: ReadRow = {
      no,
      recordId: who['recordId'] as string | null,
      idNumber: 'idNumber' in id ? id.idNumber : null,
      name: who['name'] as string,
      birthDate: (who['birthDate'] as Day | null) ?? whole?.birthDate ?? null,
      sex: sexOf(who['sex']) ?? whole?.sex ?? null,
      phone: who['phone'] as string | null,
      ...placeOf(who, places),
      cells: values,
    }
    const mapped = source.map(row, today)
    if ('quarantine' in mapped) return { faults: [mapped.quarantine] }
    const young = tooYoung(source, row, mapped.on, labelAt('birthDate'))
    return young ? { faults: [young] } : { row, mapped }
  }
}

function tooYoung({ youngest }: Source, { birthDate }: ReadRow, on: Day, at: Words): Fault | undefined {
  if (youngest === undefined || birthDate === null || monthsSince(birthDate, on) >= youngest * 12) return undefined
  return fault('tooYoung', { at, text: birthDate, on, youngest })
}

const phoneIn = (said: CellValue | undefined): string | null => {
  const digits = typeof said === 'string' ? said.normalize('NFKC').replace(/[\s-]/g, '') : ''
  return /^\+?\d{7,15}$/.test(digits) ? digits : null
}
const sexOf = (said: CellValue | undefined) => (said === 'male' || said === 'female' ? said : null)
/** What people write where they do not know. */
const unknownWords = new Set(['不清楚', '未知', '不详'])
const [hash, equals] = [35, 61]
const brokenFormula = /^#(REF!|VALUE!|N\/A|NAME\?|DIV\/0!|NUM!|NULL!|#+)/

type IdFaultCode =
  | 'idLostDigits'
  | 'idLength'
  | 'idCharacters'
  | 'idBirthDate'
  | 'idFuture'
  | 'idTooOld'
  | 'idCheckDigit'

const short = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text)

/** One function a column, made once. It is given what stands there, never nothing. */
function cellReader(column: Column, title: string, places: Places, today: Day): (text: string) => Read {
  const at = labelOf(column)
  switch (column.kind) {
    case 'text':
      return text => (text.length <= longestText ? text.normalize('NFC') : fault('cellTooLong', { at, text: '' }))
    case 'name':
      return text => {
        // 何示例（户主）: what stands in brackets is said of the person and is no name.
        const name = text.normalize('NFC').replace(/\s+|[（(].*?[）)]/g, '')
        return name === '' || name.length > 60 || /\d|^[*＊]+$/.test(name)
          ? fault('nameNotName', { at, text: short(text) })
          : name
      }
    case 'idNumber':
      return text => {
        const id = idIn(text, today)
        if ('fault' in id)
          return fault(`id${id.fault[0]?.toUpperCase()}${id.fault.slice(1)}` as IdFaultCode, { at, text: id.text })
        return 'idNumber' in id ? id.idNumber : null
      }
    case 'day':
      return text => {
        if (noneWords.has(text)) return column.required ? fault('missing', { at, text }) : null
        const written = dayIn(text)
        if (!('day' in written))
          return fault(written.fault === 'notReal' ? 'dayNotReal' : 'dayNotDay', { at, text: short(text) })
        if (written.day < earliest) return fault('dayTooEarly', { at, text: written.day })
        return !column.ahead && written.day > today ? fault('dayAhead', { at, text: written.day }) : written.day
      }
    case 'month':
      return text => {
        const month = monthIn(text)
        // 2021-02-30 is wrong as a day, 2021-13 as a month.
        if (month === undefined)
          return fault(text.length >= 8 && notReal(text) ? 'dayNotReal' : 'monthNotMonth', { at, text: short(text) })
        return !column.ahead && month > today.slice(0, 7) ? fault('monthAhead', { at, text: month }) : month
      }
    case 'fen':
      return amountReader(column, at, title)
    case 'number':
      return text => {
        const value = noneWords.has(text) ? 0 : numberIn(text)
        if (value === undefined) return fault('numberNotNumber', { at, text: short(text) })
        if (column.whole && !Number.isInteger(value)) return fault('notWhole', { at, text: short(text) })
        return inRange(column, at, value, n => String(n))
      }
    case 'yesNo':
      return text => yesOrNo(text) ?? fault('notYesNo', { at, text: short(text) })
    case 'choice':
      return choiceReader(column, at)
    case 'division':
      return text => divisionIn(text, at, places)
  }
}

const notReal = (text: string): boolean => {
  const written = dayIn(text)
  return 'fault' in written && written.fault === 'notReal'
}

function inRange(column: Column, at: Words, value: number, shown: (n: number) => string): Read {
  const [min, max] = [column.min ?? 0, column.max ?? (column.kind === 'fen' ? 1e12 : 1e10)]
  if (value >= min && value <= max) return value
  const most = value < 0 && min === 0 ? '' : shown(max)
  return fault('outOfRange', { at, text: shown(value), min: shown(min), max: most })
}

/** Yuan as a rule; where the title says 万元, numbers without a unit are ten thousands. */
function amountReader(column: Column, at: Words, title: string) {
  const perUnit = /万元/.test(title) ? 1_000_000 : 100
  return (text: string): Read => {
    const value = noneWords.has(text) ? 0 : numberIn(text)
    if (value === undefined) return fault('amountNotAmount', { at, text: short(text) })
    const fen = Math.round(value * (/[元万]/.test(text) ? 100 : perUnit))
    return inRange(column, at, fen, n => `${n / 100}元`)
  }
}

function choiceReader(column: Column, at: Words) {
  const known = new Map<string, string>()
  for (const [word, value] of Object.entries(column.choices ?? {})) known.set(plainWord(word), value)
  for (const value of Object.values(column.choices ?? {}))
    if (!known.has(plainWord(value))) known.set(plainWord(value), value)
  const words = usualWords(column.choices ?? {})
  return (text: string): Read => {
    const word = plainWord(text)
    const found = known.get(word) ?? known.get(/^\w{1,3}[-.、:](.+)$/.exec(word)?.[1] ?? word)
    if (found !== undefined) return found
    return fault('notAChoice', { at, text: short(text), choices: words.join('、') })
  }
}

/** One word for each thing that can be meant: the first that is no code. */
function usualWords(choices: Readonly<Record<string, string>>): string[] {
  const usual = new Map<string, string>()
  for (const [word, value] of Object.entries(choices))
    if (!usual.has(value) && !/^[\dA-Z]+$/.test(word)) usual.set(value, word)
  return [...usual.values()]
}

function divisionIn(text: string, at: Words, places: Places): Read {
  const code = text.replace(/\s/g, '')
  if (/^(\d{6}|\d{9}|\d{12})$/.test(code)) return code
  const found = placesNamed(text, places)
  if (found.length === 1) return found[0] as string
  return fault(found.length === 0 ? 'placeUnknown' : 'placeAmbiguous', { at, text: short(text) })
}

/** 常绿镇青龙村, or 青龙村 alone. */
function placesNamed(text: string, places: Places): readonly string[] {
  const parts = /^(?:.*[市区县])?(.{1,6}?(?:镇|乡|街道))(.+)$/.exec(text)
  return parts ? places.find(parts[2] as string, parts[1]) : places.find(text, undefined)
}

/** A code, else the village that is named; names that lead nowhere still help to compare, as an address. */
function placeOf(who: Readonly<Record<string, CellValue>>, places: Places): Pick<ReadRow, 'division' | 'address'> {
  const [code, township, village] = [who['division'], who['township'], who['village']] as (string | null)[]
  const said = who['address'] as string | null
  const address = said ?? (township || village ? `${township ?? ''}${village ?? ''}` : null)
  if (code && /^(\d{6}|\d{9}|\d{12})$/.test(code)) return { division: code, address }
  const named = village ?? code
  const found = named ? (township ? places.find(named, township) : placesNamed(named, places)) : []
  return { division: found.length === 1 ? (found[0] as string) : null, address }
}

const totals = /^(合计|总计|小计|共计|累计|总数|合计人数|本页(小计|合计)|共\d+[人户条]|total)/
const notes =
  /^(注|备注|说明|填表说明|填表人|制表人|经办人|审核人|负责人|单位负责人|填报单位|填报日期|制表日期|联系人)[:：]|^[-—]*以下(空白|无正文)/

/** Lines that are no records: the sum below a list, who made it, a header printed again on the next page. */
function leftOut(cells: readonly RawCell[], idAt: number, header: readonly string[]): Reading | undefined {
  const id = cells[idAt]
  // The usual case, decided by one look.
  if (typeof id === 'string' && id.length >= 15) return undefined
  const texts = cells.map(cell => plainWord(textOf(cell)))
  const first = texts.find(text => text !== '') ?? ''
  if (totals.test(first) && (texts[idAt] ?? '').length < 15) return { left: 'totals', words: totalsWords }
  if (notes.test(first)) return { left: 'note', words: noteWords }
  if (texts.length > 1 && texts.every((text, i) => text === (header[i] ?? '')))
    return { left: 'headerAgain', words: againWords }
  return undefined
}
const totalsWords: Words = { zh: '这是合计行，不是人，没有计入。', en: 'A line of totals and no person; left out.' }
const noteWords: Words = {
  zh: '这是填表说明或落款，不是人，没有计入。',
  en: 'A note or signature and no person; left out.',
}
const againWords: Words = { zh: '这是又一次表头，没有计入。', en: 'The header once more; left out.' }
