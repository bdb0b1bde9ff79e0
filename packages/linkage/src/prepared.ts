import { type AddressBook, addressBook } from './address.ts'
import { type Between, nothingBetween, steps } from './between.ts'
import { clean } from './clean.ts'
import { birthInIdNumber } from './id-form.ts'
import { type Field, fields, type People } from './people.ts'
import { isHan, readingOf } from './reading.ts'

/**
 * Texts by number: equal texts have one number, 0 is "nothing". Shared by both lists, so that numbers can be compared. Which number a
 * text has is looked up in a table of numbers alone: a registry's texts stand in it for half a megabyte where a map took four.
 */
export class TextTable {
  readonly texts: string[] = ['']
  private slots = new Int32Array(64)
  private readonly kept: unknown[][] = []

  numberOf(text: string): number {
    if (text === '') return 0
    const at = this.slotOf(text)
    const known = this.slots[at] as number
    if (known !== 0) return known
    const number = this.texts.push(text) - 1
    this.slots[at] = number
    if (number * 2 > this.slots.length) this.grow()
    return number
  }

  /** Where the number of a text stands, or the free place where it would. */
  private slotOf(text: string): number {
    const last = this.slots.length - 1
    let at = hashOf(text) & last
    for (;;) {
      const number = this.slots[at] as number
      if (number === 0 || this.texts[number] === text) return at
      at = (at + 1) & last
    }
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2)
    for (let n = 1; n < this.texts.length; n++) this.slots[this.slotOf(this.texts[n] as string)] = n
  }

  /** Something made of each text, by its number; it goes when the text does. */
  keep<T>(): (T | undefined)[] {
    const made: (T | undefined)[] = []
    this.kept.push(made)
    return made
  }

  /** Forgets the texts that came after the first `count`. */
  cutTo(count: number): void {
    // The last first: what came before it was never laid behind it, so nothing is lost by freeing its place.
    for (let n = this.texts.length - 1; n >= count; n--) this.slots[this.slotOf(this.texts[n] as string)] = 0
    this.texts.length = Math.min(count, this.texts.length)
    for (const made of this.kept) made.length = Math.min(count, made.length)
  }
}

// Of each process other numbers: nobody can write a list whose texts all stand side by side.
const firstHash = crypto.getRandomValues(new Uint32Array(1))[0] as number

function hashOf(text: string): number {
  let hash = firstHash
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

/** What is derived from the fields of a person, as numbers. */
export type Derived = 'year' | 'township' | 'village' | 'group' | 'house' | 'sound'
type Key = Field | Derived

/** A list as numbers: one column a field, one number a person. */
export interface Prepared {
  readonly size: number
  /** A column of nothing for a field the list does not have. */
  readonly column: (key: Key) => Int32Array
  readonly has: (key: Key) => boolean
}

/** A list with room for more people behind the last. */
export class List implements Prepared {
  size: number
  private readonly columns: ReadonlyMap<Key, Int32Array>
  private readonly room: number
  private nothing: Int32Array | undefined

  constructor(size: number, columns: ReadonlyMap<Key, Int32Array>, room: number) {
    this.size = size
    this.columns = columns
    this.room = room
  }

  readonly column = (key: Key): Int32Array =>
    this.columns.get(key) ?? (this.nothing ??= new Int32Array(this.size + this.room))

  readonly has = (key: Key): boolean => this.columns.has(key)

  /** @returns the row of the first of `one`, or undefined where there is no room */
  add(one: Prepared): number | undefined {
    const row = this.size
    for (const [key, column] of this.columns) {
      if (row >= column.length) return undefined
      column[row] = one.column(key)[0] as number
    }
    this.size++
    return row
  }

  clear(row: number): void {
    for (const column of this.columns.values()) column[row] = 0
  }
}

/** How a list is made ready. */
export interface Preparing {
  /** Whether the birth date is to be read out of the identity number. */
  readonly borrowBirth?: boolean
  /** For how many more people there is to be room. */
  readonly room?: number
  /** Whether its texts are to be forgotten again, see {@link Tables.afterwards}. */
  readonly passing?: boolean
  readonly between?: Between
}

/** The tables that lists are prepared with; two lists can be compared when they share one. */
export class Tables {
  private readonly tables = new Map<Key, TextTable>()
  private readonly cleaned = new Map<Field, Map<string, number>>()
  readonly read: AddressBook
  readonly homeCodes: ReadonlySet<string>

  constructor({
    addresses = addressBook([]),
    homeCodes = [],
  }: { addresses?: AddressBook; homeCodes?: readonly string[] } = {}) {
    this.read = addresses
    this.homeCodes = new Set(homeCodes)
  }

  of(key: Key): TextTable {
    let table = this.tables.get(key)
    if (!table) this.tables.set(key, (table = new TextTable()))
    return table
  }

  /** Forgets how the texts of the lists were written before they were cleaned: a list that comes later is cleaned anew. */
  forgetWritten(): void {
    this.cleaned.clear()
  }

  /** Does something and forgets every text that came up in it: whoever is asked for a year remembers nobody who asked. */
  afterwards<T>(work: () => T): T {
    const before = new Map([...this.tables].map(([key, table]) => [key, table.texts.length]))
    try {
      return work()
    } finally {
      for (const [key, table] of this.tables) table.cutTo(before.get(key) ?? 1)
    }
  }

  prepare(
    people: People,
    { borrowBirth = false, room = 0, passing = false, between = nothingBetween }: Preparing = {},
  ): List {
    const columns = new Map<Key, Int32Array>()
    const length = people.size + room
    for (const field of fields) {
      const texts = people.columns[field]
      if (texts && field !== 'id' && field !== 'address')
        columns.set(field, this.numbers(field, texts, length, !passing, between))
    }
    if (borrowBirth && people.columns.idNumber) {
      const births = people.columns.idNumber.map(n => birthInIdNumber(clean('idNumber', n)))
      columns.set('birthDate', this.numbers('birthDate', births, length, !passing, between))
    }
    this.addYears(columns)
    this.addSounds(columns, between)
    if (people.columns.address) this.addPlaces(columns, people.columns.address, length, between)
    return new List(people.size, columns, room)
  }

  private numbers(
    field: Field,
    texts: readonly string[],
    length: number,
    toKeep: boolean,
    between: Between,
  ): Int32Array {
    const table = this.of(field)
    const known = toKeep ? (this.cleaned.get(field) ?? new Map<string, number>()) : new Map<string, number>()
    if (toKeep) this.cleaned.set(field, known)
    const column = new Int32Array(length)
    for (let i = 0; i < texts.length; i++) {
      if (i % steps.pairs === 0) between()
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

  private soundOf: (number | undefined)[] | undefined
  private addSounds(columns: Map<Key, Int32Array>, between: Between): void {
    const names = columns.get('name')
    if (!names) return
    const [{ texts }, sounds] = [this.of('name'), this.of('sound')]
    const soundOf = (this.soundOf ??= this.of('name').keep<number>())
    columns.set(
      'sound',
      names.map((n, i) => {
        if (i % steps.rows === 0) between()
        return (soundOf[n] ??= sounds.numberOf(soundKey(texts[n] ?? '')))
      }),
    )
  }

  private addPlaces(
    columns: Map<Key, Int32Array>,
    addresses: readonly string[],
    length: number,
    between: Between,
  ): void {
    const houses = this.of('house')
    const [township, village, group, house] = [0, 1, 2, 3].map(() => new Int32Array(length))
    for (let i = 0; i < addresses.length; i++) {
      if (i % steps.rows === 0) between()
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
