import type { Arena } from './arena.ts'

/** In the order of the table in kernels.wat. */
const codes = [
  'above8',
  'above16',
  'above32',
  'above64',
  'within8',
  'within16',
  'within32',
  'within64',
  'listed8',
  'listed64',
  'masks',
  'all',
  'below64',
  'add',
  'subtract',
  'multiply',
  'divide',
  'lesser',
  'greater',
  'round',
  'pick64',
  'pick32',
  'move32',
  'bits8',
  'clear',
  'widen8',
  'widen16',
  'widen32',
  'and',
  'or',
] as const
export type Code = (typeof codes)[number]

/** Addresses of lane 0, with the bits a lane takes there (1 for a plane, 0 for what is the same for every lane). */
export interface Operands {
  readonly a: number
  readonly aBits: number
  readonly b?: number
  readonly bBits?: number
  readonly yes: number
  readonly no?: number
  readonly yesBits?: number
  readonly x?: number
  readonly y?: number
  readonly realX?: number
  readonly realY?: number
}

const bytes = 64
/** Their first whole number is the address of a plane. */
const readsPlane: ReadonlySet<Code> = new Set(['below64', 'pick64', 'pick32', 'bits8'])

/**
 * Kernels to be run one after another over each block, so that a block costs one call.
 * 45 rules over 42,000 rows on a busy machine: 2.2 ms with a call for each kernel, 1.7 ms so.
 */
export class Program {
  readonly #arena: Arena
  readonly #at: number
  readonly #most: number
  readonly #lists: number
  readonly #words: number
  #record = new Int32Array(0)
  #real = new Float64Array(0)
  #list = new Int32Array(0)
  #count = 0
  #listed = 0
  #inner: ReadonlyMap<number, number> = nowhere

  /** @param words how many addresses all its lists hold */
  constructor(arena: Arena, most: number, words: number) {
    this.#arena = arena
    this.#most = most
    this.#words = words
    this.#at = arena.reserve(most * bytes)
    // Twice: behind each list is room for where its planes begin in a block.
    this.#lists = arena.reserve(words * 8)
    arena.whenOpen(() => {
      this.#record = new Int32Array(arena.buffer, this.#at, (most * bytes) / 4)
      this.#real = new Float64Array(arena.buffer, this.#at, (most * bytes) / 8)
      this.#list = new Int32Array(arena.buffer, this.#lists, words * 2)
    })
  }

  get count(): number {
    return this.#count
  }

  /** @param inner by address, where instead lies what is only needed within a block */
  clear(inner: ReadonlyMap<number, number> = nowhere): void {
    this.#count = 0
    this.#listed = 0
    this.#inner = inner
  }

  add(code: Code, of: Operands): void {
    if (this.#count === this.#most) throw new Error('the program is full')
    const word = this.#count * (bytes / 4)
    const [record, inner] = [this.#record, this.#inner]
    const [a, b, yes, no] = [inner.get(of.a), inner.get(of.b ?? -1), inner.get(of.yes), inner.get(of.no ?? -1)]
    const x = readsPlane.has(code) ? inner.get(of.x ?? -1) : undefined
    const yesBits = of.yesBits ?? 1
    record[word] = codes.indexOf(code)
    record[word + 1] = a ?? of.a
    record[word + 2] = a === undefined ? of.aBits : 0
    record[word + 3] = b ?? of.b ?? 0
    record[word + 4] = b === undefined ? (of.bBits ?? 1) : 0
    record[word + 5] = yes ?? of.yes
    record[word + 6] = no ?? of.no ?? 0
    record[word + 7] = yesBits
    record[word + 8] = x ?? of.x ?? 0
    record[word + 9] = of.y ?? 0
    this.#real[(word + 10) / 2] = of.realX ?? 0
    this.#real[(word + 12) / 2] = of.realY ?? 0
    record[word + 14] = yes === undefined ? yesBits : 0
    record[word + 15] = (no === undefined ? 1 : 0) + (readsPlane.has(code) && x === undefined ? 2 : 0)
    this.#count++
  }

  /** The address of a list of addresses; odd ones are one more than where a plane of one block lies. */
  list(addresses: readonly number[]): number {
    const at = this.#listed * 2
    if ((this.#listed += addresses.length) > this.#words) throw new Error('the lists of the program are full')
    for (let i = 0; i < addresses.length; i++) {
      const address = addresses[i] as number
      const here = this.#inner.get(address)
      this.#list[at + i] = here === undefined ? address : here + 1
    }
    return this.#lists + at * 4
  }

  /** The records from one to another, over lanes from one multiple of 128 to another. */
  run(first: number, last: number, from: number, to: number): void {
    this.#arena.kernels.run(this.#at + first * bytes, this.#at + last * bytes, from, to)
  }
}

const nowhere: ReadonlyMap<number, number> = new Map()
