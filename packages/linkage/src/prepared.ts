import { type AddressBook, addressBook } from './address.ts'
import { clean } from './clean.ts'
import { birthInIdNumber } from './id-form.ts'
import { type Field, fields, type People } from './people.ts'
import { isHan, readingOf } from './reading.ts'

/** Texts by number: equal texts have one number, 0 is "nothing". Shared by both lists, so that numbers can be compared. */
export class TextTable {
  readonly texts: string[] = ['']
  private readonly numbers = new Map<string, number>([['', 0]])

  numberOf(text: string): number {
    let number = this.numbers.get(text)
    if (number === undefined) {
      number = this.texts.length
      this.texts.push(text)
      this.numbers.set(text, number)
    }
    return number
  }
}

/** What is derived from the fields of a person, as numbers. */
export type Derived = 'year' | 'township' | 'village' | 'group' | 'house' | 'sound'
type Key = Field | Derived

const absent = new Int32Array(0)

/** A list as numbers: one column a field, one number a person. */
export interface Prepared {
  readonly size: number
  /** An empty column for a field the list does not have. */
  readonly column: (key: Key) => Int32Array
  readonly has: (key: Key) => boolean
}

/** The tables that lists are prepared with; two lists can be compared when they share one. */
export class Tables {
  private readonly tables = new Map<Key, TextTable>()
  private readonly cleaned = new Map<Field, Map<string, number>>()
  readonly read: AddressBook

  constructor(read: AddressBook = addressBook([])) {
    this.read = read
  }

  of(key: Key): TextTable {
    let table = this.tables.get(key)
    if (!table) this.tables.set(key, (table = new TextTable()))
    return table
  }

  /** @param borrowBirth whether the birth date is to be read out of the identity number */
  prepare(people: People, borrowBirth = false): Prepared {
    const columns = new Map<Key, Int32Array>()
    for (const field of fields) {
      const texts = people.columns[field]
      if (texts && field !== 'id' && field !== 'address') columns.set(field, this.numbers(field, texts))
    }
    if (borrowBirth && people.columns.idNumber) {
      const births = people.columns.idNumber.map(n => birthInIdNumber(clean('idNumber', n)))
      columns.set('birthDate', this.numbers('birthDate', births))
    }
    this.addYears(columns)
    this.addSounds(columns)
    if (people.columns.address) this.addPlaces(columns, people.columns.address)
    return { size: people.size, column: key => columns.get(key) ?? absent, has: key => columns.has(key) }
  }

  private numbers(field: Field, texts: readonly string[]): Int32Array {
    const table = this.of(field)
    const known = this.cleaned.get(field) ?? new Map<string, number>()
    this.cleaned.set(field, known)
    const column = new Int32Array(texts.length)
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i] as string
      let number = known.get(text)
      if (number === undefined) {
        number = table.numberOf(clean(field, text))
        if (known.size < 200_000) known.set(text, number)
      }
      column[i] = number
    }
    return column
  }

  private addYears(columns: Map<Key, Int32Array>): void {
    const births = columns.get('birthDate')
    if (!births) return
    const { texts } = this.of('birthDate')
    columns.set(
      'year',
      births.map(b => Number(texts[b]?.slice(0, 4) ?? 0)),
    )
  }

  private readonly soundOf: number[] = []
  private addSounds(columns: Map<Key, Int32Array>): void {
    const names = columns.get('name')
    if (!names) return
    const [{ texts }, sounds] = [this.of('name'), this.of('sound')]
    columns.set(
      'sound',
      names.map(n => (this.soundOf[n] ??= sounds.numberOf(soundKey(texts[n] ?? '')))),
    )
  }

  private addPlaces(columns: Map<Key, Int32Array>, addresses: readonly string[]): void {
    const houses = this.of('house')
    const [township, village, group, house] = [0, 1, 2, 3].map(() => new Int32Array(addresses.length))
    for (let i = 0; i < addresses.length; i++) {
      const place = this.read(addresses[i] as string)
      ;(township as Int32Array)[i] = place.township
      ;(village as Int32Array)[i] = place.village
      ;(group as Int32Array)[i] = place.group
      ;(house as Int32Array)[i] = houses.numberOf(place.house)
    }
    for (const [key, column] of Object.entries({ township, village, group, house }))
      columns.set(key as Derived, column as Int32Array)
  }
}

/** What a Chinese name sounds like run together, as somebody writes it in Latin letters; Latin names as they are. */
const soundKey = (name: string): string =>
  name === '' ? '' : isHan(name) ? readingOf(name).join('').replaceAll('ü', 'v') : name.replaceAll(/[^a-z]/g, '')
