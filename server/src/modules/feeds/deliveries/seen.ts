const shards = 64
const firstRoom = 1 << 8
/** Then a new text is known for new after a dozen places side by side. */
const fullest = 0.85

/**
 * Which texts of a file came before, and in which row. Three numbers a text instead of the text, in blocks outside the heap: 6 MB where
 * 420,000 rows of text would take 90. One chance in 10^8 that two different rows of such a file meet. Each block grows by itself: as one
 * it would stand in memory twice, and its halves and quarters beside it.
 */
export function seenTexts() {
  const blocks = Array.from({ length: shards }, block)
  // Of each file other numbers: nobody can write rows that will all stand side by side.
  const [firstA, firstB] = crypto.getRandomValues(new Uint32Array(2)) as unknown as readonly [number, number]
  return {
    /** @returns the row it came in first; undefined when it is new, and then it is remembered */
    before(text: string, row: number): number | undefined {
      let [a, b] = [firstA, firstB]
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i)
        a = Math.imul(a ^ code, 0x01000193)
        b = Math.imul(b + code, 0x85ebca77) ^ (b >>> 13)
      }
      // What is alike at its end only would stand side by side.
      a = Math.imul(a ^ (a >>> 16), 0x7feb352d)
      const one = (a ^ (a >>> 15)) >>> 0
      const known = (blocks[one >>> 26] as ReturnType<typeof block>)(one, b >>> 0, row)
      return known > 0 ? known : undefined
    },
  }
}

function block() {
  let room = firstRoom
  let slots = new Uint32Array(room * 3)
  let count = 0

  function place(a: number, b: number, row: number): number {
    for (let i = a & (room - 1); ; i = (i + 1) & (room - 1)) {
      const at = i * 3
      if (slots[at + 2] === 0) {
        slots[at] = a
        slots[at + 1] = b
        slots[at + 2] = row
        return 0
      }
      if (slots[at] === a && slots[at + 1] === b) return slots[at + 2] as number
    }
  }

  function grow(): void {
    const before = slots
    room *= 2
    slots = new Uint32Array(room * 3)
    for (let at = 0; at < before.length; at += 3)
      if (before[at + 2] !== 0) place(before[at] as number, before[at + 1] as number, before[at + 2] as number)
  }

  /** @returns the row that stands there; 0 when the place was free and is taken now */
  return (a: number, b: number, row: number): number => {
    const known = place(a, b, row)
    if (known === 0 && ++count > room * fullest) grow()
    return known
  }
}
