import { addDays, addMonths, type Day, idCheckCharacter } from '@zhulian/kernel'
import { type Column, type ReadRow, type Source, sources } from '../../server/src/modules/feeds/index.ts'
import { type DistrictOptions, madeUpDistrict } from './district.ts'
import { townships, villages } from './divisions.ts'
import { knownFamilies } from './known-families.ts'
import { type Random, randomOf } from './random.ts'

/** Somebody of the made-up district, as a bureau's file names them. */
export interface ListedPerson {
  readonly name: string
  readonly idNumber: string
  readonly birthDate: Day
  readonly sex: 'male' | 'female'
  readonly township: string
  readonly village: string
  readonly head: boolean
  /** Of a family the journeys tell of. */
  readonly isKnown: boolean
}

/** What is made wrong on purpose, each with the code of the fault that says so. */
export const plantable = {
  /** A spreadsheet took the number for a number. */
  lostDigits: 'idLostDigits',
  wrongDigit: 'idCheckDigit',
  cutNumber: 'idLength',
  otherBirthDate: 'birthNotAsInId',
  impossibleBirthDate: 'dayNotReal',
  impossibleDay: 'dayNotReal',
  emptied: 'missing',
  nameless: 'missing',
  nobody: 'nobody',
  /** The child of somebody who is meant. */
  child: 'tooYoung',
} as const
export type Planted = keyof typeof plantable

export interface MadeUpRow {
  readonly cells: readonly string[]
  /** Undefined for a row that is as it should be. */
  readonly planted: Planted | undefined
}
export interface MadeUpDeliveryOptions {
  readonly today: Day
  /** Rows below the header. */
  readonly rows: number
  /** Share of the rows with one planted fault, 0 to 1; exactly so many, the kinds by turns. @default 0 */
  readonly faults?: number
  /** @default 330111 */
  readonly seed?: number
}

/** Where a source knows no youngest age a child is nothing wrong. */
const kindsOf = ({ youngest }: Source) =>
  (Object.keys(plantable) as Planted[]).filter(kind => kind !== 'child' || youngest !== undefined)
const names = new Map(sources.map(s => [s.id, s]))

/** The people of the made-up district with the names of their places. */
export function listedPeople(options: DistrictOptions): ListedPerson[] {
  const townshipNames = new Map(townships().map(t => [t.code, t.name]))
  const villageNames = new Map(villages().map(v => [v.code, v.name]))
  const people: ListedPerson[] = []
  const known = new Set<string>(Object.values(knownFamilies).map(f => f.registerNo))
  for (const { division, members, registerNo } of madeUpDistrict(options))
    for (const { name, idNumber, birthDate, sex, relation } of members)
      people.push({
        name,
        idNumber,
        birthDate,
        sex,
        township: townshipNames.get(division.slice(0, 9)) ?? '',
        village: villageNames.get(division) ?? '',
        head: relation === '02',
        isKnown: known.has(registerNo),
      })
  return people
}

/**
 * A bureau's file of people who do not exist: the header first, then rows about the people by turns, each different from
 * the others. The same options give the same file. Days lie in the last sixty days, amounts and words within their ranges.
 * @param source by its id, as `unemployment`
 */
export function* madeUpDelivery(
  source: string,
  people: readonly ListedPerson[],
  { today, rows, faults = 0, seed = 330_111 }: MadeUpDeliveryOptions,
): Generator<MadeUpRow> {
  const feed = names.get(source)
  if (!feed) throw new RangeError(`there is no feed ${source}`)
  const writer = new Writer(feed, today)
  yield { cells: writer.header, planted: undefined }
  const kinds = kindsOf(feed)
  const youngest = feed.youngest
  // Rows speak of days up to two months back, and of the months those lie in.
  const listed =
    feed.about === 'household'
      ? people.filter(p => p.head)
      : youngest === undefined
        ? people
        : people.filter(p => p.birthDate <= addMonths(today, -12 * youngest - 4))
  const random = randomOf(seed, Number(feed.code.slice(1)))
  let planted = 0
  for (let i = 0; i < rows; i++) {
    const person = listed[i % listed.length] as ListedPerson
    const row = writer.row(i, person, random)
    const due = Math.floor((i + 1) * faults + 1e-9) > planted
    const kind = due ? (kinds[planted++ % kinds.length] as Planted) : undefined
    if (kind) writer.spoil(row, kind, person)
    yield { cells: row, planted: kind }
  }
}

const whoTitles = ['recordId', 'name', 'idNumber', 'birthDate', 'sex', 'township', 'village']
/** Free text that is read as more than text. */
const texts: Readonly<Record<string, readonly string[]>> = {
  need: ['送餐', '陪看病、修房', '找工作', '探访'],
  diseaseCode: ['J06.9', 'I10', 'C34.9', 'N18.5', 'K35'],
  cause: ['I21.9', 'C34.9', 'J18.9'],
  certificateNo: ['', ''],
}
const mostTries = 200

class Writer {
  readonly header: readonly string[]
  readonly #source: Source
  readonly #today: Day
  readonly #columns: readonly Column[]
  readonly #own: readonly Column[]
  readonly #at: ReadonlyMap<string, number>

  constructor(source: Source, today: Day) {
    this.#source = source
    this.#today = today
    const byKey = new Map(source.columns.map(c => [c.key, c]))
    const who = whoTitles.map(key => byKey.get(key) as Column)
    const clues = new Set([...whoTitles, 'phone', 'division', 'address'])
    this.#own = source.columns.filter(c => !clues.has(c.key))
    this.#columns = [...who, ...this.#own]
    this.#at = new Map(this.#columns.map((c, i) => [c.key, i]))
    this.header = this.#columns.map(c => c.headers[0] ?? c.key)
  }

  row(i: number, person: ListedPerson, random: Random): string[] {
    const who = [
      `R${String(i + 1).padStart(7, '0')}`,
      person.name,
      person.idNumber,
      person.birthDate,
      person.sex === 'male' ? '男' : '女',
      person.township,
      person.village,
    ]
    return [...who, ...this.#said(i, person, random)]
  }

  /** What the row says of its own: drawn anew until the source finds nothing wrong with it. */
  #said(i: number, person: ListedPerson, random: Random): string[] {
    for (let tries = 0; tries < mostTries; tries++) {
      const drawn = this.#own.map(column => this.#draw(column, random))
      const cells: Record<string, ReadRow['cells'][string]> = {}
      for (const [n, column] of this.#own.entries()) cells[column.key] = drawn[n]?.value ?? null
      const { name, idNumber, birthDate, sex } = person
      const row = { no: i, recordId: null, name, idNumber, birthDate, sex, phone: null, division: null, address: null }
      if (!('quarantine' in this.#source.map({ ...row, cells }, this.#today))) return drawn.map(d => d.text)
    }
    throw new RangeError(`no row of ${this.#source.id} could be made up`)
  }

  #draw(column: Column, random: Random): { text: string; value: string | number | boolean | null } {
    const nothing = { text: '', value: null }
    if (!column.required && random.chance(0.15)) return nothing
    switch (column.kind) {
      case 'day': {
        const day = addDays(this.#today, random.int(-60, column.ahead && random.chance(0.5) ? 360 : 0))
        return { text: random.chance(0.2) ? day.replaceAll('-', '/') : day, value: day }
      }
      case 'month': {
        const month = addDays(this.#today, random.int(-60, 0)).slice(0, 7)
        return { text: month, value: month }
      }
      case 'choice': {
        const [word, value] = random.pick(Object.entries(column.choices ?? {}))
        return { text: word, value }
      }
      case 'yesNo': {
        const value = random.chance(0.5)
        return { text: value ? '是' : '否', value }
      }
      case 'number': {
        const value = random.int(column.min ?? 0, Math.min(column.max ?? 100, (column.min ?? 0) + 30))
        return { text: String(value), value }
      }
      case 'fen': {
        const yuan = random.money(3000, 2000, 0, Math.min(1_000_000, (column.max ?? 1e12) / 100))
        return { text: random.chance(0.1) ? `${yuan.toLocaleString('en-US')}元` : String(yuan), value: yuan * 100 }
      }
      case 'division':
        return { text: '330111', value: '330111' }
      default: {
        const text = random.pick(texts[column.key] ?? [`样例${random.int(1, 9999)}`])
        return text === '' ? nothing : { text, value: text }
      }
    }
  }

  spoil(row: string[], kind: Planted, { idNumber, birthDate }: ListedPerson): void {
    const set = (key: string, text: string) => (row[this.#at.get(key) as number] = text)
    const last = idNumber.at(-1)
    switch (kind) {
      case 'lostDigits':
        return void set('idNumber', `${idNumber[0]}.${idNumber.slice(1, 6)}E+17`)
      case 'wrongDigit':
        return void set('idNumber', idNumber.slice(0, 17) + (last === '1' ? '2' : '1'))
      case 'cutNumber':
        return void set('idNumber', idNumber.slice(0, 17))
      case 'otherBirthDate':
        return void set('birthDate', addDays(birthDate, -1))
      case 'impossibleBirthDate':
        return void set('birthDate', `${birthDate.slice(0, 4)}-02-30`)
      case 'impossibleDay':
        return void set(this.#dated().key, '2021-02-30')
      case 'emptied':
        return void set(this.#own.find(c => c.required)?.key ?? 'name', '')
      case 'nameless':
        return void set('name', '')
      case 'nobody':
        for (const key of ['idNumber', 'birthDate', 'village']) set(key, '')
        return undefined
      case 'child': {
        const born = addMonths(this.#today, -12 * 9)
        const first = idNumber.slice(0, 6) + born.replaceAll('-', '') + idNumber.slice(14, 17)
        set('idNumber', first + idCheckCharacter(first))
        return void set('birthDate', born)
      }
    }
  }

  #dated(): Column {
    return this.#own.find(c => c.kind === 'day' || c.kind === 'month') as Column
  }
}
