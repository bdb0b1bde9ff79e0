/** What must be given to one taker, whole, or is left open. */
export interface Need {
  /** What it costs to leave it open; the longer it has waited and the more urgent it is the more. A whole number from 0. */
  readonly open: number
  /** Who may take it, each once; all in their order unless said. Who is not listed may not. */
  readonly takers?: ArrayLike<number>
  /** What it costs with each of them, as `takers` lists them. Whole numbers from 0. */
  readonly costs: ArrayLike<number>
}

export const most = { needs: 2 ** 17 - 1, takers: 2 ** 16, pairs: 2 ** 24, cost: 2 ** 31 - 1 } as const

/**
 * Inside, costs are counted in so many parts. One part is what it is worth that a need stays where it was: all of them together
 * weigh less than half of a whole, so that they decide among equals and nothing else.
 */
export const parts = 2 ** 18
/** A price above every other: of places that are none. */
export const beyond = 2 * (most.cost + 1) * parts

/** Was not there before: then it is rather given than left open. */
export const isNew = -2
export const isOpen = -1

/** Which need may go to which taker at what cost: by need in rising cost, and for each taker a list. */
export class Pairs {
  needs = 0
  /** Pairs from `start` to `end` are not dearer than leaving the need open; those up to `stop` are, and serve explanations only. */
  start = new Int32Array(0)
  end = new Int32Array(0)
  stop = new Int32Array(0)
  open = new Float64Array(0)
  /** Taker where it was, or {@link isOpen}, or {@link isNew}. */
  was = new Int32Array(0)

  size = 0
  taker = new Int32Array(0)
  need = new Int32Array(0)
  /** In parts, one less where the need was; without end where the pair is no more. */
  cost = new Float64Array(0)
  next = new Int32Array(0)
  first: Int32Array<ArrayBuffer>
  /** Pairs that are no more, still in the lists of takers. */
  #dead = 0
  #seen: Int32Array
  #row = 0

  constructor(takers: number) {
    this.first = new Int32Array(takers).fill(-1)
    this.#seen = new Int32Array(takers)
  }

  /** Room for so many more, at once. */
  reserve(needs: number, pairs: number): void {
    const n = roomFor(this.start.length, this.needs + needs)
    this.start = grown(this.start, n)
    this.end = grown(this.end, n)
    this.stop = grown(this.stop, n)
    this.open = grown(this.open, n)
    this.was = grown(this.was, n)
    const m = roomFor(this.taker.length, this.size + pairs)
    this.taker = grown(this.taker, m)
    this.need = grown(this.need, m)
    this.cost = grown(this.cost, m)
    this.next = grown(this.next, m)
  }

  addTakers(count: number): void {
    const before = this.first.length
    this.first = grown(this.first, before + count)
    this.first.fill(-1, before)
  }

  /** @throws RangeError where a number is not whole, too large, or a taker is listed twice or is none */
  check({ open, takers, costs }: Need, count: number): void {
    if (!isWhole(open)) throw new RangeError(`what it costs to leave a need open is no whole number: ${open}`)
    if (count > this.#seen.length) this.#seen = new Int32Array(count)
    if (costs.length !== (takers?.length ?? count))
      throw new RangeError(`${costs.length} costs for ${takers?.length ?? count} takers`)
    this.#row++
    for (let i = 0; i < costs.length; i++) {
      const [taker, cost] = [takers ? (takers[i] as number) : i, costs[i] as number]
      if (!isWhole(cost)) throw new RangeError(`a cost is no whole number up to ${most.cost}: ${cost}`)
      if (!(taker >= 0 && taker < count && Number.isInteger(taker))) throw new RangeError(`there is no taker ${taker}`)
      if (this.#seen[taker] === this.#row) throw new RangeError(`taker ${taker} is listed twice`)
      this.#seen[taker] = this.#row
    }
  }

  /** Writes down a checked need, new or in place of what it was. */
  set(at: number, { open, takers, costs }: Need, was: number): void {
    if (at < this.needs) this.remove(at)
    else this.needs = at + 1
    this.reserve(0, costs.length)
    const { taker, cost } = this
    const [from, to] = [this.size, this.size + costs.length]
    let isSorted = true
    for (let i = 0; i < costs.length; i++) {
      const [t, c] = [takers ? (takers[i] as number) : i, costs[i] as number]
      taker[from + i] = t
      cost[from + i] = c
      if (i > 0 && (c < cost[from + i - 1]! || (c === cost[from + i - 1] && t < taker[from + i - 1]!))) isSorted = false
    }
    if (!isSorted) sort(taker, cost, from, to)
    let end = from
    while (end < to && cost[end]! <= open) end++
    for (let e = from; e < to; e++) {
      this.need[e] = at
      cost[e] = cost[e]! * parts
      this.next[e] = -1
    }
    for (let e = end - 1; e >= from; e--) {
      this.next[e] = this.first[taker[e]!]!
      this.first[taker[e]!] = e
    }
    this.size = to
    this.start[at] = from
    this.end[at] = end
    this.stop[at] = to
    this.open[at] = open * parts
    this.was[at] = isNew
    const pair = was >= 0 ? this.find(at, was) : -1
    this.#lean(at, was === isOpen || pair >= 0 ? was : isNew, 1)
  }

  /** A need that is gone keeps its number and has no pairs. */
  remove(at: number): void {
    for (let e = this.start[at]!; e < this.stop[at]!; e++) this.cost[e] = Number.POSITIVE_INFINITY
    this.#dead += this.stop[at]! - this.start[at]!
    this.end[at] = this.stop[at] = this.start[at]!
    this.open[at] = 0
  }

  /** The pair of a need and a taker it may go to; -1 where there is none. */
  find(need: number, taker: number): number {
    for (let e = this.start[need]!; e < this.end[need]!; e++) if (this.taker[e] === taker) return e
    return -1
  }

  /** From now on the need was there: at a taker, or open. Whether that is news. */
  settle(need: number, where: number): boolean {
    if (this.was[need] === where) return false
    this.#lean(need, this.was[need]!, -1)
    this.#lean(need, where, 1)
    return true
  }

  #lean(need: number, where: number, by: number): void {
    if (where >= 0) this.cost[this.find(need, where)]! -= by
    else if (where === isOpen) this.open[need]! -= by
    else this.open[need]! += by
    this.was[need] = where
  }

  get isWasteful(): boolean {
    return this.#dead > 100_000 && this.#dead * 2 > this.size
  }

  /** Drops pairs that are no more; where each of the others is now, -1 for those dropped. */
  compact(): Int32Array {
    const moved = new Int32Array(this.size).fill(-1)
    const order = Int32Array.from({ length: this.needs }, (_, i) => i).sort((a, b) => this.start[a]! - this.start[b]!)
    let at = 0
    this.first.fill(-1)
    for (const need of order) {
      const [from, to, end] = [this.start[need]!, this.stop[need]!, this.end[need]!]
      this.start[need] = at
      this.end[need] = at + end - from
      for (let e = from; e < to; e++, at++) {
        moved[e] = at
        this.taker[at] = this.taker[e]!
        this.need[at] = need
        this.cost[at] = this.cost[e]!
      }
      this.stop[need] = at
    }
    this.size = at
    this.#dead = 0
    for (let need = this.needs - 1; need >= 0; need--)
      for (let e = this.end[need]! - 1; e >= this.start[need]!; e--) {
        this.next[e] = this.first[this.taker[e]!]!
        this.first[this.taker[e]!] = e
      }
    return moved
  }
}

export const isWhole = (x: number): boolean => Number.isInteger(x) && x >= 0 && x <= most.cost

type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>
export const roomFor = (has: number, wants: number): number => (wants <= has ? has : Math.max(wants, has + (has >> 1)))
export function grown<T extends Numbers>(old: T, length: number): T {
  if (length <= old.length) return old
  const larger = new (old.constructor as new (length: number) => T)(length)
  larger.set(old)
  return larger
}

const short = 64
function sort(taker: Int32Array, cost: Float64Array, from: number, to: number): void {
  if (to - from > short) {
    const keys = new Float64Array(to - from)
    for (let e = from; e < to; e++) keys[e - from] = cost[e]! * most.takers + taker[e]!
    keys.sort()
    for (let e = from; e < to; e++) {
      const key = keys[e - from]!
      cost[e] = Math.floor(key / most.takers)
      taker[e] = key % most.takers
    }
    return
  }
  for (let i = from + 1; i < to; i++) {
    const [c, t] = [cost[i]!, taker[i]!]
    let j = i - 1
    for (; j >= from && (cost[j]! > c || (cost[j] === c && taker[j]! > t)); j--) {
      cost[j + 1] = cost[j]!
      taker[j + 1] = taker[j]!
    }
    cost[j + 1] = c
    taker[j + 1] = t
  }
}
