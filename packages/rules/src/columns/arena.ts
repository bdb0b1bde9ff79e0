import { openKernels, type Kernels } from './kernels.ts'

/** Bytes of a plane, columns and tables of one run, reserved first and then opened as one memory that never grows. */
export class Arena {
  #size = 64
  #memory: WebAssembly.Memory | undefined
  #kernels: Kernels | undefined
  readonly #waiting: (() => void)[] = []

  /** The address of so many bytes, all 0 when the arena opens. */
  reserve(bytes: number): number {
    const at = this.#size
    this.#size += (bytes + 15) & ~15
    return at
  }

  /** To be done as soon as the memory is there. */
  whenOpen(act: () => void): void {
    this.#waiting.push(act)
  }

  open(): void {
    const pages = Math.ceil(this.#size / 65536)
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    this.#kernels = openKernels(this.#memory)
    for (const act of this.#waiting.splice(0)) act()
  }

  get buffer(): ArrayBuffer {
    if (!this.#memory) throw new Error('the arena is not open')
    return this.#memory.buffer
  }

  get kernels(): Kernels {
    if (!this.#kernels) throw new Error('the arena is not open')
    return this.#kernels
  }

  get size(): number {
    return this.#size
  }
}

/** One bit for each lane, in words of 32. */
export class Plane {
  readonly at: number
  readonly lanes: number
  words: Int32Array = nothing

  constructor(arena: Arena, lanes: number) {
    this.lanes = lanes
    this.at = arena.reserve(lanes / 8)
    arena.whenOpen(() => {
      this.words = new Int32Array(arena.buffer, this.at, lanes / 32)
    })
  }

  has(lane: number): boolean {
    return (((this.words[lane >>> 5] as number) >>> (lane & 31)) & 1) === 1
  }

  add(lane: number): void {
    ;(this.words[lane >>> 5] as number) |= 1 << (lane & 31)
  }
}

const nothing = new Int32Array(0)

export function bitCount(bits: number): number {
  let x = bits - ((bits >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** So many lanes as fill whole vectors of every width. */
export const padded = (lanes: number): number => Math.max(128, (lanes + 127) & ~127)

/** Visits the lanes below `size` whose bits are set, in order; `word(w)` gives the bits. */
export function eachLane(from: number, to: number, word: (w: number) => number, visit: (lane: number) => void): void {
  for (let w = from >>> 5; w << 5 < to; w++) {
    let bits = word(w)
    if (bits === 0) continue
    const rest = to - (w << 5)
    if (rest < 32) bits &= (1 << rest) - 1
    while (bits !== 0) {
      visit((w << 5) + 31 - Math.clz32(bits & -bits))
      bits &= bits - 1
    }
  }
}
