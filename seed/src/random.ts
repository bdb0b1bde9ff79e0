/** A stream of numbers that is the same for the same seed on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** An integer, lo ≤ x ≤ hi. */
  int(lo: number, hi: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** Around 0, most within ±1, none beyond ±1.5. */
  bell(): number
  /** One of the pairs, by weight. */
  weighted<T>(from: readonly (readonly [weight: number, value: T])[]): T
  /** Around `middle`, never below `lo` or above `hi`, whole tens. */
  money(middle: number, spread: number, lo?: number, hi?: number): number
}

const mix = (x: number): number => {
  let h = x >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

/**
 * Each household draws from its own stream, so that household 17,000 is the same whether 100 or a million follow.
 * @source sfc32, PractRand; seeded through a murmur finaliser
 */
export function randomOf(seed: number, stream: number): Random {
  let a = mix(seed ^ 0x9e3779b9)
  let b = mix(stream + 0x85ebca6b)
  let c = mix(a ^ b)
  let d = 1
  const word = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) word()
  const next = () => word() / 4_294_967_296
  const random: Random = {
    next,
    int: (lo, hi) => lo + Math.floor(next() * (hi - lo + 1)),
    chance: share => next() < share,
    pick: from => {
      const found = from[Math.floor(next() * from.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
    weighted: from => {
      let left = next() * from.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, value] of from) {
        left -= weight
        if (left < 0) return value
      }
      return (from.at(-1) as (typeof from)[number])[1]
    },
    bell: () => next() + next() + next() - 1.5,
    money: (middle, spread, lo = 0, hi = Number.MAX_SAFE_INTEGER) =>
      Math.min(hi, Math.max(lo, Math.round((middle + random.bell() * spread) / 10) * 10)),
  }
  return random
}
