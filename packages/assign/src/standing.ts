import type { Step } from './assign.ts'
import { Finder, Onward } from './onward.ts'
import { beyond, grown, isOpen, type Pairs, parts } from './pairs.ts'

/**
 * Where each need is, and the price of a place at each taker, in parts.
 *
 * Between searches this holds for every need that has been looked at: where it is costs it no more, pair and price together, than
 * any other place or being left open. And for every taker: its last place in use is not dearer than its price; its next is not
 * cheaper, except while {@link lacks} says that it should have one need more. With both everywhere nothing is cheaper.
 */
export class Standing {
  readonly pairs: Pairs
  takers: number
  /** Each need's pair; -1 where it is open. */
  pair: Int32Array<ArrayBuffer>
  load: Int32Array<ArrayBuffer>
  price: Float64Array<ArrayBuffer>
  /** What the next place costs, without end where there is none, and the last one in use, 0 where none is. */
  up: Float64Array<ArrayBuffer>
  down: Float64Array<ArrayBuffer>
  /** Of each taker its needs: the first, and of each need the one after and before it; -1 where there is none. */
  first: Int32Array<ArrayBuffer>
  after: Int32Array<ArrayBuffer>
  before: Int32Array<ArrayBuffer>
  steps: (readonly Step[])[]
  readonly #onward: Onward[]
  readonly #finder = new Finder()

  constructor(pairs: Pairs, steps: readonly (readonly Step[])[]) {
    this.pairs = pairs
    this.takers = steps.length
    this.pair = new Int32Array(pairs.needs).fill(-1)
    this.load = new Int32Array(steps.length)
    this.price = new Float64Array(steps.length)
    this.up = new Float64Array(steps.length)
    this.down = new Float64Array(steps.length)
    this.first = new Int32Array(steps.length).fill(-1)
    this.after = new Int32Array(pairs.needs)
    this.before = new Int32Array(pairs.needs)
    this.steps = [...steps]
    this.#onward = steps.map(() => new Onward())
    for (const t of steps.keys()) this.#weigh(t)
  }

  /** The same over again, for trying what would be; pairs are shared. */
  fork(): Standing {
    const other = new Standing(this.pairs, [])
    other.takers = this.takers
    other.pair = this.pair.slice()
    other.load = this.load.slice()
    other.price = this.price.slice()
    other.up = this.up.slice()
    other.down = this.down.slice()
    other.first = this.first.slice()
    other.after = this.after.slice()
    other.before = this.before.slice()
    other.steps = [...this.steps]
    for (let t = 0; t < this.takers; t++) other.#onward.push(new Onward())
    return other
  }

  /** Takes in needs added to the pairs. */
  extend(): void {
    const [before, length] = [this.pair.length, this.pairs.start.length]
    if (length <= before) return
    this.pair = grown(this.pair, length)
    this.pair.fill(-1, before)
    this.after = grown(this.after, length)
    this.before = grown(this.before, length)
  }

  addTaker(steps: readonly Step[]): void {
    const t = this.takers++
    this.load = grown(this.load, t + 1)
    this.price = grown(this.price, t + 1)
    this.up = grown(this.up, t + 1)
    this.down = grown(this.down, t + 1)
    this.first = grown(this.first, t + 1)
    this.first[t] = -1
    this.steps.push(steps)
    this.#onward.push(new Onward())
    this.#weigh(t)
  }

  /** A need leaves its place for good. */
  vacate(need: number): void {
    const taker = this.takerOf(need)
    this.leave(need)
    this.count(taker, -1)
  }

  /** Other places at a taker; needs for which there is none at its price any more are open then, and are named. */
  limit(taker: number, steps: readonly Step[]): number[] {
    this.setSteps(taker, steps)
    const out: number[] = []
    while (this.down[taker]! > this.price[taker]!) {
      const need = this.first[taker]!
      this.vacate(need)
      out.push(need)
    }
    return out
  }

  /** Pairs have other numbers than before. */
  renumber(now: Int32Array): void {
    for (let need = 0; need < this.pair.length; need++)
      if (this.pair[need]! >= 0) this.pair[need] = now[this.pair[need]!]!
    for (let t = 0; t < this.takers; t++) this.#forget(t)
  }

  setSteps(taker: number, steps: readonly Step[]): void {
    this.steps[taker] = steps
    this.#weigh(taker)
  }

  takerOf(need: number): number {
    const pair = this.pair[need]!
    return pair < 0 ? isOpen : this.pairs.taker[pair]!
  }

  /** What a need costs where it is, its taker's price included. */
  paid(need: number): number {
    const pair = this.pair[need]!
    return pair < 0 ? this.pairs.open[need]! : this.pairs.cost[pair]! + this.price[this.pairs.taker[pair]!]!
  }

  /** Has no places, and nobody. */
  isClosed(taker: number): boolean {
    return this.load[taker] === 0 && this.up[taker] === Number.POSITIVE_INFINITY
  }

  lacks(taker: number): boolean {
    return this.price[taker]! > this.up[taker]!
  }

  enter(need: number, pair: number): void {
    const t = this.pairs.taker[pair]!
    const head = this.first[t]!
    this.pair[need] = pair
    this.before[need] = -1
    this.after[need] = head
    if (head >= 0) this.before[head] = need
    this.first[t] = need
    this.#forget(t)
  }

  leave(need: number): void {
    const [t, after, before] = [this.takerOf(need), this.after[need]!, this.before[need]!]
    if (after >= 0) this.before[after] = before
    if (before >= 0) this.after[before] = after
    else this.first[t] = after
    this.pair[need] = -1
    this.#forget(t)
  }

  /** A need is where it is for the while; what it costs there is no longer what it was. */
  settle(need: number): void {
    const taker = this.takerOf(need)
    if (this.pairs.settle(need, taker) && taker >= 0) this.#forget(taker)
  }

  /** The ways on from a taker, once they were asked for before; or at once. */
  onward(taker: number, atOnce: boolean): Onward | null {
    const way = this.#onward[taker]!
    if (way.isKnown) return way
    if (!atOnce && !way.isAsked) {
      way.isAsked = true
      return null
    }
    this.#finder.find(way, taker, this.pairs, this.pair, this.first[taker]!, this.after)
    return way
  }

  #forget(taker: number): void {
    const way = this.#onward[taker]!
    way.isKnown = way.isAsked = false
  }

  move(need: number, pair: number): void {
    this.leave(need)
    this.enter(need, pair)
  }

  /** So many needs more or less at a taker: told once for the end of a way, where {@link enter} and {@link leave} go from place to place. */
  count(taker: number, by: number): void {
    this.load[taker]! += by
    this.#weigh(taker)
  }

  #weigh(taker: number): void {
    const load = this.load[taker]!
    let [last, next, seen] = [0, Number.POSITIVE_INFINITY, 0]
    for (const { units, cost } of this.steps[taker]!) {
      if (units === 0) continue
      if (load > seen) last = cost * parts
      seen += units
      if (load < seen) {
        next = cost * parts
        break
      }
    }
    // More than there are places for: none of those beyond is worth anything.
    this.down[taker] = load > seen ? Number.POSITIVE_INFINITY : last
    this.up[taker] = next
    // Nobody looks for a way over a taker who has no places.
    if (this.isClosed(taker)) this.price[taker] = beyond
  }
}
