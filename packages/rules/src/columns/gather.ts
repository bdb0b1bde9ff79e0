import { bitCount, type Plane } from './arena.ts'
import type { Choices, Numbers, Truth } from './column.ts'
import type { Run } from './truths.ts'

// — the same value on other lanes: what is known of a household on those of its people, of a person on those of items —

/** `map[lane]` is where a lane's value stands. */
export function gatherTruth(from: Truth, map: Int32Array, out: Truth): Run {
  return (low, high) => {
    gatherPlane(from.yes, map, out.yes, low, high)
    gatherPlane(from.no, map, out.no, low, high)
    if (from.none && out.none) gatherPlane(from.none, map, out.none, low, high)
  }
}

function gatherPlane(from: Plane, map: Int32Array, out: Plane, low: number, high: number): void {
  const words = from.words
  for (let w = low >>> 5; w << 5 < high; w++) {
    let word = 0
    for (let i = 0, lane = w << 5; i < 32; i++, lane++) {
      const at = map[lane] as number
      word |= (((words[at >>> 5] as number) >>> (at & 31)) & 1) << i
    }
    out.words[w] = word
  }
}

/** What holds of a household, on all of its lanes; `start` says where those of each begin. */
export function spreadTruth(from: Truth, start: Int32Array, out: Truth): Run {
  return () => {
    spreadPlane(from.yes, start, out.yes)
    spreadPlane(from.no, start, out.no)
    if (from.none && out.none) spreadPlane(from.none, start, out.none)
  }
}

/** Only those are visited who differ from most: seldom more than a few. */
function spreadPlane(from: Plane, start: Int32Array, out: Plane): void {
  const [words, into, size] = [from.words, out.words, start.length - 1]
  let set = 0
  for (let w = 0; w << 5 < size; w++) set += bitCount(words[w] as number)
  const most = set * 2 > size ? -1 : 0
  into.fill(most)
  for (let w = 0; w << 5 < size; w++) {
    let bits = (words[w] as number) ^ most
    const rest = size - (w << 5)
    if (rest < 32) bits &= (1 << rest) - 1
    for (; bits !== 0; bits &= bits - 1) {
      const household = (w << 5) + 31 - Math.clz32(bits & -bits)
      let lane = start[household] as number
      const end = start[household + 1] as number
      while (lane < end) {
        const next = Math.min(end, (lane | 31) + 1)
        // As many ones as there are lanes, from the lane on.
        ;(into[lane >>> 5] as number) ^= (-1 >>> (32 - (next - lane))) << (lane & 31)
        lane = next
      }
    }
  }
  const lanes = start[size] as number
  for (let w = lanes >>> 5; w < into.length; w++) {
    const rest = lanes - (w << 5)
    into[w] = rest > 0 ? (into[w] as number) & ((1 << rest) - 1) : 0
  }
}

export function gatherNumbers(from: Numbers, map: Int32Array, size: number, out: Numbers): Run {
  return (low, high) => {
    out.clear(low, high)
    out.most = from.most
    const [values, into] = [from.values, out.values]
    for (let lane = low; lane < high; lane++) into[lane] = values[map[lane] as number] as number
    gatherPlane(from.known, map, out.known, low, high)
    if (!from.plain) gatherPlane(from.none, map, out.none, low, high)
    cutAt(size, low, high, out.known, out.none)
    if (!from.hasOthers) return
    const other = from.other.words
    for (let lane = low; lane < Math.min(high, size); lane++) {
      const at = map[lane] as number
      if (((other[at >>> 5] as number) >>> (at & 31)) & 1) out.putOther(lane, from.possible(at))
    }
  }
}

/** Nothing stands past the last lane. */
function cutAt(size: number, low: number, high: number, ...planes: readonly Plane[]): void {
  for (const { words } of planes)
    for (let w = Math.max(low, size) >>> 5; w << 5 < high; w++) {
      const rest = size - (w << 5)
      words[w] = rest > 0 ? (words[w] as number) & ((1 << rest) - 1) : 0
    }
}

export function gatherChoices(from: Choices, map: Int32Array, out: Choices): Run {
  return (low, high) => {
    for (let lane = low; lane < high; lane++) out.masks[lane] = from.masks[map[lane] as number] as number
  }
}
