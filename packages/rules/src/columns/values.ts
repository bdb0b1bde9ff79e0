import { either, lift, sameNumber, tolerance, type Scalar, type Value } from '../value.ts'
import { bitCount, eachLane, type Arena } from './arena.ts'
import { noneBit, type Choices, type Lexicon, type Narrow, type Numbers, type Truth } from './column.ts'
import { dates } from './dates.ts'
import type { Program } from './program.ts'
import { eachOther, laneByLane, remembering, type Readable, type Run, type Work } from './truths.ts'

// — numbers, days, words —

export function widen(arena: Arena, column: Narrow, out: Numbers): Work {
  const { bytes, by, known, none } = column
  const divisor = arena.reserve(16)
  arena.whenOpen(() => {
    new Float64Array(arena.buffer, divisor, 2).fill(by)
    out.most = column.most
    out.plain = !none
  })
  return {
    emit: program => {
      if (bytes === 8) return 'run'
      const to = { yes: out.at, yesBits: 64 }
      program.add(`widen${(bytes * 8) as 8 | 16 | 32}`, { a: column.at, aBits: bytes * 8, ...to })
      if (by !== 1) program.add('divide', { a: out.at, aBits: 64, b: divisor, bBits: 0, ...to })
      for (const [plane, copy] of [
        [known, out.known],
        [none, out.none],
      ] as const)
        if (plane) program.add('and', { a: plane.at, aBits: 1, b: plane.at, yes: copy.at })
      return 'all'
    },
    run: (from, to) => {
      out.values.set(column.values.subarray(from, to), from)
      out.known.words.set(known.words.subarray(from >>> 5, to >>> 5), from >>> 5)
      if (none) out.none.words.set(none.words.subarray(from >>> 5, to >>> 5), from >>> 5)
    },
  }
}

/** Lanes past the last one stay unknown, here and where lanes are gathered: nothing may come of them. */
export function fillNumbers(value: () => Value, size: number, out: Numbers): Run {
  return (from, to) => {
    out.clear(from, to)
    const one = value()
    const end = Math.min(to, size)
    const number = one === undefined || one === null ? undefined : out.number(one)
    if (number === undefined) {
      if (one !== undefined) for (let lane = from; lane < end; lane++) out.put(lane, one)
      return
    }
    out.values.fill(number, from, end)
    out.known.words.fill(-1, from >>> 5, end >>> 5)
    for (let lane = Math.max(from, end & ~31); lane < end; lane++) out.known.add(lane)
    out.most = Math.abs(number)
  }
}

/** The test has no null. While it is open the value is one of the two, where both are known in some way. */
export function chooseNumbers(test: Truth, yes: Numbers, no: Numbers, out: Numbers): Work {
  const oneOf = remembering(out.lexicon, either)
  const sides: Value[] = []
  return {
    emit: program => {
      const both = { a: yes.at, aBits: 64, b: no.at, bBits: 64 }
      program.add('pick64', { ...both, x: test.yes.at, yes: out.at, yesBits: 64 })
      return 'after'
    },
    after: (from, to) => {
      out.clear(from, to)
      out.most = Math.max(yes.most, no.most)
      for (let w = from >>> 5; w << 5 < to; w++) {
        const [t, f] = [test.yes.words[w] as number, test.no.words[w] as number]
        const [yk, nk] = [yes.known.words[w] as number, no.known.words[w] as number]
        out.known.words[w] = (t & yk) | (f & nk)
        out.none.words[w] = (t & (yes.none.words[w] as number)) | (f & (no.none.words[w] as number))
        const base = w << 5
        const open = ~(t | f)
        if (open !== 0)
          for (let bits = open & some(yes, w) & some(no, w); bits !== 0; bits &= bits - 1) {
            const lane = base + 31 - Math.clz32(bits & -bits)
            const bit = bits & -bits
            if (yk & nk & bit && yes.values[lane] === no.values[lane]) {
              ;(out.known.words[w] as number) |= bit
              out.values[lane] = yes.values[lane] as number
            } else {
              sides[0] = yes.read(lane)
              sides[1] = no.read(lane)
              out.put(lane, oneOf(sides))
            }
          }
        for (let bits = t & (yes.other.words[w] as number); bits !== 0; bits &= bits - 1) carry(yes, out, base, bits)
        for (let bits = f & (no.other.words[w] as number); bits !== 0; bits &= bits - 1) carry(no, out, base, bits)
      }
    },
  }
}

const some = (column: Numbers, w: number): number =>
  (column.known.words[w] as number) | (column.none.words[w] as number) | (column.other.words[w] as number)

function carry(from: Numbers, to: Numbers, base: number, bits: number): void {
  const lane = base + 31 - Math.clz32(bits & -bits)
  to.putOther(lane, from.possible(lane))
}

/** A column, or one value for all lanes, which `wide` makes a column of. */
export interface Argument extends Readable {
  readonly column: Numbers | undefined
}

/** What is calculated from known numbers; infinite is what only the scalar function can say. */
type Dense = (a: number, b: number, c: number) => number

const dense: Readonly<Record<string, Dense>> = {
  clamp: (a, b, c) => Math.min(Math.max(a, b), c),
  ...dates,
}

/** Beginnings of words; each word and length is cut once. */
function prefixes(lexicon: Lexicon): Dense {
  const known = new Map<number, number>()
  return (a, b) => {
    if (!Number.isInteger(b) || b < 0 || b > 63) return lexicon.code(lexicon.text(a).slice(0, b))
    const key = a * 64 + b
    let code = known.get(key)
    if (code === undefined) known.set(key, (code = lexicon.code(lexicon.text(a).slice(0, b))))
    return code
  }
}

/** How large the result can be, given how large the arguments are. */
function mostOf(name: string, most: readonly number[]): number {
  const [a = 0, b = 0] = most
  if (name === '+' || name === '-') return a + b
  if (name === '*') return a * b
  if (name === '/') return a * 1e6
  return Math.max(...most, 1e7) + 1
}

const kernelOf = { '+': 'add', '-': 'subtract', '*': 'multiply' } as const

/**
 * A calculation over columns, or over a column and one value (`by` says it for scalars). Where an argument is one of a
 * few values the lane goes through `lift`; so does a result too large for a number, which stays beside the column.
 */
export function calculation(
  arena: Arena,
  name: string,
  by: (...args: readonly Scalar[]) => Scalar,
  args: readonly Argument[],
  out: Numbers,
): Work | Run {
  const lifted = remembering(out.lexicon, values => lift(by, values))
  const slow = laneByLane(out, args, lifted)
  // One list for all lanes: a list for each was a third of what a change of a figure leaves to be swept up.
  const given: Value[] = []
  const putLifted = (lane: number) => {
    for (let i = 0; i < args.length; i++) given[i] = (args[i] as Argument).read(lane)
    out.put(lane, lifted(given))
  }
  const columns = args.flatMap(arg => arg.column ?? [])
  const each = name === 'prefix' ? prefixes(out.lexicon) : dense[name]
  if (Object.hasOwn(kernelOf, name)) {
    const kernel = kernelOf[name as keyof typeof kernelOf]
    return arithmetic(arena, kernel, name, args, out, slow, putLifted)
  }
  if (columns.length < args.length) return slow
  const others: Run = (from, to) => eachOther(columns, from, to, putLifted)
  const most = () =>
    mostOf(
      name,
      columns.map(column => column.most),
    )
  const kernels = inKernels(name, columns, out)
  if (kernels)
    return {
      emit: program => {
        kernels(program)
        return 'after'
      },
      after: (from, to) => {
        out.clear(from, to)
        planes(columns, out, from, to)
        out.most = most()
        if (name === '/') withoutZeros(columns[1] as Numbers, out, from, to)
        if (!(out.most < 1e300)) setAsideTooLarge(out, from, to)
        others(from, to)
      },
    }
  if (!each) return slow
  const [x, y, z] = [0, 1, 2].map(i => (columns[i] ?? columns[0]) as Numbers) as [Numbers, Numbers, Numbers]
  return (from, to) => {
    out.clear(from, to)
    planes(columns, out, from, to)
    out.most = most()
    const [as, bs, cs, into] = [x.values, y.values, z.values, out.values]
    for (let w = from >>> 5; w << 5 < to; w++)
      for (let bits = out.known.words[w] as number; bits !== 0; bits &= bits - 1) {
        const lane = (w << 5) + 31 - Math.clz32(bits & -bits)
        const value = each(as[lane] as number, bs[lane] as number, cs[lane] as number)
        into[lane] = value
        if (Number.isFinite(value)) continue
        ;(out.known.words[w] as number) &= ~(bits & -bits)
        out.put(lane, by(...args.map(arg => arg.read(lane) as Scalar)))
      }
    others(from, to)
  }
}

/** What two columns at a time, or one, go through on every lane, known or not. */
const pairwise: Readonly<Record<string, 'divide' | 'lesser' | 'greater'>> = {
  '/': 'divide',
  min: 'lesser',
  max: 'greater',
}

function inKernels(name: string, columns: readonly Numbers[], out: Numbers): ((program: Program) => void) | undefined {
  const [first, ...rest] = columns as [Numbers, ...Numbers[]]
  const to = { aBits: 64, yes: out.at, yesBits: 64 }
  if (name === 'round') return program => program.add('round', { ...to, a: first.at, realX: tolerance })
  const code = Object.hasOwn(pairwise, name) ? pairwise[name] : undefined
  if (!code || rest.length === 0) return undefined
  return program =>
    rest.forEach((column, i) =>
      program.add(code, { ...to, a: i === 0 ? first.at : out.at, b: column.at, bBits: 64, x: 16 }),
    )
}

/** What was divided by nothing is none. */
function withoutZeros(by: Numbers, out: Numbers, from: number, to: number): void {
  for (let w = from >>> 5; w << 5 < to; w++) {
    const known = out.known.words[w] as number
    if (known === 0) continue
    let zeros = 0
    for (let i = 0, lane = w << 5; i < 32; i++, lane++)
      zeros |= (sameNumber(by.values[lane] as number, 0) as unknown as number) << i
    out.known.words[w] = known & ~zeros
    ;(out.none.words[w] as number) |= known & zeros
  }
}

/** Sums, differences and products, in kernels; over plain columns nothing else is needed. */
function arithmetic(
  arena: Arena,
  kernel: 'add' | 'subtract' | 'multiply',
  name: string,
  args: readonly Argument[],
  out: Numbers,
  slow: Run,
  lift: (lane: number) => void,
): Work {
  const columns = args.flatMap(arg => arg.column ?? [])
  const [left, right] = columns as [Numbers, Numbers | undefined]
  const constant = args.find(arg => !arg.column)
  const twice = arena.reserve(16)
  const ready = (): boolean => {
    const than = constant?.read(0)
    if (constant && typeof than !== 'number') return false
    if (constant) new Float64Array(arena.buffer, twice, 2).fill(than as number)
    out.most = mostOf(
      name,
      args.map(arg => arg.column?.most ?? Math.abs(than as number)),
    )
    return true
  }
  return {
    emit: program => {
      const before = out.plain
      out.plain = false
      if (!columns.every(column => column.plain) || !ready() || !(out.most < 1e300)) return 'run'
      if (!before) out.clear(0, out.values.length)
      out.plain = true
      program.add(kernel, {
        a: left.at,
        aBits: 64,
        b: right ? right.at : twice,
        bBits: right ? 64 : 0,
        x: right ? 16 : 0,
        yes: out.at,
        yesBits: 64,
      })
      program.add('and', { a: left.known.at, aBits: 1, b: (right ?? left).known.at, yes: out.known.at })
      return 'all'
    },
    run: (from, to) => {
      if (!ready()) return slow(from, to)
      out.clear(from, to)
      planes(columns, out, from, to)
      const [at, end] = [out.at + from * 8, out.at + to * 8]
      if (right) arena.kernels[kernel](left.at + from * 8, right.at + from * 8, 16, at, end)
      else arena.kernels[kernel](left.at + from * 8, twice, 0, at, end)
      eachOther(columns, from, to, lift)
      if (!(out.most < 1e300)) setAsideTooLarge(out, from, to)
    },
  }
}

/** Known where all are; none where all are known or none, and one is none. */
function planes(columns: readonly Numbers[], out: Numbers, from: number, to: number): void {
  for (let w = from >>> 5; w << 5 < to; w++) {
    let [known, settled] = [-1, -1]
    for (const column of columns) {
      const k = column.known.words[w] as number
      known &= k
      settled &= k | (column.none.words[w] as number)
    }
    out.known.words[w] = known
    out.none.words[w] = settled & ~known
  }
}

function setAsideTooLarge(out: Numbers, from: number, to: number): void {
  eachLane(
    from,
    to,
    w => out.known.words[w] as number,
    lane => {
      const value = out.values[lane] as number
      if (Number.isFinite(value)) return
      ;(out.known.words[lane >>> 5] as number) &= ~(1 << (lane & 31))
      out.put(lane, value)
    },
  )
}

// — words of closed lists —

export function widenChoices(arena: Arena, column: Narrow, out: Choices): Work {
  const none = column.none?.at ?? arena.reserve(column.known.lanes / 8)
  return {
    emit: program => {
      program.add('bits8', { a: column.at, aBits: 8, b: column.known.at, x: none, yes: out.at, yesBits: 32 })
      return 'all'
    },
  }
}

export function fillChoices(mask: () => number, out: Choices): Run {
  return (from, to) => {
    out.masks.fill(mask(), from, to)
  }
}

/** The same words under the bits of another list: those that move as far move together. */
export function translated(from: Choices, out: Choices): Work {
  const moves = new Map([[0, noneBit]])
  from.choices.forEach((word, bit) => {
    const left = out.choices.indexOf(word) - bit
    moves.set(left, (moves.get(left) ?? 0) | (1 << bit))
  })
  return {
    records: moves.size + 1,
    emit: program => {
      const to = { yes: out.at, yesBits: 32 }
      program.add('clear', { a: out.at, aBits: 32, ...to })
      for (const [left, mask] of moves)
        program.add('move32', { a: from.at, aBits: 32, b: out.at, bBits: 32, x: mask, y: left, ...to })
      return 'all'
    },
  }
}

/** The test has no null. Both lists are that of `out`. More than twelve possibilities are unknown, as in `either`. */
export function chooseChoices(test: Truth, yes: Choices, no: Choices, out: Choices): Work {
  return {
    emit: program => {
      program.add('pick32', {
        a: yes.at,
        aBits: 32,
        b: no.at,
        bBits: 32,
        x: test.yes.at,
        no: test.no.at,
        yes: out.at,
        yesBits: 32,
      })
      return out.choices.length < 12 ? 'all' : 'after'
    },
    after: (from, to) => {
      for (let w = from >>> 5; w << 5 < to; w++)
        for (let open = ~((test.yes.words[w] as number) | (test.no.words[w] as number)); open !== 0; open &= open - 1) {
          const lane = (w << 5) + 31 - Math.clz32(open & -open)
          if (bitCount(out.masks[lane] as number) > 12) out.masks[lane] = 0
        }
    },
  }
}

/** Words of a closed list as words of the lexicon. */
export const wordsOf = (column: Choices, out: Numbers): Run => laneByLane(out, [column], ([x]) => x)
