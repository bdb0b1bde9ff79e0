/**
 * What a term may still be: intervals of numbers (days count as whole numbers), words in or outside a list, and whether
 * it may be a known "none".
 */
export interface Region {
  readonly numbers?: readonly Interval[]
  readonly words?: Words
  readonly none: boolean
}
export interface Interval {
  readonly min: number
  readonly max: number
  readonly openMin: boolean
  readonly openMax: boolean
}
interface Words {
  readonly list: ReadonlySet<string>
  /** All words but those of the list. */
  readonly outside: boolean
}

const all: Interval = { min: -Infinity, max: Infinity, openMin: false, openMax: false }

export const interval = (min: number, max: number, openMin = false, openMax = false): Interval => ({
  min,
  max,
  openMin,
  openMax,
})
export const numbersIn = (...numbers: readonly Interval[]): Region => ({ numbers, none: false })
export const anyNumber = (none: boolean): Region => ({ numbers: [all], none })
export const wordsIn = (list: Iterable<string>, outside = false, none = false): Region => ({
  words: { list: new Set(list), outside },
  none,
})

/** Everything of the same kind that is not in the region, with or without "none". */
export function outsideOf(region: Region, none: boolean): Region {
  if (region.words) return { words: { ...region.words, outside: !region.words.outside }, none }
  let left: readonly Interval[] = [all]
  for (const { min, max, openMin, openMax } of region.numbers ?? [])
    left = left.flatMap(part =>
      [
        meet(part, interval(-Infinity, min, false, !openMin)),
        meet(part, interval(max, Infinity, !openMax, false)),
      ].filter(isSome),
    )
  return { numbers: left, none }
}

export function both(a: Region, b: Region, whole: boolean): Region {
  const none = a.none && b.none
  if (a.words && b.words) return { words: bothWords(a.words, b.words), none }
  // Unlike kinds tell nothing of each other.
  if (!a.numbers || !b.numbers) return { ...a, none }
  const pieces = a.numbers.flatMap(x => (b.numbers ?? []).map(y => meet(x, y)))
  return { numbers: (whole ? pieces.map(toWhole) : pieces).filter(isSome), none }
}

export const isEmpty = ({ numbers, words, none }: Region): boolean =>
  !none && (numbers ?? []).length === 0 && (!words || (!words.outside && words.list.size === 0))

function meet(a: Interval, b: Interval): Interval {
  const min = Math.max(a.min, b.min)
  const max = Math.min(a.max, b.max)
  return {
    min,
    max,
    openMin: (a.min === min && a.openMin) || (b.min === min && b.openMin),
    openMax: (a.max === max && a.openMax) || (b.max === max && b.openMax),
  }
}

const isSome = ({ min, max, openMin, openMax }: Interval) => min < max || (min === max && !openMin && !openMax)

/** The whole numbers of an interval, from the first to the last. */
function toWhole({ min, max, openMin, openMax }: Interval): Interval {
  const first = openMin && Number.isInteger(min) ? min + 1 : Math.ceil(min)
  const last = openMax && Number.isInteger(max) ? max - 1 : Math.floor(max)
  return interval(first, last)
}

function bothWords(a: Words, b: Words): Words {
  if (a.outside && b.outside) return { list: new Set([...a.list, ...b.list]), outside: true }
  const [inside, other] = a.outside ? [b, a] : [a, b]
  return { list: new Set([...inside.list].filter(word => other.list.has(word) !== other.outside)), outside: false }
}
