import { holdsSomething, mostColumns, type RawCell } from '../read-cell.ts'
import type { Row } from '../table-rows.ts'
import type { SharedTexts } from './shared-texts.ts'
import { attributeOf, eachAttribute, plainOf, unescaped, type XmlReader, XmlTags, XmlUnreadable } from './xml-tags.ts'

/** How the text of a cell is kept: cleaned of what nobody sees, and no longer than shows that it is too long. */
export interface CellText {
  readonly cut: (text: string) => string
  readonly longest: number
}

/** What has to be known before the first cell of a sheet can be read. */
export interface Beforehand {
  readonly shared: SharedTexts
  readonly dateStyles: ReadonlySet<number>
  /** Days are counted from 1904, as on an old Macintosh. */
  readonly from1904: boolean
}

/** Spreadsheets have no more. */
const mostRows = 1_048_576

/**
 * Rows of a sheet, as its text comes. What a formula came to is the value; where a program left none, the formula itself stands there
 * as text, so that nobody takes it for an empty cell.
 * @throws XmlUnreadable where the sheet breaks off, its rows do not go upwards, or a cell shares a text that is not there
 */
export async function* sheetRows(
  pieces: AsyncIterable<string>,
  before: Beforehand,
  text: CellText,
): AsyncGenerator<Row[]> {
  const reader = new Reader(before, text)
  const tags = new XmlTags(reader)
  for await (const piece of pieces) {
    // What stands below the rows is passed over, but seen to its end.
    if (!reader.isThrough) tags.take(piece)
    const { rows } = reader
    reader.rows = []
    if (rows.length > 0) yield rows
  }
  if (!reader.isThrough) tags.end()
  if (reader.isWithin) throw new XmlUnreadable('the sheet breaks off')
}

class Reader implements XmlReader {
  rows: Row[] = []
  isWithin = false
  isThrough = false
  readonly #before: Beforehand
  readonly #cellText: CellText
  #no = 0
  #cells: RawCell[] | undefined
  #isTooWide = false
  #isCell = false
  #column = 0
  #type = ''
  #style = -1
  #into: 'value' | 'formula' | undefined
  #isAside = false
  #value = ''
  #hasValue = false
  #formula: string | undefined

  constructor(before: Beforehand, cellText: CellText) {
    this.#before = before
    this.#cellText = cellText
  }

  open(name: string, text: string, from: number, to: number): void {
    switch (name) {
      case 'c':
        if (this.#cells) this.#beginCell(text, from, to)
        break
      case 'v':
      case 't':
        if (this.#isAside) break
        this.#hasValue = true
        this.#into = 'value'
        break
      case 'f':
        this.#formula = ''
        this.#into = 'formula'
        break
      case 'row':
        if (this.isWithin) this.#beginRow(text, from, to)
        break
      case 'rPh':
        this.#isAside = true
        break
      case 'sheetData':
        this.isWithin = true
        break
    }
  }

  close(name: string): void {
    switch (name) {
      case 'c':
        if (this.#cells) this.#endCell(this.#cells)
        this.#isCell = false
        break
      case 'v':
      case 't':
      case 'f':
        this.#into = undefined
        break
      case 'row':
        this.#endRow()
        break
      case 'rPh':
        this.#isAside = false
        break
      case 'sheetData':
        this.#assertClosed()
        this.isWithin = false
        this.isThrough = true
        break
    }
  }

  text(text: string, from: number, to: number, isRaw: boolean): void {
    if (this.#into === undefined || !this.#cells) return
    const part = isRaw ? text.slice(from, to) : plainOf(text.slice(from, to))
    if (this.#into === 'formula') {
      if ((this.#formula as string).length < this.#cellText.longest) this.#formula += part
    } else if (this.#value.length <= this.#cellText.longest) this.#value += part
  }

  #endRow(): void {
    if (this.#isCell) throw new XmlUnreadable('a cell is never closed')
    if (this.#cells) this.rows.push({ no: this.#no, cells: this.#cells, ...(this.#isTooWide && { isTooWide: true }) })
    this.#cells = undefined
  }

  #assertClosed(): void {
    if (this.#cells) throw new XmlUnreadable('a row is never closed')
  }

  #beginRow(text: string, from: number, to: number): void {
    this.#assertClosed()
    const said = attributeOf('r', text, from, to)
    const no = said === undefined ? this.#no + 1 : Number(said)
    if (!Number.isInteger(no) || no <= this.#no || no > mostRows) throw new XmlUnreadable('the rows do not go upwards')
    this.#no = no
    this.#cells = []
    this.#isTooWide = false
    this.#column = 0
  }

  #beginCell(text: string, from: number, to: number): void {
    if (this.#isCell) throw new XmlUnreadable('a cell is never closed')
    this.#isCell = true
    this.#type = ''
    this.#style = -1
    eachAttribute(text, from, to, this.#takeAttribute)
    this.#value = ''
    this.#hasValue = false
    this.#formula = undefined
  }

  readonly #takeAttribute = (name: string, text: string, from: number, to: number): void => {
    if (name === 'r') this.#column = columnOf(text, from, to)
    else if (name === 't') this.#type = text.slice(from, to)
    else if (name === 's') this.#style = Number(text.slice(from, to))
  }

  #endCell(cells: RawCell[]): void {
    const column = this.#column++
    const value = this.#read()
    if (column >= mostColumns) {
      if (holdsSomething(value)) this.#isTooWide = true
      return
    }
    while (cells.length < column) cells.push(null)
    cells[column] = value
  }

  #read(): RawCell {
    const value = this.#value
    if (!this.#hasValue)
      return this.#formula === undefined ? null : this.#cellText.cut(`=${this.#formula === '' ? '…' : this.#formula}`)
    switch (this.#type) {
      case 's':
        return value === '' ? null : this.#shared(Number(value))
      case 'str':
      case 'inlineStr':
      case 'e':
        return this.#cellText.cut(unescaped(value))
      case 'b':
        return value === '' ? null : value === '1' || value.toLowerCase() === 'true'
      case 'd':
        return this.#cellText.cut(value.replace(/T[\d:.]*Z?$/, ''))
      default:
        return this.#number(value)
    }
  }

  #shared(index: number): string {
    const text = this.#before.shared.at(index)
    if (text === undefined) throw new XmlUnreadable('a cell shares a text that is not there')
    return text
  }

  #number(value: string): RawCell {
    if (value === '') return null
    const number = Number(value)
    if (Number.isNaN(number)) return this.#cellText.cut(value)
    if (this.#style < 0 || !this.#before.dateStyles.has(this.#style)) return number
    return dayOfSerial(number, this.#before.from1904) ?? number
  }
}

const letterA = 65

/** From 0: A is the first, AA the one behind Z. */
function columnOf(text: string, from: number, to: number): number {
  let column = 0
  for (let i = from; i < to; i++) {
    const letter = (text.charCodeAt(i) & ~32) - letterA
    if (letter < 0 || letter > 25) {
      if (i === from || i > from + 3) break
      return column - 1
    }
    column = column * 26 + letter + 1
  }
  throw new XmlUnreadable('a cell stands at no place of a sheet')
}

const dayMs = 86_400_000
/** 31 December 9999. */
const lastSerial = 2_958_465

/** Programs count 29 February 1900, which never was. @returns undefined where it is no day that can be written down */
function dayOfSerial(serial: number, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < lastSerial + 1)) return undefined
  const days = from1904 ? serial : serial >= 60 ? serial - 1 : serial
  const at = (from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 31)) + Math.round(days * dayMs)
  return new Date(at).toISOString().slice(0, 10)
}
