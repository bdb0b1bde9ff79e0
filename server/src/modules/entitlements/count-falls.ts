import { type RaisedWages, raisedWages, withParameters } from '@zhulian/rules'
import { setImmediate as breathe } from 'node:timers/promises'
import type { WholeRegistry } from './whole-registry.ts'

/** Households that stand before a fall: earning a little more would leave them with less. */
export interface CountedFalls {
  readonly townships: readonly string[]
  readonly now: Falling
  /** By the figures tried; the same as `now` where none are. */
  readonly tried: Falling
  /** Households that fall by the figures tried and not by those in force; and the other way round. */
  readonly added: number
  readonly removed: number
}

export interface Falling {
  readonly households: number
  /** The largest fall, yuan a month. */
  readonly largest: number
  /** Households by township, in the order of {@link CountedFalls.townships}. */
  readonly in: readonly number[]
}

/** By lane of a household: the largest fall within reach, yuan a month. */
type Falls = ReadonlyMap<number, number>

/** Ten percent more of what a household has, looked at in so many steps. */
const near = 0.1
const steps = 10
const mostKept = 20
const inForce = '[]'

/** What was counted for one state of the registry, by the figures tried. */
export class FallsKept {
  #whole: WholeRegistry | undefined
  #raised: RaisedWages | undefined
  /** Of the households in it. */
  #lanes: readonly number[] = []
  #falls = new Map<string, Promise<Falls>>()

  async of(whole: WholeRegistry, figures: Readonly<Record<string, number>>): Promise<CountedFalls> {
    const now = await this.#count(whole, {})
    const tried = Object.keys(figures).length > 0 ? await this.#count(whole, figures) : now
    const notIn = (a: Falls, b: Falls) => [...a.keys()].filter(lane => !b.has(lane)).length
    return {
      townships: whole.townships,
      now: falling(whole, now),
      tried: falling(whole, tried),
      added: notIn(tried, now),
      removed: notIn(now, tried),
    }
  }

  #count(whole: WholeRegistry, figures: Readonly<Record<string, number>>): Promise<Falls> {
    if (this.#whole !== whole) {
      this.#whole = whole
      this.#raised = undefined
      this.#falls = new Map()
    }
    const key = JSON.stringify(Object.entries(figures).sort())
    const kept = this.#falls.get(key)
    if (kept) return kept
    const pool = whole.loaded.pool
    const homes = [...whole.homes.entries()].flatMap(([lane, home]) => (home ? [{ lane, facts: home.facts }] : []))
    this.#lanes = homes.map(({ lane }) => lane)
    this.#raised ??= raisedWages(
      pool,
      homes.map(({ facts }) => facts),
      whole.run.on,
    )
    const raised =
      Object.keys(figures).length > 0 ? this.#raised.by(withParameters(pool, figures, whole.run.on)) : this.#raised
    const counting = countFalls(raised, this.#lanes)
    for (const old of this.#falls.keys()) if (this.#falls.size >= mostKept && old !== inForce) this.#falls.delete(old)
    this.#falls.set(key, counting)
    counting.catch(() => this.#falls.delete(key))
    return counting
  }
}

async function countFalls(raised: RaisedWages, lanes: readonly number[]): Promise<Falls> {
  const falls = new Map<number, number>()
  let before = raised.at(0)
  for (let step = 1; step <= steps; step++) {
    // Each step takes as long as some questions; others come between.
    await breathe()
    const after = raised.at((near * step) / steps)
    after.forEach((net, i) => {
      const household = lanes[i] as number
      const fall = (before[i] as number) - net
      if (fall >= 1 && fall > (falls.get(household) ?? 0)) falls.set(household, fall)
    })
    before = after
  }
  return falls
}

function falling({ townships, township }: WholeRegistry, falls: Falls): Falling {
  const counts = new Int32Array(townships.length)
  let largest = 0
  for (const [household, fall] of falls) {
    const place = township[household] as number
    counts[place] = (counts[place] as number) + 1
    largest = Math.max(largest, fall)
  }
  return { households: falls.size, largest: Math.round(largest), in: [...counts] }
}
