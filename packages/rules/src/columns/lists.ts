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
    for (let i = 0; i < owners; i++) {
      const count = sure[i] as number
      if (!known.yes.has(i)) out.put(i, out.lexicon.once(between(count, Number.POSITIVE_INFINITY)))
      else if (count === possible[i]) {
        out.known.add(i)
        out.values[i] = count
      } else out.put(i, out.lexicon.once(between(count, possible[i] as number)))
    }
    out.most = size
  }
}

const add = (a: Scalar, b: Scalar): Scalar => (a as number) + (b as number)

/** What has been found of an owner's elements: nothing yet, a number, several possibilities, or that it is open. */
const [nothing, number, several, open] = [0, 1, 2, 3]

/** Elements without a value, or of 0, do not matter. */
export function summed({ size, up, inside, known, owners }: Elements, body: Numbers, out: Numbers): Run {
  return () => {
    out.clear(0, out.values.length)
    const totals = new Float64Array(owners)
    const states = new Uint8Array(owners)
    const others = new Map<number, Value>()
    eachLane(
      0,
      size,
      w => ~((inside.no.words[w] as number) | (body.none.words[w] as number)),
      lane => {
        const owner = up[lane] as number
        if (states[owner] === open) return
        const isKnown = body.known.has(lane)
        if (isKnown && body.values[lane] === 0) return
        if (!inside.yes.has(lane)) states[owner] = open
        else if (isKnown && states[owner] !== several) (totals[owner] as number) += body.values[lane] as number
        else {
          const before = states[owner] === several ? others.get(owner) : (totals[owner] as number)
          const total = lift(add, [before, isKnown ? (body.values[lane] as number) : body.possible(lane)])
          states[owner] = total === undefined ? open : several
          others.set(owner, total)
        }
      },
    )
    eachLane(
      0,
      owners,
      w => known.yes.words[w] as number,
      i => {
        if (states[i] !== open) out.put(i, states[i] === several ? others.get(i) : totals[i])
      },
    )
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
    // Nobody has an element: of every list that is known there is none.
    if (size === 0) {
      out.none.words.set(known.yes.words.subarray(0, (owners + 31) >>> 5))
      if (owners & 31) (out.none.words[owners >>> 5] as number) &= (1 << (owners & 31)) - 1
      return
    }
    const found = new Float64Array(owners)
    const states = new Uint8Array(owners)
    const columns = new Map<number, (readonly Scalar[])[]>()
    eachLane(
      0,
      size,
      w => ~(inside.no.words[w] as number),
      lane => {
        const owner = up[lane] as number
        if (states[owner] === open) return
        const isKnown = body.known.has(lane)
        if (!isKnown && !body.none.has(lane) && possibilities(body.possible(lane)) === undefined) states[owner] = open
        else if (!inside.yes.has(lane) || body.other.has(lane)) {
          states[owner] = several
          columns.set(owner, [])
        } else if (isKnown && states[owner] !== several) {
          const value = body.values[lane] as number
          const before = found[owner] as number
          if (states[owner] === nothing || (most ? value > before : value < before)) found[owner] = value
          states[owner] = number
        }
      },
    )
    if (columns.size > 0)
      eachLane(
        0,
        size,
        w => ~(inside.no.words[w] as number),
        lane => {
          const owner = up[lane] as number
          if (states[owner] !== several) return
          const values = possibilities(body.read(lane)) as readonly Scalar[]
          columns.get(owner)?.push(inside.yes.has(lane) ? values : [...values, null])
        },
      )
    eachLane(
      0,
      owners,
      w => known.yes.words[w] as number,
      i => {
        if (states[i] === number) out.put(i, found[i])
        else if (states[i] === nothing) out.none.add(i)
        else if (states[i] === several)
          out.put(i, out.lexicon.once(extremeOf(columns.get(i) as (readonly Scalar[])[], most)))
      },
    )
  }
}
