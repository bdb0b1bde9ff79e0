/** Numbers with a key each, the least first. */
export class Heap {
  size = 0
  #keys = new Float64Array(256)
  #values = new Int32Array(256)

  clear(): void {
    this.size = 0
  }

  get leastKey(): number {
    return this.#keys[0]!
  }

  push(key: number, value: number): void {
    if (this.size === this.#keys.length) this.#grow()
    const [keys, values] = [this.#keys, this.#values]
    let i = this.size++
    while (i > 0) {
      const above = (i - 1) >> 1
      if (keys[above]! <= key) break
      keys[i] = keys[above]!
      values[i] = values[above]!
      i = above
    }
    keys[i] = key
    values[i] = value
  }

  pop(): number {
    const [keys, values] = [this.#keys, this.#values]
    const least = values[0]!
    const n = --this.size
    const [key, value] = [keys[n]!, values[n]!]
    let i = 0
    for (let below = 1; below < n; below = 2 * i + 1) {
      if (below + 1 < n && keys[below + 1]! < keys[below]!) below++
      if (keys[below]! >= key) break
      keys[i] = keys[below]!
      values[i] = values[below]!
      i = below
    }
    keys[i] = key
    values[i] = value
    return least
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(2 * keys.length)
    this.#keys.set(keys)
    this.#values = new Int32Array(2 * values.length)
    this.#values.set(values)
  }
}
