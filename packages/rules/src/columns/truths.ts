import { compare, equal, sameNumber, tolerance, within, type Order, type Scalar, type Value } from '../value.ts'
import { eachLane, type Arena, type Plane } from './arena.ts'
import { boundsOf, exact, next, numberOf, wholeFrom, wholeTo, type Bounds } from './bounds.ts'
import { maskOf, type Choices, type Lexicon, type Narrow, type Numbers, type Truth } from './column.ts'
import type { Program } from './program.ts'

/** Fills the lanes from one multiple of 128 to another. */
export type Run = (from: number, to: number) => void

/**
 * A step as kernels: `emit` writes them down and says whether that is all, or what follows: `after`, which looks at the
 * lanes that kernels cannot do, or `run`, which does the whole where kernels cannot.
 */
export interface Work {
  readonly emit: (program: Program) => 'all' | 'after' | 'run'
  /** How many records it writes at most, and how many addresses into lists. */
  readonly records?: number
  readonly addresses?: number
  readonly after?: Run
  readonly run?: Run
}

/** A column, or a value that is the same for every lane. */
export interface Readable {
  read(lane: number): Value
}

/** Lane by lane, in the terms of value.ts: right for everything, used where there is nothing faster. */
export const laneByLane =
  (
    out: { put(lane: number, value: Value): void; clear(from: number, to: number): void },
    args: readonly Readable[],
    scalar: (values: readonly Value[]) => Value,
  ): Run =>
  (from, to) => {
    out.clear(from, to)
    const values: Value[] = []
    for (let lane = from; lane < to; lane++) {
      for (let i = 0; i < args.length; i++) values[i] = (args[i] as Readable).read(lane)
      out.put(lane, scalar(values))
    }
  }

/** Remembers what came of the same values, which are few wherever they are possibilities. */
export function remembering(
  lexicon: Lexicon,
  scalar: (values: readonly Value[]) => Value,
): (values: readonly Value[]) => Value {
  let known = new Map<Value, unknown>()
  let count = 0
  return values => {
    let at = known
    const last = values.length - 1
    for (let i = 0; i < last; i++) {
      let next = at.get(values[i]) as Map<Value, unknown> | undefined
      if (!next) at.set(values[i], (next = new Map()))
      at = next
    }
    if (at.has(values[last])) return at.get(values[last]) as Value
    const value = lexicon.once(scalar(values))
    at.set(values[last], value)
    if (++count > 20_000) [known, count] = [new Map(), 0]
    return value
  }
}

/** And, or (`any`): null does not occur here. */
export function junction(args: readonly Truth[], any: boolean, out: Truth): Work {
  const pairs = args.flatMap(({ yes, no }) => (any ? [no.at, yes.at] : [yes.at, no.at]))
  const [yes, no] = any ? [out.no.at, out.yes.at] : [out.yes.at, out.no.at]
  return {
    addresses: pairs.length,
    emit: program => {
      program.add('all', { a: program.list(pairs), aBits: 0, x: args.length, yes, no })
      return 'all'
    },
  }
}

/** Null taken as true or false. */
export function settled({ yes, no, none }: Truth, as: boolean, out: Truth): Run {
  return (from, to) => {
    for (let w = from >>> 5; w << 5 < to; w++) {
      const n = none?.words[w] ?? 0
      out.yes.words[w] = (yes.words[w] as number) | (as ? n : 0)
      out.no.words[w] = (no.words[w] as number) | (as ? 0 : n)
    }
  }
}

/** True where it is known to be false, else false. */
export function denied({ no }: Truth, out: Truth): Run {
  return (from, to) => {
    for (let w = from >>> 5; w << 5 < to; w++) {
      out.yes.words[w] = no.words[w] as number
      out.no.words[w] = ~(no.words[w] as number)
    }
  }
}

export function known(arg: Truth | Numbers | Choices | Narrow, out: Truth): Run {
  const bits = (w: number): number => {
    if (arg.kind === 'truth')
      return (arg.yes.words[w] as number) | (arg.no.words[w] as number) | (arg.none?.words[w] ?? 0)
    if (arg.kind !== 'choices') return (arg.known.words[w] as number) | (arg.none?.words[w] ?? 0)
    let found = 0
    for (let i = 0; i < 32; i++) {
      const mask = arg.masks[(w << 5) + i] as number
      found |= (((mask !== 0) as unknown as number) & (((mask & (mask - 1)) === 0) as unknown as number)) << i
    }
    return found
  }
  return (from, to) => {
    for (let w = from >>> 5; w << 5 < to; w++) {
      const word = bits(w)
      out.yes.words[w] = word
      out.no.words[w] = ~word
    }
  }
}

export function copyTruth(value: boolean | null | undefined, out: Truth): Run {
  return (from, to) => {
    out.yes.words.fill(value === true ? -1 : 0, from >>> 5, to >>> 5)
    out.no.words.fill(value === false ? -1 : 0, from >>> 5, to >>> 5)
    out.none?.words.fill(value === null ? -1 : 0, from >>> 5, to >>> 5)
  }
}

/** The test has no null. */
export function chooseTruth(test: Truth, yes: Truth, no: Truth, out: Truth): Run {
  return (from, to) => {
    for (let w = from >>> 5; w << 5 < to; w++) {
      const [t, f] = [test.yes.words[w] as number, test.no.words[w] as number]
      const pick = (a: Plane | undefined, b: Plane | undefined) => {
        const [x, y] = [a?.words[w] ?? 0, b?.words[w] ?? 0]
        return (t & x) | (f & y) | (~(t | f) & x & y)
      }
      out.yes.words[w] = pick(yes.yes, no.yes)
      out.no.words[w] = pick(yes.no, no.no)
      if (out.none) out.none.words[w] = pick(yes.none, no.none)
    }
  }
}

// — comparisons with one value —

/** A comparison made ready: which kernel with which bounds, and whether its yes is our no. */
interface Ready {
  readonly bounds: Bounds
  readonly sides: 'above' | 'within'
  readonly turned: boolean
  readonly low: number
  readonly high: number
}

/** Where a column lies within bounds: a kernel for every width. Null is not within. */
function withinBounds(column: Numbers | Narrow, out: Truth): (program: Program, bounds: Bounds) => void {
  const by = column.kind === 'narrow' ? column.by : 1
  const bits = (column.kind === 'narrow' ? column.bytes * 8 : 64) as 8 | 16 | 32 | 64
  const [least, most] =
    bits === 64 ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
  // Above x is at least the next one after x.
  const before = (x: number) => (bits === 64 ? -next(-x) : x - 1)
  const prepare = (bounds: Bounds): Ready => {
    const low = bits === 64 ? bounds.low : Math.max(least, wholeFrom(bounds.low, by))
    const high = bits === 64 ? bounds.high : Math.min(most, wholeTo(bounds.high, by))
    if (low > high) return { bounds, sides: 'within', turned: true, low: least, high: most }
    if (low === least && high < most) return { bounds, sides: 'above', turned: true, low: high, high }
    if (high === most && low > least) return { bounds, sides: 'above', turned: false, low: before(low), high }
    return { bounds, sides: 'within', turned: false, low, high }
  }
  let ready: Ready | undefined
  return (program, bounds) => {
    if (ready?.bounds !== bounds) ready = prepare(bounds)
    const { sides, turned, low, high } = ready
    const planes = {
      a: column.at,
      aBits: bits,
      b: column.known.at,
      yes: turned ? out.no.at : out.yes.at,
      no: turned ? out.yes.at : out.no.at,
    }
    program.add(
      `${sides}${bits}`,
      bits === 64 ? { ...planes, realX: low, realY: high } : { ...planes, x: low, y: high },
    )
    addNone(program, column, out)
  }
}

/** Has it no lanes beside the column? */
const isPlain = (column: Numbers | Narrow): boolean => column.kind === 'narrow' || column.plain

/** Where it is null the answer is no. */
function addNone(program: Program, column: Numbers | Narrow, { no }: Truth): void {
  const { none } = column
  if (none && !(column.kind === 'numbers' && column.plain))
    program.add('or', { a: no.at, aBits: 1, b: none.at, yes: no.at })
}

function fill(plane: Plane, word: number, from: number, to: number): void {
  plane.words.fill(word, from >>> 5, to >>> 5)
}

/** The lanes of a column that are neither known nor wholly unknown, one by one. */
function others(column: Numbers | Narrow, from: number, to: number, visit: (lane: number, value: Value) => void): void {
  if (column.kind === 'narrow' || !column.hasOthers) return
  eachLane(
    from,
    to,
    w => column.other.words[w] as number,
    lane => visit(lane, column.possible(lane)),
  )
}

/** `column order value`. */
export function orderWith(column: Numbers | Narrow, order: Order, value: () => Value, out: Truth): Work {
  const test = withinBounds(column, out)
  const slow = laneByLane(out, [column], ([x]) => compare(order, x, value()))
  let [last, bounds] = [Number.NaN, exact('==', 0)]
  return {
    emit: program => {
      const c = numberOf(column.is, column, value())
      if (c === undefined) return 'run'
      if (c !== last) [last, bounds] = [c, column.is === 'number' ? boundsOf(order, c) : exact(order, c)]
      test(program, bounds)
      return isPlain(column) ? 'all' : 'after'
    },
    after: (from, to) => {
      const than = value()
      others(column, from, to, (lane, x) => out.put(lane, compare(order, x, than)))
    },
    run: (from, to) => {
      if (value() !== null) return slow(from, to)
      fill(out.yes, 0, from, to)
      fill(out.no, -1, from, to)
    },
  }
}

/** `column == value`; the other way round where `out` has its planes exchanged. */
export function equalTo(column: Numbers | Narrow, value: () => Value, out: Truth): Work {
  const test = withinBounds(column, out)
  const slow = laneByLane(out, [column], ([x]) => equal(x, value()))
  let [last, bounds] = [Number.NaN, exact('==', 0)]
  const after: Run = (from, to) => {
    const than = value()
    others(column, from, to, (lane, x) => out.put(lane, equal(x, than)))
  }
  return {
    emit: program => {
      const c = numberOf(column.is, column, value())
      if (c === undefined) return 'run'
      if (c !== last) [last, bounds] = [c, column.is === 'number' ? boundsOf('==', c) : exact('==', c)]
      test(program, bounds)
      return isPlain(column) ? 'all' : 'after'
    },
    after,
    run: (from, to) => {
      if (value() !== null) return slow(from, to)
      for (let w = from >>> 5; w << 5 < to; w++) {
        out.yes.words[w] = column.none?.words[w] ?? 0
        out.no.words[w] = column.known.words[w] as number
      }
      after(from, to)
    },
  }
}

/** `column in [values]` of a fact of a closed list of up to 32, as it was given. */
export function listed(arena: Arena, column: Narrow, values: readonly Scalar[], out: Truth): Work {
  const table = arena.reserve(32)
  arena.whenOpen(() => {
    const bytes = new Uint8Array(arena.buffer, table, 32)
    for (const value of values) {
      const code = column.choices.indexOf(value as string)
      if (code >= 0) bytes[code] = 255
    }
  })
  return {
    emit: program => {
      program.add('listed8', {
        a: column.at,
        aBits: 8,
        b: column.known.at,
        yes: out.yes.at,
        no: out.no.at,
        x: table,
      })
      addNone(program, column, out)
      return 'all'
    },
  }
}

/** `column in [values]` of numbers, days and words. */
export function inList(arena: Arena, column: Numbers, values: readonly Scalar[], out: Truth): Work {
  const slow = laneByLane(out, [column], ([x]) => within(x, values))
  const table = arena.reserve(values.length * 16)
  return {
    emit: program => {
      const wanted = values.flatMap(v => numberOf(column.is, column, v) ?? [])
      if (wanted.length < values.length || wanted.length === 0) return 'run'
      const bounds = wanted.map(c => (column.is === 'number' ? boundsOf('==', c) : exact('==', c)))
      new Float64Array(arena.buffer, table, values.length * 2).set(bounds.flatMap(({ low, high }) => [low, high]))
      program.add('listed64', {
        a: column.at,
        aBits: 64,
        b: column.known.at,
        yes: out.yes.at,
        no: out.no.at,
        x: table,
        y: values.length,
      })
      addNone(program, column, out)
      return isPlain(column) ? 'all' : 'after'
    },
    after: (from, to) => others(column, from, to, (lane, x) => out.put(lane, within(x, values))),
    run: slow,
  }
}

/** Every possibility is in the set, or none is. */
export function maskWithin(column: Choices, mask: () => number, out: Truth): Work {
  return {
    emit: program => {
      program.add('masks', { a: column.at, aBits: 32, yes: out.yes.at, no: out.no.at, x: mask() })
      return 'all'
    },
  }
}

/** `choices == value`: undefined is unknown. */
export function maskEquals(column: Choices, value: () => Value, out: Truth): Work {
  const one = maskWithin(column, () => maskOf(value(), column.choices) ?? 0, out)
  return {
    emit: program => {
      const than = value()
      return than === null || typeof than === 'string' ? one.emit(program) : 'run'
    },
    run: laneByLane(out, [column], ([x]) => equal(x, value())),
  }
}

// — comparisons of two columns —

export function orderColumns(left: Numbers, order: Order, right: Numbers, out: Truth, both: Plane): Work {
  // a < b; the other three exchange the sides, the answer, or both.
  const [a, b] = order === '<' || order === '>=' ? [left, right] : [right, left]
  const [yes, no] = order === '<' || order === '>' ? [out.yes, out.no] : [out.no, out.yes]
  const most = left.is === 'number' ? -tolerance : -1
  return {
    emit: program => {
      program.add('and', { a: a.known.at, aBits: 1, b: b.known.at, yes: both.at })
      program.add('below64', {
        a: a.at,
        aBits: 64,
        b: b.at,
        bBits: 64,
        yes: yes.at,
        no: no.at,
        x: both.at,
        realX: most,
      })
      addNone(program, left, out)
      addNone(program, right, out)
      return isPlain(left) && isPlain(right) ? 'all' : 'after'
    },
    after: (from, to) =>
      eachOther([left, right], from, to, lane => {
        if (!out.no.has(lane)) out.put(lane, compare(order, left.read(lane), right.read(lane)))
      }),
  }
}

export function equalColumns(left: Numbers, right: Numbers, out: Truth): Run {
  const same = left.is === 'number' ? sameNumber : (a: number, b: number) => a === b
  return (from, to) => {
    for (let w = from >>> 5; w << 5 < to; w++) {
      const [ka, kb] = [left.known.words[w] as number, right.known.words[w] as number]
      const [na, nb] = [left.none.words[w] as number, right.none.words[w] as number]
      const both = ka & kb
      let found = 0
      for (let i = 0, lane = w << 5; both !== 0 && i < 32; i++, lane++)
        if (same(left.values[lane] as number, right.values[lane] as number)) found |= 1 << i
      out.yes.words[w] = (both & found) | (na & nb)
      out.no.words[w] = (both & ~found) | (na & kb) | (ka & nb)
    }
    eachOther([left, right], from, to, lane => out.put(lane, equal(left.read(lane), right.read(lane))))
  }
}

/** The lanes where one of the columns is neither known nor wholly unknown. */
export function eachOther(columns: readonly Numbers[], from: number, to: number, visit: (lane: number) => void): void {
  if (columns.every(c => !c.hasOthers)) return
  eachLane(
    from,
    to,
    w => {
      let some = 0
      for (const c of columns) some |= c.other.words[w] as number
      return some
    },
    visit,
  )
}
