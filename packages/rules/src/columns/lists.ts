import { extremeOf } from '../run.ts'
import { between, lift, possibilities, type Scalar, type Value } from '../value.ts'
import { eachLane } from './arena.ts'
import type { Numbers, Truth } from './column.ts'
import type { Run } from './truths.ts'

/**
 * The elements of lists, as lanes of their own: to which lane each belongs (`up`), whether it is in the list, and for each
 * lane whether it is known what the list holds.
 */
export interface Elements {
  readonly size: number
  readonly up: Int32Array
  readonly inside: Truth
  readonly known: Truth
  /** Of the lanes that have the lists. */
  readonly owners: number
}

/** Some element (or every). A null body is open. */
export function quantified({ size, up, inside, known, owners }: Elements, some: boolean, body: Truth, out: Truth): Run {
  const [decisive, harmless] = some ? [body.yes, body.no] : [body.no, body.yes]
  const [hit, miss] = some ? [out.yes, out.no] : [out.no, out.yes]
  return () => {
    hit.words.fill(0)
    eachLane(
      0,
      size,
      w => (inside.yes.words[w] as number) & (decisive.words[w] as number),
      lane => hit.add(up[lane] as number),
    )
    const open = miss.words.fill(0)
    eachLane(
      0,
      size,
      w =>
        ~(inside.no.words[w] as number) &
        ~(harmless.words[w] as number) &
        ~((inside.yes.words[w] as number) & (decisive.words[w] as number)),
      lane => miss.add(up[lane] as number),
    )
    for (let w = 0; w << 5 < owners; w++)
      open[w] = (known.yes.words[w] as number) & ~(open[w] as number) & ~(hit.words[w] as number)
  }
}

export function counted({ size, up, inside, known, owners }: Elements, out: Numbers): Run {
  return () => {
    out.clear(0, out.values.length)
    const [sure, possible] = [new Int32Array(owners), new Int32Array(owners)]
    eachLane(
      0,
      size,
      w => inside.yes.words[w] as number,
      lane => (sure[up[lane] as number] as number)++,
    )
    eachLane(
      0,
      size,
      w => ~(inside.no.words[w] as number),
      lane => (possible[up[lane] as number] as number)++,
    )
    for (let i = 0; i < owners; i++)
      out.put(i, between(sure[i] as number, known.yes.has(i) ? (possible[i] as number) : Number.POSITIVE_INFINITY))
  }
}

const add = (a: Scalar, b: Scalar): Scalar => (a as number) + (b as number)

/** Elements without a value, or of 0, do not matter. */
export function summed({ size, up, inside, known, owners }: Elements, body: Numbers, out: Numbers): Run {
  return () => {
    out.clear(0, out.values.length)
    const totals: Value[] = Array<Value>(owners).fill(0)
    eachLane(
      0,
      size,
      w => ~((inside.no.words[w] as number) | (body.none.words[w] as number)),
      lane => {
        const owner = up[lane] as number
        const total = totals[owner]
        if (total === undefined) return
        const isKnown = body.known.has(lane)
        const value = isKnown ? (body.values[lane] as number) : body.others.get(lane)
        if (value === 0) return
        if (!inside.yes.has(lane)) totals[owner] = undefined
        else
          totals[owner] = isKnown && typeof total === 'number' ? total + (value as number) : lift(add, [total, value])
      },
    )
    for (let i = 0; i < owners; i++) if (known.yes.has(i)) out.put(i, totals[i])
  }
}

/** The most (or least) of the elements that have a value. */
export function extreme(
  { size, up, inside, known, owners }: Elements,
  most: boolean,
  body: Numbers,
  out: Numbers,
): Run {
  return () => {
    out.clear(0, out.values.length)
    const found = Array<number | null | undefined>(owners).fill(null)
    const several = new Map<number, (readonly Scalar[])[]>()
    eachLane(
      0,
      size,
      w => ~(inside.no.words[w] as number),
      lane => {
        const owner = up[lane] as number
        const before = found[owner]
        if (before === undefined) return
        if (!body.known.has(lane) && !body.none.has(lane) && possibilities(body.others.get(lane)) === undefined)
          found[owner] = undefined
        else if (!inside.yes.has(lane) || body.other.has(lane)) several.set(owner, [])
        else if (body.known.has(lane)) {
          const value = body.values[lane] as number
          if (before === null || (most ? value > before : value < before)) found[owner] = value
        }
      },
    )
    if (several.size > 0)
      eachLane(
        0,
        size,
        w => ~(inside.no.words[w] as number),
        lane => {
          const columns = several.get(up[lane] as number)
          if (!columns || found[up[lane] as number] === undefined) return
          const values = possibilities(body.read(lane)) as readonly Scalar[]
          columns.push(inside.yes.has(lane) ? values : [...values, null])
        },
      )
    for (let i = 0; i < owners; i++) {
      const value = found[i]
      if (!known.yes.has(i) || value === undefined) continue
      const columns = several.get(i)
      out.put(i, columns ? extremeOf(columns, most) : value)
    }
  }
}
