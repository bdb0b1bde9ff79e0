import type { Scalar } from '../value.ts'

export type SqlType = 'boolean' | 'float8' | 'text' | 'date' | 'jsonb'

/**
 * A row an expression can speak of: the household, a person, an item of a list. `depth` counts the lists around; the rows
 * of depth 0 are the household's own and the person a rule is about.
 */
export interface Row {
  readonly is: 'household' | 'person' | 'item'
  readonly alias: string
  readonly depth: number
  /** What is worked out once for each row and named; of rows within a list only (the others have lanes). */
  readonly columns: SqlColumn[]
}

export interface SqlColumn {
  readonly name: string
  readonly definition: Sql
  /** Later than the columns it is made from. */
  readonly stage: number
  /** Of a row within a list, rather than of one of the two lanes. */
  readonly isLocal: boolean
}

type Bindable = Scalar | readonly Scalar[]
type Part =
  | string
  | { readonly value: Bindable; readonly type: SqlType; readonly list: boolean; readonly bare?: true }
  | { readonly column: SqlColumn; readonly row: Row }
  /** All persons of the household, with the columns worked out so far. */
  | { readonly persons: true }

/**
 * A piece of SQL: our own text, values that are bound, columns of rows. Nothing else can be in it: a value never becomes
 * text on the way to the database, and identifiers are names of the dictionary, quoted.
 */
export class Sql {
  readonly parts: readonly Part[]
  /** Rows it needs to stand beside. */
  readonly free: ReadonlySet<Row>

  constructor(parts: readonly Part[], free: ReadonlySet<Row>) {
    this.parts = parts
    this.free = free
  }

  /** A name or a bound value, which may stand in several places at no cost. */
  get isShort(): boolean {
    return this.parts.length === 1 && !(typeof this.parts[0] === 'string' && this.parts[0].includes(' '))
  }

  /** A written value, and not null. */
  get isFixed(): boolean {
    const [part] = this.parts
    return this.parts.length === 1 && typeof part === 'object' && 'value' in part && part.value !== null
  }

  /** The row is one the piece itself goes through. */
  closed(row: Row): Sql {
    return new Sql(this.parts, new Set([...this.free].filter(r => r !== row)))
  }

  /** The same of another row. */
  of(row: Row, instead: Row): Sql {
    if (row === instead || !this.free.has(row)) return this
    const parts = this.parts.map(part =>
      typeof part === 'object' && 'row' in part && part.row === row ? { ...part, row: instead } : part,
    )
    return new Sql(parts, new Set([...this.free].map(r => (r === row ? instead : r))))
  }
}

/** `sql\`a + ${b}\``: what is put in is SQL already, or made by {@link bound}. */
export function sql(texts: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const parts: Part[] = []
  const add = (part: Part) => {
    const last = parts.at(-1)
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
    else if (part !== '') parts.push(part)
  }
  texts.forEach((text, i) => {
    add(text)
    for (const part of pieces[i]?.parts ?? []) add(part)
  })
  return new Sql(parts, new Set(pieces.flatMap(piece => [...piece.free])))
}

export const bound = (value: Scalar, type: SqlType): Sql => new Sql([{ value, type, list: false }], new Set())
/** A number beside a double, where a reader needs not be told that it is one too. */
export const bareNumber = (value: number): Sql =>
  new Sql([{ value, type: 'float8', list: false, bare: true }], new Set())
export const boundList = (value: readonly Scalar[] | null, type: SqlType): Sql =>
  new Sql([{ value, type, list: true }], new Set())
export const columnOf = (column: SqlColumn, row: Row): Sql => new Sql([{ column, row }], new Set([row]))
export const allPersons: Sql = new Sql([{ persons: true }], new Set())
/** An identifier, or the name of a type: of the dictionary or our own. */
export const quoted = (name: string): Sql => new Sql([`"${name.replaceAll('"', '""')}"`], new Set())
export const named = (row: Row): Sql => new Sql([row.alias], new Set())
const types: Readonly<Record<SqlType, Sql>> = {
  boolean: sql`boolean`,
  float8: sql`float8`,
  text: sql`text`,
  date: sql`date`,
  jsonb: sql`jsonb`,
}
export const typeName = (type: SqlType): Sql => types[type]

export function joined(pieces: readonly Sql[], by: Sql): Sql {
  return pieces.reduce((all, piece, i) => (i === 0 ? piece : sql`${all}${by}${piece}`), sql``)
}

/** All of them, which are left out where they hold anyway. */
export const conjunction = (pieces: readonly (Sql | undefined)[]): Sql => {
  const kept = pieces.filter(piece => piece !== undefined)
  return kept.length === 0 ? sql`true` : joined(kept, sql` AND `)
}

export const isNotNull = (piece: Sql): Sql | undefined => (piece.isFixed ? undefined : sql`${piece} IS NOT NULL`)

/** Where values go: to be bound by their numbers, or written into a text that a person reads. */
export interface Values {
  put(value: Bindable, type: SqlType, list: boolean, bare?: true): string
}

export class Parameters implements Values {
  readonly all: unknown[] = []
  readonly #numbers = new Map<string, number>()

  put(value: Bindable, type: SqlType, list: boolean): string {
    const typed = `${type}${list ? '[]' : ''}`
    const key = JSON.stringify([value, typed])
    let number = this.#numbers.get(key)
    if (number === undefined) {
      // Numbers travel as text: the shortest that reads back as the same double.
      const sent = (v: Scalar) => (typeof v === 'number' ? String(v) : v)
      number = this.all.push(Array.isArray(value) ? value.map(sent) : sent(value as Scalar))
      this.#numbers.set(key, number)
    }
    return `$${number}::${typed}`
  }
}

/** For reading, and for pasting into psql; the server's `standard_conforming_strings` is on, as it is by default. */
export const literals: Values = {
  put: (value, type, list, bare) => {
    if (bare) return (value as number) < 0 ? `(${String(value)})` : String(value)
    if (list && value !== null)
      return `ARRAY[${(value as readonly Scalar[]).map(v => literal(v, type)).join(', ')}]::${type}[]`
    return list ? `NULL::${type}[]` : literal(value as Scalar, type)
  },
}

function literal(value: Scalar, type: SqlType): string {
  if (value === null) return `NULL::${type}`
  if (typeof value === 'boolean') return String(value)
  // A decimal is read as it stands and then becomes the nearest double.
  if (typeof value === 'number') return value < 0 ? `(${value})::float8` : `${value}::float8`
  const text = `'${value.replaceAll("'", "''")}'`
  return type === 'text' ? text : `${type} ${text}`
}

/** @param personsNow the name of what holds all persons where the piece stands */
export function written(piece: Sql, values: Values, personsNow: string): string {
  return piece.parts
    .map(part => {
      if (typeof part === 'string') return part
      if ('persons' in part) return personsNow
      if ('column' in part) return `${part.row.alias}."${part.column.name.replaceAll('"', '""')}"`
      return values.put(part.value, part.type, part.list, part.bare)
    })
    .join('')
}
