import { mapped, ofSeveral, suffixes, type Expression } from './expression.ts'
import { columnOf, type SqlColumn, type Row, type Sql } from './fragment.ts'

export type Lane = 'household' | 'person'

/** The columns of the household and of its persons, and of rows within lists: what is worked out once, and its name. */
export class Lanes {
  readonly household: Row = { is: 'household', alias: 'h', depth: 0, columns: [] }
  readonly person: Row = { is: 'person', alias: 'p', depth: 0, columns: [] }
  readonly #byKey = new Map<string, SqlColumn>()

  /** Pieces that may stand in several places without being worked out or written down again. */
  short(expression: Expression): Expression {
    if (expression.constant) return expression
    const { type } = expression
    if (expression.several) {
      const several = this.named(expression.several)
      const { between } = expression
      return {
        ...ofSeveral(type, several, expression.reach, expression.atMost),
        between: between && { min: this.named(between.min), max: this.named(between.max) },
      }
    }
    return mapped(expression, piece => this.named(piece))
  }

  /** A piece as a column of the smallest lane it speaks of. */
  named(piece: Sql): Sql {
    if (piece.isShort) return piece
    const free = [...piece.free].filter(row => row !== this.household)
    const [row] = free
    if (!row) return this.column('household', piece)
    if (free.length === 1 && row.is === 'person')
      return this.column('person', piece.of(row, this.person)).of(this.person, row)
    const inner = free.reduce((a, b) => (b.depth > a.depth ? b : a))
    return this.#columnOf(inner, piece, undefined, stageIn(piece, inner) + 1)
  }

  /**
   * What is counted or added up must be of the rows themselves: an aggregate that names columns of the rows around alone is
   * taken by SQL for an aggregate over those.
   */
  beside(row: Row, piece: Sql): Sql {
    return piece.free.has(row) || piece.free.size === 0 ? piece : this.#columnOf(row, piece, undefined, 1)
  }

  /** An expression as columns with the name of what it is. */
  kept(expression: Expression, name: string, lane: Lane): Expression {
    if (expression.constant) return expression
    const put = (piece: Sql, suffix: string) => (piece.isShort ? piece : this.column(lane, piece, `${name}${suffix}`))
    if (expression.several) {
      const several = put(expression.several, ' may be')
      const { between } = expression
      return {
        ...ofSeveral(expression.type, several, expression.reach, expression.atMost),
        between: between && { min: put(between.min, ' at least'), max: put(between.max, ' at most') },
      }
    }
    if (expression.value.isShort && !expression.none && !expression.between) return expression
    return mapped(expression, (piece, of) => put(piece, suffixes[of]))
  }

  column(lane: Lane, piece: Sql, name?: string, at?: number): Sql {
    const row = lane === 'household' ? this.household : this.person
    return this.#columnOf(row, piece, name, at ?? this.#stage(piece))
  }

  #columnOf(row: Row, definition: Sql, name: string | undefined, stage: number): Sql {
    const key = keyOf(definition, row)
    let column = this.#byKey.get(key)
    if (!column) {
      const isFree = (other: string) => !row.columns.some(c => c.name === other)
      let free = name !== undefined && isIdentifier(name) && isFree(name) ? name : undefined
      for (let i = row.columns.length + 1; free === undefined; i++) {
        const next = `${row.alias}_${i}`
        if (isFree(next)) free = next
      }
      column = { name: free, definition, stage, isLocal: row.depth > 0 }
      row.columns.push(column)
      this.#byKey.set(key, column)
    }
    return columnOf(column, row)
  }

  /** Later than every column of the two lanes it speaks of. */
  #stage(piece: Sql): number {
    let stage = 0
    for (const part of piece.parts)
      if (typeof part === 'object' && 'column' in part && !part.column.isLocal)
        stage = Math.max(stage, part.column.stage)
    return stage + 1
  }
}

const stageIn = (piece: Sql, row: Row): number =>
  Math.max(
    0,
    ...piece.parts.map(part =>
      typeof part === 'object' && 'column' in part && part.row === row && row.columns.includes(part.column)
        ? part.column.stage
        : 0,
    ),
  )

/** The same whatever names its own rows have. */
function keyOf(piece: Sql, row: Row): string {
  const names = new Map<string, string>()
  const named = (alias: string) => {
    if (row.depth > 0) return alias
    if (!names.has(alias)) names.set(alias, `r${names.size}`)
    return names.get(alias) as string
  }
  const keys = piece.parts.map(part => {
    if (typeof part === 'string') return part.replace(/\b[me]\d+\b/g, named)
    return 'column' in part ? [part.row.depth > 0 ? named(part.row.alias) : part.row.alias, part.column.name] : part
  })
  return `${row.alias} ${JSON.stringify(keys)}`
}

/** PostgreSQL cuts longer names off. */
const isIdentifier = (name: string) => /^[\x20-\x7e]{1,60}$/.test(name)
