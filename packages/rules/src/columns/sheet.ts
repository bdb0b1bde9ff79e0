/** The planes of one judgement in one piece of memory: asking for it ninety times took longer than filling it. */
export class Sheet {
  readonly #words: Int32Array
  #taken = 0

  constructor(words: number) {
    this.#words = new Int32Array(words)
  }

  #plane(words: number): Int32Array {
    return this.#words.subarray(this.#taken, (this.#taken += words))
  }

  /** A plane as far as the first, which holds every lane. */
  cut(all: Int32Array, plane: Int32Array): Int32Array {
    const copy = this.#plane(plane.length)
    copy.set(plane)
    for (let w = copy.length - 4; w < copy.length; w++) (copy[w] as number) &= all[w] as number
    return copy
  }

  /** What stands in both planes. */
  both(a: Int32Array, b: Int32Array): Int32Array {
    const plane = this.#plane(a.length)
    for (let w = 0; w < plane.length; w++) plane[w] = (a[w] as number) & (b[w] as number)
    return plane
  }
}

/** A plane in which none of so many lanes is set. */
export const nobody = (lanes: number): Int32Array => new Int32Array(Math.max(4, ((lanes + 127) >>> 7) * 4))

/** A plane in which every one of so many lanes is set. */
export function ones(lanes: number): Int32Array {
  const plane = nobody(lanes)
  plane.fill(-1, 0, lanes >>> 5)
  if (lanes & 31) plane[lanes >>> 5] = (1 << (lanes & 31)) - 1
  return plane
}
