/** How far texts are apart. Longer ones than this are compared by their beginnings. */
const longest = 96

const usedA = new Uint8Array(longest)
const usedB = new Uint8Array(longest)

/** @returns 0 (nothing in common) to 1 (equal). @source Jaro 1989 */
function jaro(a: string, b: string): number {
  const [la, lb] = [Math.min(a.length, longest), Math.min(b.length, longest)]
  if (la === 0 || lb === 0) return 0
  const window = Math.max(0, (Math.max(la, lb) >> 1) - 1)
  usedA.fill(0, 0, la)
  usedB.fill(0, 0, lb)
  let common = 0
  for (let i = 0; i < la; i++) {
    const code = a.charCodeAt(i)
    const to = Math.min(lb - 1, i + window)
    for (let j = Math.max(0, i - window); j <= to; j++)
      if (usedB[j] === 0 && b.charCodeAt(j) === code) {
        usedA[i] = 1
        usedB[j] = 1
        common++
        break
      }
  }
  if (common === 0) return 0
  let [swapped, k] = [0, 0]
  for (let i = 0; i < la; i++)
    if (usedA[i] === 1) {
      while (usedB[k] === 0) k++
      if (a.charCodeAt(i) !== b.charCodeAt(k)) swapped++
      k++
    }
  return (common / la + common / lb + (common - swapped / 2) / common) / 3
}

/** Jaro's likeness with a bonus for an equal beginning of up to four letters, 0 to 1. @source Winkler 1990 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const likeness = jaro(a, b)
  if (likeness <= 0.7) return likeness
  let same = 0
  const most = Math.min(4, a.length, b.length)
  while (same < most && a.charCodeAt(same) === b.charCodeAt(same)) same++
  return likeness + same * 0.1 * (1 - likeness)
}

let before = new Int32Array(longest + 1)
let last = new Int32Array(longest + 1)
let row = new Int32Array(longest + 1)

/**
 * Letters to change, drop, add or swap with their neighbour; `most + 1` when more than `most`.
 * @source optimal string alignment (Damerau 1964, restricted)
 * @example editDistance('1952', '1925', 2) // 1
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0
  const [la, lb] = [a.length, b.length]
  if (Math.abs(la - lb) > most || la > longest || lb > longest) return most + 1
  if (la === 0 || lb === 0) return la + lb
  for (let j = 0; j <= lb; j++) last[j] = j
  for (let i = 1; i <= la; i++) {
    row[0] = i
    let least = i
    const x = a.charCodeAt(i - 1)
    for (let j = 1; j <= lb; j++) {
      const y = b.charCodeAt(j - 1)
      let d = (last[j - 1] as number) + (x === y ? 0 : 1)
      d = Math.min(d, (last[j] as number) + 1, (row[j - 1] as number) + 1)
      if (i > 1 && j > 1 && x === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === y)
        d = Math.min(d, (before[j - 2] as number) + 1)
      row[j] = d
      if (d < least) least = d
    }
    if (least > most) return most + 1
    ;[before, last, row] = [last, row, before]
  }
  return Math.min(last[lb] as number, most + 1)
}
