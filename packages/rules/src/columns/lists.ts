import { extremeOf } from '../run.ts'
import { between, lift, possibilities, type Scalar, type Value } from '../value.ts'
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

/** The bits of a word of lanes that are below so many. */
const below = (size: number, w: number): number => {
  const rest = size - (w << 5)
  return rest < 32 ? (1 << rest) - 1 : -1
}

/** Some element (or every). A null body is open. */
export function quantified({ size, up, inside, known, owners }: Elements, some: boolean, body: Truth, out: Truth): Run {
  const [decisive, harmless] = some ? [body.yes, body.no] : [body.no, body.yes]
  const [hit, miss] = some ? [out.yes, out.no] : [out.no, out.yes]
  return () => {
    const found = hit.words.fill(0)
    const open = miss.words.fill(0)
    for (let w = 0; w << 5 < size; w++) {
      const sure = (inside.yes.words[w] as number) & (decisive.words[w] as number)
      const lanes = below(size, w)
      for (let bits = sure & lanes; bits !== 0; bits &= bits - 1) {
        const owner = up[(w << 5) + 31 - Math.clz32(bits & -bits)] as number
        ;(found[owner >>> 5] as number) |= 1 << (owner & 31)
      }
      const left = ~((inside.no.words[w] as number) | (harmless.words[w] as number) | sure)
      for (let bits = left & lanes; bits !== 0; bits &= bits - 1) {
        const owner = up[(w << 5) + 31 - Math.clz32(bits & -bits)] as number
        ;(open[owner >>> 5] as number) |= 1 << (owner & 31)
      }
    }
    for (let w = 0; w << 5 < owners; w++)
      open[w] = (known.yes.words[w] as number) & ~(open[w] as number) & ~(found[w] as number)
  }
}

export function counted({ size, up, inside, known, owners }: Elements, out: Numbers): Run {
  const [sure, possible] = [new Int32Array(owners), new Int32Array(owners)]
  return () => {
    out.clear(0, out.values.length)
    sure.fill(0)
    possible.fill(0)
    for (let w = 0; w << 5 < size; w++) {
      const yes = inside.yes.words[w] as number
      for (let bits = ~(inside.no.words[w] as number) & below(size, w); bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits
        const owner = up[(w << 5) + 31 - Math.clz32(bit)] as number
        ;(possible[owner] as number)++
        if (yes & bit) (sure[owner] as number)++
      }
    }
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
  const totals = new Float64Array(owners)
  const states = new Uint8Array(owners)
  return () => {
    out.clear(0, out.values.length)
    totals.fill(0)
    states.fill(0)
    const others = new Map<number, Value>()
    for (let w = 0; w << 5 < size; w++) {
      const [there, yes] = [body.known.words[w] as number, inside.yes.words[w] as number]
      const may = ~((inside.no.words[w] as number) | (body.none.words[w] as number))
      for (let bits = may & below(size, w); bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits
        const lane = (w << 5) + 31 - Math.clz32(bit)
        const owner = up[lane] as number
        if (states[owner] === open) continue
        const isKnown = (there & bit) !== 0
        const value = body.values[lane] as number
        if (isKnown && value === 0) continue
        if ((yes & bit) === 0) states[owner] = open
        else if (isKnown && states[owner] !== several) (totals[owner] as number) += value
        else {
          const before = states[owner] === several ? others.get(owner) : (totals[owner] as number)
          const total = lift(add, [before, isKnown ? value : body.possible(lane)])
          states[owner] = total === undefined ? open : several
          others.set(owner, total)
        }
      }
    }
    for (let w = 0; w << 5 < owners; w++)
      for (let bits = (known.yes.words[w] as number) & below(owners, w); bits !== 0; bits &= bits - 1) {
        const i = (w << 5) + 31 - Math.clz32(bits & -bits)
        if (states[i] !== open) out.put(i, states[i] === several ? others.get(i) : totals[i])
      }
  }
}

/** The most (or least) of the elements that have a value. */
export function extreme(
  { size, up, inside, known, owners }: Elements,
  most: boolean,
  body: Numbers,
  out: Numbers,
): Run {
  const found = new Float64Array(owners)
  const states = new Uint8Array(owners)
  return () => {
    out.clear(0, out.values.length)
    // Nobody has an element: of every list that is known there is none.
    if (size === 0) {
      for (let w = 0; w << 5 < owners; w++) out.none.words[w] = (known.yes.words[w] as number) & below(owners, w)
      return
    }
    states.fill(0)
    out.most = body.most
    const columns = new Map<number, (readonly Scalar[])[]>()
    for (let w = 0; w << 5 < size; w++) {
      const [there, yes] = [body.known.words[w] as number, inside.yes.words[w] as number]
      const [none, other] = [body.none.words[w] as number, body.other.words[w] as number]
      for (let bits = ~(inside.no.words[w] as number) & below(size, w); bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits
        const lane = (w << 5) + 31 - Math.clz32(bit)
        const owner = up[lane] as number
        if (states[owner] === open) continue
        const isKnown = (there & bit) !== 0
        const isOther = (other & bit) !== 0
        if (!isKnown && (none & bit) === 0 && (!isOther || possibilities(body.possible(lane)) === undefined))
          states[owner] = open
        else if ((yes & bit) === 0 || isOther) {
          states[owner] = several
          columns.set(owner, [])
        } else if (isKnown && states[owner] !== several) {
          const value = body.values[lane] as number
          const before = found[owner] as number
          if (states[owner] === nothing || (most ? value > before : value < before)) found[owner] = value
          states[owner] = number
        }
      }
    }
    if (columns.size > 0)
      for (let w = 0; w << 5 < size; w++)
        for (let bits = ~(inside.no.words[w] as number) & below(size, w); bits !== 0; bits &= bits - 1) {
          const lane = (w << 5) + 31 - Math.clz32(bits & -bits)
          const owner = up[lane] as number
          if (states[owner] !== several) continue
          const values = possibilities(body.read(lane)) as readonly Scalar[]
          columns.get(owner)?.push(inside.yes.has(lane) ? values : [...values, null])
        }
    for (let w = 0; w << 5 < owners; w++)
      for (let bits = (known.yes.words[w] as number) & below(owners, w); bits !== 0; bits &= bits - 1) {
        const i = (w << 5) + 31 - Math.clz32(bits & -bits)
        if (states[i] === number) {
          out.known.add(i)
          out.values[i] = found[i] as number
        } else if (states[i] === nothing) out.none.add(i)
        else if (states[i] === several)
          out.put(i, out.lexicon.once(extremeOf(columns.get(i) as (readonly Scalar[])[], most)))
      }
  }
}
