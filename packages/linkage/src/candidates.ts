import type { Words } from '@zhulian/kernel'
import { type Between, nothingBetween, steps } from './between.ts'
import type { Comparison } from './comparison.ts'
import type { Pass, PassIndex } from './passes.ts'
import type { Prepared } from './prepared.ts'

/**
 * How two people compare, all comparisons in one number: level + 1 of each, 0 for nothing, in mixed radix. Pairs of one pattern
 * differ in nothing but the rarity of what they agree in.
 */
export class Patterns {
  private readonly scales: readonly number[]
  readonly comparisons: readonly Comparison[]
  constructor(comparisons: readonly Comparison[]) {
    this.comparisons = comparisons
    const scales: number[] = []
    let scale = 1
    for (const c of comparisons) {
      scales.push(scale)
      scale *= c.levels.length + 1
    }
    if (scale > Number.MAX_SAFE_INTEGER) throw new RangeError('too many comparisons for one pattern')
    this.scales = scales
  }

  of(left: number, right: number): number {
    let pattern = 0
    for (let c = 0; c < this.comparisons.length; c++)
      pattern += ((this.comparisons[c] as Comparison).compare(left, right) + 1) * (this.scales[c] as number)
    return pattern
  }

  /** The levels of a pattern, -1 for nothing. */
  levels(pattern: number): Int8Array {
    return Int8Array.from(
      this.comparisons,
      (c, at) => (Math.floor(pattern / (this.scales[at] as number)) % (c.levels.length + 1)) - 1,
    )
  }
}

/** Pairs that were compared: rows of both lists and which of the patterns they show. */
export interface Candidates {
  readonly count: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly pattern: Int32Array
  /** The distinct patterns, and how many pairs show each. */
  readonly patterns: readonly number[]
  readonly counts: readonly number[]
  readonly notCompared: NotCompared
}

/** Rows that were compared with nobody although others share a key with them: every such key is borne by too many. */
export interface NotCompared {
  /** Of the left list, counted from 0. */
  readonly rows: readonly number[]
  /** The keys that were passed over, and how many rows at most bear one; most first. */
  readonly shared: readonly { readonly words: Words; readonly rows: number }[]
}

/**
 * Every pair some pass brings together, compared once.
 * @param isOneList each pair of the list once, the higher row on the left
 */
export function candidatesOf(
  left: Prepared,
  passes: readonly Pass[],
  indexes: readonly PassIndex[],
  patterns: Patterns,
  isOneList: boolean,
  rightSize: number,
  between: Between = nothingBetween,
): Candidates {
  const keys = passes.map(pass => pass.key(left))
  const seen = new Int32Array(rightSize).fill(-1)
  const wasCompared = new Uint8Array(left.size)
  let [lefts, rights, shown] = [new Int32Array(1 << 16), new Int32Array(1 << 16), new Int32Array(1 << 16)]
  let count = 0
  const numbers = new Map<number, number>()
  const distinct: number[] = []
  const counts: number[] = []
  let i = 0
  const take = (j: number) => {
    if (seen[j] === i || (isOneList && j >= i)) return
    seen[j] = i
    const pattern = patterns.of(i, j)
    let number = numbers.get(pattern)
    if (number === undefined) {
      number = distinct.length
      distinct.push(pattern)
      counts.push(0)
      numbers.set(pattern, number)
    }
    counts[number] = (counts[number] as number) + 1
    wasCompared[i] = 1
    if (isOneList) wasCompared[j] = 1
    if (count === lefts.length) [lefts, rights, shown] = [longer(lefts), longer(rights), longer(shown)]
    lefts[count] = i
    rights[count] = j
    shown[count++] = number
  }
  for (; i < left.size; i++) {
    if (i % steps.rows === 0) between()
    for (let p = 0; p < passes.length; p++)
      (indexes[p] as PassIndex).each((keys[p] as (row: number) => number)(i), take)
  }
  const notCompared = passedOver(wasCompared, passes, indexes, keys)
  return { count, left: lefts, right: rights, pattern: shown, patterns: distinct, counts, notCompared }
}

function passedOver(
  wasCompared: Uint8Array,
  passes: readonly Pass[],
  indexes: readonly PassIndex[],
  keys: readonly ((row: number) => number)[],
): NotCompared {
  const rows = new Set<number>()
  const most = passes.map(() => 0)
  for (let row = wasCompared.indexOf(0); row >= 0; row = wasCompared.indexOf(0, row + 1))
    for (let p = 0; p < passes.length; p++) {
      const bearing = (indexes[p] as PassIndex).passedOver((keys[p] as (row: number) => number)(row))
      if (bearing === 0) continue
      rows.add(row)
      most[p] = Math.max(most[p] as number, bearing)
    }
  const shared = passes.map(({ words }, p) => ({ words, rows: most[p] as number })).filter(key => key.rows > 0)
  return { rows: [...rows], shared: shared.toSorted((a, b) => b.rows - a.rows) }
}

function longer(array: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(Math.ceil(array.length * 1.6))
  twice.set(array)
  return twice
}
